"""Which printed lines are lines of a heading, in writing with letter case: told line by line, before lines are joined.

A line is text, or opens the heading of an article, or goes on from the line above, or begins a deck, or parts an
article, or signs it; the weights of named features, in `weights/heads.latin.tsv`, speak for each, and lines that follow
each other lean on each other.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from math import exp, fsum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from newspaper_cli.document import Seam
from newspaper_cli.features import read_weights
from newspaper_cli.heading_lines import (
    CROSSHEAD,
    DECK,
    HEAD,
    HEADINGS,
    MORE,
    SIGNATURE,
    STATES,
    TEXT,
    describe,
    names_of,
    step_names,
)
from newspaper_cli.joins import SURE
from newspaper_cli.labels import Fix
from newspaper_cli.states import decide
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.heading_lines import Part, Step
    from newspaper_cli.languages import Language
    from newspaper_cli.looks import Look
    from newspaper_cli.regime import Regime
    from newspaper_cli.states import Row, Square
    from newspaper_cli.tables import Weights

Reasons: TypeAlias = "tuple[tuple[str, float], ...]"

TABLE: Final = "heads.latin"
# What no page prints: a line that goes on from text, a deck below nothing.
NEVER: Final = frozenset({(TEXT, MORE), (SIGNATURE, MORE), (TEXT, DECK), (CROSSHEAD, DECK)})
_PLACES: Final = MappingProxyType({state: place for place, state in enumerate(STATES)})
_NO_WEIGHT: Final = (0.0,) * len(STATES)
_BIAS: Final = "bias"
_LIKELY: Final = 0.5
# A crosshead looks like the head of a brief: two articles that are one mislead more than one that is two.
_TRUST: Final = MappingProxyType({CROSSHEAD: 0.5})
_CERTAIN: Final = 0.95
_MOST_REASONS: Final = 4
_GOES_ON: Final = (("rule heading goes on", 1.0),)
_PARTED: Final = (("rule heading", 1.0),)


def is_told_by_line(regime: Regime, language: Language) -> bool:
    """Tell whether headings of a page are told line by line: its lines stand as printed, and it has capitals."""
    return bool(language.joiner) and regime.layout == "lines" and not regime.whole


class _Table(NamedTuple):
    """Hold weights by feature: for each state a line may be in, and for each pair of states of two neighbours."""

    rows: Mapping[str, Row]
    steps: Mapping[str, Square]


@cache
def _read(weights: Weights) -> _Table:
    """Read the table: rows `STATE FEATURE`, and `STATE>STATE FEATURE` of neighbours."""
    rows: dict[str, list[float]] = {}
    steps: dict[str, list[list[float]]] = {}
    for name, weight in read_weights(TABLE, weights).items():
        state, _, feature = name.partition(" ")
        first, _, second = state.partition(">")
        if second:
            square = steps.setdefault(feature, [[0.0] * len(STATES) for _ in STATES])
            square[_PLACES[first]][_PLACES[second]] = weight
        else:
            rows.setdefault(feature, [0.0] * len(STATES))[_PLACES[first]] = weight
    return _Table(rows, steps)


@lru_cache(maxsize=1 << 15)
def _weigh(part: Part, weights: Weights) -> Row:
    """Add up what the features of a part weigh for each state."""
    known = _read(weights).rows
    return tuple(map(fsum, zip(_NO_WEIGHT, *[known[name] for name in names_of(part) if name in known], strict=True)))


@lru_cache(maxsize=1 << 12)
def _weigh_step(step: Step, weights: Weights) -> Square:
    """Give the factors of two neighbouring lines: for each state of the first, those of the second."""
    known = _read(weights).steps
    held = [known[name] for name in step_names(step) if name in known]
    return tuple(
        tuple(
            0.0 if (first, second) in NEVER else exp(fsum(square[row][column] for square in held))
            for column, second in enumerate(STATES)
        )
        for row, first in enumerate(STATES)
    )


def _factors(parts: Sequence[Part], states: Sequence[str], weights: Weights) -> list[float]:
    bias = _read(weights).rows.get(_BIAS, _NO_WEIGHT)
    sums = map(fsum, zip(bias, *[_weigh(part, weights) for part in parts], strict=True))
    return [exp(value) if state in states else 0.0 for state, value in zip(STATES, sums, strict=True)]


class Heads(NamedTuple):
    """Hold for each line what it is, how probable it is that it is one of a heading, and what weighs most for that.

    Lines that are as good as certain to be text have no reasons.
    """

    states: Sequence[str]
    chances: Sequence[float]
    reasons: Mapping[int, Reasons]

    def holds(self, place: int) -> bool:
        """Tell whether a line is one of a heading."""
        return self.states[place] in HEADINGS

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
    states, found = [TEXT] * len(lines), [0.0] * len(lines)
    reasons: dict[int, Reasons] = {}
    for run in describe(lines, looks, style, told):
        rows = [_factors(parts, may, weights) for parts, may in zip(run.parts, run.states, strict=True)]
        decided = decide(rows, [_weigh_step(step, weights) for step in run.steps])
        above = TEXT
        for place, (row, parts) in enumerate(zip(decided, run.parts, strict=True), start=run.first):
            above = states[place] = _choose(row, above)
            found[place] = 1 - row[_PLACES[TEXT]] - row[_PLACES[SIGNATURE]]
            # Of what is as good as certain to be text, nobody asks why: it takes longer to tell than to decide.
            if row[_PLACES[TEXT]] < _CERTAIN:
                reasons[place] = _reasons(parts, above, weights)
    return Heads(states, found, reasons)


def _choose(row: Row, above: str) -> str:
    """Choose what a line is: first whether it is one of a heading, then of which kind."""
    text, sign = row[_PLACES[TEXT]], row[_PLACES[SIGNATURE]]
    if text + sign >= _LIKELY:
        return TEXT if text >= sign else SIGNATURE
    open_to = [state for state in HEADINGS if (above, state) not in NEVER and row[_PLACES[state]]]
    return max(open_to, key=lambda state: row[_PLACES[state]] * _TRUST.get(state, 1.0), default=TEXT)


def _reasons(parts: Sequence[Part], state: str, weights: Weights) -> Reasons:
    """Name the features that weigh most for what a line is, beside text or beside a heading."""
    known, place = _read(weights).rows, _PLACES[state]
    other = _PLACES[HEAD if state == TEXT else TEXT]
    held = [(name, known[name]) for part in parts for name in names_of(part) if name in known]
    weighed = [(f"{state} {name}", round(row[place] - row[other], 2)) for name, row in held]
    return tuple(sorted(weighed, key=lambda one: one[1], reverse=True)[:_MOST_REASONS])


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
