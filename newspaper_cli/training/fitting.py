"""Logistic regression over the features of seams: from nothing, or pulled towards weights that are known.

Only here are scikit-learn and what comes with it loaded: reading a page needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from newspaper_cli.errors import MissingExtraError
from newspaper_cli.features import score
from newspaper_cli.regime import read_regime
from newspaper_cli.seams import Situation, features, situations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newspaper_cli.languages import Language
    from newspaper_cli.training.sheets import Sheet

Table: TypeAlias = "Mapping[str, float]"

_BIAS: Final = "bias"
_SMALLEST: Final = 0.05
# What a pattern found without doubt is not left to the data: a byline or the name of a box is a line of its own. Made
# and keyed pages have no line that the layout itself shows to span columns; it is a line of its own too.
_ALWAYS: Final = -8.0
_SPANNING: Final = "spanning"
# How hard the weights known before hold a user's pages back (the L2 penalty of the difference, the bias included: from
# pages of one kind alone it would run away). Between 1 and 3 thirty pages give the same figures within .003.
_PULL: Final = 2.0


class Example(NamedTuple):
    """Hold the names of a seam's features, whether it joins, and what it weighs in training."""

    names: tuple[str, ...]
    joins: bool
    weight: float


def read_examples(sheet: Sheet, language: Language) -> list[Example]:
    """Turn the seams of a page whose answers are known into examples."""
    described = situations(sheet.lines, read_regime(sheet.lines), language)
    return [
        Example(tuple(features(Situation._make(fields))), joins, sheet.weight)
        for fields, joins in zip(described, sheet.joins, strict=True)
        if joins is not None
    ]


def fit(examples: Sequence[Example], strength: float) -> dict[str, float]:
    """Fit a table of joins from nothing.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    return tidy(regress(examples, strength))


def regress(examples: Sequence[Example], strength: float) -> dict[str, float]:
    """Fit the weight of every feature, and the bias.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    require_extra()
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    names = DictVectorizer()
    matrix = names.fit_transform([dict.fromkeys(example.names, 1) for example in examples])
    model = LogisticRegression(C=strength, max_iter=600)
    weights = [example.weight for example in examples]
    model.fit(matrix, [example.joins for example in examples], sample_weight=weights)
    found = dict(zip(names.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    return {_BIAS: float(model.intercept_[0]), **found}


def adapt(examples: Sequence[Example], known: Table) -> dict[str, float]:
    """Fit a table that leaves the known one as far as the examples ask for, and no further.

    The loss is that of logistic regression with the score of the known table as offset; the penalty is on the
    difference from the known weights, so what the examples do not show stays as it was.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    require_extra()
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import minimize  # noqa: PLC0415
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415

    names = DictVectorizer()
    matrix = names.fit_transform([dict.fromkeys((*example.names, _BIAS), 1) for example in examples])
    columns = list(names.get_feature_names_out())
    signs = np.array([1.0 if example.joins else -1.0 for example in examples])
    offsets = np.array([score(known, example.names) for example in examples])

    def loss(change):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # arrays have no types here
        margins = signs * (offsets + matrix @ change)
        slope = matrix.T @ (-signs * np.exp(-np.logaddexp(0, margins)))
        return np.logaddexp(0, -margins).sum() + _PULL / 2 * (change @ change), slope + _PULL * change

    # Stopped far below the second place, at which weights are rounded.
    limits = {"maxiter": 2000, "ftol": 1e-13, "gtol": 1e-8}
    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options=limits)
    changes = dict(zip(columns, map(float, found.x), strict=True))
    return tidy({name: known.get(name, 0.0) + changes.get(name, 0.0) for name in {*known, *columns}})


def tidy(found: Mapping[str, float]) -> dict[str, float]:
    """Round the weights and sort them, the bias first; small ones are left out, those of what is certain are set."""
    return rounded({**found, **dict.fromkeys((*filter(_is_certain, found), _SPANNING), _ALWAYS)})


def rounded(found: Mapping[str, float]) -> dict[str, float]:
    """Round the weights of a table and sort them, the bias first; small ones are left out."""
    kept = {name: round(weight, 2) for name, weight in found.items()}
    bias = kept.pop(_BIAS, 0.0)
    return {_BIAS: bias, **{name: weight for name, weight in sorted(kept.items()) if abs(weight) >= _SMALLEST}}


def _is_certain(name: str) -> bool:
    """Tell whether a feature says that one of the lines is a byline or a box."""
    kind, _, value, *_ = [*name.split(" "), "", ""]
    return kind in {"start", "opened"} and value in {"byline", "box"}


def require_extra() -> None:
    """Look whether scikit-learn is there, before any work is done for nothing.

    Raises:
        MissingExtraError: it is not.
    """
    try:
        import sklearn  # noqa: F401, PLC0415
    except ImportError as missing:
        raise MissingExtraError(extra="train", package="scikit-learn") from missing
