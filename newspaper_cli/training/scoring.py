"""How good a table is on seams that it was not fitted on: right answers, breaks, and what its confidence is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.features import probability, score
from newspaper_cli.joins import SURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newspaper_cli.training.fitting import Example, Table

_BINS: Final = 10


class Bin(msgspec.Struct, frozen=True):
    """Count the answers of about one confidence: how many, how many right, and the sum of what was claimed."""

    seams: int = 0
    right: int = 0
    claimed: float = 0.0

    def __add__(self, other: Bin) -> Bin:
        """Add up the counts."""
        return Bin(self.seams + other.seams, self.right + other.right, self.claimed + other.claimed)


class Scores(msgspec.Struct, frozen=True):
    """Count answers: `breaks` are in gold, `found` in the answers, `hits` in both; `bins` are by confidence."""

    breaks: int = 0
    found: int = 0
    hits: int = 0
    bins: tuple[Bin, ...] = (Bin(),) * _BINS

    def __add__(self, other: Scores) -> Scores:
        """Add up the counts."""
        bins = tuple(one + two for one, two in zip(self.bins, other.bins, strict=True))
        return Scores(self.breaks + other.breaks, self.found + other.found, self.hits + other.hits, bins)

    @property
    def seams(self) -> int:
        """Give the number of seams."""
        return sum(part.seams for part in self.bins)

    @property
    def accuracy(self) -> float:
        """Give the share of right answers."""
        return _share(sum(part.right for part in self.bins), self.seams)

    @property
    def break_f1(self) -> float:
        """Give the F1 of breaks."""
        return _share(2 * self.hits, self.breaks + self.found)

    @property
    def all_joined(self) -> float:
        """Give the accuracy of who joins every seam."""
        return 1 - _share(self.breaks, self.seams)

    @property
    def calibration_error(self) -> float:
        """Give the expected calibration error: the mean distance of claim and truth over ten bins of confidence."""
        return _share(sum(abs(part.claimed - part.right) for part in self.bins), self.seams)


def measure(table: Table, examples: Iterable[Example]) -> Scores:
    """Count how a table answers."""
    breaks = found = hits = 0
    bins = [Bin()] * _BINS
    for example in examples:
        value = score(table, example.names)
        joins, confidence = value > 0, min(probability(value), SURE)
        breaks += not example.joins
        found += not joins
        hits += not joins and not example.joins
        # Confidence is at least a half: the bins divide what is above.
        place = int((confidence - 0.5) * 2 * _BINS)
        bins[place] += Bin(1, joins == example.joins, confidence)
    return Scores(breaks, found, hits, tuple(bins))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
