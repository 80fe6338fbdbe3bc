"""`export`: files and trees of raw pages into one folder of issues, with a manifest."""

# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports wait until the work is done; each parameter is an option

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newspaper_cli.cli import console, options
from newspaper_cli.errors import SomeFailedError, UsageError

if TYPE_CHECKING:
    from newspaper_cli.batch.run import Summary
    from newspaper_cli.batch.tasks import Outcome, Request


class Format(StrEnum):
    """Name the shapes of a batch."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def export(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files of raw text, and folders of them.")],
    folder: Annotated[str, typer.Option("-o", "--output", metavar="FOLDER", help="Where to write; made if need be.")],
    format_: Annotated[
        Format, typer.Option("--format", "-f", help="A JSON file a page, one JSON Lines file, or one CSV file.")
    ] = Format.JSON,
    pattern: options.Pattern = options.TEXT_FILES,
    script: options.ToScript = None,
    language: options.Language = "auto",
    rows: options.RowsOf = options.Rows.ARTICLES,
    bom: options.Bom = False,
    raw_cells: options.RawCells = False,
    weights: options.WeightsFolder = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary; failures are told.")
    ] = False,
) -> None:
    """Write whole folders of raw pages as issues.

    FOLDER gets TREE/NAME.json for each page, or issues.jsonl, or articles.csv, and always manifest.jsonl.
    """
    from newspaper_cli.batch.executors import SerialExecutor
    from newspaper_cli.batch.run import run
    from newspaper_cli.batch.tasks import Options, Request, plan_tasks
    from newspaper_cli.tables import open_weights

    _check_request(paths, folder, language)
    chosen = Options(
        format=format_.value,
        language=language,
        script=script.value if script else None,
        rows=rows.value,
        bom=bom,
        raw_cells=raw_cells,
        weights=open_weights(weights),
    )
    request = Request(tuple(map(Path, paths)), Path(folder), pattern, chosen)
    tasks = plan_tasks(request)
    first = next(tasks, None)
    if first is None:
        message = f"no file fits {pattern!r} in the folders given; choose names with --pattern"
        raise UsageError(message)
    with _progress(request, quiet) as report:
        summary = run(chain([first], tasks), request.folder, chosen, SerialExecutor(), report)
    _conclude(summary, request, quiet)


def _check_request(paths: list[str], folder: str, language: str) -> None:
    """Check what would otherwise fail for every input alike.

    Raises:
        UsageError: the language is unknown, or the output is a file.
        UnreadableError: the only input does not exist.
    """
    from newspaper_cli.batch.paths import exists, is_folder
    from newspaper_cli.source import read_source

    if language != "auto":
        from newspaper_cli.languages import load_language

        load_language(language)
    if exists(folder) and not is_folder(folder):
        message = f"{folder} is a file; -o needs a folder"
        raise UsageError(message)
    if len(paths) == 1 and not exists(paths[0]):
        read_source(Path(paths[0]))


@contextmanager
def _progress(request: "Request", quiet: bool) -> Iterator[Callable[["Outcome"], None]]:
    """Give what is to be called with each outcome: it tells failures and, on a terminal, moves a bar."""
    from newspaper_cli.batch.tasks import plan_tasks
    from newspaper_cli.cli.progress import reading

    done = count(1)
    # Counting walks the folders once more, which costs little and holds nothing.
    with reading(lambda: sum(1 for _ in plan_tasks(request)), quiet=quiet) as advance:

        def report(outcome: "Outcome") -> None:
            _tell_failure(outcome)
            advance(next(done))

        yield report


def _tell_failure(outcome: "Outcome") -> None:
    if outcome.reason is not None:
        path = str(outcome.task.path)
        console.say(outcome.reason if path in outcome.reason else f"{path}: {outcome.reason}")


def _conclude(summary: "Summary", request: "Request", quiet: bool) -> None:
    """Say what was done.

    Raises:
        SomeFailedError: not every input was done.
    """
    if not quiet:
        console.say(
            f"{summary.done} of {summary.inputs} inputs done, {summary.articles} articles, "
            f"{summary.failed} failed, {summary.refused} refused; see {request.folder / 'manifest.jsonl'}"
        )
    missing = summary.failed + summary.refused
    if missing:
        message = f"{missing} of {summary.inputs} inputs are not in the output; the manifest says why"
        raise SomeFailedError(message)
