"""Words torn at line ends are put together again: by what the page prints, then by a word list, else they are left."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from torn_words import count_answers, figures, fixes_of, read_pairs, read_records

from newspaper_cli.hyphens import Words, fix_at_hyphen, halves_at_hyphen, read_torn
from newspaper_cli.joins import decide_seams
from newspaper_cli.labels import Fix, NoteCode
from newspaper_cli.languages import Language, load_language
from newspaper_cli.languages.lexicon import load_lexicon
from newspaper_cli.lines import read_lines
from newspaper_cli.pipeline import analyse
from newspaper_cli.regime import read_regime
from newspaper_cli.repairs import apply, invert
from newspaper_cli.source import decode, read_source

ENGLISH = load_language("en")
GERMAN = Language("de", "German", " ", ("Latin",))
FRENCH = Language("fr", "French", " ", ("Latin",))
GOLD = Path(__file__).parent / "gold" / "torn_words.json"
COLUMN = (
    "The council sat for three hours on",
    "the question of the new wharf, and",
    "heard a dozen people speak against",
)
VERSE = (
    "The tide comes in at Pellhaven bar",
    "And lifts the boats by one and one",
    "A lantern on the outer spar",
    "Is all that answers to the sun",
    "The nets are grey, the nets are old",
    "And no man mends them any more",
    "The price of herring has been told",
    "In every kitchen on the shore",
)
SHIPS = (
    "Marigold, Stevens, Jan. 3",
    "Two Sisters, Hobb, Jan. 4",
    "Lady Anne, Crewe, Jan. 4",
    "Perseverance, Dunn, Jan. 6",
    "Kittiwake, Fosse, Jan. 7",
)
PRICES = (
    "Wheat, per bushel .... 1.05",
    "Oats, per bushel ..... 41c",
    "Butter, per lb. ...... 22c",
    "Eggs, per dozen ...... 19c",
)


def fix_of(first: str, second: str, language: Language = ENGLISH, page: str = "") -> Fix:
    halves = halves_at_hyphen(first, second)
    assert halves is not None
    return fix_at_hyphen(halves, second, Words(page, language.code), language)


@pytest.mark.parametrize(
    ("first", "second", "fix"),
    [
        ("the board of the com-", "pany met", Fix.HYPHEN),
        ("at half past twenty-", "five he", Fix.JOIN),
        ("he will come to-", "morrow by", Fix.JOIN),
        ("the shop in Harbour-", "street was", Fix.JOIN),
        ("for the non-", "payment of", Fix.JOIN),
        ("an Anglo-", "Saxon king", Fix.JOIN),
        ("THE COUN-", "CIL SITS", Fix.HYPHEN),
        ("on the line A-", "B of it", Fix.JOIN),
        ("the first-", "and second-class cars", Fix.JOIN_SPACE),
        # Another column stands below: nothing goes on.
        ("he was in great loneli-", "She found the door", Fix.JOIN_SPACE),
        ("the new subma-", "in all the papers", Fix.JOIN_SPACE),
        ("it is kept by the Appel-", "should go on with it", Fix.JOIN_SPACE),
        ("the man who was some-", "her and tried to go", Fix.JOIN_SPACE),
        ("he sat in the mid-", "the bench of the court", Fix.JOIN_SPACE),
        # What no list knows goes on all the same: with letters that end words, or where the first half is misread.
        ("the linen was starch-", "ed and white", Fix.HYPHEN),
        ("by a letter purport-", "ing to be his", Fix.HYPHEN),
        ("in the Amerti-", "can league", Fix.HYPHEN),
        # Two words that are one, and two that are a compound.
        ("old Judge Glen-", "wood, who", Fix.HYPHEN),
        ("the armed merchant-", "men in port", Fix.HYPHEN),
        ("a strong under-", "current of it", Fix.HYPHEN),
        ("for the re-", "hearing of it", Fix.HYPHEN),
        ("he was re-", "elected to it", Fix.JOIN),
        ("in a coal-", "burning town", Fix.JOIN),
        ("an out-of-", "town man", Fix.JOIN),
        ("by Senator Mc-", "Quillan of", Fix.HYPHEN),
        ("of the pro-", "German party", Fix.JOIN),
        ("of the pro-", "Huerta men", Fix.JOIN),
        ("of the inter-", "Allied council", Fix.JOIN),
        ("by Senator Me-", "Quillan of", Fix.HYPHEN),
        # A capital that is misread, and one of another column.
        ("in every insinua-", "Aion of it", Fix.HYPHEN),
        ("in every insinua-", "Nobody knew", Fix.JOIN_SPACE),
        # A name that no list knows: the hyphen breaks it, as nine of ten do.
        ("to old Mrs. Hark-", "lerode, who", Fix.HYPHEN),
    ],
)
def test_a_printed_hyphen_goes_or_stays(first: str, second: str, fix: Fix) -> None:
    assert fix_of(first, second) is fix


@pytest.mark.parametrize(
    ("first", "second", "language", "fix"),
    [
        ("die Vertreter der EU-", "Staaten kamen", GERMAN, Fix.JOIN),
        ("Vergangenen Sonnabend ist der ge¬", "meinsame Beschluss", GERMAN, Fix.HYPHEN),
        ("die Klassen⸗", "Lotterie wird", GERMAN, Fix.JOIN),
        ("der In-", "und Ausländer", GERMAN, Fix.JOIN_SPACE),
        ("le président du gouver-", "nement a dit", FRENCH, Fix.HYPHEN),
        ("on dit que peut-", "être il", FRENCH, Fix.JOIN),
        ("il était lui-", "même là", FRENCH, Fix.JOIN),
        ("on lit le compte-", "rendu de", FRENCH, Fix.JOIN),
        ("la rue Vincent-de-", "Paul est", FRENCH, Fix.JOIN),
        ("dit cet aprèj-", "midi que", FRENCH, Fix.JOIN),
        # Misread: uniforme, si longtemps, échelle.
        ("c'est une oui-", "forme de", FRENCH, Fix.HYPHEN),
        ("il est loog-", "temps là", FRENCH, Fix.HYPHEN),
        ("haut de l'éohel-", "le était", FRENCH, Fix.HYPHEN),
        ("des auf-", "richtigen Mannes", GERMAN, Fix.HYPHEN),
        ("für den Volks-", "verein der", GERMAN, Fix.HYPHEN),
    ],
)
def test_languages_keep_other_hyphens(first: str, second: str, language: Language, fix: Fix) -> None:
    assert fix_of(first, second, language) is fix


def test_a_line_of_a_million_letters_is_looked_at_from_its_end() -> None:
    assert halves_at_hyphen("x" * 1_000_000 + "1-", "ing") is None


def test_the_page_speaks_before_the_list() -> None:
    assert fix_of("a seat in the court-", "yard was", page="in the old court-yard of it") is Fix.JOIN
    assert fix_of("he came in to-", "day by", page="he said today that it") is Fix.HYPHEN


@pytest.mark.parametrize(
    ("lines", "torn"),
    [
        (("a rule of the federal con", "vention that met"), "torn"),
        (("a rule of the federal con-", "vention that met"), "cut"),
        # Two words that one could be are left two.
        (("it was a good deal for", "ward men to ask for"), "left"),
        (("a loss of forty per", "cent on the year"), ""),
        # A word that nobody knows is left as it is.
        (("he lived at old Wim", "blethorn by the sea"), ""),
        (("the WHARF IS CON", "vention that met"), ""),
        (("at No. 4con", "vention that met"), ""),
    ],
)
def test_a_lost_hyphen_is_told_by_the_whole_word(lines: tuple[str, str], torn: str) -> None:
    assert read_torn(lines, ENGLISH) == [torn]


def test_a_name_that_the_page_prints_whole_is_known() -> None:
    torn = ("he lived at old Wim", "blethorn by the sea")
    assert read_torn((*torn, "and so to Wimblethorn he went"), ENGLISH)[0] == "torn"


def test_a_lost_hyphen_is_a_repair_that_is_shown_and_undone() -> None:
    text = "\n".join((*COLUMN, "it, for the owners of the old ware", "houses feared that the new one was", *COLUMN, ""))
    analysis = analyse(decode(text.encode()))
    at = text.index("\nhouses")
    (edit,) = [edit for edit in analysis.issue.repairs if edit.fix is Fix.LOST_HYPHEN]
    assert (edit.span, edit.before, edit.after) == ((at, at + 1), "\n", "")
    repaired = apply(analysis.plan, text)
    assert "warehouses" in repaired
    assert invert(analysis.plan, repaired) == text


@pytest.mark.parametrize("hidden", ["\u00ad ", "\u00ad", "¬ "])
def test_a_hidden_hyphen_inside_a_line_is_dropped(hidden: str) -> None:
    text = f"{COLUMN[0]}\nthe site of the fa{hidden}mous battle was\n{COLUMN[1]}\n{COLUMN[2]}\n"
    analysis = analyse(decode(text.encode()))
    at = text.index(hidden)
    assert [(edit.span, edit.after) for edit in analysis.issue.repairs if edit.fix is Fix.SOFT_HYPHEN] == [
        ((at, at + len(hidden)), "")
    ]
    assert any("famous battle" in p.text for article in analysis.issue.articles for p in article.paragraphs)
    assert invert(analysis.plan, apply(analysis.plan, text)) == text


@pytest.mark.parametrize("rows", [VERSE, SHIPS, PRICES])
def test_verse_and_tables_keep_their_lines(rows: tuple[str, ...]) -> None:
    lines = read_lines("\n".join((*COLUMN, "it, and none for it.", *rows, *COLUMN, "it, and none for it.")))
    seams = decide_seams(lines, read_regime(lines), ENGLISH)
    first = len(COLUMN) + 1
    assert [seam.fix for seam in seams[first - 1 : first + len(rows)]] == [None] * (len(rows) + 1)


@pytest.mark.parametrize("code", ["en", "fr", "de"])
def test_a_word_list_is_sorted_and_names_its_source(code: str) -> None:
    rows = (files("newspaper_cli.languages") / code / "words.tsv").read_text("utf-8").splitlines()
    head, words = [row for row in rows if row[0] == "#"], [row for row in rows if row[0] != "#"]
    assert "wordfreq" in "".join(head)
    assert "CC BY-SA 4.0" in "".join(head)
    assert len(words) == 30_000
    assert words == sorted(words)
    known = load_lexicon(code)
    assert all(known.frequency(word) == float(found) for word, found in (row.split("\t") for row in words[::500]))
    assert known.frequency("qzx") is None


def test_a_language_without_a_list_knows_no_word() -> None:
    assert load_lexicon("zh").frequency("bridge") is None


def test_words_torn_on_real_pages(corpus: Path) -> None:
    """Hold what is reached; the rule that makes the gold stands in `torn_words`."""
    counts: Counter[str] = Counter()
    for record in read_records(corpus / "overproof" / "dataset2_SMH.jsonl", GOLD):
        counts += count_answers(record, fixes_of(analyse(decode("\n".join(record.lines).encode()), "en")))
    found = figures(counts)
    assert found["balanced accuracy"] >= 0.95
    assert found["lost, precision"] >= 0.98
    assert found["lost, recall"] >= 0.6


def test_hyphens_that_an_issue_names_are_dropped(corpus: Path) -> None:
    """Hold how many of the words that METS/ALTO gives in one piece are put together on the pages."""
    page = corpus / "mets" / "en_bl_0002647_statesman_1824-02-17.txt"
    source = read_source(page)
    repaired = apply(analyse(source, "en").plan, source.text)
    pairs = list(read_pairs(page.parent / "gold" / f"{page.stem}.hyphenation.tsv"))
    together = [whole in repaired for _, _, whole in pairs]
    assert len(pairs) > 200
    assert sum(together) >= 0.94 * len(pairs)
    stripped = [(first, second) for first, second, _ in pairs]
    torn = [read_torn((f"so it is {first}", f"{second} and it"), ENGLISH)[0] for first, second in stripped]
    assert torn.count("torn") >= 0.7 * len(torn)


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        # A hyphen above text of another column; a word that may be two.
        (("it was said that the board had in-", "attend the same if the owners came"), 1),
        (("so the whole board met to", "day to hear him, and the owners"), 1),
    ],
)
def test_words_that_were_left_torn_are_noted_once(lines: tuple[str, str], first: int) -> None:
    text = "\n".join((*COLUMN, *lines, *COLUMN, *lines, *COLUMN, "the new one.", ""))
    issue = analyse(decode(text.encode()), "en").issue
    (note,) = [note for note in issue.notes if note.code is NoteCode.TORN_WORDS]
    at = text.index(lines[first])
    assert note.span == (at, at + len(lines[first]))
    assert note.text.startswith("2 words that seem")


def test_one_word_that_was_left_torn_is_noted_as_one() -> None:
    text = "\n".join(
        (*COLUMN, "so the whole board met to", "day to hear him, and the owners", *COLUMN, "the new one.", "")
    )
    (note,) = [note for note in analyse(decode(text.encode()), "en").issue.notes if note.code is NoteCode.TORN_WORDS]
    assert note.text.startswith("1 word that seems")


def test_nothing_is_noted_where_every_word_was_mended_or_may_stand() -> None:
    lines = ("the first-", "and second-class cars of the com-", "pany came at half past twenty-", "five minutes to")
    text = "\n".join((*COLUMN, *lines, *COLUMN, "the new one.", ""))
    assert not [note for note in analyse(decode(text.encode()), "en").issue.notes if note.code is NoteCode.TORN_WORDS]
