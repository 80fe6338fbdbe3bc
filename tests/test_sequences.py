"""The sums over a chain of decisions are those that trying every way to answer gives."""

from __future__ import annotations

from itertools import pairwise, product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspaper_cli.sequences import alone, both, chances, sweep

SCORES = st.lists(st.floats(-8, 8), min_size=1, max_size=7)


def weight(way: tuple[int, ...], answers: list[tuple[float, float]], ties: list[float]) -> float:
    """Weigh one way to answer."""
    together = [tie for (one, two), tie in zip(pairwise(way), ties, strict=True) if one and two]
    return prod([answer[yes] for yes, answer in zip(way, answers, strict=True)]) * prod(together)


@given(SCORES, st.data())
def test_probabilities_are_those_of_all_ways_to_answer(scores: list[float], data: st.DataObject) -> None:
    ties = data.draw(st.lists(st.floats(0.1, 40), min_size=len(scores) - 1, max_size=len(scores) - 1))
    answers = alone(scores)
    ways = {way: weight(way, answers, ties) for way in product((0, 1), repeat=len(scores))}
    whole = sum(ways.values())
    found = sweep(answers, ties)
    assert prod(found.scales) == pytest.approx(whole)
    assert chances(found) == pytest.approx(
        [sum(value for way, value in ways.items() if way[place]) / whole for place in range(len(scores))], abs=1e-9
    )
    assert both(found, answers, ties) == pytest.approx(
        [sum(v for way, v in ways.items() if way[at] and way[at + 1]) / whole for at in range(len(ties))], abs=1e-9
    )


@given(SCORES)
def test_without_ties_each_decision_is_by_itself(scores: list[float]) -> None:
    assert chances(sweep(alone(scores), [1.0] * (len(scores) - 1))) == pytest.approx([yes for _, yes in alone(scores)])


def test_a_score_of_any_size_is_a_probability() -> None:
    assert alone([-900, 0, 900]) == [(1, 0), (0.5, 0.5), (0, 1)]
