"""A chain of yes-or-no decisions of which each leans on the next: the sum over all ways to answer (forward-backward).

An answer weighs by itself, and two neighbouring answers that are both yes weigh once more by their tie. More there is
not to say of two neighbours: whatever else a pair may weigh is the same as a tie and weights of the single answers.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What the answers no and yes weigh.
Pair: TypeAlias = tuple[float, float]


class Sweep(NamedTuple):
    """Hold the sums over all ways to answer before (`forward`) and after (`backward`) each decision, by its answer.

    The sums are scaled so that those of a decision forward add up to one; the product of `scales` is the whole sum.
    """

    forward: list[Pair]
    backward: list[Pair]
    scales: list[float]


def sweep(answers: Sequence[Pair], ties: Sequence[float]) -> Sweep:
    """Sum over all ways to answer; `ties` has a factor for each pair of neighbours that both answer yes."""
    no, yes = answers[0]
    scales = [no + yes]
    forward = [(no / scales[0], yes / scales[0])]
    for (weight_no, weight_yes), tie in zip(answers[1:], ties, strict=True):
        before_no, before_yes = forward[-1]
        no, yes = weight_no * (before_no + before_yes), weight_yes * (before_no + before_yes * tie)
        scales.append(no + yes)
        forward.append((no / scales[-1], yes / scales[-1]))
    backward = [(1.0, 1.0)]
    for (weight_no, weight_yes), tie, scale in zip(answers[:0:-1], ties[::-1], scales[:0:-1], strict=True):
        after_no, after_yes = backward[-1]
        no, yes = weight_no * after_no, weight_yes * after_yes
        backward.append(((no + yes) / scale, (no + yes * tie) / scale))
    backward.reverse()
    return Sweep(forward, backward, scales)


def chances(found: Sweep) -> list[float]:
    """Give the probability of yes for each decision.

    >>> chances(sweep([(0.5, 0.5), (0.1, 0.9)], [1.0])), chances(sweep([(0.5, 0.5), (0.1, 0.9)], [9.0]))[0] > 0.8
    ([0.5, 0.9], True)
    """
    return [yes * after_yes for (_, yes), (_, after_yes) in zip(found.forward, found.backward, strict=True)]


def both(found: Sweep, answers: Sequence[Pair], ties: Sequence[float]) -> list[float]:
    """Give for each pair of neighbours the probability that both answer yes."""
    rows = zip(found.forward, pairwise(found.backward), answers[1:], ties, found.scales[1:], strict=False)
    return [yes * tie * weight * after / scale for (_, yes), (_, (_, after)), (_, weight), tie, scale in rows]


def alone(scores: Iterable[float]) -> list[Pair]:
    """Turn scores of yes into what the answers weigh, so that they add up to one."""
    return [(1 - chance, chance) for chance in map(_logistic, scores)]


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-score)) if score > 0 else 1 - 1 / (1 + exp(score))
