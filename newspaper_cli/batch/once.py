"""No input twice, and no two outputs of one name, in a list of any length.

What has come by is remembered on disk: a list may have millions of lines.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from newspaper_cli.batch.naming import key_of
from newspaper_cli.batch.tasks import Status
from newspaper_cli.source import legible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from newspaper_cli.batch.tasks import Task

_TWICE: Final = "the path was given before"


def each_once(tasks: Iterable[Task]) -> Iterator[Task]:
    """Let tasks through, those that came before marked as skipped, and outputs of one name numbered."""
    import sqlite3  # noqa: PLC0415  # only lists need it

    # An empty name is a file of SQLite's own that is gone when it is closed.
    with closing(sqlite3.connect("")) as seen:
        seen.execute("PRAGMA journal_mode=OFF")
        seen.execute("CREATE TABLE seen (name TEXT PRIMARY KEY) WITHOUT ROWID")
        for task in tasks:
            if not _is_new(seen, f"path {legible(task.name)}"):
                yield replace(task, problem=_TWICE, status=Status.SKIPPED)
                continue
            output, count = task.output, 1
            while not _is_new(seen, f"output {legible(key_of(output))}"):
                count += 1
                output = f"{task.output}~{count}"
            yield task if count == 1 else replace(task, output=output)


def _is_new(seen: sqlite3.Connection, name: str) -> bool:
    return seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (name,)).rowcount == 1
