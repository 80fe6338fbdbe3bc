"""What is seen of printed lines that may be of a heading, in named features; none of them is a word.

In a column of Latin script a heading looks like a paragraph's last line: short, and run into the text by whoever joins
lines by their shape. What tells it is what stands around it: a sentence that ended above, a capital below, letters set
in capitals, and how the headings of the same page end.
"""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from newspaper_cli.lone_lines import BYLINE, FOLIO, INSTALMENT, JUMP, ROLE, VALEDICTION
from newspaper_cli.looks import FULL, NOTHING, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.looks import Look

# Names features from a key, all that they depend on.
Part: TypeAlias = "tuple[Callable[[Any], Iterator[str]], tuple[Any, ...]]"
# Two neighbouring lines: their cases, end and beginning, width and end of the first, both widths, whether a gap parts
# them.
Step: TypeAlias = tuple[str, str, str, str, bool]

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
# What a line that begins small may be.
_SMALL: Final = (TEXT, MORE)
_NO_HEADINGS: Final = frozenset({BYLINE, ROLE, VALEDICTION, FOLIO, INSTALMENT, JUMP})
_FEW: Final = 6
_TOLD_ENDS: Final = frozenset({"stop", "closer", "digit", "comma", "hyphen", "word"})
_STEP_ENDS: Final = _TOLD_ENDS | {"dash"}
_BROKEN: Final = frozenset({"comma", "hyphen", "word"})
_STOPPED: Final = frozenset({"stop", "closer"})
_KINDS: Final = MappingProxyType({"text": "t", "figures": "f", "noise": "n"})
_RUNNING: Final = "r"
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


def may_be(look: Look, told: str | None = None) -> tuple[str, ...]:
    """Say what a line can be at all; nothing else is asked of one that can only be text.

    Lines that are `told` to be credits, jumps or running heads are of no heading.
    """
    if look.kind != "text" or look.start == "none" or told in _NO_HEADINGS:
        return ()
    if look.start == "lower":
        return () if look.fill in WIDE else _SMALL
    return STATES if look.fill not in FULL or look.case in {"capitals", "title"} else ()


class _Page(NamedTuple):
    """Hold a page; `kinds` and `running` have a letter a line, so that what stands around one is counted in them.

    `told` are the lines that say by themselves what they are.
    """

    looks: Sequence[Look]
    style: str
    kinds: str
    running: str
    gaps: Sequence[bool]
    told: Mapping[int, str]

    def look(self, place: int) -> Look:
        """Give the look of a line; before the first and after the last there is nothing."""
        return self.looks[place] if 0 <= place < len(self.looks) else NOTHING


def _see(lines: Sequence[Line], looks: Sequence[Look], style: str, told: Mapping[int, str]) -> _Page:
    kinds = "".join([_KINDS[look.kind] for look in looks])
    running = "".join([_RUNNING if look.start == "lower" and look.fill in WIDE else "-" for look in looks])
    return _Page(looks, style, kinds, running, [*[line.gap > 0 for line in lines], True], told)


def _parts(page: _Page, place: int) -> Iterator[Part]:
    """Part what is seen of a line by what it depends on: most of it was seen before."""
    here, before = page.looks[place], page.look(place - 1)
    below, second = page.look(place + 1), page.look(place + 2)
    yield _own, (here, page.style)
    yield _before, (here.case, _ended(before), before.end, before.fill in WIDE, before.case, before.start)
    yield _below, (here.case, below.start, below.kind, below.fill, below.case, second.start, second.fill in WIDE)
    above = f"{_ended(before)} {_shape(before)}"
    following = _following(below, second)
    yield _between, (above, following, _ended(before), below.start, below.fill in WIDE, here.case, here.fill, here.end)
    first, last = max(place - _BEHIND, 0), place + _AHEAD + 1
    yield (
        _around,
        (
            _letters(here.case),
            page.kinds.count(_KINDS["figures"], first, last),
            min(page.kinds.count(_KINDS["noise"], first, last), _MOST_NOISE),
            min(page.running.count(_RUNNING, place + 1, place + 1 + _TEXT_AROUND), _MOST_TEXT),
            min(page.running.count(_RUNNING, max(place - _TEXT_AROUND, 0), place), _MOST_TEXT),
            page.gaps[place],
            page.gaps[place + 1],
        ),
    )
    told = page.told
    if place in told or place - 1 in told or place + 1 in told:
        yield _beside, (told.get(place), told.get(place - 1), told.get(place + 1))


