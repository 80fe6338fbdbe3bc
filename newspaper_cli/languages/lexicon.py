"""Which words a language has and how frequent each is, read from its word list when first asked for.

A list is a folder's `words.tsv`: sorted rows of a word and the decimal logarithm of its occurrences in a billion words,
below a head that names source and licence. It is searched as it lies: pages in a script without spaces never load one,
and no index is built for the others.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIST: Final = "words.tsv"
# How frequent a word is that no list knows, ten in a billion, and what frequencies are counted by: logarithms.
_RARE: Final = 1.0
_BILLION: Final = 9.0


class Lexicon:
    """Answer from a sorted list how frequent a word is."""

    def __init__(self, rows: Sequence[str]) -> None:
        """Take the rows of a list, each a word, a tab and its frequency."""
        self._rows = rows
        self.frequency = lru_cache(maxsize=1 << 14)(self._look_up)

    def share(self, word: str) -> float:
        """Give the decimal logarithm of a word's share of all words; for one not in the list, that of a rare word."""
        known = self.frequency(word)
        return (_RARE if known is None else known) - _BILLION

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
