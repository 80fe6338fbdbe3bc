"""What parts headings from running text: the tables of labels, fitted on pages whose headings are known."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from newspaper_cli.headlines import TABLE
from newspaper_cli.languages import load_language
from newspaper_cli.pipeline import running_lines
from newspaper_cli.tables import SHIPPED
from newspaper_cli.training.base import FOLDS, fold_of
from newspaper_cli.training.generator import Words, made_pages, made_sheets
from newspaper_cli.training.headings import chains_of, judge_lines, tell_headings
from newspaper_cli.training.latin_headings import read_start, read_stretches
from newspaper_cli.training.sequences import Chain, answer, fit_chains
from newspaper_cli.training.sheets import Sheet
from newspaper_cli.training.sources import BLANK_LINES, SEED, read_json, read_recipe_of
from newspaper_cli.training.stretches import Stretch, answer_lines, fit_stretches, is_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights

Learnt: TypeAlias = Chain | Stretch

_EVEN: Final = 0.5
# The language by which the tables of Latin script are asked for.
LATIN: Final = "en"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold where the pages of one part come from; `recipe.toml` says what the fields mean."""

    name: str
    kind: Literal["told", "keyed", "made"]
    files: str
    shape: str = ""
    issue: int = 22
    blanks: bool = True
    count: int = 0
    weight: float = 1.0


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold what one table of labels is fitted on."""

    name: str
    language: str
    words: Words
    parts: tuple[Part, ...]


class Labelling(msgspec.Struct, frozen=True):
    """Count answers about blocks: `heads` are in gold, `found` in the answers, `hits` in both."""

    blocks: int = 0
    heads: int = 0
    found: int = 0
    hits: int = 0

    def __add__(self, other: Labelling) -> Labelling:
        """Add up the counts."""
        pairs = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)
        return Labelling(*(one + two for one, two in pairs))


class AdaptedLabels(msgspec.Struct, frozen=True):
    """Hold one table of labels that was adapted; `after` and `before` as of joins (`own.Adapted`)."""

    name: str
    weights: dict[str, float]
    pages: int
    before: Labelling
    after: Labelling | None


class FittedLabels(msgspec.Struct, frozen=True):
    """Hold a table fitted from nothing, and how each part of the recipe is answered by the other folds."""

    name: str
    weights: dict[str, float]
    scores: dict[str, Labelling]


def fit_labels(
    corpus: Path, language: str = "auto", weights: Weights = SHIPPED, *, scored: bool = True
) -> list[FittedLabels]:
    """Fit the tables of labels of one language, or of all, on what the corpus holds of the recipe.

    The blocks are those that the joins of `weights` make. Without `scored` no table is fitted again for each fold.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    recipes = [recipe for recipe in read_recipes() if language in {"auto", recipe.language}]
    read: list[tuple[str, Mapping[str, Sequence[Learnt]], Mapping[str, float]]] = [
        (recipe.name, read_chains(recipe, corpus, weights), {}) for recipe in recipes
    ]
    if language in {"auto", LATIN}:
        read.append((TABLE, read_stretches(corpus), read_start()))
    folds = range(FOLDS if scored else 0)
    return [fit_parts(name, parts, start, folds) for name, parts, start in read if any(parts.values())]


def fit_parts(
    name: str, parts: Mapping[str, Sequence[Learnt]], start: Mapping[str, float], folds: Iterable[int]
) -> FittedLabels:
    """Fit one table, pulled towards a known one, and count how each part is answered by those of the other folds."""
    scores = dict.fromkeys(parts, Labelling())
    for fold in folds:
        weights = fit_learnt([one for part in parts.values() for one in part if fold_of(one.group) != fold], start)
        for part, chains in parts.items():
            for chain in chains:
                scores[part] += measure_labels(weights, chain) if fold_of(chain.group) == fold else Labelling()
    weights = fit_learnt([one for part in parts.values() for one in part], start)
    return FittedLabels(name, weights, scores)


def fit_learnt(learnt: Sequence[Learnt], start: Mapping[str, float]) -> dict[str, float]:
    """Fit a table to chains of blocks or to stretches of lines, whichever they are, pulled towards a known one."""
    chains = [one for one in learnt if isinstance(one, Chain)]
    stretches = [one for one in learnt if isinstance(one, Stretch)]
    return fit_stretches(stretches, start) if stretches else fit_chains(chains, start)


def measure_labels(weights: Mapping[str, float], learnt: Learnt) -> Labelling:
    """Count how a table answers whether blocks or lines are of headings."""
    if isinstance(learnt, Chain):
        pairs = zip([item.yes for item in learnt.items], answer(weights, learnt), strict=True)
    else:
        pairs = zip(map(is_heading, learnt.known), answer_lines(weights, learnt), strict=True)
    known = [(heads, chance > _EVEN) for heads, chance in pairs if heads is not None]
    heads, found = sum(heads for heads, _ in known), sum(found for _, found in known)
    return Labelling(len(known), heads, found, sum(heads and found for heads, found in known))


def read_recipes() -> tuple[Recipe, ...]:
    """Read which tables of labels are fitted on what."""
    return read_recipe_of("labels", Recipe)


def read_chains(recipe: Recipe, corpus: Path, weights: Weights) -> dict[str, list[Chain]]:
    """Read or make the chains of each part; a part whose files are not there has none."""
    language = load_language(recipe.language)
    return {
        part.name: [
            chain
            for sheet in _sheets(part, corpus, recipe.words, language)
            for chain in chains_of(sheet, language, weights)
        ]
        for part in recipe.parts
    }


def _sheets(part: Part, corpus: Path, words: Words, language: Language) -> Iterator[Sheet]:
    paths = sorted(corpus.glob(part.files))
    if part.kind == "made":
        articles = [json.loads(row) for path in paths for row in path.read_text("utf-8").splitlines()]
        draw = random.Random(SEED)  # noqa: S311  # repeatable is what is wanted
        pages = made_pages(articles, words, draw, part.count) if articles else iter(())
        yield from made_sheets(pages, [f"made{SEED}-{fold}" for fold in range(FOLDS)], part.weight)
        return
    for path in paths:
        raw = path.parent.parent / f"{path.stem}{part.shape}.txt"
        if raw.exists():
            text = raw.read_bytes().decode()
            told = list(tell_headings(read_json(path)["articles"], keyed=part.kind == "keyed"))
            for lines in running_lines(text if part.blanks else BLANK_LINES.sub("\n", text), language):
                heads = judge_lines(lines, told, whole=part.kind == "told")
                yield Sheet(path.stem[: part.issue], lines, (), part.weight, heads)
