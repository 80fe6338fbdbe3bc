"""What only scripts with capitals and spaces show at a seam: words that stand in both lines, and how lines begin."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.hyphens import LEFT, read_torn
from newspaper_cli.languages.lexicon import load_lexicon
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from newspaper_cli.features import Outline
    from newspaper_cli.languages import Language

_CASES: Final = {"upper": "A", "lower": "a"}
_NEITHER: Final = "."
# A name of few letters, a title or a single letter before a stop: Mr., St., No., J.
_SHORTENED: Final = re.compile(r"(?<!\w)[A-Z][a-z]{0,4}\.$")
_LONGEST_SHORTENED: Final = 8
_STOP: Final = "."
_ENDED: Final = frozenset({"stop", "closer", "quote"})
_FALLS_SHORT: Final = frozenset({"short", "stub"})
# Lines in a row that begin with a capital; and how rows of a table end, a figure with a small letter or a stop behind.
_CAPITALS: Final = re.compile("A{3,}")
_LONGEST_RUN: Final = 5
_FIGURE: Final = re.compile(r"[0-9](?=[^\n]{0,5}\n)[0-9/½¼¾]*[a-z%]?\.?(?=\n)")
_LEADERS: Final = "..."
_NO_FIGURES: Final = "--"
# How many lines before and behind tell how long the paragraphs around are, and by which share of lines that end one.
_AROUND: Final = 24
_MANY: Final = 0.09
_SOME: Final = 0.04


class Cased(msgspec.Struct, frozen=True, gc=False):
    """Hold what a seam shows where the script has capitals.

    `word` tells whether a word stands in both lines (`hyphens.read_torn`); `cases` how the two lines and those beside
    them begin, with a capital, a small letter or neither: verse and lists begin every line with a capital, running text
    few; `run` of how many such lines in a row, up to five, both are part, and how many of the two hold marks; `figures`
    whether each line ends in figures, as rows of a table do, or has leaders; `shortened` whether the first line ends in
    a word cut short by a stop, `leaves` whether it ends in one that leaves open what is said, such as of or the;
    `closing` how often paragraphs end around, where the first line ends a sentence.
    """

    word: str
    cases: str
    run: str
    figures: str
    shortened: bool
    leaves: bool
    closing: str | None


# What a script without capitals shows.
NO_CASES: Final = Cased("", "", "", _NO_FIGURES, shortened=False, leaves=False, closing=None)


def read_cased(
    texts: Sequence[str],
    outlines: Sequence[Outline],
    fills: Sequence[str],
    language: Language,
    apart: Collection[int] = (),
) -> Iterator[Cased]:
    """See of each seam of a page what only a script with capitals shows.

    The lines `apart` are known to be no running text, as headings are: no list or verse runs over them.
    """
    shortened = [text[-1] == _STOP and _is_shortened(text) for text in texts]
    lexicon = load_lexicon(language.code)
    leaves = [text[-1].islower() and lexicon.leaves_open(text[text.rfind(" ") + 1 :]) for text in texts]
    starts = "".join([_CASES.get(outline.starts, _NEITHER) for outline in outlines])
    edged, figures = f"-{starts}-", _figures(texts)
    cases = [edged[place : place + 4] for place in range(len(texts) - 1)]
    rows = [figures[place : place + 2] for place in range(len(texts) - 1)]
    words, closing = read_torn(texts, language), _closing(outlines, fills)
    return map(Cased, words, cases, _runs(starts, outlines, apart), rows, shortened, leaves, closing)


def _is_shortened(text: str) -> bool:
    """Tell whether a line ends in a word cut short by a stop."""
    return _SHORTENED.search(text, max(len(text) - _LONGEST_SHORTENED, 0)) is not None


def _runs(starts: str, outlines: Sequence[Outline], apart: Collection[int]) -> list[str]:
    """Count for each seam, up to five, the neighbouring lines that begin with a capital, and tell of marks inside.

    The lines of a list of names that runs on begin so too; but commas stand in it.
    """
    runs = [""] * len(starts)
    marked = list(starts)
    for place in apart:
        marked[place] = _NEITHER
    for run in _CAPITALS.finditer("".join(marked)):
        length = min(run.end() - run.start(), _LONGEST_RUN)
        for place in range(run.start(), run.end() - 1):
            marks = outlines[place].marked + outlines[place + 1].marked
            runs[place] = f"{length} {marks}"
    return runs


def _figures(texts: Sequence[str]) -> str:
    """Tell by a letter a line how each ends like a row of a table: behind leaders, in figures, or not."""
    shown = ["-"] * len(texts)
    for place in Texts(texts).holding(_FIGURE):
        shown[place] = "#"
    for place in [place for place, text in enumerate(texts) if _LEADERS in text]:
        shown[place] = "L"
    return "".join(shown)


def _closing(outlines: Sequence[Outline], fills: Sequence[str]) -> list[str]:
    """Say for each line that ends a sentence how many around it end a paragraph for certain: short of the column.

    Of others it does not matter: a seam that shows nothing else is the same as more of those that were weighed before.
    """
    ends = [place for place, outline in enumerate(outlines) if outline.ends in _ENDED]
    short = bytearray(len(outlines))
    for place in ends:
        short[place] = fills[place] in _FALLS_SHORT
    told = [""] * len(outlines)
    for place in ends:
        first, last = max(place - _AROUND, 0), min(place + _AROUND, len(outlines))
        told[place] = _share(short.count(1, first, last), last - first)
    return told


@lru_cache(maxsize=1 << 12)
def _share(ended: int, lines: int) -> str:
    """Say in steps how many of some lines end a paragraph."""
    share = ended / lines
    return "many" if share >= _MANY else "some" if share >= _SOME else "few"


def name_cases(mode: str, cases: str, word: str, run: str, figures: str) -> Iterator[str]:
    """Name the features of what the two lines of a seam, and those beside them, show together."""
    if cases:
        yield f"cases {mode} {cases}"
    if word and word != LEFT:
        yield f"word {mode} {word}"
    if run:
        yield f"run {mode} {run}"
    if figures != _NO_FIGURES:
        yield f"figures {mode} {figures}"
