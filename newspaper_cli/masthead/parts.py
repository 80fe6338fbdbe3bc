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
    from collections.abc import Iterator, Sequence

    import regex

    from newspaper_cli.languages import Language

_ANY: Final = "*"


class Part(NamedTuple):
    """Hold one part found in a folded line: its kind and the match."""

    kind: str
    match: regex.Match[str]


class _Rule(msgspec.Struct, frozen=True):
    """Hold one kind of part: its place in the order of trial and the path of its pattern; `hinted` if it has a hint."""

    rank: int
    kind: str
    path: str
    hinted: bool


class _Rules(msgspec.Struct, frozen=True):
    """Hold the rules of a language by the character a part begins with; `anywhere` are those that begin with any."""

    by_first: dict[str, tuple[_Rule, ...]]
    anywhere: tuple[_Rule, ...]


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
    by_first = _rules(language.code).by_first
    for at in places:
        for rule in by_first.get(text[at], ()):
            if language.pattern(rule.path).match(text, at) is not None:
                return True
    return any(language.pattern(rule.path).match(text, at) for rule in _possible(text, language) for at in places)


def _possible(text: str, language: Language) -> list[_Rule]:
    """List the rules that need no certain first character but whose hint the line fulfils."""
    rules = _rules(language.code).anywhere
    return [rule for rule in rules if not rule.hinted or language.hint(rule.path).search(text)]


def _find_next(text: str, at: int, anywhere: Sequence[_Rule], language: Language) -> Part | None:
    best: Part | None = None
    stop, rank = len(text), 0
    for rule in anywhere:
        match = language.pattern(rule.path).search(text, at)
        if match is not None and match.start() < stop:
            best, stop, rank = Part(rule.kind, match), match.start(), rule.rank
    by_first = _rules(language.code).by_first
    for place in range(at, stop):
        for rule in by_first.get(text[place], ()):
            match = language.pattern(rule.path).match(text, place)
            if match is not None:
                return Part(rule.kind, match)
    if best is not None:
        for rule in by_first.get(text[stop], ()):
            match = language.pattern(rule.path).match(text, stop) if rule.rank < rank else None
            if match is not None:
                return Part(rule.kind, match)
    return best


@cache
def _rules(code: str) -> _Rules:
    sheet = load_language(code).sheet("masthead")
    by_first: dict[str, tuple[_Rule, ...]] = {}
    anywhere: list[_Rule] = []
    for rank, row in enumerate(sheet.words["parts"]):
        kind, name, first = row.split()
        rule = _Rule(rank, kind, f"masthead.{name}", name in sheet.hints)
        if first == _ANY:
            anywhere.append(rule)
        else:
            by_first |= {char: (*by_first.get(char, ()), rule) for char in first}
    return _Rules(by_first, tuple(anywhere))
