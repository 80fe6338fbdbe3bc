"""What joins two printed lines: nothing, a space, or nothing after a hyphen or an overlap was dropped."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.alignment import Block, align

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.evaluation.alignment import Alignment

NOTHING, SPACE, HYPHEN, OVERLAP = SEPARATORS = ("nothing", "space", "hyphen", "overlap")
BREAK, OTHER = "break", "other"
LINE_END = "\n"
HYPHENS = frozenset(
    "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{NOT SIGN}\N{SOFT HYPHEN}\N{DOUBLE OBLIQUE HYPHEN}\N{FULLWIDTH HYPHEN-MINUS}"
)


def read_separators(lines: Sequence[str], text: str) -> list[str]:
    """Say for each gap between printed lines what the text made of it: one of SEPARATORS, `break`, or `other`.

    Lines are laid beside the text with the fewest edits; what was taken out and put in around a line end tells. An
    overlap names its length, for to drop one character of a doubled two is not to repair it: `overlap 2`.
    """
    printed = [" ".join(line.split()) for line in lines]
    whole = LINE_END.join(printed)
    text = LINE_END.join(" ".join(line.split()) for line in text.split(LINE_END) if line.strip())
    offset, found = -1, []
    changes = _list_changes(align(whole, text), whole, text)
    change = next(changes, None)
    for left, right in pairwise(printed):
        offset += len(left) + 1
        while change and change[0].gold_end <= offset:
            change = next(changes, None)
        changed = change is not None and change[0].gold_start <= offset
        found.append(_name(change[1], change[2], left, right) if change and changed else BREAK)
    return found


def _list_changes(alignment: Alignment, whole: str, text: str) -> Iterator[tuple[Block, str, str]]:
    """Yield the stretches that differ, neighbours as one, with what they held before and what they hold after."""
    run: Block | None = None
    for block in alignment.blocks:
        if block.same:
            if run:
                yield run, whole[run.gold_start : run.gold_end], text[run.found_start : run.found_end]
            run = None
        else:
            run = _extend(run, block)
    if run:
        yield run, whole[run.gold_start : run.gold_end], text[run.found_start : run.found_end]


def _extend(run: Block | None, block: Block) -> Block:
    if run is None:
        return block
    return replace(block, gold_start=run.gold_start, found_start=run.found_start)


def _name(before: str, after: str, left: str, right: str) -> str:
    """Name a change around one line end by what it took out and put in, white space aside."""
    taken, put = "".join(before.split()), "".join(after.split())
    if LINE_END in after:
        return BREAK
    if put or before.count(LINE_END) != 1:
        return OTHER
    if not taken:
        return SPACE if after else NOTHING
    if taken in HYPHENS and left.endswith(taken):
        return HYPHEN
    if left.endswith(taken) and right.startswith(taken):
        return f"{OVERLAP} {len(taken)}"
    # The fewest edits may take part of an overlap from either side of the line end.
    size = len(taken)
    return f"{OVERLAP} {size}" if left[-size:] == right[:size] else OTHER
