"""`export`: files and trees of raw pages into one folder of issues, with a manifest."""

# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports wait until the work is done; each parameter is an option

import signal
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from newspaper_cli.cli import console, options
from newspaper_cli.errors import SomeFailedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from newspaper_cli.batch.planning import Request
    from newspaper_cli.batch.run import Conduct, Summary
    from newspaper_cli.batch.tasks import Task
    from newspaper_cli.cli.progress import Manner, RunProgress


class Format(StrEnum):
    """Name the shapes of a batch."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    SQLITE = "sqlite"
    PARQUET = "parquet"


# Of these a file is written as a whole: issues are collected a shard at a time.
_SHARD = 10_000
# Seconds. The system counts the milliseconds of a wait in 31 bits.
_LONGEST = 1_000_000


def export(
    folder: Annotated[str, typer.Option("-o", "--output", metavar="FOLDER", help="Where to write; made if need be.")],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="Files of raw text, folders, archives, globs, and addresses of them.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", "-f", help="A JSON file an issue, or JSON Lines, CSV, SQLite or Parquet files of many."
        ),
    ] = Format.JSON,
    tables: Annotated[
        bool, typer.Option("--tables", help="With CSV: issues, articles and paragraphs, and a data package.")
    ] = False,
    pattern: options.Pattern = options.TEXT_FILES,
    files_from: Annotated[
        str | None,
        typer.Option("--files-from", metavar="FILE", help="Read the paths from a file, or - for standard input."),
    ] = None,
    group_by: Annotated[
        str | None,
        typer.Option(
            "--group-by",
            metavar="HOW",
            help="Files that are pages of one issue: folder, or a name such as {issue}_{page}.txt.",
            show_default=False,
        ),
    ] = None,
    script: options.ToScript = None,
    language: options.Language = "auto",
    rows: options.RowsOf = options.Rows.ARTICLES,
    bom: options.Bom = False,
    raw_cells: options.RawCells = False,
    weights: options.WeightsFolder = None,
    shard_size: Annotated[
        int | None,
        typer.Option("--shard-size", metavar="N", min=1, help="Issues in one file of many.", show_default=False),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", metavar="N", min=0, help="Processes, by default one a core; 0 for none.", show_default=False
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask", metavar="ADDRESS", help="Work on a Dask cluster; local starts one here.", show_default=False
        ),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option("--timeout", metavar="SECONDS", min=0.01, max=_LONGEST, help="The longest one input may take."),
    ] = 300,
    unordered: Annotated[
        bool, typer.Option("--unordered", help="Write issues as they are done, not in the order of the inputs.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed in earlier runs.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Do everything anew, whatever earlier runs have done.")
    ] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first input that is not done.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary; failures are told.")
    ] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Write messages as lines of JSON.")] = False,
) -> None:
    """Write whole folders of raw pages as issues.

    FOLDER gets TREE/NAME.json for each page, or one file of all, and always manifest.jsonl. A run that was stopped goes
    on where it was when the same command is given again.
    """
    from newspaper_cli.batch.executors import Means
    from newspaper_cli.batch.planning import Request
    from newspaper_cli.batch.run import Conduct
    from newspaper_cli.batch.tasks import Options
    from newspaper_cli.cli.progress import Manner
    from newspaper_cli.tables import open_weights

    chosen = Options(
        format=_format_name(format_, tables),
        language=language,
        script=script.value if script else None,
        rows=rows.value,
        bom=bom,
        raw_cells=raw_cells,
        group_by=group_by,
        shard_size=_shard_size(shard_size, format_, folder, tables),
        weights=open_weights(weights),
    )
    request = Request(tuple(paths or ()), folder, pattern, chosen)
    _check_request(request, files_from)
    conduct = Conduct(
        means=Means(jobs=jobs, dask=dask, timeout=timeout),
        fresh=fresh,
        retry_failed=retry_failed,
        ordered=not unordered,
        fail_fast=fail_fast,
    )
    manner = Manner.QUIET if quiet else Manner.JSON if log_json else Manner.SHOWN
    _run(request, files_from, conduct, manner)


def _format_name(format_: Format, tables: bool) -> str:
    """Name the format as the registry does.

    Raises:
        UsageError: tables are asked for that are not CSV.
    """
    if tables and format_ is not Format.CSV:
        message = "--tables are CSV files; add --format csv"
        raise UsageError(message)
    return "tables" if tables else format_.value


def _shard_size(asked: int | None, format_: Format, folder: str, tables: bool) -> int:
    """Tell how many issues one file holds, 0 for all.

    Raises:
        UsageError: the format has no files of many issues.
    """
    from newspaper_cli.batch.remote import is_remote

    if asked and (format_ is Format.JSON or tables):
        message = "--shard-size is for files of many issues: jsonl, csv, sqlite and parquet, without --tables"
        raise UsageError(message)
    collected_there = is_remote(folder) and format_ is not Format.JSON
    if tables and collected_there:
        message = (
            "tables are written one row after the other, which no address can do; give -o a folder of this machine"
        )
        raise UsageError(message)
    return asked or (_SHARD if format_ is Format.PARQUET or collected_there else 0)


def _check_request(request: "Request", files_from: str | None) -> None:
    """Check what would otherwise fail for every input alike.

    Raises:
        UsageError: there is nothing to read, the language is unknown, or the output is a file.
        UnreadableError: the only input does not exist.
        MissingExtraError: the format needs a package that is not installed.
    """
    from pathlib import Path

    from newspaper_cli.batch.paths import exists, is_folder
    from newspaper_cli.batch.planning import is_single
    from newspaper_cli.batch.shares import check_format
    from newspaper_cli.source import read_source

    if bool(request.paths) == (files_from is not None):
        message = "give PATHs to read, or a list of them with --files-from"
        raise UsageError(message)
    if files_from is not None and request.options.group_by is not None:
        message = "--group-by needs the folders that the pages lie in: give them as PATHs, not as a list"
        raise UsageError(message)
    if request.options.language != "auto":
        from newspaper_cli.languages import load_language

        load_language(request.options.language)
    if exists(request.folder) and not is_folder(request.folder):
        message = f"{request.folder} is a file; -o needs a folder"
        raise UsageError(message)
    check_format(request.options)
    request.grouping.check()
    if len(request.paths) == 1 and is_single(request.paths[0]) and not exists(request.paths[0]):
        read_source(Path(request.paths[0]))


def _run(request: "Request", files_from: str | None, conduct: "Conduct", manner: "Manner") -> None:
    from newspaper_cli.batch.planning import plan_listed, plan_tasks
    from newspaper_cli.batch.run import Run
    from newspaper_cli.batch.tasks import Job
    from newspaper_cli.cli.inputs import read_list
    from newspaper_cli.cli.progress import RunProgress

    def plan() -> "Iterator[Task]":
        return plan_tasks(request) if files_from is None else plan_listed(read_list(files_from), request)

    tasks = plan()
    first = next(tasks, None)
    if first is None:
        message = f"no file fits {request.pattern!r} in the folders given; choose names with --pattern"
        raise UsageError(message if files_from is None else f"{files_from} lists no file")
    # Counting walks the folders once more, which costs little and holds nothing; a list can be read only once.
    countable = files_from is None
    progress = RunProgress((lambda: sum(len(task.inputs) for task in plan())) if countable else None, manner)
    with progress.shown(), _stopping(progress):
        summary = Run(Job(request.folder, request.options), conduct, progress).do(chain([first], tasks))
    _conclude(summary, request.folder, progress)


@contextmanager
def _stopping(progress: "RunProgress") -> "Iterator[None]":
    """Let the first request to stop finish what is in hand, and the second one stop at once."""

    def stop(number: int, frame: "FrameType | None") -> None:
        if progress.stopped:
            signal.default_int_handler(number, frame)
        progress.stopped = True
        console.say("stopping when what is in hand is done; once more stops at once")

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(name, stop) for name in signals]
    try:
        yield
    finally:
        for name, handler in zip(signals, before, strict=True):
            signal.signal(name, handler)


def _conclude(summary: "Summary", folder: str, progress: "RunProgress") -> None:
    """Say what was done.

    Raises:
        KeyboardInterrupt: somebody stopped it.
        SomeFailedError: not every input was done.
    """
    progress.conclude(summary, folder)
    if progress.stopped:
        raise KeyboardInterrupt
    if summary.missing:
        message = f"{summary.missing} of {summary.inputs} inputs are not in the output; the manifest says why"
        raise SomeFailedError(message)
