"""The parts of a masthead line: where each begins, told by its first character before any pattern is tried.

One pattern of all parts would be tried at every character and be compiled whole for the first line; of patterns apart,
few begin with any one character, and a page that prints no weather compiles none for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newspaper_cli.languages import load_language
from newspaper_cli.masthead.likeness import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import regex

    from newspaper_cli.languages import Language

_ANY: Final = "*"


class Part(NamedTuple):
    """Hold one part found in a folded line: its kind and the match."""

    kind: str
    match: regex.Match[str]


@dataclass(frozen=True)
class _Rule:
    """Hold one kind of part: its place in the order of trial, its pattern by language and path, and its marks.

    A line without one of the marks, if any are named, does not hold the part. `lists` name groups of a pattern for
    damaged print, each with the list that holds the word it must be like.
    """

    rank: int
    kind: str
    language: Language
    path: str
    marks: frozenset[str]
    lists: tuple[tuple[str, str], ...] = ()

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """Compile the pattern when a line first asks for it; kept here, since it is asked for at every character."""
        return self.language.pattern(self.path)

    def fits(self, text: str) -> bool:
        """Tell whether a line has what the part needs."""
        return not self.marks or not self.marks.isdisjoint(text)

    def match(self, text: str, at: int) -> regex.Match[str] | None:
        """Match the part at one place."""
        match = self.pattern.match(text, at)
        return match if match is not None and self._accepts(match) else None

    def search(self, text: str, start: int) -> regex.Match[str] | None:
        """Find the first place from one on where the part stands."""
        match = self.pattern.search(text, start)
        while match is not None and not self._accepts(match):
            match = self.pattern.search(text, match.start() + 1)
        return match

    def _accepts(self, match: regex.Match[str]) -> bool:
        return all(nearest(match[group], name, self.language) is not None for group, name in self.lists)


class _Rules(msgspec.Struct, frozen=True):
    """Hold the rules of a language by the character a part begins with; `anywhere` are those that begin with any.

    `first` finds those characters. `marks` are those of all rules in `anywhere`, none where one of these has none.
    """

    by_first: dict[str, tuple[_Rule, ...]]
    first: re.Pattern[str]
    anywhere: tuple[_Rule, ...]
    marks: frozenset[str]


def find_parts(text: str, language: Language) -> list[Part]:
    """Find the parts of a folded line that do not overlap: the leftmost first, of those the earlier in the order."""
    rules = _rules(language.code)
    anywhere = _possible(text, rules)
    found: list[Part] = []
    at = 0
    while (part := _find_next(text, at, rules, anywhere)) is not None:
        found.append(part)
        at = part.match.end()
    return found


def begins(text: str, places: Sequence[int], language: Language) -> bool:
    """Tell whether a part begins at one of the places of a folded line."""
    rules = _rules(language.code)
    for at in places:
        tried = rules.by_first.get(text[at])
        if tried is not None and _try(text, at, tried) is not None:
            return True
    return any(rule.match(text, at) for rule in _possible(text, rules) for at in places)


def _possible(text: str, rules: _Rules) -> Sequence[_Rule]:
    """List the rules that need no certain first character and find in the line what they need."""
    if rules.marks and rules.marks.isdisjoint(text):
        return ()
    return [rule for rule in rules.anywhere if rule.fits(text)]


def _find_next(text: str, start: int, rules: _Rules, anywhere: Sequence[_Rule]) -> Part | None:
    """Find the leftmost part from a place on; where two begin together, that of the earlier rule."""
    best: Part | None = None
    stop, rank = len(text), 0
    for rule in anywhere:
        match = rule.search(text, start)
        if match is not None and match.start() < stop:
            best, stop, rank = Part(rule.kind, match), match.start(), rule.rank
    for first in rules.first.finditer(text, start, stop):
        if (part := _try(text, first.start(), rules.by_first[first[0]])) is not None:
            return part
    if best is None:
        return None
    earlier = [rule for rule in rules.by_first.get(text[stop], ()) if rule.rank < rank]
    return _try(text, stop, earlier) or best


def _try(text: str, at: int, rules: Sequence[_Rule]) -> Part | None:
    """Try rules in turn at one place."""
    for rule in rules:
        if not rule.marks or not rule.marks.isdisjoint(text):
            match = rule.match(text, at)
            if match is not None:
                return Part(rule.kind, match)
    return None


@cache
def _rules(code: str) -> _Rules:
    language = load_language(code)
    words = language.sheet("masthead").words
    damaged = [row.split() for row in words.get("damaged", ())]
    by_first: dict[str, tuple[_Rule, ...]] = {}
    anywhere: list[_Rule] = []
    for rank, row in enumerate(words["parts"]):
        kind, name, first, *needed = row.split()
        lists = tuple((group, known) for pattern, group, known in damaged if pattern == name)
        rule = _Rule(rank, kind, language, f"masthead.{name}", frozenset("".join(needed)), lists)
        if first == _ANY:
            anywhere.append(rule)
        else:
            by_first |= {char: (*by_first.get(char, ()), rule) for char in first}
    begins_with = re.compile("|".join(map(re.escape, by_first)) or "(?!)")
    marks = [rule.marks for rule in anywhere]
    return _Rules(by_first, begins_with, tuple(anywhere), frozenset().union(*marks) if all(marks) else frozenset())
