"""The printed lines of a page laid beside gold paragraphs: which seams are inside a paragraph and which between two.

A line is looked for where the line before it ended, then anywhere. Raw text of character recognition differs from gold:
where the whole line is not found its first and its last characters are looked for by themselves.
"""

from __future__ import annotations

import unicodedata
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Line

Place: TypeAlias = tuple[int, int]

# Marks that prose has; whether lines of a head, of verse or of a table belong together is a matter of taste.
_MARKS: Final = frozenset("、，。；！？,.;!?")
_BEHIND: Final = 30
_AHEAD: Final = 400
# Characters printed twice at a seam.
_LONGEST_OVERLAP: Final = 6
# How many characters of a misread line are looked for: at its beginning anywhere near the line before, at its end about
# where the beginning says it should be, give or take some characters.
_FIRST: Final = 4
_LAST: Final = 3
_LEEWAY: Final = 4
_SHORTEST_ANYWHERE: Final = 4


class Gold(NamedTuple):
    """Hold gold paragraphs as one text without white space; `prose` are the spans of those with marks in them.

    `exact` gold holds every paragraph letter by letter: what it lacks is a line of its own. Other gold may lack what
    the page prints, or print it otherwise: then nothing is concluded from a line that is not found.
    """

    text: str
    ends: frozenset[int]
    prose: tuple[Place, ...]
    exact: bool


def read_gold(paragraphs: Sequence[str], *, exact: bool) -> Gold:
    """Put gold paragraphs together for comparison."""
    texts = [squeezed(paragraph) for paragraph in paragraphs]
    ends = list(accumulate(map(len, texts)))
    spans = zip([0, *ends], ends, texts, strict=False)
    prose = tuple((start, end) for start, end, text in spans if exact or not _MARKS.isdisjoint(text))
    return Gold("".join(texts), frozenset(ends), prose, exact)


def squeezed(text: str) -> str:
    """Give a text as it is compared: NFKC, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def place_lines(lines: Sequence[Line], gold: Gold) -> list[Place | None]:
    """Find each line in the gold text; None where it is not there."""
    places: list[Place | None] = []
    at = 0
    for line in lines:
        text = squeezed(line.text)
        place = _find_exactly(text, at, gold)
        if place is None and not gold.exact:
            place = _find_by_ends(text, at, gold)
        places.append(place)
        at = place[1] if place else at
    return places


def _find_exactly(text: str, at: int, gold: Gold) -> Place | None:
    if len(text) <= 1:
        return None
    found = gold.text.find(text, max(at - _BEHIND, 0))
    if not 0 <= found < at + _AHEAD and (gold.exact or len(text) >= _SHORTEST_ANYWHERE):
        found = gold.text.find(text)
    elif found >= at + _AHEAD:
        found = -1
    return (found, found + len(text)) if found >= 0 else None


def _find_by_ends(text: str, at: int, gold: Gold) -> Place | None:
    """Find a misread line by some characters near its beginning and some near its end, near the line before it."""
    if len(text) < _FIRST + _LAST:
        return None
    low = max(at - _BEHIND, 0)
    for skipped in range(len(text) // 2):
        found = gold.text.find(text[skipped : skipped + _FIRST], low, at + _AHEAD)
        if found >= skipped:
            end = _find_end(text, found - skipped, gold)
            return (found - skipped, end) if end else None
    return None


def _find_end(text: str, start: int, gold: Gold) -> int | None:
    for left in range(len(text) // 2):
        last = len(text) - left
        low = start + last - _LAST - _LEEWAY
        found = gold.text.find(text[last - _LAST : last], max(low, start), low + 2 * _LEEWAY + _LAST)
        if found >= 0:
            return found + _LAST + left
    return None


def judge_seams(places: Sequence[Place | None], gold: Gold) -> list[bool | None]:
    """Say of each seam whether gold joins it; None where gold does not tell."""
    return [_judge(first, second, gold) for first, second in pairwise(places)]


def _judge(first: Place | None, second: Place | None, gold: Gold) -> bool | None:
    if first is None or second is None:
        return False if gold.exact or _at_edge(first, second, gold) else None
    apart = second[0] - first[1]
    if apart == 0 or (not gold.exact and abs(apart) == 1):
        if first[1] in gold.ends or second[0] in gold.ends:
            return False
        return True if _in_prose(first[1], gold) else None
    if 0 < -apart <= _LONGEST_OVERLAP:
        return True
    return False if not gold.exact and _at_edge(first, second, gold) else None


def _at_edge(first: Place | None, second: Place | None, gold: Gold) -> bool:
    """Tell whether what gold holds of two lines ends, or begins, with a paragraph; one of them at least is there."""
    ended = first is None or first[1] in gold.ends
    begun = second is None or not second[0] or second[0] in gold.ends
    return ended and begun and (first or second) is not None


def _in_prose(place: int, gold: Gold) -> bool:
    return any(start < place < end for start, end in gold.prose)
