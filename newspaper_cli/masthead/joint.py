"""The day of a damaged masthead, from all that it prints of the day at once.

A masthead says its day several times over: year, month and day, the weekday, the lunar date with its year of the cycle.
Each of them is read with every value it may stand for and at what price (`misreadings`); the day for which all of it
together is cheapest wins, if no other day comes near.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any, Final

import msgspec

from newspaper_cli.calendars import LunarDate, gregorian_of, lunar_of, year_of_era
from newspaper_cli.masthead.dates import make_day
from newspaper_cli.masthead.misreadings import CEILING, CHANGE, LOSS, YEARS, Prices, cycle_of, price, readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from newspaper_cli.languages import Language

# What a day may cost, and by how much the next must cost more: two misread fields and more, and half a misread digit.
_DEAREST: Final = 34.0
_MARGIN: Final = 2.5
# The price of a day of the month that is printed nowhere.
_NO_DAY: Final = 4.0
# The price of a day that no date speaks for, where none is printed or can be read.
_NO_DATE: Final = 15.0
_YEAR_LENGTHS: Final = (4, 5, 3)
_MOST_YEARS: Final = 10
_MOST_MONTHS: Final = 4
_MOST_DAYS: Final = 16
_MOST_LINES: Final = 12
_FREE: Final = 31
_ERA_LENGTH: Final = 2


class Dated(msgspec.Struct, frozen=True):
    """Hold one place where a date is printed: prices of years, months and days, and of what was lost around them."""

    years: Prices
    months: Prices
    days: Prices
    base: float = 0.0


class Moon(msgspec.Struct, frozen=True):
    """Hold one place where a lunar date is printed; `years` is None where it prints none."""

    years: Prices | None
    months: Prices
    suns: tuple[Prices, ...]


class Evidence(msgspec.Struct, frozen=True):
    """Hold all that a masthead prints about its day; `places` are the lines that say something."""

    dates: tuple[Dated, ...]
    moons: tuple[Moon, ...]
    weekdays: tuple[Prices, ...]
    places: frozenset[int]


class Inference(msgspec.Struct, frozen=True):
    """Hold the day that was found, by how much the next day costs more, and the lines that speak of it."""

    day: date
    margin: float
    places: frozenset[int]
    moon: bool
    week: bool


def infer_day(lines: Mapping[int, str], language: Language) -> Inference | None:
    """Infer the day of the issue from folded lines without white space, by their places; None where it stays unsure."""
    evidence = _gather(dict(islice(lines.items(), _MOST_LINES)), language)
    grounds = bool(evidence.dates) + bool(evidence.moons) + bool(evidence.weekdays)
    if grounds < 2:  # noqa: PLR2004  # one field alone is checked by nothing
        return None
    found = sorted((_cost(day, evidence), day) for day in _candidates(evidence))
    if not found or found[0][0] > _DEAREST:
        return None
    margin = (found[1][0] if len(found) > 1 else _DEAREST) - found[0][0]
    if margin < _MARGIN:
        return None
    return Inference(found[0][1], margin, evidence.places, bool(evidence.moons), bool(evidence.weekdays))


def _cost(day: date, evidence: Evidence) -> float:
    """Add up what it costs that all of the print means this day."""
    cost = _NO_DATE
    year, month, number = day.year, day.month, day.day
    for dated in evidence.dates:
        printed = dated.base + dated.years.get(year, CEILING) + dated.months.get(month, CEILING)
        cost = min(cost, printed + dated.days.get(number, CEILING))
    cost += min([_weekday_price(prices, day) for prices in evidence.weekdays], default=0.0)
    if cost > _DEAREST or not evidence.moons:
        return cost
    lunar = lunar_of(day)
    return cost + min([_moon_price(moon, lunar) for moon in evidence.moons]) if lunar else cost


def _weekday_price(prices: Prices, day: date) -> float:
    number = day.weekday()
    # Sunday has two names.
    return min(prices.get(number, CEILING), prices.get(7, CEILING) if number == 6 else CEILING)  # noqa: PLR2004


def _moon_price(moon: Moon, lunar: LunarDate) -> float:
    year = 0.0 if moon.years is None else moon.years.get(lunar.year, CEILING)
    sun = min(suns.get(lunar.day, CEILING) for suns in moon.suns)
    return year + moon.months.get((lunar.month, int(lunar.leap)), CEILING) + sun


def _candidates(evidence: Evidence) -> set[date]:
    """List the days that some of the print means, each part at one of its cheaper readings."""
    found: set[date | None] = set()
    cycles = {year: cost for moon in evidence.moons if moon.years for year, cost in moon.years.items()}
    for dated in evidence.dates:
        years = _cheapest(dated.years, _MOST_YEARS) or [y + late for y in _cheapest(cycles, 9) for late in (0, 1)]
        # Where the day stands apart, or nowhere, any day of the month may be meant.
        days = _cheapest(dated.days, _MOST_DAYS if len(dated.days) < _FREE else _FREE)
        choices = product(years, _cheapest(dated.months, _MOST_MONTHS), days)
        found |= {make_day(year, month, day) for year, month, day in choices}
    printed = {year for dated in evidence.dates for year in _cheapest(dated.years, _MOST_YEARS)}
    near = {year - early for year in printed for early in (0, 1)}
    for moon in evidence.moons:
        lunar_years = {*_cheapest(moon.years or {}, 9), *near}
        suns = {sun for suns in moon.suns for sun in _cheapest(suns, _MOST_MONTHS)}
        for year, (month, leap), sun in product(lunar_years, _cheapest(moon.months, _MOST_MONTHS), suns):
            found.add(gregorian_of(LunarDate(year, month, bool(leap), sun)))
    return {day for day in found if day is not None and day.year in YEARS}


def _cheapest(prices: Prices, most: int) -> list[Any]:
    """Give the values of the lowest prices."""
    return sorted(prices, key=lambda value: (prices[value], str(value)))[:most]


def _gather(lines: Mapping[int, str], language: Language) -> Evidence:
    """Gather what the lines print about the day."""
    dates: list[Dated] = []
    moons: list[Moon] = []
    weekdays: list[Prices] = []
    places: set[int] = set()
    alone = [text for text in lines.values() if language.match("damage.day_alone", text, whole=True)]
    apart = [found for text in lines.values() if (found := language.match("damage.year_alone", text, whole=True))]
    for place, text in lines.items():
        said = [*_dates_in(text, language)]
        if (month := language.pattern("damage.year_month").search(text)) is not None:
            said.append(_month_with_days(month["year"], month["month"], alone, language))
        if (split := language.pattern("damage.month_day").search(text)) is not None:
            years = _years(apart[0]["year"], language) if apart else {}
            said.append(Dated(years, readings("month", split["month"]), readings("day", split["day"])))
        moon = list(_moons_in(text, language))
        week = [readings("weekday", match["weekday"]) for match in language.pattern("damage.weekday").finditer(text)]
        dates += [dated for dated in said if dated.days and dated.months]
        moons += moon
        weekdays += [prices for prices in week if prices]
        if said or moon or week:
            places.add(place)
    return Evidence(tuple(dates), tuple(moons), tuple(weekdays), frozenset(places))


def _dates_in(text: str, language: Language) -> Iterator[Dated]:
    """Read the dates of a line, whole ones first; torn ones only where there is no whole one."""
    stem = language.pattern("damage.stem")
    whole = [
        Dated(_years(match["year"], language), readings("month", match["month"]), readings("day", match["day"]))
        for match in language.pattern("damage.date").finditer(text)
        if not stem.search(match["year"], max(0, len(match["year"]) - _ERA_LENGTH))
    ]
    yield from whole
    if whole:
        return
    for match in language.pattern("damage.torn_month").finditer(text):
        for month, day, base in _torn(match["rest"], 1):
            yield Dated(_years(match["year"], language), readings("month", month), readings("day", day), base)
    for match in language.pattern("damage.torn_year").finditer(text):
        for year, month, base in _torn(match["rest"], 2):
            yield Dated(_years(year, language), readings("month", month), readings("day", match["day"]), base)


def _torn(text: str, first: int) -> Iterator[tuple[str, str, float]]:
    """Part two numerals between which a mark was lost, or printed as another character."""
    for place in range(first, len(text)):
        yield text[:place], text[place:], LOSS
        if place + 1 < len(text):
            yield text[:place], text[place + 1 :], CHANGE


def _month_with_days(year: str, month: str, alone: Sequence[str], language: Language) -> Dated:
    """Read a month whose day stands apart, or nowhere."""
    days = dict.fromkeys(range(1, 32), _NO_DAY)
    for text in alone:
        days |= {day: min(days[day], cost) for day, cost in readings("day", text).items()}
    return Dated(_years(year, language), readings("month", month), days)


def _years(text: str, language: Language) -> Prices:
    """Read a year, counted from an era if the text names one; lunar eras are read with the lunar date."""
    found = language.pattern("damage.republic").search(text)
    if found is not None:
        return {1911 + count: cost for count, cost in readings("count", text[found.end() :]).items()}
    years: dict[int, float] = {}
    for length in _YEAR_LENGTHS if len(text) > min(_YEAR_LENGTHS) else (len(text),):
        for year, cost in readings("year", text[-length:]).items():
            years[year] = min(cost, years.get(year, CEILING))
    return years


def _moons_in(text: str, language: Language) -> Iterator[Moon]:
    """Read the lunar dates of a line: with a year of the cycle, a year of an era, or below a word for the calendar."""
    stem = language.pattern("damage.stem")
    # The branch of the horse looks like the mark of the year: every way to part the line is read.
    for match in language.pattern("damage.lunar").finditer(text, overlapped=True):
        cycle = match["cycle"]
        stems = len(stem.findall(cycle))
        reckoned = language.pattern("damage.reckoned").search(text, 0, match.start("moon")) is not None
        if not reckoned and (not stems or (stems == 1 and any(map(str.isdigit, cycle)))):
            continue
        sun = match["sun"]
        suns = tuple(readings("sun", sun[:length]) for length in (2, 3, 1) if len(sun) >= length)
        yield Moon(_cycle_years(cycle) if stems else None, readings("moon", match["moon"]), suns)
    yield from _era_moons(text, language)


def _cycle_years(cycle: str) -> Prices:
    prices = readings("cycle", cycle)
    return {year: prices[cycle_of(year)] for year in YEARS if cycle_of(year) in prices}


def _era_moons(text: str, language: Language) -> Iterator[Moon]:
    """Read a date whose year is counted in an era of the empire: its month and its day are lunar."""
    for match in language.pattern("damage.date").finditer(text):
        for era in language.words("masthead.lunar_eras"):
            years = _era_years(match["year"], era)
            if years:
                yield Moon(years, readings("moon", match["month"]), (readings("sun", match["day"]),))


def _era_years(text: str, era: str) -> Prices:
    """Read a year counted in one era, wherever its name stands in the text; empty where it does not."""
    first = year_of_era(era, 1)
    places = range(len(text) - _ERA_LENGTH + 1)
    if first is None or not places:
        return {}
    cost, start = min((price(text[at : at + _ERA_LENGTH], era), at) for at in places)
    if cost >= CEILING:
        return {}
    counts = readings("count", text[start + _ERA_LENGTH :])
    return {first - 1 + count: cost + other for count, other in counts.items()}
