"""Near misses of borders: a border set one character off is less wrong than one that was never seen.

A segmentation is the length of a text and the offsets where one segment ends and the next begins.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence


def half_segment(size: int, borders: Sequence[int]) -> int:
    """Return half the mean length of a segment, rounded, at least 1: the window that both measures below are given."""
    return max(1, round(size / (len(borders) + 1) / 2))


def count_windows(size: int, wanted: Sequence[int], found: Sequence[int], width: int) -> Tally:
    """Slide a window of `width` over the text and count where two segmentations disagree.

    `windows.apart`: one says that the two ends of the window lie in one segment, the other that they do not (Pk,
    Beeferman, Berger and Lafferty 1999). `windows.uneven`: the numbers of borders inside differ (WindowDiff, Pevzner
    and Hearst 2002), which also sees a border too many beside a right one. Both are penalties.
    """
    before_wanted, before_found = _count_before(size, wanted), _count_before(size, found)
    windows = range(size - width)
    inside = [
        (before_wanted[at + width] - before_wanted[at], before_found[at + width] - before_found[at]) for at in windows
    ]
    return Tally.of(
        {
            "windows": len(inside),
            "windows.apart": sum((left == 0) != (right == 0) for left, right in inside),
            "windows.uneven": sum(left != right for left, right in inside),
        }
    )


def count_similarity(wanted: Sequence[int], found: Sequence[int], reach: int) -> Tally:
    """Count what Boundary Similarity is made of (Fournier 2013): borders that agree, were moved, or stand alone.

    Two borders less than `reach` apart are one that was moved, at a cost of their distance over `reach`; pairs are
    made nearest first. B is 1 less the cost of the moved and 1 for each that stands alone, over pairs and those alone.
    """
    near = sorted(
        (abs(left - right), i, j)
        for i, left in enumerate(wanted)
        for j, right in enumerate(found)
        if abs(left - right) < reach
    )
    paired: dict[int, int] = {}
    taken: set[int] = set()
    cost = 0.0
    for distance, i, j in near:
        if i not in paired and j not in taken:
            paired[i] = j
            taken.add(j)
            cost += distance / reach
    alone = len(wanted) + len(found) - 2 * len(paired)
    return Tally.of({"borders": len(paired) + alone, "borders.alone": alone, "borders.cost": cost})


def _count_before(size: int, borders: Sequence[int]) -> list[int]:
    """Count for each offset the borders at or before it; several at one offset count each."""
    steps = [0] * (size + 1)
    for border in borders:
        steps[min(border, size)] += 1
    return list(accumulate(steps))
