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
# No newspaper prints so many on a page; a file that holds more has lost the marks between its pages.
_MOST_LINES: Final = 3000
_MOST_GAPS: Final = 0.01
_LONGEST: Final = 45
_SHORTEST: Final = 6
_MOST_COLUMNS: Final = 6
# One pair says little and may say it loudly: a rare character, a name that the table lacks.
_LOUDEST: Final = 4.0
_MARKS: Final = STOPS | COMMAS
_LEAST_MARKED: Final = 0.15
_SAMPLE: Final = 20

# Measured at lag 1: pages in order .8 and more, one of short items .4, pages that are woven or of mixed layout -1.1 to
# .2. Of pages woven in one half, made for this, the mean is .2 to .9; a sample is believed the more the larger it is.
_ENOUGH: Final = (1.4, 1.2, 1.0, 0.8)
_FLOWS: Final = 0.8
# By how much another lag must be better than the first, and than any other, and how good it must be. Woven pages: 1.2
# to 1.3, .5 to 1.3, and .1 to .5; pages of mixed layout at most .4, .3, and 0.
_CLEAR: Final = 0.5
_CLEAR_OF_OTHERS: Final = 0.4
_GOES_ON: Final = 0.05
# The mean where each part of a page is read at its own lag, and how much better that is than lag 1: a page made of
# parts of two and of four columns 1.9 and 2.1, pages of mixed layout at most .5 and .9.
_CLEAR_LOCALLY: Final = 1.0
_BETTER_LOCALLY: Final = 0.8
_LEAST_SHARE: Final = 0.15
_CHANGE: Final = 12.0
_DOUBT: Final = 0.4
_BROKEN: Final = 0.0
_NO_BETTER: Final = -0.3


class Lags(NamedTuple):
    """Hold how well lines go on in those that stand one, two, three... lines below, by the mean of a log-ratio.

    `path` gives for each line the lag at which the stretch of the page around it goes on best, `local` the mean when
    each stretch is read at its own.
    """

    means: tuple[float, ...]
    path: tuple[int, ...]
    local: float

    @property
    def clear(self) -> bool:
        """Tell whether one lag beyond the first is clearly the best for the whole page."""
        best, second = sorted(self.means, reverse=True)[:2]
        better = max(self.means[1:]) - self.means[0]
        return best >= _GOES_ON and better >= _CLEAR and best - second >= _CLEAR_OF_OTHERS

    @property
    def woven(self) -> bool:
        """Tell whether lines are clearly woven, of as many columns all over the page or of more in one part of it."""
        return self.clear or (self.local >= _CLEAR_LOCALLY and self.margin >= _BETTER_LOCALLY)

    @property
    def columns(self) -> int:
        """Give the number of columns: the best lag, or the largest where parts of the page have each their own."""
        if self.clear:
            return self.means.index(max(self.means)) + 1
        return max(lag for lag in set(self.path) if self.path.count(lag) >= len(self.path) * _LEAST_SHARE)

    @property
    def margin(self) -> float:
        """Tell by how much other lags are better than the first: one for the page, or each part's own."""
        return (max(self.means[1:]) if self.clear else self.local) - self.means[0]

    @property
    def doubtful(self) -> bool:
        """Tell whether lines hardly go on in those that follow them, though no other lag is clearly better."""
        better = max(self.means[1:]) - self.means[0]
        return better >= _DOUBT or (self.means[0] < _BROKEN and better >= _NO_BETTER)


def may_be_woven(lines: Sequence[Line]) -> bool:
    """Tell by a cheap look whether lines may be printed lines of woven columns, as OCR gives them without any blank."""
    count = len(lines)
    if not _FEWEST_LINES <= count <= _MOST_LINES or lines[0].column != lines[-1].column:
        return False
    if count - [line.gap for line in lines].count(0) > 1 + count * _MOST_GAPS:
        return False
    return _SHORTEST * count <= sum([len(line.text) for line in lines]) <= _LONGEST * count


def measure_lags(texts: Sequence[str]) -> Lags | None:
    """Measure how well lines go on at each lag, or give None where they go on in the next as they should.

    Few pairs are asked first: those of a page in order say so, and most pages are in order.
    """
    if _flows(texts) or not _is_prose(texts):
        return None
    # What ends a sentence or a clause goes on in anything.
    asked = [text[-1] not in _MARKS for text in texts]
    values = [_values(texts, 1, asked)]
    if fsum(values[0]) >= _FLOWS * sum(asked):
        return None
    values += [_values(texts, lag, asked) for lag in range(2, _MOST_COLUMNS + 1)]
    means = tuple(fsum(row) / max(sum(asked[: len(texts) - lag]), 1) for lag, row in enumerate(values, 1))
    return _find_path(means, values, sum(asked))


def _is_prose(texts: Sequence[str]) -> bool:
    """Tell whether marks stand in enough lines: the cells of a table, one a line, go on in those of the next row."""
    return sum([_MARKS.isdisjoint(text) for text in texts]) <= len(texts) * (1 - _LEAST_MARKED)


def _flows(texts: Sequence[str]) -> bool:
    """Tell from a sample of neighbours, spread over the page, whether lines go on in the next; most pages need few."""
    step = max(len(texts) // _SAMPLE, 1)
    values: list[float] = []
    for part, least in enumerate(_ENOUGH):
        start = part * step // len(_ENOUGH)
        asked = [index for index in range(start, len(texts) - 1, step) if texts[index][-1] not in _MARKS]
        values += [_value(texts[index], texts[index + 1]) for index in asked]
        if fsum(values) >= least * max(len(values), 1):
            return True
    return False


def _value(first: str, second: str) -> float:
    return max(-_LOUDEST, min(load_trigrams().continuation(first, second), _LOUDEST))


def _values(texts: Sequence[str], lag: int, asked: Sequence[bool]) -> list[float]:
    """Weigh each line with the one that stands so far below it; nought where there is none or it is not asked."""
    pairs = zip(texts, texts[lag:], asked, strict=False)
    return [_value(a, b) if ask else 0.0 for a, b, ask in pairs] + [0.0] * min(lag, len(texts))


def _find_path(means: tuple[float, ...], values: Sequence[Sequence[float]], asked: int) -> Lags:
    """Find the best lag for each stretch of the page, where each change of lag has its price (Viterbi 1967)."""
    lags = range(len(values))
    worths = [0.0] * len(values)
    origins: list[list[int]] = []
    for line in range(len(values[0])):
        best = max(lags, key=worths.__getitem__)
        change = worths[best] - _CHANGE
        origins.append([best if change > worths[lag] else lag for lag in lags])
        worths = [max(change, worths[lag]) + values[lag][line] for lag in lags]
    at = max(lags, key=worths.__getitem__)
    local = worths[at] / max(asked, 1)
    path = []
    for origin in reversed(origins):
        path.append(at + 1)
        at = origin[at]
    return Lags(means, tuple(reversed(path)), local)
