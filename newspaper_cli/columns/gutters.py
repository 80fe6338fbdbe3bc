"""Columns side by side, as `pdftotext -layout` prints them: found by their gutters, read one after the other.

Rows between blank lines make a band; headlines that span the columns part bands too. In a band the columns start near
the same positions in every row, but only near: the tool counts characters, a line with many digits pushes what follows
it to the right, and where columns lie close together only one space parts them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import COMMAS, STOPS, printed_width
from newspaper_cli.columns.cells import INDENT, LONG, Cell, column_width, cut, fills, is_full, make_cell, to_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newspaper_cli.document import Line

_SEGMENT: Final = re.compile(r"\S[^ ]*(?: (?! )[^ ]*)*")
_LEAST_ROWS: Final = 3
_LEAST_SHARE: Final = 0.2
_LEAST_CELL: Final = 12
_PROSE_SHARE: Final = 0.4
_USUAL_SHARE: Final = 0.8
_MOST_HEADS: Final = 4
_MOST_COLUMNS: Final = 16
_DEEPEST_INDENT: Final = 6
_DRIFT: Final = 4
"""How far to the left of its column's usual start a cell may begin, in characters."""


class Band(NamedTuple):
    """Hold rows that share their columns, below the heads that span them; `starts` is empty for rows read as rows."""

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    starts: tuple[int, ...]
    width: int


def side_by_side(texts: Sequence[str]) -> bool:
    """Tell whether a page prints columns beside each other: the cheap test that spares other pages the rest."""
    least = max(_LEAST_ROWS, len(texts) * _LEAST_SHARE)
    wide = [text for text in texts if "  " in text] if "  " in "\n".join(texts) else []
    if len(wide) < least:
        return False
    return sum([sum([_is_cell(text) for text in row.split("  ")]) > 1 for row in wide]) >= least


def _is_cell(text: str) -> bool:
    return len(text) >= _LEAST_CELL or (2 * len(text) >= _LEAST_CELL and printed_width(text) >= _LEAST_CELL)


def read_bands(lines: Sequence[Line], *, spaced: bool) -> tuple[Line, ...]:
    """Read a page of columns side by side, band by band and column by column.

    `spaced` tells that spaces part words: then one space never parts columns.
    """
    page = 0 if spaced else column_width([line.text for line in lines]) or 0
    ordered: list[Line] = []
    column = 0
    for block in _blocks(lines):
        for band in _bands(block, 0 if spaced else _band_width(block, page)):
            for line in _read(band, column):
                column = line.column
                ordered.append(line)
            column += 1
    return tuple(ordered)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Part a page at its blank lines; where they stand between all rows, at the wider ones."""
    gaps = [line.gap for line in lines[1:]]
    usual = _median(gaps) if gaps else 0
    block: list[Line] = []
    for line in lines:
        if block and (line.gap > usual or line.page != block[-1].page):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _median(values: Sequence[int]) -> int:
    """Take the lower of the middle values."""
    return sorted(values)[(len(values) - 1) // 2]


def _bands(block: Sequence[Line], woven: int) -> Iterator[Band]:
    """Part a block where a row that spans columns stands among rows of several cells.

    `woven` is the width at which columns one space apart are cut, 0 for not at all.
    """
    rows = [_cells(line, woven) for line in block]
    width = woven or _usual_width(rows)
    first = 0
    while first < len(rows):
        body = next((i for i in range(first, len(rows)) if len(rows[i]) > 1), len(rows))
        if body == len(rows):
            yield Band((), tuple(rows[first:]), (), width)
            return
        last = _end_of_columns(rows, body, width)
        yield _band(rows[first:body], rows[body:last], width)
        first = last


def _usual_width(rows: Sequence[Sequence[Cell]]) -> int:
    """Take the width that most cells of rows of several keep within, where no line is justified to one width."""
    widths = sorted(cell.width for row in rows if len(row) > 1 for cell in row)
    return widths[int(len(widths) * _USUAL_SHARE)] if widths else 0


def _band_width(block: Sequence[Line], page: int) -> int:
    """Take the width of the band's own columns where it has one of its own."""
    own = column_width(line.text for line in block)
    if not own or not page or abs(own - page) <= LONG:
        return page or own or 0
    # The band's width may be that of two woven columns: then it can be cut with the page's width.
    segments = [match[0] for line in block for match in _SEGMENT.finditer(line.text)]
    wide = [segment for segment in segments if printed_width(segment) > page + LONG]
    woven = sum(len(cut(segment, page)) > 1 for segment in wide)
    return page if woven * 2 > len(wide) else own


def _cells(line: Line, woven: int) -> tuple[Cell, ...]:
    cells = []
    for segment in _SEGMENT.finditer(line.text):
        start, text = segment.start(), segment[0].rstrip()
        indented = not start and 1 < line.indent <= _DEEPEST_INDENT
        pieces = cut(text, woven, indented=indented) if woven and " " in text else ((0, len(text)),)
        for index, (a, b) in enumerate(pieces):
            cells.append(make_cell(line, (start + a, start + b), follows=index > 0))
    return tuple(cells)


