"""What each issue gives to the output of a run: a file of its own, or its shares of files that hold many."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from newspaper_cli.errors import UsageError
from newspaper_cli.export import COLLECTED, FORMATS, ExportOptions, render
from newspaper_cli.export.printable import printable

if TYPE_CHECKING:
    from pathlib import Path

    from newspaper_cli.batch.tasks import Options
    from newspaper_cli.document import Issue, Source


def collected_names(options: Options) -> tuple[str, ...]:
    """Name the files that a format puts all issues into; none for a file an issue.

    Raises:
        UsageError: the format is unknown.
    """
    if options.format not in {*COLLECTED, *FORMATS}:
        message = f"unknown format {options.format!r}; choose one of: {', '.join({**FORMATS, **COLLECTED})}"
        raise UsageError(message)
    return COLLECTED[options.format].files if options.format in COLLECTED else ()


def check_format(options: Options) -> None:
    """Check that the format is known and can be written here.

    Raises:
        UsageError: it is unknown.
        MissingExtraError: it needs a package that is not installed.
    """
    collected_names(options)
    if options.format == "parquet":
        from newspaper_cli.export.parquet import load_pyarrow  # noqa: PLC0415  # large, and seldom there

        load_pyarrow()


def is_collected(options: Options) -> bool:
    """Tell whether issues share files."""
    return options.format in COLLECTED


def file_suffix(options: Options) -> str:
    """Give the suffix of an issue's own file."""
    return FORMATS[options.format].suffix


def own_file(issue: Issue, options: Options) -> str:
    """Write an issue as a file of its own."""
    return "".join(render([issue], options.format, export_options(options)))


def marks(source: Source, options: Options) -> tuple[bytes, ...]:
    """Give what only the own file of one source has at its head; of the formats JSON alone names the source there."""
    if options.format != "json":
        return ()
    return msgspec.json.encode(printable(source.path or "")), source.sha256.encode()


def shares(issue: Issue, options: Options) -> tuple[str, ...]:
    """Write what an issue gives to each of the collected files: headers stand once, above all."""
    return COLLECTED[options.format].shares(issue, export_options(options))


@cache
def headers(options: Options) -> tuple[str, ...]:
    """Give what each of the collected files begins with: the column names of a table."""
    return COLLECTED[options.format].headers(export_options(options))


def companion(folder: Path, options: Options) -> tuple[str, bytes] | None:
    """Give the file that describes the collected files of a folder, its name and its content; most need none."""
    if options.format != "tables":
        return None
    from newspaper_cli.export.tables import datapackage  # noqa: PLC0415  # most runs need none

    return "datapackage.json", datapackage(folder)


def export_options(options: Options) -> ExportOptions:
    """Give the choices that the formats know."""
    return ExportOptions(rows=options.rows, bom=options.bom, raw_cells=options.raw_cells)
