"""Counts that add: a page is tallied alone, and the sum of the tallies of its pages is the tally of a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Tally:
    """Hold named counts, so that figures of a set are made from its counts and never from the figures of its pages.

    Dividing once, at the end, gives long pages their weight (a micro average). A count of nothing is not kept: two
    tallies with the same counts are equal, and `Tally()` is the zero of `sum(tallies, Tally())`.
    """

    counts: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, counts: Mapping[str, float]) -> Tally:
        """Make a tally from counts by name."""
        return cls(tuple(sorted((name, count) for name, count in counts.items() if count)))

    @classmethod
    def agreement(cls, name: str, *, hit: int, wanted: int, found: int) -> Tally:
        """Make the three counts behind an F1: what gold wants, what was found, and how much of it is the same."""
        return cls.of({f"{name}.hit": hit, f"{name}.wanted": wanted, f"{name}.found": found})

    def __add__(self, other: Tally) -> Tally:
        """Add two tallies, count by count."""
        total = dict(self.counts)
        for name, count in other.counts:
            total[name] = total.get(name, 0) + count
        return Tally.of(total)

    def __getitem__(self, name: str) -> float:
        """Return a count, 0 when nothing was counted under this name."""
        return dict(self.counts).get(name, 0)

    def share(self, part: str, whole: str) -> float | None:
        """Divide one count by another; None when there is nothing to divide by."""
        return self[part] / self[whole] if self[whole] else None

    def f1(self, name: str) -> float | None:
        """Return the harmonic mean of precision and recall of an agreement; None when neither side has any.

        2 * hit / (wanted + found), the form that needs neither precision nor recall (van Rijsbergen 1979, chapter 7).
        """
        asked = self[f"{name}.wanted"] + self[f"{name}.found"]
        return 2 * self[f"{name}.hit"] / asked if asked else None
