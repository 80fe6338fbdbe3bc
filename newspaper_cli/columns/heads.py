"""Heads and their articles: each head line goes to the article that it speaks of, in the order of both.

`pdftotext` prints a headline that spans columns wherever its own block falls, often far behind the text, and several
together. A headline repeats words of its article; a head keeps its place in the row of heads; most stand where they
belong. The best assignment that keeps both orders is found by dynamic programming.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

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


def assign_heads(heads: Sequence[Head], texts: Sequence[str]) -> list[int | None]:
    """Give for each head the article it belongs to, or None for one that is left where it stands."""
    if not texts:
        return [None] * len(heads)
    echo = _echoes(heads, texts)
    # best[j]: greatest gain of the heads so far when the last assigned one went to article j; -1 is none yet.
    best: dict[int, tuple[float, tuple[int | None, ...]]] = {-1: (0.0, ())}
    for index, head in enumerate(heads):
        following = {j: (gain, (*path, None)) for j, (gain, path) in best.items()}
        for last, (gain, path) in best.items():
            for article in range(max(last, 0), len(texts)):
                worth = gain + echo[index][article] + _manner(heads, index, article, path)
                worth += _HEADLESS * (article - last - 1) if article > last else 0.0
                if article not in following or worth > following[article][0]:
                    following[article] = (worth, (*path, article))
        best = following
    return list(max(best.items(), key=lambda item: item[1][0] + _HEADLESS * (len(texts) - 1 - item[0]))[1][1])


def _manner(heads: Sequence[Head], index: int, article: int, path: Sequence[int | None]) -> float:
    """Weigh where the head stands: at its article, or with the head above it."""
    head = heads[index]
    worth = _TOUCHING if head.touches == article else 0.0
    if index and heads[index - 1].chunk == head.chunk and path[-1] == article:
        worth += _UNDER if head.under else _TOGETHER
    return worth


def _echoes(heads: Sequence[Head], texts: Sequence[str]) -> list[list[float]]:
    """Measure how many of a head's pairs of characters each article repeats; a pair that all repeat says nothing."""
    known = [_pairs(text) for text in texts]
    rows = []
    for head in heads:
        pairs = _pairs(head.line.text)
        shares = [0.0] * len(texts)
        for pair in pairs:
            having = [j for j, owned in enumerate(known) if pair in owned]
            for j in having:
                shares[j] += (1 - (len(having) - 1) / len(texts)) / len(pairs)
        rows.append([share - _LEAST_ECHO for share in shares])
    return rows


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalpha())
