"""Labels against gold: is a head a head, a byline a byline, a subhead no paragraph?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.homes import Unit, find_homes
from newspaper_cli.evaluation.parts import HEADS, Json, count_names, list_items
from newspaper_cli.evaluation.tally import Tally
from newspaper_cli.evaluation.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BODY, SUBHEAD, BYLINE, CAPTION = "body", "subhead", "byline", "caption"
LABELS = (*HEADS, SUBHEAD, BYLINE, BODY, CAPTION)
# The text of a gold part that stands nowhere in the result.
NOWHERE = "nowhere"


def evaluate_labels(gold: Sequence[Json], predicted: Sequence[Json]) -> Tally:
    """Compare the labels of heads, bylines, paragraphs, subheads and captions, part by part and weighed by characters.

    A part is right if its home on the other side (see `find_homes`) has its label: of gold parts that is recall, of
    found parts precision. A found part that gold knows nothing of is a matter of articles and is not counted here.
    Gold that marks no subheads, or lists no captions, is not asked about them: then they count as body or not at all.
    """
    wanted = list_units(gold)
    marked = any(isinstance(item, dict) and item.get("kind") for record in gold for item in _paragraphs(record))
    listed = any("captions" in record for record in gold)
    found = [Unit(BODY, unit.text) if unit.label == SUBHEAD and not marked else unit for unit in list_units(predicted)]
    answers = [found[home].label if home is not None else NOWHERE for home in find_homes(wanted, found)]
    truths = [wanted[home].label if home is not None else NOWHERE for home in find_homes(found, wanted)]
    counts: Counter[str] = Counter()
    for unit, answer in zip(wanted, answers, strict=True):
        counts.update(_count_answer(unit, answer))
    for unit, truth in zip(found, truths, strict=True):
        if truth != NOWHERE and (listed or unit.label != CAPTION):
            counts.update({f"label.{unit.label}.found": 1, f"label.{unit.label}.true": truth == unit.label})
    return Tally.of(counts)


def list_units(articles: Sequence[Json]) -> list[Unit]:
    """List the labelled parts of articles; a byline is its name, for gold seldom has the line it is printed on."""
    return [unit for article in articles for unit in _list_article(article) if unit.text]


def combine(tally: Tally, label: str) -> float | None:
    """Return the F1 of a label; None for one that gold does not use."""
    precision = tally.share(f"label.{label}.true", f"label.{label}.found") or 0.0
    recall = tally.share(f"label.{label}.right", f"label.{label}.wanted")
    if recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def average(tally: Tally) -> float | None:
    """Return the mean F1 of the labels that gold uses: a label with ten parts weighs as much as one with a thousand."""
    known = [value for value in (combine(tally, label) for label in LABELS) if value is not None]
    return sum(known) / len(known) if known else None


def confusion(tally: Tally) -> dict[str, dict[str, int]]:
    """Return how often a gold label was answered by which label, labels that occur only."""
    return {
        label: {
            answer: int(tally[f"confusion.{label}.{answer}"])
            for answer in (*LABELS, NOWHERE)
            if tally[f"confusion.{label}.{answer}"]
        }
        for label in LABELS
        if tally[f"label.{label}.wanted"]
    }


def _count_answer(unit: Unit, answer: str) -> dict[str, int]:
    right, size = answer == unit.label, len(unit.text)
    return {
        f"label.{unit.label}.wanted": 1,
        f"label.{unit.label}.right": right,
        f"confusion.{unit.label}.{answer}": 1,
        "labelled": size,
        "labelled.right": size * right,
    }


def _paragraphs(article: Json) -> list[object]:
    return list(article.get("paragraphs") or [])


def _list_article(article: Json) -> Iterator[Unit]:
    for role in HEADS:
        yield Unit(role, normalise(article.get(role)))
    for name in count_names(article).elements():
        yield Unit(BYLINE, name)
    for item in list_items(article, "paragraphs"):
        yield Unit(SUBHEAD if item.get("kind") == SUBHEAD else BODY, normalise(item.get("text")))
    for item in list_items(article, "captions"):
        yield Unit(CAPTION, normalise(item.get("text")))
