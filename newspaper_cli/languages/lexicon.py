"""Which words a language has and how frequent each is, read from its word list when first asked for.

A list is a folder's `words.tsv`: sorted rows of a word and the decimal logarithm of its occurrences in a billion words,
below a head that names source and licence. It is searched as it lies: pages in a script without spaces never load one,
and no index is built for the others.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import fsum, log10
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIST: Final = "words.tsv"
# How frequent a word is that no list knows, ten in a billion, and what frequencies are counted by: logarithms.
_RARE: Final = 1.0
_BILLION: Final = 9.0
# How many letters a word has at least before an ending.
_LEAST_BEFORE: Final = 2
# How frequent an ending is that no word has.
_NEVER: Final = -9.0


class Lexicon:
    """Answer from a sorted list how frequent a word is."""

    def __init__(self, rows: Sequence[str]) -> None:
        """Take the rows of a list, each a word, a tab and its frequency."""
        self._rows = rows
        self._text = "\n".join(rows)
        self.frequency = lru_cache(maxsize=1 << 14)(self._look_up)
        self.ending = lru_cache(maxsize=1 << 10)(self._sum_endings)

    def share(self, word: str) -> float:
        """Give the decimal logarithm of a word's share of all words; for one not in the list, that of a rare word."""
        known = self.frequency(word)
        return (_RARE if known is None else known) - _BILLION

    def begins(self, part: str) -> bool:
        """Tell whether a word of the list begins with a part of one, and goes on."""
        at = bisect_left(self._rows, part + "a")
        return at < len(self._rows) and self._rows[at].startswith(part)

    def _sum_endings(self, part: str) -> float:
        r"""Give the decimal logarithm of how many words in a billion end with these letters behind two others at least.

        >>> round(Lexicon(["going\t3.0", "ing\t1.0", "long\t4.0", "ring\t5.0", "seeing\t3.0"]).ending("ing"), 1)
        3.3
        """
        parts = self._text.split(f"{part}\t")
        found = [(before, after) for before, after in pairwise(parts) if before[-_LEAST_BEFORE:].isalpha()]
        counts = [10 ** float(after.partition("\n")[0]) for _, after in found]
        return log10(fsum(counts)) if counts else _NEVER

    def _look_up(self, word: str) -> float | None:
        r"""Give the decimal logarithm of a word's occurrences in a billion words; None for a word not in the list.

        Words are looked for in small letters.

        >>> Lexicon(["bridge\t4.8", "river\t4.7"])._look_up("river")
        4.7
        """
        at = bisect_left(self._rows, f"{word}\t")
        if at == len(self._rows):
            return None
        found, _, frequency = self._rows[at].partition("\t")
        return float(frequency) if found == word else None


@cache
def load_lexicon(code: str) -> Lexicon:
    """Load the word list of a language; one without a list knows no word."""
    file = files(__package__) / code / _LIST
    # The rows of the head sort before any word.
    return Lexicon(file.read_text("utf-8").rstrip("\n").split("\n") if file.is_file() else [])
