"""What is seen of printed lines that may be of a heading, in named features; none of them is a word.

In a column of Latin script a heading looks like a paragraph's last line: short, and run into the text by whoever joins
lines by their shape. What tells it is what stands around it: a sentence that ended above, a capital below, letters set
in capitals, and how the headings of the same page end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, starmap
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import msgspec

from newspaper_cli.lone_lines import BYLINE, FOLIO, INSTALMENT, JUMP, ROLE, VALEDICTION
from newspaper_cli.looks import FULL, NOTHING, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.looks import Look

# All that the names of some features depend on.
Key: TypeAlias = tuple[Any, ...]

TEXT: Final = "text"
HEAD: Final = "head"
MORE: Final = "more"
DECK: Final = "deck"
CROSSHEAD: Final = "cross"
SIGNATURE: Final = "sign"
# What a line can be: text; the first line of an article's heading, a line that goes on from the one above, the first of
# another heading below it, that of a heading inside an article; or a line that signs or credits.
STATES: Final = (TEXT, HEAD, MORE, DECK, CROSSHEAD, SIGNATURE)
HEADINGS: Final = (HEAD, MORE, DECK, CROSSHEAD)
# What a line may be that begins small or holds little but figures.
_SMALL: Final = (TEXT, MORE)
_NO_HEADINGS: Final = frozenset({BYLINE, ROLE, VALEDICTION, FOLIO, INSTALMENT, JUMP})
_FEW: Final = 6
_TOLD_ENDS: Final = frozenset({"stop", "closer", "digit", "comma", "hyphen", "word"})
_STEP_ENDS: Final = _TOLD_ENDS | {"dash"}
_BROKEN: Final = frozenset({"comma", "hyphen", "word"})
_STOPPED: Final = frozenset({"stop", "closer"})
_KINDS: Final = MappingProxyType({"text": "t", "figures": "f", "noise": "n"})
_RUNNING: Final = "r"
# Lines that may be of a heading, by how many states they may be in. A run begins with one that may open a heading: what
# begins small below text is text for certain.
_RUN: Final = re.compile(rb"\x06[\x02\x06]*")
_MOST_NOISE: Final = 4
_BEHIND: Final = 4
_AHEAD: Final = 6
_TEXT_AROUND: Final = 7
_MOST_TEXT: Final = 4
# Of the sure headings of a page, how many end in a stop where they do, and how many where they do not.
_DOTTED: Final = 0.6
_BARE: Final = 0.3
_MOSTLY_CAPITALS: Final = 1.5


def _letters(case: str) -> str:
    return "capitals" if case == "capitals" else "small"


def style_of(looks: Sequence[Look]) -> str:
    """Say how the headings of a file look: in `capitals` with a stop, `dotted` with one, `bare` of one, or `mixed`.

    Sure headings are short lines in capitals, and short lines of few words that stand alone above the beginning of a
    text: without knowing which way a paper goes, half of its headings look like last lines.
    """
    capitals = [look.end == "stop" for look in looks if _is_cap_line(look)]
    around = zip([NOTHING, *looks], looks, looks[1:], looks[2:], strict=False)
    small = [four[1].end == "stop" for four in around if four[1].case != "capitals" and _is_alone(*four)]
    share = (sum(capitals) + sum(small) + 0.5) / (len(capitals) + len(small) + 1)
    if share > _DOTTED:
        return "capitals" if len(capitals) > _MOSTLY_CAPITALS * len(small) else "dotted"
    return "mixed" if share > _BARE else "bare"


def _is_cap_line(look: Look) -> bool:
    short = look.fill not in WIDE and look.fill != "scrap"
    return short and look.case == "capitals" and look.kind == "text" and look.end != "comma"


def _is_alone(before: Look, here: Look, below: Look, text: Look) -> bool:
    """Tell whether a line falls short, is short, and stands between an end and a beginning of running text."""
    if here.fill in WIDE or here.start != "upper" or not 1 <= here.words <= _FEW or here.kind != "text":
        return False
    plain = not (here.figures or here.marked or here.end in {"comma", "hyphen"})
    ended = before.end in {"stop", "closer", "none"} or before.fill not in WIDE
    return plain and ended and below.start == "upper" and text.start == "lower" and text.fill in WIDE


def _may_be(look: Look) -> tuple[str, ...]:
    """Say what a line can be at all; nothing else is asked of one that can only be text.

    A line that is mostly figures may only go on from a heading: $40,000 below the rest of it.
    """
    if look.kind == "figures" and look.fill not in WIDE:
        return _SMALL
    if look.kind != "text" or look.start == "none":
        return ()
    if look.start == "lower":
        return () if look.fill in WIDE else _SMALL
    return STATES if look.fill not in FULL or look.case in {"capitals", "title"} else ()


class _View(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Hold what a line shows to features of its own and to those of the lines around it.

    `may` is what it can be; `kind` and `running` are letters, so that what stands around a line is counted in them. The
    rest are parts of keys: how a line is set, and of which words; what counts of it for the line below it, for the one
    above and for that two lines above; what stands `above` another and is `following` it, and what counts of a line
    beside those; and what counts of the first and of the second of two neighbours.
    """

    may: tuple[str, ...]
    kind: str
    running: str
    fill: str
    case: str
    letters: str
    setting: Key
    words: Key
    for_below: Key
    for_above: Key
    for_second: Key
    above: Key
    following: Key
    beside: Key
    first: Key
    second: Key


