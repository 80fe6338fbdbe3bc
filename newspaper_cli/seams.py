"""What is seen at a seam, the gap between two neighbouring lines: its features, each a row of the table of joins."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise
from operator import attrgetter, itemgetter, sub
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from newspaper_cli.cased import NO_CASES, Cased, name_cases, read_cased
from newspaper_cli.features import LONGEST_OVERLAP, Outline, overlap_length, read_openings, read_outlines
from newspaper_cli.regime import read_fills

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from newspaper_cli.document import Line, Weighed
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime

# By how much lines of one length may differ, in half-width columns.
_ALIKE: Final = 2
_NO_SEAM: Final = "edge"
_FEWEST_BARE: Final = 3
LONGEST_RUN: Final = 4
_HEAD: Final = attrgetter("head")
_BARE: Final = re.compile(rb"\x01{2,}")
# How much shorter than its column a line is set rather than break the next word, in half-width columns.
_TIGHT: Final = 3


class Situation(NamedTuple):
    """Hold everything the features of a seam are made of.

    Of each of the two lines its outline, how it starts and how it fills its column; between them the gap, how their
    lengths compare, and those of the lines at the seam before and at the seam after, which are indented, whether they
    begin alike, how much is printed twice, whether the next word would have fitted, of how many lines without any mark
    the two are part, and what only a script with capitals shows.
    """

    mode: str
    first: Outline
    opened: str
    fill: str
    second: Outline
    starts: str
    next_fill: str
    gap: str
    lengths: str
    lengths_before: str
    lengths_after: str
    indents: tuple[bool, bool] | None
    parallel: bool
    overlap: int
    fits: bool
    bare: int
    cased: Cased | None


# The same as a plain tuple.
Fields: TypeAlias = tuple[Any, ...]
# The fields of all seams of a page, column by column: a list for each field.
Columns: TypeAlias = "tuple[Sequence[Any], ...]"
# All that the names of some features depend on.
Key: TypeAlias = tuple[Any, ...]
FIRST: Final = Situation._fields.index("first")
OVERLAP: Final = Situation._fields.index("overlap")
OPENED: Final = Situation._fields.index("opened")
FILL: Final = Situation._fields.index("fill")
NEXT_FILL: Final = Situation._fields.index("next_fill")
GAP: Final = Situation._fields.index("gap")
BARE: Final = Situation._fields.index("bare")
CASED: Final = Situation._fields.index("cased")


def situations(lines: Sequence[Line], regime: Regime, language: Language, apart: Collection[int] = ()) -> list[Fields]:
    """Describe every seam of a page by the fields of its situation."""
    return list(zip(*describe_seams(lines, regime, language, apart), strict=True))


def situation_at(found: Columns, place: int) -> Situation:
    """Give the situation of one seam of a page."""
    return Situation(*[column[place] for column in found])


def describe_seams(lines: Sequence[Line], regime: Regime, language: Language, apart: Collection[int] = ()) -> Columns:
    """Describe every seam of a page, column by column; the lines `apart` are known to be no running text."""
    texts = [line.text for line in lines]
    joiner, measures, seams = language.joiner, regime.measures, len(lines) - 1
    openings = read_openings(texts, language)
    outlines = read_outlines(texts, cased=bool(joiner))
    starts = [outline.starts for outline in outlines]
    for place, name in openings.items():
        starts[place] = name
    fills = read_fills(regime)
    lengths = list(map(_compare, map(sub, measures, measures[1:])))
    return (
        [regime.mode] * seams,
        outlines[:-1],
        starts[:-1],
        fills[:-1],
        outlines[1:],
        starts[1:],
        fills[1:],
        _gaps(lines, regime),
        lengths,
        [_NO_SEAM, *lengths][:-1],
        [*lengths, _NO_SEAM][1:],
        list(pairwise([line.indent > 0 for line in lines])) if regime.indents else [None] * seams,
        [a[0] == b[0] and a[:2] == b[:2] for a, b in pairwise(texts)],
        [_overlap(a, b, joiner) if b[0] in a[-LONGEST_OVERLAP:] else 0 for a, b in pairwise(texts)],
        _fits(texts, regime) if joiner else [False] * seams,
        _bare_runs(outlines, openings),
        list(read_cased(texts, outlines, fills, language, apart)) if joiner else [None] * seams,
    )


@lru_cache(maxsize=1 << 10)
def _compare(less: int) -> str:
    """Say how the lengths of two lines compare, given by how much the second is less wide."""
    if less > _ALIKE:
        return "less"
    return "same" if less >= -_ALIKE else "more"


def _gaps(lines: Sequence[Line], regime: Regime) -> list[str]:
    """Say what stands between each two lines beside the end of a line."""
    if lines and (lines[0].column != lines[-1].column or any(map(_HEAD, lines))):
        return [_gap(first, second, regime) for first, second in pairwise(lines)]
    if regime.gapped:
        return ["none"] * (len(lines) - 1)
    within = "close" if regime.spaced else "none"
    return ["blank" if line.gap else within for line in lines[1:]]


def _bare_runs(outlines: Sequence[Outline], openings: Mapping[int, str]) -> list[int]:
    """Count for each seam, up to four, the neighbouring lines without any mark that its two lines are part of.

    Verse, tables and lists of names have none; four such lines in a row are rare in running text.
    """
    bare = bytearray([outline.bare for outline in outlines])
    for place in openings:
        bare[place] = False
    runs = [0] * (len(bare) - 1)
    for run in _BARE.finditer(bare):
        start, stop = run.start(), run.end() - 1
        runs[start:stop] = [min(stop - start + 1, LONGEST_RUN)] * (stop - start)
    return runs


def _fits(texts: Sequence[str], regime: Regime) -> list[bool]:
    """Tell for each line whether the first word of the next would have fitted on it."""
    room = [width - measure - _TIGHT for width, measure in zip(regime.widths, regime.measures, strict=True)]
    return [left > _first_word(text) for left, text in zip(room, texts[1:], strict=False)]


def _first_word(text: str) -> int:
    end = text.find(" ")
    return end if end > 0 else len(text)


def _overlap(first: str, second: str, joiner: str) -> int:
    """Count the characters printed twice; where spaces part words, two whole words at least: words end alike often."""
    count = overlap_length(first, second)
    if count and joiner and (joiner not in second[:count] or first[-count - 1 : -count] not in {"", joiner}):
        return 0
    return count


def _gap(first: Line, second: Line, regime: Regime) -> str:
    if first.column != second.column:
        return "column"
    if first.head or second.head:
        return "head"
    if regime.spaced:
        return "blank" if second.gap else "close"
    return "blank" if second.gap and not regime.gapped else "none"


def features(situation: Situation) -> Iterator[str]:
    """Name the features of a seam, each a row of the table of weights."""
    return chain.from_iterable(name(key) for name, key in zip(PARTS, keys_of(situation), strict=True))


def keys_of(fields: Fields) -> tuple[Key, Key, Key, Key]:
    """Part a situation by what its features look at: give for each of `PARTS` all that the names of its features need.

    Whole situations are seldom alike in scripts with capitals: of a hundred thousand on English and French pages, seven
    of ten stand there once. Of each of these parts no more than one in twenty was not seen before.
    """
    mode, first, opened, fill, second, starts, next_fill, gap, lengths, before, after, *rest = fields
    indents, parallel, overlap, fits, bare, cased = rest
    ends, seen, items = first.ends, cased or NO_CASES, starts == opened == "item"
    marks = first.marked, second.marked, first.opened, first.capitals, second.capitals
    words = seen.shortened, seen.leaves, seen.closing
    return (
        (mode, ends, starts, fill, gap, bare if bare >= _FEWEST_BARE else 0, fits, *words),
        (mode, opened, fill, next_fill, second.ends),
        (mode, fill, next_fill, before, lengths, after),
        (mode, indents, *marks, gap == "head", items, parallel, overlap, seen.cases, seen.word, seen.run, seen.figures),
    )


def _edges(key: Key) -> Iterator[str]:
    mode, ends, starts, fill, gap, bare, fits, shortened, leaves, closing = key
    yield f"end {mode} {ends} {fill} {gap}"
    yield f"start {mode} {starts}"
    yield f"edges {mode} {ends} {starts}"
    if bare:
        yield f"bare {mode} {bare} {fill}"
    if fits:
        yield f"fits {mode} {ends} {fill}"
    if closing is not None:
        yield f"cased {mode} {ends} {starts} {fill}"
    if shortened:
        yield f"shortened {mode} {starts} {fill}"
    if leaves and not bare:
        yield f"leaves {mode} {starts} {fill}"
    if closing:
        yield f"closing {mode} {closing} {fill}"


def _beside(key: Key) -> Iterator[str]:
    mode, opened, fill, next_fill, next_ends = key
    yield f"opened {mode} {opened} {fill}"
    yield f"next {mode} {next_fill} {next_ends}"


def _lengths(key: Key) -> Iterator[str]:
    mode, fill, next_fill, *lengths = key
    yield f"fills {mode} {fill} {next_fill}"
    yield f"lengths {mode} {fill} {lengths[1]}"
    yield f"around {mode} {fill} {' '.join(lengths)}"


def _insides(key: Key) -> Iterator[str]:
    mode, indents, marked, next_marked, opened, capitals, next_capitals, *rest = key
    yield f"insides {mode} {_mark(marked, 'p')}{_mark(next_marked, 'p')}{_mark(opened, '(')}"
    if capitals or next_capitals:
        yield f"capitals {mode} {_mark(capitals, 'A')}{_mark(next_capitals, 'A')}"
    if indents:
        yield f"indents {_mark(indents[0], '>')}{_mark(indents[1], '>')} {_mark(marked or next_marked, 'p')}"
    yield from _rare(mode, *rest[:4])
    yield from name_cases(mode, *rest[4:])


def _rare(mode: str, spanning: bool, items: bool, parallel: bool, overlap: int) -> Iterator[str]:  # noqa: FBT001
    if spanning:
        yield "spanning"
    if items:
        yield "items"
    if parallel:
        yield f"parallel {mode}"
    if overlap:
        yield f"overlap {min(overlap, 2)}"


def _mark(seen: bool, mark: str) -> str:  # noqa: FBT001
    return mark if seen else "-"


# What names the features of each part of a situation.
PARTS: Final[tuple[Callable[[Key], Iterator[str]], ...]] = (_edges, _beside, _lengths, _insides)
# The kinds of features in the order in which those that weigh the same are told.
_KINDS: Final = (
    " end start edges opened next insides fills lengths around bare fits capitals indents spanning items parallel"
    " overlap cases cased word run figures shortened leaves closing "
)
_REASONS: Final = 4


@lru_cache(maxsize=1 << 12)
def heaviest(found: tuple[Weighed, ...], *, joined: bool) -> tuple[tuple[str, float], ...]:
    """Choose of the features of a seam, each with its weight, those that weigh most for what was decided."""
    every = [feature for names, weights in found for feature in zip(names, weights, strict=True)]
    every.sort(key=lambda feature: _KINDS.index(f" {feature[0].partition(' ')[0]} "))
    return tuple(sorted(every, key=itemgetter(1), reverse=joined)[:_REASONS])
