"""Which printed lines are lines of a heading, in writing with letter case: told line by line, before lines are joined.

A line is text, or opens the heading of an article, or goes on from the line above, or begins a deck, or parts an
article, or signs it; the weights of named features, in `weights/heads.latin.tsv`, speak for each, and lines that follow
each other lean on each other.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain, pairwise, product, starmap
from math import exp, fsum, inf
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import msgspec

from newspaper_cli.document import Seam
from newspaper_cli.features import read_weights
from newspaper_cli.heading_lines import (
    CROSSHEAD,
    DECK,
    HEAD,
    HEADINGS,
    MORE,
    PARTS,
    SIGNATURE,
    STATES,
    TEXT,
    describe,
    step_names,
)
from newspaper_cli.joins import SURE
from newspaper_cli.labels import Fix
from newspaper_cli.states import Square, decide
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.heading_lines import Key, Seen
    from newspaper_cli.languages import Language
    from newspaper_cli.looks import Look
    from newspaper_cli.regime import Regime
    from newspaper_cli.states import Row
    from newspaper_cli.tables import Weights

Reasons: TypeAlias = "tuple[tuple[str, float], ...]"

TABLE: Final = "heads.latin"
# What no page prints: a line that goes on from text, a deck below nothing.
NEVER: Final = frozenset({(TEXT, MORE), (SIGNATURE, MORE), (TEXT, DECK), (CROSSHEAD, DECK)})
_PLACES: Final = MappingProxyType({state: place for place, state in enumerate(STATES)})
_TEXT_AT: Final = _PLACES[TEXT]
_SIGNATURE_AT: Final = _PLACES[SIGNATURE]
_NO_WEIGHT: Final = (0.0,) * len(STATES)
_NEVER: Final = tuple(-inf if pair in NEVER else 0.0 for pair in product(STATES, STATES))
_BIAS: Final = "bias"
_LIKELY: Final = 0.5
# A crosshead looks like the head of a brief: two articles that are one mislead more than one that is two.
_TRUST: Final = MappingProxyType({CROSSHEAD: 0.5})
_MOST_REASONS: Final = 4
_GOES_ON: Final = (("rule heading goes on", 1.0),)
_PARTED: Final = (("rule heading", 1.0),)


def is_cased_print(regime: Regime, language: Language) -> bool:
    """Tell whether the lines of a page stand as printed, and it has capitals."""
    return bool(language.joiner) and regime.layout == "lines"


def is_told_by_line(regime: Regime, language: Language) -> bool:
    """Tell whether headings of a page are told line by line: those of whole paragraphs are told by blocks."""
    return is_cased_print(regime, language) and not regime.whole


class _Table(NamedTuple):
    """Hold weights by feature: for each state a line may be in, and for each pair of states of two neighbours."""

    rows: Mapping[str, Row]
    steps: Mapping[str, Row]


@cache
def _read(weights: Weights) -> _Table:
    """Read the table: rows `STATE FEATURE`, and `STATE>STATE FEATURE` of neighbours."""
    rows: dict[str, list[float]] = {}
    steps: dict[str, list[float]] = {}
    for name, weight in read_weights(TABLE, weights).items():
        state, _, feature = name.partition(" ")
        first, _, second = state.partition(">")
        if second:
            square = steps.setdefault(feature, [0.0] * len(_NEVER))
            square[_PLACES[first] * len(STATES) + _PLACES[second]] = weight
        else:
            rows.setdefault(feature, [0.0] * len(STATES))[_PLACES[first]] = weight
    return _Table(_frozen(rows), _frozen(steps))


def _frozen(rows: Mapping[str, list[float]]) -> dict[str, Row]:
    """Make tuples of rows: those of numbers are left alone by the collector of garbage, and there are many."""
    return {name: tuple(row) for name, row in rows.items()}


class Weighed(msgspec.Struct, frozen=True, gc=False):
    """Hold what the features of one part of a line weigh for each state, together and each by its name."""

    row: Row
    held: tuple[tuple[str, Row], ...]


class _Scales(NamedTuple):
    """Hold what weighs the keys of a line, one for each of `PARTS`, and that of two neighbours; `bias` is by states."""

    parts: Sequence[Callable[[Key], Weighed]]
    step: Callable[[Key], Square]
    bias: Callable[[tuple[str, ...]], Row]


@cache
def _scales(weights: Weights) -> _Scales:
    """Give what weighs keys by a table; what was weighed is kept, for most keys come again on page after page."""
    rows, steps = _read(weights)

    def scale(name_part: Callable[[Any], Iterator[str]]) -> Callable[[Key], Weighed]:
        return lru_cache(maxsize=1 << 14)(lambda key: _add_up(rows, name_part(key)))

    def weigh_step(key: Key) -> Square:
        held = [steps[name] for name in step_names(key) if name in steps]
        return Square.of(zip(*[map(exp, map(fsum, zip(_NEVER, *held, strict=True)))] * len(STATES), strict=True))

    def bias(states: tuple[str, ...]) -> Row:
        known = rows.get(_BIAS, _NO_WEIGHT)
        return tuple([weight if state in states else -inf for state, weight in zip(STATES, known, strict=True)])

    return _Scales(tuple(map(scale, PARTS)), lru_cache(maxsize=1 << 14)(weigh_step), cache(bias))


def _add_up(rows: Mapping[str, Row], names: Iterable[str]) -> Weighed:
    held = tuple([(name, rows[name]) for name in names if name in rows])
    return Weighed(tuple(map(fsum, zip(_NO_WEIGHT, *[row for _, row in held], strict=True))), held)


class Judged(msgspec.Struct, frozen=True, gc=False):
    """Hold what a line of a page was judged to be, and what was weighed."""

    state: str
    weighed: tuple[Weighed, ...]

    @property
    def reasons(self) -> Reasons:
        """Name the features that weigh most for what the line is, beside text or beside a heading."""
        place, other = _PLACES[self.state], _PLACES[HEAD if self.state == TEXT else TEXT]
        weighed = [(name, round(row[place] - row[other], 2)) for part in self.weighed for name, row in part.held]
        heaviest = sorted(weighed, key=itemgetter(1), reverse=True)[:_MOST_REASONS]
        return tuple([(f"{self.state} {name}", weight) for name, weight in heaviest])


class Heads(NamedTuple):
    """Hold for each line what it is, how probable it is that it is one of a heading, and what was weighed.

    Of lines that cannot be of one nothing was.
    """

    states: Sequence[str]
    chances: Sequence[float]
    weighed: Mapping[int, tuple[Weighed, ...]]

    def holds(self, place: int) -> bool:
        """Tell whether a line is one of a heading."""
        return self.states[place] in HEADINGS

    def judge(self, place: int) -> Judged | None:
        """Say why a line is what it is, if anything was weighed for it."""
        weighed = self.weighed.get(place)
        return Judged(self.states[place], weighed) if weighed else None

    def places(self) -> list[int]:
        """Give the places of the lines that are no text."""
        return [place for place, state in enumerate(self.states) if state != TEXT]

    def opens(self, place: int) -> bool:
        """Tell whether a line opens the heading of an article."""
        return self.states[place] == HEAD

    def crosses(self, place: int) -> bool:
        """Tell whether a line is one of a heading inside an article."""
        return self.states[place] == CROSSHEAD


def find_heads(
    lines: Sequence[Line], looks: Sequence[Look], style: str, told: Mapping[int, str], weights: Weights = SHIPPED
) -> Heads:
    """Find the lines of headings on one page; `told` are those that say by themselves what they are."""
    states, chances = [TEXT] * len(lines), [0.0] * len(lines)
    seen = describe(lines, looks, style, told)
    columns = zip(_scales(weights).parts, zip(*seen.keys, strict=True), strict=False)
    weighed = list(zip(*[map(weigh, column) for weigh, column in columns], strict=True))
    places = list(chain.from_iterable(starmap(range, seen.runs)))
    for place, row in zip(places, _decide(seen, weighed, weights), strict=True):
        text, sign = row[_TEXT_AT], row[_SIGNATURE_AT]
        chances[place] = 1 - text - sign
        if text + sign < _LIKELY:
            # Above a run stands text.
            states[place] = _choose(row, states[place - 1] if place else TEXT)
        elif text < sign:
            states[place] = SIGNATURE
    return Heads(states, chances, dict(zip(places, weighed, strict=True)))


def _decide(seen: Seen, weighed: Sequence[tuple[Weighed, ...]], weights: Weights) -> Iterator[Sequence[float]]:
    """Give for each line of a page that may be of a heading how probable each state is."""
    scales = _scales(weights)
    # Column by column for all lines of a page at once.
    columns = [chain.from_iterable([part.row for part in column]) for column in zip(*weighed, strict=True)]
    sums = map(fsum, zip(chain.from_iterable(map(scales.bias, seen.states)), *columns, strict=True))
    rows = list(zip(*[map(exp, sums)] * len(STATES), strict=True))
    steps = list(map(scales.step, seen.steps))
    start = 0
    for number, (first, last) in enumerate(seen.runs):
        stop = start + last - first
        yield from decide(rows[start:stop], steps[start + number : stop + number + 1])
        start = stop


def _choose(row: Row, above: str) -> str:
    """Choose of which kind of heading a line is."""
    open_to = [state for state in HEADINGS if (above, state) not in NEVER and row[_PLACES[state]]]
    return max(open_to, key=lambda state: row[_PLACES[state]] * _TRUST.get(state, 1.0), default=TEXT)


def part_heads(seams: Sequence[Seam], heads: Heads, alone: Iterable[int] = (), leaps: Iterable[int] = ()) -> list[Seam]:
    """Join the lines of one heading, and part headings and signatures from each other and from text.

    The lines `alone`, which say by themselves what they are, are parted as well. Nothing is joined over `leaps`, the
    seams at which more than one blank line stands.
    """
    made = list(seams)
    apart, wide = frozenset(alone), frozenset(leaps)
    for place, (first, second) in enumerate(pairwise(heads.states)):
        if second == MORE:
            if seams[place].fix is None and place not in wide:
                made[place] = Seam(Fix.JOIN_SPACE, 0, round(heads.chances[place + 1], 3), _GOES_ON)
            continue
        parted = first != TEXT or second != TEXT or place in apart or place + 1 in apart
        if parted and seams[place].fix is not None:
            sure = max(heads.chances[place], heads.chances[place + 1], _LIKELY)
            made[place] = Seam(None, 0, round(min(sure, SURE), 3), _PARTED)
    return made
