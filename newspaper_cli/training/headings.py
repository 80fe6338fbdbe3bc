"""Which blocks of a page are headings, as its gold tells: chains of blocks to learn labels from."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from newspaper_cli.characters import STOPS, printed_width
from newspaper_cli.headlines import TABLE, is_told_by_line
from newspaper_cli.joins import decide_seams, make_blocks
from newspaper_cli.labeling import describe, features, tie
from newspaper_cli.regime import read_regime
from newspaper_cli.tables import SHIPPED, table_of
from newspaper_cli.training.alignment import place_lines, read_gold
from newspaper_cli.training.sequences import Chain, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights
    from newspaper_cli.training.sheets import Sheet

# A text of gold and whether it is a heading; None where gold does not tell.
Told: TypeAlias = tuple[str, bool | None]

_HEADS: Final = ("kicker", "headline", "deck")
_MARK: Final = re.compile("[，、。；：！？,;.!?]")
# In half-width columns: what is no wider and has no mark is a heading inside an article.
_WIDEST_SUBHEAD: Final = 42
# The longest head in one paragraph of gold that does not tell its heads, in characters.
_LONGEST_HEAD: Final = 90
_FEWEST_MARKS: Final = 2
_LONGEST_SCRAP: Final = 2


def tell_headings(articles: Sequence[Mapping[str, Any]], *, keyed: bool = False) -> Iterator[Told]:
    """Give the texts of gold in order, each with whether it is a heading.

    In `keyed` gold the heads of an article stand first among its paragraphs.
    """
    for article in articles:
        yield from ((article[name], True) for name in _HEADS if article.get(name))
        for place, paragraph in enumerate(article.get("paragraphs") or ()):
            text, kind = (
                (paragraph.get("text"), paragraph.get("kind")) if isinstance(paragraph, dict) else (paragraph, None)
            )
            if isinstance(text, str) and text.strip():
                yield text, kind == "subhead" if kind else _is_heading(text, keyed=keyed, first=not place)


def _is_heading(text: str, *, keyed: bool, first: bool) -> bool | None:
    """Tell a heading among the paragraphs of gold by its marks and its length."""
    marks = len(_MARK.findall(text))
    if keyed:
        return True if first and not marks and len(text) <= _LONGEST_HEAD else False if marks >= _FEWEST_MARKS else None
    if printed_width(text) > _WIDEST_SUBHEAD or text[-1] in STOPS:
        return False
    return None if marks else True


def judge_lines(lines: Sequence[Line], told: Sequence[Told], *, whole: bool) -> list[bool | None]:
    """Say of each line whether it is one of a heading; None where gold does not tell.

    Where gold is `whole`, a scrap of one or two characters that it lacks is what recognition left of running text.
    """
    gold = read_gold([text for text, _ in told], exact=False)
    ends = sorted(gold.ends)
    answers = [answer for text, answer in told if text.split()]
    found = zip(lines, place_lines(lines, gold), strict=True)
    return [
        answers[min(bisect_right(ends, place[0]), len(ends) - 1)]
        if place
        else (False if whole and len(line.text) <= _LONGEST_SCRAP else None)
        for line, place in found
    ]


def chains_of(sheet: Sheet, language: Language, weights: Weights = SHIPPED) -> Iterator[Chain]:
    """Turn a page whose headings are known into chains: runs of blocks that no rule labels."""
    if not sheet.lines:
        return
    regime = read_regime(sheet.lines)
    blocks = make_blocks(sheet.lines, decide_seams(sheet.lines, regime, language, weights))
    ruled, shapes = describe(blocks, regime, language)
    answers = iter(sheet.heads)
    known = [_agreed([next(answers) for _ in block.lines]) for block in blocks]
    for free, run in groupby(range(len(blocks)), lambda place: place not in ruled):
        if free:
            items = tuple(Item(tuple(features(shapes[place])), tie(shapes[place]), known[place]) for place in run)
            yield Chain(sheet.group, items, sheet.weight)


def labels_table(lines: Sequence[Line], language: Language) -> str:
    """Name the table that the labels of a page go by."""
    by_line = bool(lines) and is_told_by_line(read_regime(lines), language)
    return TABLE if by_line else table_of("labels", language)


def _agreed(answers: Sequence[bool | None]) -> bool | None:
    return answers[0] if len(set(answers)) == 1 else None
