"""Pages made of clean Chinese articles: re-wrapped in columns of many widths, with the accidents of real pages.

Every draw comes from a generator with a fixed seed, so that the same articles give the same pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypedDict

import msgspec

from newspaper_cli.characters import printed_width
from newspaper_cli.training.sheets import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from newspaper_cli.training.sheets import Sheet

_NO_LINE_START: Final = "，。、；：！？）》」』】”’,.;:!?)"
_INDENT: Final = "\u3000\u3000"
_HALF_WIDTH: Final = str.maketrans("，；：", ",;:")
_SENTENCE_END: Final = re.compile("(?<=[。！？])")
_CLAUSE_END: Final = re.compile(r"[\W_]+")
_SHORTEST_SUBHEAD: Final = 5


class Article(TypedDict):
    """Hold a clean article to make pages of."""

    kicker: str | None
    headline: str | None
    deck: str | None
    byline: str | None
    paragraphs: list[str]


class Words(msgspec.Struct, frozen=True):
    """Hold the few words that made pages need beside the articles."""

    byline: str
    boxes: tuple[str, ...] = ()
    numerals: str = ""
    captions: tuple[str, ...] = ()
    jumps: tuple[str, ...] = ()
    # Days as a dateline prints them, titles of people, characters with what is read for each, or the character alone
    # where it is lost.
    days: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    confusions: tuple[str, ...] = ()


def made_pages(articles: Sequence[Article], words: Words, draw: Random, count: int) -> Iterator[Page]:
    """Make pages, each of a few articles in one style."""
    for _ in range(count):
        maker = Maker(draw, words)
        for article in draw.sample(articles, draw.randint(1, 4)):
            maker.interlude(article["paragraphs"])
            maker.article(article)
        yield maker.page


def made_sheets(pages: Iterator[Page], names: Sequence[str], weight: float) -> Iterator[Sheet]:
    """Close made pages, in turn under each of the names of groups."""
    for number, page in enumerate(pages):
        yield page.sheet(names[number % len(names)], weight)


class Maker:
    """Lay out articles on one made page, in one style drawn for the page."""

    def __init__(self, draw: Random, words: Words) -> None:
        """Draw the style of the page."""
        self.draw, self.words, self.page = draw, words, Page()
        self.width = 2 * (draw.randint(9, 24) if draw.random() < 0.85 else draw.randint(25, 44))  # noqa: PLR2004
        self.mode = draw.choice(("lines", "lines", "blocks", "indent"))
        self.height = draw.randint(5, 40)
        self.run = 0
        self.noisy = draw.random() < 0.45  # noqa: PLR2004  # chances and sizes stand where they are drawn
        self.gaps = draw.random() < 0.6  # noqa: PLR2004
        self.halves = draw.random() < 0.3  # noqa: PLR2004
        self.blanks = draw.random() < 0.15  # noqa: PLR2004
        # Most Chinese print sets a paragraph in by two characters; character recognition gives the line without them.
        self.indent = _INDENT if self.mode == "indent" or draw.random() < 0.6 else ""  # noqa: PLR2004

    def chance(self, share: float) -> bool:
        """Draw whether something that happens in this share of cases happens now."""
        return self.draw.random() < share

    def article(self, article: Article) -> None:
        """Lay out heads, byline and paragraphs."""
        heads = [head for head in (article["kicker"], article["headline"], article["deck"]) if head]
        if len(heads) > 1 and self.chance(0.2):
            heads[:2] = [" ".join(heads[:2])]
        for place, head in enumerate(heads):
            self.page.add(head, joins=False, gap=int(not place or self.gaps), heads=True)
        if article.get("byline") or self.chance(0.2):
            self.page.add(article.get("byline") or self.words.byline, joins=False, gap=int(self.chance(0.6)))
        fresh = self.gaps
        subheads = self.words.captions and self.chance(0.3)
        for place, paragraph in enumerate(article["paragraphs"]):
            if place and subheads and self.chance(0.3):
                self.subhead(paragraph)
                fresh = self.gaps
            self.paragraph(re.sub(r"\s+", " ", paragraph).strip(), fresh=fresh)
            fresh = False
            if self.words.captions and self.chance(0.04):
                self.page.add(self.caption(paragraph), joins=False, gap=1, heads=None)
                fresh = True
        if self.words.jumps and self.chance(0.08):
            self.page.add(self.draw.choice(self.words.jumps), joins=False, gap=int(self.chance(0.5)), heads=None)

    def subhead(self, paragraph: str) -> None:
        """Part an article by a clause of what follows, now and then as a quotation."""
        clauses = [
            clause for clause in _CLAUSE_END.split(paragraph) if _SHORTEST_SUBHEAD <= len(clause) <= self.width // 2
        ]
        if clauses:
            text = self.draw.choice(clauses)
            self.page.add(f"“{text}”" if self.chance(0.3) else text, joins=False, gap=int(self.gaps), heads=True)

    def caption(self, paragraph: str) -> str:
        """Write what stands below a picture."""
        return self.draw.choice(self.words.captions).format(_SENTENCE_END.split(paragraph)[0].rstrip("。！？"))

    def paragraph(self, text: str, *, fresh: bool) -> None:
        """Lay out one paragraph as printed lines or as the fragments that columns leave."""
        text = self.indent + (text.translate(_HALF_WIDTH) if self.halves else text)
        lines = self.damaged([line.strip() for line in wrapped(text, self.width)])
        if self.mode == "blocks":
            self.fragments(lines)
            return
        for place, line in enumerate(lines):
            self.run += 1
            gap = int(self.run > self.height or (not place and (fresh or self.blanks)))
            gap = gap or int(self.noisy and self.chance(0.03))
            self.run = 0 if self.run > self.height else self.run
            indent = 2 if self.mode == "indent" and not place else 0
            self.page.add(line, joins=place < len(lines) - 1, gap=gap, indent=indent)

    def fragments(self, lines: Sequence[str]) -> None:
        """Cut a paragraph where a column ends, now and then with some characters printed twice."""
        held = ""
        for place, line in enumerate(lines):
            held += line
            self.run += 1
            if self.run > self.height and place < len(lines) - 1:
                self.page.add(held, joins=True, gap=1)
                self.run = 0
                held = held[-self.draw.randint(2, 4) :] if self.chance(0.08) else ""
        self.page.add(held, joins=False, gap=1)

    def damaged(self, lines: list[str]) -> list[str]:
        """Lose characters, marks at line ends and whole last lines, as character recognition does."""
        if not self.noisy:
            return lines
        lines = [line[:-1] if line[-1] in _NO_LINE_START and self.chance(0.07) else line for line in lines]
        if lines[-1][-1:] in "。！？”" and self.chance(0.12):
            lines[-1] = lines[-1][:-1]
        if len(lines) > 2 and self.chance(0.07):  # noqa: PLR2004
            lines = lines[:-1]
        kept = ["".join(c for c in line if not self.draw.random() <= 0.012) for line in lines]  # noqa: PLR2004
        return [line for line in kept if line] or lines[:1]

    def interlude(self, paragraphs: Sequence[str]) -> None:
        """Put a box, a numbered list, a table or verse before an article, sometimes."""
        chance = self.draw.random()
        sentences = [sentence for text in paragraphs for sentence in _SENTENCE_END.split(text) if sentence.strip()]
        if chance < 0.2:  # noqa: PLR2004
            self.page.add(self.draw.choice(self.words.boxes), joins=False, gap=int(self.chance(0.4)), heads=True)
            self.items(sentences, "")
        elif chance < 0.25:  # noqa: PLR2004
            self.items(sentences, self.words.numerals)
        elif chance < 0.3:  # noqa: PLR2004
            self.rows("".join(re.findall(r"\w", "".join(sentences))))

    def items(self, sentences: Sequence[str], numerals: str) -> None:
        """Lay out short items of one sentence each, numbered or not."""
        for place, sentence in enumerate(sentences[: self.draw.randint(2, 4)]):
            text = f"{numerals[place]}、{sentence}" if numerals else sentence
            lines = [text] if self.mode == "blocks" else wrapped(text, self.width)
            for number, line in enumerate(lines, start=1):
                self.page.add(line, joins=number < len(lines), gap=int(self.mode == "blocks"))

    def rows(self, text: str) -> None:
        """Lay out lines that are their own: verse and lists of names in lines of one length, tables of nearly one."""
        length = self.draw.choice((5, 7, 7, 8, 10, 12))
        ragged = self.chance(0.5)
        for place in range(self.draw.randint(4, 9)):
            size = length + (self.draw.randint(-1, 1) if ragged else 0)
            row, text = text[:size], text[size:]
            parted = f"{row[: size // 2]} {row[size // 2 :]}" if ragged else row
            self.page.add(parted, joins=False, gap=int(not place), heads=None)


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of so many half-width columns; no line begins with a closing mark.

    >>> wrapped("一二三四，五六。", 8)
    ['一二三四，', '五六。']
    """
    lines, held, used = [], "", 0
    for character in text:
        size = printed_width(character)
        if used + size > width + 2 * (character in _NO_LINE_START):
            lines.append(held)
            held, used = "", 0
        held += character
        used += size
    return [*lines, held] if held.strip() else lines
