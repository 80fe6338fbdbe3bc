"""CSV after RFC 4180: one row an article, a paragraph, or an issue's masthead; safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from msgspec.structs import astuple

from newspaper_cli.characters import BYTE_ORDER_MARK
from newspaper_cli.export.printable import printable
from newspaper_cli.export.records import (
    META_COLUMNS,
    ArticleRecord,
    ParagraphRecord,
    article_records,
    meta_row,
    paragraph_records,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from newspaper_cli.document import Issue
    from newspaper_cli.export.options import ExportOptions

    Row = Sequence[object]

# OWASP, "CSV Injection": a spreadsheet runs a cell that begins with = + - or @; East Asian editions take the full-width
# and small forms for the same, and white space or an invisible character before them is no protection everywhere.
_FORMULA: Final = re.compile(r"[\t\r\n]|[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")


def render_csv(issues: Iterable[Issue], options: ExportOptions) -> Iterator[str]:
    """Write the header and the rows of every issue, the rows of one issue at a time."""
    yield from csv_headers(options)
    for issue in issues:
        yield csv_share(issue, options)


def csv_headers(options: ExportOptions) -> tuple[str]:
    """Write the header of a file of many issues."""
    record = ParagraphRecord if options.rows == "paragraphs" else ArticleRecord
    return (header(record.__struct_fields__, options),)


def csv_share(issue: Issue, options: ExportOptions) -> str:
    """Write the rows of one issue of many."""
    records = paragraph_records(issue) if options.rows == "paragraphs" else article_records(issue)
    return lines([astuple(record) for record in records], options)


def render_meta_csv(issues: Iterable[Issue], options: ExportOptions) -> Iterator[str]:
    """Write the header and one row an issue, each field with the printed text behind it in a column of its own."""
    yield header(META_COLUMNS, options)
    for issue in issues:
        yield lines([meta_row(issue)], options)


def header(columns: Sequence[str], options: ExportOptions) -> str:
    """Write the line of column names that opens a sheet, behind a byte order mark where one is asked for."""
    return (BYTE_ORDER_MARK if options.bom else "") + _written([columns], printable)


def lines(rows: Iterable[Row], options: ExportOptions) -> str:
    """Write rows, each cell neutralised unless raw cells are asked for."""
    return _written(rows, printable if options.raw_cells else _safe)


def neutralised(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    >>> [neutralised(text) for text in ("=1+1", "－３℃", " @x", "1-2")]
    ["'=1+1", "'－３℃", "' @x", '1-2']
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _written(rows: Iterable[Row], write: Callable[[str], str]) -> str:
    sheet = StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerows([write(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return sheet.getvalue()


def _safe(text: str) -> str:
    """Neutralise before cleaning: what a cell begins with must not hide behind a replaced control character."""
    return printable(neutralised(text))
