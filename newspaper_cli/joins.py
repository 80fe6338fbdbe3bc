"""Break or join: what stands between two neighbouring lines, decided by a table of weights.

The score of a seam is the sum of the weights of its features; above nought the lines are joined. Its probability is
the logistic function of the score. A seam is described by a tuple of categories, so that the same situation is weighed
once: pages repeat a few hundred of them over and over.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import HYPHENS, letter_spaced
from newspaper_cli.document import Block, Line, Seam
from newspaper_cli.features import Traits, overlap_length, read_traits
from newspaper_cli.labels import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime

_SURE: Final = 0.999
_REASONS: Final = 4
_EDGE: Final = Traits("none", "none", "none", punctuated=False, open_bracket=False, width=0)


class Situation(NamedTuple):
    """Describe a seam by everything its features are made of."""

    mode: str
    gap: str
    first: tuple[str, str, str]
    second: tuple[str, str, str]
    before: tuple[str, str]
    after: str
    insides: tuple[bool, bool, bool]
    lengths: str
    indents: tuple[bool, bool] | None
    parallel: bool
    overlap: int


def decide_seams(lines: Sequence[Line], regime: Regime, language: Language) -> list[Seam]:
    """Decide every gap between neighbouring lines of one page; the result has one item fewer than the lines."""
    traits = read_traits(lines, regime, language)
    mode = _mode(regime)
    table = "latin" if "Latin" in language.scripts else "han"
    seams = []
    for index in range(len(lines) - 1):
        situation = describe(lines, traits, index, mode)
        confidence, joined, reasons = _weigh(table, situation)
        fix, drop = _fix(lines[index], lines[index + 1], language, situation.overlap) if joined else (None, 0)
        seams.append(Seam(fix, drop, confidence, reasons))
    return seams


def _mode(regime: Regime) -> str:
    kind = "blocks" if regime.layout == "blocks" else "commas" if regime.comma_stops else "lines"
    return f"{kind}+indents" if regime.indents else f"{kind}+gapped" if regime.gapped else kind


def describe(lines: Sequence[Line], traits: Sequence[Traits], index: int, mode: str) -> Situation:
    """Describe the seam after line `index`."""
    first, second = lines[index], lines[index + 1]
    a, b = traits[index], traits[index + 1]
    before = traits[index - 1] if index else _EDGE
    after = traits[index + 2] if index + 2 < len(traits) else _EDGE
    difference = a.width - b.width
    return Situation(
        mode.partition("+")[0],
        _gap(first, second, mode),
        (a.ends, a.fill, a.starts),
        (b.starts, b.fill, b.ends),
        (before.fill, before.ends),
        after.fill,
        (a.punctuated, b.punctuated, a.open_bracket),
        "same" if -2 <= difference <= 2 else "less" if difference > 0 else "more",  # noqa: PLR2004
        (first.indent > 0, second.indent > 0) if mode.endswith("+indents") else None,
        first.text[:2] == second.text[:2],
        overlap_length(first.text, second.text),
    )


def _gap(first: Line, second: Line, mode: str) -> str:
    if first.head or second.head:
        return "head"
    if first.page != second.page:
        return "page"
    if first.column != second.column:
        return "column"
    return "none" if mode.endswith("+gapped") or not second.gap else "blank"


def features(situation: Situation) -> Iterator[str]:
    """Name the features of a seam, each a row of the table of weights."""
    mode, gap, (ends, fill, opened), (starts, next_fill, next_ends), *_ = situation
    yield f"layout {mode} {gap}"
    yield f"end {mode} {ends} {fill}"
    yield f"end-gap {mode} {ends} {fill} {gap}"
    yield f"start {mode} {starts}"
    yield f"edges {mode} {ends} {starts}"
    yield f"opened {mode} {opened} {fill}"
    yield f"next {mode} {next_fill} {next_ends}"
    punctuated, next_punctuated, bracket = situation.insides
    yield f"insides {mode} {_mark(punctuated, 'p')}{_mark(next_punctuated, 'p')}{_mark(bracket, '(')}"
    yield f"fills {mode} {fill} {next_fill}"
    yield f"lengths {mode} {fill} {situation.lengths}"
    yield f"before {mode} {' '.join(situation.before)}"
    yield f"after {mode} {situation.after} {next_fill}"
    if situation.indents:
        yield f"indents {_mark(situation.indents[0], '>')}{_mark(situation.indents[1], '>')}"
    if situation.parallel:
        yield f"parallel {mode}"
    if situation.overlap:
        yield f"overlap {min(situation.overlap, 2)}"


def _mark(seen: bool, mark: str) -> str:  # noqa: FBT001
    return mark if seen else "-"


@lru_cache(maxsize=1 << 15)
def _weigh(table: str, situation: Situation) -> tuple[float, bool, tuple[tuple[str, float], ...]]:
    weights = _weights(table)
    found = [(name, weights[name]) for name in features(situation) if name in weights]
    score = sum(weight for _, weight in found) + weights["bias"]
    joined = score > 0
    found.sort(key=lambda item: -item[1] if joined else item[1])
    confidence = min(1 / (1 + exp(-abs(score))), _SURE)
    return round(confidence, 3), joined, tuple(found[:_REASONS])


@cache
def _weights(table: str) -> dict[str, float]:
    rows = (files("newspaper_cli") / "weights" / f"joins.{table}.tsv").read_text("utf-8").splitlines()
    return {name: float(weight) for name, _, weight in (row.partition("\t") for row in rows)}


def _fix(first: Line, second: Line, language: Language, overlap: int) -> tuple[Fix, int]:
    if overlap > 1:
        return Fix.OVERLAP, overlap
    if first.text[-1] in HYPHENS and _breaks_word(first.text, second.text):
        return Fix.HYPHEN, 1
    if language.joiner or (_spaced(first.text[-1]) and _spaced(second.text[0])):
        return Fix.JOIN_SPACE, 0
    return Fix.JOIN, 0


def _breaks_word(first: str, second: str) -> bool:
    """Tell whether the hyphen at a line's end only breaks a word: a letter before it, a small letter after it."""
    return len(first) > 1 and first[-2].isalpha() and first[-2].isascii() and second[0].islower()


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
    parts = [_kept_text(lines[0])]
    for seam, line in zip(seams, lines[1:], strict=True):
        if seam.fix is Fix.HYPHEN:
            parts[-1] = parts[-1][: -seam.drop]
        elif seam.fix is Fix.JOIN_SPACE:
            parts.append(" ")
        parts.append(_kept_text(line, seam.drop if seam.fix is Fix.OVERLAP else 0))
    return Block(tuple(lines), tuple(seams), "".join(parts), before)


def _kept_text(line: Line, first: int = 0) -> str:
    """Give a line's text from its character `first` on, without the spaces that only set its characters apart."""
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
