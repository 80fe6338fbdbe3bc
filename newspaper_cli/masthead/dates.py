"""The days that a masthead can mean: what its date says, what its scattered parts make, what a lunar date leaves."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.calendars import (
    LunarDate,
    gregorian_of,
    lunar_of,
    parse_lunar_day,
    parse_lunar_month,
    parse_numeral,
    sexagenary,
    sexagenary_index,
    year_of_era,
)
from newspaper_cli.labels import Basis
from newspaper_cli.languages import load_language
from newspaper_cli.masthead.digits import YEARS, is_damaged, reread, reread_digits
from newspaper_cli.masthead.likeness import nearest
from newspaper_cli.masthead.sieve import fold_text
from newspaper_cli.masthead.values import REST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.languages import Language
    from newspaper_cli.masthead.values import Token

_MONTHS = 12
# How a candidate of a date printed whole was put together.
WHOLE: Final = "date"


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Hold what is printed beside the date, as far as it can be read.

    `weekday` counts from 0 for Monday; `month`, `leap` and `sun` are of the lunar date, `cycle` its 干支 year.
    """

    weekday: int | None = None
    weekday_token: Token | None = None
    month: int | None = None
    leap: bool = False
    sun: int | None = None
    cycle: str | None = None
    lunar_token: Token | None = None


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """Hold one day that the masthead can mean, how it was put together, and from which tokens."""

    day: date
    basis: Basis
    rule: str
    tokens: tuple[Token, ...]


def read_evidence(tokens: Sequence[Token], language: Language) -> Evidence:
    """Read the weekday and the lunar date; of several the first that can be read whole."""
    if language.joiner:
        tokens = _leave_stray(tokens)
    weekdays = [(weekday_number(token, language), token) for token in tokens if "weekday" in token.parts]
    weekday = next((pair for pair in weekdays if pair[0] is not None), (None, None))
    unread = next((token for token in tokens if token.kind == "day_of_week"), None)
    lunar = [token for token in tokens if token.kind == "lunar_date"]
    token = next((token for token in lunar if sexagenary_index(token.parts.get("cycle", "")) is not None), None)
    token = token or next(iter(lunar), None)
    if token is None:
        return Evidence(weekday[0], weekday[1] or unread)
    month, leap = parse_lunar_month(token.parts["moon"]) or (None, False)
    cycle = token.parts.get("cycle", "")
    return Evidence(
        weekday=weekday[0],
        weekday_token=weekday[1] or unread,
        month=month,
        leap=leap,
        sun=parse_lunar_day(token.parts["sun"]),
        cycle=cycle if sexagenary_index(cycle) is not None else None,
        lunar_token=token,
    )


def _leave_stray(tokens: Sequence[Token]) -> list[Token]:
    """Leave out weekdays that other words part from the date: a headline names its own (COUNCIL MEETS MONDAY)."""
    if all(token.kind not in {"date", "month_day"} for token in tokens):
        return list(tokens)
    runs = [list(run) for _, run in groupby(tokens, lambda token: token.kind == REST)]
    dated = [any(token.kind in {"date", "month_day"} for token in run) for run in runs]
    return [
        token for run, kept in zip(runs, dated, strict=True) for token in run if kept or token.kind != "day_of_week"
    ]


def weekday_number(token: Token, language: Language) -> int | None:
    """Read the weekday of a token as a number, 0 for Monday."""
    word = token.parts.get("weekday", "").upper()
    number = _numbers(language.code, "weekdays").get(word)
    return nearest(word, "weekdays", language) if number is None else number


def agrees_lunar(day: date, evidence: Evidence) -> bool | None:
    """Tell whether the printed lunar month and day are those of a day; None where they cannot be compared."""
    if evidence.month is None or evidence.sun is None or (lunar := lunar_of(day)) is None:
        return None
    return (lunar.month, lunar.day) == (evidence.month, evidence.sun) and lunar.leap >= evidence.leap


def weigh(day: date, evidence: Evidence) -> int:
    """Weigh a day against what is printed beside it; a lunar date says more than a weekday."""
    weight = 0
    if evidence.weekday is not None:
        weight += 1 if day.weekday() == evidence.weekday else -1
    lunar = agrees_lunar(day, evidence)
    return weight + (0 if lunar is None else 2 if lunar else -2)


