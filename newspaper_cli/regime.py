"""What kind of page this is: seen once, before any decision, because every decision depends on it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from newspaper_cli.characters import letter_spaced, may_drop, printed_width, printed_widths
from newspaper_cli.features import end_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Line

Layout = Literal["lines", "blocks"]

# A printed column is at most this wide, in half-width columns; text that runs on beyond is unwrapped (METHODS 2.4).
_WIDEST_COLUMN: Final = 90
_REACH: Final = 8
_STEP: Final = 4
_FULL_SHARE: Final = 0.8
# Of the print of a page, and of its lines.
_UNWRAPPED_SHARE: Final = 0.5
_WHOLE_SHARE: Final = 0.3
# Of what stands between blank lines.
_HEADED_SHARE: Final = 1 / 6
_SHORT: Final = frozenset({"near", "short", "stub", "scrap"})
_ENDED: Final = frozenset({"stop", "closer"})
_FEWEST_BLOCKS: Final = 10
_FEWEST_LINES: Final = 5
_ENDED_SHARE: Final = 0.85
_NEAR: Final = 4
_FEWEST_ENDS: Final = 4
_SPACED_SHARE: Final = 0.63
_GOES_ON: Final = frozenset({"han", "digit", "upper", "lower"})
# Of unwrapped text, in half-width columns.
_SHORTEST_BODY: Final = 90
_STUB: Final = 18
_SCRAP: Final = 4
_MARK: Final = re.compile("[，、。；：！？,;]")


class Regime(msgspec.Struct, frozen=True):
    """Hold what is true of a whole page.

    `layout` is `lines` where every printed line is a line of the text and `blocks` where the lines of a column were
    already put together; `whole` says that blocks follow each other without blank lines, as paragraphs do and cut
    columns do not. `measures` are the widths of the lines, `widths` those of the columns around them, both in
    half-width columns. `comma_stops` says that sentences end in a comma, as in Chinese print before about 1940.
    `indents` says that paragraphs are indented. `gapped` says that blank lines stand between any two lines and so mean
    nothing, `parted` that they part whole articles, `spaced` that they part paragraphs.
    """

    layout: Layout
    whole: bool
    measures: tuple[int, ...]
    widths: tuple[int, ...]
    comma_stops: bool
    indents: bool
    gapped: bool
    parted: bool
    spaced: bool

    @property
    def plain(self) -> bool:
        """Tell whether blank lines say nothing of what stands between them."""
        return self.gapped or self.layout == "blocks"

    @property
    def mode(self) -> str:
        """Name the kind of page that the weights of many features go by: `blocks`, `commas` or `lines`."""
        return "blocks" if self.layout == "blocks" else "commas" if self.comma_stops else "lines"


def read_regime(lines: Sequence[Line]) -> Regime:
    """See what kind of page the lines make."""
    texts = [line.text for line in lines]
    measures = _measure(texts)
    unwrapped = sum([measure for measure in measures if measure > _WIDEST_COLUMN])
    blocks = unwrapped > _UNWRAPPED_SHARE * sum(measures)
    following = [line.gap for line in lines[1:]].count(0)
    text = "".join(texts)
    stops, commas = text.count("。"), text.count("、") + text.count("，")
    indented = len(lines) - [line.indent for line in lines].count(0)
    inner = len(lines) - 1 - following
    widths = _local_widths(measures)
    gapped = inner > len(lines) * 0.8
    put_together = blocks and following > len(lines) * _WHOLE_SHARE
    if gapped and not put_together:
        put_together = _end_whole(texts, _FEWEST_BLOCKS if blocks else _FEWEST_LINES)
    return Regime(
        layout="blocks" if blocks else "lines",
        whole=put_together,
        measures=tuple(measures),
        widths=widths,
        comma_stops=commas > 20 * stops and commas > 10,  # noqa: PLR2004
        indents=len(lines) * 0.03 < indented < len(lines) * 0.6,
        gapped=gapped,
        parted=bool(lines) and not blocks and _parts_articles(lines, measures, widths),
        spaced=not blocks and not gapped and _parts_paragraphs(lines, measures, widths),
    )


def _measure(texts: Sequence[str]) -> list[int]:
    """Measure lines without the spaces that recognition put between the characters of some.

    The wide spaces of print count: they were set to fill a width.
    """
    measures = printed_widths(texts)
    if not may_drop("".join(texts)):
        return measures
    for place, text in enumerate(texts):
        if " " in text and not text.isascii():
            measures[place] -= sum([printed_width(text[start:end]) for start, end in letter_spaced(text)])
    return measures


def _end_whole(texts: Sequence[str], fewest: int) -> bool:
    """Tell whether nearly all that runs on, as its marks tell, ends as paragraphs do: nothing is left to join.

    Pages of which each column is cut into blocks have such ends in .79 of these texts at most, put together ones in
    .88. Of blocks it takes more to tell: few of them may end so by chance, which printed lines do not.
    """
    running = [text for text in texts if _MARK.search(text, 0, len(text) - 1)]
    ended = sum(end_class(text) in _ENDED for text in running)
    return len(running) >= fewest and ended >= len(running) * _ENDED_SHARE


def _parts_articles(lines: Sequence[Line], measures: Sequence[int], widths: Sequence[int]) -> bool:
    """Tell whether blank lines part whole articles, as in text keyed by hand: then most of them stand above a head.

    A head falls short of its column and bears no mark. Against it speak lines alone between two blank lines, such as
    heads of one line, and ends that fill their column without a mark, as where a column is cut, or that a small letter
    goes on from. The balance was .18 and
    more of all parts on 72 pages keyed so, and .13 at most on 70 pages of other shapes. No page of columns is keyed so.
    """
    if lines[0].column != lines[-1].column:
        return False
    starts = [0, *(place for place, line in enumerate(lines) if place and line.gap), len(lines)]
    parts = [(first, last) for first, last in pairwise(starts) if first < last]
    headed = sum(
        last - first > 1 and fill_of(measures[first], widths[first]) in _SHORT and not _MARK.search(lines[first].text)
        for first, last in parts
    )
    alone = sum(last - first == 1 for first, last in parts)
    cut = sum(
        (fill_of(measures[last - 1], widths[last - 1]) not in _SHORT and end_class(lines[last - 1].text) in _GOES_ON)
        or lines[last].text[0].islower()
        for _, last in parts[:-1]
    )
    return len(parts) > 1 and headed - alone - cut >= len(parts) * _HEADED_SHARE


def _parts_paragraphs(lines: Sequence[Line], measures: Sequence[int], widths: Sequence[int]) -> bool:
    """Tell whether blank lines part paragraphs, as character recognition sets them: most certain ends stand above one.

    A paragraph ends for certain where a line falls short of its column and ends its sentence. Of such ends .67 and
    more stood above a blank line on all pages of that kind, .59 at most on others.
    """
    gaps = [line.gap > 0 for line in lines[1:]]
    if sum(gaps) < _FEWEST_ENDS:
        return False
    certain = [
        gap
        for line, gap, measure, width in zip(lines, gaps, measures, widths, strict=False)
        if measure + _NEAR < width and end_class(line.text) in _ENDED
    ]
    return len(certain) >= _FEWEST_ENDS and sum(certain) >= len(certain) * _SPACED_SHARE


def read_fills(regime: Regime) -> list[str]:
    """Say how much of its column each line takes: `over`, `full`, `near`, `short`, `stub`, `scrap`."""
    return list(map(_block_fill if regime.layout == "blocks" else fill_of, regime.measures, regime.widths))


@lru_cache(maxsize=1 << 12)
def fill_of(width: int, column: int) -> str:
    """Say how much of its column a line of this width takes."""
    if width > column + 3:
        return "over"
    if width >= column - 2:
        return "full"
    if width >= column - _NEAR:
        return "near"
    if 2 * width > column:
        return "short"
    return "stub" if width > _SCRAP else "scrap"


def _block_fill(width: int, _column: int) -> str:
    if width >= 2 * _SHORTEST_BODY:
        return "full"
    if width >= _SHORTEST_BODY:
        return "near"
    return "short" if width >= _STUB else "stub"


def _local_widths(measures: Sequence[int]) -> tuple[int, ...]:
    """Give for each line the width that four of five lines around it keep within.

    A page has columns of several widths and headlines wider than any of them; the width of the whole page would be
    wrong for most lines (METHODS 2.3: 69 % against 82 % of joins right on real lines of the 1920s and 30s). The window
    moves by a few lines at a time: the result differs by a hair, the time by a factor of four.
    """
    widths: list[int] = []
    for start in range(0, len(measures), _STEP):
        window = sorted(measures[max(start - _REACH, 0) : start + _STEP + _REACH])
        widths += [window[int(len(window) * _FULL_SHARE)]] * _STEP
    return tuple(widths[: len(measures)])
