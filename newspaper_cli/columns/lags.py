"""Lags: how far apart lines stand that go on in each other, which tells woven columns from a page in order.

OCR that gives printed lines from the top of the page to its foot weaves its columns: the line that goes on stands two,
three, four lines below. No blank, no space and no width shows it, but the characters at the edges of the lines do. The
mean over a page of how well line `i` goes on in line `i + k` is highest where k is the number of columns.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import COMMAS, STOPS
from newspaper_cli.trigrams import load_trigrams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Line

_FEWEST_LINES: Final = 32
_MOST_GAPS: Final = 0.01
_LONGEST: Final = 45
_SHORTEST: Final = 6
MOST_COLUMNS: Final = 6
# One pair says little and may say it loudly: a rare character, a name that the table lacks.
_LOUDEST: Final = 4.0
_SAMPLE: Final = 16
_LARGE_SAMPLE: Final = 64

# Measured at lag 1: pages in order .8 and more, one of short items .4, pages that are woven or of mixed layout -1.1 to
# .2; in a sample of sixteen pairs, woven pages at most -.8.
_FLOWS_IN_SAMPLE: Final = 0.6
_FLOWS: Final = 0.3
# By how much another lag must be better than the first, and than any other. Woven pages: 1.2 to 1.3 and .5 to 1.3;
# pages of mixed layout at most .4 each.
_CLEAR: Final = 0.8
_CLEAR_OF_OTHERS: Final = 0.4
_DOUBT: Final = 0.4
_BROKEN: Final = 0.0
_NO_BETTER: Final = -0.3


class Lags(NamedTuple):
    """Hold how well lines go on in those that stand one, two, three... lines below, by the mean of a log-ratio."""

    means: tuple[float, ...]

    @property
    def columns(self) -> int:
        """Give the lag at which lines go on best: the number of columns, if any are woven."""
        return max(range(len(self.means)), key=self.means.__getitem__) + 1

    @property
    def margin(self) -> float:
        """Tell by how much the best lag beyond the first is better than the first."""
        return max(self.means[1:]) - self.means[0]

    @property
    def woven(self) -> bool:
        """Tell whether one lag beyond the first is clearly the best."""
        best, second = sorted(self.means, reverse=True)[:2]
        return self.margin >= _CLEAR and best - second >= _CLEAR_OF_OTHERS

    @property
    def doubtful(self) -> bool:
        """Tell whether lines that follow each other hardly go on in each other, though none is clearly the best lag."""
        return self.margin >= _DOUBT or (self.means[0] < _BROKEN and self.margin >= _NO_BETTER)


def may_be_woven(lines: Sequence[Line]) -> bool:
    """Tell by a cheap look whether lines may be printed lines of woven columns, as OCR gives them without any blank."""
    count = len(lines)
    if count < _FEWEST_LINES or lines[0].column != lines[-1].column:
        return False
    if count - [line.gap for line in lines].count(0) > 1 + count * _MOST_GAPS:
        return False
    return _SHORTEST * count <= sum([len(line.text) for line in lines]) <= _LONGEST * count


def measure_lags(texts: Sequence[str]) -> Lags | None:
    """Measure how well lines go on at each lag, or give None where they go on in the next as they should.

    Few pairs are asked first: those of a page in order say so, and most pages are in order.
    """
    if max(_mean(texts, 1, _SAMPLE) - _FLOWS_IN_SAMPLE, _mean(texts, 1, _LARGE_SAMPLE) - _FLOWS) >= 0:
        return None
    means = tuple(_mean(texts, lag, len(texts)) for lag in range(1, MOST_COLUMNS + 1))
    return Lags(means) if means[0] < _FLOWS else None


def _mean(texts: Sequence[str], lag: int, most: int) -> float:
    """Average over pairs spread evenly; what ends a sentence or a clause goes on in anything."""
    continues = load_trigrams().continuation
    asked = [index for index in range(len(texts) - lag) if texts[index][-1] not in STOPS | COMMAS]
    step = max(len(asked) // most, 1)
    pairs = [(texts[index], texts[index + lag]) for index in asked[::step]]
    return fsum(max(-_LOUDEST, min(continues(a, b), _LOUDEST)) for a, b in pairs) / max(len(pairs), 1)
