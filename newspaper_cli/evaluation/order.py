"""Reading order: do the paragraphs of gold follow each other in the result as they do on the page?"""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.homes import Unit, find_homes
from newspaper_cli.evaluation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence


def evaluate_order(wanted: Sequence[str], found: Sequence[str]) -> Tally:
    """Compare the order of the gold paragraphs that were found at all; those that share a home keep their order.

    `successors`: of each two that follow each other in gold, whether the second is the next one found after the
    first. `turned`: pairs that stand the other way round, of all `pairs`; Kendall's tau (1938) is 1 less twice their
    share. Successors see every seam read wrongly, tau how far things were carried.
    """
    homes = find_homes([Unit("", text) for text in wanted], [Unit("", text) for text in found])
    places = [home for home in homes if home is not None]
    ranked = sorted(range(len(places)), key=lambda at: places[at])
    follows = {ranked[at]: ranked[at + 1] for at in range(len(ranked) - 1)}
    kept = sum(follows.get(at) == at + 1 for at in range(len(places) - 1))
    pairs = len(places) * (len(places) - 1) // 2
    return Tally.of(
        {
            "successors": max(len(places) - 1, 0),
            "successors.kept": kept,
            "pairs": pairs,
            "turned": _count_turned(places),
        }
    )


def _count_turned(places: Sequence[int]) -> int:
    """Count the pairs of which the first stands after the second."""
    seen: list[int] = []
    turned = 0
    for place in places:
        turned += len(seen) - bisect_right(seen, place)
        insort(seen, place)
    return turned
