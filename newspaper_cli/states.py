"""A chain of decisions between several states, each leaning on the next: the sum over all ways to decide.

A row has a weight for each state; a square has, for each state of one decision, a row for the states of the next. All
weights are factors, not logarithms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Row: TypeAlias = "Sequence[float]"
Square: TypeAlias = "Sequence[Row]"


def decide(rows: Sequence[Row], steps: Sequence[Square]) -> list[list[float]]:
    """Give for each decision the probability of each state.

    A run of decisions stands between two in the first state: there is one step more than there are rows.

    >>> even = ((1.0, 1.0), (1.0, 1.0))
    >>> decide([(1.0, 3.0)], [even, even]), decide([(1.0, 3.0)], [((1.0, 0.0), (1.0, 1.0)), even])
    ([[0.25, 0.75]], [[1.0, 0.0]])
    """
    forward = [_scaled(_times(rows[0], steps[0][0]))]
    for row, square in zip(rows[1:], steps[1:-1], strict=True):
        before = forward[-1]
        reached = [sum(map(_product, before, column)) for column in zip(*square, strict=True)]
        forward.append(_scaled(_times(row, reached)))
    backward = [[row[0] for row in steps[-1]]]
    for row, square in zip(rows[:0:-1], steps[-2:0:-1], strict=True):
        after = _times(row, backward[-1])
        backward.append(_scaled([sum(map(_product, line, after)) for line in square]))
    return [_scaled(_times(*pair)) for pair in zip(forward, reversed(backward), strict=True)]


def _product(one: float, two: float) -> float:
    return one * two


def _times(one: Row, two: Row) -> list[float]:
    return list(map(_product, one, two))


def _scaled(row: Sequence[float]) -> list[float]:
    total = sum(row)
    return [value / total for value in row]
