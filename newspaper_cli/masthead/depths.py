"""Datelines of the title block far down a page: columns read before it put the whole block behind the news.

There a date alone is one of a notice or a letter. It is the paper's only where the line is nothing but a place, a day,
and the weekday which that day is or the number of the issue; and not where the page names two such days as often.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from newspaper_cli.masthead.dates import list_candidates, read_evidence
from newspaper_cli.masthead.sieve import LONGEST_LINE, fold_text
from newspaper_cli.masthead.values import REST
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.masthead.values import Strip

# Where a date by itself is the paper's, counted in lines from the top.
NEAR_TOP: Final = 8


def list_deep(lines: Sequence[Line], read: Sequence[Strip], sifted: Sequence[int], language: Language) -> list[int]:
    """List the places of lines that could be such a dateline, on the pages whose first lines print no date.

    A date by itself counts only at the very top; below, a letter or a notice bears it as often.
    """
    tops = {lines[place].page: place for place in reversed(sifted)}
    dated = {strip.line.page for strip in read if "date" in strip.kinds and _heads(strip, tops)}
    known = frozenset(sifted)
    left = [
        place
        for place, line in enumerate(lines)
        if place not in known and line.page not in dated and len(line.text) <= LONGEST_LINE
    ]
    held = Texts([lines[place].text for place in left]).holding(language.hint("masthead.deep"))
    pattern = language.pattern("masthead.deep")
    return [left[at] for at in held if pattern.fullmatch(fold_text(lines[left[at]].text, language)) is not None]


def _heads(strip: Strip, tops: dict[int, int]) -> bool:
    return len(strip.firm) > 1 or strip.place - tops[strip.line.page] < NEAR_TOP


def choose_deep(strips: Iterable[Strip], language: Language) -> list[Strip]:
    """Choose the first dateline of each page whose datelines name one day more often than any other."""
    days = [(strip, day) for strip in strips if (day := _date_of(strip, language)) is not None]
    chosen = []
    for page in sorted({strip.line.page for strip, _ in days}):
        own = [(strip, day) for strip, day in days if strip.line.page == page]
        counts = Counter(day for _, day in own).most_common(2)
        if len(counts) == 1 or counts[0][1] > counts[1][1]:
            chosen.append(next(strip for strip, day in own if day == counts[0][0]))
    return chosen


def _date_of(strip: Strip, language: Language) -> date | None:
    """Read the day of a dateline, if the line is one: a place and the day, and a weekday or a number beside them."""
    if "date" not in strip.kinds or len(strip.firm) == 1 or not _has_place(strip, language):
        return None
    evidence = read_evidence(strip.tokens, language)
    days = {candidate.day for candidate in list_candidates(strip.tokens, evidence, language)}
    day = next(iter(days)) if len(days) == 1 else None
    if day is None or evidence.weekday_token is None:
        return day
    return day if evidence.weekday == day.weekday() else None


def _has_place(strip: Strip, language: Language) -> bool:
    """Tell whether a place and nothing else stands before weekday and day, and behind them no more than they take."""
    at = next(at for at, token in enumerate(strip.tokens) if token.kind in {"date", "day_of_week"})
    head, tail = strip.tokens[:at], strip.tokens[at:]
    text = head[-1].text if head and head[-1].kind == REST else ""
    if language.pattern("masthead.site").fullmatch(fold_text(text, language)) is None:
        return False
    return 2 * sum(len(token.text) for token in tail if token.kind == REST) <= sum(len(token.text) for token in tail)
