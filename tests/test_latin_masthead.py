"""Mastheads of invented French, German and Luxembourg papers, clean and as recognition leaves them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspaper_cli.labels import Basis, NoteCode
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.masthead import Masthead, read_masthead

STORIES = {
    "fr": (
        "UN PONT À VALMONT\n"
        "Le conseil de la ville s'est réuni\n"
        "hier pour examiner le budget, et il\n"
        "a été décidé de bâtir.\n"
    ),
    "de": (
        "Eine Brücke in Talheim\n"
        "Der Rat der Stadt hat gestern über\n"
        "die neue Brücke beraten, und es wurde\n"
        "beschlossen, zu bauen.\n"
    ),
}
NAMES = {"fr": "LE COURRIER DE VALMONT", "de": "Talheimer Tageblatt"}
NUMBERS = {"fr": "3e Année. — N° 827", "de": "3. Jahrgang. Nr. 827"}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),  # noqa: SIM905
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),  # noqa: SIM905
}
WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),  # noqa: SIM905
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),  # noqa: SIM905
}


def read(text: str, code: str) -> Masthead:
    return read_masthead(read_lines(text), load_language(code))


def page(lines: str, code: str) -> str:
    return f"{NAMES[code]}\n{NUMBERS[code]}\n{lines}\n{STORIES[code]}"


@pytest.mark.parametrize(
    ("code", "lines", "expected", "basis"),
    [
        ("fr", "Mardi 19 novembre 1901", "1901-11-19", Basis.PRINTED),
        ("fr", "PARIS, MARDI 19 NOVEMBRE 1901", "1901-11-19", Basis.PRINTED),
        ("fr", "Mardi\n19 NOVEMBRE 1901", "1901-11-19", Basis.PRINTED),
        ("fr", "Vendredi 1er août 1902", "1902-08-01", Basis.PRINTED),
        ("fr", 'vendredi 1" Août 1902', "1902-08-01", Basis.PRINTED),
        ("fr", "Hardi\nlt NOVEMBRE 190 t", "1901-11-19", Basis.COMPLETED),
        ("fr", "Samedi\n23 NOVEMBRE 190]", "1901-11-23", Basis.COMPLETED),
        ("fr", "Jeudi\n2l NOVEMBRK 1901", "1901-11-21", Basis.COMPLETED),
        ("fr", "MARDI\n17\nDECEMBRE\n1918\nS. Lazare", "1918-12-17", Basis.COMPLETED),
        ("fr", "MARDI 17\nDÉCEMBRE 1918", "1918-12-17", Basis.COMPLETED),
        ("de", "Dienstag, den 11. November 1902.", "1902-11-11", Basis.PRINTED),
        ("de", "Dienſtag, den 11. November 1902.", "1902-11-11", Basis.PRINTED),
        ("de", "Luxemburg, Sonntag, den 17« Januar 1904.", "1904-01-17", Basis.PRINTED),
        ("de", "Mittwoch, 31. Januar 1900.", "1900-01-31", Basis.PRINTED),
        ("de", "Dienftag, ben l1. Novemder 1902.", "1902-11-11", Basis.COMPLETED),
        ("de", "Dienstaq\nden 11. November 1902", "1902-11-11", Basis.PRINTED),
        ("de", "Dienstag\nden 18. September.\n1804.", "1804-09-18", Basis.COMPLETED),
        ("de", "1804.\nDienstag\nden 18. September.", "1804-09-18", Basis.COMPLETED),
        ("fr", "Lundi et Mardi 17 et 18 février 1902", "1902-02-17", Basis.PRINTED),
        ("de", "Samstag/Sonntag, 8./9. Februar 1930", "1930-02-08", Basis.PRINTED),
        ("de", "den 19. Heumonat 1804", "1804-07-19", Basis.PRINTED),
        ("de", "Samschdeg, den 3. Mäerz 1951", "1951-03-03", Basis.PRINTED),
    ],
)
def test_a_day_is_read_where_it_can_mean_one_only(code: str, lines: str, expected: str, basis: Basis) -> None:
    found = read(page(lines, code), code)
    assert found.fields.date == expected
    assert found.fields.basis["date"] is basis
    assert (found.fields.issue_number, found.fields.volume) == ("827", "3")
    assert all(check.agrees for check in found.fields.checks)


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        # Nothing tells 11 from 19, or which year it was.
        ("fr", "lt NOVEMBRE 1901"),
        ("fr", 'Vendredi 1" Avril «s «4'),
        ("fr", "Dimanche 2 Avril ï» 93"),
        # Not that weekday, and more than one digit may be misread.
        ("fr", "Mercredi\n30 NOVEMBRE 1901"),
        ("fr", "Fondé en 1862"),
        ("fr", "MARDI 17\nUN PONT\nDÉCEMBRE 1918"),
        ("fr", "Lundi et Mardi 17 et l8 février 1902"),
        # The weekday is not that of the pieces put together.
        ("fr", "LUNDI\n17\nDECEMBRE\n1918"),
        ("de", "Sonntag\nden 18. September.\n1804."),
        ("de", "1804.\nSonntag\nden 18. September."),
        ("de", "1804.\nden 18. September."),
        ("de", "den 1S. November 1902"),
        ("de", "Gegründet 1862"),
    ],
)
def test_what_can_mean_several_days_or_none_is_left(code: str, lines: str) -> None:
    assert read(page(lines, code), code).fields.date is None


@pytest.mark.parametrize(("code", "line"), [("fr", "lundi 19 novembre 1901"), ("de", "Montag den 11. November 1902")])
def test_a_date_that_is_not_the_printed_weekday_is_told_and_left_open(code: str, line: str) -> None:
    found = read(page(line, code), code)
    assert (found.fields.date, found.fields.weekday) == (None, "Monday")
    assert [note.code for note in found.notes] == [NoteCode.WEEKDAY_CONFLICT]
    assert any(reading.field == "date" for reading in found.fields.readings)


@given(st.sampled_from(["fr", "de"]), st.dates(date(1750, 1, 1), date(1999, 12, 31)), st.booleans())
def test_every_day_is_read_back(code: str, day: date, stacked: bool) -> None:  # noqa: FBT001
    weekday, month = WEEKDAYS[code][day.weekday()], MONTHS[code][day.month - 1]
    dot = "." if code == "de" else ""
    text = f"{weekday}{chr(10) if stacked else ' '}{day.day}{dot} {month} {day.year}"
    fields = read(page(text, code), code).fields
    assert fields.date == day.isoformat()
    assert [check.agrees for check in fields.checks] == [True]


@given(
    st.sampled_from(["fr", "de"]),
    st.dates(date(1750, 1, 1), date(1999, 12, 31)),
    st.sampled_from(["", "8", "l", "O", "S", "!", "t"]),
    st.integers(0, 12),
)
def test_damage_to_one_character_never_gives_a_day_that_is_not_the_printed_weekday(
    code: str, day: date, glyph: str, back: int
) -> None:
    text = f"{WEEKDAYS[code][day.weekday()]} {day.day} {MONTHS[code][day.month - 1]} {day.year}"
    at = len(text) - 1 - back
    found = read(page(text[:at] + glyph + text[at + 1 :], code), code)
    if found.fields.date is not None and not any(note.code is NoteCode.WEEKDAY_CONFLICT for note in found.notes):
        assert (date.fromisoformat(found.fields.date) - day) % timedelta(days=7) == timedelta()


@pytest.mark.parametrize(
    ("code", "text", "fields"),
    [
        (
            "fr",
            "L'Éclair de Valmont\n43e année. — N° 3,320\nJeudi 5 juin 1902\n10 CENTIMES\n",
            {"issue_number": "3320"},
        ),
        ("fr", "LE RÉVEIL\nDixième année\nN* 12\nJeudi 5 juin 1902\n", {"volume": "10", "issue_number": "12"}),
        (
            "fr",
            "LE RÉVEIL\nPARIS, jeudi 5 juin 1902\n5 centimes le numéro\n",
            {"place": "PARIS", "price": "5 centimes"},
        ),
        (
            "fr",
            "LE RÉVEIL\nÉdition de Paris\nJeudi 5 juin 1902 — 6 pages\n",
            {"edition": "Édition de Paris", "page_count": 6},
        ),
        (
            "fr",
            "Le Temps\nTrente-cinquième année. — N° 12343. Jeudi 14 mars 1895.\n",
            {"title": "Le Temps", "volume": "35", "issue_number": "12343"},
        ),
        (
            "fr",
            "L'Union valmontoise\nQUATRE-VINGT-ONZIÈME ANNÉE — N° 73 Jeudi 14 Mars 1895\nLe Numéro 15 centimes\n",
            {"title": "L'Union valmontoise", "volume": "91", "issue_number": "73", "price": "15 centimes"},
        ),
        ("fr", "VALMONT-SOIR\nMardi 3 Septembre 1935 N° 4352\n", {"title": "VALMONT-SOIR", "issue_number": "4352"}),
        ("fr", "Feuille d'Avis de Haut-Valmont\nSamedi 5 mai 1906.\n", {"title": "Feuille d'Avis de Haut-Valmont"}),
        ("fr", "Un moulin brûle\nSamedi 5 mai 1906. N° 7\n", {"title": None}),
        ("de", "Der Bund\nDonnerstag, den 14. März 1895 46. Jahrgang No. 73\n", {"title": "Der Bund"}),
        (
            "de",
            "Vorwärts\nTalheimer Volksblatt\nNr. 62 Donnerstag, den 14. März 1895 12. Jahrg.\n",
            {"title": "Vorwärts", "volume": "12"},
        ),
        ("de", "Die Mühle brennt\nDonnerstag, den 14. März 1895 Nr. 73\n", {"title": None}),
        ("fr", "N° 12\nLe Vigneron valmontois\nJeudi 5 juin 1902\n", {"title": "Le Vigneron valmontois"}),
        (
            "de",
            "Nr. 31 Morgenblatt.\nTalheimer Zeitung 121. Jahrgang.\nMittwoch, 31. Januar 1900.\n",
            {"title": "Talheimer Zeitung", "volume": "121"},
        ),
        (
            "de",
            "Nr. 7.\n1. Jahrgang.\nDer alte Fährmann\nSozialdemokratische Zeitung.\nSonntag, den 17. Januar 1904.\n",
            {"title": "Der alte Fährmann"},
        ),
        ("de", "Talheimer Bote\nEinzelnummer 10 Pfg.\nSonntag, den 17. Januar 1904.\n", {"price": "10 Pfg."}),
        ("de", "Talheimer Bote\nAnzeigen: die Zeile 10 Pfg.\nSonntag, den 17. Januar 1904.\n", {"price": None}),
    ],
)
def test_the_other_fields_are_read(code: str, text: str, fields: dict[str, object]) -> None:
    found = read(text + STORIES[code], code).fields
    assert {name: getattr(found, name) for name in fields} == fields


def test_a_name_set_small_elsewhere_stands_for_display_type_that_cannot_be_read() -> None:
    head = "TKF JTA T S\nHARLAN, IOWA, FRIDAY, MARCH 3, 1916.\nVOL. IX. NO. 23\n"
    story = "The old mill on the river road burned\nto the ground last night, and two men\nwere hurt.\n"
    found = read(f"{head}{story * 3}THE STATESMAN\n{story * 3}THE STATESMAN\n{story}", "en").fields
    assert (found.title, found.basis["title"]) == ("THE STATESMAN", Basis.INFERRED)
    assert read(f"{head}{story * 3}THE STATESMAN\n{story}", "en").fields.title is None
    assert (
        read(
            f"{head}{story * 3}THE STAR\n{story}THE STATESMAN\n{story}THE STAR\n{story}THE STATESMAN\n", "en"
        ).fields.title
        is None
    )
    assert read(f"{head}{story * 3}The Statesman\n{story * 3}The Statesman\n", "en").fields.title is None


@pytest.mark.parametrize(
    ("code", "line", "title"),
    [
        ("en", "T1TE HARLAN EVENING RECOKD", "T1TE HARLAN EVENING RECOKD"),
        ("en", "THE HARLAN WEEKLY ECHQ.", "THE HARLAN WEEKLY ECHQ"),
        ("en", "STRIKE OF ORE HANDLERS", None),
        ("en", "MAYOR ASKS FOR A NEW ROAD", None),
        ("fr", "LE RÉVEÎL DE VALMONT", "LE RÉVEÎL DE VALMONT"),
        ("fr", "LA GRÈVE DES DOCKERS", None),
    ],
)
def test_a_damaged_name_is_known_by_its_word(code: str, line: str, title: str | None) -> None:
    day = {"en": "FRIDAY, MARCH 3, 1916. NO. 23", "fr": "Jeudi 5 juin 1902. — N° 23"}[code]
    story = "The old mill on the river road burned\nlast night.\n" if code == "en" else STORIES[code]
    found = read(f"{line}\n{day}\n{story}", code).fields
    assert (found.title, found.issue_number) == (title, "23")


def test_what_is_said_beside_a_value_does_not_replace_it() -> None:
    head = "THE HARLAN HERALD\nVOL. IV. FRIDAY, MARCH 3, 1916. NO. 15.\n"
    text = f"{head}WHOLE NUMBER 171. FIVE CENTS. Two Dollars per annum\n"
    found = read(f"{text}The old mill on the river road burned\n", "en").fields
    assert (found.issue_number, found.price) == ("15", "FIVE CENTS")
    assert {"171", "Two Dollars per annum"} <= {reading.value for reading in found.readings}


@pytest.mark.parametrize(
    ("code", "line", "count"),
    [
        ("en", "FRIDAY, MARCH 3, 1916. TEN PAGES", 10),
        ("fr", "Jeudi 5 juin 1902. — SIX PAGES", 6),
        ("de", "Donnerstag, den 5. Juni 1902. Acht Seiten", 8),
    ],
)
def test_pages_are_counted_in_words(code: str, line: str, count: int) -> None:
    assert read(f"{line}\n{STORIES.get(code, '')}", code).fields.page_count == count


def test_thousands_of_a_number_may_be_parted() -> None:
    found = read("THE EVENING STAR\nNo. 20,322. FRIDAY, MARCH 3, 1916.\nThe old mill burned.\n", "en").fields
    assert found.issue_number == "20322"


TERMS = {
    "en": (
        "VOL. IV. NO. 15. SATURDAY, APRIL 9, 1853.\n",
        (
            "THE PELLHAVEN SENTINEL\nIs published every Saturday Morning, by\nHARROW & QUILL,\n"
            "At their Office over the Mill, Levee st.\nDollars and a Half if not paid within six months.\n"
        ),
    ),
    "fr": (
        "LE COURRIER DE VALMONT\n3e Année. — N° 827\nMardi 19 novembre 1901\n",
        (
            "ABONNEMENTS :\nValmont et département... Un an 20 fr. Six mois 11 fr.\n"
            "Les manuscrits non insérés ne sont pas rendus.\n"
        ),
    ),
    "de": (
        "Talheimer Tageblatt\n3. Jahrgang. Nr. 827\nDienstag, den 19. November 1901\n",
        "Erscheint täglich mit Ausnahme der Sonn- und Feier-\ntage. Bezugspreis vierteljährlich 1 Mark 60 Pf., durch\n",
    ),
}


@pytest.mark.parametrize("code", TERMS)
def test_terms_below_a_title_block_are_part_of_it(code: str) -> None:
    head, terms = TERMS[code]
    story = STORIES.get(code, "THE FERRY WAS LOST\nNobody could tell how the water\nhad come so far up the lane.\n")
    masthead = read(head + terms + story, code)
    assert masthead.claimed == frozenset(range((head + terms).count("\n")))
    kept = "".join(piece.text for piece in masthead.furniture)
    assert all(line in kept for line in terms.splitlines() if "SENTINEL" not in line)


def test_money_in_a_story_is_no_term_of_the_paper() -> None:
    head, _ = TERMS["en"]
    story = "THE FERRY WAS LOST\nThe owners had paid a hundred dollars\nfor it, and the men went home.\n"
    assert read(head + story, "en").claimed == frozenset({0})


def test_the_price_of_a_copy_is_read_in_the_terms() -> None:
    head, terms = TERMS["de"]
    masthead = read(f"{head}{terms}die Post bezogen 2 Mark. Einzelne Nummern 5 Pf.\n{STORIES['de']}", "de")
    assert masthead.fields.price == "5 Pf."


def test_the_weather_beside_the_name_is_that_of_the_issue() -> None:
    head = "Fair tonight and Wednesday; colder in east portion\nTHE EVENING RECORD\n"
    masthead = read(f"{head}VOL. XXII. NO. 94. TUESDAY, OCTOBER 17, 1916\nTHE FERRY WAS LOST\nNobody knew.\n", "en")
    assert masthead.fields.weather == "Fair tonight and Wednesday; colder in east portion"


@pytest.mark.parametrize(
    ("code", "line", "number", "label"),
    [
        ("en", "PAGE FOUR THE EVENING RECORD TUESDAY, OCTOBER 17, 1916", 4, "PAGE FOUR"),
        ("en", "PAGE 6A DAILY RECORD, Tuesday, October 17, 1916", 6, "PAGE 6A"),
        ("de", "Seite 2. Talheimer Tageblatt. Dienstag, den 19. November 1901. Nr. 827.", 2, "Seite 2"),
    ],
)
def test_a_running_head_names_its_page(code: str, line: str, number: int, label: str) -> None:
    heads = {"en": "THE EVENING RECORD\nVOL. XXII. NO. 94. TUESDAY, OCTOBER 17, 1916\n", "de": TERMS["de"][0]}
    masthead = read(f"{heads[code]}{STORIES['de']}\f{line}\n{STORIES['de']}", code)
    assert [(folio.page, folio.number, folio.label) for folio in masthead.folios] == [(1, number, label)]
