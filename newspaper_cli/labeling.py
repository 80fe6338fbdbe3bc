"""What each block of a page is: precise rules first, then a sum of weights that parts headings from running text.

A rule is a pattern of the language that leaves no doubt (a jump line, an editor's credit, a dateline). Everything else
is either a heading or body, and the weights of its named features decide; `weights/labels.tsv` holds them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import msgspec
import regex

from newspaper_cli.characters import CLOSERS, OPENERS, STOPS, count_han, printed_width
from newspaper_cli.document import Block
from newspaper_cli.features import end_class, fill_of, in_capitals
from newspaper_cli.labels import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime

_LONGEST_RULE: Final = 160
_LONGEST_CREDIT: Final = 50
_LONGEST_SIZED: Final = 120
_PRECISE: Final = 0.99
_RULE: Final = "rule "
_SIZES: Final = ((4, "tiny"), (22, "small"), (42, "line"), (64, "long"), (92, "very-long"))
_COMMAS: Final = frozenset("，、；,;")
_MARKS: Final = re.compile("[，、；,;。！？!?….．｡]")
_MANY_COMMAS: Final = 3
_LONG_WORD: Final = regex.compile(r"\p{Latin}{4,}")


Ruled: TypeAlias = tuple[Label, float, tuple[tuple[str, float], ...]]

_RULED: Final[Mapping[str, Ruled]] = MappingProxyType(
    {
        name: (label, _PRECISE, ((f"{_RULE}{name}", 1.0),))
        for name, label in (
            ("ornament", Label.FURNITURE),
            ("end dateline", Label.BODY),
            ("dateline", Label.BODY),
            ("jump", Label.JUMP),
            ("byline", Label.BYLINE),
            ("furniture", Label.FURNITURE),
            ("editor", Label.EDITOR),
            ("caption", Label.CAPTION),
        )
    }
)


class Labelled(msgspec.Struct, frozen=True):
    """Hold a block with its label, how probable that is, and the features or the rule that made it."""

    block: Block
    label: Label
    score: float
    reasons: tuple[tuple[str, float], ...]
    gap: int
    detached: bool = False

    @property
    def rule(self) -> str | None:
        """Name the rule that made the label, if one did."""
        name = self.reasons[0][0] if self.reasons else ""
        return name.removeprefix(_RULE) if name.startswith(_RULE) else None


class Shape(NamedTuple):
    """Describe a block by everything its features are made of."""

    mode: str
    size: str
    lines: str
    ends: str
    inside: str
    starts: str
    before: str
    after: str
    around: str
    fill: str
    case: str


class _Seen(NamedTuple):
    """Hold what one block shows by itself."""

    block: Block
    ruled: Ruled | None
    ends: str
    first_fill: str
    last_fill: str


def label_blocks(blocks: Sequence[Block], regime: Regime, language: Language) -> list[Labelled]:
    """Label the blocks of one page in reading order."""
    mode = "blocks" if regime.layout == "blocks" else "commas" if regime.comma_stops else "lines"
    plain = regime.gapped or regime.layout == "blocks"
    seen = list(_look(blocks, regime, language))
    labelled = []
    for index, (block, ruled, *_) in enumerate(seen):
        gap = block.lines[0].gap
        following = blocks[index + 1].lines[0].gap if index + 1 < len(blocks) else 1
        if ruled is None:
            around = "plain" if plain else f"{min(gap, 1)}{min(following, 1)}"
            ruled = _weigh(_shape(seen, index, mode, around))
        labelled.append(Labelled(block, *ruled, gap, not plain and following > 0))
    return labelled


def _look(blocks: Sequence[Block], regime: Regime, language: Language) -> Iterator[_Seen]:
    """See each block by itself; its lines are those that the regime measured, in the same order."""
    place = 0
    for block in blocks:
        last = place + len(block.lines) - 1
        fills = (fill_of(regime.measures[line], regime.widths[line]) for line in (place, last))
        yield _Seen(block, rule_for(block, language), end_class(block.text), *fills)
        place = last + 1


def _shape(seen: Sequence[_Seen], index: int, mode: str, around: str) -> Shape:
    block, _, ends, first_fill, _ = seen[index]
    before = seen[index - 1] if index else None
    after = seen[index + 1] if index + 1 < len(seen) else None
    return Shape(
        mode,
        _size(block),
        "one" if len(block.lines) == 1 else "two" if len(block.lines) == 2 else "many",  # noqa: PLR2004
        ends,
        _inside(block.text),
        _starts(block),
        "start" if before is None else f"{before.last_fill} {before.ends}",
        "end" if after is None else after.ruled[2][0][0] if after.ruled else "free",
        around,
        first_fill,
        _case(block.text),
    )


def rule_for(block: Block, language: Language) -> Ruled | None:
    """Find the rule that leaves no doubt about a block, if there is one."""
    text = block.text
    if len(text) > _LONGEST_RULE:
        return _RULED["dateline"] if language.pattern("leads.dateline").match(text) else None
    if not any(map(str.isalnum, text)):
        return _RULED["ornament"]
    hint = language.pattern("parts.hint").search(text)
    return next((_RULED[name] for name in _rules(block, language)), None) if hint else None


def _rules(block: Block, language: Language) -> Iterator[str]:
    text, pattern = block.text, language.pattern
    if pattern("leads.end_dateline").match(text):
        yield "end dateline"
    if pattern("leads.dateline").match(text):
        yield "dateline"
    if len(text) <= _LONGEST_CREDIT and text[-1] not in STOPS:
        if pattern("parts.jump").fullmatch(text):
            yield "jump"
        if pattern("leads.byline").fullmatch(text):
            yield "byline"
        if len(block.lines) == 1 and pattern("parts.furniture").fullmatch(text):
            yield "furniture"
    if pattern("parts.editor").fullmatch(text):
        yield "editor"
    if pattern("parts.caption").match(text):
        yield "caption"


def _size(block: Block) -> str:
    """Name the size of a block by its longest clause: kicker and headline on one line stand a space apart."""
    text = block.text[:_LONGEST_SIZED]
    width = printed_width(text) if " " not in text or text.isascii() else max(map(printed_width, text.split(" ")))
    return next((name for limit, name in _SIZES if width <= limit), "text")


def _inside(text: str) -> str:
    """Say which marks stand inside a text; enough of its beginning is looked at."""
    marks = _MARKS.findall(text, 0, min(len(text), _LONGEST_SIZED) - 1)
    if not marks:
        return "none"
    if not STOPS.isdisjoint(marks):
        return "stop"
    return "commas" if len(marks) >= _MANY_COMMAS else "comma"


def _starts(block: Block) -> str:
    first = block.text[0]
    if block.lines[0].head:
        return "spanning"
    if first in "—―":
        return "dash"
    if first in OPENERS:
        return "opener"
    return "closer" if first in CLOSERS or first in _COMMAS or first in STOPS else "letter"


def _case(text: str) -> str:
    """Say how a text uses capitals: `capitals` throughout, `title` in each long word, `sentence`, `small` or `none`.

    Latin letters in Chinese text say nothing, nor do single letters: `none`.
    """
    start = next((character for character in text if character.isalpha()), "")
    if start.isupper() is start.islower() or not (words := _LONG_WORD.findall(text)) or count_han(text):
        return "none"
    if in_capitals(text):
        return "capitals"
    if start.isupper() and len(words) > 1 and all(word[0].isupper() for word in words):
        return "title"
    return "sentence" if start.isupper() else "small"


def features(shape: Shape) -> Iterator[str]:
    """Name the features of a block that the weights are given to."""
    yield f"size {shape.mode} {shape.size}"
    yield f"lines {shape.mode} {shape.lines}"
    yield f"end {shape.mode} {shape.ends}"
    yield f"inside {shape.mode} {shape.inside}"
    yield f"start {shape.starts}"
    yield f"around {shape.mode} {shape.around}"
    yield f"before {shape.mode} {shape.before} {shape.around[0]}"
    yield f"after {shape.after}"
    yield f"fill {shape.mode} {shape.fill} {shape.around}"
    if shape.case != "none":
        yield f"case {shape.case}"
        yield f"case {shape.case} {shape.ends}"


@lru_cache(maxsize=1 << 14)
def _weigh(shape: Shape) -> Ruled:
    weights = _weights()
    found = [(name, weights[name]) for name in features(shape) if name in weights]
    score = sum(weight for _, weight in found)
    found.sort(key=lambda item: -item[1] if score > 0 else item[1])
    return Label.HEADLINE if score > 0 else Label.BODY, round(1 / (1 + exp(-abs(score))), 3), tuple(found[:4])


@cache
def _weights() -> dict[str, float]:
    rows = (files("newspaper_cli") / "weights" / "labels.tsv").read_text("utf-8").splitlines()
    return {name: float(weight) for name, _, weight in (row.partition("\t") for row in rows)}
