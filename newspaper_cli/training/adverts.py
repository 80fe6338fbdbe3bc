"""What tells paid text from reports: its table, fitted on pages on which a reader marked paid text."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.adverts import TABLE, TIE, features, see
from newspaper_cli.articles import group_blocks
from newspaper_cli.blocks import heading_style, label_page, see_pages
from newspaper_cli.headlines import is_cased_print
from newspaper_cli.pipeline import running_pages
from newspaper_cli.source import read_source
from newspaper_cli.tables import SHIPPED, parse_table
from newspaper_cli.training.base import FOLDS
from newspaper_cli.training.labels import LATIN, FittedLabels, fit_parts
from newspaper_cli.training.marks import number_lines, read_marks
from newspaper_cli.training.sequences import Chain, Item
from newspaper_cli.training.sources import read_recipe_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from newspaper_cli.groups import Group
    from newspaper_cli.tables import Weights
    from newspaper_cli.training.marks import Marks

# An article of which so many lines are paid for is, one of which so few are not; nobody knows of others.
_MOSTLY: Final = 0.6
_HARDLY: Final = 0.4
_HALF: Final = 0.5


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold which file tells what a reader marked, which weights the fit is pulled towards, and what an article weighs.

    Files whose names begin with the same `issue` characters are never in training and test at once.
    """

    file: str
    start: str
    weight: float
    issue: int


def fit_adverts(
    corpus: Path, language: str = "auto", weights: Weights = SHIPPED, *, scored: bool = True
) -> list[FittedLabels]:
    """Fit the table of paid text on what the corpus holds of the recipe; none where it holds nothing.

    The articles are those that joins, labels and headings of `weights` make. Without `scored` no table is fitted again
    for each fold.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    (recipe,) = read_recipe_of("adverts", Recipe)
    chains = list(_chains(recipe, corpus, weights)) if language in {"auto", LATIN} else []
    if not chains:
        return []
    start = parse_table((files(__package__) / recipe.start).read_bytes(), recipe.start)
    return [fit_parts(TABLE, {"paid text": chains}, start, range(FOLDS if scored else 0))]


def _chains(recipe: Recipe, corpus: Path, weights: Weights) -> Iterator[Chain]:
    for marks in read_marks((files(__package__) / recipe.file).read_text("utf-8")):
        if (corpus / marks.path).is_file():
            yield from _read(corpus / marks.path, marks, recipe, weights)


def _read(path: Path, marks: Marks, recipe: Recipe, weights: Weights) -> Iterator[Chain]:
    """Turn the articles of each page into a chain."""
    text = read_source(path).text
    paid = frozenset(number for first, last in marks.rows for number in range(first, int(last) + 1))
    pages = see_pages(running_pages(text))
    style = heading_style(pages)
    for page in pages:
        if not (page.lines and is_cased_print(page.regime, page.language)):
            continue
        groups = group_blocks(label_page(page, style, weights), page.regime, page.language, weights)
        numbers = dict(zip([line.start for line in page.lines], number_lines(text, page.lines), strict=True))
        seen = [see(group, page.language) for group in groups]
        items = [
            Item(tuple(features(one, page.language)), TIE, _is_paid(_numbers(one.group, numbers), marks, paid))
            for one in seen
        ]
        yield Chain(path.stem[: recipe.issue], tuple(items), recipe.weight)


def _numbers(group: Group, numbers: Mapping[int, int]) -> list[int]:
    return [numbers[line.start] for part in group.parts for line in part.labelled.block.lines]


def _is_paid(numbers: Sequence[int], marks: Marks, paid: frozenset[int]) -> bool | None:
    """Tell whether an article is paid for; None where too little of it was read, or where it is both."""
    if sum(map(marks.has_read, numbers)) < len(numbers) * _HALF:
        return None
    share = sum(number in paid for number in numbers) / len(numbers)
    return True if share > _MOSTLY else False if share < _HARDLY else None
