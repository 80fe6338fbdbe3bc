"""Columns woven together: short articles that `pdftotext` prints row by row, several columns to a line.

Where columns lie close together one line holds pieces of several, a space apart; an indent or a short last line of a
paragraph opens a wider gap, and there the tool ends its line. So the pieces come row by row, and three things tell how
many columns there are and which row lacks which: rows end where lines end, columns are filled from the top, and a line
that falls short of its column ends a paragraph. The arrangement that breaks these rules least is taken.
"""

from __future__ import annotations

from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from newspaper_cli.characters import STOPS, letter_spaced, printed_width
from newspaper_cli.columns.cells import INDENT, UNBREAKABLE, Cell, cut, is_full, make_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.columns.echoes import Echoes
    from newspaper_cli.document import Line, Span

_MOST_COLUMNS: Final = 6
_BEAM: Final = 32
_MOST_HEADS: Final = 2
_LEAST_WOVEN: Final = 2
_LEAST_SHARE: Final = 0.2
_MOST_ROWS: Final = 80

# What it costs an arrangement to break a rule; hand-set, in units of "as unlikely as a misplaced piece".
_NEEDLESS_LINE: Final = 3.0
_NO_PARAGRAPH_END: Final = 3.0
_NO_STOP: Final = 1.0
_COINCIDENCE: Final = 0.4
_BROKEN_OFF: Final = 1.0
_OPEN_END: Final = 0.5
_RAGGED: Final = 1.0
_HEAD: Final = 0.5
_HEAD_WITH_STOP: Final = 3.0


class Piece(NamedTuple):
    """Hold a cell with what the arrangement needs to know of it.

    `full` tells that it reaches the right edge of its column, `room` that it leaves room for an indent, `begins` that
    it must be indented to reach the edge, `stop` that a sentence ends with it.
    """

    cell: Cell
    line: int
    full: bool
    room: bool
    begins: bool
    stop: bool


class Arrangement(NamedTuple):
    """Hold woven rows taken apart: the heads above them and the cells of each column; `cost` adds up broken rules."""

    heads: tuple[Cell, ...]
    columns: tuple[tuple[Cell, ...], ...]
    cost: float
    margin: float


class _Loom:
    """Hold the pieces of one chunk in the file's order, and what the page knows of its words.

    `rows[i]` lists where a row that begins with piece `i` may end, which is where a line ends, with the price of the
    line ends in it.
    """

    def __init__(self, pieces: Sequence[Piece], echoes: Echoes) -> None:
        """Price the neighbours in the file; others are priced when a search first puts them together."""
        self.pieces = pieces
        self.rows = [tuple(_row_ends(pieces[first : first + _MOST_COLUMNS + 1], first)) for first in range(len(pieces))]
        self._echoes = echoes
        self.prices: dict[tuple[int, int], float] = {}

    def below(self, upper: int, lower: int) -> float:
        """Price two pieces as neighbours in one column, or across the foot of one and the top of the next."""
        price = self.prices.get((upper, lower))
        if price is None:
            price = self.prices[upper, lower] = self._price(self.pieces[upper], self.pieces[lower])
        return price

    def _price(self, above: Piece, below: Piece) -> float:
        if above.full and above.stop:
            return 0.0 if below.room else _COINCIDENCE
        if above.full:
            return _BROKEN_OFF * below.begins - self._echoes.strength(above.cell.text, below.cell.text)
        return (0.0 if below.room else _NO_PARAGRAPH_END) + (0.0 if above.stop else _NO_STOP)


# A way to place the first pieces: its cost, how many it took, the columns that still go on, the pieces of each column.
_State: TypeAlias = tuple[float, int, tuple[int, ...], tuple[tuple[int, ...], ...]]


def unweave(rows: Sequence[Line], width: int, echoes: Echoes) -> Arrangement | None:
    """Take the woven columns of one chunk apart, or give None where nothing is woven."""
    texts = [row.text for row in rows]
    least = len(rows) * _LEAST_SHARE
    # Only where a space stands can a row be cut, and most chunks have too few for that.
    if len(rows) > _MOST_ROWS or len([text for text in texts if " " in text]) < least:
        return None
    cuts = [cut(text, width) for text in texts]
    woven = [len(spans) for spans in cuts if len(spans) > 1]
    if len(woven) < least or not _is_woven(rows, cuts, width):
        return None
    # A line as wide as one column may still be two: a paragraph's first line, and a short last one.
    cuts = [
        spans if len(spans) > 1 else cut(row.text, width, indented=True) for spans, row in zip(cuts, rows, strict=True)
    ]
    pieces = [_piece(row, span, line, width) for line, row in enumerate(rows) for span in cuts[line]]
    found = sorted(_arrangements(_Loom(pieces, echoes)), key=lambda item: item[0])
    if not found:
        return None
    cost, heads, columns = found[0]
    margin = found[1][0] - cost if len(found) > 1 else cost + 1
    cells = tuple(tuple(pieces[i].cell for i in column) for column in columns)
    return Arrangement(tuple(piece.cell for piece in pieces[:heads]), cells, cost, margin)


