"""Issues as three related tables: their columns, what each means, and their rows.

Issues are told apart by `source_path`, articles by that and `article_id`, paragraphs by both and `paragraph`. No table
repeats what another one holds but these keys.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from newspaper_cli.document import IssueFields
from newspaper_cli.export.records import (
    VALUE_FIELDS,
    ArticleRecord,
    ParagraphRecord,
    article_records,
    meta_row,
    paragraph_records,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newspaper_cli.document import Issue

Cell: TypeAlias = str | int | None
Row: TypeAlias = tuple[Cell, ...]

# What the columns of an issue mean, but for those that only repeat the print of another one.
_ISSUE: Final = {
    "source_path": "Path of the file that the issue was read from.",
    "title": "Name of the newspaper.",
    "title_alternative": "Name of the newspaper in another language or script.",
    "date": "Day of the issue in the Gregorian calendar.",
    "weekday": "Day of the week of that date, as schema.org names it.",
    "lunar_date": "Day of the issue in the Chinese lunar calendar: year of the sixty-year cycle, month and day.",
    "solar_term": "Solar term that begins on the day of the issue or is named in the masthead.",
    "era_date": "Date as counted from the beginning of an era, as printed.",
    "issue_number": "Serial number of the issue, in digits.",
    "volume": "Volume or year of publication.",
    "page_count": "Number of pages that the masthead says the issue has.",
    "edition": "Edition: morning, evening, city and the like.",
    "place": "Place of publication.",
    "publisher": "Who publishes or supervises the newspaper.",
    "cn_number": "Number of the newspaper in the national register of China (CN).",
    "issn": "International Standard Serial Number.",
    "postal_code": "Number under which the newspaper is ordered at a post office.",
    "price": "Price as printed.",
    "weather": "Weather as printed in the masthead.",
    "contacts": "Telephone lines and addresses of the masthead, parted by semicolons.",
    "editors": "Credits of the makers of the issue, parted by semicolons.",
    "basis": "How each value came about: printed, completed or inferred.",
    "checks": "What the printed day, number and calendars were compared with, and whether they agree.",
    "notes": "Codes of what a reader should know of the result.",
}
_ARTICLE: Final = {
    "source_path": "The issue that the article stands in.",
    "article_id": "Identifier of the article within its file, in the order of reading.",
    "page": "Number of the page on which the article begins, counted from 1 in the file.",
    "kind": "What kind of text the article is.",
    "section": "Section or column that the article stands in.",
    "kicker": "Line above the headline that leads into it.",
    "headline": "Main line of the heading.",
    "deck": "Line below the headline that adds to it.",
    "byline": "Names of those who wrote the article, parted by semicolons.",
    "dateline": "Agency, place and day that open the article, as printed.",
    "body": "Text of the article: paragraphs and subheads parted by a blank line.",
    "captions": "Texts below pictures, parted by semicolons.",
    "characters": "Length of the paragraphs in code points.",
}
_PARAGRAPH: Final = {
    "source_path": "The issue that the article stands in.",
    "article_id": "The article that the paragraph belongs to.",
    "paragraph": "Place of the paragraph in its article, counted from 1.",
    "paragraph_kind": "Running text, or a heading between paragraphs.",
    "start": "Where the paragraph begins in the decoded file, in code points counted from 0.",
    "end": "Where the paragraph ends in the decoded file: the code point behind its last one.",
    "text": "Text of the paragraph.",
    "characters": "Length of the text in code points.",
}


class Column(msgspec.Struct, frozen=True):
    """Hold one column of a table: its name, whether it holds whole numbers or else text, and what it means."""

    name: str
    integer: bool
    description: str


class Relations(msgspec.Struct, frozen=True):
    """Hold the rows of one issue; `owners` gives for each paragraph the place of its article among `articles`."""

    issue: Row
    articles: tuple[Row, ...]
    paragraphs: tuple[Row, ...]
    owners: tuple[int, ...]


def is_integer(record: type[msgspec.Struct], name: str) -> bool:
    """Tell whether a field of a record holds whole numbers, by its type."""
    return next((field.type == int | None for field in msgspec.structs.fields(record) if field.name == name), False)


def _described(record: type[msgspec.Struct], descriptions: dict[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, is_integer(record, name), text) for name, text in descriptions.items())


def _printed() -> Iterable[Column]:
    return (Column(f"{name}_printed", False, f"What is printed for `{name}`.") for name in VALUE_FIELDS)  # noqa: FBT003


ISSUE_COLUMNS: Final = (*_described(IssueFields, _ISSUE), *_printed())
ARTICLE_COLUMNS: Final = _described(ArticleRecord, _ARTICLE)
PARAGRAPH_COLUMNS: Final = _described(ParagraphRecord, _PARAGRAPH)

_ARTICLE_ROW: Final = attrgetter(*_ARTICLE)
_PARAGRAPH_ROW: Final = attrgetter(*_PARAGRAPH)


def relate(issue: Issue) -> Relations:
    """Take an issue apart into the rows of the three tables."""
    articles = (record for record in article_records(issue) if record.article_id is not None)
    paragraphs = (record for record in paragraph_records(issue) if record.paragraph is not None)
    return Relations(
        issue=meta_row(issue),
        articles=tuple(map(_ARTICLE_ROW, articles)),
        paragraphs=tuple(map(_PARAGRAPH_ROW, paragraphs)),
        owners=tuple(place for place, article in enumerate(issue.articles) for _ in article.paragraphs),
    )
