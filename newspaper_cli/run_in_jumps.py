"""Jumps that are run in: printed behind the last words of a text, or before its first, and not on a line of their own.

Chinese papers print （下转第二版） so. What is parted here is a line like any other to the stages that follow: it is
labelled, and links the two pages.
"""

from __future__ import annotations

from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language, Spoken

_RUN_IN: Final = "parts.run_in"
_LONGEST: Final = 32


def part_run_in(lines: Iterable[Line], spoken: Spoken) -> tuple[Line, ...]:
    """Part jumps from the text in front of them and behind them."""
    pages = groupby(lines, key=attrgetter("page"))
    return tuple(chain.from_iterable(_part_page(list(page), spoken.of(number)) for number, page in pages))


def _part_page(lines: Sequence[Line], language: Language) -> Iterable[Line]:
    likely = frozenset(Texts([line.text for line in lines]).holding(language.hint(_RUN_IN)))
    if not likely:
        return lines
    parted = (_part(line, language) if place in likely else (line,) for place, line in enumerate(lines))
    return chain.from_iterable(parted)


def _part(line: Line, language: Language) -> Sequence[Line]:
    text, pattern = line.text, language.pattern(_RUN_IN)
    last = pattern.search(text, max(0, len(text) - _LONGEST))
    if last is not None and last.start() and last.end() == len(text):
        before, behind = _cut(line, len(text[: last.start()].rstrip()), last.start())
        return (*_part(before, language), behind)
    first = pattern.match(text)
    if first is not None and first.end() < len(text):
        return _cut(line, first.end(), len(text) - len(text[first.end() :].lstrip()))
    return (line,)


def _cut(line: Line, end: int, start: int) -> tuple[Line, Line]:
    """Cut a line in two, without the white space between."""
    before = msgspec.structs.replace(line, text=line.text[:end], end=line.start + end)
    behind = msgspec.structs.replace(line, text=line.text[start:], start=line.start + start, indent=0, gap=0)
    return before, behind
