"""Where articles open: the table of starts, fitted on pages of known articles, read without their blank lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.articles import group_by_headings
from newspaper_cli.joins import decide_seams, make_blocks
from newspaper_cli.labeling import label_blocks
from newspaper_cli.languages import load_language
from newspaper_cli.pipeline import running_lines
from newspaper_cli.regime import read_regime
from newspaper_cli.starts import features, look_at
from newspaper_cli.tables import SHIPPED
from newspaper_cli.training.alignment import squeezed
from newspaper_cli.training.fitting import Example, regress, rounded
from newspaper_cli.training.sources import BLANK_LINES, read_json, read_recipe_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights

# How much of an article's beginning is looked for, in strings of how many characters, where it is not found as it is.
_OPENING: Final = 24
_GRAM: Final = 3
_FEWEST_VOTES: Final = 2
_LEAST_VOTES: Final = 0.25
_LEEWAY: Final = 6
_STRENGTH: Final = 0.5


class Pages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold where pages of known articles come from: gold issues, and the raw pages above their folder."""

    files: str
    shape: str = ""
    language: str = "zh"


def fit_starts(corpus: Path, weights: Weights = SHIPPED) -> dict[str, float]:
    """Fit the table of starts on what the corpus holds of the recipe; empty where it holds nothing.

    The blocks are those that the joins and labels of `weights` make.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    examples = [
        example
        for pages in read_recipe_of("starts", Pages)
        for gold in sorted(corpus.glob(pages.files))
        if (raw := gold.parent.parent / f"{gold.stem}{pages.shape}.txt").exists()
        for example in _examples(raw, gold, load_language(pages.language), weights)
    ]
    return rounded(regress(examples, _STRENGTH)) if examples else {}


def _examples(raw: Path, gold: Path, language: Language, weights: Weights) -> Iterator[Example]:
    """Turn the blocks of a page into examples; whether one opens an article is told by gold."""
    text = BLANK_LINES.sub("\n", raw.read_bytes().decode())
    articles = read_json(gold)["articles"]
    for lines in running_lines(text, language):
        if not lines:
            continue
        starts = place_starts(lines, articles)
        regime = read_regime(lines)
        blocks = make_blocks(lines, decide_seams(lines, regime, language, weights))
        groups = group_by_headings(label_blocks(blocks, regime, language, weights), regime, language, weights)
        opened = set(accumulate([len(group.parts) for group in groups], initial=0))
        parts = [part.labelled for group in groups for part in group.parts]
        looks = [look_at(item) for item in parts]
        for place in range(1, len(parts)):
            names = features(looks, place, regime.mode, "yes" if place in opened else "no")
            yield Example(tuple(names), parts[place].block.lines[0].start in starts, 1.0)


def place_starts(lines: Sequence[Line], articles: Sequence[Mapping[str, object]]) -> frozenset[int]:
    """Find the lines that open the articles of gold, by their place in the source; misread ones by a vote."""
    texts = [squeezed(line.text) for line in lines]
    begins = list(accumulate(map(len, texts), initial=0))[:-1]
    page = "".join(texts)
    where: dict[str, list[int]] = defaultdict(list)
    for at in range(len(page) - _GRAM + 1):
        where[page[at : at + _GRAM]].append(at)
    found = {place for article in articles if (place := _find(_opening(article), page, where)) is not None}
    nearest = {place: min(range(len(lines)), key=lambda index: abs(begins[index] - place)) for place in sorted(found)}
    return frozenset(lines[index].start for place, index in nearest.items() if abs(begins[index] - place) <= _LEEWAY)


def _opening(article: Mapping[str, object]) -> str:
    """Give what an article begins with in print: its first head, or the beginning of its text."""
    heads = [squeezed(str(article[name])) for name in ("kicker", "headline", "deck") if article.get(name)]
    paragraphs = article.get("paragraphs")
    body = "".join(squeezed(text) for text in paragraphs) if isinstance(paragraphs, list) else ""
    return heads[0] if heads else body[:_OPENING]


def _find(text: str, page: str, where: Mapping[str, Sequence[int]]) -> int | None:
    exact = page.find(text)
    if exact >= 0 or not text:
        return exact if text else None
    votes = Counter(place - at for at in range(len(text) - _GRAM + 1) for place in where.get(text[at : at + _GRAM], ()))
    best = max(votes.items(), key=lambda vote: (vote[1], -vote[0]), default=(0, 0))
    return best[0] if best[1] >= max(_FEWEST_VOTES, len(text) * _LEAST_VOTES) else None