def _own(key: tuple[Look, str]) -> Iterator[str]:
    here, style = key
    letters, end = _letters(here.case), here.end if here.end in _TOLD_ENDS else "open"
    yield f"fill {here.fill}"
    yield f"fill case {here.fill} {here.case}"
    yield f"case {here.case}"
    yield f"case fill {letters} {'wide' if here.fill in WIDE else 'short'}"
    yield f"words {here.words}"
    yield f"words case {here.words} {here.case}"
    yield f"end {end} {here.case}"
    yield f"style {style} {end} {letters} {'few' if here.words < _FEW else 'many'}"
    if here.marked:
        yield f"marked {letters}"
    if here.figures:
        yield f"figures {letters}"
    if here.initials:
        yield f"initials {letters}"
    if here.first != "letter":
        yield f"first {here.first}"


def _before(key: tuple[str, str, str, bool, str, str]) -> Iterator[str]:
    case, ended, end, wide, before, start = key
    letters = _letters(case)
    yield f"before {ended} {letters}"
    yield f"before end {end} {'wide' if wide else 'short'} {case}"
    yield f"before case {before} {case}"
    yield f"before start {start} {'wide' if wide else 'short'} {case}"


def _below(key: tuple[str, str, str, str, str, str, bool]) -> Iterator[str]:
    case, start, kind, fill, below, second, wide = key
    letters = _letters(case)
    rest = start == "lower" and fill not in WIDE and second == "upper"
    yield "below rest" if rest else f"below {start} {kind} {letters}"
    yield f"below fill {letters} {fill}"
    yield f"below case {case} {below} {'wide' if fill in WIDE else 'short'}"
    yield f"below second {letters} {second} {'wide' if wide else 'short'}"


def _between(key: tuple[str, str, str, str, bool, str, str, str]) -> Iterator[str]:
    above, following, ended, start, wide, case, fill, end = key
    close = "stop" if end in _STOPPED else "broken" if end in _BROKEN else "open"
    yield f"alone {above} {following} {case} {close}"
    yield f"stands {above} {following} {fill}"
    yield f"both {ended} {start} {'wide' if wide else 'short'} {case}"


def _around(key: tuple[str, int, int, int, int, bool, bool]) -> Iterator[str]:
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


def _ended(look: Look) -> str:
    """Say how the text above ends: `cut` inside a word or clause, `open` inside a sentence, `short`, or `ended`."""
    if look.end in {"stop", "closer", "quote", "none"}:
        return "ended"
    if look.end in {"hyphen", "comma"}:
        return "cut"
    return "open" if look.fill in WIDE and look.end == "lower" else "short"


def _shape(look: Look) -> str:
    return "wide" if look.fill in WIDE else "rest" if look.start == "lower" else "short"


def _following(below: Look, second: Look) -> str:
    """Say what follows a line: `text` that runs on, a `wide` line, a `short` one, or one that begins `lower`."""
    if below.start != "upper":
        return below.start
    if below.fill not in WIDE:
        return "short"
    return "text" if second.start == "lower" and second.fill in WIDE else "wide"


def _step(first: Look, second: Look, gap: bool) -> Step:  # noqa: FBT001
    """See two neighbouring lines: their cases and widths, where one ends and the other begins, what parts them."""
    end = first.end if first.end in _STEP_ENDS else "open"
    width = "wide" if first.fill in WIDE else "most" if first.fill == "most" else "short"
    start = "small" if second.start == "lower" else "big"
    cases, fills = f"{first.case} {second.case}", f"{first.fill} {second.fill}"
    return cases, f"{end} {start} {_letters(second.case)}", f"{width} {end}", fills, gap


class Run(NamedTuple):
    """Hold lines that follow each other and may be of a heading.

    `first` is the place of the first; `parts` are what is seen of each, `steps` what is seen of two neighbours, with
    that before the first and that behind the last among them, and `states` what each may be.
    """

    first: int
    parts: list[tuple[Part, ...]]
    steps: list[Step]
    states: list[tuple[str, ...]]


def describe(lines: Sequence[Line], looks: Sequence[Look], style: str, told: Mapping[int, str]) -> Iterator[Run]:
    """Describe the runs of lines on a page that may be of a heading."""
    page = _see(lines, looks, style, told)
    states = [may_be(look, told.get(place)) for place, look in enumerate(looks)]
    for may, run in groupby(range(len(looks)), lambda place: bool(states[place])):
        places = list(run)
        if may:
            ends = range(places[0], places[-1] + 2)
            steps = [_step(page.look(place - 1), page.look(place), page.gaps[place]) for place in ends]
            yield Run(
                places[0], [tuple(_parts(page, place)) for place in places], steps, [states[place] for place in places]
            )


def names_of(part: Part) -> Sequence[str]:
    """Name the features that a part stands for."""
    name, key = part
    return tuple(name(key))


def step_names(step: Step) -> tuple[str, ...]:
    """Name the features of two neighbouring lines."""
    cases, ends, width, fills, gap = step
    return f"cases {cases}", f"ends {ends}", f"width {width}", f"fills {fills}", f"gap {gap:d}"
