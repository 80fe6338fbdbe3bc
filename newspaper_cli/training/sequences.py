"""A linear chain over the features of blocks or articles (a conditional random field), fitted from nothing or pulled.

What nobody knows of a block is left open: the fit sums over both answers, and learns from the neighbours what it can.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.features import score
from newspaper_cli.sequences import Pair, alone, both, chances, sweep
from newspaper_cli.training.fitting import require_extra, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newspaper_cli.training.fitting import Table

_BIAS: Final = "bias"
# The L2 penalty of the difference from the known weights.
_PULL: Final = 1.0
# What the right answer weighs at least, so that a sum is never nought.
_TINY: Final = 1e-300
# Where the fit stops, far below the second place, at which weights are rounded.
_LIMITS: Final = {"maxiter": 400, "ftol": 1e-10, "gtol": 1e-4}


class Item(NamedTuple):
    """Hold one block or article: the names of its features, that of its tie to the one before, and the right answer."""

    names: tuple[str, ...]
    tie: str
    yes: bool | None


class Chain(NamedTuple):
    """Hold blocks that follow each other; chains of one `group` are never in training and test at once."""

    group: str
    items: tuple[Item, ...]
    weight: float = 1.0


def fit_chains(chains: Sequence[Chain], known: Table | None = None) -> dict[str, float]:
    """Fit a table that leaves the known one, or an empty one, as far as the chains ask for and no further.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    require_extra()
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import minimize  # noqa: PLC0415
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415

    known = known or {}
    told = [chain for chain in chains if any(item.yes is not None for item in chain.items)]
    vectorizer = DictVectorizer()
    names = [dict.fromkeys((*item.names, _BIAS), 1) for chain in told for item in chain.items]
    matrix = vectorizer.fit_transform(names)
    ties = sorted({item.tie for chain in told for item in chain.items})
    columns = [*vectorizer.get_feature_names_out(), *ties]
    start = np.array([known.get(name, 0.0) for name in columns])
    own = len(columns) - len(ties)

    def loss(weights):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # arrays have no types here
        factors = dict(zip(ties, np.exp(weights[own:]).tolist(), strict=True))
        total, slopes, tied = _miss_all(told, (matrix @ weights[:own]).tolist(), factors)
        slope = np.concatenate((matrix.T @ np.array(slopes), [tied[tie] for tie in ties]))
        change = weights - start
        return total + _PULL / 2 * (change @ change), slope + _PULL * change

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=_LIMITS)
    return rounded({**known, **dict(zip(columns, map(float, found.x), strict=True))})


def _miss_all(
    chains: Sequence[Chain], scores: Sequence[float], factors: Mapping[str, float]
) -> tuple[float, list[float], dict[str, float]]:
    """Add up by how much chains are missed, and how that grows with each score and with each tie."""
    total, slopes, tied = 0.0, list[float](), dict.fromkeys(factors, 0.0)
    for chain in chains:
        names = [item.tie for item in chain.items[1:]]
        own = scores[len(slopes) : len(slopes) + len(chain.items)]
        missed, by_score, by_tie = _miss(chain, own, [factors[name] for name in names])
        total += chain.weight * missed
        slopes += [chain.weight * slope for slope in by_score]
        for name, slope in zip(names, by_tie, strict=True):
            tied[name] += chain.weight * slope
    return total, slopes, tied


def _miss(chain: Chain, scores: Sequence[float], ties: Sequence[float]) -> tuple[float, list[float], list[float]]:
    """Say by how much a chain is missed (the negative log-likelihood), and how that grows with its scores and ties."""
    free = alone(scores)
    held = [_hold(pair, item.yes) for pair, item in zip(free, chain.items, strict=True)]
    any_way, right = sweep(free, ties), sweep(held, ties)
    missed = sum(map(log, any_way.scales)) - sum(map(log, right.scales))
    slopes = [one - two for one, two in zip(chances(any_way), chances(right), strict=True)]
    pairs = [one - two for one, two in zip(both(any_way, free, ties), both(right, held, ties), strict=True)]
    return missed, slopes, pairs


def _hold(pair: Pair, told: bool | None) -> Pair:  # noqa: FBT001
    """Leave of the two answers the right one."""
    no, yes = pair
    return pair if told is None else (0.0, max(yes, _TINY)) if told else (max(no, _TINY), 0.0)


def answer(table: Table, chain: Chain) -> list[float]:
    """Give for each block of a chain the probability that it is a heading."""
    answers = alone(score(table, item.names) for item in chain.items)
    return chances(sweep(answers, [exp(table.get(item.tie, 0.0)) for item in chain.items[1:]]))
