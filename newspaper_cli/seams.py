"""What is seen at a seam, the gap between two neighbouring lines: its features, each a row of the table of joins."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, repeat
from operator import attrgetter, sub
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from newspaper_cli.cased import Cased, cased_parts, read_cased
from newspaper_cli.features import LONGEST_OVERLAP, Outline, Part, overlap_length, read_openings, read_outlines
from newspaper_cli.regime import read_fills

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newspaper_cli.document import Line
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


# The same as a plain tuple: pages are made of thousands, most of them seen before.
Fields: TypeAlias = tuple[Any, ...]
OVERLAP: Final = Situation._fields.index("overlap")
OPENED: Final = Situation._fields.index("opened")
FILL: Final = Situation._fields.index("fill")
NEXT_FILL: Final = Situation._fields.index("next_fill")
GAP: Final = Situation._fields.index("gap")
BARE: Final = Situation._fields.index("bare")
CASED: Final = Situation._fields.index("cased")


def situations(lines: Sequence[Line], regime: Regime, language: Language) -> list[Fields]:
    """Describe every seam of a page by the fields of its situation: column by column, at half the cost."""
    texts = [line.text for line in lines]
    joiner, measures = language.joiner, regime.measures
    openings = read_openings(texts, language)
    outlines = read_outlines(texts, cased=bool(joiner))
    starts = [outline.starts for outline in outlines]
    for place, name in openings.items():
        starts[place] = name
    fills = read_fills(regime)
    lengths = list(map(_compare, map(sub, measures, measures[1:])))
    return list(
        zip(
            repeat(regime.mode),
            outlines,
            starts,
            fills,
            outlines[1:],
            starts[1:],
            fills[1:],
            _gaps(lines, regime),
            lengths,
            [_NO_SEAM, *lengths],
            [*lengths[1:], _NO_SEAM],
            pairwise([line.indent > 0 for line in lines]) if regime.indents else repeat(None),
            [a[0] == b[0] and a[:2] == b[:2] for a, b in pairwise(texts)],
            [_overlap(a, b, joiner) if b[0] in a[-LONGEST_OVERLAP:] else 0 for a, b in pairwise(texts)],
            _fits(texts, regime) if joiner else [False] * len(texts),
            _bare_runs(outlines, openings),
            read_cased(texts, outlines, fills, language) if joiner else repeat(None),
        )
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
    runs = [0] * len(bare)
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
    for name_part, key in parts_of(situation):
        yield from name_part(*key)


def parts_of(situation: Situation) -> list[Part]:
    """Part the features of a seam by what they look at: how to name each part, and all that its names depend on.

    Whole situations are seldom alike in scripts with capitals; their parts are, and each is weighed once.
    """
    mode, first, second, fill = situation.mode, situation.first, situation.second, situation.fill
    ends, starts, next_fill = first.ends, situation.starts, situation.next_fill
    lengths = situation.lengths_before, situation.lengths, situation.lengths_after
    parts: list[Part] = [
        (_edges, (mode, ends, starts, fill, situation.gap)),
        (_beside, (mode, situation.opened, fill, next_fill, second.ends)),
        (_insides, (mode, first.marked, second.marked, first.opened)),
        (_lengths, (mode, fill, next_fill, lengths)),
    ]
    if situation.bare >= _FEWEST_BARE or situation.fits:
        parts.append((_runs, (mode, ends, fill, situation.bare, situation.fits)))
    if first.capitals or second.capitals or situation.indents:
        parts.append((_set, (mode, first.capitals, second.capitals, situation.indents, first.marked or second.marked)))
    alone = situation.gap == "head", starts == situation.opened == "item"
    if situation.parallel or situation.overlap or True in alone:
        parts.append((_rare, (mode, *alone, situation.parallel, situation.overlap)))
    if situation.cased:
        parts += cased_parts(situation.cased, mode, ends, starts, fill)
    return parts


def _edges(mode: str, ends: str, starts: str, fill: str, gap: str) -> Iterator[str]:
    yield f"end {mode} {ends} {fill} {gap}"
    yield f"start {mode} {starts}"
    yield f"edges {mode} {ends} {starts}"


def _beside(mode: str, opened: str, fill: str, next_fill: str, next_ends: str) -> Iterator[str]:
    yield f"opened {mode} {opened} {fill}"
    yield f"next {mode} {next_fill} {next_ends}"


def _insides(mode: str, marked: bool, next_marked: bool, opened: bool) -> Iterator[str]:  # noqa: FBT001
    yield f"insides {mode} {_mark(marked, 'p')}{_mark(next_marked, 'p')}{_mark(opened, '(')}"


def _lengths(mode: str, fill: str, next_fill: str, lengths: tuple[str, str, str]) -> Iterator[str]:
    yield f"fills {mode} {fill} {next_fill}"
    yield f"lengths {mode} {fill} {lengths[1]}"
    yield f"around {mode} {fill} {' '.join(lengths)}"


def _runs(mode: str, ends: str, fill: str, bare: int, fits: bool) -> Iterator[str]:  # noqa: FBT001
    if bare >= _FEWEST_BARE:
        yield f"bare {mode} {bare} {fill}"
    if fits:
        yield f"fits {mode} {ends} {fill}"


def _set(
    mode: str,
    capitals: bool,  # noqa: FBT001
    next_capitals: bool,  # noqa: FBT001
    indents: tuple[bool, bool] | None,
    marked: bool,  # noqa: FBT001
) -> Iterator[str]:
    if capitals or next_capitals:
        yield f"capitals {mode} {_mark(capitals, 'A')}{_mark(next_capitals, 'A')}"
    if indents:
        yield f"indents {_mark(indents[0], '>')}{_mark(indents[1], '>')} {_mark(marked, 'p')}"


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
