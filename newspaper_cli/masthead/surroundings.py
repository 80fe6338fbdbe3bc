"""Which of the strips are the masthead: those that stand together and say more than one thing about the issue.

A date alone can sign a notice, a number alone can count anything; a date beside an issue number is a masthead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.masthead.values import DATED, NUMBERED, REST, Strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newspaper_cli.languages import Spoken

# Distances count inked lines; a rate table or a box of slogans can stand between two parts of a masthead.
REACH: Final = 8
NEAR: Final = 4
_DAYS: Final = DATED - {"day_of_week"}
_WHOLE_DAY: Final = frozenset({"date", "day_of_week"})
_OTHER_DAY: Final = frozenset({"day_of_week", REST})
# How far from something firm a whole line may stand that is masthead text only there.
_LEASH: Final = {"title": 6, "app": 8, "lone_day": 6, "latin": 2, "imprint": 6}
# The first lines of a page, where one part alone is enough. OCR of display type takes more of them.
_TOP: Final = 3
_LATIN_TOP: Final = 8


class Group(msgspec.Struct, frozen=True, gc=False):
    """Hold strips of one page that stand together."""

    strips: tuple[Strip, ...]

    @property
    def page(self) -> int:
        """Give the page they stand on, from 0."""
        return self.strips[0].line.page

    @property
    def firm(self) -> frozenset[str]:
        """Give the kinds by which the group shows itself a masthead."""
        return frozenset().union(*(strip.firm for strip in self.strips))

    @property
    def titled(self) -> bool:
        """Tell whether a line of the group reads as the name of a paper."""
        return any("title" in strip.kinds for strip in self.strips)


def find_groups(strips: Sequence[Strip], tops: dict[int, int], spoken: Spoken) -> tuple[Group, ...]:
    """Find the groups of strips that are mastheads or running heads, in reading order.

    `tops` gives the place of the first line of each page.
    """
    groups = (
        Group(tuple(_prune(run))) for run in _runs(strips) if any(strip.firm or _heads(strip, tops) for strip in run)
    )
    return tuple(
        group
        for group in groups
        if group.strips and _is_masthead(group, group.strips[0].place - tops[group.page] < _top(group, spoken))
    )


def _top(group: Group, spoken: Spoken) -> int:
    return _LATIN_TOP if spoken.of(group.page).joiner else _TOP


def choose_masthead(groups: Sequence[Group]) -> tuple[Group, tuple[Group, ...]] | None:
    """Choose the group that says most; on its page, groups that say other things belong to it.

    Beside it stand the running heads, the best group of each other page, and what is left on the masthead's own page.
    The earlier of two that say equally much wins.
    """
    if not groups:
        return None
    best = _best(groups)
    taken, known = [best], best.firm
    for group in groups:
        if group is not best and group.page == best.page and _adds(group.firm, known):
            taken.append(group)
            known |= group.firm
    strips = sorted((strip for group in taken for strip in group.strips), key=lambda strip: strip.place)
    left = [group for group in groups if group.page == best.page and group not in taken]
    pages = sorted({group.page for group in groups} - {best.page})
    heads = [_best([group for group in groups if group.page == page]) for page in pages]
    return Group(tuple(strips)), (*left, *heads)


def _adds(firm: frozenset[str], known: frozenset[str]) -> bool:
    """Tell whether a group says what the others do not: all of it, or the day."""
    return not firm & known or ("date" in firm and not known & _DAYS)


def _best(groups: Sequence[Group]) -> Group:
    return max(groups, key=lambda group: (len(group.firm) + group.titled, -group.strips[0].place))


def _runs(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    """Give the strips of a page that stand within reach of each other."""
    run: list[Strip] = []
    for strip in strips:
        far = run and (strip.place - run[-1].place > REACH or strip.line.page != run[-1].line.page)
        if far or _begins_another(strip, run):
            yield run
            run = []
        run.append(strip)
    if run:
        yield run


def _begins_another(strip: Strip, run: Sequence[Strip]) -> bool:
    """Tell whether a line is the name of another paper below a masthead that has its name and its day."""
    names = {token.text for other in run for token in other.tokens if token.kind == "title"}
    name = next((token.text for token in strip.tokens if token.kind == "title"), None)
    return bool(names) and name is not None and name not in names and any(other.firm & _DAYS for other in run)


def _prune(run: Sequence[Strip]) -> list[Strip]:
    """Leave out what stands too far from anything firm to be part of a masthead, and days beside one that is whole.

    A theatre plays on Tuesday, Jan. 4th, right below the date of the paper.
    """
    places = [strip.place for strip in run if strip.firm] or [strip.place for strip in run if "title" in strip.kinds]
    kept = [strip for strip in run if strip.firm or _distance(strip, places) <= _leash(strip)]
    whole = any(strip.firm >= _WHOLE_DAY for strip in kept)
    return [strip for strip in kept if not (whole and strip.kinds == _OTHER_DAY)]


def _leash(strip: Strip) -> int:
    return max(_LEASH.get(kind, NEAR) for kind in strip.kinds)


def _distance(strip: Strip, places: Sequence[int]) -> int:
    return min((abs(strip.place - place) for place in places), default=REACH)


def _heads(strip: Strip, tops: dict[int, int]) -> bool:
    """Tell whether a strip is a title that opens its page."""
    return "title" in strip.kinds and strip.place == tops[strip.line.page]


def _is_masthead(group: Group, at_top: bool) -> bool:  # noqa: FBT001
    """Tell whether a group says enough, or says it at the top of its page."""
    firm = group.firm
    if len(firm) > 1:
        return bool(firm & _DAYS) or group.titled or (at_top and not firm.isdisjoint(NUMBERED))
    if not firm.isdisjoint(DATED | NUMBERED):
        return at_top or group.titled
    return at_top and (group.titled or "page_label" in firm)
