"""Reading order: what was mixed on the page, put back in the order in which it is read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.columns.cells import column_width, to_line
from newspaper_cli.columns.chunks import Chunk, part_at_gaps, read_chunk
from newspaper_cli.columns.echoes import Echoes
from newspaper_cli.columns.gutters import read_bands, side_by_side
from newspaper_cli.columns.heads import Head, assign_heads
from newspaper_cli.columns.links import best_links, contradictions, savings
from newspaper_cli.columns.weave import Arrangement, unweave
from newspaper_cli.document import Line, Note
from newspaper_cli.labels import NoteCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.languages import Language

_FEWEST_CHUNKS: Final = 4
_MOST_CHUNKS: Final = 90
_LEAST_MARGIN: Final = 1.5


class Order(msgspec.Struct, frozen=True):
    """Hold the lines of a page in reading order, whether that differs from the file's, and what was done."""

    lines: tuple[Line, ...]
    reordered: bool = False
    notes: tuple[Note, ...] = ()


def restore_order(lines: tuple[Line, ...], language: Language) -> Order:
    """Give the lines in reading order."""
    if side_by_side(lines):
        note = Note(NoteCode.REORDERED, None, "columns side by side were read one after the other")
        return Order(read_bands(lines), reordered=True, notes=(note,))
    width = column_width(line.text for line in lines)
    if width is None:
        return Order(lines)
    notes: list[Note] = []
    ordered: list[Line] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        ordered += _restore_page(tuple(page), width, language, notes)
    return Order(tuple(ordered), reordered=any(note.code is NoteCode.REORDERED for note in notes), notes=tuple(notes))


def _restore_page(lines: tuple[Line, ...], width: int, language: Language, notes: list[Note]) -> Sequence[Line]:
    parts = list(part_at_gaps(lines))
    echoes = Echoes(line.text for line in lines)
    plain: list[tuple[Line, ...]] = []
    for part in parts:
        found = unweave(part, width, echoes) if any(" " in line.text for line in part) else None
        if found:
            plain += _columns(found)
            text = f"{len(found.columns)} woven columns were taken apart (margin {found.margin:.1f})"
            notes.append(Note(NoteCode.REORDERED, (part[0].start, part[-1].end), text))
        else:
            plain.append(part)
    before = ("", *(part[-1].text for part in plain))
    chunks = [read_chunk(index, part, before[index], width, language) for index, part in enumerate(plain)]
    if len(chunks) < _FEWEST_CHUNKS or len(chunks) > _MOST_CHUNKS or not contradictions(chunks):
        return _flat(plain) if notes else lines
    gains = savings(chunks, echoes)
    links = best_links(gains)
    margin = sum(gains[i][j] for i, j in links.items()) - sum(
        max(gains[i][i + 1], 0.0) for i in range(len(chunks) - 1)
    )
    span = (lines[0].start, lines[-1].end)
    if margin < _LEAST_MARGIN:
        return _flat(plain) if notes else lines
    notes.append(Note(NoteCode.REORDERED, span, f"chunks out of place were put back (margin {margin:.1f})"))
    return _flat(_arrange(chunks, links, language))


def _columns(found: Arrangement) -> list[tuple[Line, ...]]:
    """Make lines of the taken-apart columns; together they are one part, its columns numbered."""
    heads = tuple(to_line(cell, indent=0, gap=0 if index else 1, column=0) for index, cell in enumerate(found.heads))
    body = tuple(
        to_line(cell, indent=0, gap=0 if index else 1, column=column)
        for column, cells in enumerate(found.columns)
        for index, cell in enumerate(cells)
    )
    return [heads, body] if heads else [body]


def _arrange(chunks: Sequence[Chunk], links: dict[int, int], language: Language) -> list[tuple[Line, ...]]:
    """Chain the linked chunks, give each chain its heads, and put the chains in the order of their beginnings."""
    followers = set(links.values())
    chains: list[list[int]] = []
    for chunk in chunks:
        if chunk.body and chunk.index not in followers:
            chain = [chunk.index]
            while chain[-1] in links:
                chain.append(links[chain[-1]])
            chains.append(chain)
    starts = {chain[0]: number for number, chain in enumerate(chains)}
    under = language.pattern("leads.under_head")
    heads = [
        Head(line, chunk.index, bool(under.match(line.text)), _touched(chunks, chunk.index, starts))
        for chunk in chunks
        for line in chunk.heads
    ]
    texts = ["".join(line.text for index in chain for line in chunks[index].body) for chain in chains]
    owners = assign_heads(heads, texts)
    parts: list[tuple[float, tuple[Line, ...]]] = []
    for number, chain in enumerate(chains):
        own = tuple(head.line for head, owner in zip(heads, owners, strict=True) if owner == number)
        parts += [(chain[0], own)] if own else []
        parts += [(chain[0], chunks[index].body) for index in chain]
    for chunk in chunks:
        left = tuple(h.line for h, o in zip(heads, owners, strict=True) if o is None and h.chunk == chunk.index)
        parts += [(chunk.index - 0.5, left)] if left else []
    return [part for _, part in sorted(parts, key=lambda item: item[0])]


def _touched(chunks: Sequence[Chunk], index: int, starts: dict[int, int]) -> int | None:
    """Give the article that begins right below a head."""
    while index < len(chunks) and not chunks[index].body:
        index += 1
    return starts.get(index)


def _flat(parts: Iterable[tuple[Line, ...]]) -> list[Line]:
    """Number the columns anew, one a part and one more wherever a part passes to another of its own columns."""
    flat: list[Line] = []
    column = -1
    for part in parts:
        for index, line in enumerate(part):
            new = not index or line.column != part[index - 1].column
            column += new
            flat.append(msgspec.structs.replace(line, column=column, gap=max(line.gap, 1) if new else line.gap))
    return flat
