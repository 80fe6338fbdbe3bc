"""What the shipped tables are fitted on, read or made as the recipe says."""

from __future__ import annotations

import json
import random
import re
import tomllib
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import msgspec

from newspaper_cli.document import Line
from newspaper_cli.errors import UnreadableError
from newspaper_cli.features import end_class
from newspaper_cli.lines import read_lines
from newspaper_cli.regime import read_fills, read_regime
from newspaper_cli.training.alignment import judge_seams, place_lines, read_gold
from newspaper_cli.training.generator import Words, made_pages, made_sheets
from newspaper_cli.training.latin import is_clean, latin_sheets
from newspaper_cli.training.sheets import Sheet, without_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

T = TypeVar("T")
SEED: Final = 1
BLANK_LINES: Final = re.compile(r"\n\s*\n+")
_ENDED: Final = frozenset({"stop", "closer", "quote"})
_FALLS_SHORT: Final = frozenset({"short", "stub", "scrap"})
_MARKS: Final = frozenset("、，。；！？,.;!?")


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold where the pages of one part come from; `recipe.toml` says what the fields mean."""

    name: str
    kind: Literal["lines", "aligned", "regions", "made", "set", "bare"]
    files: str = ""
    shape: str = ""
    issue: int = 22
    count: int = 0
    weight: float = 1.0
    of: tuple[str, ...] = ()
    misread: bool = False


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold what one table is fitted on, and how."""

    name: str
    language: str
    strength: float
    words: Words
    parts: tuple[Part, ...]
    kept: dict[str, float] = {}


def read_recipe() -> tuple[Table, ...]:
    """Read which tables of joins are fitted on what."""
    return read_recipe_of("tables", Table)


def read_recipe_of(name: str, kind: type[T]) -> tuple[T, ...]:
    """Read one list of the recipe."""
    text = (files("newspaper_cli.training") / "recipe.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)[name], tuple[kind, ...])  # type: ignore[valid-type]


def read_sheets(table: Table, corpus: Path, folds: int) -> dict[str, list[Sheet]]:
    """Read or make the pages of each part; a part whose files are not there has none."""
    found: dict[str, list[Sheet]] = {}
    for part in table.parts:
        paths = sorted(corpus.glob(part.files)) if part.files else []
        if part.kind == "bare":
            sheets = [sheet for name in part.of for sheet in found[name][: part.count]]
            found[part.name] = list(without_blanks(sheets, part.weight))
        else:
            found[part.name] = list(_sheets(part, paths, table.words, folds)) if paths else []
    return found


def _sheets(part: Part, paths: Sequence[Path], words: Words, folds: int) -> Iterator[Sheet]:
    draw = random.Random(SEED)  # noqa: S311  # repeatable is what is wanted
    if part.kind == "lines":
        return (_keyed_sheet(path.stem[: part.issue], read_json(path), part.weight) for path in paths)
    if part.kind == "aligned":
        return _aligned_sheets(paths, part)
    if part.kind == "regions":
        return map(_of_regions, _aligned_sheets(paths, part))
    if part.kind == "made":
        articles = [json.loads(row) for path in paths for row in path.read_text("utf-8").splitlines()]
        pages = made_pages(articles, words, draw, part.count)
        return made_sheets(pages, [f"made{SEED}-{fold}" for fold in range(folds)], part.weight)
    return latin_sheets(clean_paragraphs(paths, part.issue), words, draw, part.count, part.weight)


def _keyed_sheet(group: str, paragraphs: Sequence[Sequence[str]], weight: float) -> Sheet:
    """Read hand-keyed printed lines; paragraphs without a mark (heads, verse, prices) are not asked about."""
    lines: list[Line] = []
    joins: list[bool | None] = []
    for paragraph in paragraphs:
        printed = [line.strip() for line in paragraph if line.strip()]
        prose = not _MARKS.isdisjoint("".join(printed))
        for place, text in enumerate(printed, start=1):
            lines.append(Line(text, 0, len(text)))
            joins.append(place < len(printed) if prose or place == len(printed) else None)
    return Sheet(group, lines, joins[:-1], weight)


def _aligned_sheets(paths: Sequence[Path], part: Part) -> Iterator[Sheet]:
    """Read typeset pages, their seams known from where each line stands in the gold paragraphs."""
    for path in paths:
        raw = path.parent.parent / f"{path.stem}{part.shape}.txt"
        if raw.exists():
            gold = read_gold(_paragraphs(path), exact=not part.misread)
            lines = read_lines(raw.read_bytes().decode())
            yield Sheet(path.stem[: part.issue], lines, judge_seams(place_lines(lines, gold), gold), part.weight)


def _of_regions(sheet: Sheet) -> Sheet:
    """Keep what gold of regions tells for certain: they hold several paragraphs, and columns cut them anywhere.

    Inside a region a line goes on that ends no sentence; a paragraph or a head ends where a region does and the line
    ends a sentence or falls short of its column. Rows of tables and lines of verse stand in regions too: where three
    lines in a row begin with a capital, or two have leaders, nothing is concluded.
    """
    texts = [line.text for line in sheet.lines]
    upper = [False, *(text[0].isupper() for text in texts), False]
    rows = [
        ("..." in first and "..." in second)
        or (upper[place + 1] and upper[place + 2] and (upper[place] or upper[place + 3]))
        for place, (first, second) in enumerate(pairwise(texts))
    ]
    closed = [end_class(line.text) in _ENDED for line in sheet.lines]
    short = [fill in _FALLS_SHORT for fill in read_fills(read_regime(sheet.lines))]
    told = [
        joins if (joins and not ends and not row) or (joins is False and (ends or falls_short)) else None
        for joins, ends, falls_short, row in zip(sheet.joins, closed, short, rows, strict=False)
    ]
    return sheet._replace(joins=told)


def clean_paragraphs(paths: Sequence[Path], issue: int) -> dict[str, list[str]]:
    """Read the paragraphs of gold issues that are long and clean enough to make pages of, by issue."""
    clean: dict[str, list[str]] = {}
    for path in paths:
        texts = (" ".join(text.split()) for text in _paragraphs(path))
        clean.setdefault(path.stem[:issue], []).extend(filter(is_clean, texts))
    return clean


def _paragraphs(path: Path) -> list[str]:
    return [text for article in read_json(path)["articles"] for text in article["paragraphs"]]


def read_json(path: Path) -> Any:  # noqa: ANN401  # JSON of any shape
    """Read a JSON file.

    Raises:
        UnreadableError: it cannot be read, or is none.
    """
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read as JSON: {getattr(error, 'strerror', None) or error}"
        raise UnreadableError(message) from error
