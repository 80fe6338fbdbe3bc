"""Where gold and result part: masthead fields, articles that belong together, and the characters that differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.alignment import align, list_ends
from newspaper_cli.evaluation.articles import SLACK, drop_paid, read_terms
from newspaper_cli.evaluation.homes import Unit, find_homes
from newspaper_cli.evaluation.masthead import ABSENT, FIELDS, judge_field
from newspaper_cli.evaluation.parts import HEADS, list_items, list_parts
from newspaper_cli.evaluation.seams import judge_gaps, list_lines
from newspaper_cli.evaluation.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.evaluation.alignment import Alignment
    from newspaper_cli.evaluation.parts import Json
    from newspaper_cli.evaluation.seams import Paragraph

SAME, DIFFERS, SPLIT, MERGED, MIXED, MISSED, EXTRA = (
    "same",
    "differs",
    "split",
    "merged",
    "mixed",
    "missed",
    "extra",
)


@dataclass(frozen=True, slots=True)
class Field:
    """Hold a masthead field that gold has or the result invented, and how it came out."""

    name: str
    gold: str
    found: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Run:
    """Hold a stretch of printed text; `differs` where the other side does not have it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a labelled part of an article as runs.

    `taken_for` is the label of the same text on the other side where that is another one, else empty. `lone_end` says
    that the other side goes on where this part ends.
    """

    label: str
    runs: tuple[Run, ...]
    taken_for: str = ""
    lone_end: bool = False

    @property
    def agrees(self) -> bool:
        """Tell whether the other side has the same."""
        return not (self.taken_for or self.lone_end or any(run.differs for run in self.runs))

    @property
    def text(self) -> str:
        """Return the text of the runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Group:
    """Hold articles of both sides that share text, each as pieces; `verdict` says how they relate."""

    verdict: str
    gold: tuple[tuple[Piece, ...], ...]
    found: tuple[tuple[Piece, ...], ...]

    @property
    def title(self) -> str:
        """Return the headline to know it by, else its first text; gold's where gold has it."""
        pieces = [piece for article in self.gold or self.found for piece in article]
        heads = [piece.text for piece in pieces if piece.label == "headline"]
        return next(iter(heads or [piece.text for piece in pieces]), "")


@dataclass(frozen=True, slots=True)
class Gap:
    """Hold a printed line of gold and what follows it: `found` and `wanted` breaks, None where nobody is asked."""

    line: str
    found: bool | None = None
    wanted: bool | None = None

    @property
    def wrong(self) -> bool:
        """Tell whether the answer is wrong."""
        return self.found is not self.wanted


def compare_fields(gold: Json, predicted: Json) -> list[Field]:
    """Compare the masthead fields that gold mentions; both are whole issues."""
    wanted, found = gold.get("issue") or {}, predicted.get("issue") or {}
    fields = [
        Field(name, _show(wanted[name]), _show(found.get(name)), judge_field(name, wanted, found))
        for name in FIELDS
        if name in wanted
    ]
    return [field for field in fields if field.verdict != ABSENT]


def compare_articles(gold: Json, predicted: Json) -> list[Group]:
    """Put articles that share text side by side, in the order of gold; what gold does not have comes last."""
    records = gold.get("articles") or []
    if not records:
        return []
    view = _View(
        whole=read_terms(gold).everything,
        captions=any("captions" in record for record in records),
        subheads=any(item.get("kind") for record in records for item in list_items(record, "paragraphs")),
    )
    wanted = [_list_body(record) if view.whole else _list_texts(record, view) for record in records]
    found = [_list_texts(record, view) for record in drop_paid(records, predicted.get("articles") or [])]
    return [
        _compare_group([wanted[i] for i in left], [found[j] for j in right], labelled=not view.whole)
        for left, right in _link(wanted, found)
    ]


def compare_seams(paragraphs: Sequence[Paragraph], repaired: str) -> list[list[Gap]]:
    """List the printed lines of each gold paragraph, each with what follows it."""
    lines = [list_lines(paragraph) for paragraph in paragraphs]
    answers = {offset: (found, wanted) for offset, found, wanted in judge_gaps(lines, repaired)}
    offsets = iter(accumulate(len(normalise(line)) for part in lines for line in part))
    return [[Gap(line, *answers.get(next(offsets), (None, None))) for line in part] for part in lines]


