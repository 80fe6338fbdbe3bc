"""A user's own weights: the tables known before, pulled towards the user's pages, scored on pages left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.features import read_weights
from newspaper_cli.tables import SHIPPED
from newspaper_cli.training.fitting import adapt, require_extra
from newspaper_cli.training.scoring import Scores, measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.tables import Weights
    from newspaper_cli.training.fitting import Example, Table
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
    names = sorted({page.table for page in pages})
    return [_adapt(name, [page for page in pages if page.table == name], start) for name in names]


def _adapt(name: str, pages: Sequence[Keyed], start: Weights) -> Adapted:
    known = read_weights(name, start)
    every = [example for page in pages for example in page.examples]
    after = _cross_validate(pages, known) if len({page.gold for page in pages}) >= _FEWEST_PAGES else None
    return Adapted(name, adapt(every, known), len(pages), measure(known, every), after)


def _cross_validate(pages: Sequence[Keyed], known: Table) -> Scores:
    """Score each page by weights that were adapted without it."""
    places = {gold: place for place, gold in enumerate(dict.fromkeys(page.gold for page in pages))}
    folds = min(_FOLDS, len(places))
    scores = Scores()
    for fold in range(folds):
        parts: tuple[list[Example], list[Example]] = ([], [])
        for page in pages:
            parts[places[page.gold] % folds == fold].extend(page.examples)
        scores += measure(adapt(parts[0], known), parts[1])
    return scores