def list_candidates(tokens: Sequence[Token], evidence: Evidence, language: Language) -> list[Candidate]:
    """List the days that a masthead can mean, from the best kind of ground that gives any."""
    whole = [candidate for token in tokens if (candidate := _read_print(token, evidence, language)) is not None]
    if whole:
        return whole
    parts = [candidate for candidate in _assemble(tokens, language) if weigh(candidate.day, evidence) >= 0]
    return parts or list(_infer(tokens, evidence, language))


def mend(printed: Candidate, tokens: Sequence[Token], evidence: Evidence, language: Language) -> Candidate | None:
    """Find the one day that everything beside a printed date speaks for, where all of it speaks against the print.

    Either weekday and lunar date agree on another day, or the two characters of the day changed places (四月二十日 for
    四月十二日) and the weekday is right for the other order, or for one digit that is often misread. One field alone is
    as likely to be misprinted as the date.
    """
    if evidence.weekday is None or weigh(printed.day, evidence) >= 0:
        return None
    others = [*_infer(tokens, evidence, language), *_transpose(printed, language), *_exchange(printed, language)]
    against = weigh(printed.day, evidence)
    days = {other.day: other for other in others if weigh(other.day, evidence) == -against}
    return next(iter(days.values())) if len(days) == 1 else None


def _transpose(printed: Candidate, language: Language) -> Iterator[Candidate]:
    """Read the day of a date backwards, where Chinese numerals make it another day."""
    token = printed.tokens[0]
    day = token.parts.get("day", "")
    if not day.isascii() and day != day[::-1]:
        parts = token.parts | {"day": day[::-1]}
        other = _read_whole(msgspec.structs.replace(token, parts=parts), language)
        if other is not None:
            yield msgspec.structs.replace(
                printed, day=other.day, basis=Basis.INFERRED, rule="date, its day in the other order"
            )


def _exchange(printed: Candidate, language: Language) -> Iterator[Candidate]:
    """Read a date with each digit that is often misread as the one it is read for."""
    token = printed.tokens[0]
    whole = next(reread(token, language), token) if is_damaged(token, language) else token
    for changed in reread_digits(whole, language) if printed.rule == WHOLE else ():
        other = _read_whole(changed, language)
        if other is not None:
            yield Candidate(other.day, Basis.INFERRED, "date, a digit of it misread", (token,))


def _read_print(token: Token, evidence: Evidence, language: Language) -> Candidate | None:
    """Read a date printed whole; a damaged one only where nothing is against it, and of several readings one right.

    A weekday that is not that of the date, but of two of its misreadings, says that it is misread, and not how.
    """
    if token.kind != "date" or not is_damaged(token, language):
        printed = _read_whole(token, language)
        if printed is None or weigh(printed.day, evidence) >= 0:
            return printed
        fitting = {other.day for other in _exchange(printed, language) if weigh(other.day, evidence) > 0}
        return printed if len(fitting) <= 1 else None
    read = [other for changed in reread(token, language) if (other := _read_whole(changed, language)) is not None]
    least = 0 if len(read) == 1 else 1
    days = [other.day for other in read if weigh(other.day, evidence) >= least]
    return Candidate(days[0], Basis.COMPLETED, WHOLE, (token,)) if len(days) == 1 else None


def _read_whole(token: Token, language: Language) -> Candidate | None:
    if token.kind != "date" or "day" not in token.parts:
        return None
    day, doubtful = read_day(token, language)
    if day is None or day.year not in YEARS:
        return None
    return Candidate(day, Basis.COMPLETED if doubtful else Basis.PRINTED, WHOLE, (token,))


def read_day(token: Token, language: Language) -> tuple[date | None, bool]:
    """Read the day of a date token, and whether a digit had to be taken for another."""
    parts = token.parts
    year, doubt = read_year(token)
    if year is None or "day" not in parts:
        return None, doubt
    if fold_text(parts.get("era", ""), language) in language.words("masthead.lunar_eras"):
        return _read_lunar_day(parts, year), False
    month, month_doubt = _read_month(parts["month"], language)
    number, day_doubt = _read_number(parts["day"])
    american = "year" in parts and not token.text.startswith(parts["year"])
    if american and month is not None and number is not None and month > _MONTHS:
        # 06/23/2019 is the American order of what is mostly printed 23/06/2019.
        month, number = number, month
    return make_day(year, month, number), doubt or month_doubt or day_doubt


