"""Write the table of Chinese lunar years that `newspaper_cli.calendars` reads.

Run by hand, with the development dependency sxtwl, when the span of years or the source changes:

    python tests/lunar_table.py > newspaper_cli/weights/lunar.tsv

The columns are described in `newspaper_cli/weights/README.md`. The output is the same on every run.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

import sxtwl

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR = 1849  # begins before 1850-01-01, so that every day of the Gregorian year 1850 has a lunar date
LAST_YEAR = 2100
COLUMNS = ("year", "new_year", "leap", "months", "terms")
SECOND_TERM_SHIFT = 15  # days 18 to 24 become one digit, like days 3 to 9 of the first term


class Month(NamedTuple):
    """Hold the first day of one lunar month, as a day of sxtwl, and how many days the month has."""

    first: Any
    length: int

    def opens_year(self) -> bool:
        """Tell whether this is the first month of a year; a leap month of that number follows it, never opens one."""
        return bool(self.first.getLunarMonth() == 1 and not self.first.isLunarLeap())


def months() -> Iterator[Month]:
    """Yield every lunar month from some time in 1848 on."""
    first = sxtwl.fromSolar(FIRST_YEAR, 1, 1)
    first = first.before(first.getLunarDay() - 1)
    while True:
        length = 29 if first.after(29).getLunarDay() == 1 else 30
        yield Month(first, length)
        first = first.after(length)


def years() -> Iterator[list[Month]]:
    """Yield the months of each lunar year from `FIRST_YEAR` on."""
    held: list[Month] = []
    for month in months():
        if month.opens_year() and held:
            yield held
        if month.opens_year():
            held = [month]
        elif held:
            held.append(month)


def term_digits(year: int) -> str:
    """Return one digit for each of the 24 solar terms of a Gregorian year, two a month from 小寒 in January.

    Days are asked for one by one, for getJieQiByYear of sxtwl gives the 小寒 of 1879 a whole day late.
    """
    terms = ((month, shift) for month in range(1, 13) for shift in (0, SECOND_TERM_SHIFT))
    return "".join(
        str(next(digit for digit in range(3, 10) if sxtwl.fromSolar(year, month, digit + shift).hasJieQi()))
        for month, shift in terms
    )


def row(year: int, months_of_year: list[Month]) -> str:
    """Return one line of the table."""
    first = months_of_year[0].first
    new_year = f"{first.getSolarYear():04}-{first.getSolarMonth():02}-{first.getSolarDay():02}"
    leap = next((month.first.getLunarMonth() for month in months_of_year if month.first.isLunarLeap()), 0)
    lengths = " ".join(str(month.length) for month in months_of_year)
    return "\t".join((str(year), new_year, str(leap), lengths, term_digits(year)))


def table() -> str:
    """Return the whole table as text, comment lines and column names first."""
    lines = [
        f"# Chinese lunar years {FIRST_YEAR} to {LAST_YEAR} from sxtwl {version('sxtwl')}.",
        "# Written by tests/lunar_table.py; README.md in this folder tells of the columns.",
        "\t".join(COLUMNS),
    ]
    span = range(FIRST_YEAR, LAST_YEAR + 1)
    lines += (row(year, of_year) for year, of_year in zip(span, years(), strict=False))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
