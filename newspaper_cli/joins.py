"""Break or join: what stands between two neighbouring lines, decided by a table of weights.

The score of a seam is the sum of the weights of its features; above nought the lines are joined. Its probability is
the logistic function of the score. A seam is described by a tuple of categories, so that the same situation is weighed
once: pages repeat a few hundred of them over and over.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, repeat
from math import fsum, log
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.characters import CLOSERS, COMMAS, DASHES, HYPHENS, QUOTES, STOPS, inner_drops, is_ornament, may_drop
from newspaper_cli.document import Block, Line, Seam, Span
from newspaper_cli.features import add_up, probability, read_weights
from newspaper_cli.hyphens import LEFT, TORN, fix_at_hyphen, halves_at_hyphen, is_left, read_words
from newspaper_cli.labels import Fix
from newspaper_cli.leaps import may_leap
from newspaper_cli.lone_lines import find_lone_lines
from newspaper_cli.seams import (
    BARE,
    CASED,
    FILL,
    GAP,
    LONGEST_RUN,
    OPENED,
    OVERLAP,
    Fields,
    Situation,
    parts_of,
    situations,
)
from newspaper_cli.tables import SHIPPED, table_of
from newspaper_cli.trigrams import load_trigrams

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newspaper_cli.features import Part
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime
    from newspaper_cli.tables import Weights

_LEAST_OVERLAP: Final = 2
# All hyphens, dashes and letters that a join looks at stand before the first of the wide characters.
_FIRST_WIDE: Final = chr(0x2E80)
SURE: Final = 0.999
# Below this probability of the first decision, that of a score of 1.5, a seam is weighed again with its characters.
_UNSURE: Final = 0.818
# A line is torn from the next for its characters only below a score of two thirds: a name that no paper printed before
# goes on from nothing, and tells of no break.
_HALF_SURE: Final = 0.66
_CONTINUATION: Final = "trigram continuation"
_FIX: Final = attrgetter("fix")
_DROPS: Final = attrgetter("drops")
_FALLS_SHORT: Final = frozenset({"short", "stub", "scrap"})
_PLAIN: Final = frozenset({Fix.JOIN})
_SPACED: Final = frozenset({Fix.JOIN_SPACE})
_LONGEST_NAME: Final = 3
_MARKS: Final = CLOSERS | COMMAS | QUOTES | STOPS
_CLOSE: Final = frozenset({"none", "close"})

# What stands between two paragraphs of a page that was put together before, and between articles that the page parts.
_WHOLE: Final = Seam(None, 0, SURE, (("rule whole paragraphs", 1.0),))
_PARTED: Final = Seam(None, 0, SURE, (("rule parted articles", 1.0),))
# What stands between lines that more than a line's end parts, where nothing tells for sure that they go on.
_UNSURE_LEAP: Final = Seam(None, 0, 0.5, (("rule unsure over a gap", 1.0),))
# What stands beside a line without text.
_ORNAMENT: Final = Seam(None, 0, SURE, (("rule ornament", 1.0),))
# What stands beside a line that says by itself what it is.
_LONE: Final = Seam(None, 0, SURE, (("rule line of its own", 1.0),))
# What stands between the names of a byline that were read as lines of their own.
_APART: Final = Seam(Fix.JOIN_SPACE, 0, SURE, (("rule names apart", 1.0),))


def decide_seams(lines: Sequence[Line], regime: Regime, language: Language, weights: Weights = SHIPPED) -> list[Seam]:
    """Decide every gap between neighbouring lines of one page; the result has one item fewer than the lines."""
    if regime.whole:
        return [_WHOLE] * (len(lines) - 1)
    texts = [line.text for line in lines]
    found = situations(lines, regime, language)
    table = table_of("joins", language)
    seams = list(map(_weigh, repeat(weights), repeat(table), found))
    _hear(seams, texts, found, read_weights(table, weights))
    if language.joiner:
        _part_unsure(seams, lines, found, language)
    _join(seams, texts, found, language)
    _rule(seams, lines, found, regime, language)
    if language.joiner:
        for index in _left_torn(seams, texts, found, language):
            seams[index] = msgspec.structs.replace(seams[index], torn=True)
    return seams


def _rule(
    seams: list[Seam], lines: Sequence[Line], found: Sequence[Fields], regime: Regime, language: Language
) -> None:
    """Set the seams that are certain without weighing anything."""
    texts = [line.text for line in lines]
    for index in _names_apart(texts, found, language):
        seams[index] = _APART
    for index in _beside_ornaments(texts):
        seams[index] = _ORNAMENT
    if language.joiner:
        for place in find_lone_lines(texts, language):
            seams[max(place - 1, 0) : place + 1] = [_LONE] * len(seams[max(place - 1, 0) : place + 1])
    if regime.parted:
        for index in _parting(lines, found):
            seams[index] = _PARTED


def _parting(lines: Sequence[Line], found: Sequence[Fields]) -> Iterator[int]:
    """Find the seams of a parted page that part for sure: at blank lines, and below the heads it is known by.

    A head is a first line without marks that falls short where the next does not.
    """
    first = True
    for index, (fields, line) in enumerate(zip(found, lines[1:], strict=True)):
        if line.gap or (first and _is_head(Situation._make(fields))):
            yield index
        first = line.gap > 0


def _is_head(situation: Situation) -> bool:
    falls_short = situation.fill in _FALLS_SHORT and situation.next_fill not in _FALLS_SHORT
    return falls_short and situation.first.bare


def _hear(seams: list[Seam], texts: Sequence[str], found: Sequence[Fields], table: Mapping[str, float]) -> None:
    """Weigh the seams that are unsure again, where the table of the script says what their characters weigh."""
    if _CONTINUATION not in table:
        return
    for index in [place for place, seam in enumerate(seams) if _is_unsure(seam, found[place])]:
        following = texts[index + 1][found[index][OVERLAP] :]
        seams[index] = _weigh_again(seams[index], load_trigrams().continuation(texts[index], following), table)


def _is_unsure(seam: Seam, fields: Fields) -> bool:
    """Tell whether the characters may change what was decided.

    Not where lines of verse end, whose sense runs on in the next, nor where one falls short above a blank line.
    """
    if seam.fix is not None:
        return seam.confidence < _HALF_SURE
    parted = fields[GAP] == "blank" and fields[FILL] in _FALLS_SHORT
    return seam.confidence < _UNSURE and fields[BARE] < LONGEST_RUN and not parted


def _part_unsure(seams: list[Seam], lines: Sequence[Line], found: Sequence[Fields], language: Language) -> None:
    """Leave lines apart that a blank line or a column parts, but where it is sure that one goes on in the other."""
    words = read_words("\n".join([line.text for line in lines]), language.code)
    for index, pair in enumerate(pairwise(lines)):
        if seams[index].fix is not None and not may_leap(pair, seams[index], found[index], words, language):
            seams[index] = _UNSURE_LEAP


def _join(seams: list[Seam], texts: Sequence[str], found: Sequence[Fields], language: Language) -> None:
    """Say how lines are joined where it is not the usual way.

    Two lines of Chinese with nothing printed twice are put together with nothing between: most seams of a page.
    """
    page = "\n".join(texts)
    for index, (text, fields) in enumerate(zip(texts, found, strict=False)):
        if (fields[OVERLAP] or language.joiner or text[-1] < _FIRST_WIDE) and seams[index].fix is not None:
            seams[index] = _made(seams[index], (text, texts[index + 1]), fields, page, language)


def _left_torn(
    seams: Sequence[Seam], texts: Sequence[str], found: Sequence[Fields], language: Language
) -> Iterator[int]:
    """Find the seams at which a word seems torn and was left so, since nothing told the whole for sure."""
    for index, (seam, text) in enumerate(zip(seams, texts, strict=False)):
        if seam.fix is not None and seam.fix is not Fix.JOIN_SPACE:
            continue
        if text[-1] in HYPHENS:
            if is_left(text, texts[index + 1], language):
                yield index
        elif found[index][CASED].word == LEFT:
            yield index


def _names_apart(texts: Sequence[str], found: Sequence[Fields], language: Language) -> Iterator[int]:
    """Find the seams of bylines whose names were printed or read as lines of their own: a space is set between them."""
    for first, fields in enumerate(found):
        if len(texts[first + 1]) > _LONGEST_NAME or not (fields[OPENED] == "byline" or texts[first + 1].isalpha()):
            continue
        stop = first + 1
        while stop < len(texts) and len(texts[stop]) <= _LONGEST_NAME and found[stop - 1][GAP] in _CLOSE:
            stop += 1
        if stop > first + 1 and language.match("leads.byline", " ".join(texts[first:stop]), whole=True):
            yield from range(first, stop - 1)


def _beside_ornaments(texts: Sequence[str]) -> Iterator[int]:
    """Find the seams beside a line that is no text: a rule, a star, a stray stroke. A lone mark of print is text."""
    for place, text in enumerate(texts):
        if text[0] not in _MARKS and is_ornament(text):
            yield from range(max(place - 1, 0), min(place + 1, len(texts) - 1))


@lru_cache(maxsize=1 << 15)
def _weigh(weights: Weights, table: str, fields: Fields) -> Seam:
    """Weigh a situation: a break, or a join with nothing between."""
    found: list[tuple[str, float]] = []
    for part in parts_of(Situation._make(fields)):
        found += _weigh_part(weights, table, part)
    score, reasons = add_up(table, found, weights)
    confidence = round(min(probability(score), SURE), 3)
    return Seam(Fix.JOIN if score > 0 else None, 0, confidence, reasons)


@lru_cache(maxsize=1 << 14)
def _weigh_part(weights: Weights, table: str, part: Part) -> tuple[tuple[str, float], ...]:
    """Give those features of one part of a situation that have a weight, each with it."""
    name_part, key = part
    known = read_weights(table, weights)
    return tuple((name, known[name]) for name in name_part(*key) if name in known)


def _weigh_again(seam: Seam, continuation: float, weights: Mapping[str, float]) -> Seam:
    """Weigh a seam that its shape leaves unsure by how well its characters go on as well.

    Few seams are so, and the table of trigrams tells most of them right: on keyed pages of the 1920s and 30s, with each
    issue left out of training, shape alone gets 95.6 % of all seams right, and what `repair` gives with it 95.9 %.
    """
    score = log(seam.confidence / (1 - seam.confidence)) * (-1 if seam.fix is None else 1)
    heard = weights[_CONTINUATION] * continuation
    total = fsum([weights["trigram bias"], weights["trigram score"] * score, heard])
    confidence = round(min(probability(total), SURE), 3)
    reasons = sorted([*seam.reasons, (_CONTINUATION, round(heard, 2))], key=lambda reason: -abs(reason[1]))
    return Seam(Fix.JOIN if total > 0 else None, 0, confidence, tuple(reasons))


def _made(seam: Seam, lines: tuple[str, str], fields: Fields, page: str, language: Language) -> Seam:
    """Say how two lines of a page are joined."""
    first, second = lines
    if fields[OVERLAP] >= _LEAST_OVERLAP:
        return Seam(Fix.OVERLAP, fields[OVERLAP], seam.confidence, seam.reasons)
    halves = halves_at_hyphen(first, second)
    if halves:
        fix = fix_at_hyphen(halves, second, read_words(page, language.code), language)
        return Seam(fix, int(fix is Fix.HYPHEN), seam.confidence, seam.reasons)
    if fields[CASED] and fields[CASED].word == TORN:
        return Seam(Fix.LOST_HYPHEN, 0, seam.confidence, seam.reasons)
    glued = first[-1] in DASHES and first[-2:-1].isalnum() and second[0].isalnum() and not _is_cut_off(first)
    if (language.joiner and not glued) or (_spaced(first[-1]) and _spaced(second[0])):
        return Seam(Fix.JOIN_SPACE, 0, seam.confidence, seam.reasons)
    return seam


def _is_cut_off(first: str) -> bool:
    """Tell whether a line ends in a hyphen behind a letter; what follows is no letter then, and not the same word."""
    return first[-1] in HYPHENS and not first[-2].isdigit()


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
    # Most blocks are printed as they are read: nothing is dropped, and nothing or a space put between all lines.
    fixes = {*map(_FIX, seams)}
    alike = fixes <= _PLAIN or fixes <= _SPACED
    if alike and not may_drop(printed) and not any(map(_DROPS, lines)):
        return Block(tuple(lines), tuple(seams), printed if fixes <= _PLAIN else " ".join(texts), before)
    text = _repaired_text(lines, seams)
    repaired = (text != printed and text != " ".join(texts)) or any(seam.fix is Fix.LOST_HYPHEN for seam in seams)
    return Block(tuple(lines), tuple(seams), text, before, repaired)


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
    """Give a line's text from its character `first` on, without what only sets its characters apart."""
    if not line.drops and not may_drop(line.text):
        return line.text[first:] if first else line.text
    dropped = [span for span in drops_of(line) if span[0] >= first]
    if not dropped:
        return line.text[first:]
    starts, ends = [first, *(end for _, end in dropped)], [*(start for start, _ in dropped), len(line.text)]
    return "".join(line.text[start:end] for start, end in zip(starts, ends, strict=True))


def drops_of(line: Line) -> Sequence[Span]:
    """Give all there is to drop inside a line: what its characters tell by themselves, and what its words told."""
    drops = inner_drops(line.text)
    return sorted({*drops, *line.drops}) if line.drops else drops


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
    for start, end in reversed(drops_of(line)):
        if start >= first:
            del places[start:end]
    return places[first:]
