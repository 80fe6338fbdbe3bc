"""Three CSV tables that belong together, issues, articles and paragraphs, and the package that describes them.

The cells are those of the other CSV formats; `issues.csv` is what `meta --format csv` prints.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, Final

import msgspec

from newspaper_cli.export.csv_ import header, lines
from newspaper_cli.export.relations import ARTICLE_COLUMNS, ISSUE_COLUMNS, PARAGRAPH_COLUMNS, relate
from newspaper_cli.export.version import program_version
from newspaper_cli.labels import ArticleKind, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from newspaper_cli.document import Issue
    from newspaper_cli.export.options import ExportOptions
    from newspaper_cli.export.relations import Column


class _Table(msgspec.Struct, frozen=True):
    """Hold what a data package says of one table; `parent` is the table that its key begins with the key of."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parent: str | None = None

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


_TABLES: Final = (
    _Table("issues", "One row an issue: what its masthead says.", ISSUE_COLUMNS, ("source_path",)),
    _Table("articles", "One row an article.", ARTICLE_COLUMNS, ("source_path", "article_id"), "issues"),
    _Table(
        "paragraphs",
        "One row a paragraph, with its place in the source.",
        PARAGRAPH_COLUMNS,
        ("source_path", "article_id", "paragraph"),
        "articles",
    ),
)
TABLE_FILES: Final = tuple(table.file for table in _TABLES)
_DIALECT: Final = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
_WORDS: Final = {"kind": ArticleKind, "paragraph_kind": ParagraphKind}


def table_headers(options: ExportOptions) -> tuple[str, str, str]:
    """Write what opens the files of issues, articles and paragraphs."""
    issues, articles, paragraphs = (header([column.name for column in table.columns], options) for table in _TABLES)
    return issues, articles, paragraphs


def table_rows(issue: Issue, options: ExportOptions) -> tuple[str, str, str]:
    """Write the rows of one issue in the files of issues, articles and paragraphs: one, and as many as there are."""
    found = relate(issue)
    return lines([found.issue], options), lines(found.articles, options), lines(found.paragraphs, options)


def datapackage(folder: Path) -> bytes:
    """Describe the three files of a folder as a Data Package (Frictionless Data), with the hash of each as it is now.

    The descriptor keeps to what versions 1 and 2 of the standard share, so that programs of both read it. It holds with
    a byte order mark too: `utf-8` is the registered name for both. The dialect is that of the standard, but said: where
    it is not, the programs of Frictionless guess it from the first rows, and a page can make them guess wrong.
    """
    package = {
        "name": "newspaper-issues",
        "title": "Newspaper issues with their articles and paragraphs",
        "generator": f"newspaper-cli {program_version()}",
        "resources": [_resource(table, folder) for table in _TABLES],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=1) + b"\n"


def _resource(table: _Table, folder: Path) -> dict[str, Any]:
    with (folder / table.file).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": table.name,
        "path": table.file,
        "description": table.description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": _schema(table),
    }


def _schema(table: _Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, table.key) for column in table.columns],
        "missingValues": [""],
        "primaryKey": table.key,
    }
    if table.parent:
        shared = table.key[:-1]
        schema["foreignKeys"] = [{"fields": shared, "reference": {"resource": table.parent, "fields": shared}}]
    return schema


def _field(column: Column, key: Sequence[str]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": "string", "description": column.description}
    if column.integer:
        field["type"] = "integer"
    elif column.name == "date":
        field["type"] = "date"
    constraints: dict[str, Any] = {"required": True} if column.name in key else {}
    if words := _WORDS.get(column.name):
        constraints["enum"] = [str(word) for word in words]
    return {**field, "constraints": constraints} if constraints else field
