"""The values that pass between the stages and out of the program: frozen, made once, never changed.

The first half are the working values of a page on its way through the stages; the second half, from `Reading` on, is
the contract that `split` prints, field by field. Spans are half-open ranges of code points of the decoded source.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Final, TypeAlias

import msgspec

from newspaper_cli.labels import CONFLICTS, ArticleKind, Basis, Check, Fix, FurnitureLabel, NoteCode, ParagraphKind

Span: TypeAlias = tuple[int, int]
# Features of a seam that have a weight, and what each weighs.
Weighed: TypeAlias = tuple[tuple[str, ...], tuple[float, ...]]

_INK: Final = attrgetter("start", "end")


class Source(msgspec.Struct, frozen=True, gc=False):
    """Hold one input as it was found: its text, and what is needed to give the same bytes back.

    `text` may hold lone surrogates where bytes could not be decoded (PEP 383); `encoding` is a Python codec name.
    """

    text: str
    encoding: str
    sha256: str
    path: str | None = None
    guessed: bool = False


class Line(msgspec.Struct, frozen=True, gc=False):
    """Hold one printed line, or the part of it that lies in one column or is a jump run in, in reading order.

    `start` and `end` bound the ink: white space at both sides is left out. `indent` counts the columns of white space
    before it (a full-width space is two), `gap` the blank lines between it and the line before, `page` counts from 0
    by form feeds, `column` counts the runs of lines that stand below each other: it changes where reading order jumps.
    `head` marks a line that the layout itself shows to span columns. `drops` are the spaces that only set the letters
    of words apart, by their place in the text.
    """

    text: str
    start: int
    end: int
    indent: int = 0
    gap: int = 0
    page: int = 0
    column: int = 0
    head: bool = False
    drops: tuple[Span, ...] = ()


class Seam(msgspec.Struct, frozen=True, gc=False):
    """Hold what was decided between two lines: a paragraph break, or a join and how it is made.

    `fix` is None for a break. `drop` counts the characters that disappear: of the second line's beginning for an
    overlap, of the first line's end for a hyphen. `confidence` is the probability of the decision. `reasons` are what
    made it, the heaviest first, each with its weight; where it is nothing but the sum of `weighed`, all features that
    have a weight, they are chosen from these when someone asks. `torn` tells that the two lines seem to hold the
    halves of a word and were not put together to it.
    """

    fix: Fix | None
    drop: int = 0
    confidence: float = 1.0
    reasons: tuple[tuple[str, float], ...] = ()
    weighed: tuple[Weighed, ...] = ()
    torn: bool = False


class Block(msgspec.Struct, frozen=True, gc=False):
    """Hold lines that belong together, with the seams between them: one paragraph, one head, one byline.

    `text` is the printed text with the repairs made; `repaired` tells that they changed more than what stands between
    the lines. `len(seams) == len(lines) - 1`. `before` is the break that parts the block from the one before it, where
    one was decided.
    """

    lines: tuple[Line, ...]
    seams: tuple[Seam, ...]
    text: str
    before: Seam | None = None
    repaired: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """Give the ink of each line."""
        return tuple(map(_INK, self.lines))


class Edit(msgspec.Struct, frozen=True, gc=False):
    """Hold one repair: the source's `before` at `span` becomes `after`."""

    span: Span
    before: str
    after: str
    fix: Fix
    confidence: float


class Plan(msgspec.Struct, frozen=True, gc=False):
    """Hold all that `repair` does to one source, so that it can be shown, applied and undone.

    `order` lists the pieces of the source in reading order and covers it whole, or is None where the file's own order
    holds. Edits never overlap, are sorted by span, and each lies in one piece. `encoding` is that of the source, so
    that undoing gives its bytes.
    """

    source_sha256: str
    encoding: str
    order: tuple[Span, ...] | None
    edits: tuple[Edit, ...]


class SourceInfo(msgspec.Struct, frozen=True, gc=False):
    """Identify the input that an issue was read from; `characters` counts code points, BOM included.

    `language` is that of most of its pages.
    """

    path: str | None
    sha256: str
    encoding: str
    characters: int
    language: str


class Reading(msgspec.Struct, frozen=True, gc=False):
    """Hold what the page prints for one masthead field, and the rule that read it."""

    field: str
    value: str
    text: tuple[str, ...]
    spans: tuple[Span, ...]
    rule: str


