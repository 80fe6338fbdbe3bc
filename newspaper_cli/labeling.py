"""What each block of a page is: precise rules first, then a sum of weights that parts headings from running text.

A rule is a pattern of the language that leaves no doubt (a jump line, an editor's credit, a dateline). Everything else
is either a heading or body, and the weights of its named features decide; `weights/labels.tsv` holds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import msgspec
import regex

from newspaper_cli.characters import CLOSERS, OPENERS, STOPS, count_han, printed_width
from newspaper_cli.features import end_class, fill_of, in_capitals, probability, weigh
from newspaper_cli.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from newspaper_cli.document import Block
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime

_LONGEST_RULE: Final = 160
_LONGEST_CREDIT: Final = 50
_LONGEST_SIZED: Final = 120
_PRECISE: Final = 0.99
_RULE: Final = "rule "
_WIDTHS: Final = (4, 22, 42, 64, 92)
_SIZES: Final = ("tiny", "small", "line", "long", "very-long", "text")
_LINES: Final = ("one", "two", "many")
_COMMAS: Final = frozenset("，、；,;")
_MARKS: Final = re.compile("[，、；,;。！？!?….．｡]")
_MANY_COMMAS: Final = 3
# The rules in their order: name, hint and pattern in the language's sheets, whether the whole text must match, and
# whether only a text as short as a credit can.
_RULES: Final = (
    ("end dateline", "parts.bracket", "leads.end_dateline", False, False),
    ("dateline", "parts.dateline", "leads.dateline", False, False),
    ("jump", "parts.jump", "parts.jump", True, True),
    ("closing", "parts.bracket", "parts.closing", True, True),
    ("byline", "parts.byline", "leads.byline", True, True),
    ("furniture", "parts.furniture", "parts.furniture", True, True),
    ("editor", "parts.editor", "parts.editor", True, False),
    ("caption", "parts.caption", "parts.caption", False, False),
)
_LONG_WORD: Final = regex.compile(r"\p{Latin}{4,}")


Ruled: TypeAlias = tuple[Label, float, tuple[tuple[str, float], ...]]

_RULED: Final[Mapping[str, Ruled]] = MappingProxyType(
    {
        name: (label, _PRECISE, ((f"{_RULE}{name}", 1.0),))
        for name, label in (
            ("ornament", Label.FURNITURE),
            ("end dateline", Label.BODY),
            ("dateline", Label.BODY),
            ("closing", Label.BODY),
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
        return name[len(_RULE) :] if name.startswith(_RULE) else None


class _Rule(NamedTuple):
    """Hold a rule of a language; its pattern is compiled when a text first shows the hint."""

    name: str
    hint: Callable[[str], re.Match[str] | None]
    pattern: str
    whole: bool
    credit: bool


# What one block shows by itself: its rule, the class of its end, and how its first and last lines fill their columns.
_Seen: TypeAlias = tuple[Ruled | None, str, str, str]

# Everything the features of a block are made of, as a plain tuple: the same few come back on page after page. It holds
# mode, size, how many lines (three for more), what stands inside, how the block starts, the case of its letters, the
# class of its end, how its first line fills the column; how the block before fills its own and ends, if there is one;
# what follows; whether there are gaps before and after, where gaps mean something.
Shape: TypeAlias = tuple[str, str, int, str, str, str, str, str, tuple[str, str] | None, str, str]


def label_blocks(blocks: Sequence[Block], regime: Regime, language: Language) -> list[Labelled]:
    """Label the blocks of one page in reading order."""
    mode = "blocks" if regime.layout == "blocks" else "commas" if regime.comma_stops else "lines"
    plain = regime.gapped or regime.layout == "blocks"
    seen = _look(blocks, regime, language)
    gaps = [*(block.lines[0].gap for block in blocks), 1]
    afters = [*(ruled[2][0][0] if ruled else "free" for ruled, *_ in seen[1:]), "end"]
    labelled = []
    before = None
    for index, (rule, ends, fill, last_fill) in enumerate(seen):
        block, gap, following = blocks[index], gaps[index], gaps[index + 1]
        around = "plain" if plain else f"{min(gap, 1)}{min(following, 1)}"
        ruled = rule or _weigh((mode, *_traits(block), ends, fill, before, afters[index], around))
        labelled.append(Labelled(block, *ruled, gap, not plain and following > 0))
        before = last_fill, ends
    return labelled


def _look(blocks: Sequence[Block], regime: Regime, language: Language) -> list[_Seen]:
    """See each block by itself; its lines are those that the regime measured, in the same order."""
    rules = tuple(
        _Rule(name, language.hint(hint).search, pattern, whole, credit) for name, hint, pattern, whole, credit in _RULES
    )
    anything = language.hint("parts.part").search
    measures, widths = regime.measures, regime.widths
    seen = []
    place = 0
    for block in blocks:
        last = place + len(block.lines) - 1
        fill, last_fill = fill_of(measures[place], widths[place]), fill_of(measures[last], widths[last])
        found = _rule_for(block, language, rules) if len(block.text) > _LONGEST_RULE or anything(block.text) else None
        seen.append((found or _ornament(block.text), end_class(block.text), fill, last_fill))
        place = last + 1
    return seen


def _ornament(text: str) -> Ruled | None:
    return None if any(map(str.isalnum, text)) else _RULED["ornament"]


def _rule_for(block: Block, language: Language, rules: Sequence[_Rule]) -> Ruled | None:
    """Find the rule that leaves no doubt about a block, if there is one; of a long text only its opening counts."""
    text = block.text
    if len(text) > _LONGEST_RULE:
        return _RULED["dateline"] if language.pattern("leads.dateline").match(text) else None
    short = len(text) <= _LONGEST_CREDIT and text[-1] not in STOPS
    for rule in rules:
        if (short or not rule.credit) and rule.hint(text):
            pattern = language.pattern(rule.pattern)
            if (pattern.fullmatch if rule.whole else pattern.match)(text):
                return _RULED[rule.name]
    return None


def _traits(block: Block) -> tuple[str, int, str, str, str]:
    """See how large a block is, what stands inside, how it starts, and how it uses capitals."""
    text = block.text
    starts = "spanning" if block.lines[0].head else _start_class(text[0])
    return _size(text), min(len(block.lines), len(_LINES)), _inside(text), starts, _case(text)


def _size(text: str) -> str:
    """Name the size of a block by its longest clause: kicker and headline on one line stand a space apart."""
    text = text[:_LONGEST_SIZED]
    width = printed_width(text) if " " not in text or text.isascii() else max(map(printed_width, text.split(" ")))
    return _SIZES[bisect_left(_WIDTHS, width)]


def _inside(text: str) -> str:
    """Say which marks stand inside a text; enough of its beginning is looked at."""
    marks = _MARKS.findall(text, 0, min(len(text), _LONGEST_SIZED) - 1)
    if not marks:
        return "none"
    if not STOPS.isdisjoint(marks):
        return "stop"
    return "commas" if len(marks) >= _MANY_COMMAS else "comma"


@cache
def _start_class(first: str) -> str:
    """Name the class of the first character of a block."""
    if first in "—―":
        return "dash"
    if first in OPENERS:
        return "opener"
    return "closer" if first in CLOSERS or first in _COMMAS or first in STOPS else "letter"


def _case(text: str) -> str:
    """Say how a text uses capitals: `capitals` throughout, `title` in each long word, `sentence`, `small` or `none`.

    Latin letters in Chinese text say nothing, nor do single letters: `none`.
    """
    start = text[0] if text[0].isalpha() else next(filter(str.isalpha, text), "")
    if start.isupper() is start.islower() or not (words := _LONG_WORD.findall(text)) or count_han(text):
        return "none"
    if in_capitals(text):
        return "capitals"
    if start.isupper() and len(words) > 1 and all(word[0].isupper() for word in words):
        return "title"
    return "sentence" if start.isupper() else "small"


def features(shape: Shape) -> Iterator[str]:
    """Name the features of a block that the weights are given to."""
    mode, size, lines, inside, starts, case, ends, fill, before, after, around = shape
    yield f"size {mode} {size}"
    yield f"lines {mode} {_LINES[lines - 1]}"
    yield f"end {mode} {ends}"
    yield f"inside {mode} {inside}"
    yield f"start {starts}"
    yield f"around {mode} {around}"
    yield f"before {mode} {' '.join(before) if before else 'start'} {around[0]}"
    yield f"after {after}"
    yield f"fill {mode} {fill} {around}"
    if case != "none":
        yield f"case {case}"
        yield f"case {case} {ends}"


@lru_cache(maxsize=1 << 14)
def _weigh(shape: Shape) -> Ruled:
    score, reasons = weigh("labels", features(shape))
    return Label.HEADLINE if score > 0 else Label.BODY, round(probability(score), 3), reasons
