"""Joins against gold: at every gap between two printed lines, does the paragraph go on or end?"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.alignment import align, list_ends
from newspaper_cli.evaluation.tally import Tally
from newspaper_cli.evaluation.text import normalise, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

SLACK = 1
STOPS = frozenset(
    ",.;!?"
    "\N{IDEOGRAPHIC COMMA}\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH COMMA}\N{FULLWIDTH SEMICOLON}"
    "\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}"
)


def evaluate_seams(paragraphs: Sequence[Sequence[str]], repaired: str) -> Tally:
    """Compare the line ends that a repair kept or joined with the paragraphs of gold, gap by gap.

    `paragraphs` is gold, each a list of printed lines; `repaired` is text with one paragraph a line. The gaps are
    carried into the repaired text, so that wrong characters cost nothing; a break within one character is the same
    break.
    """
    gaps = list_gaps(paragraphs)
    gold = "".join(normalise(line) for lines in paragraphs for line in lines)
    parts = [text for text in map(normalise, split_lines(repaired)) if text]
    spots = align(gold, "".join(parts)).carry([offset for offset, _ in gaps])
    cuts = list_ends(parts)
    answers = [(_has_near(cuts, spot), wanted) for spot, (_, wanted) in zip(spots, gaps, strict=True)]
    both = sum(found and wanted for found, wanted in answers)
    neither = sum(not (found or wanted) for found, wanted in answers)
    found, wanted = sum(found for found, _ in answers), sum(wanted for _, wanted in answers)
    return (
        Tally.of({"gaps": len(gaps), "gaps.right": both + neither})
        + Tally.agreement("breaks", hit=both, wanted=wanted, found=found)
        + Tally.agreement("joins", hit=neither, wanted=len(gaps) - wanted, found=len(gaps) - found)
    )


def list_gaps(paragraphs: Sequence[Sequence[str]]) -> list[tuple[int, bool]]:
    """List the gaps that are asked about: the offset in the compared text, and whether a paragraph ends there.

    Inside a paragraph without any stop (a head, a price table, verse) whether lines belong together is a matter of
    taste: only its end is asked about. The end of the text is no gap.
    """
    offset, gaps = 0, []
    for lines in paragraphs:
        prose = any(not STOPS.isdisjoint(line) for line in lines)
        for place, line in enumerate(lines, start=1):
            offset += len(normalise(line))
            ends = place == len(lines)
            gaps.append((offset, ends, ends or prose))
    return [(offset, ends) for offset, ends, asked in gaps[:-1] if asked]


def _has_near(cuts: Sequence[int], spot: int) -> bool:
    """Tell whether a sorted list has a value within the slack of a spot."""
    first = bisect_left(cuts, spot - SLACK)
    return first < len(cuts) and cuts[first] <= spot + SLACK
