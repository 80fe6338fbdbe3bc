"""A page in English passes through the same stages as a Chinese one; only data tells them apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from newspaper_cli.evaluation import check_promises
from newspaper_cli.features import in_capitals
from newspaper_cli.joins import decide_seams, make_blocks
from newspaper_cli.labeling import label_blocks
from newspaper_cli.labels import Fix, Label
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.pipeline import analyse
from newspaper_cli.regime import read_regime
from newspaper_cli.repairs import apply, invert, keep_lines
from newspaper_cli.source import decode, read_source

if TYPE_CHECKING:
    from newspaper_cli.document import Block, Seam

SAMPLE = Path(__file__).parent.parent / "samples" / "english-weekly.txt"
ENGLISH = load_language("en")
# A column of even lines: what is tried stands among running text of its own width.
COLUMN = "The council sat for three hours on\nthe question of the new wharf, and\nheard a dozen people speak against\n"


def seams_of(text: str) -> list[Seam]:
    lines = read_lines(text)
    return decide_seams(lines, read_regime(lines), ENGLISH)


def blocks_of(text: str) -> list[Block]:
    lines = read_lines(text)
    return make_blocks(lines, seams_of(text))


def fix_between(first: str, second: str, *, elsewhere: str = "") -> tuple[Fix | None, int]:
    seams = seams_of(f"{COLUMN}{first}\n{second}\n{COLUMN}{elsewhere}\n")
    return seams[3].fix, seams[3].drop


@pytest.mark.parametrize(
    ("first", "second", "fix"),
    [
        ("it, for the owners of the old ware", "houses feared that the new one was", Fix.LOST_HYPHEN),
        ("it, for the owners of the old wharf", "houses feared that the new one was", Fix.JOIN_SPACE),
        ("it, for they could have it for a sum of", "ten dollars, and feared that the new", Fix.JOIN_SPACE),
        ("it, for the owners of the coal, iron-", "and corn-houses feared that the new", Fix.JOIN_SPACE),
        ("it, for they had met but once a half-", "year, and feared that the new one was", Fix.JOIN),
        ("it, for the owners of the old ware-", "houses feared that the new one was", Fix.HYPHEN),
        ("it, for the owners of the old ware¬", "houses feared that the new one was", Fix.HYPHEN),
        ("it, though for all that it was a day-", "after-day matter, and feared it the", Fix.JOIN),
        ("it, and the owners had come by way of Stoke-", "Mandeville, where the new one was", Fix.JOIN),
        ("it. The owners of the old wharf of 1890-", "95 had feared that the new one was", Fix.JOIN),
        ("it, and one of them, the mayor, and—", "as he said—the owner of the other", Fix.JOIN),
    ],
)
def test_a_line_goes_on_in_the_next(first: str, second: str, fix: Fix) -> None:
    assert fix_between(first, second)[0] is fix


def test_a_line_that_ends_in_a_word_such_as_the_goes_on_in_a_name() -> None:
    items = "Dan Franks left on Monday for the\nSandle Bridge with his men.\nFred Commons, Lloyd Harrow and\n"
    seams = seams_of(f"{COLUMN}it, and none for it.\n{items}Clifford Phelps came to town.\n{COLUMN}")
    assert [seam.fix for seam in seams[3:8]] == [None, Fix.JOIN_SPACE, None, Fix.JOIN_SPACE, None]


def test_a_word_printed_with_its_hyphen_elsewhere_keeps_it() -> None:
    first, second = "it, and as many came to the court-", "yard to hear them, it being warm,"
    hyphened = "the old court-yard being too far"
    assert fix_between(first, second) == (Fix.HYPHEN, 1)
    assert fix_between(first, second, elsewhere=hyphened) == (Fix.JOIN, 0)
    assert fix_between(first, second, elsewhere=f"{hyphened}\nfrom the courtyard at the bridge") == (Fix.HYPHEN, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("it. No one had known whether the other", "ermine coat was hers, or how it got"),
        ("it. The mayor said that he knew that", "that was the end of it, and he left"),
        # A line that stands twice, as rows of tables do, and marks.
        ("it. The mayor said that it was late", "was late"),
        ("it. The mayor said that it was ' :", "' : late in the year for such work,"),
    ],
)
def test_words_that_end_as_the_next_begins_are_no_overlap(first: str, second: str) -> None:
    assert fix_between(first, second) == (Fix.JOIN_SPACE, 0)


def test_two_whole_words_printed_twice_are_an_overlap() -> None:
    assert fix_between("it. The mayor said that it was late", "was late in the year for such work,") == (Fix.OVERLAP, 8)


def test_headings_in_capitals_stand_apart_from_text() -> None:
    text = f"{COLUMN}it, and none for it.\nWHARF TO BE BUILT\nCOUNCIL VOTES AT MIDNIGHT\n{COLUMN}it, and none for it.\n"
    lines = read_lines(text)
    regime = read_regime(lines)
    labelled = label_blocks(make_blocks(lines, decide_seams(lines, regime, ENGLISH)), regime, ENGLISH)
    assert [(item.label, item.block.text[:9]) for item in labelled] == [
        (Label.BODY, "The counc"),
        (Label.HEADLINE, "WHARF TO "),
        (Label.HEADLINE, "COUNCIL V"),
        (Label.BODY, "The counc"),
    ]


@pytest.mark.parametrize("text", ["of the river bank", "and so it went, said he", "per cent"])
def test_a_scrap_that_begins_with_a_small_letter_is_no_heading(text: str) -> None:
    lines = read_lines(f"{COLUMN}it, and none for it.\n\n{text}\n\n{COLUMN}")
    regime = read_regime(lines)
    labelled = label_blocks(make_blocks(lines, decide_seams(lines, regime, ENGLISH)), regime, ENGLISH)
    assert Label.HEADLINE not in {item.label for item in labelled}


@pytest.mark.parametrize(
    ("text", "capitals"),
    [("WHARF TO BE BUlLT", True), ("COST: $1,200", False), ("London, Jan. 3", False), ("A", False), ("ÉCOLE", True)],
)
def test_capitals_are_seen_through_a_few_misread_letters(text: str, capitals: bool) -> None:  # noqa: FBT001
    assert in_capitals(text) is capitals


def test_a_stack_of_heads_makes_no_list_of_the_text_below_it() -> None:
    heads = "Flooded Mill Cost\nOwners Four Days\nWorkmen Testify\nBy Associated Press.\n"
    text = f"Two men who were at the wheel by\nLittle Sandle weir when it broke\ntold how.\n{COLUMN}"
    issue = analyse(decode(f"{COLUMN}it, and none for it.\n{heads}{text}{COLUMN * 3}".encode()), "en").issue
    opened = [paragraph.text for article in issue.articles for paragraph in article.paragraphs if article.headline]
    assert opened[0].startswith("Two men who were at the wheel by Little Sandle weir when it broke told how.")


def test_the_sample_reads_well() -> None:
    issue = analyse(read_source(SAMPLE)).issue
    assert issue.source.language == "en"
    first = issue.articles[0]
    assert first.headline == "IRON BRIDGE OPENED"
    assert first.deck == "MAYOR DURROW DRIVES FIRST TEAM ACROSS THE LITTLE SANDLE"
    assert [byline.name for byline in first.bylines] == ["Ezra Whitcomb"]
    assert first.dateline is not None
    assert (first.dateline.text, first.dateline.place) == ("PELLHAVEN, Ohio, Jan. 7.", "PELLHAVEN, Ohio")
    assert first.dateline.date == "1903-01-07"
    texts = [paragraph.text for article in issue.articles for paragraph in article.paragraphs]
    assert any("bridges, bore the delay with good humor." in text for text in texts)
    assert any("will meet in the school-house on Friday" in text for text in texts)


def test_names_are_parted_by_words_and_commas_not_by_spaces() -> None:
    text = f"WHARF TO BE BUILT\n\nBy Ada F. Moss and Roy Quill\n\n{COLUMN}it, and none for it.\n"
    source = decode(text.encode())
    (article,) = analyse(source).issue.articles
    assert [byline.name for byline in article.bylines] == ["Ada F. Moss", "Roy Quill"]
    assert [text[slice(*byline.span)] for byline in article.bylines] == ["Ada F. Moss", "Roy Quill"]


def test_a_hyphen_goes_in_its_line_and_the_line_end_after_it() -> None:
    text = f"{COLUMN}it, for the owners of the old ware-\nhouses feared that the new one was\n"
    analysis = analyse(decode(text.encode()))
    at = text.index("-\n")
    edits = [(edit.span, edit.before, edit.after, edit.fix) for edit in analysis.plan.edits if edit.span[0] >= at]
    assert edits[:2] == [((at, at + 1), "-", "", Fix.HYPHEN), ((at + 1, at + 2), "\n", "", Fix.JOIN)]
    assert "warehouses" in apply(analysis.plan, text)
    assert apply(keep_lines(analysis.plan), text) == text
    assert invert(analysis.plan, apply(analysis.plan, text)) == text


@pytest.mark.parametrize("folder", ["chronam_1916", "mets"])
def test_nothing_is_lost_on_real_pages(folder: str, corpus: Path) -> None:
    paths = sorted((corpus / folder).glob("*.txt"))[:6]
    assert paths
    for path in paths:
        source = read_source(path)
        analysis = analyse(source)
        assert len(analysis.issue.articles) > 1
        promises = check_promises(source.text, msgspec.to_builtins(analysis.issue))
        assert (promises["lost"], promises["twice"], promises["texts.wrong"]) == (0, 0, 0)
        assert invert(analysis.plan, apply(analysis.plan, source.text)) == source.text
