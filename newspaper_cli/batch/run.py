"""The run: tasks to outcomes, outcomes to files and manifest rows, in the order of the tasks."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from newspaper_cli.batch.atomic import make_folder, replacing
from newspaper_cli.batch.manifest import NAME, manifest_line
from newspaper_cli.batch.tasks import Status
from newspaper_cli.batch.work import Perform, collected_name, header, output_name
from newspaper_cli.errors import UnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from newspaper_cli.batch.executors import Executor
    from newspaper_cli.batch.tasks import Options, Outcome, Task


class Summary(msgspec.Struct, frozen=True):
    """Count what became of the inputs of a run."""

    done: int = 0
    failed: int = 0
    refused: int = 0
    articles: int = 0
    characters: int = 0

    @property
    def inputs(self) -> int:
        """Give the number of inputs; each is in exactly one of the counts."""
        return self.done + self.failed + self.refused

    def count(self, outcome: Outcome) -> Summary:
        """Give the summary with one outcome more."""
        return Summary(
            self.done + (outcome.status is Status.DONE),
            self.failed + (outcome.status is Status.FAILED),
            self.refused + (outcome.status is Status.REFUSED),
            self.articles + outcome.articles,
            self.characters + outcome.characters,
        )


def run(
    tasks: Iterable[Task], folder: Path, options: Options, executor: Executor, report: Callable[[Outcome], None]
) -> Summary:
    """Do every task and leave a manifest row for each; `report` sees each outcome as it comes.

    The manifest is written line by line: a run that is stopped leaves the rows of all that was done. A collected file
    takes its name only when the run is complete.

    Raises:
        UsageError: the format is unknown or cannot hold a batch.
        UnwritableError: the manifest or the collected file cannot be written.
    """
    collected = collected_name(options)
    make_folder(folder)
    summary = Summary()
    with ExitStack() as stack:
        manifest = stack.enter_context(_open_log(folder / NAME))
        whole = stack.enter_context(replacing(folder / collected)) if collected else None
        if whole:
            whole.write(header(options).encode())
        for outcome in executor.map(Perform(folder), tasks):
            if whole:
                whole.write(outcome.text.encode())
            manifest.write(_row(outcome))
            manifest.flush()
            report(outcome)
            summary = summary.count(outcome)
    return summary


def _open_log(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        message = f"cannot write {path}: {error.strerror or error}"
        raise UnwritableError(message) from error


def _row(outcome: Outcome) -> bytes:
    return manifest_line(outcome, output_name(outcome.task) if outcome.status is Status.DONE else None)
