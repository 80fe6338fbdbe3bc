"""What is printed around a title block: terms of subscription, rates, mottoes, the weather, the name set a second time.

Such lines stand close to the masthead and say by their words what they are; between two of them stand the publisher and
the office. They are claimed once the masthead is known, so that they can draw nothing else into it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from newspaper_cli.masthead.sieve import LONGEST_LINE, reads_tops
from newspaper_cli.masthead.strips import read_head_name
from newspaper_cli.masthead.values import Strip, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language

# How many lines above and below the rest of a masthead its terms are looked for, and how many may part them.
_ABOVE: Final = 8
_BELOW: Final = 20
_NEAR: Final = 3
_HEAD: Final = 2
_WORD: Final = re.compile(r"[^\W_]{2}")
_KINDS: Final = (("weather", "masthead.forecast"), ("terms", "masthead.terms"))


def find_terms(strips: Sequence[Strip], lines: Sequence[Line], language: Language) -> tuple[Strip, ...]:
    """Find the terms around the strips of a masthead, and what stands between them."""
    if not reads_tops(language) or not strips:
        return ()
    claimed = {strip.place for strip in strips}
    page = strips[0].line.page
    first, last = max(min(claimed) - _ABOVE, 0), min(max(claimed) + _BELOW, len(lines) - 1)
    places = [place for place in range(first, last + 1) if lines[place].page == page and place not in claimed]
    found = _reach(claimed, places, cache(lambda place: _tell(place, lines, language, above=place < min(claimed))))
    inside = {
        place
        for one, two in pairwise(sorted(found))
        if two - one <= _NEAR
        for place in range(one + 1, two)
        if place not in claimed
    }
    kinds = dict.fromkeys(inside, "terms") | found
    priced = any("price_text" in strip.kinds for strip in strips)
    made = []
    for place in sorted(kinds):
        tokens = _cut(lines[place], kinds[place], language, priced=priced)
        priced = priced or len(tokens) > 1
        made.append(Strip.of(place, lines[place], tokens))
    return tuple(made)


def _reach(claimed: set[int], places: Sequence[int], tell: Callable[[int], str | None]) -> dict[int, str]:
    """Find the lines that say what they are and stand close to the masthead, or to others that do."""
    near: dict[int, str] = {}
    for ordered in (places, places[::-1]):
        for place in ordered:
            if any(abs(place - other) <= _NEAR for other in (*claimed, *near)) and (kind := tell(place)):
                near[place] = kind
    return near


def _tell(place: int, lines: Sequence[Line], language: Language, *, above: bool) -> str | None:
    """Tell what a line says it is; `above` the masthead it may be a copy of the title."""
    text = lines[place].text
    for kind, path in _KINDS:
        if len(text) <= LONGEST_LINE and language.match(path, text, whole=True):
            return kind
    return "terms" if above and _is_copy(place, lines, language) else None


def _is_copy(place: int, lines: Sequence[Line], language: Language) -> bool:
    """Tell whether a line is a scratch without a word, or at the head of the page the name of the paper.

    Display type, and the ornaments around it, are the worst read of all.
    """
    line = lines[place]
    if _WORD.search(line.text) is None:
        return True
    top = place < _HEAD or lines[place - _HEAD].page != line.page
    return top and read_head_name(line.text, language) is not None


def _cut(line: Line, kind: str, language: Language, *, priced: bool) -> tuple[Token, ...]:
    """Cut the price of a copy out of a line of terms, where nothing else of the masthead prints it."""
    match = None if priced else language.pattern("masthead.copy").search(line.text)
    if match is None:
        return (Token(kind, line.text, (line.start, line.end), {}),)
    bounds = (0, match.start(), match.end(), len(line.text))
    names = (kind, "price_text", kind)
    pieces = zip(names, pairwise(bounds), strict=True)
    return tuple(
        Token(name, text, (line.start + start, line.start + end), {"price": match["price"]} if name != kind else {})
        for name, (start, end) in pieces
        if (text := line.text[start:end].strip())
    )
