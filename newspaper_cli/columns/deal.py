"""Dealing: printed lines of several columns, woven as OCR gives them, dealt out to their columns again.

Lines come row by row, so columns take turns; a line goes on in the next of its column, in width and in words; a
paragraph that ends short is followed by one that begins indented, which in a line without its blanks is one a little
short. A headline or a caption that spans columns belongs to none. The way to deal the lines that keeps these rules best
is looked for from the top of the page to its foot, with the best few ways kept at each line.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from newspaper_cli.characters import STOPS, printed_widths
from newspaper_cli.columns.cells import INDENT, LONG, SHORT, fills
from newspaper_cli.trigrams import load_trigrams

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.columns.echoes import Echoes

ALONE: Final = -1
_BEAM: Final = 32
_MEMORY: Final = 5
_NEW: Final = 4
_USUAL: Final = 0.8
_CLOSING: Final = '”’』」）)》"'
_LEAST_SHARE: Final = 0.05
_MOST_ALONE: Final = 0.25

# What a step is worth; hand-set, in units of half a log-ratio, with three pages of two, three and four columns in view.
_WORDS: Final = 0.5
_LOUDEST: Final = 4.0
_ECHO: Final = 1.5
_TURN_MISSED: Final = -1.5
_OPENS: Final = -1.5
_OPENS_SHORT: Final = -1.5
_OPENS_WIDE: Final = -4.0
_TOO_WIDE: Final = -2.0
_NEXT_PARAGRAPH: Final = 0.5
_NOT_INDENTED: Final = -1.5
_UNDER_HEAD: Final = -0.3
_SHORT_INSIDE: Final = -0.5
_BROKEN_BY_HEAD: Final = -1.5
_HEAD_ON_TOP: Final = -0.2
_SPANS: Final = -0.3
_SHORT_ALONE: Final = -3.0
_FULL_ALONE: Final = -6.0
_FULL_ON_TOP: Final = -2.0

# The last lines of each column, the latest last.
_Columns: TypeAlias = tuple[tuple[int, ...], ...]


class _Way(NamedTuple):
    """Hold a way to deal the lines so far: its worth, the columns, whose turn it was, where the last line went."""

    worth: float
    columns: _Columns
    turn: int
    place: int
    before: _Way | None


class Dealt(NamedTuple):
    """Hold lines dealt out: for each the number of its column, or `ALONE`, and how many columns there are."""

    places: tuple[int, ...]
    columns: int

    @property
    def plausible(self) -> bool:
        """Tell whether each column got a fair share of the lines and few were left alone."""
        shares = [self.places.count(column) / len(self.places) for column in range(self.columns)]
        return min(shares) >= _LEAST_SHARE and self.places.count(ALONE) / len(self.places) <= _MOST_ALONE

    def parts(self) -> list[tuple[int, ...]]:
        """List the lines in reading order: column by column, what stands alone before the next column that begins.

        A headline on top opens the page, a caption over two columns stands before them.
        """
        alone = [index for index, place in enumerate(self.places) if place == ALONE]
        parts: list[tuple[int, ...]] = []
        taken = 0
        for column in range(self.columns):
            lines = tuple(index for index, place in enumerate(self.places) if place == column)
            above = tuple(index for index in alone[taken:] if lines and index < lines[0])
            taken += len(above)
            parts += [above, lines]
        parts.append(tuple(alone[taken:]))
        return [part for part in parts if part]


class _Dealer:
    """Hold the lines of a page and weigh every step of dealing them."""

    def __init__(self, texts: Sequence[str], lags: Sequence[int], echoes: Echoes) -> None:
        """Measure the lines; how well two go on in each other is asked when a search first puts them together."""
        self._texts, self._lags, self._echoes = texts, lags, echoes
        self._widths = printed_widths(texts)
        self._usual = sorted(self._widths)[int(len(texts) * _USUAL)]
        self._ends = [text.rstrip(_CLOSING)[-1:] in STOPS for text in texts]
        self._known: dict[tuple[int, int], float] = {}

    def steps(self, way: _Way, line: int, count: int) -> Iterator[_Way]:
        """Deal one more line every way there is: alone, to a new column, to each of those begun."""
        columns, turn, begun = way.columns, way.turn, len(way.columns)
        yield way._replace(worth=way.worth + self._alone(columns, line), place=ALONE, before=way)
        stays = self._lags[line - 1] == 1
        if begun < count:
            missed = stays + begun - 1 - turn if begun else 0
            worth = way.worth + _TURN_MISSED * missed + self._opens(line)
            yield _Way(worth, (*columns, (line,)), begun, begun, way)
        for place, recent in enumerate(columns):
            missed = place != turn if stays else (place - turn - 1) % begun
            worth = way.worth + _TURN_MISSED * missed + self._follows(recent, line)
            changed = (*recent[1 - _MEMORY :], line)
            yield _Way(worth, (*columns[:place], changed, *columns[place + 1 :]), place, place, way)

    def _alone(self, columns: _Columns, line: int) -> float:
        width = self._widths[line]
        if not columns:
            body = fills(width, self._usual)
            return _HEAD_ON_TOP + _FULL_ON_TOP * body
        if width > max(self._widths[index] for recent in columns for index in recent) + LONG:
            return _SPANS
        return _FULL_ALONE if self._is_full(width, self._usual) else _SHORT_ALONE

    def _opens(self, line: int) -> float:
        width = self._widths[line]
        if width > self._usual + LONG:
            return _OPENS + _OPENS_WIDE
        short = not self._is_full(width, self._usual) and not self._ends[line]
        return _OPENS + _OPENS_SHORT * short

    def _follows(self, recent: Sequence[int], line: int) -> float:
        """Weigh a line as the next of a column."""
        above, width = recent[-1], self._widths[line]
        size = max([self._widths[index] for index in recent])
        if len(recent) < _NEW:
            size = max(size, self._usual)
        cost = _TOO_WIDE if width > size + LONG else 0.0
        full = self._widths[above] >= size - SHORT
        indented = width < size - LONG
        if self._ends[above]:
            return cost if full else cost + (_NEXT_PARAGRAPH if indented else _NOT_INDENTED)
        if not full:
            return cost + (_UNDER_HEAD if indented else _SHORT_INSIDE + self._goes_on(above, line))
        if not self._ends[line] and not self._is_full(width, size):
            cost += _BROKEN_BY_HEAD
        return cost + self._goes_on(above, line)

    @staticmethod
    def _is_full(width: int, size: int) -> bool:
        """Tell whether a line fills its column, or would were it indented; too wide is full too."""
        return width >= size - INDENT - 3

    def _goes_on(self, above: int, line: int) -> float:
        known = self._known.get((above, line))
        if known is None:
            first, second = self._texts[above], self._texts[line]
            words = max(-_LOUDEST, min(load_trigrams().continuation(first, second), _LOUDEST))
            known = _WORDS * words + _ECHO * self._echoes.strength(first, second)
            self._known[above, line] = known
        return known


def deal(texts: Sequence[str], lags: Sequence[int], count: int, echoes: Echoes) -> Dealt:
    """Deal lines out to so many columns.

    `lags` tell how far below each line the text goes on thereabouts: where that is the next line, columns do not take
    turns.
    """
    dealer = _Dealer(texts, lags, echoes)
    ways = [_Way(0.0, (), ALONE, ALONE, None)]
    for line in range(len(texts)):
        # Of two ways with the same last lines only one can be the best in the end.
        best: dict[tuple[int, ...], _Way] = {}
        for way in ways:
            for step in dealer.steps(way, line, count):
                key = (step.turn, *[recent[-1] for recent in step.columns])
                known = best.get(key)
                if known is None or step.worth > known.worth:
                    best[key] = step
        ways = sorted(best.values(), key=attrgetter("worth"), reverse=True)[:_BEAM]
    places: list[int] = []
    last: _Way | None = ways[0]
    while last and last.before:
        places.append(last.place)
        last = last.before
    return Dealt(tuple(reversed(places)), count)
