"""Parquet: the rows of the CSV formats as typed columns, written by pyarrow in groups of bounded size."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec.structs import astuple

from newspaper_cli.errors import MissingExtraError, UnwritableError
from newspaper_cli.export.printable import printable
from newspaper_cli.export.records import ArticleRecord, ParagraphRecord, article_records, paragraph_records
from newspaper_cli.export.relations import is_integer
from newspaper_cli.export.version import program_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import ModuleType

    from newspaper_cli.document import Issue
    from newspaper_cli.export.options import ExportOptions
    from newspaper_cli.export.relations import Cell

# Readers skip whole groups of rows, so that they should be large. Values of Python take several times the memory that
# they take in Arrow's arrays, so that rows turn into arrays long before a group is full.
_BATCH_CHARACTERS: Final = 250_000
_GROUP_BATCHES: Final = 8
_RECORDS: Final[dict[str, type[msgspec.Struct]]] = {"articles": ArticleRecord, "paragraphs": ParagraphRecord}
_ROWS: Final = msgspec.json.Decoder(list[list[str | int | None]])


def parquet_row(issue: Issue, options: ExportOptions) -> str:
    """Write all rows of one issue as one line of JSON, which `write_parquet` takes."""
    records = paragraph_records(issue) if options.rows == "paragraphs" else article_records(issue)
    rows = [[printable(cell) if isinstance(cell, str) else cell for cell in astuple(record)] for record in records]
    return msgspec.json.encode(rows).decode() + "\n"


def load_pyarrow() -> tuple[ModuleType, ModuleType]:
    """Import pyarrow where it is used: it is larger than all the rest together.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as missing:
        raise MissingExtraError(extra="parquet", package="pyarrow") from missing
    return pa, parquet


def write_parquet(path: Path, lines: Iterable[str], rows: Literal["articles", "paragraphs"]) -> None:
    """Write the lines of many issues into one file; equal lines give equal bytes under one version of pyarrow.

    The file is whole only when this returns: write it beside its place and move it there.

    Raises:
        MissingExtraError: pyarrow is not installed.
        UnwritableError: the file cannot be written.
    """
    arrow, parquet = load_pyarrow()
    schema = _schema(arrow, _RECORDS[rows])
    try:
        # A name that is no text is known to Python alone, so that Python opens the file.
        with path.open("wb") as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            batches = (_table(arrow, schema, batch) for batch in _batches(lines))
            while group := list(islice(batches, _GROUP_BATCHES)):
                writer.write_table(arrow.concat_tables(group))
    except OSError as error:
        message = f"cannot write {path}: {error.strerror or error}"
        raise UnwritableError(message) from error


def _schema(arrow: Any, record: type[msgspec.Struct]) -> Any:  # noqa: ANN401  # pyarrow has no types
    fields = [
        (name, arrow.int64() if is_integer(record, name) else arrow.string()) for name in record.__struct_fields__
    ]
    return arrow.schema(fields, metadata={"newspaper-cli": program_version()})


def _batches(lines: Iterable[str]) -> Iterator[list[list[Cell]]]:
    """Collect the rows of as many issues as make a batch."""
    batch: list[list[Cell]] = []
    size = 0
    for line in lines:
        batch += _ROWS.decode(line)
        size += len(line)
        if size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _table(arrow: Any, schema: Any, rows: list[list[Cell]]) -> Any:  # noqa: ANN401  # pyarrow has no types
    columns = zip(*rows, strict=True)
    return arrow.table(
        [arrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