def _show(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _View:
    """Say what gold tells of: the whole print in order (then of no labels), captions, subheads."""

    whole: bool
    captions: bool
    subheads: bool


def _list_texts(article: Json, view: _View) -> list[Unit]:
    """List the labelled texts of an article as printed; heads first, unless gold holds the whole print in order."""
    if view.whole:
        return [Unit(part.label, part.printed) for part in list_parts(article) if part.text]
    texts = [(role, article.get(role)) for role in HEADS]
    texts += [("byline", item.get("name") or item.get("text")) for item in list_items(article, "bylines")]
    texts += [
        ((view.subheads and item.get("kind")) or "body", item.get("text")) for item in list_items(article, "paragraphs")
    ]
    texts += [("caption", item.get("text")) for item in list_items(article, "captions") if view.captions]
    return [Unit(label, str(text)) for label, text in texts if normalise(text)]


def _list_body(article: Json) -> list[Unit]:
    """List the paragraphs of gold that holds the whole print in them."""
    texts = [item.get("text") for item in list_items(article, "paragraphs")]
    return [Unit("body", str(text)) for text in texts if normalise(text)]


def _link(wanted: Sequence[list[Unit]], found: Sequence[list[Unit]]) -> list[tuple[list[int], list[int]]]:
    """Link articles with their homes on the other side, and return what hangs together."""
    left, right = (
        [Unit("", "".join(normalise(unit.text) for unit in article)) for article in side] for side in (wanted, found)
    )
    parents = list(range(len(left) + len(right)))
    for i, home in enumerate(find_homes(left, right)):
        _join(parents, i, None if home is None else len(left) + home)
    for j, home in enumerate(find_homes(right, left)):
        _join(parents, len(left) + j, home)
    groups: defaultdict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place in range(len(parents)):
        side, at = (0, place) if place < len(left) else (1, place - len(left))
        groups[_root(parents, place)][side].append(at)
    return list(groups.values())


def _root(parents: Sequence[int], place: int) -> int:
    while parents[place] != place:
        place = parents[place]
    return place


def _join(parents: list[int], place: int, other: int | None) -> None:
    """Make two one; the first of a group stands for it, so that groups keep the order of gold."""
    if other is not None:
        first, second = sorted((_root(parents, place), _root(parents, other)))
        parents[second] = first


def _compare_group(wanted: Sequence[list[Unit]], found: Sequence[list[Unit]], *, labelled: bool) -> Group:
    left, right = _Side(wanted), _Side(found)
    alignment = align(left.key, right.key)
    gold = left.mark(right, alignment, labelled=labelled)
    result = right.mark(left, alignment.turn(), labelled=labelled)
    agrees = all(piece.agrees for article in (*gold, *result) for piece in article)
    return Group(_judge(len(gold), len(result), agrees=agrees), gold, result)


def _judge(gold: int, found: int, *, agrees: bool) -> str:
    if not found:
        return MISSED
    if not gold:
        return EXTRA
    if gold == found == 1:
        return SAME if agrees else DIFFERS
    return SPLIT if gold == 1 else MERGED if found == 1 else MIXED


class _Side:
    """The articles of one side as one text, in the form that is compared, with the way back to what is printed."""

    def __init__(self, articles: Sequence[list[Unit]]) -> None:
        self.sizes = [len(article) for article in articles]
        self.units = [unit for article in articles for unit in article]
        self.keys = [[_key(char) for char in unit.text] for unit in self.units]
        self.texts = ["".join(keys) for keys in self.keys]
        self.key = "".join(self.texts)
        self.ends = list_ends(self.texts)

    def mark(self, other: _Side, alignment: Alignment, *, labelled: bool) -> tuple[tuple[Piece, ...], ...]:
        """Mark what the other side does not have; the alignment leads from this side to the other."""
        differs, labels = self._compare(other, alignment)
        ends = _find_lone(alignment.carry(self.ends), other.ends)
        pieces: list[Piece] = []
        at = 0
        for unit, keys, text, end in zip(self.units, self.keys, self.texts, [*ends, False], strict=False):
            taken = labels[len(pieces)].most_common(1)
            answer = taken[0][0] if labelled and taken and taken[0][1] * 2 > len(text) else unit.label
            runs = _cut_runs(unit.text, keys, differs[at : at + len(text)])
            # Where the whole part is missing on the other side, so is its end: that need not be said.
            lone = end and not all(run.differs for run in runs)
            pieces.append(Piece(unit.label, runs, "" if answer == unit.label else answer, lone))
            at += len(text)
        stops = accumulate(self.sizes)
        return tuple(tuple(pieces[stop - size : stop]) for stop, size in zip(stops, self.sizes, strict=True))

    def _compare(self, other: _Side, alignment: Alignment) -> tuple[list[bool], list[Counter[str]]]:
        """Say for each compared character whether the other side lacks it, for each unit the labels it has there."""
        owners = [place for place, text in enumerate(self.texts) for _ in text]
        names = [unit.label for unit, text in zip(other.units, other.texts, strict=True) for _ in text]
        differs = [True] * len(self.key)
        labels = [Counter[str]() for _ in self.units]
        for block in alignment.smooth().blocks:
            if block.same:
                differs[block.gold_start : block.gold_end] = [False] * block.size
                there = names[block.found_start : block.found_end]
                for owner, name in zip(owners[block.gold_start : block.gold_end], there, strict=True):
                    labels[owner][name] += 1
        return differs, labels


@cache
def _key(char: str) -> str:
    """Return a character as it is compared: white space is nothing."""
    return normalise(char)


def _find_lone(carried: Iterable[int], others: Sequence[int]) -> list[bool]:
    """Say of each end of a part, carried to the other side, whether there is none near it."""
    return [not any(abs(other - spot) <= SLACK for other in others) for spot in carried]


def _cut_runs(text: str, keys: Sequence[str], differs: Sequence[bool]) -> tuple[Run, ...]:
    """Cut a printed text where what differs begins and ends; white space goes with what stands before it."""
    flags, at, last = [], 0, False
    for key in keys:
        last = any(differs[at : at + len(key)]) if key else last
        flags.append(last)
        at += len(key)
    runs = groupby(zip(text, flags, strict=True), key=lambda pair: pair[1])
    return tuple(Run("".join(char for char, _ in run), flag) for flag, run in runs)
