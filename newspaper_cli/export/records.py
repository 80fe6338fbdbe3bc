"""Issues made flat: the rows, facts and parts that every format but JSON is written from.

The field names of the records are the column names of the CSV formats, in their order.
"""

from __future__ import annotations

from bisect import bisect_right
from math import inf
from typing import TYPE_CHECKING, Any, Final

import msgspec

from newspaper_cli.document import IssueFields, Note, Page, SourceInfo
from newspaper_cli.labels import Basis, Label, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newspaper_cli.document import Article, Byline, Caption, CheckResult, Issue, Span

# The fields of an issue that hold one value; the others hold lists or tell how the values came about.
_NESTED: Final = frozenset({"contacts", "editors", "basis", "readings", "checks"})
VALUE_FIELDS: Final = tuple(name for name in IssueFields.__struct_fields__ if name not in _NESTED)

META_COLUMNS: Final = (
    "source_path",
    *VALUE_FIELDS,
    "contacts",
    "editors",
    "basis",
    "checks",
    "notes",
    *(f"{name}_printed" for name in VALUE_FIELDS),
)


class IssueMeta(msgspec.Struct, frozen=True, kw_only=True):
    """Hold the masthead of one issue: the object that `meta` prints, an `Issue` without its articles and leftovers."""

    schema_version: str
    source: SourceInfo
    issue: IssueFields
    pages: tuple[Page, ...]
    notes: tuple[Note, ...]


class IssueRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Hold the columns that every row repeats, so that a row can be cited alone."""

    source_path: str | None
    issue_title: str | None
    issue_date: str | None
    weekday: str | None
    lunar_date: str | None
    issue_number: str | None
    page_count: int | None


class HeadRecord(IssueRecord, frozen=True, kw_only=True):
    """Add what identifies and heads an article; all null where a file holds no article.

    `byline` lists the names, `dateline` is as printed.
    """

    page: int | None = None
    article_id: str | None = None
    kind: str | None = None
    section: str | None = None
    kicker: str | None = None
    headline: str | None = None
    deck: str | None = None
    byline: str | None = None
    dateline: str | None = None


class ArticleRecord(HeadRecord, frozen=True, kw_only=True):
    """Add the article's text: paragraphs and subheads parted by a blank line, and their length in code points."""

    body: str | None = None
    captions: str | None = None
    characters: int | None = None


class ParagraphRecord(HeadRecord, frozen=True, kw_only=True):
    """Add one paragraph, counted from 1 in its article, with the part of the source it was read from."""

    captions: str | None = None
    paragraph: int | None = None
    paragraph_kind: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    characters: int | None = None


class Part(msgspec.Struct, frozen=True):
    """Hold one piece of an article as a reader meets it, with the label that says what it is."""

    label: Label
    text: str


def issue_meta(issue: Issue) -> IssueMeta:
    """Take the masthead out of an issue."""
    return IssueMeta(
        schema_version=issue.schema_version,
        source=issue.source,
        issue=issue.issue,
        pages=issue.pages,
        notes=issue.notes,
    )


def article_records(issue: Issue) -> Iterator[ArticleRecord]:
    """Give one record an article; an issue without articles gives one that says so by its empty columns."""
    common = _issue_columns(issue)
    for article in issue.articles:
        texts = [paragraph.text for paragraph in article.paragraphs]
        yield ArticleRecord(
            **common,
            **_head_columns(article),
            body="\n\n".join(texts),
            captions=_captions(article),
            characters=sum(map(len, texts)),
        )
    if not issue.articles:
        yield ArticleRecord(**common)


def paragraph_records(issue: Issue) -> Iterator[ParagraphRecord]:
    """Give one record a paragraph; an article without paragraphs and an issue without articles give one each."""
    common = _issue_columns(issue)
    for article in issue.articles:
        head = {**common, **_head_columns(article), "captions": _captions(article)}
        for number, paragraph in enumerate(article.paragraphs, 1):
            yield ParagraphRecord(
                **head,
                paragraph=number,
                paragraph_kind=paragraph.kind,
                start=min((start for start, _ in paragraph.spans), default=None),
                end=max((end for _, end in paragraph.spans), default=None),
                text=paragraph.text,
                characters=len(paragraph.text),
            )
        if not article.paragraphs:
            yield ParagraphRecord(**head)
    if not issue.articles:
        yield ParagraphRecord(**common)


def meta_row(issue: Issue) -> tuple[str | int | None, ...]:
    """Give the masthead of an issue as one row below `META_COLUMNS`.

    Each field has a second column, `<field>_printed`, with the text it was read from; a field that stands in several
    places lists them. `basis` tells which values are more than what the page prints.
    """
    fields = issue.issue
    printed: dict[str, list[str]] = {}
    for reading in fields.readings:
        printed.setdefault(reading.field, []).extend(reading.text)
    return (
        issue.source.path,
        *(getattr(fields, name) for name in VALUE_FIELDS),
        _listed(contact.text for contact in fields.contacts),
        _listed(editor.text for editor in fields.editors),
        _listed(f"{name}: {basis}" for name, basis in fields.basis.items()),
        _listed(map(describe_check, fields.checks)),
        _listed(note.code for note in issue.notes),
        *(_listed(printed.get(name, ())) for name in VALUE_FIELDS),
    )


