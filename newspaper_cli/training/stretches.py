"""A chain of several states over the features of lines (a conditional random field), pulled towards known weights.

What nobody knows of a line is left open: the fit sums over all it may be.
"""

from __future__ import annotations

from itertools import groupby
from math import exp, fsum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from newspaper_cli.heading_lines import HEADINGS, STATES
from newspaper_cli.headlines import NEVER
from newspaper_cli.states import Square, decide
from newspaper_cli.training.fitting import require_extra, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.training.fitting import Table

# The L2 penalties of the difference from the known weights: of rows, of steps, of the bias.
_PULL: Final = 30.0
_PULL_STEPS: Final = 3.0
_PULL_BIAS: Final = 0.3
_BIAS: Final = "bias"
# What a state weighs that cannot be, as a logarithm.
_BARRED: Final = -60.0
# Where the fit stops, below the second place, at which weights are rounded.
_LIMITS: Final = {"maxiter": 400, "ftol": 1e-10, "gtol": 1e-3}
_MANY: Final = len(STATES)

Array: TypeAlias = Any  # numpy is an extra


class Stretch(NamedTuple):
    """Hold lines that follow each other between two of text.

    `names` are the features of each line, `steps` those of each pair of neighbours, one pair more than lines; `may` is
    what each line may be, `known` which of it as far as somebody knows.
    Stretches of one `group` are never in training and test at once.
    """

    group: str
    names: tuple[tuple[str, ...], ...]
    steps: tuple[tuple[str, ...], ...]
    may: tuple[tuple[str, ...], ...]
    known: tuple[tuple[str, ...], ...]
    weight: float = 1.0


class _Lot(NamedTuple):
    """Hold stretches of one length: how many, that length, their first line and first step, and their weights."""

    many: int
    length: int
    line: int
    step: int
    weights: Array


class _Data(NamedTuple):
    """Hold all stretches as arrays: features of lines and of steps, and the factors of what may be and what is."""

    lines: Array
    steps: Array
    may: Array
    known: Array
    lots: list[_Lot]


