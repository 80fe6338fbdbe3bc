"""What a numeral of a masthead can have been before it was misread: every value it may stand for, and at what price.

A price is the negative logarithm of how often character recognition does so: it takes one of a few look-alikes for a
character more often than it loses one, and loses one more often than it prints any other. Texts are folded:
Chinese digits are written as others, only the signs for tens stand between them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from newspaper_cli.calendars import calendar_words, parse_numeral, sexagenary
from newspaper_cli.languages import load_language
from newspaper_cli.masthead.digits import YEARS as PRINTED_YEARS
from newspaper_cli.masthead.likeness import change_price
from newspaper_cli.masthead.sieve import fold_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Kind: TypeAlias = Literal["year", "count", "month", "day", "moon", "sun", "cycle", "weekday"]
Prices: TypeAlias = "Mapping[Any, float]"

LIKENESS: Final = 4.0
LOSS: Final = 5.0
CHANGE: Final = 6.5
# What says nothing any more costs no more than this.
CEILING: Final = 9.0
# As far back as the table of lunar years goes.
YEARS: Final = range(1850, PRINTED_YEARS.stop)
_LONGEST_COUNT: Final = 120
_CYCLE: Final = 60
# The first year of a cycle of sixty within the years above.
_FIRST_CYCLE: Final = 1864
_MOST_VALUES: Final = 10
# A digit that was lost or changed leaves many years and days at one price.
_MOST: Final[Mapping[Kind, int]] = MappingProxyType({"year": 60, "day": 20, "sun": 20})
_TEN: Final = 10
_SLACK: Final = 2


@lru_cache(maxsize=1 << 15)
def price(printed: str, meant: str) -> float:
    """Give the price at which one folded text was printed for another.

    >>> price("2019", "2019"), price("20l9", "2019"), price("209", "2019")
    (0.0, 4.0, 5.0)
    """
    return 0.0 if printed == meant else change_price(printed, meant, LOSS, _confusion)


def _confusion(one: str, two: str) -> float:
    return LIKENESS if one in _lookalikes().get(two, "") else CHANGE


@cache
def _lookalikes() -> dict[str, str]:
    """Give for each character those that are taken for it."""
    found: dict[str, str] = {}
    for group in _words("lookalikes"):
        for character in group:
            found[character] = found.get(character, "") + group
    return found


def _words(name: str) -> tuple[str, ...]:
    return load_language("zh").sheet("damage").words[name]


@lru_cache(maxsize=1 << 13)
def readings(kind: Kind, printed: str) -> Prices:
    """Give the values that a numeral of one kind can stand for, the cheapest of them, each with its price.

    >>> dict(list(readings("month", "l2").items())[:2])
    {12: 4.0, 2: 5.0}
    """
    found: dict[Any, float] = {}
    exact = parse_numeral(printed) if kind == "year" else None
    if exact in YEARS:
        found[exact] = 0.0
    held = frozenset(printed)
    for value, forms in _forms(kind).items():
        # More than two characters changed are more than anything may cost.
        near = [
            price(printed, form)
            for form in forms
            if abs(len(form) - len(printed)) <= _SLACK and len(held.intersection(form)) >= len({*form}) - _SLACK
        ]
        best = min(near, default=CEILING)
        if best < CEILING:
            found[value] = min(best, found.get(value, CEILING))
    cheapest = sorted(found.items(), key=lambda pair: (pair[1], str(pair[0])))
    return dict(cheapest[: _MOST.get(kind, _MOST_VALUES)])


@cache
def _forms(kind: Kind) -> dict[Any, tuple[str, ...]]:
    """Write the values of one kind in all the ways that print does, folded."""
    return dict(_WRITERS[kind]())


def _folded(text: str) -> str:
    return fold_text(text, load_language("zh"))


def _padded(number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_numerals(number), f"{number:02d}")))


def _numerals(number: int) -> tuple[str, ...]:
    """Write a number below a hundred in digits and in folded Chinese numerals; others in digits."""
    tens, units = divmod(number, _TEN)
    rest = str(units) if units else ""
    if not tens or tens >= _TEN:
        return (str(number),)
    written = _words("tens")
    signs = written[tens - 1].split() if tens <= len(written) else [f"{tens}{written[0].split()[0]}"]
    return (str(number), *(sign + rest for sign in signs))


def _moons(number: int) -> tuple[str, ...]:
    words = calendar_words().lunar
    names = (words.months[number - 1], *(name for name, month in words.other_months.items() if month == number))
    written = (_folded(name.removesuffix(words.month_suffix)) for name in names)
    return tuple(dict.fromkeys((*written, *_numerals(number)[1:])))


def _suns(number: int) -> tuple[str, ...]:
    first = _folded(calendar_words().lunar.days[number - 1])
    return tuple(dict.fromkeys((first, *(_numerals(number) if number > _TEN else ()))))


def _counts() -> Iterator[tuple[int, tuple[str, ...]]]:
    yield 1, ("1", *_words("first_year"))
    yield from ((number, _numerals(number)) for number in range(2, _LONGEST_COUNT))


def _moons_and_leaps() -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Write the lunar months, each by its number and whether it is a leap month."""
    mark = calendar_words().lunar.leap_simplified
    for number in range(1, 13):
        forms = _moons(number)
        yield from (((number, leap), tuple(mark * leap + form for form in forms)) for leap in (0, 1))


_WRITERS: Final[Mapping[Kind, Callable[[], Iterable[tuple[Any, tuple[str, ...]]]]]] = MappingProxyType(
    {
        "year": lambda: ((year, (str(year),)) for year in YEARS),
        "count": _counts,
        "month": lambda: ((number, _padded(number)) for number in range(1, 13)),
        "day": lambda: ((number, _padded(number)) for number in range(1, 32)),
        "weekday": lambda: ((number, (name,)) for number, name in enumerate(_words("weekdays"))),
        "cycle": lambda: ((place, (_folded(sexagenary(_FIRST_CYCLE + place)),)) for place in range(_CYCLE)),
        "moon": _moons_and_leaps,
        "sun": lambda: ((number, _suns(number)) for number in range(1, 31)),
    }
)


def cycle_of(year: int) -> int:
    """Give the place of a year in the cycle of sixty, as `readings` counts it."""
    return (year - _FIRST_CYCLE) % _CYCLE
