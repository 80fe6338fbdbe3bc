"""The day of the issue: put together from what is printed, compared with weekday and lunar date.

The printed date stands unless it does not exist or is not whole; then the other fields complete it where only one day
fits.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from newspaper_cli.calendars import (
    LunarDate,
    gregorian_of,
    lunar_of,
    lunar_text,
    parse_lunar_day,
    parse_lunar_month,
    parse_numeral,
    sexagenary,
    sexagenary_index,
    weekday_name,
    year_of_era,
)
from newspaper_cli.document import CheckResult, Note
from newspaper_cli.labels import Basis, Check, NoteCode
from newspaper_cli.masthead.values import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from newspaper_cli.languages import Language

_MONDAY = date(2024, 1, 1)
_MONTHS = 12


class Reckoning(msgspec.Struct, frozen=True, kw_only=True):
    """Hold the day that was found, how, and from which tokens; with it the fields that follow from it."""

    day: date | None = None
    basis: Basis | None = None
    rule: str = ""
    tokens: tuple[Token, ...] = ()
    weekday: str | None = None
    weekday_basis: Basis | None = None
    lunar: str | None = None
    lunar_basis: Basis | None = None
    checks: tuple[CheckResult, ...] = ()
    notes: tuple[Note, ...] = ()


class _Evidence(msgspec.Struct, frozen=True):
    """Hold what is printed beside the date: the weekday's number, the lunar date as far as it can be read."""

    weekday: int | None = None
    weekday_token: Token | None = None
    lunar: LunarDate | None = None
    cycle: str | None = None
    lunar_token: Token | None = None


class _Candidate(msgspec.Struct, frozen=True):
    """Hold one way to put a day together."""

    day: date
    basis: Basis
    rule: str
    tokens: tuple[Token, ...]


def reckon(tokens: Sequence[Token], language: Language) -> Reckoning:
    """Settle the day of the issue from the tokens of its masthead, and check it."""
    evidence = _read_evidence(tokens, language)
    candidates = list(_printed(tokens, language)) or list(_assembled(tokens, language, evidence))
    notes: tuple[Note, ...] = ()
    if not candidates:
        candidates = list(_inferred(tokens, language, evidence))
        notes = tuple(
            Note(NoteCode.IMPOSSIBLE_DATE, token.span, f"the page prints {token.text}, which is no day")
            for token in tokens
            if token.kind == "date"
        )
    if not candidates:
        return _without_day(evidence, notes)
    best = max(candidates, key=lambda candidate: _agreement(candidate.day, evidence))
    return _check(best, tokens, evidence, language, notes)
