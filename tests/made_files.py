"""Whole files of tables made from issues, for the tests of what other programs read in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspaper_cli.export import ExportOptions
from newspaper_cli.export.database import Database, database_row
from newspaper_cli.export.parquet import parquet_row, write_parquet
from newspaper_cli.export.tables import TABLE_FILES, datapackage, table_headers, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from newspaper_cli.document import Issue


def made_tables(folder: Path, issues: Iterable[Issue], options: ExportOptions = ExportOptions()) -> Path:  # noqa: B008
    """Write the three tables and their package; give the path of the package."""
    pieces = [table_headers(options), *(table_rows(issue, options) for issue in issues)]
    for name, texts in zip(TABLE_FILES, zip(*pieces, strict=True), strict=True):
        (folder / name).write_bytes("".join(texts).encode())
    package = folder / "datapackage.json"
    package.write_bytes(datapackage(folder))
    return package


def made_database(path: Path, issues: Iterable[Issue], *, finished: bool = True) -> Path:
    """Write a database in one commit."""
    with Database.create(path) as database:
        for issue in issues:
            database.insert(database_row(issue))
        database.commit()
        if finished:
            database.finish()
    return path


def made_parquet(path: Path, issues: Iterable[Issue], options: ExportOptions = ExportOptions()) -> Path:  # noqa: B008
    """Write a Parquet file of all the issues."""
    write_parquet(path, [parquet_row(issue, options) for issue in issues], options.rows)
    return path
