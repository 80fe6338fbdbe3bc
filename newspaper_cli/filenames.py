"""The date in the name of a file, compared with the date of the issue; a name is never a source.

Names are given by scanners and catalogues in a few forms. A number that is only perhaps a date is none: identifiers and
counters are as long as dates.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from newspaper_cli.document import CheckResult, Note
from newspaper_cli.labels import Check, NoteCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspaper_cli.document import Issue

_YEAR: Final = r"(?P<year>1[6-9]\d\d|20\d\d)"
_PARTED: Final = re.compile(rf"(?<!\d){_YEAR}(?P<gap>[-_. ])(?P<month>\d\d?)(?P=gap)(?P<day>\d\d?)(?!\d)", re.ASCII)
# With one letter that is not Latin after each number, as Chinese, Japanese and Korean write dates.
_UNIT: Final = r"[^\W\d_a-zA-Z]"
_WRITTEN: Final = re.compile(rf"(?<!\d){_YEAR}{_UNIT}(?P<month>\d\d?){_UNIT}(?P<day>\d\d?){_UNIT}")
# The prefix of an identifier of the Library of Congress (sn88064328) has one to three letters: a longer word before
# eight digits is a name.
_PACKED: Final = re.compile(
    rf"(?:(?<![A-Za-z\d])|(?<=[A-Za-z]{{4}})){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d|[A-Za-z]{{2}})", re.ASCII
)
_FORMS: Final = (_PARTED, _WRITTEN, _PACKED)
# Folders count only where their whole names are year, month and day, and the file lies right in them: a folder may
# also bear the day of a scan or of a copy.
_FOLDERS: Final = re.compile(rf"(?:^|/){_YEAR}[-_./]?(?P<month>\d\d)[-_./]?(?P<day>\d\d)$", re.ASCII)


def date_in_name(path: str) -> tuple[date, str] | None:
    """Find the one date in the name of a file, or in the names of its folders, with the text it is written in.

    A name with two dates has none: it may be a span of days, or the day of a scan.

    >>> date_in_name("jingbao/1930-04-12_no1326_p1.txt")
    (datetime.date(1930, 4, 12), '1930-04-12')
    >>> date_in_name("2020年1月31日.txt")
    (datetime.date(2020, 1, 31), '2020年1月31日')
    >>> date_in_name("scans/2020-01/31/p04.txt")
    (datetime.date(2020, 1, 31), '2020-01/31')
    >>> [date_in_name(name) for name in ("sn19160102.txt", "1920-04-03_1920-04-10.txt", "2020-13-01.txt", "0129.txt")]
    [None, None, None, None]
    """
    place = PurePath(path.replace("\\", "/"))
    found = dict(_dates(place.name))
    if not found:
        found = dict(_matched(_FOLDERS, place.parent.as_posix()))
    return next(iter(found.items())) if len(found) == 1 else None


def compare_name(issue: Issue) -> Issue:
    """Add to an issue what its file's name says of its date, where both have one."""
    day = issue.issue.date
    found = date_in_name(issue.source.path) if issue.source.path and day else None
    if found is None or day is None:
        return issue
    named, text = found
    agrees = named.isoformat() == day
    check = CheckResult(Check.FILE_NAME, agrees, text, day)
    fields = replace(issue.issue, checks=(*issue.issue.checks, check))
    note = Note(NoteCode.FILE_NAME_CONFLICT, _date_span(issue), f"the file is named {text}, the page is of {day}")
    return replace(issue, issue=fields, notes=issue.notes if agrees else (*issue.notes, note))


def _date_span(issue: Issue) -> tuple[int, int] | None:
    spans = (span for reading in issue.issue.readings if reading.field == "date" for span in reading.spans)
    return next(spans, None)


def _dates(name: str) -> Iterator[tuple[date, str]]:
    for form in _FORMS:
        yield from _matched(form, name)


def _matched(form: re.Pattern[str], name: str) -> Iterator[tuple[date, str]]:
    for match in form.finditer(name):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        yield day, match[0].strip("/")
