"""The day of the issue, and the comparison of everything printed about it.

The printed date stands against one other field: the conflict is told, not mended. A date that does not exist or is not
whole is completed by the others, and one that all of them refuse gives way to the day that all of them name.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from newspaper_cli.calendars import calendar_words, lunar_of, lunar_text, sexagenary, weekday_name
from newspaper_cli.document import CheckResult, Note
from newspaper_cli.labels import Basis, Check, NoteCode
from newspaper_cli.masthead.dates import (
    WHOLE,
    Candidate,
    Evidence,
    agrees_lunar,
    list_candidates,
    mend,
    read_day,
    read_evidence,
    weigh,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newspaper_cli.languages import Language
    from newspaper_cli.masthead.values import Token

Value = tuple[str | None, Basis | None]
_NOTHING: Value = (None, None)


class Reckoning(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold the day that was found, how, and from which tokens; with it weekday and lunar date, each with its basis."""

    day: date | None = None
    basis: Basis | None = None
    rule: str = ""
    tokens: tuple[Token, ...] = ()
    weekday: Value = _NOTHING
    lunar: Value = _NOTHING
    checks: tuple[CheckResult, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Tell whether the day is unknown, or nothing printed beside it agrees with it, or something does not."""
        agreed = [check.agrees for check in self.checks]
        return self.day is None or not agreed or not all(agreed)


def reckon(tokens: Sequence[Token], language: Language) -> Reckoning:
    """Settle the day of the issue from the tokens of its masthead, and check everything printed about it."""
    evidence = read_evidence(tokens, language)
    candidates = list_candidates(tokens, evidence, language)
    notes = tuple(_note_impossible(tokens, candidates, language))
    if not candidates:
        return Reckoning(weekday=_printed_weekday(evidence), lunar=_printed_lunar(evidence), notes=notes)
    printed = max(candidates, key=lambda candidate: weigh(candidate.day, evidence))
    best = mend(printed, tokens, evidence, language) or printed
    settled = reckon_as(best, tokens, evidence, language)
    checks = settled.checks if best is printed else _check(printed, tokens, evidence, language)
    conflicts = [_note_conflict(check, printed) for check in checks if not check.agrees]
    return msgspec.structs.replace(settled, notes=(*notes, *conflicts))


def reckon_as(best: Candidate, tokens: Sequence[Token], evidence: Evidence, language: Language) -> Reckoning:
    """Settle on one day, and check everything printed about it."""
    return Reckoning(
        day=best.day,
        basis=best.basis,
        rule=best.rule,
        tokens=best.tokens,
        weekday=_settle_weekday(best, evidence),
        lunar=_settle_lunar(best.day, evidence),
        checks=tuple(_check(best, tokens, evidence, language)),
    )


def _printed_weekday(evidence: Evidence) -> Value:
    if evidence.weekday is None:
        return _NOTHING
    # The first day of the proleptic calendar is a Monday.
    return weekday_name(date.fromordinal(evidence.weekday + 1)), Basis.PRINTED


def _settle_weekday(best: Candidate, evidence: Evidence) -> Value:
    """Give the weekday of the day: printed where the page says so, inferred where it says another or cannot be read."""
    if evidence.weekday_token is None:
        return _NOTHING
    name = weekday_name(best.day)
    if evidence.weekday is None:
        return name, Basis.COMPLETED
    if evidence.weekday == best.day.weekday():
        return name, Basis.PRINTED
    return name, Basis.INFERRED


def _printed_lunar(evidence: Evidence) -> Value:
    """Give the lunar date as printed, if its year is one of the cycle."""
    token = evidence.lunar_token
    if token is None or evidence.cycle is None or evidence.month is None or evidence.sun is None:
        return _NOTHING
    return _month_and_day(token, evidence.cycle), Basis.PRINTED


def _month_and_day(token: Token, begin: str) -> str:
    """Cut the text of a lunar date from a part of it to the day, without a final 日."""
    start = token.text.index(begin)
    end = token.text.rindex(token.parts["sun"]) + len(token.parts["sun"])
    return token.text[start:end]


def _settle_lunar(day: date, evidence: Evidence) -> Value:
    """Take the printed lunar date; where its month and day are those of the day, its year is supplied."""
    token, lunar = evidence.lunar_token, lunar_of(day)
    if token is None or lunar is None or not agrees_lunar(day, evidence):
        return _printed_lunar(evidence)
    year = sexagenary(lunar.year)
    if evidence.cycle == year:
        return _printed_lunar(evidence)
    whole = year + calendar_words().sexagenary.year + _month_and_day(token, token.parts["moon"])
    return whole, Basis.COMPLETED if evidence.cycle is None else Basis.INFERRED


def _check(best: Candidate, tokens: Sequence[Token], evidence: Evidence, language: Language) -> Iterator[CheckResult]:
    if evidence.weekday_token is not None and evidence.weekday is not None:
        printed, part = evidence.weekday_token.text, evidence.weekday_token.parts["weekday"]
        agrees = evidence.weekday == best.day.weekday()
        expected = printed if agrees else printed.replace(part, _name_like(part, best.day, language))
        yield CheckResult(Check.WEEKDAY, agrees, printed, expected)
    lunar, agrees_moon = lunar_of(best.day), agrees_lunar(best.day, evidence)
    if lunar is not None and agrees_moon is not None and evidence.lunar_token is not None:
        agrees = agrees_moon and evidence.cycle in {None, sexagenary(lunar.year)}
        printed = _month_and_day(evidence.lunar_token, evidence.lunar_token.parts.get("cycle", ""))
        expected = lunar_text(lunar, traditional=is_traditional((token.text for token in tokens), language))
        yield CheckResult(Check.LUNAR_DATE, agrees, printed, expected)
    for token in tokens:
        other = read_day(token, language)[0] if token.kind == "date" and token not in best.tokens else None
        if other is not None and "era" in token.parts:
            yield CheckResult(Check.ERA, other == best.day, token.text, best.day.isoformat())


def _name_like(part: str, day: date, language: Language) -> str:
    """Name the weekday of a day in the writing of another name."""
    names = language.sheet("masthead").words["weekdays"][day.weekday()].split()
    return next((name for name in names if name.isascii() == part.isascii()), names[0])


def is_traditional(texts: Iterable[str], language: Language) -> bool:
    """Tell whether a text has characters that traditional Chinese alone uses."""
    marks = frozenset(language.variants.get("zh-Hant", ""))
    return bool(marks) and any(not marks.isdisjoint(text) for text in texts)


def _note_impossible(tokens: Sequence[Token], candidates: Sequence[Candidate], language: Language) -> Iterator[Note]:
    """Tell of whole dates that are no candidate: every one is that names a day, and one day only."""
    possible = [token for candidate in candidates if candidate.rule == WHOLE for token in candidate.tokens]
    for token in tokens:
        if token.kind == "date" and "day" in token.parts and token not in possible:
            if read_day(token, language)[0] is None:
                yield Note(NoteCode.IMPOSSIBLE_DATE, token.span, f"{token.text} is no day of the calendar")
            else:
                text = f"{token.text} is not that weekday, and can be misread in more than one way"
                yield Note(NoteCode.WEEKDAY_CONFLICT, token.span, text)


def _note_conflict(check: CheckResult, best: Candidate) -> Note:
    codes = {
        Check.WEEKDAY: NoteCode.WEEKDAY_CONFLICT,
        Check.LUNAR_DATE: NoteCode.LUNAR_CONFLICT,
        Check.ERA: NoteCode.ERA_CONFLICT,
    }
    span = best.tokens[0].span
    text = f"{best.day.isoformat()} would be {check.expected}; the page prints {check.printed}"
    return Note(codes[check.check], span, text)
