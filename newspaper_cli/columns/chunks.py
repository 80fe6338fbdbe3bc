"""Chunks: lines that stand together between blank lines, and what their edges tell of the text before and after."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import COMMAS, STOPS
from newspaper_cli.columns.cells import INDENT, LONG, UNBREAKABLE, fills, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language

_MOST_HEADS: Final = 4
_LONGEST_STACK: Final = 9
_LOWEST_STACK: Final = 2
_LEAST_OVERLAP: Final = 2
_MOST_OVERLAP: Final = 8
_QUOTE: Final = re.compile("[“”‘’]")
_CLOSING: Final = "”’』」）)》】〕"


class Start(IntEnum):
    """Say how a body begins: with a dateline or byline, with a paragraph, in the middle of one, or either way."""

    LEAD = 0
    PARAGRAPH = 1
    MIDDLE = 2
    EITHER = 3


class End(IntEnum):
    """Say how a body ends: inside a sentence, with a paragraph, either way, with the article, loosely, with a head?"""

    OPEN = 0
    CLOSED = 1
    EITHER = 2
    FINAL = 3
    LOOSE = 4
    UNSURE = 5


class Chunk(NamedTuple):
    """Hold a chunk: the heads on top of it, and the body below; either can be empty.

    `height` counts the lines of the body's column, or of the first where it holds several that were woven together;
    `foot` those of the last.
    """

    number: int
    heads: tuple[Line, ...]
    body: tuple[Line, ...]
    height: int
    foot: int
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


def read_chunk(number: int, lines: tuple[Line, ...], before: str, width: int, language: Language) -> Chunk:
    """See what a chunk is made of; `before` is the text of the line above it."""
    top = 0 if _overlaps(before, lines[0].text) else _heads(lines, width, language)
    body = lines[top:]
    if not body:
        return Chunk(number, lines, (), 0, 0, Start.EITHER, End.LOOSE)
    height = sum(line.column == body[0].column for line in body)
    foot = sum(line.column == body[-1].column for line in body)
    return Chunk(number, lines[:top], body, height, foot, _start(body, width, language), _end(body, width, language))


def _overlaps(before: str, after: str) -> bool:
    """Tell whether the end of a text is printed again at the beginning of the next."""
    return any(before.endswith(after[:size]) for size in range(_LEAST_OVERLAP, _MOST_OVERLAP + 1))


def _heads(lines: Sequence[Line], width: int, language: Language) -> int:
    """Count the lines on top of a chunk that are heads: what stands above a lead, or does not fit the column."""
    plain = 0
    while plain < min(len(lines), _LONGEST_STACK) and not _stops(lines[plain].text):
        if is_lead(lines[plain].text, language):
            return plain if plain <= _MOST_HEADS else 0
        plain += 1
    if plain == len(lines) <= _LOWEST_STACK and not any(_is_line(line.text, width) for line in lines):
        return plain
    if plain == len(lines):
        return 0 if any(_is_prose(line.text, width) for line in lines) else plain
    plain = min(plain, _MOST_HEADS)
    under = language.pattern("leads.under_head")
    misfits = [i for i in range(plain) if measure(lines[i].text) > width + LONG or under.match(lines[i].text)]
    top = misfits[-1] + 1 if misfits else 0
    while top < plain and not fills(measure(lines[top].text), width):
        top += 1
    return top


def _is_line(text: str, width: int) -> bool:
    """Tell whether a text is as wide as its column, or holds the end of a sentence."""
    return abs(measure(text) - width) <= LONG or any(mark in text for mark in STOPS)


def _is_prose(text: str, width: int) -> bool:
    return fills(measure(text), width) and any(mark in text for mark in COMMAS | STOPS)


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
    # Some fonts set quotes in half a square: with them a line may be an indented one after all.
    if size - _QUOTE.subn("", text)[1] + INDENT > width + 1 or (stop and size + INDENT + UNBREAKABLE < width):
        return Start.MIDDLE
    return Start.EITHER if stop or size + INDENT > width + 1 else Start.PARAGRAPH


def _end(body: Sequence[Line], width: int, language: Language) -> End:
    text = body[-1].text
    if language.pattern("leads.end_dateline").search(text):
        return End.FINAL
    full, stop = fills(measure(text), width), _ends_sentence(text)
    if not full:
        return End.CLOSED if stop else End.LOOSE
    if stop:
        return End.EITHER
    # Below the end of a sentence, a line without any mark may as well be the head of what follows.
    alone = len(body) == 1 or _ends_sentence(body[-2].text)
    return End.UNSURE if alone and not _is_prose(text, width) else End.OPEN


def _ends_sentence(text: str) -> bool:
    """Tell whether a sentence may end here; what stands in brackets often is one."""
    return _stops(text) or text[-1] in "）)"


def _stops(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in STOPS
