"""Links: which chunk goes on where another ends, decided for a whole page at once.

Each pair of chunks has a price, the less the better they fit: an open sentence wants a body that begins in the middle
of one, columns of one article are equally high, neighbours in the file are likely neighbours in print, and the words at
the edges may be found together elsewhere on the page. Leaving an end or a beginning alone has a price too. The matching
that saves most against leaving all alone is taken.
"""

from __future__ import annotations

from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, Final

from newspaper_cli.columns.assignment import assign
from newspaper_cli.columns.chunks import End, Start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.columns.chunks import Chunk
    from newspaper_cli.columns.echoes import Echoes

# Prices are hand-set, in units of "as unlikely as a sentence that breaks off and goes on nowhere" = 2.5.
_LEAD, _PARAGRAPH, _MIDDLE, _EITHER = Start
_FIT: Final = {
    (End.OPEN, _LEAD): 4.0,
    (End.OPEN, _PARAGRAPH): 1.5,
    (End.OPEN, _MIDDLE): 0.0,
    (End.OPEN, _EITHER): 0.3,
    (End.CLOSED, _LEAD): 3.0,
    (End.CLOSED, _PARAGRAPH): 0.0,
    (End.CLOSED, _MIDDLE): 3.0,
    (End.CLOSED, _EITHER): 1.5,
    (End.EITHER, _LEAD): 3.0,
    (End.EITHER, _PARAGRAPH): 0.0,
    (End.EITHER, _MIDDLE): 0.3,
    (End.EITHER, _EITHER): 0.3,
    (End.FINAL, _LEAD): 4.0,
    (End.FINAL, _PARAGRAPH): 3.0,
    (End.FINAL, _MIDDLE): 4.0,
    (End.FINAL, _EITHER): 4.0,
    (End.LOOSE, _LEAD): 2.0,
    (End.LOOSE, _PARAGRAPH): 0.5,
    (End.LOOSE, _MIDDLE): 2.0,
    (End.LOOSE, _EITHER): 1.0,
    (End.UNSURE, _LEAD): 0.5,
    (End.UNSURE, _PARAGRAPH): 1.0,
    (End.UNSURE, _MIDDLE): 0.3,
    (End.UNSURE, _EITHER): 0.5,
}
_ENDS_ALONE: Final = {End.UNSURE: 0.5, End.OPEN: 2.5, End.CLOSED: 0.3, End.EITHER: 0.8, End.FINAL: 0.0, End.LOOSE: 0.0}
_BEGINS_ALONE: Final = {_LEAD: 0.0, _PARAGRAPH: 1.2, _MIDDLE: 2.5, _EITHER: 2.0}
_BROKEN_OFF: Final = frozenset({End.OPEN, End.UNSURE})
_HEADED_PARAGRAPH: Final = 0.2
_NO_COLUMN: Final = 2
_HIGH_COLUMN: Final = 6
_LAST_COLUMN: Final = 1.5
_LEVEL: Final = -0.4
_LOWER: Final = 0.3
_HIGHER: Final = 0.4
_MUCH_HIGHER: Final = 2.5
_NEIGHBOURS: Final = -0.6
_FORWARD: Final = 0.2
_BACKWARD: Final = 0.8
_EACH_STEP: Final = 0.03
_MOST_STEPS: Final = 15
_MOST_ROUNDS: Final = 6


def contradictions(chunks: Sequence[Chunk]) -> int:
    """Count neighbours that cannot be neighbours in print: the cheap test of whether a page is out of order."""
    count = 0
    for before, after in pairwise(chunks):
        if not before.body:
            count += after.start is _MIDDLE and bool(after.body)
        elif before.end is End.OPEN:
            count += bool(after.heads) or after.start is _LEAD
        elif after.start is _MIDDLE:
            count += before.end in {End.CLOSED, End.FINAL} or bool(after.heads)
    return count


def savings(chunks: Sequence[Chunk], echoes: Echoes) -> list[list[float]]:
    """Give what linking chunk i to chunk j saves; nought or less where the link is worth nothing."""
    alone = [_begins_alone(chunks, j) for j in range(len(chunks))]
    return [
        [
            _ENDS_ALONE[a.end] + alone[j] - _price(a, b, echoes) if a.body and b.body and i != j else 0.0
            for j, b in enumerate(chunks)
        ]
        for i, a in enumerate(chunks)
    ]


def _begins_alone(chunks: Sequence[Chunk], index: int) -> float:
    chunk = chunks[index]
    headed = chunk.heads or (index and not chunks[index - 1].body)
    return _HEADED_PARAGRAPH if headed and chunk.start is _PARAGRAPH else _BEGINS_ALONE[chunk.start]


def _price(first: Chunk, second: Chunk, echoes: Echoes) -> float:
    price = _FIT[first.end, second.start]
    if first.end in _BROKEN_OFF:
        price -= echoes.strength(first.body[-1].text, second.body[0].text)
    # A byline on its own has no height to compare.
    if first.height > _NO_COLUMN:
        price += _height_price(second.height - first.height, first.height)
    price += _LAST_COLUMN * (first.foot < first.height - 1)
    steps = second.number - first.number
    if steps == 1:
        return price + (_NEIGHBOURS if not second.heads else 0.0)
    return price + (_FORWARD if steps > 0 else _BACKWARD) + _EACH_STEP * min(abs(steps), _MOST_STEPS)


def _height_price(higher: int, first: int) -> float:
    """Price by how much a column is higher than the first: only the last of an article is lower, none is higher."""
    if -1 <= higher <= 1:
        return _LEVEL if first >= _HIGH_COLUMN else 0.0
    return _LOWER if higher < 0 else min(_HIGHER * (higher - 1), _MUCH_HIGHER)


def best_links(gains: Sequence[Sequence[float]]) -> dict[int, int]:
    """Choose the links that together gain most, each chunk linked once on each side, without circles.

    A circle leads back in the file at least once. It is opened where that costs least, as tours are in the travelling
    salesman's problem (Dantzig, Fulkerson, Johnson 1954); after a few rounds the weakest link of a circle simply goes.
    """
    table = [list(row) for row in gains]
    links = _links(table)
    for _ in range(_MOST_ROUNDS):
        circle = _circle(links)
        if not circle:
            break
        options = []
        for i in (i for i in circle if links[i] < i):
            kept, table[i][links[i]] = table[i][links[i]], 0.0
            found = _links(table)
            options.append((fsum(table[a][b] for a, b in found.items()), i, found))
            table[i][links[i]] = kept
        _, closed, following = max(options, key=lambda option: option[:2])
        table[closed][links[closed]] = 0.0
        links = following
    while circle := _circle(links):
        del links[min(circle, key=lambda i: gains[i][links[i]])]
    return links


def _links(gains: Sequence[Sequence[float]]) -> dict[int, int]:
    return {i: j for i, j in assign(gains).items() if gains[i][j] > 0}


def _circle(links: dict[int, int]) -> list[int]:
    """Find chunks that are linked in a circle."""
    done: set[int] = set()
    for start in links:
        path: list[int] = []
        at: int | None = start
        while at is not None and at not in done:
            done.add(at)
            path.append(at)
            at = links.get(at)
        if at in path:
            return path[path.index(at) :]
    return []
