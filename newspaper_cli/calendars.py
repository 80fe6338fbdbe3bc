"""Reckon with the calendars that Chinese newspapers print: Gregorian, lunar, 干支 years, eras, and their numerals.

Lunar dates come from a table (`weights/lunar.tsv`), since no short rule gives them: months follow true new moons as the
almanacs of the time had them. The words come from `languages/zh/calendar.toml`. Both files are read when first needed.
Nothing here looks for a date in a text; these functions answer for a word or a day that was already found.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import accumulate

import msgspec

FIRST_DAY = date(1850, 1, 1)
LAST_DAY = date(2100, 12, 31)

_FIRST_ORDINAL, _LAST_ORDINAL = FIRST_DAY.toordinal(), LAST_DAY.toordinal()
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SECOND_TERM_SHIFT = 15  # the table writes days 18 to 24 of a month as 3 to 9
_MYRIAD = 10_000
_LONGEST_NUMERAL = 16  # nothing a newspaper counts is longer; a page of digits must not become one number


class LunarDate(msgspec.Struct, frozen=True, order=True):
    """Hold one day of the Chinese lunar calendar.

    `year` is the Gregorian year in which its 正月初一 falls, so the first weeks of a Gregorian year belong to the lunar
    year before. `month` is 1 to 12; a leap month bears the number of the month before it.
    """

    year: int
    month: int
    leap: bool
    day: int


class Era(msgspec.Struct, frozen=True):
    """Hold how an era counts: its year 1 is `offset` + 1, its last one `offset` + `years`, if it ended."""

    offset: int
    years: int | None = None


class SexagenaryWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the ten stems and twelve branches in order, and the word for a year."""

    stems: str
    branches: str
    year: str


class LunarWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the names of months and days as the program writes them, and what else print calls them."""

    months: tuple[str, ...]
    days: tuple[str, ...]
    leap_simplified: str
    leap_traditional: str
    day_prefix: str
    month_suffix: str
    day_suffix: str
    other_months: dict[str, int]


class WeekdayWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold what names a day of the week: prefixes and days, and the style named after heavenly bodies, Monday first."""

    prefixes: tuple[str, ...]
    days: str
    other_sundays: str
    luminaries: str
    luminary_suffixes: tuple[str, ...]


class NumeralWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the characters of numerals by value; `misread` are characters that OCR prints in place of a digit."""

    first: str
    digits: dict[int, str]
    units: dict[int, str]
    tens: dict[int, str]
    misread: dict[int, str]


class SolarTermWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the names of the 24 solar terms in the order of the Gregorian year, two a month."""

    simplified: tuple[str, ...]
    traditional: tuple[str, ...]


class CalendarWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold all of `languages/zh/calendar.toml`."""

    sexagenary: SexagenaryWords
    lunar: LunarWords
    weekdays: WeekdayWords
    eras: dict[str, Era]
    numerals: NumeralWords
    solar_terms: SolarTermWords


class _LunarYear(msgspec.Struct, frozen=True):
    """Hold one row of the table: ordinals of the first day of each month and of the next year, the leap month or 0.

    `terms` are the 24 solar terms of the Gregorian year of this number, one digit each.
    """

    year: int
    starts: tuple[int, ...]
    leap: int
    terms: str


class _Glyphs(msgspec.Struct, frozen=True):
    """Hold numerals ready for `str.translate`: `plain` leaves ASCII digits and one sign for each unit."""

    plain: dict[int, str]
    misread: dict[int, str]
    units: tuple[tuple[str, int], ...]


@cache
def calendar_words() -> CalendarWords:
    """Give the words of the calendar, for callers that build patterns or candidates from them."""
    text = (files(__package__) / "languages" / "zh" / "calendar.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), CalendarWords, str_keys=True)


def lunar_of(day: date) -> LunarDate | None:
    """Give the lunar date of a Gregorian day, None outside the table (1850-01-01 to 2100-12-31).

    >>> lunar_of(date(2020, 1, 31))
    LunarDate(year=2020, month=1, leap=False, day=7)
    """
    ordinal = day.toordinal()
    if not _FIRST_ORDINAL <= ordinal <= _LAST_ORDINAL:
        return None
    held = _lunar_year(day.year)
    if ordinal < held.starts[0]:
        held = _lunar_year(day.year - 1)
    place = bisect_right(held.starts, ordinal)
    after_leap = 0 < held.leap < place
    month = place - after_leap
    return LunarDate(held.year, month, after_leap and month == held.leap, ordinal - held.starts[place - 1] + 1)


def gregorian_of(lunar: LunarDate) -> date | None:
    """Give the Gregorian day of a lunar date; None where the calendar has no such day or the table does not reach.

    >>> gregorian_of(LunarDate(2033, 11, True, 4))
    datetime.date(2033, 12, 25)
    """
    if lunar.year not in _lunar_rows() or not 1 <= lunar.month <= len(calendar_words().lunar.months):
        return None
    held = _lunar_year(lunar.year)
    if lunar.leap and lunar.month != held.leap:
        return None
    place = lunar.month + (lunar.leap or 0 < held.leap < lunar.month)
    ordinal = held.starts[place - 1] + lunar.day - 1
    inside_month = held.starts[place - 1] <= ordinal < held.starts[place]
    return date.fromordinal(ordinal) if inside_month and _FIRST_ORDINAL <= ordinal <= _LAST_ORDINAL else None


def lunar_text(lunar: LunarDate, *, traditional: bool) -> str:
    """Write a lunar date whole: 干支 year, month and day, without a final 日.

    >>> lunar_text(LunarDate(2033, 11, True, 4), traditional=True)
    '癸丑年閏十一月初四'
    """
    words = calendar_words()
    leap = words.lunar.leap_traditional if traditional else words.lunar.leap_simplified
    month = (leap if lunar.leap else "") + words.lunar.months[lunar.month - 1]
    return sexagenary(lunar.year) + words.sexagenary.year + month + words.lunar.days[lunar.day - 1]


def parse_lunar_month(text: str) -> tuple[int, bool] | None:
    """Read the name of a lunar month, with or without 月, as its number and whether it is a leap month.

    >>> parse_lunar_month("閏四月"), parse_lunar_month("腊月")
    ((4, True), (12, False))
    """
    words = calendar_words().lunar
    name = text.removeprefix(words.leap_simplified).removeprefix(words.leap_traditional)
    bare = name.removesuffix(words.month_suffix)
    full = bare + words.month_suffix
    number = words.other_months.get(full) or _place(full, words.months) or parse_numeral(bare)
    return (number, name != text) if number is not None and 1 <= number <= len(words.months) else None


def parse_lunar_day(text: str) -> int | None:
    """Read the name of a lunar day, with or without 日, as a number from 1 to 30.

    >>> parse_lunar_day("初七"), parse_lunar_day("二十一日")
    (7, 21)
    """
    words = calendar_words().lunar
    number = parse_numeral(text.removesuffix(words.day_suffix).removeprefix(words.day_prefix))
    return number if number is not None and 1 <= number <= len(words.days) else None


def sexagenary(year: int) -> str:
    """Name a lunar year by stem and branch.

    >>> sexagenary(2020)
    '庚子'
    """
    words = calendar_words().sexagenary
    # Year 4 of our era began a cycle.
    return words.stems[(year - 4) % 10] + words.branches[(year - 4) % 12]


def sexagenary_index(name: str) -> int | None:
    """Give the place of a 干支 name in the cycle, 0 for 甲子; None for a pair that never meets, such as 甲丑."""
    words = calendar_words().sexagenary
    stem, branch = _place(name[:1], words.stems), _place(name[1:], words.branches)
    if stem is None or branch is None or (stem - branch) % 2:
        return None
    # The one number below 60 that leaves the stem modulo 10 and the branch modulo 12.
    return (6 * (stem - 1) - 5 * (branch - 1)) % 60


def year_of_sexagenary(name: str, near: int) -> int | None:
    """Give the year with this 干支 name nearest to `near`, the earlier of two equally near; None for no such name.

    >>> year_of_sexagenary("庚申", 1920), year_of_sexagenary("庚申", 2000)
    (1920, 1980)
    """
    index = sexagenary_index(name)
    return None if index is None else near - 30 + (index - (near - 30 - 4)) % 60


def year_of_era(name: str, year: int) -> int | None:
    """Give the Gregorian year in which a year of an era begins; None for an unknown era or a year it never reached.

    >>> year_of_era("民國", 9), year_of_era("光緒", 50)
    (1920, None)
    """
    era = calendar_words().eras.get(name)
    if era is None or year < 1 or (era.years is not None and year > era.years):
        return None
    return era.offset + year


def weekday_name(day: date) -> str:
    """Name the day of the week in English, as schema.org's DayOfWeek does, whatever the locale."""
    return _DAY_NAMES[day.weekday()]


def parse_weekday(text: str) -> str | None:
    """Read a printed Chinese day of the week as its English name.

    >>> parse_weekday("星期五"), parse_weekday("禮拜日"), parse_weekday("土曜")
    ('Friday', 'Sunday', 'Saturday')
    """
    return _weekdays().get(text)