def describe_check(check: CheckResult) -> str:
    """Say in one line what a check found."""
    if check.agrees:
        return f"{check.check}: {check.printed} agrees"
    return f"{check.check}: printed {check.printed}, expected {check.expected}"


def facts(issue: Issue) -> Iterator[tuple[str, str]]:
    """Give what is known of an issue beside its title, as pairs of a caption and a value, nulls left out.

    A value that the page does not print as such carries its basis in brackets.
    """
    fields = issue.issue
    for name in VALUE_FIELDS[1:]:
        if (value := getattr(fields, name)) is not None:
            basis = fields.basis.get(name, Basis.PRINTED)
            yield _caption(name), str(value) if basis is Basis.PRINTED else f"{value} ({basis})"
    yield from (("Contact", contact.text) for contact in fields.contacts)
    yield from (("Editor", editor.text) for editor in fields.editors)
    yield from (("Check", describe_check(check)) for check in fields.checks if not check.agrees)
    yield from (("Note", note.text) for note in issue.notes)


def reading_parts(article: Article) -> Iterator[Part]:
    """Give the parts of an article in the order of reading, each text once.

    Bylines, jumps and editors that stand inside a paragraph are left to it.
    """
    for label in (Label.KICKER, Label.HEADLINE, Label.DECK):
        if text := getattr(article, label):
            yield Part(label, text)
    outside = _outside(article)
    bylines = _byline_lines(byline for byline in article.bylines if outside(byline.line_span))
    jumps = [jump for jump in article.jumps if outside(jump.span)]
    yield from (Part(Label.BYLINE, text) for text in bylines)
    yield from (Part(Label.JUMP, jump.text) for jump in jumps if jump.direction == "from")
    for paragraph in article.paragraphs:
        yield Part(Label.SUBHEAD if paragraph.kind is ParagraphKind.SUBHEAD else Label.BODY, paragraph.text)
    yield from (Part(Label.CAPTION, full_caption(caption)) for caption in article.captions)
    yield from (Part(Label.JUMP, jump.text) for jump in jumps if jump.direction != "from")
    yield from (Part(Label.EDITOR, editor.text) for editor in article.editors if outside(editor.span))


def _byline_lines(bylines: Iterable[Byline]) -> list[str]:
    """Write the bylines as they stand on the page, a text a printed line: a role once, its names behind it."""
    lines: dict[Span, list[str]] = {}
    role = None
    for byline in bylines:
        words = lines.setdefault(byline.line_span, [])
        repeated = words and byline.role == role
        words.append(byline.name if repeated else " ".join(filter(None, (byline.role, byline.name))))
        role = byline.role
    return [" ".join(words) for words in lines.values()]


def full_caption(caption: Caption) -> str:
    """Give a caption with the credit of its picture, once.

    >>> from newspaper_cli.document import Caption
    >>> full_caption(Caption("A bridge", "J. Doe", ()))
    'A bridge (J. Doe)'
    """
    if caption.credit is None or caption.credit in caption.text:
        return caption.text
    return f"{caption.text} ({caption.credit})"


def _issue_columns(issue: Issue) -> dict[str, Any]:
    fields = issue.issue
    return {
        "source_path": issue.source.path,
        "issue_title": fields.title,
        "issue_date": fields.date,
        "weekday": fields.weekday,
        "lunar_date": fields.lunar_date,
        "issue_number": fields.issue_number,
        "page_count": fields.page_count,
    }


def _head_columns(article: Article) -> dict[str, Any]:
    return {
        "page": article.page,
        "article_id": article.id,
        "kind": article.kind,
        "section": article.section,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "byline": _listed(byline.name for byline in article.bylines),
        "dateline": article.dateline and article.dateline.text,
    }


def _captions(article: Article) -> str | None:
    return _listed(map(full_caption, article.captions))


def _listed(texts: Iterable[str]) -> str | None:
    """Write a list into one cell, repeated texts once: a reporter may be named above and below one article."""
    return "; ".join(dict.fromkeys(texts)) or None


def _caption(name: str) -> str:
    """Turn a field name into words: the two that are abbreviations stay capitals."""
    first, *rest = name.split("_")
    return " ".join((first.upper() if first in {"cn", "issn"} else first.capitalize(), *rest))


def _outside(article: Article) -> Callable[[Span], bool]:
    """Make the test whether a span begins outside the article's paragraphs, by bisection: articles may be long.

    Its beginning decides: a reporter named in brackets may stand over two lines, which are two spans.
    """
    spans = sorted(span for paragraph in article.paragraphs for span in paragraph.spans)

    def test(span: Span) -> bool:
        place = bisect_right(spans, (span[0], inf)) - 1
        return place < 0 or span[0] >= spans[place][1]

    return test
