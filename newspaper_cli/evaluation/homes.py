"""Where a part of one side stands on the other: its home, found by its text wherever it was put."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.text import count_grams

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

# Two texts that have nothing to do with each other share a few n-grams of a hundred, a text and a whole page some
# fifteen. A paragraph cut into single lines keeps nine tenths of its n-grams on the page, and few in any one line.
HOME_FLOOR = 0.3
PAGE_FLOOR = 0.5


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold a labelled text, as compared."""

    label: str
    text: str


def find_homes(units: Sequence[Unit], others: Sequence[Unit]) -> list[int | None]:
    """Find for each unit the unit of the other side that holds most of its text; None where its text is not there.

    Equal texts of one label are paired in order, then equal texts of any label: a line that is printed ten times has
    ten homes. What is left goes where the greatest share of its character n-grams is, if that is HOME_FLOOR or more or
    if the units together hold PAGE_FLOOR of it; of equal shares to the text most like it, then to one of its own label.
    Homes do not ask whether paragraphs were cut or put together, so that each figure counts one kind of fault.
    """
    homes: list[int | None] = [None] * len(units)
    _pair_equal(homes, units, others, lambda unit: (unit.label, unit.text))
    _pair_equal(homes, units, others, lambda unit: unit.text)
    left = [place for place, home in enumerate(homes) if home is None]
    if left:
        index = _Index(others)
        for place in left:
            homes[place] = index.find_home(units[place])
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


class _Index:
    """The units of one side, to be asked which of them holds most of a text."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.sizes: list[int] = []
        self.holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, unit in enumerate(units):
            counted = count_grams(unit.text)
            self.sizes.append(counted.total())
            for gram, count in counted.items():
                self.holders[gram].append((place, count))

    def find_home(self, unit: Unit) -> int | None:
        """Find the unit that holds most of a text."""
        common, together = self._share(unit)
        total = count_grams(unit.text).total()
        floor = 1 if together >= PAGE_FLOOR * total else HOME_FLOOR * total
        ranked = (
            (min(shared, total), -self.sizes[place], self.units[place].label == unit.label, -place)
            for place, shared in common.items()
            if shared >= floor
        )
        best = max(ranked, default=None)
        return None if best is None else -best[3]

    def _share(self, unit: Unit) -> tuple[Counter[int], int]:
        """Count the n-grams of a text that each unit holds, and those that all hold together.

        A text shorter than an n-gram is looked for as it is.
        """
        common: Counter[int] = Counter()
        together = 0
        wanted = count_grams(unit.text)
        for gram, count in wanted.items():
            held = 0
            for place, holding in self.holders.get(gram, ()):
                share = min(count, holding)
                common[place] += share
                held += share
            together += min(count, held)
        if wanted.total() == 1:
            common.update({place: 1 for place, other in enumerate(self.units) if unit.text in other.text})
        return common, together
