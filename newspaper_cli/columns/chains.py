"""Chains: chunks out of place, put back behind one another, with their heads above them.

`pdftotext` prints the last column of an article behind other articles, and headlines behind the text, when their blocks
do not line up with the rest. Only pages of even columns are repaired, only where the new order is better by a clear
margin or heads without articles face articles without heads; all others stay as they are.
"""

from __future__ import annotations

from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newspaper_cli.characters import printed_widths
from newspaper_cli.columns.cells import fills
from newspaper_cli.columns.chunks import (
    Chunk,
    End,
    Start,
    column_height,
    count_heads,
    may_be_level,
    read_chunk,
    read_rules,
)
from newspaper_cli.columns.heads import Head, assign_heads, measure_echoes
from newspaper_cli.columns.links import best_links, contradictions, savings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.columns.chunks import Rules
    from newspaper_cli.columns.echoes import Echoes
    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language

_FEWEST_CHUNKS: Final = 4
_MOST_CHUNKS: Final = 60
_LEAST_MARGIN: Final = 1.2
"""How much better an order must be for each link that leads elsewhere than to the next chunk."""
_LEAST_DOUBT: Final = 1.0
_LEAST_EVEN: Final = 0.5
_LEAST_HEIGHT: Final = 5
_LEAST_FIT: Final = 0.7
_CLEAR_CLAIM: Final = 0.2
_STEP: Final = 0.5


class Placement(NamedTuple):
    """Hold the parts of a page in a new order; `margin` is how much better it is, `sure` whether that is enough.

    Where it is not, `doubtful` tells whether it is nearly.
    """

    parts: tuple[tuple[Line, ...], ...]
    margin: float
    sure: bool
    doubtful: bool


def put_back(parts: Sequence[tuple[Line, ...]], width: int, language: Language, echoes: Echoes) -> Placement | None:
    """Find a better order for the parts of a page, or give None where nothing seems out of place."""
    if not _FEWEST_CHUNKS <= len(parts) <= _MOST_CHUNKS:
        return None
    rules = read_rules(parts, width, language)
    heads = _read_heads(parts, rules)
    if not heads or not _even(parts, heads, width):
        return None
    chunks = [read_chunk(index, part, heads[index], rules) for index, part in enumerate(parts)]
    if not (contradictions(chunks) or _stray(chunks)):
        return None
    gains = savings(chunks, echoes)
    links = best_links(gains)
    as_found = fsum(max(gains[i][i + 1], 0.0) for i in range(len(chunks) - 1))
    margin = fsum(gains[i][j] for i, j in links.items()) - as_found
    page = _Page(chunks, _chains(chunks, links), language)
    owners = page.owners()
    moved = sum(following != index + 1 for index, following in links.items())
    per_move = margin / max(moved, 1)
    sure = per_move >= _LEAST_MARGIN or page.adopts(owners)
    return Placement(tuple(page.arrange(owners)), margin, sure, doubtful=per_move >= _LEAST_DOUBT)


def _read_heads(parts: Sequence[tuple[Line, ...]], rules: Rules) -> list[int] | None:
    """Count the heads of every part, or give None where no part goes on as high as the one before it.

    Those that can are looked at first: on most pages each has a head of its own, and the others need not be read.
    """
    before = ("", *(part[-1].text for part in parts))
    level = [index for index, pair in enumerate(pairwise(parts), 1) if may_be_level(*pair)]
    known = {index: count_heads(parts[index], before[index], rules) for index in level}
    if all(known.values()):
        return None
    return [
        known[index] if index in known else count_heads(part, before[index], rules) for index, part in enumerate(parts)
    ]


def _stray(chunks: Sequence[Chunk]) -> bool:
    """Tell whether heads end the page, or stand apart while an article begins without one below the end of a text."""
    if not any(chunk.heads for chunk in chunks[1:]):
        return False
    return not chunks[-1].body or any(
        after.start is Start.LEAD and not after.heads and before.end not in {End.LOOSE, End.UNSURE}
        for before, after in pairwise(chunks)
        if before.body and after.body
    )


