"""Numbers of pages as print gives them: 4, IV, FOUR, fourth, and 6A or A06 for the sixth page of the first section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newspaper_cli.calendars import parse_numeral

if TYPE_CHECKING:
    from newspaper_cli.languages import Language

_NAME: Final = re.compile(r"(?P<before>[A-Za-z]{0,2})-?(?P<number>\d{1,4})(?P<behind>[A-Za-z]?)")
_SECTIONED: Final = re.compile(r"(\d{1,3})[A-Za-z]")


def read_number(text: str, language: Language) -> int | None:
    """Read the number of a page: a numeral, or the word for one in the language's list."""
    named = enumerate(language.sheet("parts").words["pages"], start=1)
    return next((number for number, words in named if text.lower() in words.split()), parse_numeral(text))


def read_folio(text: str, language: Language) -> int | None:
    """Read the number of a page out of its running head, without the letter of its section."""
    sectioned = _SECTIONED.fullmatch(text)
    return int(sectioned[1]) if sectioned else read_number(text, language)


def is_same(first: str, second: str) -> bool:
    """Tell whether two names mean one page; the letters of a section may be left out of one of them.

    >>> is_same("6A", "6A"), is_same("6A", "6"), is_same("6A", "6B"), is_same("6", "16")
    (True, True, False, False)
    >>> is_same("A02", "A2"), is_same("A-2", "2"), is_same("A02", "B02")
    (True, True, False)
    """
    if first == second:
        return True
    one, two = _NAME.fullmatch(first), _NAME.fullmatch(second)
    if one is None or two is None or int(one["number"]) != int(two["number"]):
        return False
    sections = {section for name in (one, two) if (section := (name["before"] + name["behind"]).upper())}
    return len(sections) <= 1
