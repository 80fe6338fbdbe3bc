"""What each block of a page is: precise rules first, then a linear chain that parts headings from running text.

A rule is a pattern of the language that leaves no doubt (a jump line, an editor's credit, a dateline). Everything else
is either a heading or body. The weights of its named features speak for one or the other, and headings that follow
each other lean on each other; the tables `labels.han` and `labels.latin` hold both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import accumulate, chain, groupby, pairwise, repeat
from math import exp, log
from operator import itemgetter
from sys import maxsize
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
import regex

from newspaper_cli.characters import CLOSERS, OPENERS, STOPS, count_han, is_ornament, printed_width, printed_widths
from newspaper_cli.context import Told, settle, unite_credits
from newspaper_cli.features import end_class, in_capitals, read_weights, score
from newspaper_cli.labels import Label
from newspaper_cli.regime import fill_of
from newspaper_cli.sequences import alone, chances, sweep
from newspaper_cli.tables import SHIPPED, table_of
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newspaper_cli.document import Block
    from newspaper_cli.headlines import Heads, Judged
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime
    from newspaper_cli.tables import Weights

_LONGEST_RULE: Final = 160
_LONGEST_CREDIT: Final = 50
_LONGEST_CAPTION: Final = 600
_LONGEST_DATELINE: Final = maxsize
_LONGEST_SIZED: Final = 120
_PRECISE: Final = 0.99
_RULE: Final = "rule "
_WIDTHS: Final = (2, 4, 22, 42, 64, 92)
_SIZES: Final = ("scrap", "tiny", "small", "line", "long", "very-long", "text")
_LINES: Final = ("one", "two", "many")
_SURE: Final = (0.6, 0.75, 0.9, 0.98)
_STEPS: Final = ("open", "doubtful", "likely", "safe", "sure")
_COMMAS: Final = frozenset("，、；,;")
_MARKS: Final = re.compile("[，、；,;。！？!?….．｡]")
_STOP: Final = "。"
_LONGEST_STROKE: Final = 4
# Whether there are gaps before and after a block.
_AROUND: Final = (("00", "01"), ("10", "11"))
_MANY_COMMAS: Final = 3
_MOST_REASONS: Final = 4
_WEIGHT: Final = itemgetter(1)
_EVEN: Final = 0.5
# The least probability that is told apart from none, and the least that neighbours weigh to be named.
_LEAST: Final = 1e-9
_NOTICED: Final = 0.2
# The rules in their order: name, pattern in the language's sheets, whether the whole text must match, and the longest
# text that one is tried on. Of a text of any length only the opening counts, and no credit ends in a stop.
_RULES: Final = (
    ("end dateline", "leads.end_dateline", False, _LONGEST_RULE),
    ("dateline", "leads.dateline", False, _LONGEST_DATELINE),
    ("jump", "parts.jump", True, _LONGEST_CREDIT),
    ("instalment", "parts.instalment", True, _LONGEST_CREDIT),
    ("closing", "parts.closing", True, _LONGEST_CREDIT),
    ("byline", "leads.byline", True, _LONGEST_CREDIT),
    ("furniture", "parts.furniture", True, _LONGEST_CREDIT),
    ("folio", "parts.folio", True, _LONGEST_RULE),
    ("editor", "parts.editor", True, _LONGEST_RULE),
    ("caption", "parts.caption", False, _LONGEST_RULE),
    ("credited caption", "parts.credited", True, _LONGEST_CAPTION),
)
_LONG_WORD: Final = regex.compile(r"\p{Latin}{4,}")


Ruled: TypeAlias = Told

_RULED: Final[Mapping[str, Ruled]] = MappingProxyType(
    {
        name: (label, _PRECISE, ((f"{_RULE}{name}", 1.0),))
        for name, label in (
            ("ornament", Label.FURNITURE),
            ("end dateline", Label.BODY),
            ("dateline", Label.BODY),
            ("closing", Label.BODY),
            ("jump", Label.JUMP),
            ("instalment", Label.JUMP),
            ("byline", Label.BYLINE),
            ("furniture", Label.FURNITURE),
            ("folio", Label.FURNITURE),
            ("editor", Label.EDITOR),
            ("caption", Label.CAPTION),
            ("credited caption", Label.CAPTION),
        )
    }
)


class Labelled(msgspec.Struct, frozen=True, gc=False):
    """Hold a block with its label, how probable that is, and the features or the rule that made it.

    Where the lines of headings were told before, `opens` tells of a heading whether it opens an article, and `judged`
    holds what was weighed for the first line.
    """

    block: Block
    label: Label
    score: float
    given: tuple[tuple[str, float], ...]
    gap: int
    detached: bool = False
    opens: bool | None = None
    judged: Judged | None = None

    @property
    def reasons(self) -> tuple[tuple[str, float], ...]:
        """Name what made the label, the heaviest first; of most blocks of a page nobody asks."""
        return self.given or (self.judged.reasons if self.judged else ())

    @property
    def rule(self) -> str | None:
        """Name the rule that made the label, if one did."""
        name = self.given[0][0] if self.given else ""
        return name[len(_RULE) :] if name.startswith(_RULE) else None


# Everything the features of a block are made of, as a plain tuple: the same few come back on page after page. It holds
# mode, size, how many lines (three for more), what stands inside, how the block starts, the case of its letters, the
# class of its end, how its first line fills the column; how the block before fills its own and ends, if there is one;
# what follows; whether there are gaps before and after, where gaps mean something; how sure the breaks before and after
# are.
Shape: TypeAlias = tuple[str, str, int, str, str, str, str, str, tuple[str, str] | None, str, str, tuple[str, str]]


def label_blocks(
    blocks: Sequence[Block],
    regime: Regime,
    language: Language,
    weights: Weights = SHIPPED,
    heads: Heads | None = None,
) -> list[Labelled]:
    """Label the blocks of one page in reading order; `heads` are the lines of headings where they were told before."""
    blocks = unite_credits(blocks, language)
    gaps = _gaps(blocks)
    if heads is None:
        found = _weigh_all(blocks, regime, language, weights)
    else:
        found = _follow_heads(blocks, heads, _follow_rules([block.text for block in blocks], language))
    first = list(_starts(blocks))
    opening = [heads.opens(start) for start in first] if heads else repeat(None)
    judged = map(heads.judge, first) if heads else repeat(None)
    told = zip(blocks, settle(blocks, found, language), pairwise(gaps), opening, judged, strict=False)
    return [
        Labelled(block, *made, gap, not regime.plain and after > 0, opens, why)
        for block, made, (gap, after), opens, why in told
    ]


def _weigh_all(blocks: Sequence[Block], regime: Regime, language: Language, weights: Weights) -> list[Ruled]:
    """Label blocks by the rules, and by a chain of weights where they are silent."""
    ruled, shapes = describe(blocks, regime, language)
    found: list[Ruled] = []
    for free, run in groupby(range(len(blocks)), lambda place: place not in ruled):
        places = list(run)
        found += (
            _weigh(shapes[places[0] : places[-1] + 1], table_of("labels", language), weights)
            if free
            else [ruled[place] for place in places]
        )
    return found


def _follow_heads(blocks: Sequence[Block], heads: Heads, ruled: Mapping[int, Ruled]) -> list[Ruled]:
    """Label blocks by the rules, and by their first lines where they are silent."""
    found: list[Ruled] = []
    for place, start in enumerate(_starts(blocks)):
        chance = heads.chances[start]
        if not heads.holds(start):
            label, sure = Label.BODY, 1 - chance
        else:
            label, sure = (Label.SUBHEAD if heads.crosses(start) else Label.HEADLINE), chance
        found.append(ruled.get(place) or (label, round(sure, 3), ()))
    return found


def _starts(blocks: Sequence[Block]) -> Iterator[int]:
    """Give the place of the first line of each block."""
    return accumulate([len(block.lines) for block in blocks[:-1]], initial=0)


def describe(blocks: Sequence[Block], regime: Regime, language: Language) -> tuple[dict[int, Ruled], list[Shape]]:
    """Find what the rules say of the blocks of a page, by their places, and describe every block."""
    ruled = _follow_rules([block.text for block in blocks], language)
    return ruled, list(_shapes(blocks, ruled, regime))


def _gaps(blocks: Sequence[Block]) -> list[int]:
    """Count the blank lines before each block; after the last there is one."""
    return [*[block.lines[0].gap for block in blocks], 1]


def _follow_rules(texts: Sequence[str], language: Language) -> dict[int, Ruled]:
    """Find the rules that leave no doubt about a text, the first for each, by the place of the text."""
    found: dict[int, Ruled] = {}
    # A text too long for a rule stands empty among those that it is looked for in. No credit in Chinese ends in a stop.
    stops = frozenset[str]() if language.joiner else STOPS
    swept = {
        _LONGEST_CREDIT: Texts("" if len(text) > _LONGEST_CREDIT or text[-1] in stops else text for text in texts),
        _LONGEST_RULE: Texts(text if len(text) <= _LONGEST_RULE else "" for text in texts),
        _LONGEST_CAPTION: Texts(text if len(text) <= _LONGEST_CAPTION else "" for text in texts),
        _LONGEST_DATELINE: Texts(text[:_LONGEST_RULE] for text in texts),
    }
    for name, path, whole, longest in _RULES:
        for place in swept[longest].holding(language.hint(path)):
            if place not in found and language.match(path, texts[place], whole=whole):
                found[place] = _RULED[name]
    stroke = bool(language.joiner)
    # What begins with a letter is no ornament, and longer than a stroke most often.
    drawn = [place for place, text in enumerate(texts) if not text[0].isalnum() or len(text) <= _LONGEST_STROKE]
    for place in drawn:
        if place not in found and (is_ornament(texts[place]) or (stroke and _is_stroke(texts[place]))):
            found[place] = _RULED["ornament"]
    return found


def _is_stroke(text: str) -> bool:
    """Tell whether a text is what recognition makes of a stray stroke: one letter, and no stop that makes it a name."""
    return len(text) <= _LONGEST_STROKE and sum(map(str.isalnum, text)) == 1 and text[-1] not in STOPS


def _shapes(blocks: Sequence[Block], ruled: Mapping[int, Ruled], regime: Regime) -> Iterator[Shape]:
    """Describe every block, column by column."""
    texts = [block.text for block in blocks]
    counts = [len(block.lines) for block in blocks]
    # The lines of the blocks are those that the regime measured, in the same order.
    fills = list(map(fill_of, regime.measures, regime.widths))
    stops = list(accumulate(counts))
    ends = list(map(end_class, texts))
    before = zip([fills[stop - 1] for stop in stops], ends, strict=True)
    after = [ruled[place][2][0][0] if place in ruled else "free" for place in range(1, len(blocks))]
    plain = regime.plain
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
        ["plain" if plain else _AROUND[a > 0][b > 0] for a, b in pairwise(_gaps(blocks))],
        pairwise([*[_sureness(block) for block in blocks], "edge"]),
        strict=False,
    )


def _sureness(block: Block) -> str:
    """Say how probable the break before a block is, in steps: what runs on is not sure to begin."""
    return _STEPS[bisect_left(_SURE, block.before.confidence)] if block.before else "edge"


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
    mode, size, lines, inside, starts, case, ends, fill, before, after, around, breaks = shape
    yield f"size {mode} {size}"
    yield f"lines {mode} {_LINES[lines - 1]}"
    yield f"end {mode} {ends}"
    yield f"inside {mode} {inside}"
    yield f"start {starts}"
    yield f"around {mode} {around}"
    yield f"before {mode} {' '.join(before) if before else 'start'} {around[0]}"
    yield f"after {after}"
    yield f"fill {mode} {fill} {around}"
    yield f"fill end {mode} {fill} {ends}"
    yield f"size end {mode} {size} {ends} {inside}"
    yield f"break before {mode} {breaks[0]}"
    yield f"break after {mode} {breaks[1]}"
    yield f"breaks {mode} {' '.join(breaks)}"
    if case != "none":
        yield f"case {case}"
        yield f"case {case} {ends}"


def tie(shape: Shape) -> str:
    """Name the feature that weighs where a block and the one before are both headings."""
    return f"together {shape[0]} {shape[10]}"


def _weigh(shapes: Sequence[Shape], table: str, weights: Weights) -> list[Ruled]:
    """Weigh blocks that follow each other: the label of each, its probability, and what made it."""
    known = read_weights(table, weights)
    found = [_score(shape, table, weights) for shape in shapes]
    answers = alone([score for score, _, _ in found])
    ties = [exp(known.get(tie(shape), 0.0)) for shape in shapes[1:]]
    return [_told(chance, *own) for chance, own in zip(chances(sweep(answers, ties)), found, strict=True)]


Reasons: TypeAlias = tuple[tuple[str, float], ...]


@lru_cache(maxsize=1 << 14)
def _score(shape: Shape, table: str, weights: Weights) -> tuple[float, Reasons, Reasons]:
    """Weigh one block by itself; give the score, and the features that weigh most for a heading and for body."""
    known = read_weights(table, weights)
    held = sorted([(name, known[name]) for name in features(shape) if name in known], key=_WEIGHT)
    total = score(known, [name for name, _ in held])
    return total, tuple(held[: -_MOST_REASONS - 1 : -1]), tuple(held[:_MOST_REASONS])


def _told(chance: float, score: float, heading: Reasons, body: Reasons) -> Ruled:
    """Tell the label of a block with the reasons that weigh most for it; what its neighbours weigh is one of them."""
    is_heading = chance > _EVEN
    reasons = heading if is_heading else body
    leaning = log(max(chance, _LEAST) / max(1 - chance, _LEAST)) - score
    if abs(leaning) >= _NOTICED:
        every = sorted((*reasons, ("neighbours", round(leaning, 2))), key=_WEIGHT, reverse=is_heading)
        reasons = tuple(every[:_MOST_REASONS])
    return (Label.HEADLINE, round(chance, 3), reasons) if is_heading else (Label.BODY, round(1 - chance, 3), reasons)