def solar_term_of(day: date, *, traditional: bool = False) -> str | None:
    """Name the solar term that begins on a day; None on other days and outside the table.

    >>> solar_term_of(date(2020, 2, 4))
    '立春'
    """
    if not _FIRST_ORDINAL <= day.toordinal() <= _LAST_ORDINAL:
        return None
    second = day.day > _SECOND_TERM_SHIFT
    term = 2 * (day.month - 1) + second
    if day.day != int(_lunar_year(day.year).terms[term]) + second * _SECOND_TERM_SHIFT:
        return None
    words = calendar_words().solar_terms
    return (words.traditional if traditional else words.simplified)[term]


def parse_numeral(text: str, *, lenient: bool = False) -> int | None:
    """Read a whole number in ASCII, full-width, Chinese or banker's numerals, mixed as print mixes them.

    Numerals may be written digit by digit (一九六九, 一0二) or with units (一千三百廿七); a unit without a digit counts
    once, and a last digit is always units (千五 is 1005). `lenient` is for places where a number must stand: it drops
    white space and takes what OCR often prints for a digit (`]` for 1, `O` for 0).

    >>> parse_numeral("三千七百九十七"), parse_numeral("貳拾捌")
    (3797, 28)
    >>> parse_numeral("2O20"), parse_numeral("2O20", lenient=True)
    (None, 2020)
    """
    glyphs = _glyphs()
    if lenient:
        text = "".join(text.split()).translate(glyphs.misread)
    if not 0 < len(text) <= _LONGEST_NUMERAL:
        return None
    plain = text.translate(glyphs.plain)
    return int(plain) if _is_digits(plain) else _with_units(plain, glyphs.units)


def _with_units(plain: str, units: tuple[tuple[str, int], ...]) -> int | None:
    """Read a numeral whose units are the given ones, the largest first."""
    if not units:
        digit = plain.removeprefix("0")
        return int(digit) if len(digit) == 1 and _is_digits(digit) and digit != "0" else None
    (mark, unit), *smaller = units
    head, found, tail = plain.partition(mark)
    if not found:
        return _with_units(plain, units[1:])
    # Only 万 counts more than nine times; 零 before a unit (一千零十) counts once.
    count = 1 if head in {"", "0"} else _with_units(head, units[1:] if unit == _MYRIAD else ())
    rest = _with_units(tail, tuple(smaller)) if tail else 0
    return None if count is None or rest is None else count * unit + rest


def _is_digits(plain: str) -> bool:
    return plain.isascii() and plain.isdigit()


def _place(word: str, names: str | tuple[str, ...]) -> int | None:
    """Give the place of a name in a list, from 1."""
    return names.index(word) + 1 if word and word in names else None


@cache
def _glyphs() -> _Glyphs:
    words = calendar_words().numerals
    plain = {ord(char): str(value) for value, chars in words.digits.items() for char in chars}
    plain |= {ord(char): chars[0] for chars in words.units.values() for char in chars}
    ten = words.units[10][0]
    plain |= {ord(char): f"{value // 10}{ten}" for value, chars in words.tens.items() for char in chars}
    misread = {ord(char): str(value) for value, chars in words.misread.items() for char in chars}
    units = tuple((words.units[unit][0], unit) for unit in sorted(words.units, reverse=True))
    return _Glyphs(plain, misread, units)


@cache
def _weekdays() -> dict[str, str]:
    words = calendar_words().weekdays
    days = [*zip(words.days, _DAY_NAMES, strict=True), *((day, _DAY_NAMES[-1]) for day in words.other_sundays)]
    bodies = zip(words.luminaries, _DAY_NAMES, strict=True)
    return {prefix + day: name for prefix in words.prefixes for day, name in days} | {
        body + suffix: name for body, name in bodies for suffix in words.luminary_suffixes
    }


@cache
def _lunar_rows() -> dict[int, str]:
    text = (files(__package__) / "weights" / "lunar.tsv").read_text("ascii")
    return {int(line[:4]): line for line in text.split("\n") if line[:4].isdigit()}


@cache
def _lunar_year(year: int) -> _LunarYear:
    _, new_year, leap, lengths, terms = _lunar_rows()[year].split("\t")
    days = (int(length) for length in lengths.split(" "))
    starts = tuple(accumulate(days, initial=date.fromisoformat(new_year).toordinal()))
    return _LunarYear(year, starts, int(leap), terms)
