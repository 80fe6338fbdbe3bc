"""Each page is read in its own language, and the result says which that was and where it is not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newspaper_cli.identification import identify
from newspaper_cli.labels import NoteCode
from newspaper_cli.languages import available, load_language
from newspaper_cli.pipeline import AUTO, analyse, language_of
from newspaper_cli.source import decode

if TYPE_CHECKING:
    from newspaper_cli.document import Issue

FRENCH = (
    "VALMONT, 16 décembre. — Le conseil de la ville s'est réuni hier pour\n"
    "examiner le budget, et il a été décidé que les travaux du quai seraient\n"
    "faits dans l'année. La suite de la séance est remise à lundi.\n"
)
GERMAN = (
    "Talheim, 20. Sept. Der Rat der Stadt hat gestern über die neue Brücke\n"
    "beraten, und es wurde beschlossen, daß die Arbeiten noch in diesem Jahr\n"
    "beginnen. Die nächste Sitzung ist am Montag.\n"
)
LUXEMBOURGISH = (
    "De Gemengerot huet gëschter iwwer déi nei Bréck geschwat, an et ass\n"
    "decidéiert ginn, datt d'Aarbechten nach dëst Joer ufänken. Déi nächst\n"
    "Sëtzung vum Rot ass e Méindeg, an d'Leit si frou mat der Bréck.\n"
)
ENGLISH = (
    "HARLAN, Sept. 14.—The council of the town met yesterday to hear the\n"
    "report on the bridge, and it was said that the work would be done by\n"
    "the end of the year. The next meeting is on Monday.\n"
)
CHINESE = "永康日报\n2020年1月31日\n第9486期\n据新华社报道，会议今天在北京举行。大家都同意这个建议。\n"
SPANISH = (
    "El consejo de la ciudad se ha reunido ayer para examinar las cuentas, y\n"
    "se ha decidido que los trabajos del muelle se harán en el año que viene.\n"
    "La sesión no ha sido muy larga, pero los vecinos son de otra opinión.\n"
)
ITALIAN = (
    "Il consiglio della città si è riunito ieri per esaminare il bilancio, e\n"
    "ha deciso che i lavori del molo si faranno nel corso dell'anno. La seduta\n"
    "non è stata lunga, ma gli abitanti sono di un'altra opinione.\n"
)
GARBLE = "Xkrf wqrt plmn zzgh brtk vvcx qpoi ndsk trew mnbv lkjh poiu ytre wqas dfgh jklz xcvb nmqw ertz uiop\n"


def read(text: str, language: str = AUTO) -> Issue:
    return analyse(decode(text.encode()), language).issue


def codes(issue: Issue) -> set[NoteCode]:
    return {note.code for note in issue.notes}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FRENCH, "fr"),
        (GERMAN, "de"),
        (LUXEMBOURGISH, "de"),
        (ENGLISH, "en"),
        (CHINESE, "zh"),
        (FRENCH.upper(), "fr"),
        ("Le Courrier de la Vallée\nMardi 17 décembre\n", "fr"),
    ],
)
def test_a_page_is_told_by_its_words(text: str, code: str) -> None:
    found = identify(text)
    assert (found.language, found.doubt) == (load_language(code), "")


@pytest.mark.parametrize("text", ["", "1902 1903 1904\n", "★ ★ ★\n", "HARLAN HERALD\n", "Il a\n"])
def test_a_page_with_too_few_words_tells_nothing(text: str) -> None:
    assert identify(text).language is None
    assert read(text).source.language == "en"


@pytest.mark.parametrize(("text", "name"), [(SPANISH, "Spanish"), (ITALIAN, "Italian")])
def test_a_language_that_is_not_known_is_named(text: str, name: str) -> None:
    issue = read(text)
    notes = [note for note in issue.notes if note.code is NoteCode.LANGUAGE_UNSURE]
    assert len(notes) == 1
    assert name in notes[0].text
    assert notes[0].span == (0, len(text))
    assert issue.articles


def test_two_languages_on_one_page_are_told() -> None:
    note = next(note for note in read(FRENCH + GERMAN).notes if note.code is NoteCode.LANGUAGE_UNSURE)
    assert "French" in note.text
    assert "German" in note.text


def test_words_of_no_language_are_read_as_the_rest_of_the_file() -> None:
    issue = read(f"{GERMAN}\f{GARBLE}\f{GERMAN}")
    assert [page.language for page in issue.pages] == ["de", "de", "de"]
    assert NoteCode.LANGUAGES_MIXED not in codes(issue)


def test_each_page_is_read_in_its_language() -> None:
    issue = read(f"{GERMAN}\f{FRENCH}\f{CHINESE}\f{ENGLISH}")
    assert [page.language for page in issue.pages] == ["de", "fr", "zh-Hans", "en"]
    datelines = [article.dateline for article in issue.articles if article.dateline]
    assert [dateline.place for dateline in datelines][:2] == ["Talheim", "VALMONT"]
    assert any(dateline.place == "HARLAN" for dateline in datelines)
    assert issue.issue.title == "永康日报"
    note = next(note for note in issue.notes if note.code is NoteCode.LANGUAGES_MIXED)
    assert note.text == "the pages are not in one language: 1 German, 2 French, 3 Chinese, 4 English"


def test_running_heads_are_compared_across_languages() -> None:
    masthead = "Talheimer Tageblatt\nDienstag, den 11. November 1902. Nr. 7\n"
    issue = read(f"{masthead}{GERMAN}\fLE COURRIER DE VALMONT\nMardi 11 novembre 1902 — N° 7\n{FRENCH}")
    assert issue.issue.date == "1902-11-11"
    assert [(check.check.value, check.agrees) for check in issue.issue.checks] == [
        ("weekday", True),
        ("folio-date", True),
    ]
    assert issue.pages[1].folio_spans


def test_the_file_is_in_the_language_of_most_of_its_text() -> None:
    issue = read(f"{FRENCH}\f{GERMAN}{GERMAN}")
    assert issue.source.language == "de"
    assert language_of(f"{FRENCH}\f{GERMAN}{GERMAN}", AUTO) is load_language("de")


@pytest.mark.parametrize("code", available())
def test_a_language_that_is_asked_for_is_not_questioned(code: str) -> None:
    issue = read(f"{GERMAN}\f{FRENCH}\f{SPANISH}", code)
    tags = {page.language for page in issue.pages}
    assert all(load_language(code).has_tag(tag) for tag in tags if tag)
    assert len(tags) == 1
    assert not codes(issue) & {NoteCode.LANGUAGES_MIXED, NoteCode.LANGUAGE_UNSURE}


@pytest.mark.parametrize("code", [code for code in available() if "Latin" in load_language(code).scripts])
def test_a_language_in_latin_script_lists_its_common_words(code: str) -> None:
    words = load_language(code).words("common.common")
    assert len(words) >= 40
    assert all(word == word.lower() and word.isalpha() for word in words)
