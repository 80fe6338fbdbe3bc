"""Break or join: what stands between two neighbouring lines, decided by a table of weights.

The score of a seam is the sum of the weights of its features; above nought the lines are joined. Its probability is
the logistic function of the score. A seam is described by a tuple of categories, so that the same situation is weighed
once: pages repeat a few hundred of them over and over.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, repeat
from math import fsum, log
from operator import attrgetter, sub
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import regex

from newspaper_cli.characters import DASHES, HYPHENS, letter_spaced
from newspaper_cli.document import Block, Line, Seam
from newspaper_cli.features import (
    LONGEST_OVERLAP,
    Outline,
    overlap_length,
    probability,
    read_openings,
    read_outlines,
    read_weights,
    weigh,
)
from newspaper_cli.labels import Fix
from newspaper_cli.regime import read_fills
from newspaper_cli.tables import SHIPPED
from newspaper_cli.trigrams import load_trigrams

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime
    from newspaper_cli.tables import Weights

_LEAST_OVERLAP: Final = 2
# By how much lines of one length may differ, in half-width columns.
_ALIKE: Final = 2
_NO_SEAM: Final = "edge"
# All hyphens, dashes and letters that a join looks at stand before the first of the wide characters.
_FIRST_WIDE: Final = chr(0x2E80)
_FEWEST_BARE: Final = 3
_LONGEST_RUN: Final = 4
_HEAD: Final = attrgetter("head")
_BARE: Final = re.compile(rb"\x01{2,}")
SURE: Final = 0.999
# Below this probability of the first decision, that of a score of 1.5, a seam is weighed again with its characters.
_UNSURE: Final = 0.818
_CONTINUATION: Final = "trigram continuation"
_FIX: Final = attrgetter("fix")
_PLAIN: Final = frozenset({Fix.JOIN})
# How much shorter than its column a line is set rather than break the next word, in half-width columns.
_TIGHT: Final = 3
_LONGEST_NAME: Final = 3
# Letters of scripts with small letters and capitals: others break words without a mark.
_LAST_WORD: Final = regex.compile(r"[\p{Lu}\p{Ll}]+(?=[-‐¬⸗\u00ad]$)")
_FIRST_WORD: Final = regex.compile(r"[\p{Lu}\p{Ll}]+")

# What stands between two paragraphs of a page that was put together before, and between articles that the page parts.
_WHOLE: Final = Seam(None, 0, SURE, (("rule whole paragraphs", 1.0),))
_PARTED: Final = Seam(None, 0, SURE, (("rule parted articles", 1.0),))
# What stands between the names of a byline that were read as lines of their own.
_APART: Final = Seam(Fix.JOIN_SPACE, 0, SURE, (("rule names apart", 1.0),))


class Situation(NamedTuple):
    """Hold everything the features of a seam are made of.

    Of each of the two lines its outline, how it starts and how it fills its column; between them the gap, how their
    lengths compare, and those of the lines at the seam before and at the seam after, which are indented, whether they
    begin alike, how much is printed twice, whether the next word would have fitted, and of how many lines without any
    mark the two are part.
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


# The same as a plain tuple: pages are made of thousands, most of them seen before.
Fields: TypeAlias = tuple[Any, ...]
_OVERLAP: Final = Situation._fields.index("overlap")
_OPENED: Final = Situation._fields.index("opened")
_GAP: Final = Situation._fields.index("gap")


def decide_seams(lines: Sequence[Line], regime: Regime, language: Language, weights: Weights = SHIPPED) -> list[Seam]:
    """Decide every gap between neighbouring lines of one page; the result has one item fewer than the lines."""
    if regime.whole:
        return [_WHOLE] * (len(lines) - 1)
    texts = [line.text for line in lines]
    found = situations(lines, regime, language)
    seams = list(map(_weigh, repeat(weights), repeat(join_table(language)), found))
    _hear(seams, texts, found, read_weights(join_table(language), weights))
    _join(seams, texts, found, language.joiner)
    for index in _names_apart(texts, found, language):
        seams[index] = _APART
    if regime.parted:
        return [_PARTED if line.gap else seam for seam, line in zip(seams, lines[1:], strict=True)]
    return seams


def _hear(seams: list[Seam], texts: Sequence[str], found: Sequence[Fields], table: Mapping[str, float]) -> None:
    """Weigh the seams that are unsure again, where the table of the script says what their characters weigh."""
    if _CONTINUATION not in table:
        return
    for index in [place for place, seam in enumerate(seams) if seam.confidence < _UNSURE]:
        following = texts[index + 1][found[index][_OVERLAP] :]
        seams[index] = _weigh_again(seams[index], load_trigrams().continuation(texts[index], following), table)


