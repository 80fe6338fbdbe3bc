"""Blocks with labels out of the lines of a file: joined, and told apart, page by page.

Where the writing has letter case and lines stand as printed, headings are told line by line before lines are joined; in
other text lines are joined first, and ten times fewer blocks are then left to label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newspaper_cli.headlines import Heads, find_heads, look_over, part_heads, style_of
from newspaper_cli.joins import decide_seams, make_blocks
from newspaper_cli.labeling import Labelled, label_blocks
from newspaper_cli.regime import Regime, read_regime
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.headlines import Look
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights


class Sight(NamedTuple):
    """Hold one page as it is seen before anything is decided; `looks` are empty where headings are told by blocks."""

    lines: Sequence[Line]
    regime: Regime
    looks: Sequence[Look]


def see_pages(pages: Iterable[Sequence[Line]], language: Language) -> list[Sight]:
    """See the pages of a file."""
    seen = [(lines, read_regime(lines)) for lines in pages]
    return [
        Sight(lines, regime, look_over(lines, regime) if _by_line(regime, language) else ()) for lines, regime in seen
    ]


def _by_line(regime: Regime, language: Language) -> bool:
    return bool(language.joiner) and regime.layout == "lines" and not regime.whole


def heading_style(pages: Iterable[Sight]) -> str:
    """Say how the headings of a file end."""
    return style_of([look for page in pages for look in page.looks])


def label_page(page: Sight, style: str, language: Language, weights: Weights = SHIPPED) -> list[Labelled]:
    """Join the lines of one page to blocks, and label them."""
    lines, regime = page.lines, page.regime
    seams = decide_seams(lines, regime, language, weights)
    heads: Heads | None = None
    if page.looks:
        heads = find_heads(lines, page.looks, style, weights)
        seams = part_heads(seams, heads, page.looks)
    return label_blocks(make_blocks(lines, seams), regime, language, weights, heads)
