"""A user's own weights: the tables known before, pulled towards the user's pages, scored on pages left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.features import read_weights
from newspaper_cli.tables import SHIPPED
from newspaper_cli.training.fitting import adapt, require_extra
from newspaper_cli.training.labels import AdaptedLabels, Labelling, fit_learnt, measure_labels
from newspaper_cli.training.scoring import Scores, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.tables import Weights
    from newspaper_cli.training.fitting import Table
    from newspaper_cli.training.gold import Keyed

_FOLDS: Final = 5
_FEWEST_PAGES: Final = 2


class Adapted(msgspec.Struct, frozen=True):
    """Hold one table that was adapted.

    `after` are the scores of pages by weights that were adapted without them, None where there is one page only;
    `before` are those of the table known before, which may have seen them.
    """

    name: str
    weights: dict[str, float]
    pages: int
    before: Scores
    after: Scores | None


def adapt_tables(pages: Sequence[Keyed], start: Weights = SHIPPED) -> list[Adapted]:
    """Adapt each table that the pages have examples for.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    require_extra()
    told = [page for page in pages if page.examples]
    names = sorted({page.joins for page in told})
    return [_adapt(name, [page for page in told if page.joins == name], start) for name in names]


def adapt_labels(pages: Sequence[Keyed], start: Weights = SHIPPED) -> list[AdaptedLabels]:
    """Adapt each table of labels that the pages have chains for.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    require_extra()
    names = sorted({page.labels for page in pages if page.chains})
    return [
        _adapt_labels(name, [page for page in pages if page.labels == name and page.chains], start) for name in names
    ]


def _adapt_labels(name: str, pages: Sequence[Keyed], start: Weights) -> AdaptedLabels:
    known = read_weights(name, start)
    every = [chain for page in pages for chain in page.chains]
    after = None
    if len({page.gold for page in pages}) >= _FEWEST_PAGES:
        after = Labelling()
        for learnt, left_out in _folds(pages):
            weights = fit_learnt([chain for page in learnt for chain in page.chains], known)
            after = sum((measure_labels(weights, chain) for page in left_out for chain in page.chains), after)
    before = sum((measure_labels(known, chain) for chain in every), Labelling())
    return AdaptedLabels(name, fit_learnt(every, known), len(pages), before, after)


def _adapt(name: str, pages: Sequence[Keyed], start: Weights) -> Adapted:
    known = read_weights(name, start)
    every = [example for page in pages for example in page.examples]
    after = _cross_validate(pages, known) if len({page.gold for page in pages}) >= _FEWEST_PAGES else None
    return Adapted(name, adapt(every, known), len(pages), measure(known, every), after)


def _cross_validate(pages: Sequence[Keyed], known: Table) -> Scores:
    """Score each page by weights that were adapted without it."""
    scores = Scores()
    for learnt, left_out in _folds(pages):
        weights = adapt([example for page in learnt for example in page.examples], known)
        scores += measure(weights, [example for page in left_out for example in page.examples])
    return scores


def _folds(pages: Sequence[Keyed]) -> Iterator[tuple[list[Keyed], list[Keyed]]]:
    """Part the pages, by their gold, into those to learn from and those left out, in turn."""
    places = {gold: place for place, gold in enumerate(dict.fromkeys(page.gold for page in pages))}
    folds = min(_FOLDS, len(places))
    for fold in range(folds):
        parts: tuple[list[Keyed], list[Keyed]] = ([], [])
        for page in pages:
            parts[places[page.gold] % folds == fold].append(page)
        yield parts
