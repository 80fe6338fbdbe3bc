"""What becomes of a word that a line's end cut in two: by what the page prints elsewhere, then by a word list.

A hyphen at a line's end only breaks a word, or is part of it, or stands for the rest of one; and recognition loses
many. What the page itself prints inside its lines speaks first, then how frequent the words are in the language; where
neither knows a word, a printed hyphen goes and two halves stay apart.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress, pairwise
from math import log10
from typing import TYPE_CHECKING, Final

import msgspec
import regex

from newspaper_cli.characters import HYPHENS
from newspaper_cli.labels import Fix
from newspaper_cli.languages.lexicon import load_lexicon
from newspaper_cli.texts import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.languages import Language

# Letters of scripts with small letters and capitals: others break words without a mark. The last word is looked for
# from the end: from the beginning, every word of the line is tried.
_LAST_WORD: Final = regex.compile(r"(?r)[\p{Lu}\p{Ll}]+(?=[-‐¬⸗\u00ad]$)")
_FIRST_WORD: Final = regex.compile(r"[\p{Lu}\p{Ll}]+")
# Marks that may stand before half a word at a line's end, and behind one at a line's start.
_BEFORE: Final = '("“‘[—'
_BEHIND: Final = '.,;:!?)"”]'
_LONG_S: Final = "ſ"
_APOSTROPHES: Final = frozenset("'’")

# How many words of the language a page's own words are weighed against.
_PRIOR: Final = 20_000
# By how much, as a decimal logarithm, the whole must be more likely than its halves in a row. On the lines of an issue
# of 1824 whose hyphens were taken away, 224 of 225 joins are then right and .79 of all are found.
_TORN: Final = 3.0
# A page where so many of the lines end for certain inside a word has lost its hyphens; each pair is then ten times as
# likely to be one word.
_CERTAIN: Final = 4.0
_LOSING: Final = 0.04
_TORN_WHERE_LOST: Final = 1.5
# Below it, two words are about as likely as one.
_SEEMING: Final = 1.0
# A capital inside a line tells of a name, and the rest of a name has a small letter only where it is torn.
_NAME: Final = 1.0
_CUT: Final = "cut"
TORN: Final = "torn"
LEFT: Final = "left"
# Two words as frequent as this keep their hyphen in some languages, if what they make is no word.
_COMMON: Final = 4.0
# A word that no list knows, cut before a common word, must be likelier than both in a row by this much. Of 70 unknown
# words at line ends, on pages whose columns ran into each other, 8 were of two texts, 6 of them below it.
_LIKELIER: Final = 1.5
# Words as frequent as this stand in every text: the, and, in.
_EVERYWHERE: Final = 6.0
# How much more often letters end a word than they are one, as a decimal logarithm: below the first (which, the, was)
# they seldom go on from a half, above the second (ing, ment, ed) they seldom do anything else. Between, words grow
# together with what is above the third (man, less, hood). Of 260 hyphens that are read otherwise by this, and by what
# each language knows, a reader found some 20 wrong.
_SELDOM_ENDS: Final = -0.9
_ENDS: Final = 2.0
_GROWS: Final = -0.35
# A word of every text goes on from what begins another word only where it ends words this much more often.
_RATHER_ENDS: Final = 0.5


class Words:
    """Hold how often a page prints each word inside its lines, and how frequent words are in its language.

    What stands at either end of a line is left out: it may be half a word.
    """

    def __init__(self, page: str, code: str) -> None:
        """Count the words of a page, a line of the page a line."""
        self._inside = "\n".join([line[line.find(" ") : line.rfind(" ")] for line in fold(page).split("\n")])
        self._counts = count_words(self._inside)
        self._size = _PRIOR + self._counts.total()
        lexicon = load_lexicon(code)
        self.known = lexicon.frequency
        self.begins = lexicon.begins
        self._share = lexicon.share
        self._ending = lexicon.ending

    def count(self, word: str) -> int:
        """Count how often the page prints a word, in small letters, inside its lines."""
        return self._counts.get(word, 0)

    def knows(self, word: str) -> bool:
        """Tell whether the language or the page knows a word."""
        return word in self._counts or self.known(word) is not None

    def stand_apart(self, left: str, right: str, *, above: int) -> bool:
        """Tell whether the page prints two words beside each other more often than `above`; it is read no further."""
        if left not in self._counts or right not in self._counts:
            return False
        pair = f" {left} {right} "
        at = -len(pair)
        for _ in range(above + 1):
            at = self._inside.find(pair, at + len(pair))
            if at < 0:
                return False
        return True

    def gain(self, left: str, right: str) -> float:
        """Say by how much, as a decimal logarithm, a word is more likely than its two parts in a row."""
        return self._likelihood(left + right) - self._likelihood(left) - self._likelihood(right)

    def ends(self, right: str) -> float:
        """Say by how much, as a decimal logarithm, letters end words more often than they are a word of the list."""
        return self._ending(right) - (self.known(right) or 0.0)

    def _likelihood(self, word: str) -> float:
        """Give the decimal logarithm of how likely a word is, on this page and in its language."""
        return log10((self.count(word) + _PRIOR * 10 ** self._share(word)) / self._size)


@lru_cache(maxsize=4)
def read_words(page: str, code: str) -> Words:
    """Count the words of a page; the last few pages are kept, for two stages ask."""
    return Words(page, code)


def fold(text: str) -> str:
    """Give a text as its words are looked for: in small letters, a long s as any other."""
    return text.lower().replace(_LONG_S, "s")


class Halves(msgspec.Struct, frozen=True, gc=False):
    """Hold the two parts of a word, as printed."""

    left: str
    right: str


def halves_at_hyphen(first: str, second: str) -> Halves | None:
    """Find the parts of the word that a hyphen at the end of the first line cuts; None where no letters stand there."""
    return _halves(first, second) if first[-1] in HYPHENS else None


@lru_cache(maxsize=1 << 12)
def _halves(first: str, second: str) -> Halves | None:
    """Find the parts of a word that is cut; the last are kept, for four stages ask about the same lines."""
    left, right = _LAST_WORD.search(first), _FIRST_WORD.match(second)
    return Halves(left[0], right[0]) if left and right else None


def is_left(first: str, second: str, language: Language) -> bool:
    """Tell whether a hyphen cuts a word between two lines: where they were not put together, the word was left so."""
    return halves_at_hyphen(first, second) is not None and not language.match("hyphens.suspended", second)


def fix_at_hyphen(halves: Halves, second: str, words: Words, language: Language) -> Fix:
    """Say how lines are joined where the first ends in a hyphen behind letters, and the second begins with letters.

    The page speaks first: of the word in one piece and the word with its hyphen, what it prints more often is right.
    Where the second line cannot go on the word, as below text of another column, the hyphen stays and a space follows:
    so does it where it stands for the rest of a word.
    """
    left, right = fold(halves.left), fold(halves.right)
    printed = words.count(left + right) - words.count(f"{left}-{right}")
    if printed:
        return Fix.HYPHEN if printed > 0 else Fix.JOIN
    if language.match("hyphens.suspended", second):
        return Fix.JOIN_SPACE
    in_capitals = all(len(half) > 1 and half.isupper() for half in (halves.left, halves.right))
    if halves.right[0].isupper() and not in_capitals:
        return _fix_before_name(halves, words, language)
    if _goes_on(halves, second, words, language) or _is_kept(left, right, words, language):
        return Fix.JOIN
    grown = language.match("hyphens.grown", f"{left}-{right}", whole=True)
    return Fix.JOIN_SPACE if not grown and _is_of_two_texts(left, right, words) else Fix.HYPHEN


def _goes_on(halves: Halves, second: str, words: Words, language: Language) -> bool:
    """Tell by the mark behind the second half whether a compound of several words goes on: day-/after-day."""
    left, right, behind = fold(halves.left), fold(halves.right), second[len(halves.right) :][:1]
    if behind in HYPHENS:
        return _are_common(left, right, words)
    return behind in _APOSTROPHES and language.match("hyphens.elided", f"{left}-{right}", whole=True) is not None


def _fix_before_name(halves: Halves, words: Words, language: Language) -> Fix:
    """Say how a hyphen is read before a capital: one name after all, a compound of names, or text of two columns.

    What nobody knows is the rest of a word whose first letter is misread. Of 32 such places a reader found 26 to be so.
    """
    left, right = fold(halves.left), fold(halves.right)
    if len(left) > 1 and words.known(left + right) is not None and words.gain(left, right) >= _TORN:
        return Fix.HYPHEN
    if language.match("hyphens.clan", halves.left, whole=True):
        return Fix.HYPHEN
    if halves.left[0].isupper():
        return Fix.JOIN_SPACE if _is_everywhere(right, words) else Fix.JOIN
    named = any(language.match(f"hyphens.{name}", f"{left}-{right}", whole=True) for name in ("kept", "compound"))
    if named or language.match("hyphens.linking", left, whole=True):
        return Fix.JOIN
    return Fix.JOIN_SPACE if min(len(halves.left), len(halves.right)) == 1 or words.knows(right) else Fix.HYPHEN


def _is_kept(left: str, right: str, words: Words, language: Language) -> bool:
    """Tell whether two words make a compound that keeps its hyphen; most do only if the whole is no known word."""
    hyphened = f"{left}-{right}"
    if language.match("hyphens.kept", hyphened, whole=True):
        return True
    known = words.known(left) is not None and words.known(right) is not None
    if not known or words.known(left + right) is not None:
        return False
    if language.match("hyphens.compound", hyphened, whole=True):
        return words.ends(right) < _ENDS
    if language.match("hyphens.grown", hyphened, whole=True):
        return False
    common = _are_common(left, right, words) and not _is_everywhere(right, words)
    return common and language.match("hyphens.paired", hyphened, whole=True) is not None and words.ends(right) < _GROWS


def _are_common(left: str, right: str, words: Words) -> bool:
    """Tell whether two parts are common words, and what they make together is none."""
    return words.known(left + right) is None and all((words.known(part) or 0) >= _COMMON for part in (left, right))


def _is_of_two_texts(left: str, right: str, words: Words) -> bool:
    """Tell whether a word that no list knows is more likely half a word and a word of another column.

    Where no word begins as the first half does, its letters are misread, and that is why no list knows the whole.
    """
    known = words.known(right) or 0
    if known < _COMMON or words.known(left + right) is not None:
        return False
    ends = words.ends(right)
    if ends < _SELDOM_ENDS:
        return known >= _EVERYWHERE or words.gain(left, right) < _LIKELIER
    return known >= _EVERYWHERE and ends < _RATHER_ENDS and words.begins(left)


def _is_everywhere(word: str, words: Words) -> bool:
    return (words.known(word) or 0) >= _EVERYWHERE


def read_torn(texts: Sequence[str], language: Language) -> list[str]:
    """Tell of each two neighbouring lines whether a word stands in both: `cut` by a hyphen, `torn` without one, or not.

    The whole must be a word that the page or the language knows. Without a hyphen it must also be much more likely than
    its halves in a row; a page on which many words are torn for certain has lost its hyphens, and asks for less. Where
    it is only a little more likely the halves are `left`.
    """
    words = read_words("\n".join(texts), language.code)
    found = [_CUT if a[-1] in HYPHENS and _is_cut(a, b, words) else "" for a, b in pairwise(texts)]
    gains = dict(_gains(texts, words, language))
    certain = sum(gain >= _CERTAIN for gain in gains.values())
    least = _TORN if certain < len(texts) * _LOSING else _TORN_WHERE_LOST
    for place, gain in gains.items():
        if gain >= min(_SEEMING, least):
            found[place] = TORN if gain >= least else LEFT
    return found


def _is_cut(first: str, second: str, words: Words) -> bool:
    """Tell whether a hyphen ends the first line inside a word that the page or the language knows."""
    halves = halves_at_hyphen(first, second)
    if not halves:
        return False
    return words.knows(fold(halves.left + halves.right))


def _gains(texts: Sequence[str], words: Words, language: Language) -> Iterator[tuple[int, float]]:
    """Find the places where two halves without a hyphen make a word, with how much likelier the whole is."""
    goes_on = [second[0].islower() and first[-1].isalpha() for first, second in pairwise(texts)]
    for place in compress(range(len(texts)), goes_on):
        first, second = texts[place], texts[place + 1]
        last, begun = first[first.rfind(" ") + 1 :], second.partition(" ")[0]
        # Most are letters alone; marks are taken away where there are some.
        if not last.isalpha():
            last = last.lstrip(_BEFORE)
        if not begun.isalpha():
            begun = begun.rstrip(_BEHIND).removesuffix("'s").removesuffix("’s")
        if not (_is_half(last) and _is_half(begun)) or last.isupper():
            continue
        left, right = fold(last), fold(begun)
        if words.knows(left + right) and not _is_apart(left, right, words, language):
            named = last[0].isupper() and len(last) < len(first) and (words.known(right) or 0) < _EVERYWHERE
            yield place, words.gain(left, right) + (_NAME if named else 0.0)


def _is_half(word: str) -> bool:
    """Tell whether a word may be half of another: letters alone, two at least."""
    return len(word) > 1 and word.isalpha()


def _is_apart(left: str, right: str, words: Words, language: Language) -> bool:
    """Tell whether two words are known to stand apart, on this page or in their language."""
    if f"{left} {right}" in language.words("hyphens.apart"):
        return True
    return words.stand_apart(left, right, above=words.count(left + right))