@lru_cache(maxsize=1 << 14)
def _view(look: Look) -> _View:
    """See a line as the features do; looks are shared, so most were seen before."""
    wide, ended = look.fill in WIDE, _ended(look)
    end = look.end if look.end in _STEP_ENDS else "open"
    return _View(
        _may_be(look),
        _KINDS.get(look.kind, "-"),
        _RUNNING if look.start == "lower" and wide else "-",
        look.fill,
        look.case,
        _letters(look.case),
        (look.fill, look.case, look.end if look.end in _TOLD_ENDS else "open", look.words < _FEW),
        (look.case, look.words, look.marked, _figures(look), look.initials, look.first),
        (ended, look.end, wide, look.case, look.start),
        (look.start, look.kind, look.fill, look.case),
        (look.start, wide),
        (ended, _shape(look)),
        (look.start, wide),
        (look.case, "stop" if look.end in _STOPPED else "broken" if look.end in _BROKEN else "open"),
        (look.case, end, "wide" if wide else "most" if look.fill == "most" else "short", look.fill),
        (look.case, "small" if look.start == "lower" else "big", look.fill),
    )


class _Page(NamedTuple):
    """Hold a page: what each line shows, with nothing before the first and two of nothing behind the last.

    `kinds` and `running` have a letter a line. `gaps` tell whether there is one before each line and behind the last,
    `told` what lines say of themselves.
    """

    views: Sequence[_View]
    kinds: str
    running: str
    gaps: Sequence[bool]
    told: Mapping[int, str]


def _see(lines: Sequence[Line], looks: Sequence[Look], told: Mapping[int, str]) -> _Page:
    views = list(map(_view, [NOTHING, *looks, NOTHING, NOTHING]))
    kinds, running = ("".join([getattr(view, name) for view in views[1:-2]]) for name in ("kind", "running"))
    return _Page(views, kinds, running, [*[line.gap > 0 for line in lines], True], told)


def _keys(page: _Page, place: int, style: str) -> tuple[Key, ...]:
    """Give the key of a line for each of `PARTS`: most of them were seen before."""
    views, told = page.views, page.told
    before, here, below, second = views[place : place + 4]
    first, last = max(place - _BEHIND, 0), place + _AHEAD + 1
    around = (
        here.letters,
        page.kinds.count("f", first, last),
        min(page.kinds.count("n", first, last), _MOST_NOISE),
        min(page.running.count(_RUNNING, place + 1, place + 1 + _TEXT_AROUND), _MOST_TEXT),
        min(page.running.count(_RUNNING, max(place - _TEXT_AROUND, 0), place), _MOST_TEXT),
        page.gaps[place],
        page.gaps[place + 1],
    )
    return (
        (here.setting, style),
        here.words,
        (here.case, before.for_below),
        (here.case, below.for_above, second.for_second),
        (before.above, below.following, second.running, here.beside),
        (before.above, below.following, second.running, here.fill),
        around,
        (told.get(place), told.get(place - 1), told.get(place + 1)),
    )


def _setting(key: Key) -> Iterator[str]:
    (fill, case, end, few), style = key
    letters = _letters(case)
    yield f"fill {fill}"
    yield f"fill case {fill} {case}"
    yield f"case {case}"
    yield f"case fill {letters} {'wide' if fill in WIDE else 'short'}"
    yield f"end {end} {case}"
    yield f"style {style} {end} {letters} {'few' if few else 'many'}"


def _words(key: Key) -> Iterator[str]:
    case, words, marked, figures, initials, first = key
    letters = _letters(case)
    yield f"words {words}"
    yield f"words case {words} {case}"
    if marked:
        yield f"marked {letters}"
    if figures:
        yield f"figures {figures}"
    if initials:
        yield f"initials {letters}"
    if first != "letter":
        yield f"first {first}"


def _before(key: Key) -> Iterator[str]:
    case, (ended, end, wide, before, start) = key
    letters = _letters(case)
    yield f"before {ended} {letters}"
    yield f"before end {end} {'wide' if wide else 'short'} {case}"
    yield f"before case {before} {case}"
    yield f"before start {start} {'wide' if wide else 'short'} {case}"


