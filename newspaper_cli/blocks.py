"""Blocks with labels out of the lines of a file: joined, and told apart, page by page.

Where the writing has letter case and lines stand as printed, headings are told line by line before lines are joined; in
other text lines are joined first, and ten times fewer blocks are then left to label.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newspaper_cli.heading_lines import MORE, style_of
from newspaper_cli.headlines import Heads, find_heads, is_told_by_line, part_heads
from newspaper_cli.hyphens import fix_at_hyphen, halves_at_hyphen, read_words
from newspaper_cli.joins import decide_seams, make_blocks
from newspaper_cli.labeling import Labelled, label_blocks
from newspaper_cli.labels import Fix
from newspaper_cli.lone_lines import JUMP, find_told
from newspaper_cli.looks import look_over
from newspaper_cli.regime import Regime, read_regime
from newspaper_cli.spacing import close_up
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from newspaper_cli.document import Line, Seam
    from newspaper_cli.languages import Language
    from newspaper_cli.looks import Look
    from newspaper_cli.tables import Weights

# Over how many blank lines a heading goes on. Of 100 that went on over two, on pages of 1922 whose blocks of print are
# two apart, a reader found 12 to be one.
_GOES_OVER: Final = 1


class Sight(NamedTuple):
    """Hold one page as it is seen before anything is decided; `looks` are empty where headings are told by blocks."""

    lines: Sequence[Line]
    language: Language
    regime: Regime
    looks: Sequence[Look]


def see_pages(pages: Iterable[tuple[Sequence[Line], Language]]) -> list[Sight]:
    """See the pages of a file, each in its language."""
    return [_see(lines, read_regime(lines), language) for lines, language in pages]


def _see(lines: Sequence[Line], regime: Regime, language: Language) -> Sight:
    if language.joiner:
        lines = close_up(lines, language)
    looks = look_over(lines, regime, language) if is_told_by_line(regime, language) else ()
    return Sight(lines, language, regime, looks)


def heading_style(pages: Iterable[Sight]) -> str:
    """Say how the headings of a file end."""
    return style_of([look for page in pages for look in page.looks])


def label_page(page: Sight, style: str, weights: Weights = SHIPPED) -> list[Labelled]:
    """Join the lines of one page to blocks, and label them."""
    lines, language, regime = page.lines, page.language, page.regime
    told, heads = _tell_lines(page, style, weights)
    seams = decide_seams(lines, regime, language, weights, _apart(told, heads))
    if heads:
        alone = [place for place, name in told.items() if name == JUMP]
        seams = part_heads(seams, heads, alone, () if regime.gapped else _leaps(lines))
        for place, fix in _cut_words(seams, heads, lines, language):
            seams[place] = msgspec.structs.replace(seams[place], fix=fix, drop=int(fix is Fix.HYPHEN))
    return label_blocks(make_blocks(lines, seams), regime, language, weights, heads)


def _tell_lines(page: Sight, style: str, weights: Weights) -> tuple[Mapping[int, str], Heads | None]:
    """Tell what single lines are, by what they say and as headings; nothing where headings are told by blocks."""
    if not page.looks:
        return {}, None
    told = find_told([line.text for line in page.lines], page.language)
    return told, find_heads(page.lines, page.looks, style, told, weights)


def _apart(told: Mapping[int, str], heads: Heads | None) -> Collection[int]:
    """List the lines that are no running text: those of headings, and those that say what they are."""
    return {*told, *(heads.places() if heads else ())}


def _leaps(lines: Sequence[Line]) -> list[int]:
    """Find the seams over which no heading goes on: of two blank lines and more, where no word is cut."""
    return [
        place
        for place, (first, second) in enumerate(pairwise(lines))
        if second.gap > _GOES_OVER and not halves_at_hyphen(first.text, second.text)
    ]


def _cut_words(
    seams: Sequence[Seam], heads: Heads, lines: Sequence[Line], language: Language
) -> Iterator[tuple[int, Fix]]:
    """Find where a heading goes on behind a hyphen, and say how the hyphen is read, as it is in text."""
    page = "\n".join([line.text for line in lines])
    for place, state in enumerate(heads.states[1:]):
        first, second = lines[place].text, lines[place + 1].text
        halves = halves_at_hyphen(first, second) if state == MORE and seams[place].fix else None
        if halves:
            yield place, fix_at_hyphen(halves, second, read_words(page, language.code), language)
