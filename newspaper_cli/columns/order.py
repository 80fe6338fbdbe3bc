"""Reading order: what was mixed on the page, put back in the order in which it is read.

Four kinds of mixing are repaired, each from the text alone: columns printed side by side (`gutters`), columns woven
together in each line (`weave`) or line by line (`lags`, `deal`), and columns or heads out of place (`chains`).
Characters are never changed; lines are cut and moved. A page that shows none of the four comes back as it was, after
one cheap look at every line.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.columns.cells import column_width, to_line
from newspaper_cli.columns.chains import put_back
from newspaper_cli.columns.chunks import part_at_gaps
from newspaper_cli.columns.deal import deal
from newspaper_cli.columns.echoes import Echoes
from newspaper_cli.columns.gutters import read_bands, side_by_side
from newspaper_cli.columns.lags import Lags, may_be_woven, measure_lags
from newspaper_cli.columns.weave import Arrangement, unweave
from newspaper_cli.document import Line, Note
from newspaper_cli.labels import NoteCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.languages import Language, Spoken

_SEAM: Final = " "


class Order(msgspec.Struct, frozen=True):
    """Hold the lines of a source in reading order, whether that differs from the file's, and what was done.

    A line of the file that held several columns is several lines here. Every character of ink lies in one of them.
    """

    lines: tuple[Line, ...]
    reordered: bool = False
    notes: tuple[Note, ...] = ()


def restore_order(lines: tuple[Line, ...], spoken: Spoken) -> Order:
    """Give the lines of a source in reading order.

    `column` is counted anew where anything was moved: it changes with every part that stands on its own.
    """
    ordered: list[Line] = []
    notes: list[Note] = []
    for page in _pages(lines):
        found, note = _restore_page(page, spoken.of(page[0].page))
        first = ordered[-1].column + 1 if ordered else 0
        ordered += [msgspec.structs.replace(line, column=line.column + first) for line in found] if first else found
        notes += note
    reordered = any(note.code is NoteCode.REORDERED for note in notes)
    return Order(tuple(ordered) if reordered else lines, reordered, tuple(notes))


def _pages(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Part the lines at form feeds; pages count up, so where the first and the last line are of one, all are."""
    if lines and lines[0].page == lines[-1].page:
        return [lines]
    return [tuple(group) for _, group in groupby(lines, key=attrgetter("page"))]


def _restore_page(lines: tuple[Line, ...], language: Language) -> tuple[Sequence[Line], list[Note]]:
    span = (lines[0].start, lines[-1].end)
    texts = [line.text for line in lines]
    if side_by_side(texts):
        note = Note(NoteCode.REORDERED, span, "columns side by side were read one after the other")
        return read_bands(lines, spaced=bool(language.joiner)), [note]
    # A language that parts its words with spaces hides the seams of woven columns; nothing is risked there.
    if not language.joiner and may_be_woven(lines) and (lags := measure_lags(texts)):
        return _deal_out(lines, texts, lags)
    if language.joiner or not (_SEAM in "".join(texts) or any(line.gap for line in lines[1:])):
        return lines, []
    width = column_width(texts)
    if width is None:
        return lines, []
    echoes = Echoes(lines)
    parts, notes = _take_apart(lines, width, echoes)
    placed = put_back(parts, width, language, echoes)
    if placed and placed.sure:
        parts = list(placed.parts)
        notes.append(Note(NoteCode.REORDERED, span, f"parts out of place were put back (margin {placed.margin:.1f})"))
    elif placed and placed.doubtful:
        text = f"parts may be out of place and were left there (margin {placed.margin:.1f})"
        notes.append(Note(NoteCode.ORDER_UNSURE, span, text))
    return (_number(parts) if notes else lines), notes


def _deal_out(lines: tuple[Line, ...], texts: Sequence[str], lags: Lags) -> tuple[Sequence[Line], list[Note]]:
    """Deal printed lines out to their columns where one lag is clearly the best; elsewhere leave and say so."""
    span = (lines[0].start, lines[-1].end)
    dealt = deal(texts, lags.path, lags.columns, Echoes(lines)) if lags.woven else None
    if dealt and dealt.plausible:
        parts = [tuple(lines[index] for index in part) for part in dealt.parts()]
        text = f"the lines of {lags.columns} woven columns were dealt out to them (margin {lags.margin:.1f})"
        return _number(parts), [Note(NoteCode.REORDERED, span, text)]
    if dealt or lags.doubtful:
        text = f"lines may not follow each other and were left so (margin of other orders {lags.margin:.1f})"
        return lines, [Note(NoteCode.ORDER_UNSURE, span, text)]
    return lines, []


def _take_apart(lines: tuple[Line, ...], width: int, echoes: Echoes) -> tuple[list[tuple[Line, ...]], list[Note]]:
    """Part a page at its blank lines, and the woven parts into their columns."""
    parts: list[tuple[Line, ...]] = []
    notes: list[Note] = []
    for part in part_at_gaps(lines):
        found = unweave(part, width, echoes)
        parts += _columns(found) if found else [part]
        if found:
            text = f"{len(found.columns)} woven columns were taken apart (margin {found.margin:.1f})"
            notes.append(Note(NoteCode.REORDERED, (part[0].start, part[-1].end), text))
    return parts, notes


def _columns(found: Arrangement) -> list[tuple[Line, ...]]:
    """Make lines of what was woven: one part for the heads, one for the columns, which belong together."""
    heads = tuple(to_line(cell, indent=0, gap=int(not index), column=0) for index, cell in enumerate(found.heads))
    body = tuple(
        to_line(cell, indent=0, gap=int(not index), column=column)
        for column, cells in enumerate(found.columns)
        for index, cell in enumerate(cells)
    )
    return [heads, body] if heads else [body]


def _number(parts: Iterable[tuple[Line, ...]]) -> list[Line]:
    """Number the columns, one a part and one more wherever a part passes to another of its own columns."""
    numbered: list[Line] = []
    column = -1
    for part in parts:
        for index, line in enumerate(part):
            new = not index or line.column != part[index - 1].column
            column += new
            numbered.append(msgspec.structs.replace(line, column=column, gap=max(line.gap, 1) if new else line.gap))
    return numbered