def _join(seams: list[Seam], texts: Sequence[str], found: Sequence[Fields], joiner: str) -> None:
    """Say how lines are joined where it is not the usual way.

    Two lines of Chinese with nothing printed twice are put together with nothing between: most seams of a page.
    """
    printed = "\n".join(texts)
    for index, (text, fields) in enumerate(zip(texts, found, strict=False)):
        if (fields[_OVERLAP] or joiner or text[-1] < _FIRST_WIDE) and seams[index].fix is not None:
            seams[index] = _made(seams[index], text, texts[index + 1], (fields[_OVERLAP], joiner, printed))


def _names_apart(texts: Sequence[str], found: Sequence[Fields], language: Language) -> Iterator[int]:
    """Find the seams of bylines whose names OCR gave as lines of their own, for the space that is set between them."""
    for first, fields in enumerate(found):
        if fields[_OPENED] != "byline" or len(texts[first + 1]) > _LONGEST_NAME:
            continue
        stop = first + 1
        while stop < len(texts) and len(texts[stop]) <= _LONGEST_NAME and found[stop - 1][_GAP] == "none":
            stop += 1
        if stop > first + 1 and language.match("leads.byline", " ".join(texts[first:stop]), whole=True):
            yield from range(first, stop - 1)


def join_table(language: Language) -> str:
    """Name the table of weights for joins in a language."""
    return "joins.latin" if "Latin" in language.scripts else "joins.han"


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
            repeat("blocks" if regime.layout == "blocks" else "commas" if regime.comma_stops else "lines"),
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
    return ["blank" if line.gap else "none" for line in lines[1:]]


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
        runs[start:stop] = [min(stop - start + 1, _LONGEST_RUN)] * (stop - start)
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
    return "blank" if second.gap and not regime.gapped else "none"


def features(situation: Situation) -> Iterator[str]:
    """Name the features of a seam, each a row of the table of weights."""
    mode, first, second, fill, gap = situation.mode, situation.first, situation.second, situation.fill, situation.gap
    ends, starts, indents = first.ends, situation.starts, situation.indents
    yield f"end {mode} {ends} {fill} {gap}"
    yield f"start {mode} {starts}"
    yield f"edges {mode} {ends} {starts}"
    yield f"opened {mode} {situation.opened} {fill}"
    yield f"next {mode} {situation.next_fill} {second.ends}"
    yield f"insides {mode} {_mark(first.marked, 'p')}{_mark(second.marked, 'p')}{_mark(first.opened, '(')}"
    yield f"fills {mode} {fill} {situation.next_fill}"
    yield f"lengths {mode} {fill} {situation.lengths}"
    yield f"around {mode} {fill} {situation.lengths_before} {situation.lengths} {situation.lengths_after}"
    marked = _mark(first.marked or second.marked, "p")
    capitals = f"{_mark(first.capitals, 'A')}{_mark(second.capitals, 'A')}"
    seen = (
        (gap == "head", "spanning"),
        (situation.bare >= _FEWEST_BARE, f"bare {mode} {situation.bare} {fill}"),
        (situation.fits, f"fits {mode} {ends} {fill}"),
        (first.capitals or second.capitals, f"capitals {mode} {capitals}"),
        (indents, indents and f"indents {_mark(indents[0], '>')}{_mark(indents[1], '>')} {marked}"),
        (situation.parallel, f"parallel {mode}"),
        (situation.overlap, f"overlap {min(situation.overlap, 2)}"),
    )
    yield from (str(name) for present, name in seen if present)


def _mark(seen: bool, mark: str) -> str:  # noqa: FBT001
    return mark if seen else "-"


@lru_cache(maxsize=1 << 15)
def _weigh(weights: Weights, table: str, fields: Fields) -> Seam:
    """Weigh a situation: a break, or a join with nothing between."""
    score, reasons = weigh(table, features(Situation._make(fields)), weights)
    confidence = round(min(probability(score), SURE), 3)
    return Seam(Fix.JOIN if score > 0 else None, 0, confidence, reasons)


def _weigh_again(seam: Seam, continuation: float, weights: Mapping[str, float]) -> Seam:
    """Weigh a seam that its shape leaves unsure by how well its characters go on as well.

    One seam of ten is so, and the table of trigrams tells most of them right (keyed pages of the 1920s and 30s: 94.5 %
    of all seams right without it, 95.4 % with it); it is not asked about the others, which it would make no better.
    """
    score = log(seam.confidence / (1 - seam.confidence)) * (-1 if seam.fix is None else 1)
    heard = weights[_CONTINUATION] * continuation
    total = fsum([weights["trigram bias"], weights["trigram score"] * score, heard])
    confidence = round(min(probability(total), SURE), 3)
    reasons = sorted([*seam.reasons, (_CONTINUATION, round(heard, 2))], key=lambda reason: -abs(reason[1]))
    return Seam(Fix.JOIN if total > 0 else None, 0, confidence, tuple(reasons))


