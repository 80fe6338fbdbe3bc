"""Cells: the parts of printed rows that lie in one column, and where a row of several columns is cut.

All widths here are in half-width columns: a Chinese character is two of them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import letter_spaced, printed_width, printed_widths
from newspaper_cli.document import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.document import Span

_TOKEN: Final = re.compile(r"\S+")
_NARROWEST: Final = 16
_WIDEST: Final = 90
_MOST_PIECES: Final = 12
_LEAST_SUPPORT: Final = 4
_LEAST_SHARE: Final = 0.2

# A justified line may fall short of its column by an unbreakable pair of characters, and exceed it by a hanging mark.
SHORT: Final = 5
LONG: Final = 2
INDENT: Final = 4
UNBREAKABLE: Final = 3
"""By how much an indented line falls short where a mark that cannot begin a line took a character with it."""


class Cell(NamedTuple):
    """Hold one piece of a row of the page.

    `start` and `end` count in the text of `row`; `position` counts characters from the left edge of the page, `width`
    is what the text measures in print. `follows` tells that one space alone parts it from the piece before.
    """

    row: Line
    start: int
    end: int
    position: int
    width: int
    follows: bool = False

    @property
    def text(self) -> str:
        """Give the printed text of the cell."""
        return self.row.text[self.start : self.end]


def make_cell(row: Line, span: Span, *, follows: bool = False) -> Cell:
    """Make the cell that takes this span of the row's text."""
    start, end = span
    return Cell(row, start, end, row.indent + start, printed_width(row.text[start:end]), follows)


def to_line(cell: Cell, *, indent: int, gap: int, column: int, head: bool = False) -> Line:
    """Make a line of a cell."""
    row = cell.row
    first = row.start + cell.start
    return Line(cell.text, first, first + cell.end - cell.start, indent, gap, row.page, column, head)


def column_width(texts: Iterable[str]) -> int | None:
    """Find the width that most unbroken pieces of text share, or None where no width stands out.

    Printed columns are justified, so most of their lines are of one width. Tokens between white space are counted, not
    lines: most lines of Chinese hold no white space, and where several columns share a line this still finds the width
    of one of them.
    """
    counts = Counter(printed_widths("\n".join(texts).split()))
    near = {width: counts[width - 1] + counts[width] + counts[width + 1] for width in counts if width >= _NARROWEST}
    candidates = {width: count for width, count in near.items() if width <= _WIDEST}
    if not candidates:
        return None
    middle = max(candidates, key=lambda width: (candidates[width], counts[width]))
    best = max((middle - 1, middle, middle + 1), key=lambda width: counts[width])
    total = sum(count for width, count in counts.items() if width >= _NARROWEST)
    return best if candidates[middle] >= max(_LEAST_SUPPORT, total * _LEAST_SHARE) else None


def is_full(width: int, column: int) -> bool:
    """Tell whether a piece of this width fills its column."""
    return column - SHORT <= width <= column + LONG


def fills(width: int, column: int) -> bool:
    """Tell whether a piece fills its column, or would if it were indented.

    >>> fills(30, 36), fills(24, 36)
    (True, False)
    """
    return column - INDENT - UNBREAKABLE <= width <= column + LONG


def cut(text: str, column: int, *, indented: bool = False) -> tuple[Span, ...]:
    """Cut a text in which pieces of several columns follow each other, one space apart.

    Every piece but the last must fill the column, less an indent for the first; a text that cannot be cut so comes back
    whole. `indented` tells that the page shows the first piece to begin a paragraph.

    >>> cut("山路宽了板栗俏了，村里 人说今年的收成好得很 修路。", 22)
    ((0, 11), (12, 22), (23, 26))
    """
    whole = ((0, len(text)),)
    if " " not in text or 2 * len(text) + INDENT * indented <= column + LONG:
        return whole
    if not column + LONG < printed_width(text) + INDENT * indented < column * _MOST_PIECES:
        return whole
    found = _partition(text, _tokens(text), column, indented=indented)
    return found or whole


def _tokens(text: str) -> list[Span]:
    """List the words of a text; the characters of a letter-spaced run are one word."""
    kept = {start for start, _ in letter_spaced(text)}
    tokens: list[Span] = []
    for match in _TOKEN.finditer(text):
        if tokens and tokens[-1][1] in kept:
            tokens[-1] = (tokens[-1][0], match.end())
        else:
            tokens.append(match.span())
    return tokens


def _partition(text: str, tokens: Sequence[Span], column: int, *, indented: bool) -> tuple[Span, ...] | None:
    """Find the cut that strays least from the column's width.

    `best[i]` is the least stray of a cut that ends before token `i`, with where its last piece begins. A piece spans
    few tokens, so the time is linear in the length of the text.
    """
    best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(tokens)
    for last in range(len(tokens)):
        for first in range(last, -1, -1):
            width = _set_width(text, tokens[first : last + 1], column) + INDENT * (indented and not first)
            if width > column + LONG:
                break
            stray = _stray(width, column, free=not first and not indented, last=last == len(tokens) - 1)
            before, known = best[first], best[last + 1]
            if before and stray is not None and (known is None or before[0] + stray < known[0]):
                best[last + 1] = (before[0] + stray, first)
    pieces: list[Span] = []
    end = len(tokens)
    while end and (step := best[end]):
        pieces.append((tokens[step[1]][0], tokens[end - 1][1]))
        end = step[1]
    return None if end else tuple(reversed(pieces))


def _set_width(text: str, tokens: Sequence[Span], column: int) -> int:
    """Measure a piece in print; characters set apart were set so to fill their column."""
    spaced = sum(" " in text[start:end] for start, end in tokens)
    if spaced:
        return column if len(tokens) == 1 else column + LONG + 1
    return printed_width(text[tokens[0][0] : tokens[-1][1]])


def _stray(width: int, column: int, *, free: bool, last: bool) -> int | None:
    """Tell by how much a piece strays from its column's width, or None where it cannot stand there.

    A `free` piece may or may not be indented: it stands at a place where the page does not show.
    """
    if last:
        return 0
    misfits = [abs(column - wide) for wide in (width, width + INDENT * free) if is_full(wide, column)]
    return min(misfits, default=None)
