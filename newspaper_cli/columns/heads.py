"""Heads and their articles: each head line goes to the article that it speaks of, in the order of both.

`pdftotext` prints a headline that spans columns wherever its own block falls, often far behind the text, and several
together. A headline repeats words of its article; a head keeps its place in the row of heads; most stand where they
belong. The best assignment that keeps both orders is found by dynamic programming.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from newspaper_cli.characters import count_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Line

_TOUCHING: Final = 0.5
_TOGETHER: Final = 0.15
_UNDER: Final = 2.0
_HEADLESS: Final = -1.0
_LEAST_ECHO: Final = 0.1


class Head(NamedTuple):
    """Hold a head line: the chunk it stands in, whether it goes with the line above, and the article it touches."""

    line: Line
    chunk: int
    under: bool
    touches: int | None


# A way through the heads so far: its worth, the owner of the last head, and the way before.
_Way: TypeAlias = "tuple[float, int | None, _Way | None]"


def assign_heads(heads: Sequence[Head], echoes: Sequence[Sequence[float]], articles: int) -> list[int | None]:
    """Give for each head the article it belongs to, or None for one that is left where it stands.

    `echoes` tells for each head and each article how much of the head the article repeats.
    """
    # ways[a]: the best way whose last assigned head went to article a - 1; with none assigned yet, it is ways[0].
    ways: list[_Way | None] = [(0.0, None, None)] + [None] * articles
    for index, head in enumerate(heads):
        if 2 * count_han(head.line.text) < len(head.line.text):
            ways = [(way[0], None, way) if way else None for way in ways]
            continue
        above = index > 0 and heads[index - 1].chunk == head.chunk
        ways = _follow(ways, head, echoes[index], above=above)
    ends = [(way[0] + _HEADLESS * (articles - article), article) for article, way in enumerate(ways) if way]
    way = ways[max(ends)[1]]
    owners: list[int | None] = []
    while way and way[2]:
        owners.append(way[1])
        way = way[2]
    return owners[::-1]


def _follow(ways: Sequence[_Way | None], head: Head, echo: Sequence[float], *, above: bool) -> list[_Way | None]:
    """Lead every way past one more head: leave it, keep to the last article, or pass on to a later one."""
    following: list[_Way | None] = [(way[0], None, way) if way else None for way in ways]
    passed: _Way | None = None
    lost = 0.0
    for article in range(1, len(ways)):
        before, same = ways[article - 1], ways[article]
        lost += _HEADLESS
        if before and (passed is None or before[0] >= passed[0] + lost):
            passed, lost = before, 0.0
        worth = echo[article - 1] + (_TOUCHING if head.touches == article - 1 else 0.0)
        options = [(passed[0] + lost + worth, passed)] if passed else []
        if same:
            together = above and same[1] == article - 1
            options.append((same[0] + worth + (_UNDER if head.under else _TOGETHER) * together, same))
        for gain, way in options:
            known = following[article]
            if known is None or gain > known[0]:
                following[article] = (gain, article - 1, way)
    return following


def measure_echoes(heads: Sequence[Head], texts: Sequence[str]) -> list[list[float]]:
    """Measure how many of a head's pairs of characters each article repeats; a pair that all repeat says nothing."""
    known = [set(map(add, text, text[1:])) for text in texts]
    rows = []
    for head in heads:
        pairs = _pairs(head.line.text)
        shares = [0.0] * len(texts)
        for pair in pairs:
            having = [article for article, owned in enumerate(known) if pair in owned]
            for article in having:
                shares[article] += (1 - (len(having) - 1) / len(texts)) / len(pairs)
        rows.append([share - _LEAST_ECHO for share in shares])
    return rows


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalpha())
