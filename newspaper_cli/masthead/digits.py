"""Dates whose print is damaged: every date that the same print can stand for, for the weekday to choose from.

Some letters stand for one digit (l for 1, O for 0), others for several (S for 5, 8 or 9); a digit may itself be one
misread. Nothing is chosen here.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.languages import load_language
from newspaper_cli.masthead.likeness import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspaper_cli.languages import Language
    from newspaper_cli.masthead.values import Token

# No newspaper is older, and a year to come is a misread one.
YEARS: Final = range(1600, 2041)
_LONGEST_DAY: Final = 31


def is_damaged(token: Token, language: Language) -> bool:
    """Tell whether a date holds a month or a number that is not printed as such."""
    parts = token.parts
    if not _readings(language.code) or not {"month", "day", "year"} <= parts.keys():
        return False
    if not (_is_number(parts["day"]) and _is_number(parts["year"])) or _month(token, language) is None:
        return True
    return int(parts["year"]) not in YEARS


def reread(token: Token, language: Language) -> Iterator[Token]:
    """Give a damaged date in every way in which it can be read, each with its month and numbers as they should be."""
    month = _month(token, language)
    number = nearest(token.parts["month"], "months", language) if month is None else month
    if number is None:
        return
    name = language.sheet("masthead").words["months"][number].split()[0]
    years = {_begin_anew(year, language) for year in _read(token.parts["year"], language)}
    for year, day in product(sorted(years), _read(token.parts["day"], language)):
        if int(year) in YEARS and 0 < int(day) <= _LONGEST_DAY:
            yield msgspec.structs.replace(token, parts=token.parts | {"month": name, "year": year, "day": day})


def reread_digits(token: Token, language: Language) -> Iterator[Token]:
    """Give a readable date with each of its digits in turn as another that is often misread so.

    The first two digits of a year stay: a paper of another century would not be misread as one of this.
    """
    families = language.sheet("masthead").words.get("digits_alike", ())
    for name in ("day", "year") if families else ():
        text = token.parts.get(name, "")
        for at in range(2 if name == "year" else 0, len(text)):
            for digit in sorted({digit for family in families if text[at] in family for digit in family} - {text[at]}):
                changed = text[:at] + digit + text[at + 1 :]
                yield msgspec.structs.replace(token, parts=token.parts | {name: changed})


def _begin_anew(year: str, language: Language) -> str:
    """Read the first digit of a year that cannot be as the one that makes it one (4916, 7916), if any does."""
    families = language.sheet("masthead").words.get("digits_alike", ())
    others = {digit + year[1:] for family in families if year[:1] in family for digit in family}
    possible = [other for other in others if int(other) in YEARS]
    return possible[0] if int(year) not in YEARS and len(possible) == 1 else year


def _month(token: Token, language: Language) -> int | None:
    """Number the month from 0, if its name is printed as it should be."""
    rows = language.sheet("masthead").words["months"]
    return next((number for number, row in enumerate(rows) if token.parts["month"].upper() in row.split()), None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _read(text: str, language: Language) -> Iterator[str]:
    """Give the numbers that a damaged one can stand for, white space and other marks left out."""
    known = _readings(language.code)
    choices = [known.get(char, char if _is_number(char) else "") for char in text if char.isalnum() or char in known]
    return map("".join, product(*choices))


@cache
def _readings(code: str) -> dict[str, str]:
    """Give the digits that each character other than a digit can stand for."""
    rows = load_language(code).sheet("masthead").words.get("digits_read", ())
    return {glyph: digits for row in rows for digits, glyphs in [row.split()] for glyph in glyphs}
