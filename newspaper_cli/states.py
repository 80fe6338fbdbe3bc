"""A chain of decisions between six states, each leaning on the next: the sum over all ways to decide.

A row has a weight for each state; a square has, for each state of one decision, a row for the states of the next. All
weights are factors, not logarithms. Sums are written out: a loop over six numbers takes twice the time.
"""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row: TypeAlias = "Sequence[float]"


class Square(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Hold a square of factors by its rows and by its columns: a chain is gone through both ways."""

    rows: Sequence[Row]
    columns: Sequence[Row]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Square:
        """Make a square of its rows."""
        held = tuple(rows)
        return cls(held, tuple(zip(*held, strict=True)))


def decide(rows: Sequence[Row], steps: Sequence[Square]) -> list[Row]:
    """Give for each decision the probability of each state.

    A run of decisions stands between two in the first state: there is one step more than there are rows.

    >>> even = Square.of([(1.0,) * 6] * 6)
    >>> decide([(1.0, 3.0, 0.0, 0.0, 0.0, 0.0)], [even, even])
    [(0.25, 0.75, 0.0, 0.0, 0.0, 0.0)]
    """
    forward: list[Row] = [list(map(mul, rows[0], steps[0].rows[0]))]
    for row, square in zip(rows[1:], steps[1:-1], strict=True):
        forward.append(_scaled(map(mul, row, _across(forward[-1], square.columns))))
    backward: list[Row] = [steps[-1].columns[0]]
    for row, square in zip(rows[:0:-1], steps[-2:0:-1], strict=True):
        backward.append(_scaled(_across(map(mul, row, backward[-1]), square.rows)))
    return [_scaled(map(mul, *pair)) for pair in zip(forward, reversed(backward), strict=True)]


def _across(row: Iterable[float], lines: Sequence[Row]) -> Row:
    """Multiply a row with the lines of a square."""
    a, b, c, d, e, f = row
    return [a * p + b * q + c * r + d * s + e * t + f * u for p, q, r, s, t, u in lines]


def _scaled(row: Iterable[float]) -> Row:
    a, b, c, d, e, f = row
    total = a + b + c + d + e + f
    return a / total, b / total, c / total, d / total, e / total, f / total
