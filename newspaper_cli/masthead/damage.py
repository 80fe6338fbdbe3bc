"""A masthead whose day cannot be read, or contradicts itself: the lines around it are read together (`joint`).

What is read so is inferred, and told with its margin. A date printed whole gives way only where the lunar date speaks
for another day too: one other field is as likely to be misprinted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.calendars import lunar_of, lunar_text, weekday_name
from newspaper_cli.document import Note
from newspaper_cli.labels import Basis, NoteCode
from newspaper_cli.masthead.dates import WHOLE, Candidate, read_evidence
from newspaper_cli.masthead.joint import infer_day
from newspaper_cli.masthead.reckoning import is_traditional, reckon_as
from newspaper_cli.masthead.sieve import fold_text
from newspaper_cli.masthead.values import DATE_PARTS, Strip, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.masthead.joint import Inference
    from newspaper_cli.masthead.reckoning import Reckoning

# How many lines above and below a masthead may belong to it, and how many at the top of a page may be one.
_AROUND: Final = 3
_TOP: Final = 10
_LONGEST: Final = 60
# The kind of a line that says something of the day and can be read only with the others.
DAMAGED: Final = "damaged"
_CONFLICTS: Final = frozenset({NoteCode.WEEKDAY_CONFLICT, NoteCode.LUNAR_CONFLICT, NoteCode.ERA_CONFLICT})


class Mended(msgspec.Struct, frozen=True, gc=False):
    """Hold the day as read from all lines together, and the strips of those that were no masthead by themselves."""

    reckoning: Reckoning
    strips: tuple[Strip, ...]


def mend_day(reckoning: Reckoning, strips: Sequence[Strip], lines: Sequence[Line], language: Language) -> Mended | None:
    """Read the day from all lines around a masthead together; None where that says nothing more."""
    if not language.sheet("damage").words:
        return None
    zone = _zone(strips, lines, language)
    found = infer_day(zone, language)
    if found is None or found.day == reckoning.day or (_stands(reckoning) and not found.moon):
        return None
    known = {strip.place for strip in strips}
    fresh = tuple(_damaged(place, lines[place]) for place in sorted(found.places - known))
    tokens = [token for strip in (*strips, *fresh) for token in strip.tokens]
    speaking = [token for token in tokens if token.kind == DAMAGED or token.kind in DATE_PARTS]
    used = reckoning.tokens or tuple(token for token in speaking if token.kind == DAMAGED) or tuple(speaking[:1])
    if not used:
        return None
    best = Candidate(found.day, Basis.INFERRED, "all fields of the day together", used)
    traditional = is_traditional((lines[place].text for place in zone), language)
    mended = _supply(reckon_as(best, tokens, read_evidence(tokens, language), language), found, traditional)
    notes = (*(note for note in reckoning.notes if note.code not in _CONFLICTS), _note(found, used[0]))
    return Mended(msgspec.structs.replace(mended, notes=notes), fresh)


def _zone(strips: Sequence[Strip], lines: Sequence[Line], language: Language) -> dict[int, str]:
    """Fold the lines that can belong to the masthead: its own and those around it, or those at the top of the file."""
    if strips:
        first, last = strips[0].place - _AROUND, strips[-1].place + _AROUND + 1
        page, own = strips[0].line.page, {strip.place for strip in strips}
    else:
        first, last, page, own = 0, _TOP, lines[0].page if lines else 0, set[int]()
    stops = language.words("masthead.stops")
    prose = language.pattern("damage.report")
    return {
        place: fold_text("".join(lines[place].text.split()), language)
        for place in range(max(first, 0), min(last, len(lines)))
        if lines[place].page == page
        and (place in own or _near(place, own))
        and len(lines[place].text) <= _LONGEST
        and stops.isdisjoint(lines[place].text)
        and not prose.search(lines[place].text)
    }


def _near(place: int, own: set[int]) -> bool:
    return not own or any(abs(place - other) <= _AROUND for other in own)


def _stands(reckoning: Reckoning) -> bool:
    """Tell whether the page prints a date whole, be it one that no calendar has."""
    impossible = any(note.code is NoteCode.IMPOSSIBLE_DATE for note in reckoning.notes)
    return impossible or (reckoning.basis is Basis.PRINTED and reckoning.rule == WHOLE)


def _damaged(place: int, line: Line) -> Strip:
    text = "".join(line.text.split())
    return Strip.of(place, line, (Token(DAMAGED, text, (line.start, line.end), {}),))


def _supply(reckoning: Reckoning, found: Inference, traditional: bool) -> Reckoning:  # noqa: FBT001
    """Supply weekday and lunar date where the page prints them and they cannot be read."""
    lunar = lunar_of(found.day)
    weekday, moon = reckoning.weekday, reckoning.lunar
    if found.week and weekday[0] is None:
        weekday = weekday_name(found.day), Basis.COMPLETED
    if found.moon and lunar is not None and all(check.agrees for check in reckoning.checks) and moon[0] is None:
        moon = lunar_text(lunar, traditional=traditional), Basis.COMPLETED
    return msgspec.structs.replace(reckoning, weekday=weekday, lunar=moon)


def _note(found: Inference, token: Token) -> Note:
    text = (
        f"{found.day.isoformat()} is what all that is printed of the day fits best; "
        f"the next day fits it worse by {found.margin:.1f}"
    )
    return Note(NoteCode.DATE_INFERRED, token.span, text)
