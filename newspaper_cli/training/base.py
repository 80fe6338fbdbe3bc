"""The shipped tables: fitted on the parts of the recipe, scored on issues that were not in training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zlib import crc32

import msgspec

from newspaper_cli.errors import UsageError
from newspaper_cli.languages import load_language
from newspaper_cli.training.fitting import fit, read_examples, require_extra
from newspaper_cli.training.scoring import Scores, measure
from newspaper_cli.training.sources import read_recipe, read_sheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from newspaper_cli.training.fitting import Example
    from newspaper_cli.training.sheets import Sheet
    from newspaper_cli.training.sources import Table

FOLDS: Final = 4


class Fitted(msgspec.Struct, frozen=True):
    """Hold a table fitted from nothing: its weights, and how each part of the recipe is answered by the other folds."""

    name: str
    weights: dict[str, float]
    scores: dict[str, Scores]
    pages: dict[str, int]


def fit_tables(corpus: Path, language: str = "auto") -> list[Fitted]:
    """Fit the tables of one language, or of all, on what the corpus holds of the recipe.

    Raises:
        UsageError: the corpus holds nothing of it.
        MissingExtraError: scikit-learn is not installed.
    """
    require_extra()
    if language != "auto":
        load_language(language)
    tables = [table for table in read_recipe() if language in {"auto", table.language}]
    read = [(table, read_sheets(table, corpus, FOLDS)) for table in tables]
    fitted = [_fit(table, parts) for table, parts in read if any(parts.values())]
    if not fitted:
        patterns = dict.fromkeys(part.files for table in tables for part in table.parts if part.files)
        message = f"{corpus} holds nothing to fit the shipped tables on; looked for {', '.join(patterns)}"
        raise UsageError(message)
    return fitted


def _fit(table: Table, parts: Mapping[str, Sequence[Sheet]]) -> Fitted:
    language = load_language(table.language)
    examples = {
        name: [(fold_of(sheet.group), read_examples(sheet, language)) for sheet in _by_group(sheets)]
        for name, sheets in parts.items()
    }
    scores = dict.fromkeys(parts, Scores())
    for fold in range(FOLDS):
        weights = fit([one for part in examples.values() for one in _pick(part, fold, same=False)], table.strength)
        for name, part in examples.items():
            scores[name] += measure(weights, _pick(part, fold, same=True))
    weights = fit([one for part in examples.values() for _, some in part for one in some], table.strength)
    weights = {"bias": weights.pop("bias"), **dict(sorted((weights | table.kept).items()))}
    return Fitted(table.name, weights, scores, {name: len(sheets) for name, sheets in parts.items()})


def _by_group(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Order pages by the first of their group, so that the last digit of the weights is always the same."""
    places = {group: place for place, group in enumerate(dict.fromkeys(sheet.group for sheet in sheets))}
    return sorted(sheets, key=lambda sheet: places[sheet.group])


def _pick(part: Sequence[tuple[int, list[Example]]], fold: int, *, same: bool) -> list[Example]:
    return [example for number, examples in part if (number == fold) is same for example in examples]


def fold_of(group: str) -> int:
    """Put all pages of one issue, and all that was made of one source, into one fold."""
    return crc32(group.encode()) % FOLDS
