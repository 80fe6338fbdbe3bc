"""What only scripts with capitals and spaces show at a seam: words that stand in both lines, and how lines begin."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.hyphens import read_torn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.features import Outline
    from newspaper_cli.languages import Language

_CASES: Final = {"upper": "A", "lower": "a"}
# A name of few letters, a title or a single letter before a stop: Mr., St., No., J.
_SHORTENED: Final = re.compile(r"(?<!\w)[A-Z][a-z]{0,4}\.$")
_LONGEST_SHORTENED: Final = 8
_ENDED: Final = frozenset({"stop", "closer", "quote"})
_FALLS_SHORT: Final = frozenset({"short", "stub"})
# How many lines before and behind tell how long the paragraphs around are, and by which share of lines that end one.
_AROUND: Final = 24
_MANY: Final = 0.09
_SOME: Final = 0.04


class Cased(NamedTuple):
    """Hold what a seam shows where the script has capitals.

    `word` tells whether a word stands in both lines (`hyphens.read_torn`); `cases` how the two lines and those beside
    them begin, with a capital, a small letter or neither: verse and lists begin every line with a capital, running text
    few; `shortened` whether the first line ends in a word cut short by a stop; `closing` how often paragraphs end
    around.
    """

    word: str
    cases: str
    shortened: bool
    closing: str


def read_cased(
    texts: Sequence[str], outlines: Sequence[Outline], fills: Sequence[str], language: Language
) -> Iterator[Cased]:
    """See of each seam of a page what only a script with capitals shows."""
    shortened = [_SHORTENED.search(text, max(len(text) - _LONGEST_SHORTENED, 0)) is not None for text in texts]
    return map(Cased, read_torn(texts, language), _cases(outlines), shortened, _closing(outlines, fills))


def _cases(outlines: Sequence[Outline]) -> Iterator[str]:
    edged = f"-{''.join([_CASES.get(outline.starts, '.') for outline in outlines])}-"
    return (edged[place : place + 4] for place in range(len(outlines) - 1))


def _closing(outlines: Sequence[Outline], fills: Sequence[str]) -> Iterator[str]:
    """Say for each line how many around it end a paragraph for certain: a stop, short of the column."""
    ended = [outline.ends in _ENDED and fill in _FALLS_SHORT for outline, fill in zip(outlines, fills, strict=True)]
    sums = [0, *accumulate(ended)]
    for place in range(len(ended)):
        low, high = max(place - _AROUND, 0), min(place + _AROUND, len(ended))
        share = (sums[high] - sums[low]) / (high - low)
        yield "many" if share >= _MANY else "some" if share >= _SOME else "few"


def cased_features(seen: Cased, mode: str, ends: str, starts: str, fill: str) -> Iterator[str]:
    """Name the features of what is seen, each a row of the table of joins."""
    if seen.word:
        yield f"word {mode} {seen.word}"
    yield f"cases {mode} {seen.cases}"
    yield f"cased {mode} {ends} {starts} {fill}"
    if seen.shortened:
        yield f"shortened {mode} {starts} {fill}"
    if ends in _ENDED:
        yield f"closing {mode} {seen.closing} {fill}"