class CheckResult(msgspec.Struct, frozen=True, gc=False):
    """Hold the comparison of a printed field with what the other fields make of it."""

    check: Check
    agrees: bool
    printed: str
    expected: str


class Contact(msgspec.Struct, frozen=True, gc=False):
    """Hold a telephone line, address or web address of the masthead as printed."""

    text: str
    span: Span


class Editor(msgspec.Struct, frozen=True, gc=False):
    """Hold one credit of the page's makers: role and names as printed."""

    text: str
    role: str | None
    name: str
    span: Span


class IssueFields(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold what the program stands by for one issue; null means looked for and not found."""

    title: str | None = None
    title_alternative: str | None = None
    date: str | None = None
    weekday: str | None = None
    lunar_date: str | None = None
    solar_term: str | None = None
    era_date: str | None = None
    issue_number: str | None = None
    volume: str | None = None
    page_count: int | None = None
    edition: str | None = None
    place: str | None = None
    publisher: str | None = None
    cn_number: str | None = None
    issn: str | None = None
    postal_code: str | None = None
    price: str | None = None
    weather: str | None = None
    contacts: tuple[Contact, ...] = ()
    editors: tuple[Editor, ...] = ()
    basis: dict[str, Basis] = {}
    readings: tuple[Reading, ...] = ()
    checks: tuple[CheckResult, ...] = ()


class Page(msgspec.Struct, frozen=True, gc=False):
    """Hold one page; `folio_spans` are its running heads, `source` names its file where each page has its own.

    `language` is the one that the page was read in.
    """

    number: int
    label: str | None
    section: str | None
    span: Span
    folio_spans: tuple[Span, ...] = ()
    source: str | None = None
    language: str | None = None


class Head(msgspec.Struct, frozen=True, gc=False):
    """Hold one part of an article's heading: role is `kicker`, `headline` or `deck`."""

    role: str
    text: str
    spans: tuple[Span, ...]


class Byline(msgspec.Struct, frozen=True, gc=False):
    """Hold one name of a byline; `span` is the name, `line_span` the printed byline it stands in."""

    text: str
    role: str | None
    name: str
    span: Span
    line_span: Span


class Dateline(msgspec.Struct, frozen=True, gc=False):
    """Hold agency, place and day that open an article; `date` is the day resolved against the issue's."""

    text: str
    agency: str | None
    place: str | None
    span: Span
    date: str | None = None
    date_text: str | None = None
    date_span: Span | None = None


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """Hold one whole paragraph; for printed lines each line is a span."""

    text: str
    spans: tuple[Span, ...]
    kind: ParagraphKind = ParagraphKind.BODY


class Caption(msgspec.Struct, frozen=True, gc=False):
    """Hold the text below a picture, and who made the picture."""

    text: str
    credit: str | None
    spans: tuple[Span, ...]


class Jump(msgspec.Struct, frozen=True, gc=False):
    """Hold a line that sends the reader on (`to`) or says where the text comes from (`from`)."""

    direction: str
    page: str | None
    text: str
    span: Span


class Article(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold one article with all its parts in reading order."""

    id: str
    kind: ArticleKind = ArticleKind.ARTICLE
    page: int = 1
    section: str | None = None
    kicker: str | None = None
    headline: str | None = None
    deck: str | None = None
    heads: tuple[Head, ...] = ()
    bylines: tuple[Byline, ...] = ()
    dateline: Dateline | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    captions: tuple[Caption, ...] = ()
    editors: tuple[Editor, ...] = ()
    jumps: tuple[Jump, ...] = ()
    confidence: float = 1.0


class Furniture(msgspec.Struct, frozen=True, gc=False):
    """Hold text that belongs to no article, and why."""

    label: FurnitureLabel
    text: str
    spans: tuple[Span, ...]


class Note(msgspec.Struct, frozen=True, gc=False):
    """Tell the reader something about the result, with the place it is about."""

    code: NoteCode
    span: Span | None
    text: str


class Issue(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold everything read from one input: the object that `split` prints."""

    schema_version: str = "1"
    source: SourceInfo
    issue: IssueFields
    pages: tuple[Page, ...] = ()
    articles: tuple[Article, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    repairs: tuple[Edit, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def in_conflict(self) -> bool:
        """Tell whether something printed, or the name of the file, speaks against the rest."""
        return not all(check.agrees for check in self.issue.checks) or any(
            note.code in CONFLICTS for note in self.notes
        )
