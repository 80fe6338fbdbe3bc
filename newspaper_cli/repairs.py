"""What `repair` does to a source, as a Plan: a value that can be shown, applied and undone.

Each inked line owns the source from its first character to that of the line after it in the file; the first owns what
stands before it too. A page read in another order is its pieces put in that order, no character changed. What differs
between the source and the repaired text is then only the edits, most of them the white space after a line: nothing or
a space inside a paragraph, a line end after it, a blank line after an article or another part of the page.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from newspaper_cli.characters import BYTE_ORDER_MARK, HYPHENS
from newspaper_cli.document import Edit, Plan, Seam, Source, Span
from newspaper_cli.errors import CheckFailedError
from newspaper_cli.joins import drops_of
from newspaper_cli.labels import Fix
from newspaper_cli.source import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newspaper_cli.document import Block, Line

_BETWEEN_LINES: Final = frozenset({Fix.JOIN, Fix.JOIN_SPACE, Fix.HYPHEN, Fix.LOST_HYPHEN, Fix.BREAK})
# What lies between two lines that are joined goes by one of these names, else it is a plain join.
_NAMED_JOINS: Final = frozenset({Fix.JOIN_SPACE, Fix.LOST_HYPHEN})
# What rules decide without weighing anything is certain as far as the plan is concerned.
_CERTAIN: Final = 1.0
_BLANKS: Final = re.compile(r"\s*")
_LINE_END: Final = "\n"
_BLANK_LINE: Final = "\n\n"
_END: Final = Seam(None)
_GAP: Final = attrgetter("gap")
_PLACE: Final = attrgetter("page", "column")


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
    """Map the start of each line to that of the line after it in the file; only blanks may lie between."""
    in_file = sorted(lines, key=lambda line: line.start)
    starts = [line.start for line in in_file]
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=False))
    gaps = [(0, starts[0] if starts else len(text)), *((line.end, ends[line.start]) for line in in_file)]
    for start, end in gaps:
        if start > end or text[start:end].removeprefix(BYTE_ORDER_MARK).strip():
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
    mark = int(text.startswith(BYTE_ORDER_MARK))
    yield Edit((mark, opening), text[mark:opening], "", Fix.BREAK, _CERTAIN)
    closings = [(block, _BLANK_LINE if block is part[-1] else _LINE_END) for part in parts for block in part]
    for number, (block, closing) in enumerate(closings, start=1):
        seams = (*block.seams, _END)
        before = _END
        for line, after in zip(block.lines, seams, strict=True):
            spaces = drops_of(line)
            if spaces or before.drop or after.drop:
                yield from _inner_edits(line, spaces, before, after)
            if after is not _END:
                yield _join(text, line, ends[line.start], after)
            before = after
        last = block.lines[-1].end, ends[block.lines[-1].start]
        wanted = closing if number < len(closings) else _LINE_END
        yield Edit(last, text[last[0] : last[1]], wanted, Fix.BREAK, _CERTAIN)


def _inner_edits(line: Line, spaces: Iterable[Span], before: Seam, after: Seam) -> Iterator[Edit]:
    """Make the edits of a line's own text, between the seam before it and the seam after it.

    A hyphen goes in its own line, the second copy of an overlap in the line after.
    """
    last = len(line.text) - (after.drop if after.fix is Fix.HYPHEN else 0)
    first = min(before.drop, last) if before.fix is Fix.OVERLAP else 0
    if first:
        yield Edit((line.start, line.start + first), line.text[:first], "", Fix.OVERLAP, before.confidence)
    for start, end in spaces:
        if first <= start and end <= last:
            span = line.start + start, line.start + end
            fix = Fix.SOFT_HYPHEN if line.text[start] in HYPHENS else Fix.LETTER_SPACING
            yield Edit(span, line.text[start:end], "", fix, _CERTAIN)
    if after.fix is Fix.HYPHEN:
        yield Edit((line.start + last, line.end), line.text[last:], "", Fix.HYPHEN, after.confidence)


def _join(text: str, line: Line, end: int, seam: Seam) -> Edit:
    """Make the edit of what stands between two lines that are joined."""
    fix = seam.fix if seam.fix in _NAMED_JOINS else Fix.JOIN
    after = " " if fix is Fix.JOIN_SPACE else ""
    return Edit((line.end, end), text[line.end : end], after, fix, seam.confidence)


def apply(plan: Plan, text: str) -> str:
    """Make every edit of a plan in the text it was made for, the pieces in the plan's order.

    Raises:
        CheckFailedError: the plan is for another text.
    """
    repaired: list[str] = []
    for start, end, edits in _pieces(plan, len(text)):
        position = start
        for edit in edits:
            if text[slice(*edit.span)] != edit.before:
                raise _misfit(edit.span[0])
            repaired += text[position : edit.span[0]], edit.after
            position = edit.span[1]
        repaired.append(text[position:end])
    return "".join(repaired)


def invert(plan: Plan, repaired: str) -> str:
    """Undo a plan: give the source's text back from the repaired text.

    Raises:
        CheckFailedError: the text was not made by this plan, or was changed since.
    """
    length = len(repaired) + sum(len(edit.before) - len(edit.after) for edit in plan.edits)
    restored: dict[int, str] = {}
    position = 0
    for start, end, edits in _pieces(plan, length):
        piece: list[str] = []
        done = start
        for edit in edits:
            kept = position + edit.span[0] - done
            piece += repaired[position:kept], edit.before
            position, done = kept + len(edit.after), edit.span[1]
            if repaired[kept:position] != edit.after:
                raise _misfit(edit.span[0])
        piece.append(repaired[position : position + end - done])
        position += end - done
        restored[start] = "".join(piece)
    text = "".join(restored[start] for start in sorted(restored))
    if _digest(text, plan.encoding) != plan.source_sha256:
        message = "the repaired text was changed, or another plan made it: undoing does not give the source back"
        raise CheckFailedError(message)
    return text


def check_fits(plan: Plan, source: Source) -> None:
    """Check that a plan was made for exactly these bytes.

    Raises:
        CheckFailedError: it was made for others.
    """
    if plan.source_sha256 != source.sha256:
        message = f"the plan was made for a source with SHA-256 {plan.source_sha256}, but this one has {source.sha256}"
        raise CheckFailedError(message)


def keep_lines(plan: Plan) -> Plan:
    """Reduce a plan to the edits inside lines: every line stays where the file has it."""
    edits = tuple(edit for edit in plan.edits if edit.fix not in _BETWEEN_LINES)
    return Plan(plan.source_sha256, plan.encoding, None, edits)


def visible(text: str, blocks: Iterable[Block]) -> tuple[Edit, ...]:
    """Make the edits a reader should see: those of printed characters, and joins over more than a line's end.

    A join is shown where a blank line, a column or a page lies between its lines, or a word was torn there. They are
    edits of the plan, made without it: the whole plan of a page is ten times as long.
    """
    edits = [edit for block in blocks if block.seams or block.repaired for edit in _shown(text, block)]
    return tuple(sorted(edits, key=lambda edit: edit.span))


def _shown(text: str, block: Block) -> Iterator[Edit]:
    lines, seams = block.lines, block.seams
    if block.repaired:
        yield from _shown_inside(block)
    torn = [index for index, seam in enumerate(seams) if seam.fix is Fix.LOST_HYPHEN] if block.repaired else []
    for index in sorted({*torn, *_leaps(lines)}) if seams else ():
        yield _join(text, lines[index], _next_ink(text, lines[index].end), seams[index])


def _leaps(lines: Sequence[Line]) -> Sequence[int]:
    """Find the lines after which a blank line, a column or a page lies; most blocks have none."""
    # Pages and columns count up: where the first and the last line are of one, all are.
    if not any(map(_GAP, lines[1:])) and _PLACE(lines[0]) == _PLACE(lines[-1]):
        return ()
    return [index for index, (a, b) in enumerate(pairwise(lines)) if b.gap or _PLACE(a) != _PLACE(b)]


def _shown_inside(block: Block) -> Iterator[Edit]:
    """Make the edits of printed characters: what letter-spacing put between them, what stands twice, hyphens."""
    before = _END
    for line, after in zip(block.lines, (*block.seams, _END), strict=True):
        spaces = drops_of(line)
        if spaces or before.drop or after.drop:
            yield from _inner_edits(line, spaces, before, after)
        before = after


def _next_ink(text: str, position: int) -> int:
    """Find where the line after this place in the file starts."""
    found = _BLANKS.match(text, position)
    return found.end() if found else position


def _pieces(plan: Plan, length: int) -> Iterator[tuple[int, int, Sequence[Edit]]]:
    """Give each piece of the source in reading order with its edits, once the plan is known to hold together.

    An insertion where two pieces meet belongs to the first.
    """
    order = plan.order or ((0, length),)
    spans = [edit.span for edit in plan.edits]
    _check_plan(plan, order, length)
    for start, end in order:
        first = bisect_left(spans, (start, start + 1)) if start else 0
        last = bisect_left(spans, (end, end + 1))
        yield start, end, plan.edits[first:last]


def _check_plan(plan: Plan, order: Sequence[Span], length: int) -> None:
    """Check that the pieces cover the source and that each edit lies in one: a plan may come from a file."""
    in_file = sorted(order)
    borders = [start for start, _ in in_file]
    if borders[0] != 0 or [end for _, end in in_file] != [*borders[1:], length]:
        raise _misfit(length)
    done = 0
    for edit in plan.edits:
        start, end = edit.span
        if not done <= start <= end <= length or len(edit.before) != end - start:
            raise _misfit(start)
        inside = bisect_right(borders, start)
        if inside < len(borders) and borders[inside] < end:
            raise _misfit(start)
        done = end


def _misfit(place: int) -> CheckFailedError:
    return CheckFailedError(f"the plan does not fit the text at character {place}: it was made for another text")


def _digest(text: str, encoding: str) -> str | None:
    try:
        return hashlib.sha256(encode(text, encoding)).hexdigest()
    except (UnicodeError, LookupError):
        return None