def _end_of_columns(rows: Sequence[tuple[Cell, ...]], body: int, width: int) -> int:
    """Find the row at which the columns that began at `body` end: the first of a run of heads, or the end."""
    index = body
    while index < len(rows):
        run = index
        while run < len(rows) and len(rows[run]) == 1:
            run += 1
        # Below the end of a column nothing goes on, so the last row of the run heads the rows that follow.
        if index < run < len(rows) and rows[run - 1][0].position <= width // 2:
            while index < run - 1 and _is_tail(rows[index][0], width):
                index += 1
            return index
        index = run + 1
    return len(rows)


def _is_tail(cell: Cell, width: int) -> bool:
    """Tell whether a row's only cell is the end of a column rather than a head above others."""
    if cell.position > width // 2:
        return True
    marks = sum(character in STOPS or character in COMMAS for character in cell.text)
    return is_full(cell.width, width) or (marks > 0 and cell.width <= width + LONG and cell.text[-1] in STOPS)


def _band(heads: Sequence[tuple[Cell, ...]], rows: Sequence[tuple[Cell, ...]], width: int) -> Band:
    above = tuple(row[0] for row in heads)
    starts = _starts(rows) if _is_prose(rows, width) else ()
    if not starts or len(above) > _MOST_HEADS:
        return Band((), (*heads, *rows), (), width)
    return Band(above, tuple(rows), starts, width)


def _is_prose(rows: Sequence[tuple[Cell, ...]], width: int) -> bool:
    """Tell running text from a masthead or a table: most cells fill their column or end a sentence."""
    cells = [cell for row in rows for cell in row]
    filled = sum(fills(cell.width, width) for cell in cells)
    return filled >= len(cells) * _PROSE_SHARE


def _starts(rows: Sequence[tuple[Cell, ...]]) -> tuple[int, ...]:
    """Find where the columns start: the usual positions in the rows that have most cells.

    One row is enough where it is the first, and its last cell stands clear of the column before it: the last column of
    an article can be of one line.
    """
    for count in sorted({len(row) for row in rows if len(row) <= _MOST_COLUMNS}, reverse=True):
        full = [row for row in rows if len(row) == count]
        if len(full) == 1 and not (full[0] is rows[0] and _stands_clear(rows, count - 1)):
            continue
        starts = tuple(_median(cells) for cells in zip(*(_positions(row) for row in full), strict=True))
        if all(b - a > _DRIFT for a, b in pairwise(starts)):
            return starts if count > 1 else ()
    return ()


def _stands_clear(rows: Sequence[Sequence[Cell]], index: int) -> bool:
    """Tell whether the first row's cell begins right of all that the rows below have in the column before."""
    before = [row[index - 1] for row in rows[1:] if len(row) == index]
    return bool(before) and max(cell.position + cell.end - cell.start for cell in before) < rows[0][index].position


def _positions(row: Sequence[Cell]) -> list[int]:
    return [cell.position for cell in row]


def _read(band: Band, column: int) -> Iterator[Line]:
    if not band.starts:
        yield from _read_rows(band.rows, column)
        return
    for head in band.heads:
        # Heads of different sizes are set apart in print, though the tool leaves no blank line between them.
        yield to_line(head, indent=head.position, gap=max(head.row.gap, 1), column=column, head=True)
    columns: list[list[Cell]] = [[] for _ in band.starts]
    for row in band.rows:
        for index, cell in _place(row, band.starts):
            columns[index].append(cell)
    for cells in filter(None, columns):
        column += 1
        yield from _read_column(cells, column, band.width)


def _read_rows(rows: Iterable[Sequence[Cell]], column: int) -> Iterator[Line]:
    """Keep rows as they are printed, each cell a line of its own: a masthead is read by its rows."""
    for row in rows:
        for index, cell in enumerate(row):
            column += index > 0
            yield to_line(cell, indent=cell.position, gap=0 if index else cell.row.gap, column=column)
        column += len(row) > 1


def _place(row: Sequence[Cell], starts: Sequence[int]) -> list[tuple[int, Cell]]:
    """Put each cell of a row in its column; cells that fall in one column are one cell."""
    placed: list[tuple[int, Cell]] = []
    for cell in row:
        column = max(bisect_right(starts, cell.position + _DRIFT) - 1, 0)
        if placed and cell.follows:
            column = min(placed[-1][0] + 1, len(starts) - 1)
        if placed and placed[-1][0] >= column:
            before = placed[-1][1]
            placed[-1] = (placed[-1][0], make_cell(cell.row, (before.start, cell.end)))
        else:
            placed.append((column, cell))
    return placed


def _read_column(cells: Sequence[Cell], column: int, width: int) -> Iterator[Line]:
    """Give the lines of one column; an indent shows where the cell leaves room for one."""
    edge = _median(_positions(cells))
    for index, cell in enumerate(cells):
        shift = cell.position - edge
        indent = shift if shift > 1 and not cell.follows and cell.width + INDENT <= width + LONG else 0
        yield to_line(cell, indent=indent, gap=0 if index else 1, column=column)
