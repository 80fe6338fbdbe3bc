"""The parts of a masthead line: where each begins, told by its first character before any pattern is tried.

One pattern of all parts would be tried at every character and be compiled whole for the first line; of patterns apart,
few begin with any one character, and a page that prints no weather compiles none for it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newspaper_cli.languages import load_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    import regex

    from newspaper_cli.languages import Language

_ANY: Final = "*"
# Beyond every rank.
_ALL: Final = 1_000


class Part(NamedTuple):
    """Hold one part found in a folded line: its kind and the match."""

    kind: str
    match: regex.Match[str]


class _Rule(msgspec.Struct, frozen=True):
    """Hold one kind of part: its place in the order of trial, the path of its pattern, and `marks`, if any are named.

    A line without one of its marks does not hold the part.
    """

    rank: int
    kind: str
    path: str
    marks: frozenset[str]


class _Rules(msgspec.Struct, frozen=True):
    """Hold the rules of a language by the character a part begins with; `anywhere` are those that begin with any.

    `marks` are those of all rules in `anywhere`, none where one of these has none.
    """

    by_first: dict[str, tuple[_Rule, ...]]
    anywhere: tuple[_Rule, ...]
    marks: frozenset[str]


def find_parts(text: str, language: Language) -> list[Part]:
    """Find the parts of a folded line that do not overlap: the leftmost first, of those the earlier in the order."""
    found: list[Part] = []
    at, anywhere = 0, _possible(text, language)
    while (part := _find_next(text, at, anywhere, language)) is not None:
        found.append(part)
        at = part.match.end()
    return found


def begins(text: str, places: Sequence[int], language: Language) -> bool:
    """Tell whether a part begins at one of the places of a folded line."""
    if any(_try(text, at, language) for at in places):
        return True
    return any(language.pattern(rule.path).match(text, at) for rule in _possible(text, language) for at in places)


def _possible(text: str, language: Language) -> Sequence[_Rule]:
    """List the rules that need no certain first character, of whose marks the line has one."""
    rules = _rules(language.code)
    if rules.marks and rules.marks.isdisjoint(text):
        return ()
    return [rule for rule in rules.anywhere if not rule.marks or not rule.marks.isdisjoint(text)]


def _find_next(text: str, start: int, anywhere: Sequence[_Rule], language: Language) -> Part | None:
    best: Part | None = None
    stop, rank = len(text), 0
    for rule in anywhere:
        match = language.pattern(rule.path).search(text, start)
        if match is not None and match.start() < stop:
            best, stop, rank = Part(rule.kind, match), match.start(), rule.rank
    by_first = _rules(language.code).by_first
    for at in range(start, stop):
        if text[at] in by_first and (part := _try(text, at, language)) is not None:
            return part
    return best and (_try(text, stop, language, rank) or best)


def _try(text: str, at: int, language: Language, end: int = _ALL) -> Part | None:
    """Try the rules that its character allows at one place, those before the rank `end`."""
    for rule in _rules(language.code).by_first.get(text[at], ()):
        if rule.rank >= end:
            return None
        if not rule.marks or not rule.marks.isdisjoint(text):
            match = language.pattern(rule.path).match(text, at)
            if match is not None:
                return Part(rule.kind, match)
    return None


@cache
def _rules(code: str) -> _Rules:
    sheet = load_language(code).sheet("masthead")
    by_first: dict[str, tuple[_Rule, ...]] = {}
    anywhere: list[_Rule] = []
    for rank, row in enumerate(sheet.words["parts"]):
        kind, name, first, *needed = row.split()
        rule = _Rule(rank, kind, f"masthead.{name}", frozenset("".join(needed)))
        if first == _ANY:
            anywhere.append(rule)
        else:
            by_first |= {char: (*by_first.get(char, ()), rule) for char in first}
    marks = [rule.marks for rule in anywhere]
    return _Rules(by_first, tuple(anywhere), frozenset().union(*marks) if all(marks) else frozenset())
