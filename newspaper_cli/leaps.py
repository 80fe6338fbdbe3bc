"""Which joins are sure enough to be made over a blank line, or from one column to the next, where words have spaces.

Recognition sets a blank line below every block of print it finds, and where columns ran into each other the next block
belongs to another text: the look of the lines alone joined more wrong ones than right on pages of 1922. What is joined
there must be one word in both lines, or a sentence that the lines on both sides of a single blank line carry on from
one known word to another, both as wide as their column.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newspaper_cli.characters import COMMAS
from newspaper_cli.hyphens import TORN, fold, halves_at_hyphen

if TYPE_CHECKING:
    from newspaper_cli.document import Line, Seam
    from newspaper_cli.hyphens import Words
    from newspaper_cli.languages import Language
    from newspaper_cli.seams import Situation

LEAPS: Final = frozenset({"blank", "column"})
_WIDE: Final = frozenset({"over", "full", "near"})
# Of 72 such joins over one blank line that were read, 11 were wrong; of 40 over two, 13.
_WIDEST: Final = 1
_LIKELY: Final = 0.97
_LAST: Final = re.compile(r"[^\W\d_]+$")
_FIRST: Final = re.compile(r"[^\W\d_]+")
_TWICE: Final = 2


def may_leap(lines: tuple[Line, Line], seam: Seam, situation: Situation, words: Words, language: Language) -> bool:
    """Tell whether two lines that were joined stay so: where nothing stands between them, or where it is sure."""
    if situation.gap not in LEAPS or situation.overlap:
        return True
    first, second = lines[0].text, lines[1].text
    halves = halves_at_hyphen(first, second)
    if halves:
        return _is_one_word(fold(halves.left), fold(halves.right), words, language)
    if situation.cased and situation.cased.word == TORN:
        return True
    wide = situation.fill in _WIDE and situation.next_fill in _WIDE
    return wide and lines[1].gap <= _WIDEST and seam.confidence >= _LIKELY and _runs_on(first, second, words)


def _is_one_word(left: str, right: str, words: Words, language: Language) -> bool:
    """Tell whether a hyphen cuts a word that is known whole, or is part of one."""
    if len(left) < _TWICE or len(right) < _TWICE:
        return False
    hyphened = f"{left}-{right}"
    known = words.knows(left + right) or words.knows(hyphened)
    return known or language.match("hyphens.kept", hyphened, whole=True) is not None


def _runs_on(first: str, second: str, words: Words) -> bool:
    """Tell whether a sentence goes on from one known word to another, in small letters."""
    ended = first[:-1] if first[-1] in COMMAS else first
    last, begun = _LAST.search(ended), _FIRST.match(second)
    if not last or not begun or not ended[-1].islower() or not second[0].islower():
        return False
    return all(words.known(word) is not None or words.count(word) >= _TWICE for word in map(fold, (last[0], begun[0])))
