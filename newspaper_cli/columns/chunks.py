"""Chunks: lines that stand together between blank lines, and what their edges tell of the text before and after."""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import CLOSERS, COMMAS, STOPS, printed_width
from newspaper_cli.columns.cells import INDENT, LONG, UNBREAKABLE, fills
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language

_MOST_HEADS: Final = 4
_LONGEST_STACK: Final = 9
_LOWEST_STACK: Final = 2
_LEAST_OVERLAP: Final = 2
_MOST_OVERLAP: Final = 8
_QUOTE: Final = re.compile("[“”‘’]")
_MARKS: Final = COMMAS | STOPS
_CLOSING: Final = "”’』」）)》】〕"
# The patterns of what opens an article, and whether they must match the whole line.
_LEADS: Final = (("leads.dateline", False), ("leads.byline", True))


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


class Rules(NamedTuple):
    """Hold what the chunks of a page are read by: the width of its columns, what its lines say, the language.

    `leads` are the texts that open an article, `under` those that go on from the head above them.
    """

    width: int
    leads: frozenset[str]
    under: frozenset[str]
    language: Language


def read_rules(parts: Iterable[Sequence[Line]], width: int, language: Language) -> Rules:
    """Get the rules of a page whose columns are of this width; leads are datelines, and bylines that are a line."""
    texts = [line.text for part in parts for line in part[: _LONGEST_STACK + 1]]
    swept = Texts(texts)
    leads = {
        texts[place]
        for path, whole in _LEADS
        for place in swept.holding(language.hint(path))
        if language.match(path, texts[place], whole=whole)
    }
    under = frozenset(texts[place] for place in swept.holding(language.hint("leads.under_head")))
    return Rules(width, frozenset(leads), under, language)


def part_at_gaps(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Part the lines of a page at blank lines and at the edges of columns."""
    edges = [index for index, line in enumerate(lines) if line.gap]
    # Columns count up: where the first and the last line are of one column, all are.
    if lines[0].column != lines[-1].column:
        edges += [index for index, (a, b) in enumerate(pairwise(lines), 1) if a.column != b.column]
    edges = sorted({0, len(lines), *edges})
    return [lines[first:last] for first, last in pairwise(edges)]


def count_heads(lines: Sequence[Line], before: str, rules: Rules) -> int:
    """Count the heads on top of a chunk; `before` is the text of the line above it."""
    return 0 if _overlaps(before, lines[0].text) else _heads(lines, rules)


def column_height(lines: Sequence[Line]) -> int:
    """Count the lines of the first column."""
    # Columns count up: where the first and the last line are of one column, all are.
    if not lines or lines[0].column == lines[-1].column:
        return len(lines)
    columns = [line.column for line in lines]
    return columns.count(columns[0])


def may_be_level(first: Sequence[Line], second: Sequence[Line]) -> bool:
    """Tell whether the first chunk without its heads, however many, may be as high as the whole second."""
    if first[0].column != first[-1].column:
        return True
    most = _MOST_HEADS if len(first) > _LONGEST_STACK else len(first)
    return -1 <= len(first) - column_height(second) <= most + 1


def read_chunk(number: int, lines: tuple[Line, ...], heads: int, rules: Rules) -> Chunk:
    """See what a chunk is made of that has so many heads."""
    body = lines[heads:]
    if not body:
        return Chunk(number, lines, (), 0, 0, Start.EITHER, End.LOOSE)
    foot = column_height(body[::-1])
    return Chunk(number, lines[:heads], body, column_height(body), foot, _start(body, rules), _end(body, rules))


def _overlaps(before: str, after: str) -> bool:
    """Tell whether the end of a text is printed again at the beginning of the next."""
    # The first test is the cheap one: most texts fail it.
    return after[:_LEAST_OVERLAP] in before[-_MOST_OVERLAP:] and any(
        before.endswith(after[:size]) for size in range(_LEAST_OVERLAP, _MOST_OVERLAP + 1)
    )


def _heads(lines: Sequence[Line], rules: Rules) -> int:
    """Count the lines on top of a chunk that are heads: what stands above a lead, or does not fit the column."""
    plain = 0
    texts = [line.text for line in lines[:_LONGEST_STACK]]
    for text in texts:
        if _stops(text):
            break
        if text in rules.leads:
            return plain if plain <= _MOST_HEADS else 0
        plain += 1
    if plain == len(lines):
        return 0 if _is_body(texts, rules.width) else plain
    plain = min(plain, _MOST_HEADS)
    sizes = [printed_width(text) for text in texts[:plain]]
    misfits = [i for i in range(plain) if sizes[i] > rules.width + LONG or texts[i] in rules.under]
    top = misfits[-1] + 1 if misfits else 0
    while top < plain and not fills(sizes[top], rules.width):
        top += 1
    return top


def _is_body(texts: Sequence[str], width: int) -> bool:
    """Tell whether a chunk in which no line ends a sentence and none is a lead is running text all the same."""
    if len(texts) <= _LOWEST_STACK and not any(_is_line(text, width) for text in texts):
        return False
    return any(_is_prose(text, width) for text in texts)


def _is_line(text: str, width: int) -> bool:
    """Tell whether a text is as wide as its column, or holds the end of a sentence."""
    return abs(printed_width(text) - width) <= LONG or not STOPS.isdisjoint(text)


def _is_prose(text: str, width: int) -> bool:
    return fills(printed_width(text), width) and not _MARKS.isdisjoint(text)


def _start(body: Sequence[Line], rules: Rules) -> Start:
    text, width = body[0].text, rules.width
    if text in rules.leads:
        return Start.LEAD
    size = printed_width(text)
    stop = _ends_sentence(text)
    # Some fonts set quotes in half a square: with them a line may be an indented one after all.
    if size - _QUOTE.subn("", text)[1] + INDENT > width + 1 or (stop and size + INDENT + UNBREAKABLE < width):
        return Start.MIDDLE
    return Start.EITHER if stop or size + INDENT > width + 1 else Start.PARAGRAPH


def _end(body: Sequence[Line], rules: Rules) -> End:
    text, width = body[-1].text, rules.width
    if text[-1] in CLOSERS and rules.language.pattern("leads.end_dateline").search(text):
        return End.FINAL
    full, stop = fills(printed_width(text), width), _ends_sentence(text)
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
