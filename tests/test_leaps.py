"""Lines that a blank line parts are joined only where it is sure: below a block of print may stand another column."""

from __future__ import annotations

import pytest

from newspaper_cli.joins import decide_seams
from newspaper_cli.labels import Fix
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.pipeline import analyse
from newspaper_cli.regime import read_regime
from newspaper_cli.repairs import apply, invert
from newspaper_cli.source import decode

ENGLISH = load_language("en")
HEAD = "HARBOUR BOARD SITS LATE"
ABOVE = (
    "The harbour board sat until midnight and",
    "heard eleven witnesses on the matter of",
    "the old wharf, which has not been mended",
    "since the great storm of four winters ago.",
    "Captain Dorrity said that no vessel of his",
)
BELOW = (
    "a single timber of it had been renewed in",
    "his time, and that the piles were rotten",
    "from end to end. The chairman thanked him",
    "and the board rose without having decided",
    "anything at all, as it has done before now.",
)


def fix_over(first: str, second: str, blank: int) -> Fix | None:
    """Give what is made of two lines inside a column with so many blank lines between them."""
    text = "\n".join((HEAD, "", *ABOVE, first, *[""] * blank, second, *BELOW))
    lines = read_lines(text)
    return decide_seams(lines, read_regime(lines), ENGLISH)[len(ABOVE) + 1].fix


@pytest.mark.parametrize(
    ("first", "second", "blank", "fix"),
    [
        # A sentence goes on from one known word to another, over one blank line.
        ("would ever come to it again unless the", "board could show by its own books that", 1, Fix.JOIN_SPACE),
        ("would ever come to it again unless the", "board could show by its own books that", 2, None),
        # What begins is half a word, or a name, or a number, or what ends falls short: nothing is sure.
        ("would ever come to it again unless his", "dore could be shown by its own books in", 1, None),
        ("would ever lie at it again unless a", "Mr. Oberdoffer could show by its books", 1, None),
        ("would ever come to it again unless some", "10 of them could be shown by its books", 1, None),
        ("would ever lie at it", "and all of it was shown by its own books", 2, None),
        # A word that is known whole goes on over any number of blank lines; one that nobody knows does not.
        ("would ever lie at it again unless a com-", "mittee could show by its own books that", 1, Fix.HYPHEN),
        ("would ever lie at it again unless a com-", "mittee could show by its own books that", 2, Fix.HYPHEN),
        ("would ever lie at it for more than forty-", "five days by what its own books show on", 2, Fix.JOIN),
        ("would ever lie at it again, and that every-", "at Kansas had been shown by its books in", 2, None),
        ("would ever lie at it again, and that bet-", "stationed had been shown by its books in", 1, None),
    ],
)
def test_lines_are_joined_over_blank_lines_where_it_is_sure(
    first: str, second: str, blank: int, fix: Fix | None
) -> None:
    assert fix_over(first, second, blank) is fix


def test_the_same_lines_without_a_blank_line_are_joined() -> None:
    assert fix_over("would ever come to it again unless his", "dore could be shown by its own books in", 0)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        # Half a word above a common one, and together nothing: the hyphen stays, for the texts are two.
        ("would ever lie at it again, for in-", "attend the same had been shown by books", True),
        ("would ever lie at it again, for a lim-", "number of them had been shown by books", True),
        # A name that no list knows is broken by its hyphen.
        ("would ever lie at it again, for Shu-", "mate himself had been shown by his books", False),
    ],
)
def test_a_hyphen_stays_above_a_word_of_another_text(first: str, second: str, kept: bool) -> None:  # noqa: FBT001
    assert fix_over(first, second, 0) is (Fix.JOIN_SPACE if kept else Fix.HYPHEN)


def test_what_is_left_apart_is_kept_and_what_is_joined_is_undone() -> None:
    text = "\n".join(
        (*ABOVE, "would ever lie at it again unless a com-", "", "", "mittee sat, he said.", "", *BELOW, "")
    )
    analysis = analyse(decode(text.encode()), "en")
    repaired = apply(analysis.plan, text)
    assert "unless a committee sat" in repaired
    assert invert(analysis.plan, repaired) == text
