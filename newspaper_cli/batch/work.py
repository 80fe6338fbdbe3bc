"""The work on one input: read it, write its issue, and say what became of it."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from newspaper_cli.batch.atomic import write_whole
from newspaper_cli.batch.paths import is_same
from newspaper_cli.batch.tasks import Outcome, Status, Task
from newspaper_cli.errors import NewspaperError, UnreadableError, UnwritableError, UsageError
from newspaper_cli.export import FORMATS, ExportOptions, render
from newspaper_cli.pipeline import read_issue
from newspaper_cli.script import to_script
from newspaper_cli.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from newspaper_cli.batch.tasks import Options
    from newspaper_cli.document import Issue, Source


class Perform(msgspec.Struct, frozen=True):
    """Do one task below a folder; a value rather than a closure, so that other processes can be given it."""

    folder: Path

    def __call__(self, task: Task) -> Outcome:
        """Read one input and write its issue, or give its share of the collected file; no failure ends the run."""
        began = time.perf_counter()
        outcome = _attempt(task, self.folder)
        return msgspec.structs.replace(outcome, seconds=time.perf_counter() - began)


def collected_name(options: Options) -> str | None:
    """Name the one file that a format puts all issues into; None for a file an input.

    Raises:
        UsageError: the format is unknown or made for reading, not for batches.
    """
    chosen = FORMATS.get(options.format)
    if chosen is None:
        message = f"unknown format {options.format!r}; choose one of: {', '.join(FORMATS)}"
        raise UsageError(message)
    return chosen.collected


@cache
def header(options: Options) -> str:
    """Give what a format writes before the first issue, and where there is none: the column names of a table."""
    return "".join(render([], options.format, _export_options(options)))


def output_name(task: Task) -> str:
    """Name the file that holds this input's issue, relative to the folder of the run."""
    return collected_name(task.options) or f"{task.output}{FORMATS[task.options.format].suffix}"


def _attempt(task: Task, folder: Path) -> Outcome:
    source = None
    try:
        if task.problem:
            return Outcome(task=task, status=Status.REFUSED, reason=task.problem)
        source = read_source(task.path)
        issue = read_issue(source, task.options.language, task.options.weights)
        return _deliver(task, source, issue, folder)
    except NewspaperError as error:
        # Behind a file that could not be read stands an error of the system; one that is no text was read well.
        refused = isinstance(error, UnreadableError) and not isinstance(error.__cause__, OSError)
        return _unfinished(task, source, Status.REFUSED if refused else Status.FAILED, str(error))
    except Exception as error:  # noqa: BLE001  # one input, whatever it does to the program, must not end the run
        return _unfinished(task, source, Status.FAILED, _describe_bug(error))


def _deliver(task: Task, source: Source, issue: Issue, folder: Path) -> Outcome:
    text = _render(issue, task.options)
    if collected_name(task.options) is None:
        output = folder / output_name(task)
        if is_same(output, task.path):
            message = f"{task.path} would be written over; choose another output folder"
            raise UnwritableError(message)
        write_whole(output, text.encode())
        text = ""
    return Outcome(
        task=task,
        status=Status.DONE,
        sha256=source.sha256,
        articles=len(issue.articles),
        characters=len(source.text),
        text=text,
    )


def _unfinished(task: Task, source: Source | None, status: Status, reason: str) -> Outcome:
    return Outcome(
        task=task,
        status=status,
        reason=reason,
        sha256=source.sha256 if source else None,
        characters=len(source.text) if source else 0,
    )


def _describe_bug(error: Exception) -> str:
    """Say what went wrong and where in the program, in one line that a bug report can quote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else ""
    return f"a bug in the program: {type(error).__name__}: {error}{place}"


def _render(issue: Issue, options: Options) -> str:
    """Write one issue as it stands in the output; in a collected file the header stands once, above all."""
    shown = to_script(issue, options.script) if options.script else issue
    text = "".join(render([shown], options.format, _export_options(options)))
    return text.removeprefix(header(options)) if collected_name(options) else text


def _export_options(options: Options) -> ExportOptions:
    return ExportOptions(rows=options.rows, bom=options.bom, raw_cells=options.raw_cells)