def _even(parts: Sequence[tuple[Line, ...]], heads: Sequence[int], width: int) -> bool:
    """Tell whether the chunks are columns of print: of one width, and as high as their neighbours."""
    bodies = [part[top:] for part, top in zip(parts, heads, strict=True)]
    heights = [column_height(body) for body in bodies]
    steps = [abs(a - b) for (a, b), top in zip(pairwise(heights), heads[1:], strict=True) if a and b and not top]
    if not steps or sum([step <= 1 for step in steps]) < len(steps) * _LEAST_EVEN:
        return False
    texts = [line.text for body in bodies for line in body]
    if len(texts) < sum(map(bool, bodies)) * _LEAST_HEIGHT:
        return False
    fit = sum([fills(size, width) for size in printed_widths(texts)])
    return fit >= len(texts) * _LEAST_FIT


def _chains(chunks: Sequence[Chunk], links: dict[int, int]) -> list[list[int]]:
    """Follow the links from every body that none leads to."""
    followers = set(links.values())
    chains = []
    for chunk in chunks:
        if chunk.body and chunk.number not in followers:
            chain = [chunk.number]
            while chain[-1] in links:
                chain.append(links[chain[-1]])
            chains.append(chain)
    return chains


class _Page:
    """Hold the chunks of a page with the chains they make, and the heads that go with them."""

    def __init__(self, chunks: Sequence[Chunk], chains: Sequence[Sequence[int]], language: Language) -> None:
        self.chunks, self.chains = chunks, chains
        self.starts = {chain[0]: number for number, chain in enumerate(chains)}
        self.heads = tuple(self._read_heads(language))
        texts = ["".join(line.text for index in chain for line in chunks[index].body) for chain in chains]
        self.echoes = measure_echoes(self.heads, texts)

    def _read_heads(self, language: Language) -> Iterator[Head]:
        under = language.pattern("leads.under_head")
        for chunk in self.chunks:
            touched = self._touched(chunk.number) if chunk.heads else None
            for line in chunk.heads:
                yield Head(line, chunk.number, under.match(line.text) is not None, touched)

    def _touched(self, index: int) -> int | None:
        """Give the chain that begins right below a head."""
        below = next((chunk.number for chunk in self.chunks[index:] if chunk.body), None)
        return None if below is None else self.starts.get(below)

    def owners(self) -> list[int | None]:
        """Give each head the chain it belongs to."""
        return assign_heads(self.heads, self.echoes, len(self.chains))

    def adopts(self, owners: Sequence[int | None]) -> bool:
        """Tell whether an article that begins without a head clearly claims one that stood elsewhere."""
        headed = {head.touches for head in self.heads}
        for head, echoes, owner in zip(self.heads, self.echoes, owners, strict=True):
            if owner is None or owner in headed or self.chunks[self.chains[owner][0]].start is not Start.LEAD:
                continue
            here = 0.0 if head.touches is None else echoes[head.touches]
            if echoes[owner] >= here + _CLEAR_CLAIM:
                return True
        return False

    def _before(self, index: int) -> int:
        """Give the place before all chains that begin above a chunk and end below it."""
        return min([index, *(chain[0] for chain in self.chains if chain[0] < index < max(chain))])

    def arrange(self, owners: Sequence[int | None]) -> Iterator[tuple[Line, ...]]:
        """Put the chains in the order in which they begin, each below the heads that were found for it elsewhere.

        Heads that stand above their article stay there; those that nobody claims go before the text they interrupt.
        """
        pieces: list[tuple[float, tuple[Line, ...]]] = []
        for number, chain in enumerate(self.chains):
            moved = tuple(
                msgspec.structs.replace(h.line, head=True)
                for h, o in zip(self.heads, owners, strict=True)
                if o == number != h.touches
            )
            pieces += [(chain[0], moved)] if moved else []
            pieces += [(chain[0], self.chunks[index].body) for index in chain]
        for index in range(len(self.chunks)):
            here = [(h, o) for h, o in zip(self.heads, owners, strict=True) if h.chunk == index]
            stay = tuple(h.line for h, o in here if o is None or o == h.touches)
            owned = any(o is not None and o == h.touches for h, o in here)
            pieces += [((index if owned else self._before(index)) - _STEP, stay)] if stay else []
        return (part for _, part in sorted(pieces, key=lambda piece: piece[0]))
