"""Which words a language has and how frequent each is, read from its word list when first asked for.

A list is a folder's `words.tsv`: sorted rows of a word and the decimal logarithm of its occurrences in a billion words,
below a head that names source and licence. Pages in a script without spaces never load one. The others ask for a word
in four of a page, so that an index, built in some fifteen milliseconds, is worth it from the third page on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import fsum, log10
from typing import Final

_LIST: Final = "words.tsv"
_HEAD: Final = re.compile(r"\A(?:#.*\n)+")
# How frequent a word is that no list knows, ten in a billion, and what frequencies are counted by: logarithms.
_RARE: Final = 1.0
_BILLION: Final = 9.0
# How many letters a word has at least before an ending.
_LEAST_BEFORE: Final = 2
# How frequent an ending is that no word has.
_NEVER: Final = -9.0
# So short and frequent are the words that what is said hardly ends with: of, the, and.
_LONGEST_FUNCTION: Final = 4
_FUNCTION: Final = 6.4


class Lexicon:
    r"""Answer how frequent a word is.

    `frequency` gives for a word in small letters the decimal logarithm of its occurrences in a billion words; None for
    a word not in the list.

    >>> Lexicon("bridge\t4.8\nriver\t4.7").frequency("river")
    4.7
    """

    def __init__(self, rows: str) -> None:
        """Take the rows of a list in order, each a word, a tab and its frequency."""
        fields = rows.split()
        self._words, printed = fields[::2], fields[1::2]
        self._rows = rows
        # Few frequencies differ, for they have one place.
        read = {text: float(text) for text in set(printed)}
        self.frequency = dict(zip(self._words, map(read.__getitem__, printed), strict=True)).get
        self.ending = lru_cache(maxsize=1 << 10)(self._sum_endings)

    def share(self, word: str) -> float:
        """Give the decimal logarithm of a word's share of all words; for one not in the list, that of a rare word."""
        known = self.frequency(word)
        return (_RARE if known is None else known) - _BILLION

    def leaves_open(self, word: str) -> bool:
        r"""Tell whether a word is one that what is said hardly ends with: short and among the most frequent.

        >>> Lexicon("bridge\t4.8\nof\t7.4").leaves_open("of")
        True
        """
        return len(word) <= _LONGEST_FUNCTION and (self.frequency(word.lower()) or 0.0) > _FUNCTION

    def begins(self, part: str) -> bool:
        """Tell whether a word of the list begins with a part of one, and goes on."""
        at = bisect_left(self._words, part + "a")
        return at < len(self._words) and self._words[at].startswith(part)

    def _sum_endings(self, part: str) -> float:
        r"""Give the decimal logarithm of how many words in a billion end with these letters behind two others at least.

        >>> round(Lexicon("going\t3.0\ning\t1.0\nlong\t4.0\nring\t5.0\nseeing\t3.0").ending("ing"), 1)
        3.3
        """
        parts = self._rows.split(f"{part}\t")
        found = [(before, after) for before, after in pairwise(parts) if before[-_LEAST_BEFORE:].isalpha()]
        counts = [10 ** float(after.partition("\n")[0]) for _, after in found]
        return log10(fsum(counts)) if counts else _NEVER


@cache
def load_lexicon(code: str) -> Lexicon:
    """Load the word list of a language; one without a list knows no word."""
    file = files(__package__) / code / _LIST
    return Lexicon(_HEAD.sub("", file.read_text("utf-8").rstrip("\n")) if file.is_file() else "")
