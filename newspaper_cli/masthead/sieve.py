"""The sieve before the patterns: which lines could be masthead text, by their edges and marks alone.

Patterns cost fifty times what a look at two characters costs, and of a page of news a line in twenty passes.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.languages import load_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language

LONGEST_LINE: Final = 160
LONGEST_NAME: Final = 24
# A language that names no edges is read at the top of each page alone.
TOP: Final = 60
_FULL_WIDTH: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_DOTS: Final = dict.fromkeys(map(ord, "•・‧∙．"), "·")
_DASHES: Final = dict.fromkeys(map(ord, "—–―－‐‑"), "-")
_ASCII: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class _Edges(msgspec.Struct, frozen=True):
    """Hold how masthead lines begin and end, in all spellings; `last` counts for short lines only.

    `heads` and `tails` are the characters that anything of these begins or ends with.
    """

    first: frozenset[str]
    openings: frozenset[str]
    last: frozenset[str]
    closings: frozenset[str]
    stops: tuple[str, ...]
    heads: frozenset[str]
    tails: frozenset[str]


@cache
def spellings(code: str) -> dict[int, str]:
    """Give the folding table of a language for `str.translate`; folding keeps length."""
    pairs = load_language(code).sheet("masthead").words.get("fold", ())
    return _FULL_WIDTH | _DOTS | _DASHES | {ord(pair[0]): pair[1] for pair in pairs}


def fold_text(text: str, language: Language) -> str:
    """Fold a text for the patterns of the language's masthead, character by character."""
    return text.translate(spellings(language.code))


def reads_tops(language: Language) -> bool:
    """Tell whether a language names no edges, so that of each page only the first lines are looked at."""
    return not _edges(language.code).first


def sift(lines: Sequence[Line], language: Language) -> Iterator[int]:
    """Give the places of the lines that are worth reading."""
    edges = _edges(language.code)
    if not edges.first:
        yield from _tops(lines)
        return
    stop, heads, tails = edges.stops[0], edges.heads, edges.tails
    for place, line in enumerate(lines):
        text = line.text
        # Looks at single characters turn most lines away; the commonest stop alone a third of them.
        if stop in text:
            continue
        first = text[0]
        promising = first in heads or text[-1] in tails or " " in text or "\u3000" in text or not first.isalnum()
        if promising and len(text) <= LONGEST_LINE and _passes(text, edges) and not any(s in text for s in edges.stops):
            yield place


def closes(text: str, language: Language) -> bool:
    """Tell whether a line ends in a number of something that mastheads count."""
    return text[-2:] in _edges(language.code).closings


def _tops(lines: Sequence[Line]) -> Iterator[int]:
    top = page = 0
    for place, line in enumerate(lines):
        if line.page != page:
            top, page = place, line.page
        if place - top < TOP and len(line.text) <= LONGEST_LINE:
            yield place


def _passes(text: str, edges: _Edges) -> bool:
    if not text[0].isalnum():
        # A bracket or an ornament before the first part.
        text = text[1:].lstrip() or text
    if text[0] in edges.first or text[:2] in edges.openings or text[-2:] in edges.closings:
        return True
    if text[-1] in edges.last and len(text) <= LONGEST_NAME:
        return True
    if " " not in text and "\u3000" not in text:
        return False
    pieces = text.split()
    if len(pieces[0]) == 1 and (pieces[0] + pieces[1])[:2] in edges.openings:
        # Letters set apart.
        return True
    return any(piece[0] in edges.first or piece[:2] in edges.openings for piece in pieces)


@cache
def _edges(code: str) -> _Edges:
    language, variants = load_language(code), _variants(code)
    words = language.sheet("masthead").words
    first = _spell(words["first"], variants)
    if not first:
        return _Edges(first, first, first, first, (), first, first)
    first |= _ASCII
    openings = _spell(words["openings"], variants)
    last = _spell(words["last"], variants)
    counted, counters = (_spell(words[name][0], variants) for name in ("counted", "counters"))
    return _Edges(
        first=first,
        openings=openings,
        last=last,
        closings=frozenset(map("".join, product(counted, counters))),
        stops=words["stops"],
        heads=first.union(opening[0] for opening in openings),
        tails=last | counters,
    )


def _variants(code: str) -> dict[str, str]:
    """Give for each folded character all that fold to it, itself included."""
    variants: dict[str, str] = {}
    for point, folded in spellings(code).items():
        variants[folded] = variants.get(folded, folded) + chr(point)
    return variants


def _spell(words: Iterator[str] | Sequence[str], variants: dict[str, str]) -> frozenset[str]:
    """Write words in all their spellings."""
    return frozenset(
        "".join(spelling) for word in words for spelling in product(*(variants.get(char, char) for char in word))
    )
