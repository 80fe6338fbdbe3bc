"""Joins against gold: at every gap between two printed lines, does the paragraph go on or end?"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from newspaper_cli.evaluation.alignment import align, list_ends
from newspaper_cli.evaluation.separators import SEPARATORS, read_separators
from newspaper_cli.evaluation.tally import Tally
from newspaper_cli.evaluation.text import normalise, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.evaluation.parts import Json

Paragraph: TypeAlias = "Sequence[str] | Json"

SLACK = 1
STOPS = frozenset(
    ",.;!?"
    "\N{IDEOGRAPHIC COMMA}\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH COMMA}\N{FULLWIDTH SEMICOLON}"
    "\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}"
)


def evaluate_seams(paragraphs: Sequence[Paragraph], repaired: str) -> Tally:
    """Compare the line ends that a repair kept or joined with the paragraphs of gold, gap by gap.

    `paragraphs` is gold, each a list of printed lines, or an object with these `lines` and the `text` they make.
    `repaired` is text with one paragraph a line. The gaps are carried into the repaired text, so that wrong characters
    cost nothing; a break within one character is the same break.
    """
    answers = judge_gaps([list_lines(paragraph) for paragraph in paragraphs], repaired)
    both = sum(found and wanted for _, found, wanted in answers)
    neither = sum(not (found or wanted) for _, found, wanted in answers)
    found, wanted = sum(found for _, found, _ in answers), sum(wanted for _, _, wanted in answers)
    return (
        Tally.of({"gaps": len(answers), "gaps.right": both + neither})
        + Tally.agreement("breaks", hit=both, wanted=wanted, found=found)
        + Tally.agreement("joins", hit=neither, wanted=len(answers) - wanted, found=len(answers) - found)
        + _compare_separators(paragraphs, repaired)
    )


def judge_gaps(paragraphs: Sequence[Sequence[str]], repaired: str) -> list[tuple[int, bool, bool]]:
    """List the gaps that are asked about: the offset in the compared text, whether a break was found, and wanted."""
    gaps = list_gaps(paragraphs)
    gold = "".join(normalise(line) for lines in paragraphs for line in lines)
    parts = [text for text in map(normalise, split_lines(repaired)) if text]
    spots = align(gold, "".join(parts)).carry([offset for offset, _ in gaps])
    cuts = list_ends(parts)
    return [(offset, _has_near(cuts, spot), wanted) for spot, (offset, wanted) in zip(spots, gaps, strict=True)]


def list_lines(paragraph: Paragraph) -> Sequence[str]:
    """List the printed lines of a gold paragraph in either form."""
    return paragraph["lines"] if isinstance(paragraph, dict) else paragraph


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


def _compare_separators(paragraphs: Sequence[Paragraph], repaired: str) -> Tally:
    """Compare what joins the lines of a paragraph, where gold says it by the text that the lines make.

    A join with the wrong thing between is a join for the figures above; here it is wrong, and so is a break.
    """
    if not any(isinstance(paragraph, dict) for paragraph in paragraphs):
        return Tally()
    lines = [list_lines(paragraph) for paragraph in paragraphs]
    found = read_separators([line for part in lines for line in part], "\n".join(split_lines(repaired)))
    counts: Counter[str] = Counter()
    at = 0
    for paragraph, part in zip(paragraphs, lines, strict=True):
        if isinstance(paragraph, dict) and "text" in paragraph:
            for gap, wanted in enumerate(read_separators(part, paragraph["text"]), start=at):
                counts.update(_count_separator(wanted, found[gap]))
        at += len(part)
    return Tally.of(counts)


def _count_separator(wanted: str, found: str) -> dict[str, int]:
    kind = wanted.partition(" ")[0]
    if kind not in SEPARATORS:
        return {}
    right = wanted == found
    return {
        "separators": 1,
        "separators.right": right,
        f"separator.{kind}.wanted": 1,
        f"separator.{kind}.right": right,
        f"separated.{kind}.{found.partition(' ')[0]}": 1,
    }


def _has_near(cuts: Sequence[int], spot: int) -> bool:
    """Tell whether a sorted list has a value within the slack of a spot."""
    first = bisect_left(cuts, spot - SLACK)
    return first < len(cuts) and cuts[first] <= spot + SLACK
