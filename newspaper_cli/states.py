"""A chain of decisions between several states, each leaning on the next: the sum over all ways to decide.

A row has a weight for each state; a square has, for each state of one decision, a row for the states of the next. All
weights are factors, not logarithms.
"""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row: TypeAlias = "Sequence[float]"


class Square(NamedTuple):
    """Hold a square of factors by its rows and by its columns: a chain is gone through both ways."""

    rows: Sequence[Row]
    columns: Sequence[Row]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Square:
        """Make a square of its rows."""
        held = tuple(rows)
        return cls(held, tuple(zip(*held, strict=True)))


def decide(rows: Sequence[Row], steps: Sequence[Square]) -> list[list[float]]:
    """Give for each decision the probability of each state.

    A run of decisions stands between two in the first state: there is one step more than there are rows.

    >>> even = Square.of([(1.0, 1.0), (1.0, 1.0)])
    >>> decide([(1.0, 3.0)], [even, even]), decide([(1.0, 3.0)], [Square.of([(1.0, 0.0), (1.0, 1.0)]), even])
    ([[0.25, 0.75]], [[1.0, 0.0]])
    """
    forward = [list(map(mul, rows[0], steps[0].rows[0]))]
    for row, square in zip(rows[1:], steps[1:-1], strict=True):
        before = forward[-1]
        forward.append(_scaled(map(mul, row, [sum(map(mul, before, column)) for column in square.columns])))
    backward: list[Row] = [steps[-1].columns[0]]
    for row, square in zip(rows[:0:-1], steps[-2:0:-1], strict=True):
        after = list(map(mul, row, backward[-1]))
        backward.append(_scaled([sum(map(mul, line, after)) for line in square.rows]))
    return [_scaled(map(mul, *pair)) for pair in zip(forward, reversed(backward), strict=True)]


def _scaled(row: Iterable[float]) -> list[float]:
    values = list(row)
    total = sum(values)
    return [value / total for value in values]