def _below(key: Key) -> Iterator[str]:
    case, (start, kind, fill, below), (second, wide) = key
    letters = _letters(case)
    rest = start == "lower" and fill not in WIDE and second == "upper"
    yield "below rest" if rest else f"below {start} {kind} {letters}"
    yield f"below fill {letters} {fill}"
    yield f"below case {case} {below} {'wide' if fill in WIDE else 'short'}"
    yield f"below second {letters} {second} {'wide' if wide else 'short'}"


def _between(key: Key) -> Iterator[str]:
    (ended, shape), (start, wide), running, (case, close) = key
    yield f"alone {ended} {shape} {_following(start, running, wide=wide)} {case} {close}"
    yield f"both {ended} {start} {'wide' if wide else 'short'} {case}"


def _stands(key: Key) -> Iterator[str]:
    (ended, shape), (start, wide), running, fill = key
    yield f"stands {ended} {shape} {_following(start, running, wide=wide)} {fill}"


def _around(key: Key) -> Iterator[str]:
    letters, figures, noise, below, above, gap, gap_after = key
    yield f"figures around {figures} {letters}"
    yield f"noise around {noise}"
    yield f"text below {below}"
    yield f"text above {above}"
    if gap:
        yield "gap before"
    if gap_after:
        yield "gap after"


def _beside(key: tuple[str | None, str | None, str | None]) -> Iterator[str]:
    here, before, below = key
    if here:
        yield f"told {here}"
    if before:
        yield f"told before {before}"
    if below:
        yield f"told below {below}"


def _figures(look: Look) -> str:
    """Say which letters figures stand among, if there are any; `most` where there are few beside them."""
    return "most" if look.kind == "figures" else _letters(look.case) if look.figures else ""


def _ended(look: Look) -> str:
    """Say how the text above ends: `cut` inside a word or clause, `open` inside a sentence, `short`, or `ended`."""
    if look.end in {"stop", "closer", "quote", "none"}:
        return "ended"
    if look.end in {"hyphen", "comma"}:
        return "cut"
    return "open" if look.fill in WIDE and look.end == "lower" else "short"


def _shape(look: Look) -> str:
    return "wide" if look.fill in WIDE else "rest" if look.start == "lower" else "short"


def _following(start: str, running: str, *, wide: bool) -> str:
    """Say what follows a line: `text` that runs on, a `wide` line, a `short` one, or one that begins `lower`."""
    if start != "upper":
        return start
    if not wide:
        return "short"
    return "text" if running == _RUNNING else "wide"


# What names the features of each part of what is seen of a line.
PARTS: Final[tuple[Callable[[Any], Iterator[str]], ...]] = (
    _setting,
    _words,
    _before,
    _below,
    _between,
    _stands,
    _around,
    _beside,
)


class Seen(NamedTuple):
    """Hold the lines of a page that may be of a heading, those of one run after the other.

    `runs` are the places of the first line of each run and behind its last; `keys` those of each line for `PARTS`, and
    `states` what it may be. `steps` are the keys of two neighbours: of each run there is one more than lines, with that
    before the first and that behind the last among them.
    """

    runs: Sequence[tuple[int, int]]
    keys: Sequence[tuple[Key, ...]]
    states: Sequence[tuple[str, ...]]
    steps: Sequence[Key]


def describe(lines: Sequence[Line], looks: Sequence[Look], style: str, told: Mapping[int, str]) -> Seen:
    """Describe the lines on a page that may be of a heading.

    Lines that are `told` to be credits, jumps or running heads are of none.
    """
    page = _see(lines, looks, told)
    may = [view.may for view in page.views[1:-2]]
    for place in [place for place, name in told.items() if name in _NO_HEADINGS]:
        may[place] = ()
    runs = [run.span() for run in _RUN.finditer(bytes(map(len, may)))]
    places = list(chain.from_iterable(starmap(range, runs)))
    keys = [_keys(page, place, style) for place in places]
    steps = [
        (page.views[place].first, page.views[place + 1].second, page.gaps[place])
        for first, stop in runs
        for place in range(first, stop + 1)
    ]
    return Seen(runs, keys, [may[place] for place in places], steps)


def step_names(step: Key) -> Iterator[str]:
    """Name the features of two neighbouring lines."""
    (case, end, width, fill), (next_case, start, next_fill), gap = step
    yield f"cases {case} {next_case}"
    yield f"ends {end} {start} {_letters(next_case)}"
    yield f"width {width} {end}"
    yield f"fills {fill} {next_fill}"
    yield f"gap {gap:d}"
