"""How the lines of an article are set: as running text, as a table, as verse, or as a list that fills its column.

Running text breaks inside sentences, so most of its lines begin small. Lines of a table hold figures; lines of verse
begin with a capital, fall short and hold none; entries of a list fill their column. On five issues in French and
German, 1821 to 1904, of groups of five lines and more, those that begin small in less than two fifths of their lines
are advertisements, tables and verse; reports have more than half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newspaper_cli.characters import COMMAS, STOPS
from newspaper_cli.features import in_capitals
from newspaper_cli.labels import ArticleKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST_LINES: Final = 3
_MOST_SMALL: Final = 0.4
_FIGURES: Final = 0.4
_FIGURE_SHARE: Final = 0.2
_FEWEST_VERSES: Final = 4
_MARKED: Final = 0.5
# A line fills its column from this share of the width that one line in seven passes.
_FILLED: Final = 0.85
_MOST_WIDE: Final = 0.6
_TABLE_SHARE: Final = 0.1
_VERSE_WIDTHS: Final = 0.55
_LONGEST_VERSE: Final = 60


def shape_of(texts: Sequence[str]) -> ArticleKind | None:
    """Tell the kind of an article by how its printed lines are set; None for running text."""
    if len(texts) < _FEWEST_LINES or small_share(texts) >= _MOST_SMALL:
        return None
    if _is_table(texts):
        return ArticleKind.TABLE
    if _is_verse(texts):
        return ArticleKind.VERSE
    return ArticleKind.LISTING if wide_share(texts) >= _MOST_WIDE else None


def small_share(texts: Sequence[str]) -> float:
    """Give the share of lines that begin small, of all but the first."""
    return sum(text[0].islower() for text in texts[1:]) / max(len(texts) - 1, 1)


def wide_share(texts: Sequence[str]) -> float:
    """Give the share of lines about as wide as the widest: entries of a list are, lines of an advertisement not."""
    lengths = sorted(map(len, texts))
    full = lengths[(len(lengths) - 1) * 6 // 7] * _FILLED
    return sum(length >= full for length in lengths) / len(lengths)


def _is_table(texts: Sequence[str]) -> bool:
    printed = "".join(texts)
    rows = sum(map(_is_figures, texts)) >= len(texts) * _FIGURES
    return rows or sum(map(str.isdigit, printed)) >= len(printed) * _TABLE_SHARE


def _is_figures(text: str) -> bool:
    """Tell whether a line is one of a table: a fifth of it figures, or dots that lead to some."""
    return sum(map(str.isdigit, text)) >= len(text) * _FIGURE_SHARE or "...." in text


def _is_verse(texts: Sequence[str]) -> bool:
    """Tell whether lines are verse: of about one length, each begun with a capital, half of them ending in a mark.

    A last line in capitals is the poet's name.
    """
    if in_capitals(texts[-1]):
        texts = texts[:-1]
    if len(texts) < _FEWEST_VERSES or any(len(text) > _LONGEST_VERSE or in_capitals(text) for text in texts):
        return False
    lengths = sorted(map(len, texts))
    alike = lengths[len(lengths) // 4] >= _VERSE_WIDTHS * lengths[-len(lengths) // 4]
    marked = sum(text[-1] in STOPS or text[-1] in COMMAS for text in texts)
    figures = any(character.isdigit() for text in texts for character in text)
    return alike and not figures and marked >= len(texts) * _MARKED
