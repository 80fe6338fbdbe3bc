"""The assignment problem: pair rows with columns so that the pairs gain most.

The Hungarian method (Kuhn 1955) in its shortest-path form (Jonker and Volgenant 1987): rows come in one by one, and
each is given a column along the cheapest path of reassignments. Time grows with the cube of the size.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def assign(gains: Sequence[Sequence[float]]) -> dict[int, int]:
    """Give every row of a square table a column of its own, so that the sum of the gains is greatest.

    A gain below nought counts as none.

    >>> assign([[3.0, 2.0], [2.5, 0.0]])
    {1: 0, 0: 1}
    """
    size = len(gains)
    market = _Market([[-max(gain, 0.0) for gain in row] for row in gains])
    for row in range(size):
        market.admit(row)
    return {market.owner[column]: column for column in range(size)}


class _Market:
    """Hold the prices of rows and columns while rows are admitted; `owner[size]` is the row that still looks."""

    def __init__(self, costs: list[list[float]]) -> None:
        self.costs = costs
        self.size = len(costs)
        self.row_prices = [0.0] * self.size
        self.column_prices = [0.0] * (self.size + 1)
        self.owner = [-1] * (self.size + 1)

    def admit(self, row: int) -> None:
        """Give one more row a column."""
        column = self.size
        self.owner[column] = row
        slacks, came = [inf] * self.size, [self.size] * self.size
        visited: list[int] = []
        others = list(range(self.size))
        while self.owner[column] >= 0:
            visited.append(column)
            following = self._look(column, slacks, came, others)
            self._pay(slacks[following], slacks, visited, others)
            others.remove(following)
            column = following
        while column != self.size:
            self.owner[column] = self.owner[came[column]]
            column = came[column]

    def _look(self, column: int, slacks: list[float], came: list[int], others: Sequence[int]) -> int:
        """Note for every column not visited what moving the owner of this one there would cost; give the cheapest."""
        row = self.owner[column]
        costs, price, prices = self.costs[row], self.row_prices[row], self.column_prices
        least, cheapest = inf, others[0]
        for other in others:
            slack = costs[other] - price - prices[other]
            if slack < slacks[other]:
                slacks[other], came[other] = slack, column
            else:
                slack = slacks[other]
            if slack < least:
                least, cheapest = slack, other
        return cheapest

    def _pay(self, step: float, slacks: list[float], visited: Sequence[int], others: Sequence[int]) -> None:
        """Change the prices so that the cheapest column not visited becomes free to take."""
        if not step:
            return
        for column in visited:
            self.row_prices[self.owner[column]] += step
            self.column_prices[column] -= step
        for column in others:
            slacks[column] -= step
