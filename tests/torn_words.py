"""A benchmark of words torn at line ends: a hyphen printed that goes, one that stays, and one that recognition lost.

Gold is made by a rule from raw lines beside the same lines put right by people. A word was torn where the human line
ends in a hyphen between letters, or in both halves of the raw lines as one word. The hyphen is hard, part of the word,
or soft, as the human text of the whole set prints that word more often inside its lines, with a hyphen or in one piece;
what this does not tell, a person read: `hard` lists the words with a hyphen of their own, `open` those printed either
way then, which are not asked; all others are soft. The raw line says the rest: it ends in a hyphen behind a letter
(printed), or in a letter (lost). Of the lost, `whole` says that the letters of both halves are those of people.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from newspaper_cli.labels import Fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from newspaper_cli.pipeline import Analysis

CUT = re.compile(r"([^\W\d_]+)-$")
BEGUN = re.compile(r"[^\W\d_]+")
PRINTED = re.compile(r"[^\W\d_][-¬\u00ad]$")
LAST = re.compile(r"[^\W\d_]+$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Torn(NamedTuple):
    """Hold one torn word: the place of its first line, the class of its hyphen, and how the raw line prints it."""

    line: int
    hard: bool
    printed: bool
    whole: bool = True


class Record(NamedTuple):
    """Hold raw lines, and the torn words among them by the number of their first line."""

    lines: Sequence[str]
    torn: Mapping[int, Torn]
    asked: frozenset[int]


def read_records(rows: Path, words: Path) -> list[Record]:
    """Read raw lines beside human ones, a record a row of JSON, and judge them by the rule."""
    records = [json.loads(row) for row in rows.read_text("utf-8").splitlines()]
    told = json.loads(words.read_text("utf-8"))
    inside = count_inside([record["corrected_lines"] for record in records])
    return [read_record(record["raw_lines"], record["corrected_lines"], inside, told) for record in records]


def read_record(
    raw: Sequence[str], human: Sequence[str], inside: Counter[str], told: Mapping[str, Sequence[str]]
) -> Record:
    torn, skipped = {}, set()
    raw, human = [line.strip() for line in raw], [line.strip() for line in human]
    for place in range(len(human) - 1):
        cut, begun = CUT.search(human[place]), BEGUN.match(human[place + 1])
        if is_moved(raw[place : place + 2], human[place]):
            torn[place] = Torn(place, hard=False, printed=False)
        if not cut or not begun:
            continue
        hard = judge(cut[1].lower(), begun[0].lower(), inside, told)
        printed, last = PRINTED.search(raw[place]), LAST.search(raw[place])
        first = BEGUN.match(raw[place + 1])
        if hard is None or not first or not (printed or last):
            skipped.add(place)
            continue
        whole = bool(last) and last is not None and (last[0], first[0]) == (cut[1], begun[0])
        torn[place] = Torn(place, hard, bool(printed), whole)
    return Record(raw, torn, frozenset(range(len(human) - 1)) - skipped)


def is_moved(raw: Sequence[str], human: str) -> bool:
    """Tell whether people put the two halves of a word together in the first of two lines."""
    last, first = LAST.search(raw[0]), BEGUN.match(raw[1])
    return last is not None and first is not None and human.endswith(f" {last[0]}{first[0]}")


def count_inside(texts: Iterable[Sequence[str]]) -> Counter[str]:
    """Count words inside the lines of human text: what a hyphen at a line's end cuts is left out."""
    counts: Counter[str] = Counter()
    for lines in texts:
        cut = False
        for line in map(str.strip, lines):
            words = [found[0].lower() for found in WORD.finditer(line)]
            last = CUT.search(line) is not None
            counts.update(words[int(cut) : len(words) - int(last)])
            cut = last
    return counts


def judge(left: str, right: str, inside: Counter[str], told: Mapping[str, Sequence[str]]) -> bool | None:
    """Say whether the hyphen of a torn word is its own; None where either is right."""
    hyphened = f"{left}-{right}"
    whole, parted = inside[left + right], inside[hyphened]
    if whole != parted:
        return parted > whole
    return None if hyphened in told["open"] else hyphened in told["hard"]


def fixes_of(analysis: Analysis) -> dict[int, Fix]:
    """Map the start of each line that is joined with the next to how; what is not there is a break."""
    found = {}
    for part in analysis.parts:
        for block in part:
            found.update({line.start: seam.fix for line, seam in zip(block.lines, block.seams, strict=False)})
    return {start: fix for start, fix in found.items() if fix is not None}


def line_starts(lines: Sequence[str]) -> list[int]:
    """Give the place of each line in the text that they make, a line end between."""
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def count_answers(record: Record, fixes: Mapping[int, Fix]) -> Counter[str]:
    """Count the answers for one record."""
    counts: Counter[str] = Counter()
    for place, start in enumerate(line_starts(record.lines)[:-1]):
        if place not in record.asked:
            continue
        torn, fix = record.torn.get(place), fixes.get(start)
        counts["mended"] += fix is Fix.LOST_HYPHEN
        if torn is None:
            continue
        if torn.printed:
            kind = "hard" if torn.hard else "soft"
            counts[kind] += 1
            counts[f"{kind}.right"] += fix is (Fix.JOIN if torn.hard else Fix.HYPHEN)
        elif not torn.hard:
            for kind in ("lost", *(["lost.whole"] if torn.whole else [])):
                counts[kind] += 1
                counts[f"{kind}.right"] += fix is Fix.LOST_HYPHEN
    return counts


def read_pairs(pairs: Path) -> Iterator[tuple[str, str, str]]:
    """Read the torn words that an issue in METS/ALTO names, of letters alone: both parts as printed, and the whole."""
    with pairs.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            first, second, whole = (row[key] or "" for key in ("part1", "part2", "subs_content"))
            if first.isalpha() and second.isalpha():
                yield first, second, whole


def figures(counts: Mapping[str, int]) -> dict[str, float]:
    """Turn counts into figures."""
    soft, hard = counts["soft.right"] / counts["soft"], counts["hard.right"] / counts["hard"]
    return {
        "balanced accuracy": (soft + hard) / 2,
        "soft": soft,
        "hard": hard,
        "lost, precision": counts["lost.right"] / counts["mended"],
        "lost, recall": counts["lost.whole.right"] / counts["lost.whole"],
        "lost, recall with misread letters": counts["lost.right"] / counts["lost"],
    }
