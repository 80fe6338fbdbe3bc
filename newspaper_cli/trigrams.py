"""Character trigrams: how well one text goes on where another ends, by what Chinese newspapers print.

Counts of characters, pairs and triples lie in one packed file of sorted arrays, read when a page first asks. Keys are
exact: a hashed table of the same size takes unseen pairs for seen ones (METHODS 2.2: 1.3 points lost). What the file
holds and how it is made stands in `weights/README.md`; `training.trigrams` writes it.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import cache, lru_cache, partial
from importlib.resources import files
from itertools import accumulate, pairwise
from math import log, log2
from typing import Final, NamedTuple

MAGIC: Final = b"trigram1"
START: Final = "\n"
"""Stands before the first character of a paragraph: no line holds it."""
_SIZES: Final = 4
_WORD: Final = 4
# A count is kept as a byte on a scale of sixteen steps to a doubling: 2.2 % off at most.
_STEPS: Final = 16
_LARGEST: Final = 255
_COUNTS: Final[tuple[float, ...]] = tuple(2.0 ** (step / _STEPS) for step in range(_LARGEST + 1))
# What a character counts for that was never seen, or never behind a context that was only seen with others.
_UNSEEN: Final = 1.0


class Packed(NamedTuple):
    """Hold the tables as they lie in the file: texts, arrays of 32-bit words, and a byte a count.

    `characters` are sorted, `singles` are their counts. `folded[i]` is what `variants[i]` is read as. A pair's key is
    the place of its first character times the number of characters, plus that of its second; a triple's is the place
    of its first pair times that number, plus the place of its third character. The rests say how often something
    followed that is not in the table.
    """

    characters: str
    singles: array[int]
    single_rests: array[int]
    variants: str
    folded: str
    pairs: array[int]
    triples: array[int]
    pair_counts: bytes
    pair_rests: bytes
    triple_counts: bytes


def coarse(count: float) -> int:
    """Give the byte that stands for a count; `2 ** (byte / 16)` gives the count back, or nearly.

    >>> coarse(1), coarse(3), coarse(10**9)
    (0, 25, 255)
    """
    return min(round(_STEPS * log2(count)), _LARGEST)


def pack(tables: Packed) -> bytes:
    """Write tables as the bytes of a file: magic, four sizes, then the tables in the order of `Packed`."""
    sizes = array("I", [len(tables.characters), len(tables.variants), len(tables.pairs), len(tables.triples)])
    return MAGIC + _to_bytes(sizes) + b"".join([_to_bytes(table) for table in tables])


def unpack(data: bytes) -> Packed:
    """Read the bytes of a file.

    Raises:
        ValueError: they are not such a file.
    """
    begin = len(MAGIC) + _SIZES * _WORD
    if data[: len(MAGIC)] != MAGIC or len(data) < begin:
        message = "not a table of trigrams"
        raise ValueError(message)
    characters, variants, pairs, triples = _to_words(data[len(MAGIC) : begin])
    lengths = [_WORD * characters] * 3 + [_WORD * variants] * 2 + [_WORD * pairs, _WORD * triples]
    ends = list(accumulate([*lengths, pairs, pairs, triples], initial=begin))
    if len(data) != ends[-1]:
        message = f"a table of trigrams of {len(data)} bytes should have {ends[-1]}"
        raise ValueError(message)
    whole = memoryview(data)
    parts = [whole[start:end] for start, end in pairwise(ends)]
    return Packed(
        str(parts[0], "utf-32-le"),
        _to_words(parts[1]),
        _to_words(parts[2]),
        str(parts[3], "utf-32-le"),
        str(parts[4], "utf-32-le"),
        _to_words(parts[5]),
        _to_words(parts[6]),
        *(bytes(parts[7]), bytes(parts[8]), bytes(parts[9])),
    )


def _to_bytes(table: str | bytes | array[int]) -> bytes:
    if isinstance(table, bytes):
        return table
    if isinstance(table, str):
        return table.encode("utf-32-le")
    if sys.byteorder == "big":
        table = table[:]
        table.byteswap()
    return table.tobytes()


def _to_words(data: bytes | memoryview) -> array[int]:
    words = array("I")
    words.frombytes(data)
    if sys.byteorder == "big":
        words.byteswap()
    return words


class Trigrams:
    """Answer from tables of counts how likely characters follow each other.

    Traditional characters, full-width digits and narrow marks are read as their plain forms: counts of one are good for
    all. A text keeps its length.
    """

    def __init__(self, tables: Packed) -> None:
        """Index the characters; the pairs and triples are looked up where they lie."""
        self._tables = tables
        self._places = {character: place for place, character in enumerate(tables.characters)}
        self._fold = str.maketrans(tables.variants, tables.folded)
        self._size = len(tables.characters)
        self._total = sum(tables.singles) + self._size
        # Pages open their lines and paragraphs with the same few words, and end them with others.
        self._opens = lru_cache(maxsize=1 << 12)(partial(self._follows, START))
        self._chance = lru_cache(maxsize=1 << 15)(self._look_up)

    def fold(self, text: str) -> str:
        """Give a text as the table knows it: simplified, with plain digits and wide marks."""
        return text.translate(self._fold)

    def continuation(self, first: str, second: str) -> float:
        """Weigh how much likelier the second text goes on where the first ends than it opens a paragraph.

        The natural logarithm of the ratio of both, over the first two characters of the second text: above nought
        speaks for going on. An empty text gives nought.
        """
        a, b = self.fold(first[-2:]), self.fold(second[:2])
        return log(self._follows(a, b) / self._opens(b)) if a and b else 0.0

    def _follows(self, before: str, text: str) -> float:
        """Give the probability of one or two characters behind others."""
        chance = self._chance(before, text[0])
        return chance * self._chance(before[-1] + text[0], text[1]) if len(text) > 1 else chance

    def _look_up(self, before: str, character: str) -> float:
        """Give the probability of a character behind one or two others.

        What a context was followed by that is not in the table, the shorter context says.
        """
        places = self._places
        place = places.get(character)
        first = places.get(before[0]) if len(before) > 1 else None
        last = places.get(before[-1])
        chance = ((self._tables.singles[place] if place is not None else 0) + _UNSEEN) / self._total
        if last is None:
            return chance
        chance = self._behind_one(last, place, chance)
        return chance if first is None else self._behind_two(first * self._size + last, place, chance)

    def _behind_one(self, last: int, place: int | None, chance: float) -> float:
        tables = self._tables
        at = -1 if place is None else _find(tables.pairs, last * self._size + place)
        seen = 0.0 if at < 0 else _COUNTS[tables.pair_counts[at]]
        return (seen + (tables.single_rests[last] + _UNSEEN) * chance) / (tables.singles[last] + _UNSEEN)

    def _behind_two(self, pair: int, place: int | None, chance: float) -> float:
        tables = self._tables
        context = _find(tables.pairs, pair)
        if context < 0:
            return chance
        at = -1 if place is None else _find(tables.triples, context * self._size + place)
        seen = 0.0 if at < 0 else _COUNTS[tables.triple_counts[at]]
        rest = _COUNTS[tables.pair_rests[context]]
        return (seen + rest * chance) / (_COUNTS[tables.pair_counts[context]] + _UNSEEN)


def _find(keys: array[int], key: int) -> int:
    """Find the place of a key, or give -1."""
    at = bisect_left(keys, key)
    return at if at < len(keys) and keys[at] == key else -1


@cache
def load_trigrams() -> Trigrams:
    """Load the table that comes with the program."""
    return Trigrams(unpack((files(__package__) / "weights" / "trigrams.bin").read_bytes()))
