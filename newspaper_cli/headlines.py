"""Which printed lines are lines of a heading, in writing with letter case: told line by line, before lines are joined.

In a column of Latin script a heading looks like a paragraph's last line: short, and run into the text by whoever joins
lines by their shape. What tells it is what stands around it: a sentence that ended above, a capital below, letters set
in capitals, and how the headings of the same page end. The weights of these named features, `weights/heads.latin.tsv`,
speak for or against each line that could be one; lines that follow each other lean on each other. No feature is a word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from math import exp
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import msgspec

from newspaper_cli.characters import HYPHENS
from newspaper_cli.document import Seam
from newspaper_cli.features import are_in_capitals, count_each, end_class, read_weights, score
from newspaper_cli.joins import SURE
from newspaper_cli.labels import Fix
from newspaper_cli.sequences import alone, chances, sweep
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime
    from newspaper_cli.tables import Weights

Reasons: TypeAlias = "tuple[tuple[str, float], ...]"

TABLE: Final = "heads.latin"
LIKELY: Final = 0.5
_LEAST: Final = 0.3
_FILLS: Final = ((1.08, "over"), (0.93, "full"), (0.85, "near"), (0.6, "most"), (0.35, "half"), (0.15, "stub"))
_WIDE: Final = frozenset({"over", "full", "near"})
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = 4
_DIGITS: Final = b"0123456789"
# All of Latin-1 that is neither letter nor digit nor space; what it lacks becomes a question mark.
_MARKS: Final = bytes(code for code in range(33, 256) if not chr(code).isalnum())
_NO_DIGITS: Final = bytes(code for code in range(256) if code not in _DIGITS + b"\n")
_NO_MARKS: Final = bytes(code for code in range(256) if code not in _MARKS + b"\n")
_NO_LETTERS: Final = _DIGITS + _MARKS + b" "
_FULL: Final = frozenset({"over", "full"})
_MARK: Final = re.compile(r"[,;:.!?]\s")
_FIGURE: Final = re.compile(r"\d")
_MOST_NOISE: Final = 4
_KINDS: Final = MappingProxyType({"text": "t", "figures": "f", "noise": "n"})
_RUNNING: Final = "r"
# What is named of blank lines before and after a line.
_GAPS: Final = (((), ("gap after",)), (("gap before",), ("gap before", "gap after")))
_MOST_WORDS: Final = 7
_MOST_FIGURES: Final = 0.5
_MOST_MARKS: Final = 0.4
_BEHIND: Final = 4
_AHEAD: Final = 6
_TEXT_BELOW: Final = 7
_MOST_TEXT: Final = 4
# Of the sure headings of a page, how many end in a stop where they do, and how many where they do not.
_DOTTED: Final = 0.6
_BARE: Final = 0.3
_SURE_WORDS: Final = 6
_BREAKS_OFF: Final = frozenset({"comma", "hyphen"})
_TOLD_ENDS: Final = frozenset({"stop", "closer", "digit"})
_MOSTLY_CAPITALS: Final = 1.5
_MOST_SIGNED: Final = 4
_SINGLE: Final = frozenset({"dotted", "mixed"})
_NARROW: Final = frozenset({"half", "stub"})
_MOST_REASONS: Final = 4
_RUNS_ON: Final = frozenset({"lower", "upper", "hyphen"})
# Over more blank lines than this, what begins small is more often text of another column.
_WIDEST_GAP: Final = 1
_GOES_ON: Final = (("rule heading goes on", 1.0),)
_PARTED: Final = (("rule heading", 1.0),)
_SIGNED: Final = (("rule signature", 1.0),)


class Look(msgspec.Struct, frozen=True, gc=False):
    """Hold what a line shows by itself.

    `kind` is `text`, `figures` or `noise`; `start` the case of the first letter; `case` that of the whole: `capitals`,
    `title`, `sentence`, `small` or `none`; `marked` tells of marks inside, `figures` of any digit.
    """

    fill: str
    kind: str
    start: str
    end: str
    case: str
    words: int
    marked: bool
    figures: bool


_NOTHING: Final = Look("none", "none", "none", "none", "none", 0, marked=False, figures=False)


def is_told_by_line(regime: Regime, language: Language) -> bool:
    """Tell whether headings of a page are told line by line: its lines stand as printed, and it has capitals."""
    return bool(language.joiner) and regime.layout == "lines" and not regime.whole


@lru_cache(maxsize=1 << 12)
def _fill(measure: int, width: int) -> str:
    """Say how much of its column a line takes."""
    share = measure / max(width, 1)
    return next((name for least, name in _FILLS if share > least), "scrap")


def look_at(texts: Sequence[str], fills: Iterable[str]) -> list[Look]:
    """See lines, each by itself; what takes a look at every character is done for all at once."""
    return list(map(_look, texts, fills, _kinds(texts), are_in_capitals(texts)))


def _look(text: str, fill: str, kind: str, capitals: bool) -> Look:  # noqa: FBT001  # mapped over columns
    end = "hyphen" if text[-1] in HYPHENS else end_class(text)
    if fill in _WIDE and text[0].islower():
        # Most lines of a page: nothing else is asked about them.
        return _running(fill, "text", "lower", end)
    first = text[0] if text[0].isalpha() else next(filter(str.isalpha, text), "")
    start = "upper" if first.isupper() else "lower" if first else "none"
    if fill in _FULL and not capitals:
        return _running(fill, kind, start, end)
    words = _WORD.findall(text)
    return Look(
        fill,
        kind,
        start,
        end,
        _case(words, start, capitals=capitals),
        min(len(words), _MOST_WORDS),
        _MARK.search(text) is not None,
        _FIGURE.search(text) is not None,
    )


@lru_cache(maxsize=1 << 10)
def _running(fill: str, kind: str, start: str, end: str) -> Look:
    """Give the look of a line that fills its column: of that of running text not much is asked."""
    return Look(fill, kind, start, end, "small", _MOST_WORDS, marked=True, figures=False)


def _kinds(texts: Sequence[str]) -> Iterable[str]:
    """Say of each line whether it is one of figures, of marks that make no text, or of text."""
    return map(_kind, *[count_each(texts, others) for others in (_NO_DIGITS, _NO_MARKS, _NO_LETTERS)])


@lru_cache(maxsize=1 << 12)
def _kind(digits: int, marks: int, letters: int) -> str:
    if digits > letters * _MOST_FIGURES:
        return "figures"
    return "noise" if marks > letters * _MOST_MARKS else "text"


def _case(words: Sequence[str], start: str, *, capitals: bool) -> str:
    long = [word for word in words if len(word) >= _LONG]
    if not long:
        return "none"
    if capitals:
        return "capitals"
    if start == "upper" and len(long) > 1 and all(word[0].isupper() for word in long):
        return "title"
    return "sentence" if start == "upper" else "small"


def look_over(lines: Sequence[Line], regime: Regime) -> list[Look]:
    """See each line of a page."""
    fills = map(_fill, regime.measures, regime.widths)
    return look_at([line.text for line in lines], fills)


def tie(first: Look, second: Look) -> str:
    """Name the feature that weighs where two neighbouring lines are both lines of headings."""
    return f"together {_letters(first)} {_letters(second)}"


def _letters(look: Look) -> str:
    return "capitals" if look.case == "capitals" else "small"


def style_of(looks: Sequence[Look]) -> str:
    """Say how the headings of a file look: in `capitals` with a stop, `dotted` with one, `bare` of one, or `mixed`.

    Sure headings are short lines in capitals, and short lines of few words that stand alone above the beginning of a
    text: without knowing which way a paper goes, half of its headings look like last lines.
    """
    capitals = [look.end == "stop" for look in looks if _is_cap_line(look)]
    around = zip([_NOTHING, *looks], looks, looks[1:], looks[2:], strict=False)
    small = [four[1].end == "stop" for four in around if four[1].case != "capitals" and _is_alone(*four)]
    share = (sum(capitals) + sum(small) + 0.5) / (len(capitals) + len(small) + 1)
    if share > _DOTTED:
        return "capitals" if len(capitals) > _MOSTLY_CAPITALS * len(small) else "dotted"
    return "mixed" if share > _BARE else "bare"


def _is_cap_line(look: Look) -> bool:
    short = look.fill not in _WIDE and look.fill != "scrap"
    return short and look.case == "capitals" and look.kind == "text" and look.end != "comma"


def _is_alone(before: Look, here: Look, below: Look, text: Look) -> bool:
    """Tell whether a line falls short, is short, and stands between an end and a beginning of running text."""
    if here.fill in _WIDE or here.start != "upper" or not 1 <= here.words <= _SURE_WORDS or here.kind != "text":
        return False
    plain = not (here.figures or here.marked or here.end in {"comma", "hyphen"})
    ended = before.end in {"stop", "closer", "none"} or before.fill not in _WIDE
    return plain and ended and below.start == "upper" and text.start == "lower" and text.fill in _WIDE


def may_head(here: Look) -> bool:
    """Tell whether a line could be one of a heading at all: it begins with a capital and does not break off."""
    if here.start != "upper" or here.kind != "text" or here.end in _BREAKS_OFF:
        return False
    return here.fill not in _FULL or here.case == "capitals"


class _Page(NamedTuple):
    """Hold a page; `kinds` and `running` have a letter a line, so that what stands around one is counted in them."""

    looks: Sequence[Look]
    style: str
    kinds: str
    running: str
    gaps: Sequence[bool]


def _features(page: _Page, place: int) -> tuple[str, ...]:
    """Name the features of a line that could be one of a heading."""
    names = (*_own_features(page.looks[place], page.style), *_features_beside(page.looks, place))
    capitals = _letters(page.looks[place])
    around = max(place - _BEHIND, 0), place + _AHEAD + 1
    figures, noise = page.kinds.count(_KINDS["figures"], *around), page.kinds.count(_KINDS["noise"], *around)
    text = page.running.count(_RUNNING, place + 1, place + 1 + _TEXT_BELOW)
    return names + _features_around(capitals, figures, noise, text) + _GAPS[page.gaps[place]][page.gaps[place + 1]]


@lru_cache(maxsize=1 << 13)
def _own_features(here: Look, style: str) -> tuple[str, ...]:
    return tuple(_name_own(here, style))


def _name_own(here: Look, style: str) -> Iterator[str]:
    capitals = _letters(here)
    end = here.end if here.end in _TOLD_ENDS else "open"
    yield f"fill {here.fill}"
    yield f"case {here.case}"
    yield f"case fill {capitals} {'wide' if here.fill in _WIDE else 'short'}"
    yield f"words {here.words}"
    yield f"end {style} {end} {capitals} {'few' if here.words < _SURE_WORDS else 'many'}"
    if here.marked:
        yield f"marked {capitals}"
    if here.figures:
        yield f"figures {capitals}"


@lru_cache(maxsize=1 << 12)
def _features_around(capitals: str, figures: int, noise: int, text: int) -> tuple[str, ...]:
    return (
        f"figures around {figures} {capitals}",
        f"noise around {min(noise, _MOST_NOISE)}",
        f"text below {min(text, _MOST_TEXT)}",
    )


def _features_beside(looks: Sequence[Look], place: int) -> Iterator[str]:
    here, capitals = looks[place], _letters(looks[place])
    before = looks[place - 1] if place else _NOTHING
    below = looks[place + 1] if place + 1 < len(looks) else _NOTHING
    yield f"before {_ended(before)} {capitals}"
    yield f"before {before.case} {here.case}"
    goes_on = below.start == "lower" and below.fill not in _WIDE and _start(looks, place + 2) == "upper"
    yield "below rest" if goes_on else f"below {below.start} {below.kind} {capitals}"
    yield f"below {capitals} {below.fill}"


def _start(looks: Sequence[Look], place: int) -> str:
    return looks[place].start if place < len(looks) else "none"


def _ended(look: Look) -> str:
    """Say how the text above ends: `cut` inside a word or clause, `open` inside a sentence, `short`, or `ended`."""
    if look.end in {"stop", "closer", "quote", "none"}:
        return "ended"
    if look.end in {"hyphen", "comma"}:
        return "cut"
    return "open" if look.fill in _WIDE and look.end == "lower" else "short"


class Heads(NamedTuple):
    """Hold for each line how probable it is that it is one of a heading, and the features that weigh most for that.

    `signed` are the lines that sign the text above them, `rest` the second lines of headings.
    """

    chances: Sequence[float]
    reasons: Mapping[int, Reasons]
    signed: frozenset[int] = frozenset()
    rest: frozenset[int] = frozenset()

    def holds(self, place: int) -> bool:
        """Tell whether a line is one of a heading."""
        return self.chances[place] > LIKELY


def find_heads(lines: Sequence[Line], looks: Sequence[Look], style: str, weights: Weights = SHIPPED) -> Heads:
    """Find the lines of headings on one page."""
    known = read_weights(TABLE, weights)
    names = name_lines(lines, looks, style)
    found = [0.0] * len(lines)
    for run in runs_of(names):
        answers = alone([score(known, names[place]) for place in run])
        ties = [exp(known.get(tie(looks[place], looks[place + 1]), 0.0)) for place in run[:-1]]
        found[run[0] : run[-1] + 1] = chances(sweep(answers, ties))
    told = {place: _reasons(names[place], known, found[place]) for place in names}
    signed = frozenset(_signed(looks, found, style))
    for place in signed:
        found[place], told[place] = 0.0, _SIGNED
    rest = frozenset(place for place in _going_on(looks, found) if lines[place].gap <= _WIDEST_GAP)
    for place in rest:
        found[place], told[place] = found[place - 1], _GOES_ON
    return Heads(found, told, signed, rest)


def _going_on(looks: Sequence[Look], found: Sequence[float]) -> Iterator[int]:
    """Find the second lines of headings of two: they begin small, fall short, and text begins below them."""
    for place, (above, here, below) in enumerate(zip(looks, looks[1:], looks[2:], strict=False), start=1):
        short = here.start == "lower" and here.fill not in _WIDE and here.kind == "text"
        if short and found[place - 1] > LIKELY and above.end in _RUNS_ON and below.start == "upper":
            yield place


def _signed(looks: Sequence[Look], found: Sequence[float], style: str) -> Iterator[int]:
    """Find signatures: lines of few words below the end of a text and above a heading, that end as headings do not.

    Where headings are single lines in small letters, of several short ones all but the last are a name and its place.
    """
    signed = False
    for place in range(1, len(looks) - 1):
        here, below = looks[place], looks[place + 1]
        above = found[place - 1] <= LIKELY and _ended(looks[place - 1]) in {"ended", "short"}
        few = found[place] > _LEAST and here.case != "capitals" and here.words <= _MOST_SIGNED
        signed = few and (above or signed) and found[place + 1] > _LEAST and _is_unlike(here, below, style)
        if signed:
            yield place


def _is_unlike(here: Look, below: Look, style: str) -> bool:
    """Tell whether a line that may be a signature is no heading beside the line below it."""
    stop = here.end in {"stop", "closer"}
    if style == "bare":
        return stop
    if style in _SINGLE and below.case != "capitals" and here.fill in _NARROW:
        return True
    return not stop and (below.end == "stop" or below.case == "capitals")


def _reasons(names: Sequence[str], known: Mapping[str, float], chance: float) -> Reasons:
    held = [(name, known[name]) for name in names if name in known]
    return tuple(sorted(held, key=lambda one: one[1], reverse=chance > LIKELY)[:_MOST_REASONS])


def part_heads(seams: Sequence[Seam], heads: Heads, looks: Sequence[Look], alone: Iterable[int] = ()) -> list[Seam]:
    """Part headings from text, and lines of a heading in capitals from those in small letters.

    Signatures are parted as well, and the lines `alone`, which say by themselves what they are.
    """
    made = list(seams)
    apart = {*heads.signed, *alone}
    for place, seam in enumerate(seams):
        first, second = heads.holds(place), heads.holds(place + 1)
        unlike = first and (looks[place].case == "capitals") != (looks[place + 1].case == "capitals")
        if place + 1 in heads.rest and seam.fix is None:
            made[place] = Seam(Fix.JOIN_SPACE, 0, round(heads.chances[place], 3), _GOES_ON)
            continue
        parted = first != second or (first and unlike) or place in apart or place + 1 in apart
        if parted and seam.fix is not None:
            sure = max(heads.chances[place], heads.chances[place + 1], LIKELY)
            made[place] = Seam(None, 0, round(min(sure, SURE), 3), _PARTED)
    return made


def name_lines(lines: Sequence[Line], looks: Sequence[Look], style: str) -> dict[int, tuple[str, ...]]:
    """Name the features of the lines that could be one of a heading, by their places."""
    kinds = "".join([_KINDS[look.kind] for look in looks])
    running = "".join([_RUNNING if look.start == "lower" and look.fill in _WIDE else "-" for look in looks])
    page = _Page(looks, style, kinds, running, [*[line.gap > 0 for line in lines], True])
    return {place: _features(page, place) for place, look in enumerate(looks) if may_head(look)}


def runs_of(places: Mapping[int, object]) -> Iterator[list[int]]:
    """Part places in order into runs of neighbours."""
    for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        yield [place for _, place in run]
