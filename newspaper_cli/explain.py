"""Why a line got its label and its joins: the reasons that the stages recorded when they decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from newspaper_cli.errors import UsageError
from newspaper_cli.joins import reasons_of
from newspaper_cli.lines import tile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspaper_cli.document import Line, Seam
    from newspaper_cli.groups import Group, Part
    from newspaper_cli.pipeline import Analysis


class Decision(msgspec.Struct, frozen=True):
    """Hold one decision: what was asked, what came out, how probable it is, and what made it, the heaviest first."""

    question: str
    answer: str
    confidence: float
    reasons: tuple[tuple[str, float], ...] = ()


class Explanation(msgspec.Struct, frozen=True):
    """Hold what was decided about one printed line, or about one part of it where columns or a jump shared it."""

    line: int
    text: str
    span: tuple[int, int]
    decisions: tuple[Decision, ...]


def explain_line(analysis: Analysis, number: int) -> tuple[Explanation, ...]:
    """Explain one line of the file, counted from 1; a blank line has nothing to explain.

    Raises:
        UsageError: the file has no such line.
    """
    tiles = list(tile(analysis.source.text))
    if not 1 <= number <= len(tiles):
        message = f"there is no line {number}: the file has {len(tiles)} lines"
        raise UsageError(message)
    start, stop = tiles[number - 1]
    found = [(index, line) for index, line in enumerate(analysis.lines) if start <= line.start < stop]
    return tuple(
        Explanation(number, line.text, (line.start, line.end), tuple(_decisions(analysis, index, line)))
        for index, line in found
    )


def _decisions(analysis: Analysis, index: int, line: Line) -> Iterator[Decision]:
    if index in analysis.masthead.claimed:
        yield Decision("label", "masthead", 1.0, _readings(analysis, line))
        return
    for group in analysis.groups:
        for part in group.parts:
            if line in part.labelled.block.lines:
                yield from _in_block(group, part, line)


def _readings(analysis: Analysis, line: Line) -> tuple[tuple[str, float], ...]:
    """Name the fields read from a masthead line, with the rule that read each."""
    return tuple(
        (f"{reading.field}: {reading.rule}", 1.0)
        for reading in analysis.issue.issue.readings
        if any(line.start <= start < line.end for start, _ in reading.spans)
    )


def _in_block(group: Group, part: Part, line: Line) -> Iterator[Decision]:
    item = part.labelled
    yield Decision("label", part.label.value, item.score, item.reasons)
    if part is group.parts[0]:
        score = dict(group.reasons).get("start", item.score)
        yield Decision("article", f"opens an article of kind {group.kind.value}", score, group.reasons)
    place = item.block.lines.index(line)
    before = item.block.seams[place - 1] if place else item.block.before
    if before:
        yield _seam("before", before)
    if place < len(item.block.seams):
        yield _seam("after", item.block.seams[place])


def _seam(side: str, seam: Seam) -> Decision:
    return Decision(
        f"seam with the line {side}", seam.fix.value if seam.fix else "break", seam.confidence, reasons_of(seam)
    )
