"""What kind of page this is: seen once, before any decision, because every decision depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from newspaper_cli.characters import count_han, count_latin, printed_widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language

Layout = Literal["lines", "blocks"]

# A printed column is at most this wide, in half-width columns; text that runs on beyond is unwrapped (METHODS 2.4).
_WIDEST_COLUMN: Final = 90
_REACH: Final = 8
_STEP: Final = 4
_FULL_SHARE: Final = 0.8
# Of the print of a page, and of its lines.
_UNWRAPPED_SHARE: Final = 0.5
_WHOLE_SHARE: Final = 0.3


class Regime(msgspec.Struct, frozen=True):
    """Hold what is true of a whole page.

    `layout` is `lines` where every printed line is a line of the text and `blocks` where the lines of a column were
    already put together; `whole` says that blocks follow each other without blank lines, as paragraphs do and cut
    columns do not. `measures` are the widths of the lines, `widths` those of the columns around them, both in
    half-width columns. `comma_stops` says that sentences end in a comma, as in Chinese print before about 1940.
    `indents` says that paragraphs are indented. `gapped` says that blank lines stand between any two lines and so mean
    nothing.
    """

    layout: Layout
    whole: bool
    measures: tuple[int, ...]
    widths: tuple[int, ...]
    comma_stops: bool
    indents: bool
    gapped: bool


def read_regime(lines: Sequence[Line]) -> Regime:
    """See what kind of page the lines make."""
    texts = [line.text for line in lines]
    measures = printed_widths(texts)
    unwrapped = sum([measure for measure in measures if measure > _WIDEST_COLUMN])
    blocks = unwrapped > _UNWRAPPED_SHARE * sum(measures)
    following = [line.gap for line in lines[1:]].count(0)
    text = "".join(texts)
    stops, commas = text.count("。"), text.count("、") + text.count("，")
    indented = len(lines) - [line.indent for line in lines].count(0)
    inner = len(lines) - 1 - following
    return Regime(
        layout="blocks" if blocks else "lines",
        whole=blocks and following > len(lines) * _WHOLE_SHARE,
        measures=tuple(measures),
        widths=_local_widths(measures),
        comma_stops=commas > 20 * stops and commas > 10,  # noqa: PLR2004
        indents=len(lines) * 0.03 < indented < len(lines) * 0.6,
        gapped=inner > len(lines) * 0.8,
    )


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


def choose_language(text: str, languages: Sequence[Language]) -> Language:
    """Choose the language whose script most of a sample's letters belong to; the first where none is present."""
    counts = {"Han": 2 * count_han(text), "Latin": count_latin(text)}
    return max(languages, key=lambda language: max(counts.get(script, 0) for script in language.scripts))


def spelling(text: str, language: Language) -> str:
    """Name the variant of the language that a sample is spelled in, such as `zh-Hant`."""
    if not language.variants:
        return language.code
    return max(language.variants, key=lambda tag: sum(map(text.__contains__, language.variants[tag])))
