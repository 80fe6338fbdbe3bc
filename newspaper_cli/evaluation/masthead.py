"""Masthead fields against gold: how many are right, and how many are wrong rather than missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspaper_cli.evaluation.alignment import measure_likeness
from newspaper_cli.evaluation.tally import Tally
from newspaper_cli.evaluation.text import normalise

if TYPE_CHECKING:
    from newspaper_cli.evaluation.parts import Json

FIELDS = (
    "title",
    "date",
    "weekday",
    "lunar_date",
    "issue_number",
    "page_count",
    "volume",
    "place",
    "cn_number",
    "postal_code",
    "price",
)
TITLE_LIKENESS = 0.75


def evaluate_masthead(gold: Json, predicted: Json) -> Tally:
    """Compare the fields that gold knows, one by one; a field gold does not mention is not asked about.

    Both arguments are `issue` objects. A null in gold says that the page prints no such thing: a value for it is
    wrong. Counting wrong values apart from missing ones shows a guesser, whom accuracy alone would reward.
    """
    return sum((_compare_field(field, gold, predicted) for field in FIELDS if field in gold), Tally())


def _compare_field(field: str, gold: Json, predicted: Json) -> Tally:
    """Compare one field."""
    wanted, found = gold[field], predicted.get(field)
    if wanted is None:
        return Tally.of({"masthead.wrong": found not in (None, "")})
    right = _is_right(field, normalise(wanted).lower(), normalise(found).lower())
    return Tally.of({"masthead.wanted": 1, "masthead.right": right, "masthead.wrong": not right and found is not None})


def _is_right(field: str, wanted: str, found: str) -> bool:
    """Tell whether a value is right: equal, or for a title alike in three characters of four.

    Titles are set in display type and calligraphy, which OCR damages most.
    """
    return wanted == found or (field == "title" and measure_likeness(wanted, found) >= TITLE_LIKENESS)
