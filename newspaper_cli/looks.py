"""What a printed line shows by itself, in writing with letter case: what the finding of headings goes by."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.characters import DASHES, HYPHENS, OPENERS, QUOTES
from newspaper_cli.features import are_in_capitals, count_each, end_class, in_latin
from newspaper_cli.languages.lexicon import load_lexicon
from newspaper_cli.texts import find_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.languages.lexicon import Lexicon
    from newspaper_cli.regime import Regime

_FILLS: Final = ((1.08, "over"), (0.93, "full"), (0.85, "near"), (0.6, "most"), (0.35, "half"), (0.15, "stub"))
WIDE: Final = frozenset({"over", "full", "near"})
FULL: Final = frozenset({"over", "full"})
MOST_WORDS: Final = 7
_LONG: Final = 4
_DIGITS: Final = b"0123456789"
# All of Latin-1 that is neither letter nor digit nor space; what it lacks becomes a question mark.
_MARKS: Final = bytes(code for code in range(33, 256) if not chr(code).isalnum())
_NO_DIGITS: Final = bytes(code for code in range(256) if code not in _DIGITS + b"\n")
_NO_MARKS: Final = bytes(code for code in range(256) if code not in _MARKS + b"\n")
_NO_LETTERS: Final = _DIGITS + _MARKS + b" "
_MARK: Final = re.compile(r"[,;:.!?]\s")
_INITIAL: Final = re.compile(r"(?<!\w)[^\W\d_]\.")
_MOST_FIGURES: Final = 0.5
_MOST_MARKS: Final = 0.4


class Look(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Hold what a line shows by itself; lines that show the same share one, told by identity.

    `kind` is `text`, `figures` or `noise`; `start` the case of the first letter; `case` that of the whole: `capitals`,
    `title`, `sentence`, `small` or `none`; `end` the class of the last character, or `word` for a word that leaves what
    is said open; `marked` tells of marks inside, `figures` of any digit, `initials` of letters that stand for names;
    `first` is what the line begins with: a `letter`, `digit`, `opener`, `quote`, `dash` or other `mark`.
    """

    fill: str
    kind: str
    start: str
    end: str
    case: str
    words: int
    marked: bool
    figures: bool
    initials: bool = False
    first: str = "letter"


NOTHING: Final = Look("none", "none", "none", "none", "none", 0, marked=False, figures=False)


def look_over(lines: Sequence[Line], regime: Regime, language: Language) -> list[Look]:
    """See each line of a page."""
    if not lines:
        return []
    texts = [line.text for line in lines]
    latin = in_latin(texts)
    fills = map(_fill, regime.measures, regime.widths)
    letters = count_each(latin, _NO_LETTERS)
    # Figures and marks say nothing of letter case.
    capitals = are_in_capitals(latin, letters)
    figures = count_each(latin, _NO_DIGITS)
    kinds = map(_kind, figures, count_each(latin, _NO_MARKS), letters)
    lexicon = load_lexicon(language.code)
    return [
        _look(text, fill, (kind, upper, digits > 0), lexicon)
        for text, fill, kind, upper, digits in zip(texts, fills, kinds, capitals, figures, strict=True)
    ]


@lru_cache(maxsize=1 << 12)
def _fill(measure: int, width: int) -> str:
    """Say how much of its column a line takes."""
    share = measure / max(width, 1)
    return next((name for least, name in _FILLS if share > least), "scrap")


def _look(text: str, fill: str, counted: tuple[str, bool, bool], lexicon: Lexicon) -> Look:
    """See one line; of what was counted in it tells its kind, whether it is in capitals, and whether it has figures."""
    end = "hyphen" if text[-1] in HYPHENS else end_class(text)
    if fill in WIDE and text[0].islower():
        # Most lines of a page: nothing else is asked about them.
        return _running(fill, "text", "lower", end)
    first = text[0] if text[0].isalpha() else next(filter(str.isalpha, text), "")
    start = "upper" if first.isupper() else "lower" if first else "none"
    kind, capitals, figures = counted
    words = find_words(text)
    case = _case(words, start, capitals=capitals)
    if fill in FULL and case not in {"capitals", "title"}:
        return _running(fill, kind, start, end)
    if end in {"lower", "upper"} and words and lexicon.leaves_open(words[-1]):
        end = "word"
    return _share(
        fill,
        kind,
        start,
        end,
        case,
        min(len(words), MOST_WORDS),
        _MARK.search(text) is not None,
        figures,
        "." in text and _INITIAL.search(text) is not None,
        _first(text[0]),
    )


_share = lru_cache(maxsize=1 << 14)(Look)


def _first(character: str) -> str:
    if character.isalpha():
        return "letter"
    if character.isdigit():
        return "digit"
    if character in DASHES:
        return "dash"
    if character in OPENERS:
        return "opener"
    return "quote" if character in QUOTES else "mark"


@lru_cache(maxsize=1 << 10)
def _running(fill: str, kind: str, start: str, end: str) -> Look:
    """Give the look of a line that fills its column: of that of running text not much is asked."""
    return _share(fill, kind, start, end, "small", MOST_WORDS, True, False, False, "letter")  # noqa: FBT003


@lru_cache(maxsize=1 << 12)
def _kind(digits: int, marks: int, letters: int) -> str:
    if digits > letters * _MOST_FIGURES:
        return "figures"
    return "noise" if marks > letters * _MOST_MARKS else "text"


def _case(words: Sequence[str], start: str, *, capitals: bool) -> str:
    long = [word for word in words if len(word) >= _LONG]
    if not long:
        return "none"
    if capitals:
        return "capitals"
    if start == "upper" and len(long) > 1 and all(word[0].isupper() for word in long):
        return "title"
    return "sentence" if start == "upper" else "small"
