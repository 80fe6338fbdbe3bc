"""The issues of one title in a row: what their numbers and days say about each other.

A number out of its row is told only where the files before and after it agree without it and with nothing else left
out; papers that skip days, double their issues or begin to count anew are no conflict. Where every day has its number,
a number whose file has no date is dated by its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from newspaper_cli.calendars import lunar_of, lunar_text, weekday_name
from newspaper_cli.document import CheckResult, Note
from newspaper_cli.filenames import compare_name
from newspaper_cli.labels import Basis, Check, NoteCode
from newspaper_cli.trigrams import load_trigrams

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newspaper_cli.document import Issue, Span

_NUMBER: Final = re.compile(r"\d{1,7}", re.ASCII)
# A morning and an evening paper are two issues a day, and both ends of a span may hold two.
_ISSUES_A_DAY: Final = 2
# Files on each side that are asked about a file.
_REACH: Final = 2
# Where nothing stands on the other side, two files must be this near for their numbers to contradict each other.
_NEAR_DAYS: Final = 7
# A number so many days away at most may be right, and the date wrong.
_MISREAD_DAYS: Final = 31


class Place(msgspec.Struct, frozen=True, gc=False):
    """Hold what is remembered of one file: its title in one spelling, its number, its day as an ordinal."""

    name: str
    title: str
    number: int
    day: int | None
    weekday: str | None
    lunar: str | None


class Verdict(msgspec.Struct, frozen=True):
    """Hold what the other files say of one: the number they expect, whether it has it, or the day they leave."""

    expected: str = ""
    agrees: bool = True
    day: date | None = None
    text: str = ""


_AGREES: Final = Verdict()


class _Point(msgspec.Struct, frozen=True, order=True):
    """Hold one issue of a run; files that are pages of one issue are one point, named by the first of them."""

    day: int
    number: int
    name: str = ""

    @property
    def offset(self) -> int:
        """Give what stays the same while every day has its number."""
        return self.day - self.number


def place_of(issue: Issue) -> Place | None:
    """Take from an issue what the comparison needs; None where it has no title or no number that counts issues."""
    fields = issue.issue
    number = fields.issue_number or ""
    if not fields.title or not _NUMBER.fullmatch(number):
        return None
    day = date.fromisoformat(fields.date).toordinal() if fields.date else None
    name = issue.source.path or "standard input"
    return Place(name, _fold(fields.title), int(number), day, fields.weekday, fields.lunar_date)


def _fold(title: str) -> str:
    """Give a title in one spelling: no spaces, small letters, simplified characters."""
    plain = "".join(unicodedata.normalize("NFKC", title).casefold().split())
    return load_trigrams().fold(plain)


def compare_places(places: Sequence[Place | None]) -> Mapping[int, Verdict]:
    """Compare the files of a run, title by title; give the verdicts by the place of the file in the run."""
    titles: dict[str, list[int]] = {}
    for index, place in enumerate(places):
        if place is not None:
            titles.setdefault(place.title, []).append(index)
    verdicts: dict[int, Verdict] = {}
    for indexes in titles.values():
        verdicts.update(_compare_title({index: place for index in indexes if (place := places[index])}))
    return verdicts


def settle(issue: Issue, verdict: Verdict) -> Issue:
    """Add to an issue what the other files say of it; a printed date is never changed."""
    fields = issue.issue
    if verdict.day is not None:
        basis = {**fields.basis, "date": Basis.INFERRED}
        note = Note(NoteCode.DATE_INFERRED, _number_span(issue), verdict.text)
        dated = replace(fields, date=verdict.day.isoformat(), basis=basis)
        return compare_name(replace(issue, issue=dated, notes=(*issue.notes, note)))
    printed = next((r.text[0] for r in fields.readings if r.field == "issue_number"), fields.issue_number or "")
    checks = (*fields.checks, CheckResult(Check.ISSUE_NUMBER, verdict.agrees, printed, verdict.expected))
    notes = issue.notes
    if not verdict.agrees:
        notes = (*notes, Note(NoteCode.ISSUE_NUMBER_CONFLICT, _number_span(issue), verdict.text))
    return replace(issue, issue=replace(fields, checks=checks), notes=notes)


def _number_span(issue: Issue) -> Span | None:
    spans = (span for reading in issue.issue.readings if reading.field == "issue_number" for span in reading.spans)
    return next(spans, None)


def _compare_title(places: Mapping[int, Place]) -> Iterator[tuple[int, Verdict]]:
    """Compare the files of one title."""
    named = {
        (place.day, place.number): place.name for place in reversed(tuple(places.values())) if place.day is not None
    }
    points = sorted(_Point(day, number, name) for (day, number), name in named.items() if day is not None)
    found = dict(_judge(points))
    dated = _dates_by_number(point for point in points if found.get(point, _AGREES).agrees)
    numbers = tuple(dated)
    for index, place in places.items():
        if place.day is not None:
            verdict = found.get(_Point(place.day, place.number, named[place.day, place.number]))
        else:
            verdict = _date(place, dated, numbers)
        if verdict is not None:
            yield index, verdict


def _judge(points: Sequence[_Point]) -> Iterator[tuple[_Point, Verdict]]:
    """Judge each point by those around it; then the breaks between points that nothing has explained."""
    wrong: set[_Point] = set()
    for index in range(1, len(points) - 1):
        point = points[index]
        before, after = points[max(0, index - _REACH) : index], points[index + 1 : index + 1 + _REACH]
        expected = _expect(before, point, after)
        if expected is not None:
            wrong.add(point)
            yield point, Verdict(expected, agrees=False, text=_tell(before[-1], point, after[0]))
    sound = [point for point in points if point not in wrong]
    for three in zip(sound, sound[1:], sound[2:], strict=False):
        if _rises(three):
            yield three[1], Verdict(str(three[1].number))
    yield from _find_breaks(sound)


def _expect(before: Sequence[_Point], point: _Point, after: Sequence[_Point]) -> str | None:
    """Give the number that a point should have, where all around it form a run and it alone does not fit."""
    around = (*before, *after)
    offsets = {other.offset for other in around}
    if len(offsets) == 1:
        return None if point.offset in offsets else str(point.day - offsets.pop())
    low, high = before[-1], after[0]
    if low.number < point.number < high.number or not _rises(around) or (_fits(low, point) and _fits(point, high)):
        return None
    every = (*before, point, *after)
    if any(_rises([other for other in every if other is not left_out]) for left_out in around):
        # The row is whole as well without another file: nobody can say which of the two is wrong.
        return None
    return _between(low.number + 1, high.number - 1)


def _find_breaks(points: Sequence[_Point]) -> Iterator[tuple[_Point, Verdict]]:
    """Find neighbours whose numbers contradict each other while all around them fits.

    The side that fewer files speak for is told, both where as many speak for one as for the other.
    """
    fits = [_fits(*pair) for pair in pairwise(points)]
    for index, (low, high) in enumerate(pairwise(points)):
        near = 0 < high.day - low.day <= _NEAR_DAYS and high.number != low.number
        before, after = fits[max(0, index - _REACH) : index], fits[index + 1 : index + 1 + _REACH]
        if fits[index] or not near or not all((*before, *after)):
            continue
        text = f"no. {low.number} on {_iso(low)} ({low.name}) and no. {high.number} on {_iso(high)} ({high.name})"
        days = high.day - low.day
        if len(before) <= len(after):
            expected = _between(high.number - days, high.number - 1)
            yield low, Verdict(expected, agrees=False, text=f"{text} cannot both be right")
        if len(after) <= len(before):
            expected = _between(low.number + 1, low.number + days)
            yield high, Verdict(expected, agrees=False, text=f"{text} cannot both be right")


def _dates_by_number(points: Iterable[_Point]) -> dict[int, list[_Point]]:
    numbers: dict[int, list[_Point]] = {}
    for point in sorted(points, key=lambda point: point.number):
        numbers.setdefault(point.number, []).append(point)
    return numbers


def _date(place: Place, dated: Mapping[int, Sequence[_Point]], numbers: Sequence[int]) -> Verdict | None:
    """Find the one day that files of the same number, or those of the numbers around it, leave for a file."""
    if place.number in dated:
        return _settle_day(place, dated[place.number][0].day, dated[place.number])
    index = bisect_left(numbers, place.number)
    if not 0 < index < len(numbers):
        return None
    low, high = dated[numbers[index - 1]], dated[numbers[index]]
    if low[0].offset != high[0].offset or len(low) > 1 or len(high) > 1:
        return None
    return _settle_day(place, low[0].offset + place.number, (*low, *high))


def _settle_day(place: Place, ordinal: int, witnesses: Sequence[_Point]) -> Verdict | None:
    """Give the day, if the witnesses leave one and neither weekday nor lunar date of the page speaks against it."""
    day = date.fromordinal(ordinal)
    if place.weekday not in {None, weekday_name(day)} or not _may_be_lunar(place.lunar, day):
        return None
    if any(one.day != other.day and one.number == other.number for one, other in pairwise(witnesses)):
        return None
    return Verdict(day=day, text=f"the date of no. {place.number} is worked out from {_told(*witnesses)}")


def _may_be_lunar(printed: str | None, day: date) -> bool:
    lunar = lunar_of(day)
    if printed is None or lunar is None:
        return True
    return printed in {lunar_text(lunar, traditional=traditional) for traditional in (False, True)}


def _fits(low: _Point, high: _Point) -> bool:
    """Tell whether one point can follow another: by as many issues as the days can hold, or counted anew."""
    most = _ISSUES_A_DAY * (high.day - low.day) + 1
    return 0 < high.number - low.number <= most or high.number <= most


def _rises(points: Iterable[_Point]) -> bool:
    """Tell whether each point follows the one before it in one row of numbers."""
    return all(
        0 < high.number - low.number <= _ISSUES_A_DAY * (high.day - low.day) + 1 for low, high in pairwise(points)
    )


def _between(least: int, most: int) -> str:
    return str(least) if least >= most else f"{least} to {most}"


def _iso(point: _Point) -> str:
    return date.fromordinal(point.day).isoformat()


def _told(*points: _Point) -> str:
    return " and ".join(f"no. {point.number} on {_iso(point)} ({point.name})" for point in points)


def _tell(low: _Point, point: _Point, high: _Point) -> str:
    """Say what a point does not fit, and which day its number would be of where every day has its number."""
    text = f"no. {point.number} on {_iso(point)} does not fit {_told(low, high)}"
    meant = low.offset + point.number
    if low.offset == high.offset and abs(meant - point.day) <= _MISREAD_DAYS:
        return f"{text}; no. {point.number} would be of {date.fromordinal(meant).isoformat()}"
    return text
