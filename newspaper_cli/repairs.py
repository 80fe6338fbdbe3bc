"""What `repair` does to a source, as a Plan: a value that can be shown, applied and undone.

Each inked line owns the source from its first character to that of the line after it in the file; the first owns what
stands before it too. A page read in another order is its pieces put in that order, no character changed. What differs
between the source and the repaired text is then only the edits, most of them the white space after a line: nothing or
a space inside a paragraph, a line end after it, a blank line after an article or another part of the page.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from newspaper_cli.characters import letter_spaced
from newspaper_cli.document import Edit, Plan, Seam, Source, Span
from newspaper_cli.errors import CheckFailedError
from newspaper_cli.labels import Fix
from newspaper_cli.source import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.document import Block, Line

_JOINTS: Final = frozenset({Fix.JOIN, Fix.JOIN_SPACE, Fix.HYPHEN, Fix.BREAK})
_INSIDE: Final = frozenset({Fix.OVERLAP, Fix.HYPHEN, Fix.LETTER_SPACING})
# What rules decide without weighing anything is certain as far as the plan is concerned.
_CERTAIN: Final = 1.0


def plan_repairs(source: Source, parts: Sequence[Sequence[Block]]) -> Plan:
    """Plan what makes one paragraph a line, and a blank line between parts, of a page.

    `parts` are the articles and other parts in reading order, each with its blocks; together they hold every inked line
    of the source exactly once. Edits that would change nothing are left out.

    Raises:
        ValueError: the lines leave out text of the source.
    """
    lines = [line for part in parts for block in part for line in block.lines]
    ends = _piece_ends(source.text, lines)
    edits = [edit for edit in _edits(source.text, parts, ends) if edit.before != edit.after]
    edits.sort(key=lambda edit: edit.span)
    return Plan(source.sha256, source.encoding, _order(lines, ends), tuple(edits))


def _piece_ends(text: str, lines: Sequence[Line]) -> dict[int, int]:
    """Map the start of each line to where the line after it in the file starts, checking that only blanks lie between."""
    in_file = sorted(lines, key=lambda line: line.start)
    starts = [line.start for line in in_file]
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    gaps = [(0, starts[0] if starts else len(text)), *((line.end, ends[line.start]) for line in in_file)]
    for start, end in gaps:
        if start > end or text[start:end].strip():
            message = f"characters {start} to {end} of the source lie in no line or in two"
            raise ValueError(message)
    return ends


def _order(lines: Sequence[Line], ends: dict[int, int]) -> tuple[Span, ...] | None:
    """Merge the pieces, in reading order, where one follows the other in the file too."""
    first = min(ends, default=0)
    merged: list[Span] = []
    for line in lines:
        start, end = 0 if line.start == first else line.start, ends[line.start]
        if merged and merged[-1][1] == start:
            start = merged.pop()[0]
        merged.append((start, end))
    return tuple(merged) if len(merged) > 1 else None


def _edits(text: str, parts: Sequence[Sequence[Block]], ends: dict[int, int]) -> Iterator[Edit]:
    opening = min(ends, default=len(text))
    yield Edit((0, opening), text[:opening], "", Fix.BREAK, _CERTAIN)
    blocks = [(block, "\n\n" if block is part[-1] else "\n") for part in parts for block in part]
    for number, (block, ending) in enumerate(blocks, start=1):
        seams = (Seam(None), *block.seams, Seam(None))
        for line, (before, after) in zip(block.lines, pairwise(seams), strict=True):
            yield from _inner_edits(line, before, after)
            if after.fix is not None:
                yield _join(text, line, ends[line.start], after)
        last = block.lines[-1]
        span = last.end, ends[last.start]
        yield Edit(span, text[slice(*span)], ending if number < len(blocks) else "\n", Fix.BREAK, _CERTAIN)


def _inner_edits(line: Line, before: Seam, after: Seam) -> Iterator[Edit]:
    """Make the edits of a line's own text, between the seam before it and the seam after it."""
    first = before.drop if before.fix is Fix.OVERLAP else 0
    last = len(line.text) - (after.drop if after.fix is Fix.HYPHEN else 0)
    if first:
        yield Edit((line.start, line.start + first), line.text[:first], "", Fix.OVERLAP, before.confidence)
    for start, end in letter_spaced(line.text):
        if first <= start and end <= last:
            span = line.start + start, line.start + end
            yield Edit(span, line.text[start:end], "", Fix.LETTER_SPACING, _CERTAIN)


def _join(text: str, line: Line, end: int, seam: Seam) -> Edit:
    span = line.end - (seam.drop if seam.fix is Fix.HYPHEN else 0), end
    fix = Fix.JOIN if seam.fix is Fix.OVERLAP or seam.fix is None else seam.fix
    return Edit(span, text[slice(*span)], " " if fix is Fix.JOIN_SPACE else "", fix, seam.confidence)


def apply(plan: Plan, text: str) -> str:
    """Make every edit of a plan in the text it was made for, the pieces in the plan's order.

    Raises:
        CheckFailedError: the plan is for another text.
    """
    if plan.order is not None and _total(plan.order) != len(text):
        raise _misfit()
    repaired: list[str] = []
    for start, end, edits in _pieces(plan, len(text)):
        position = start
        for edit in edits:
            if text[slice(*edit.span)] != edit.before:
                raise _misfit(edit)
            repaired += text[position : edit.span[0]], edit.after
            position = edit.span[1]
        repaired.append(text[position:end])
    return "".join(repaired)


def invert(plan: Plan, repaired: str) -> str:
    """Undo a plan: give the text of the source back from the repaired text.

    Raises:
        CheckFailedError: the text was not made by this plan, or was changed since.
    """
    length = len(repaired) + sum(len(edit.before) - len(edit.after) for edit in plan.edits)
    if plan.order is not None and _total(plan.order) != length:
        raise _misfit()
    restored: dict[int, str] = {}
    position = 0
    for start, end, edits in _pieces(plan, length):
        piece: list[str] = []
        done = start
        for edit in edits:
            kept = edit.span[0] - done
            piece += repaired[position : position + kept], edit.before
            position += kept + len(edit.after)
            if not repaired.startswith(edit.after, position - len(edit.after)):
                raise _misfit(edit)
            done = edit.span[1]
        piece.append(repaired[position : position + end - done])
        position += end - done
        restored[start] = "".join(piece)
    text = "".join(restored[start] for start in sorted(restored))
    _check_digest(plan, text)
    return text
