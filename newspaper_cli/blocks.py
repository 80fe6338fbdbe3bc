"""Blocks with labels out of the lines of a file: joined, and told apart, page by page.

Where the writing has letter case and lines stand as printed, headings are told line by line before lines are joined; in
other text lines are joined first, and ten times fewer blocks are then left to label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.headlines import Heads, find_heads, is_told_by_line, look_over, part_heads, style_of
from newspaper_cli.joins import decide_seams, make_blocks
from newspaper_cli.labeling import Labelled, label_blocks
from newspaper_cli.regime import Regime, read_regime
from newspaper_cli.spacing import close_up
from newspaper_cli.tables import SHIPPED
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.headlines import Look
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights


_LONGEST_JUMP: Final = 50


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
    looks = look_over(lines, regime) if is_told_by_line(regime, language) else ()
    return Sight(lines, language, regime, looks)


def _jump_lines(lines: Sequence[Line], language: Language) -> list[int]:
    """Find the lines that are a jump line and nothing else."""
    texts = [line.text if len(line.text) <= _LONGEST_JUMP else "" for line in lines]
    likely = Texts(texts).holding(language.hint("parts.jump"))
    return [place for place in likely if language.match("parts.jump", texts[place], whole=True)]


def heading_style(pages: Iterable[Sight]) -> str:
    """Say how the headings of a file end."""
    return style_of([look for page in pages for look in page.looks])


def label_page(page: Sight, style: str, weights: Weights = SHIPPED) -> list[Labelled]:
    """Join the lines of one page to blocks, and label them."""
    lines, language, regime = page.lines, page.language, page.regime
    seams = decide_seams(lines, regime, language, weights)
    heads: Heads | None = None
    if page.looks:
        heads = find_heads(lines, page.looks, style, weights)
        seams = part_heads(seams, heads, page.looks, _jump_lines(lines, language))
    return label_blocks(make_blocks(lines, seams), regime, language, weights, heads)
