"""What parts headings from running text: the tables of labels, fitted on pages whose headings are known."""

from __future__ import annotations

import json
import random
import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from newspaper_cli.characters import STOPS, printed_width
from newspaper_cli.joins import decide_seams, make_blocks
from newspaper_cli.labeling import describe, features, tie
from newspaper_cli.languages import load_language
from newspaper_cli.pipeline import running_lines
from newspaper_cli.regime import read_regime
from newspaper_cli.tables import SHIPPED
from newspaper_cli.training.alignment import place_lines, read_gold
from newspaper_cli.training.base import FOLDS, fold_of
from newspaper_cli.training.generator import Words, made_pages, made_sheets
from newspaper_cli.training.sequences import Chain, Item, answer, fit_chains
from newspaper_cli.training.sheets import Sheet
from newspaper_cli.training.sources import BLANK_LINES, SEED, read_json, read_recipe_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights

_MARK: Final = re.compile("[，、。；：！？,;.!?]")
# In half-width columns: what is no wider and has no mark is a heading inside an article.
_WIDEST_SUBHEAD: Final = 42
# The longest head in one paragraph of gold that does not tell its heads, in characters.
_LONGEST_HEAD: Final = 90
_FEWEST_MARKS: Final = 2
_LONGEST_SCRAP: Final = 2
_EVEN: Final = 0.5
_HEADS: Final = ("kicker", "headline", "deck")


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


class FittedLabels(msgspec.Struct, frozen=True):
    """Hold a table fitted from nothing, and how each part of the recipe is answered by the other folds."""

    name: str
    weights: dict[str, float]
    scores: dict[str, Labelling]


def fit_labels(corpus: Path, language: str = "auto", weights: Weights = SHIPPED) -> list[FittedLabels]:
    """Fit the tables of labels of one language, or of all, on what the corpus holds of the recipe.

    The blocks are those that the joins of `weights` make.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    recipes = [recipe for recipe in read_recipes() if language in {"auto", recipe.language}]
    read = [(recipe, read_chains(recipe, corpus, weights)) for recipe in recipes]
    return [_fit(recipe.name, parts) for recipe, parts in read if any(parts.values())]


def _fit(name: str, parts: Mapping[str, Sequence[Chain]]) -> FittedLabels:
    scores = dict.fromkeys(parts, Labelling())
    for fold in range(FOLDS):
        weights = fit_chains([chain for part in parts.values() for chain in part if fold_of(chain.group) != fold])
        for part, chains in parts.items():
            for chain in chains:
                scores[part] += _measure(weights, chain) if fold_of(chain.group) == fold else Labelling()
    weights = fit_chains([chain for part in parts.values() for chain in part])
    return FittedLabels(name, weights, scores)


def _measure(weights: Mapping[str, float], chain: Chain) -> Labelling:
    pairs = zip(chain.items, answer(weights, chain), strict=True)
    known = [(item.heads, chance > _EVEN) for item, chance in pairs if item.heads is not None]
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
            told = list(_told(read_json(path)["articles"], keyed=part.kind == "keyed"))
            for lines in running_lines(text if part.blanks else BLANK_LINES.sub("\n", text), language):
                heads = judge_lines(lines, told, whole=part.kind == "told")
                yield Sheet(path.stem[: part.issue], lines, (), part.weight, heads)


def _told(articles: Sequence[Mapping[str, Any]], *, keyed: bool) -> Iterator[tuple[str, bool | None]]:
    """Give the texts of gold in order, each with whether it is a heading."""
    for article in articles:
        yield from ((article[name], True) for name in _HEADS if article.get(name))
        for place, text in enumerate(article["paragraphs"]):
            marks = len(_MARK.findall(text))
            if not keyed:
                short = printed_width(text) <= _WIDEST_SUBHEAD and text[-1] not in STOPS
                yield text, (None if marks else True) if short else False
            elif not place and not marks and len(text) <= _LONGEST_HEAD:
                yield text, True
            else:
                yield text, False if marks >= _FEWEST_MARKS else None


def judge_lines(lines: Sequence[Line], told: Sequence[tuple[str, bool | None]], *, whole: bool) -> list[bool | None]:
    """Say of each line whether it is one of a heading; None where gold does not tell.

    Where gold is `whole`, a scrap of one or two characters that it lacks is what recognition left of running text.
    """
    gold = read_gold([text for text, _ in told], exact=False)
    ends = sorted(gold.ends)
    answers = [answer for text, answer in told if text.split()]
    found = zip(lines, place_lines(lines, gold), strict=True)
    return [
        answers[min(bisect_right(ends, place[0]), len(ends) - 1)]
        if place
        else (False if whole and len(line.text) <= _LONGEST_SCRAP else None)
        for line, place in found
    ]


def chains_of(sheet: Sheet, language: Language, weights: Weights) -> Iterator[Chain]:
    """Turn a page whose headings are known into chains: the runs of blocks that no rule labels."""
    if not sheet.lines:
        return
    regime = read_regime(sheet.lines)
    blocks = make_blocks(sheet.lines, decide_seams(sheet.lines, regime, language, weights))
    ruled, shapes = describe(blocks, regime, language)
    answers = iter(sheet.heads)
    known = [_agreed([next(answers) for _ in block.lines]) for block in blocks]
    for free, run in groupby(range(len(blocks)), lambda place: place not in ruled):
        if free:
            items = tuple(Item(tuple(features(shapes[place])), tie(shapes[place]), known[place]) for place in run)
            yield Chain(sheet.group, items, sheet.weight)


def _agreed(answers: Sequence[bool | None]) -> bool | None:
    return answers[0] if len(set(answers)) == 1 else None