def make_day(year: int | None, month: int | None, day: int | None) -> date | None:
    """Make a day; None where a part is missing or the calendar has no such day."""
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def read_year(token: Token) -> tuple[int | None, bool]:
    """Read the Gregorian year of a token, and whether a digit had to be taken for another."""
    parts = token.parts
    if "era" in parts:
        number = parse_numeral(parts["era_year"])
        return (None if number is None else year_of_era(parts["era"], number)), False
    return _read_number(parts["year"]) if "year" in parts else (None, False)


def _read_number(text: str) -> tuple[int | None, bool]:
    number = parse_numeral(text)
    return (number, False) if number is not None else (parse_numeral(text, lenient=True), True)


def _read_month(text: str, language: Language) -> tuple[int | None, bool]:
    number = _numbers(language.code, "months").get(text.upper())
    return (number + 1, False) if number is not None else _read_number(text)


@cache
def _numbers(code: str, name: str) -> dict[str, int]:
    """Number the rows of a word list, from 0, by the words in them."""
    rows = load_language(code).sheet("masthead").words[name]
    return {word: number for number, row in enumerate(rows) for word in row.split()}


def _read_lunar_day(parts: dict[str, str], year: int) -> date | None:
    month, day = parse_lunar_month(parts["month"]), parse_lunar_day(parts["day"])
    return gregorian_of(LunarDate(year, month[0], month[1], day)) if month and day else None


def _assemble(tokens: Sequence[Token], language: Language) -> Iterator[Candidate]:
    """Put days together from parts printed apart: year and month with a day, year with month and day."""
    days = [token for token in tokens if token.kind == "lone_day"]
    for head, tail in (("year_month", "lone_day"), ("lone_year", "month_day")):
        heads = [token for token in tokens if token.kind == head]
        tails = [token for token in tokens if token.kind == tail]
        for first in heads:
            for second in sorted(tails, key=lambda token: abs(token.span[0] - first.span[0])):
                whole = "day" in first.parts or "day" in second.parts
                for pieces in [(first, second)] if whole else [(first, second, day) for day in days]:
                    yield from _put_together(pieces, language)


def _put_together(pieces: tuple[Token, ...], language: Language) -> Iterator[Candidate]:
    """Make the day that pieces say together, if the calendar has it."""
    parts = {name: text for piece in pieces for name, text in piece.parts.items()}
    year, _ = read_year(pieces[0])
    month, _ = _read_month(parts["month"], language)
    day = make_day(year, month, _read_number(parts["day"])[0])
    if day is not None:
        rule = " + ".join(piece.kind.replace("_", "-") for piece in pieces)
        yield Candidate(day, Basis.COMPLETED, rule, pieces)


def _infer(tokens: Sequence[Token], evidence: Evidence, language: Language) -> Iterator[Candidate]:
    """Find the day that the lunar date leaves in a printed year, if the rest of the print does not speak against it."""
    if evidence.month is None or evidence.sun is None:
        return
    for token in tokens:
        year, _ = read_year(token) if token.kind in {"date", "year_month", "lone_year"} else (None, False)
        if year is None:
            continue
        for lunar_year in (year, year - 1):
            day = gregorian_of(LunarDate(lunar_year, evidence.month, evidence.leap, evidence.sun))
            cycle = evidence.cycle in {None, sexagenary(lunar_year)}
            if day is not None and day.year == year and cycle and _fits(day, token, evidence, language):
                yield Candidate(day, Basis.INFERRED, "year + lunar date", (token,))


def _fits(day: date, token: Token, evidence: Evidence, language: Language) -> bool:
    """Tell whether weekday and printed month, or printed day of the month, are those of a day."""
    if evidence.weekday not in {None, day.weekday()}:
        return False
    printed = token.parts
    month = _read_month(printed["month"], language)[0] if "month" in printed else None
    number = _read_number(printed["day"])[0] if "day" in printed else None
    return month in {None, day.month} or number == day.day