def fit_stretches(stretches: Sequence[Stretch], start: Table) -> dict[str, float]:
    """Fit a table that leaves the known one as far as the stretches ask for and no further.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    require_extra()
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import minimize  # noqa: PLC0415

    ordered = sorted(stretches, key=lambda stretch: len(stretch.names))
    rows = sorted({name for stretch in ordered for names in stretch.names for name in names})
    steps = sorted({name for stretch in ordered for names in stretch.steps for name in names})
    columns = [*_columns(rows), *_step_columns(steps)]
    data = _pack(ordered, [*rows, _BIAS], steps)
    begin = np.array([start.get(name, 0.0) for name in columns])
    pull = np.array([_pull_of(name) for name in columns])
    own = (len(rows) + 1) * _MANY

    def loss(weights: Array) -> tuple[float, Array]:
        scores = data.lines @ weights[:own].reshape(-1, _MANY)
        squares = (data.steps @ weights[own:].reshape(-1, _MANY * _MANY)).reshape(-1, _MANY, _MANY) + _never()
        total, slope, tied = _miss(data, scores, squares)
        found = np.concatenate(((data.lines.T @ slope).ravel(), (data.steps.T @ tied.reshape(len(tied), -1)).ravel()))
        change = weights - begin
        return total + (pull * change) @ change / 2, found + pull * change

    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options=_LIMITS)
    fitted = dict(zip(columns, map(float, found.x), strict=True))
    return {name: weight for name, weight in rounded({**start, **fitted}).items() if name != _BIAS}


def _columns(rows: Sequence[str]) -> Iterator[str]:
    return (f"{state} {name}" for name in [*rows, _BIAS] for state in STATES)


def _step_columns(steps: Sequence[str]) -> Iterator[str]:
    return (f"{first}>{second} {name}" for name in steps for first in STATES for second in STATES)


def _pull_of(name: str) -> float:
    state, _, feature = name.partition(" ")
    return _PULL_STEPS if ">" in state else _PULL_BIAS if feature == _BIAS else _PULL


def spread(table: Table) -> dict[str, float]:
    """Give what a feature weighs for any line of a heading to each of their states, and to each pair of them.

    What begins with a state is of that alone, what begins with `>` and a state of that below any line of a heading.
    """
    made: dict[str, float] = {}
    for name, weight in table.items():
        state = name.partition(" ")[0]
        if state in HEADINGS:
            made[name] = made.get(name, 0.0) + weight
        elif state.startswith(">"):
            made |= {f"{first}{name}": weight for first in HEADINGS}
        elif name.startswith("cases "):
            made |= {f"{first}>{second} {name}": weight for first in HEADINGS for second in HEADINGS}
        else:
            for heading in HEADINGS:
                made[f"{heading} {name}"] = made.get(f"{heading} {name}", 0.0) + weight
    return made


def _never() -> Array:
    import numpy as np  # noqa: PLC0415

    return np.array([[_BARRED if (first, second) in NEVER else 0.0 for second in STATES] for first in STATES])


def _pack(stretches: Sequence[Stretch], rows: Sequence[str], steps: Sequence[str]) -> _Data:
    """Put stretches, sorted by length, into arrays."""
    import numpy as np  # noqa: PLC0415

    lines = [(*names, _BIAS) for stretch in stretches for names in stretch.names]
    pairs = [names for stretch in stretches for names in stretch.steps]
    may = [[state in one for state in STATES] for stretch in stretches for one in stretch.may]
    known = [[state in one for state in STATES] for stretch in stretches for one in stretch.known]
    lots: list[_Lot] = []
    line = step = 0
    for length, group in groupby(stretches, lambda stretch: len(stretch.names)):
        weights = np.array([stretch.weight for stretch in group])
        lots.append(_Lot(len(weights), length, line, step, weights))
        line, step = line + len(weights) * length, step + len(weights) * (length + 1)
    barred = np.where(np.array([may, known]), 0.0, _BARRED)
    return _Data(_matrix(lines, rows), _matrix(pairs, steps), barred[0], barred[1], lots)


def _matrix(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> Array:
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    places = {name: place for place, name in enumerate(columns)}
    found = [places[name] for names in rows for name in names]
    bounds = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(len(found)), found, bounds), shape=(len(rows), len(columns)))


def _miss(data: _Data, scores: Array, squares: Array) -> tuple[float, Array, Array]:
    """Add up by how much stretches are missed (the negative log-likelihood), and how that grows with each weight."""
    import numpy as np  # noqa: PLC0415

    total, slope, tied = 0.0, np.zeros_like(scores), np.zeros_like(squares)
    for lot in data.lots:
        lines = slice(lot.line, lot.line + lot.many * lot.length)
        steps = slice(lot.step, lot.step + lot.many * (lot.length + 1))
        square = np.exp(squares[steps].reshape(lot.many, lot.length + 1, _MANY, _MANY))
        any_way, right = (
            _sweep((scores[lines] + barred[lines]).reshape(lot.many, lot.length, _MANY), square)
            for barred in (data.may, data.known)
        )
        total += float(lot.weights @ (any_way[0] - right[0]))
        slope[lines] = (lot.weights[:, None, None] * (any_way[1] - right[1])).reshape(-1, _MANY)
        tied[steps] = (lot.weights[:, None, None, None] * (any_way[2] - right[2])).reshape(-1, _MANY, _MANY)
    return total, slope, tied


def _sweep(scores: Array, squares: Array) -> tuple[Array, Array, Array]:
    """Sum over all ways to decide: the logarithm of the sum, and the probabilities of states and of pairs of them."""
    import numpy as np  # noqa: PLC0415

    count, length, _ = scores.shape
    most = scores.max(axis=2, keepdims=True)
    rows = np.exp(scores - most)
    forward, backward = np.empty_like(rows), np.empty_like(rows)
    scales = np.empty((count, length))
    reached = squares[:, 0, 0] * rows[:, 0]
    for place in range(length):
        if place:
            reached = np.matmul(forward[:, place - 1, None], squares[:, place])[:, 0] * rows[:, place]
        scales[:, place] = reached.sum(axis=1)
        forward[:, place] = reached / scales[:, place, None]
    last = squares[:, length, :, 0]
    whole = (forward[:, -1] * last).sum(axis=1)
    backward[:, -1] = last / whole[:, None]
    pairs = np.zeros_like(squares)
    for place in range(length - 1, 0, -1):
        after = rows[:, place] * backward[:, place] / scales[:, place, None]
        backward[:, place - 1] = np.matmul(squares[:, place], after[:, :, None])[:, :, 0]
        pairs[:, place] = forward[:, place - 1, :, None] * squares[:, place] * after[:, None]
    chances = forward * backward
    pairs[:, 0, 0], pairs[:, length, :, 0] = chances[:, 0], chances[:, -1]
    return np.log(scales).sum(axis=1) + most[:, :, 0].sum(axis=1) + np.log(whole), chances, pairs


def answer_lines(table: Table, stretch: Stretch) -> list[float]:
    """Give for each line of a stretch the probability that it is one of a heading."""
    rows = [
        [exp(_weigh(table, (*names, _BIAS), state)) if state in may else 0.0 for state in STATES]
        for names, may in zip(stretch.names, stretch.may, strict=True)
    ]
    steps = [
        Square.of([_factor(table, names, first, second) for second in STATES] for first in STATES)
        for names in stretch.steps
    ]
    places = [STATES.index(state) for state in HEADINGS]
    return [sum(row[place] for place in places) for row in decide(rows, steps)]


def _weigh(table: Table, names: Sequence[str], state: str) -> float:
    return fsum(table.get(f"{state} {name}", 0.0) for name in names)


def _factor(table: Table, names: Sequence[str], first: str, second: str) -> float:
    return 0.0 if (first, second) in NEVER else exp(_weigh(table, names, f"{first}>{second}"))


def is_heading(known: Sequence[str]) -> bool | None:
    """Tell whether a line is one of a heading, as far as somebody knows what it is."""
    told = {state in HEADINGS for state in known}
    return told.pop() if len(told) == 1 else None
