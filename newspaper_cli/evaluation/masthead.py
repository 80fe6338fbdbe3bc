"""Masthead fields against gold: how many are right, and how many are wrong rather than missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspaper_cli.evaluation.alignment import measure_likeness
from newspaper_cli.evaluation.parts import list_items
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
RIGHT, WRONG, MISSING, HARM, ABSENT, INVENTED = VERDICTS = ("right", "wrong", "missing", "harm", "absent", "invented")


def evaluate_masthead(gold: Json, predicted: Json) -> Tally:
    """Compare the fields that gold knows, one by one; a field gold does not mention is not asked about.

    Both arguments are `issue` objects. A null in gold says that the page prints no such thing: a value for it is
    wrong. Counting wrong values apart from missing ones shows a guesser, whom accuracy alone would reward.
    """
    return sum((_compare_field(field, gold, predicted) for field in FIELDS if field in gold), Tally())


def judge_field(field: str, gold: Json, predicted: Json) -> str:
    """Say how a field came out, as one of VERDICTS.

    `harm` is a wrong value beside a reading that is right: the page says it, it was read, and something talked the
    program out of it. It is wrong all the same.
    """
    wanted, found = gold[field], predicted.get(field)
    if wanted is None:
        return ABSENT if found in (None, "") else INVENTED
    if _is_right(field, wanted, found):
        return RIGHT
    if found is None:
        return MISSING
    readings = [item for item in list_items(predicted, "readings") if item.get("field") == field]
    return HARM if any(_is_right(field, wanted, item.get("value")) for item in readings) else WRONG


def _compare_field(field: str, gold: Json, predicted: Json) -> Tally:
    """Compare one field."""
    verdict = judge_field(field, gold, predicted)
    return Tally.of(
        {
            "masthead.wanted": verdict not in (ABSENT, INVENTED),
            "masthead.right": verdict == RIGHT,
            "masthead.wrong": verdict in (WRONG, HARM, INVENTED),
            f"field.{field}.{verdict}": 1,
        }
    )


def _is_right(field: str, wanted: object, found: object) -> bool:
    """Tell whether a value is right: equal, or for a title alike in three characters of four.

    Titles are set in display type and calligraphy, which OCR damages most.
    """
    left, right = normalise(wanted).lower(), normalise(found).lower()
    return left == right or (field == "title" and measure_likeness(left, right) >= TITLE_LIKENESS)
