"""What recognition damaged: at what price one text was printed for another, and which word of a list a damaged one was.

Months and weekdays are few, long and unlike each other, so that most can be told with a third of their letters misread.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, Final

from newspaper_cli.languages import load_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from newspaper_cli.languages import Language

# What it costs to take one letter for another: of one family (C for E), or not.
_ALIKE: Final = 0.4
_UNLIKE: Final = 1.0
# How much a word may cost for each of its letters; a word of three letters is told from others by each of them.
_PER_LETTER: Final = 0.3
_SHORT: Final = 3
# By how much the next best word must cost more.
_MARGIN: Final = 0.7


def change_price(printed: str, meant: str, loss: float, swap: Callable[[str, str], float]) -> float:
    """Give the price at which one text was printed for another: the cheapest way to lose, gain and change characters.

    A character lost or gained costs `loss`; `swap` says what it costs that one is printed for another.
    """
    row = [loss * place for place in range(len(meant) + 1)]
    for count, one in enumerate(printed, start=1):
        above, row = row, [loss * count]
        for place, two in enumerate(meant):
            changed = above[place] + (0.0 if one == two else swap(one, two))
            row.append(min(changed, above[place + 1] + loss, row[place] + loss))
    return row[-1]


def nearest(word: str, name: str, language: Language) -> int | None:
    """Find the row of a word list that a damaged word stands for; None where it is like none, or like two.

    A language says in its list `alike` which letters are taken for each other; without one it has no damaged words. Its
    list `sound` names words that are like one of those looked for and are none.
    """
    return _nearest(word.upper(), name, language.code)


@lru_cache(maxsize=1024)
def _nearest(word: str, name: str, code: str) -> int | None:
    words = load_language(code).sheet("masthead").words
    if not _alike(code) or word in words.get("sound", ()):
        return None
    costs = sorted(
        (*min((_compare(word, known, code), len(known)) for known in row.upper().split()), number)
        for number, row in enumerate(words[name])
    )
    (best, length, number), (second, *_) = costs[:2]
    limit = _ALIKE if length <= _SHORT else _PER_LETTER * length
    return number if best <= limit and second - best >= _MARGIN else None


def _compare(word: str, known: str, code: str) -> float:
    """Give what it costs to make a known word of a damaged one."""
    alike = _alike(code)
    return change_price(word, known, _UNLIKE, lambda char, other: _ALIKE if (char, other) in alike else _UNLIKE)


@cache
def _alike(code: str) -> frozenset[tuple[str, str]]:
    """Give the pairs of letters that are of one family."""
    families = load_language(code).sheet("masthead").words.get("alike", ())
    return frozenset(pair for family in families for pair in permutations(family, 2))
