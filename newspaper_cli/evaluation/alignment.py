"""Two texts laid side by side with the fewest edits, and places of the one found again in the other."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from newspaper_cli.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from types import ModuleType


@dataclass(frozen=True, slots=True)
class Block:
    """Pair a stretch of the gold text with a stretch of the found text, half-open; `same` where they are equal."""

    same: bool
    gold_start: int
    gold_end: int
    found_start: int
    found_end: int

    @property
    def size(self) -> int:
        """Return its length on the longer side."""
        return max(self.gold_end - self.gold_start, self.found_end - self.found_start)

    def extend(self, other: Block) -> Block:
        """Return this block up to the end of one that follows it, as one that differs."""
        return replace(self, same=False, gold_end=other.gold_end, found_end=other.found_end)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Hold the blocks of a minimal edit script (Levenshtein 1966); they tile both texts in order."""

    blocks: tuple[Block, ...]

    @property
    def edits(self) -> int:
        """Return the number of characters put in, taken out or exchanged: the Levenshtein distance."""
        return sum(block.size for block in self.blocks if not block.same)

    @property
    def common(self) -> int:
        """Return the number of characters that stand on both sides."""
        return sum(block.gold_end - block.gold_start for block in self.blocks if block.same)

    def turn(self) -> Alignment:
        """Return the alignment with its sides exchanged, to carry places of the found text into the gold text."""
        return Alignment(
            tuple(
                Block(block.same, block.found_start, block.found_end, block.gold_start, block.gold_end)
                for block in self.blocks
            )
        )

    def smooth(self) -> Alignment:
        """Return the alignment for the eye, without agreements that are accidents.

        Two texts that have nothing to do with each other still share letters in order. What agrees is given up where
        it is no longer than what differs on either side of it; a wrong character in a word is still one character.
        """
        kept: list[Block] = []
        for block in self.blocks:
            kept.append(block)
            while _is_accident(kept) or _is_double(kept):
                last = kept.pop()
                kept[-1] = kept[-1].extend(last)
        return Alignment(tuple(kept))

    def carry(self, points: Iterable[int]) -> list[int]:
        """Return where offsets of the gold text fall in the found text.

        A point at a block's end stays with that block: text put in after a break belongs behind the break.
        """
        if not self.blocks:
            return [0 for _ in points]
        stops = [block.gold_end for block in self.blocks]
        carried = []
        for point in points:
            block = self.blocks[min(bisect_left(stops, point), len(stops) - 1)]
            carried.append(min(block.found_start + point - block.gold_start, block.found_end))
        return carried


def align(gold: Sequence[Hashable], found: Sequence[Hashable]) -> Alignment:
    """Lay two texts side by side; what holds for characters holds for words, if both sides are lists of words.

    Raises MissingExtraError where rapidfuzz is not installed.
    """
    script = _load_levenshtein().opcodes(gold, found)
    return Alignment(
        tuple(Block(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end) for op in script)
    )


def measure_likeness(left: str, right: str) -> float:
    """Return 1 less the edit distance over the longer length: 1 for equal texts, 0 for texts with nothing in common."""
    return float(_load_levenshtein().normalized_similarity(left, right))


def list_ends(parts: Sequence[str]) -> list[int]:
    """List the offsets where one part ends and the next begins in the joined text; the end of the text is none.

    >>> list_ends(["abc", "d", "ef"])
    [3, 4]
    """
    return list(accumulate(len(part) for part in parts[:-1]))


def count_near(wanted: Iterable[int], found: Iterable[int], slack: int) -> int:
    """Count wanted points that have a found point of their own at most `slack` away.

    Each wanted point, from the left, takes the nearest free one, the left of two equally near: a found point serves
    once, so a crowd of guesses around one break is one hit.
    """
    free, hits = sorted(found), 0
    for point in sorted(wanted):
        right = bisect_left(free, point)
        around = range(max(right - 1, 0), min(right + 1, len(free)))
        nearest = min(around, key=lambda place: abs(free[place] - point), default=None)
        if nearest is not None and abs(free[nearest] - point) <= slack:
            del free[nearest]
            hits += 1
    return hits


def _is_double(blocks: Sequence[Block]) -> bool:
    """Tell whether the last two blocks both differ, and so are one."""
    return len(blocks) > 1 and not blocks[-1].same and not blocks[-2].same


def _is_accident(blocks: Sequence[Block]) -> bool:
    """Tell whether the last block but one agrees by accident: it is no longer than what differs before and after it."""
    if len(blocks) < 3:  # noqa: PLR2004  # one before, one after
        return False
    before, between, after = blocks[-3:]
    return between.same and not before.same and not after.same and between.size <= min(before.size, after.size)


def _load_levenshtein() -> ModuleType:
    """Import rapidfuzz's edit distance where it is used: scoring is an extra that reading a page never needs."""
    try:
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415
    except ImportError as missing:
        raise MissingExtraError(extra="evaluate", package="rapidfuzz") from missing
    return Levenshtein
