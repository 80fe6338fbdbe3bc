"""What each block of a page is: precise rules first, then a sum of weights that parts headings from running text.

A rule is a pattern of the language that leaves no doubt (a jump line, an editor's credit, a dateline). Everything else
is either a heading or body, and the weights of its named features decide; `weights/labels.tsv` holds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise, repeat
from sys import maxsize
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
import regex

from newspaper_cli.characters import CLOSERS, OPENERS, STOPS, count_han, printed_width, printed_widths
from newspaper_cli.features import end_class, in_capitals, probability, weigh
from newspaper_cli.labels import Label
from newspaper_cli.regime import fill_of
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newspaper_cli.document import Block
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime

_LONGEST_RULE: Final = 160
_LONGEST_CREDIT: Final = 50
_LONGEST_DATELINE: Final = maxsize
_LONGEST_SIZED: Final = 120
_PRECISE: Final = 0.99
_RULE: Final = "rule "
_WIDTHS: Final = (4, 22, 42, 64, 92)
_SIZES: Final = ("tiny", "small", "line", "long", "very-long", "text")
_LINES: Final = ("one", "two", "many")
_COMMAS: Final = frozenset("，、；,;")
_MARKS: Final = re.compile("[，、；,;。！？!?….．｡]")
_STOP: Final = "。"
# Whether there are gaps before and after a block.
_AROUND: Final = (("00", "01"), ("10", "11"))
_MANY_COMMAS: Final = 3
# The rules in their order: name, pattern in the language's sheets, whether the whole text must match, and the longest
# text that one is tried on. Of a text of any length only the opening counts, and no credit ends in a stop.
_RULES: Final = (
    ("end dateline", "leads.end_dateline", False, _LONGEST_RULE),
    ("dateline", "leads.dateline", False, _LONGEST_DATELINE),
    ("jump", "parts.jump", True, _LONGEST_CREDIT),
    ("closing", "parts.closing", True, _LONGEST_CREDIT),
    ("byline", "leads.byline", True, _LONGEST_CREDIT),
    ("furniture", "parts.furniture", True, _LONGEST_CREDIT),
    ("editor", "parts.editor", True, _LONGEST_RULE),
    ("caption", "parts.caption", False, _LONGEST_RULE),
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


# Everything the features of a block are made of, as a plain tuple: the same few come back on page after page. It holds
# mode, size, how many lines (three for more), what stands inside, how the block starts, the case of its letters, the
# class of its end, how its first line fills the column; how the block before fills its own and ends, if there is one;
# what follows; whether there are gaps before and after, where gaps mean something.
Shape: TypeAlias = tuple[str, str, int, str, str, str, str, str, tuple[str, str] | None, str, str]


def label_blocks(blocks: Sequence[Block], regime: Regime, language: Language) -> list[Labelled]:
    """Label the blocks of one page in reading order."""
    ruled = _follow_rules([block.text for block in blocks], language)
    gaps = [*[block.lines[0].gap for block in blocks], 1]
    plain = regime.gapped or regime.layout == "blocks"
    labelled = []
    for place, (block, shape) in enumerate(zip(blocks, _shapes(blocks, ruled, gaps, regime), strict=True)):
        found = ruled.get(place) or _weigh(shape)
        labelled.append(Labelled(block, *found, gaps[place], not plain and gaps[place + 1] > 0))
    return labelled


def _follow_rules(texts: Sequence[str], language: Language) -> dict[int, Ruled]:
    """Find the rules that leave no doubt about a text, the first for each, by the place of the text."""
    found: dict[int, Ruled] = {}
    # A text too long for a rule stands empty among those that it is looked for in.
    swept = {
        _LONGEST_CREDIT: Texts("" if len(text) > _LONGEST_CREDIT or text[-1] in STOPS else text for text in texts),
        _LONGEST_RULE: Texts(text if len(text) <= _LONGEST_RULE else "" for text in texts),
        _LONGEST_DATELINE: Texts(text[:_LONGEST_RULE] for text in texts),
    }
    for name, path, whole, longest in _RULES:
        for place in swept[longest].holding(language.hint(path)):
            if place not in found and language.match(path, texts[place], whole=whole):
                found[place] = _RULED[name]
    for place, text in enumerate(texts):
        if not text[0].isalnum() and place not in found and not any(map(str.isalnum, text)):
            found[place] = _RULED["ornament"]
    return found


def _shapes(
    blocks: Sequence[Block], ruled: Mapping[int, Ruled], gaps: Sequence[int], regime: Regime
) -> Iterator[Shape]:
    """Describe every block, column by column; `gaps` are those before the blocks, and one after the last."""
    texts = [block.text for block in blocks]
    counts = [len(block.lines) for block in blocks]
    # The lines of the blocks are those that the regime measured, in the same order.
    fills = list(map(fill_of, regime.measures, regime.widths))
    stops = list(accumulate(counts))
    ends = list(map(end_class, texts))
    before = zip([fills[stop - 1] for stop in stops], ends, strict=True)
    after = [ruled[place][2][0][0] if place in ruled else "free" for place in range(1, len(blocks))]
    plain = regime.gapped or regime.layout == "blocks"
    return zip(
        repeat(regime.mode),
        _sizes(texts),
        [min(count, len(_LINES)) for count in counts],
        map(_inside, texts),
        ["spanning" if block.lines[0].head else _start_class(block.text[0]) for block in blocks],
        map(_case, texts),
        ends,
        [fills[stop - count] for stop, count in zip(stops, counts, strict=True)],
        chain([None], before),
        [*after, "end"],
        ["plain" if plain else _AROUND[a > 0][b > 0] for a, b in pairwise(gaps)],
        strict=False,
    )


def _sizes(texts: Sequence[str]) -> list[str]:
    """Name the size of each block by its longest clause: kicker and headline on one line stand a space apart."""
    heads = [text[:_LONGEST_SIZED] for text in texts]
    widths = printed_widths(heads)
    for place, head in enumerate(heads):
        if " " in head and not head.isascii():
            widths[place] = max(map(printed_width, head.split(" ")))
    return [_SIZES[bisect_left(_WIDTHS, width)] for width in widths]


def _inside(text: str) -> str:
    """Say which marks stand inside a text; enough of its beginning is looked at."""
    length = min(len(text), _LONGEST_SIZED) - 1
    if text.find(_STOP, 0, length) >= 0:
        return "stop"
    marks = _MARKS.findall(text, 0, length)
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
