"""Where a part of one side stands on the other: its home, found by its text wherever it was put."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.text import HAN_GRAM, count_grams

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

# Two texts that have nothing to do with each other share a few n-grams of a hundred; a paragraph cut in three keeps
# one of its thirds.
HOME_FLOOR = 0.3


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold a labelled text, as compared."""

    label: str
    text: str


def find_homes(units: Sequence[Unit], others: Sequence[Unit]) -> list[int | None]:
    """Find for each unit the unit of the other side that holds most of its text; None where its text is not there.

    Equal texts of one label are paired in order, then equal texts of any label: a line that is printed ten times has
    ten homes. What is left goes where the greatest share of its character n-grams is, if that is HOME_FLOOR or more;
    of equal shares to the text most like it, then to one of its own label. Homes do not ask whether paragraphs were
    cut or put together, so that each figure counts one kind of fault.
    """
    homes: list[int | None] = [None] * len(units)
    _pair_equal(homes, units, others, lambda unit: (unit.label, unit.text))
    _pair_equal(homes, units, others, lambda unit: unit.text)
    left = [place for place, home in enumerate(homes) if home is None]
    if left:
        grams = [count_grams(unit.text) for unit in others]
        holders = _index_grams(grams)
        for place in left:
            homes[place] = _find_holder(units[place], others, grams, holders)
    return homes


def _pair_equal(
    homes: list[int | None], units: Sequence[Unit], others: Sequence[Unit], key: Callable[[Unit], Hashable]
) -> None:
    """Pair units without a home with free units of the same key, the first with the first."""
    taken = {home for home in homes if home is not None}
    free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for place, unit in enumerate(others):
        if place not in taken:
            free[key(unit)].append(place)
    for place, unit in enumerate(units):
        if homes[place] is None and free[key(unit)]:
            homes[place] = free[key(unit)].popleft()


def _index_grams(grams: Iterable[Counter[str]]) -> dict[str, list[int]]:
    """List for each n-gram the units that hold it."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, counted in enumerate(grams):
        for gram in counted:
            holders[gram].append(place)
    return holders


def _find_holder(
    unit: Unit, others: Sequence[Unit], grams: Sequence[Counter[str]], holders: dict[str, list[int]]
) -> int | None:
    """Find the unit that holds most of a text. One shorter than an n-gram is looked for as it is."""
    wanted = count_grams(unit.text)
    common: Counter[int] = Counter()
    for gram, count in wanted.items():
        for place in holders.get(gram, ()):
            common[place] += min(count, grams[place][gram])
    if len(unit.text) < HAN_GRAM or wanted.total() == 1:
        common.update({place: 1 for place, other in enumerate(others) if unit.text in other.text})
    total = wanted.total()
    ranked = (
        (min(shared, total), -grams[place].total(), others[place].label == unit.label, -place)
        for place, shared in common.items()
        if min(shared, total) >= HOME_FLOOR * total
    )
    best = max(ranked, default=None)
    return None if best is None else -best[3]
