"""Chunks: lines that stand together between blank lines, and what their edges tell of the text before and after."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import COMMAS, STOPS
from newspaper_cli.columns.cells import INDENT, LONG, is_full, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language

_MOST_HEADS: Final = 4
_UNBREAKABLE: Final = 3
_CLOSING: Final = "”’』」）)》】〕"


class Start(IntEnum):
    """Say how a body begins: with a dateline or byline, with a paragraph, in the middle of one, or either way."""

    LEAD = 0
    PARAGRAPH = 1
    MIDDLE = 2
    EITHER = 3


class End(IntEnum):
    """Say how a body ends: in the middle of a sentence, with a paragraph, either way, with the article, or loosely."""

    OPEN = 0
    CLOSED = 1
    EITHER = 2
    FINAL = 3
    LOOSE = 4


class Chunk(NamedTuple):
    """Hold a chunk: the heads on top of it, and the body below; either can be empty."""

    index: int
    heads: tuple[Line, ...]
    body: tuple[Line, ...]
    start: Start
    end: End


def part_at_gaps(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Part lines at blank lines and at the edges of pages and columns."""
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or _parted(lines[index - 1], lines[index]):
            yield tuple(lines[first:index])
            first = index


def _parted(before: Line, after: Line) -> bool:
    return after.gap > 0 or before.page != after.page or before.column != after.column


def read_chunk(index: int, lines: tuple[Line, ...], width: int, language: Language) -> Chunk:
    """See what a chunk is made of."""
    top = _heads(lines, width, language)
    body = lines[top:]
    if not body:
        return Chunk(index, lines, (), Start.EITHER, End.LOOSE)
    return Chunk(index, lines[:top], body, _start(body, width, language), _end(body[-1].text, width, language))


def _heads(lines: Sequence[Line], width: int, language: Language) -> int:
    """Count the lines on top of a chunk that are heads: what stands above a lead, or does not fit the column."""
    plain = 0
    while plain < min(len(lines), _MOST_HEADS) and not _ends_sentence(lines[plain].text):
        if is_lead(lines[plain].text, language):
            return plain
        plain += 1
    if plain == len(lines):
        return 0 if any(_is_prose(line.text, width) for line in lines) else plain
    under = language.pattern("leads.under_head")
    misfits = [i for i in range(plain) if measure(lines[i].text) > width + LONG or under.match(lines[i].text)]
    top = misfits[-1] + 1 if misfits else 0
    while top < plain and not _fills(lines[top].text, width):
        top += 1
    return top


def _is_prose(text: str, width: int) -> bool:
    return _fills(text, width) and any(mark in text for mark in COMMAS | STOPS)


def _fills(text: str, width: int) -> bool:
    size = measure(text)
    return is_full(size, width) or is_full(size + INDENT, width)


def is_lead(text: str, language: Language) -> bool:
    """Tell whether a line opens an article: a dateline, or a byline of its own."""
    if language.pattern("leads.dateline").match(text):
        return True
    return language.pattern("leads.byline").fullmatch(text) is not None


def _start(body: Sequence[Line], width: int, language: Language) -> Start:
    text = body[0].text
    if is_lead(text, language):
        return Start.LEAD
    size = measure(text)
    stop = _ends_sentence(text)
    if size + INDENT > width + 1 or (stop and size + INDENT + _UNBREAKABLE < width):
        return Start.MIDDLE
    return Start.EITHER if stop else Start.PARAGRAPH


def _end(text: str, width: int, language: Language) -> End:
    if language.pattern("leads.end_dateline").search(text):
        return End.FINAL
    full, stop = _fills(text, width), _ends_sentence(text)
    if full:
        return End.EITHER if stop else End.OPEN
    return End.CLOSED if stop else End.LOOSE


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in STOPS or text[-1] in "）)"
