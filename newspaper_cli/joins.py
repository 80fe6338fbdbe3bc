"""Break or join: what stands between two neighbouring lines, decided by a table of weights.

The score of a seam is the sum of the weights of its features; above nought the lines are joined. Its probability is
the logistic function of the score. A seam is described by a tuple of categories, so that the same situation is weighed
once: pages repeat a few hundred of them over and over.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import fsum, log
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.characters import CLOSERS, COMMAS, DASHES, HYPHENS, QUOTES, STOPS, inner_drops, is_ornament, may_drop
from newspaper_cli.document import Block, Line, Seam, Span
from newspaper_cli.features import probability, read_weights
from newspaper_cli.hyphens import LEFT, TORN, fix_at_hyphen, halves_at_hyphen, is_left, read_words
from newspaper_cli.labels import Fix
from newspaper_cli.leaps import LEAPS, may_leap
from newspaper_cli.lone_lines import find_jumps, find_lone_lines
from newspaper_cli.seams import (
    CASED,
    FILL,
    FIRST,
    GAP,
    LONGEST_RUN,
    NEXT_FILL,
    OPENED,
    OVERLAP,
    PARTS,
    describe_seams,
    heaviest,
    keys_of,
    situation_at,
)
from newspaper_cli.tables import SHIPPED, table_of
from newspaper_cli.trigrams import load_trigrams

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from newspaper_cli.cased import Cased
    from newspaper_cli.document import Weighed
    from newspaper_cli.hyphens import Words
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime
    from newspaper_cli.seams import Columns, Fields, Key, Situation
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
_LAST: Final = itemgetter(-1)
_DROPS: Final = attrgetter("drops")
_FALLS_SHORT: Final = frozenset({"short", "stub", "scrap"})
_PLAIN: Final = frozenset({Fix.JOIN})
_SPACED: Final = frozenset({Fix.JOIN_SPACE})
_LONGEST_NAME: Final = 3
_STROKES: Final = DASHES | HYPHENS
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


def decide_seams(
    lines: Sequence[Line],
    regime: Regime,
    language: Language,
    weights: Weights = SHIPPED,
    apart: Collection[int] = (),
) -> list[Seam]:
    """Decide every gap between neighbouring lines of one page; the result has one item fewer than the lines.

    The lines `apart` are known to be no running text.
    """
    if regime.whole:
        return [_WHOLE] * (len(lines) - 1)
    texts = [line.text for line in lines]
    found = describe_seams(lines, regime, language, apart)
    table, usual = table_of("joins", language), Fix.JOIN_SPACE if language.joiner else Fix.JOIN
    seams = list(map(_scales(table, weights, usual), zip(*found, strict=True)))
    _hear(seams, texts, found, read_weights(table, weights), usual)
    if language.joiner:
        _part_unsure(seams, lines, found, language)
    _join(seams, texts, found, language)
    _rule(seams, lines, found, regime, language)
    if language.joiner:
        for index in _left_torn(seams, texts, found, language):
            seams[index] = msgspec.structs.replace(seams[index], torn=True)
    return seams


def _rule(seams: list[Seam], lines: Sequence[Line], found: Columns, regime: Regime, language: Language) -> None:
    """Set the seams that are certain without weighing anything."""
    texts = [line.text for line in lines]
    for index in _names_apart(texts, found, language):
        seams[index] = _APART
    for index in _beside(_ornaments(texts), len(seams)):
        seams[index] = _ORNAMENT
    lone = find_lone_lines(texts, language) if language.joiner else find_jumps(texts, language)
    for index in _beside(lone, len(seams)):
        seams[index] = _LONE
    if regime.parted:
        for index in _parting(lines, found):
            seams[index] = _PARTED


def _parting(lines: Sequence[Line], found: Columns) -> Iterator[int]:
    """Find the seams of a parted page that part for sure: at blank lines, and below the heads it is known by.

    A head is a first line without marks that falls short where the next does not.
    """
    first = True
    shown = zip(found[FIRST], found[FILL], found[NEXT_FILL], lines[1:], strict=True)
    for index, (outline, fill, next_fill, below) in enumerate(shown):
        headed = first and outline.bare and fill in _FALLS_SHORT and next_fill not in _FALLS_SHORT
        if below.gap or headed:
            yield index
        first = below.gap > 0


def _hear(seams: list[Seam], texts: Sequence[str], found: Columns, table: Mapping[str, float], usual: Fix) -> None:
    """Weigh the seams that are unsure again, where the table of the script says what their characters weigh."""
    if _CONTINUATION not in table:
        return
    doubtful = [place for place, seam in enumerate(seams) if seam.confidence < _UNSURE]
    for index in [place for place in doubtful if _is_unsure(seams[place], situation_at(found, place))]:
        following = texts[index + 1][found[OVERLAP][index] :]
        continuation = load_trigrams().continuation(texts[index], following)
        seams[index] = _weigh_characters(seams[index], continuation, table, usual)


def _is_unsure(seam: Seam, situation: Situation) -> bool:
    """Tell whether the characters may change what was decided.

    Not where lines of verse end, whose sense runs on in the next, nor where one falls short above a blank line.
    """
    if seam.fix is not None:
        return seam.confidence < _HALF_SURE
    parted = situation.gap == "blank" and situation.fill in _FALLS_SHORT
    return situation.bare < LONGEST_RUN and not parted


def _part_unsure(seams: list[Seam], lines: Sequence[Line], found: Columns, language: Language) -> None:
    """Leave lines apart that a blank line or a column parts, but where it is sure that one goes on in the other."""
    words = read_words("\n".join([line.text for line in lines]), language.code)
    for index in [place for place, gap in enumerate(found[GAP]) if gap in LEAPS]:
        pair = lines[index], lines[index + 1]
        if seams[index].fix is None:
            continue
        if not may_leap(pair, seams[index], situation_at(found, index), words, language):
            seams[index] = _UNSURE_LEAP


def _join(seams: list[Seam], texts: Sequence[str], found: Columns, language: Language) -> None:
    """Say how lines are joined where it is not the usual way of their script, with a space or with nothing between.

    Most seams of a page are joined so: the others show a hyphen or a dash, a word in both lines, something printed
    twice, or Latin letters among Chinese.
    """
    words = cache(lambda: read_words("\n".join(texts), language.code))
    overlaps, cased = found[OVERLAP], found[CASED]
    for index, (last, overlap, seen) in enumerate(zip(map(_LAST, texts), overlaps, cased, strict=False)):
        may_differ = last in _STROKES or seen.word if seen else last < _FIRST_WIDE
        if (may_differ or overlap) and seams[index].fix is not None:
            seams[index] = _made(seams[index], texts[index : index + 2], (overlap, seen), words, language)


def _left_torn(seams: Sequence[Seam], texts: Sequence[str], found: Columns, language: Language) -> Iterator[int]:
    """Find the seams at which a word seems torn and was left so, since nothing told the whole for sure."""
    for index in [place for place, seen in enumerate(found[CASED]) if seen.word or texts[place][-1] in HYPHENS]:
        if seams[index].fix is not None and seams[index].fix is not Fix.JOIN_SPACE:
            continue
        if texts[index][-1] in HYPHENS:
            if is_left(texts[index], texts[index + 1], language):
                yield index
        elif found[CASED][index].word == LEFT:
            yield index


def _names_apart(texts: Sequence[str], found: Columns, language: Language) -> Iterator[int]:
    """Find the seams of bylines whose names were printed or read as lines of their own: a space is set between them."""
    for first, opened in enumerate(found[OPENED]):
        if len(texts[first + 1]) > _LONGEST_NAME or not (opened == "byline" or texts[first + 1].isalpha()):
            continue
        stop = first + 1
        while stop < len(texts) and len(texts[stop]) <= _LONGEST_NAME and found[GAP][stop - 1] in _CLOSE:
            stop += 1
        if stop > first + 1 and language.match("leads.byline", " ".join(texts[first:stop]), whole=True):
            yield from range(first, stop - 1)


def _ornaments(texts: Sequence[str]) -> Iterator[int]:
    """Find the lines that are no text: a rule, a star, a stray stroke. A lone mark of print is text."""
    for place, text in enumerate(texts):
        if not text[0].isalnum() and text[0] not in _MARKS and is_ornament(text):
            yield place


def _beside(places: Iterable[int], count: int) -> Iterator[int]:
    """Give the seams above and below some lines, of so many seams in all."""
    for place in places:
        yield from range(max(place - 1, 0), min(place + 1, count))


@lru_cache(maxsize=1 << 13)
def _decide(score: float) -> tuple[bool, float]:
    """Say whether lines with a score are joined, and how probable that is; scores have two places, so few differ."""
    return score > 0, round(min(probability(score), SURE), 3)


@cache
def _scales(table: str, weights: Weights, usual: Fix) -> Callable[[Fields], Seam]:
    """Give what weighs a situation by a table: a break, or a join in the usual way.

    What was weighed is kept, whole and in its parts: pages in Chinese repeat a few hundred situations over and over. In
    scripts with capitals seven of ten are new, but their parts are not.
    """
    known = read_weights(table, weights)

    def scale(name_part: Callable[[Key], Iterator[str]]) -> Callable[[Key], Weighed]:
        return lru_cache(maxsize=1 << 14)(lambda key: _look_up(known, name_part(key)))

    bias, (weigh_edges, weigh_beside, weigh_lengths, weigh_insides) = (known.get("bias", 0.0),), map(scale, PARTS)

    @lru_cache(maxsize=1 << 15)
    def weigh(fields: Fields) -> Seam:
        edges, beside, lengths, insides = keys_of(fields)
        found = weigh_edges(edges), weigh_beside(beside), weigh_lengths(lengths), weigh_insides(insides)
        joined, confidence = _decide(fsum(bias + found[0][1] + found[1][1] + found[2][1] + found[3][1]))
        return Seam(usual if joined else None, 0, confidence, (), found)

    return weigh


def _look_up(known: Mapping[str, float], named: Iterable[str]) -> Weighed:
    names = tuple(name for name in named if name in known)
    return names, tuple(map(known.__getitem__, names))


def reasons_of(seam: Seam) -> tuple[tuple[str, float], ...]:
    """Say what made a decision, the heaviest first."""
    return seam.reasons or heaviest(seam.weighed, joined=seam.fix is not None)


def _weigh_characters(seam: Seam, continuation: float, weights: Mapping[str, float], usual: Fix) -> Seam:
    """Weigh a seam that its shape leaves unsure by how well its characters go on as well.

    Few seams are so, and the table of trigrams tells most of them right: on keyed pages of the 1920s and 30s, with each
    issue left out of training, shape alone gets 95.6 % of all seams right, and what `repair` gives with it 95.9 %.
    """
    score = log(seam.confidence / (1 - seam.confidence)) * (-1 if seam.fix is None else 1)
    heard = weights[_CONTINUATION] * continuation
    total = fsum([weights["trigram bias"], weights["trigram score"] * score, heard])
    confidence = round(min(probability(total), SURE), 3)
    reasons = sorted([*reasons_of(seam), (_CONTINUATION, round(heard, 2))], key=lambda reason: -abs(reason[1]))
    return Seam(usual if total > 0 else None, 0, confidence, tuple(reasons))


def _made(
    seam: Seam, texts: Sequence[str], shown: tuple[int, Cased | None], words: Callable[[], Words], language: Language
) -> Seam:
    """Say how two lines of a page are joined, by what is printed twice and what a script with capitals shows."""
    (first, second), (overlap, cased) = texts, shown
    if overlap >= _LEAST_OVERLAP and (not language.joiner or _stands_twice(second, overlap, language)):
        return Seam(Fix.OVERLAP, overlap, seam.confidence, seam.reasons, seam.weighed)
    halves = halves_at_hyphen(first, second)
    if halves:
        fix = fix_at_hyphen(halves, second, words(), language)
        return Seam(fix, int(fix is Fix.HYPHEN), seam.confidence, seam.reasons, seam.weighed)
    if cased and cased.word == TORN:
        return Seam(Fix.LOST_HYPHEN, 0, seam.confidence, seam.reasons, seam.weighed)
    glued = first[-1] in DASHES and first[-2:-1].isalnum() and second[0].isalnum() and not _is_cut_off(first)
    spaced = (language.joiner and not glued) or (_spaced(first[-1]) and _spaced(second[0]))
    fix = Fix.JOIN_SPACE if spaced else Fix.JOIN
    return Seam(fix, 0, seam.confidence, seam.reasons, seam.weighed)


def _stands_twice(second: str, overlap: int, language: Language) -> bool:
    """Tell whether words that end a line and begin the next were printed once.

    Not where a whole line stands twice, as rows of tables do, nor where marks do.
    """
    return overlap < len(second) and all(
        any(map(str.isalpha, word)) for word in second[:overlap].split(language.joiner)
    )


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
    if len(lines) == 1 and not lines[0].drops and not may_drop(lines[0].text):
        return Block(tuple(lines), (), lines[0].text, before)
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