def _is_woven(rows: Sequence[Line], cuts: Sequence[tuple[Span, ...]], width: int) -> bool:
    """Tell whether more than chance cut the rows: two of them, or one into three pieces of about one width."""
    woven = [(row.text, spans) for row, spans in zip(rows, cuts, strict=True) if len(spans) > 1]
    if len(woven) >= _LEAST_WOVEN:
        return True
    return any(
        len(spans) > _LEAST_WOVEN and 2 * printed_width(text[slice(*spans[-1])]) >= width for text, spans in woven
    )


def _piece(row: Line, span: Span, line: int, width: int) -> Piece:
    cell = make_cell(row, span)
    if letter_spaced(cell.text):
        return Piece(cell, line, full=True, room=False, begins=False, stop=_ends(cell.text))
    indented = -UNBREAKABLE <= cell.width + INDENT - width <= 1
    return Piece(
        cell,
        line,
        full=indented or is_full(cell.width, width),
        room=cell.width + INDENT <= width + 1,
        begins=indented and not _ends(cell.text),
        stop=_ends(cell.text),
    )


def _ends(text: str) -> bool:
    return text.rstrip("”’』」）)》")[-1:] in STOPS or text[-1:] in "）)"


def _arrangements(loom: _Loom) -> Iterator[tuple[float, int, tuple[tuple[int, ...], ...]]]:
    """Try every number of heads and of columns."""
    pieces = loom.pieces
    for heads in range(_MOST_HEADS + 1):
        head = pieces[heads - 1] if heads else None
        if head and (head.line != heads - 1 or (len(pieces) > heads and pieces[heads].line < heads)):
            return
        above = fsum(_HEAD + _HEAD_WITH_STOP * piece.stop for piece in pieces[:heads])
        for count in range(2, min(_MOST_COLUMNS, len(pieces) - heads) + 1):
            for state in _search(loom, heads, count):
                yield state[0] + above, heads, state[3]


def _search(loom: _Loom, first: int, count: int) -> list[_State]:
    """Place the pieces row by row, keeping the cheapest arrangements of each number of pieces."""
    everything = tuple(range(count))
    end = len(loom.pieces)
    waiting: list[list[_State]] = [[] for _ in range(end + 1)]
    _fill_row(loom, (0.0, first, everything, ((),) * count), waiting, count)
    for taken in range(first + 1, end):
        for state in sorted(waiting[taken])[:_BEAM]:
            _fill_row(loom, state, waiting, 1)
    return sorted(_finish(loom, state) for state in waiting[end])[:2]


def _fill_row(loom: _Loom, state: _State, waiting: Sequence[list[_State]], least: int) -> None:
    """Add every way to fill the next row with at least so many columns, of those that still go on."""
    prices, below = loom.prices, loom.below
    before, taken, active, so_far = state
    for end, broken in loom.rows[taken]:
        size = end - taken
        if not least <= size <= len(active):
            continue
        above = before + broken
        for chosen in combinations(active, size):
            columns = list(so_far)
            cost = above
            for index, column in enumerate(chosen, taken):
                filled = columns[column]
                if filled:
                    known = prices.get((filled[-1], index))
                    cost += below(filled[-1], index) if known is None else known
                columns[column] = (*filled, index)
            waiting[end].append((cost, end, chosen, tuple(columns)))


def _row_ends(pieces: Sequence[Piece], first: int) -> Iterator[tuple[int, float]]:
    broken = 0.0
    for index, piece in enumerate(pieces[:_MOST_COLUMNS]):
        broken += _break_cost(pieces[index - 1], piece) if index else 0.0
        if index + 1 == len(pieces) or pieces[index + 1].line != piece.line:
            yield first + index + 1, broken


def _break_cost(left: Piece, right: Piece) -> float:
    """Price two neighbours in one row: a line end between them needs a wide gap, its absence a narrow one."""
    if left.line == right.line:
        return 0.0
    return 0.0 if not left.full or right.room else _NEEDLESS_LINE


def _finish(loom: _Loom, state: _State) -> _State:
    """Add what the whole arrangement costs: columns that end too early, and text that breaks between columns."""
    cost, taken, active, columns = state
    heights = list(map(len, columns))
    highest = max(heights)
    for index in range(len(columns) - 1):
        column = columns[index]
        cost += loom.below(column[-1], columns[index + 1][0])
        lower = highest - heights[index]
        if not lower:
            continue
        missing = max(heights[index + 1 :]) - heights[index]
        if missing > 0:
            cost += _RAGGED * (missing - (1 if loom.pieces[column[-1]].stop else 0.5))
        cost += _RAGGED * (lower - 1)
    last = loom.pieces[columns[-1][-1]]
    cost += _OPEN_END * (last.full and not last.stop)
    return cost, taken, active, columns