def _made(seam: Seam, first: str, second: str, how: tuple[int, str, str]) -> Seam:
    """Say how two lines are joined.

    `how` holds the length of their overlap, what the language puts between words, and the text of the page.
    """
    overlap, joiner, printed = how
    if overlap >= _LEAST_OVERLAP:
        return Seam(Fix.OVERLAP, overlap, seam.confidence, seam.reasons)
    if first[-1] in HYPHENS and _breaks_word(first, second, printed):
        return Seam(Fix.HYPHEN, 1, seam.confidence, seam.reasons)
    glued = first[-1] in DASHES and first[-2:-1].isalnum() and second[0].isalnum()
    if (joiner and not glued) or (_spaced(first[-1]) and _spaced(second[0])):
        return Seam(Fix.JOIN_SPACE, 0, seam.confidence, seam.reasons)
    return seam


def _breaks_word(first: str, second: str, printed: str) -> bool:
    """Tell whether the hyphen at a line's end only breaks a word: letters on both sides, no capital after a small one.

    A word that the page prints elsewhere with its hyphen, and nowhere without, keeps it (95.0 % of hyphens right
    against 92.4 % when all are dropped, on 343 of a paper of 1888).
    """
    left, right = _LAST_WORD.search(first), _FIRST_WORD.match(second)
    if not left or not right or (right[0][0].isupper() and not left[0][-1].isupper()):
        return False
    return f"{left[0]}-{right[0]}" not in printed or left[0] + right[0] in printed


def _spaced(character: str) -> bool:
    return character.isascii() and character.isalnum()


def make_blocks(lines: Sequence[Line], seams: Sequence[Seam]) -> list[Block]:
    """Put joined lines together."""
    blocks, start = [], 0
    for stop in [*(index for index, seam in enumerate(seams, start=1) if seam.fix is None), len(lines)]:
        if start < stop:
            before = seams[start - 1] if start else None
            blocks.append(make_block(lines[start:stop], seams[start : stop - 1], before))
        start = stop
    return blocks


def make_block(lines: Sequence[Line], seams: Sequence[Seam], before: Seam | None = None) -> Block:
    """Put lines together into one block, with every repair made in its text."""
    texts = [line.text for line in lines]
    printed = "".join(texts)
    # Most blocks are printed as they are read: nothing is dropped or put between, no space may set characters apart.
    if " " not in printed and "\u3000" not in printed and {*map(_FIX, seams)} <= _PLAIN:
        return Block(tuple(lines), tuple(seams), printed, before)
    text = _repaired_text(lines, seams)
    return Block(tuple(lines), tuple(seams), text, before, text != printed and text != " ".join(texts))


def _repaired_text(lines: Sequence[Line], seams: Sequence[Seam]) -> str:
    parts = [_kept_text(lines[0])]
    for seam, line in zip(seams, lines[1:], strict=True):
        if seam.fix is Fix.HYPHEN:
            parts[-1] = parts[-1][: -seam.drop]
        elif seam.fix is Fix.JOIN_SPACE:
            parts.append(" ")
        parts.append(_kept_text(line, seam.drop if seam.fix is Fix.OVERLAP else 0))
    return "".join(parts)


def _kept_text(line: Line, first: int = 0) -> str:
    """Give a line's text from its character `first` on, without the spaces that only set its characters apart."""
    if " " not in line.text and "\u3000" not in line.text:
        return line.text[first:] if first else line.text
    dropped = [span for span in letter_spaced(line.text) if span[0] >= first]
    if not dropped:
        return line.text[first:]
    starts, ends = [first, *(end for _, end in dropped)], [*(start for start, _ in dropped), len(line.text)]
    return "".join(line.text[start:end] for start, end in zip(starts, ends, strict=True))


def offsets(block: Block) -> list[int]:
    """Give for each character of a block's text the place of its source character.

    A space that a join put in takes the place after the line it follows.
    """
    places: list[int] = []
    for line, seam in zip(block.lines, (Seam(None), *block.seams), strict=True):
        if seam.fix is Fix.HYPHEN:
            del places[len(places) - seam.drop :]
        elif seam.fix is Fix.JOIN_SPACE:
            places.append(places[-1] + 1)
        places += _kept_places(line, seam.drop if seam.fix is Fix.OVERLAP else 0)
    return places


def _kept_places(line: Line, first: int) -> list[int]:
    places = list(range(line.start, line.end))
    for start, end in reversed(letter_spaced(line.text)):
        if start >= first:
            del places[start:end]
    return places[first:]
