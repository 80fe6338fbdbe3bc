"""The manifest of a run: one row an input, so that no file disappears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.batch.tasks import Options, Status
from newspaper_cli.export.version import program_version
from newspaper_cli.source import legible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspaper_cli.batch.tasks import Outcome, Task

NAME: Final = "manifest.jsonl"


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold one line of the manifest.

    `sha256` is null where the input could not be read, `reason` where nothing went wrong, `output` where nothing was
    written. `spans` are null where the issue has a file of its own; else they say where in the output it stands: bytes
    of each file, or its number in a database. `seconds` is the time the input took; it is the one value that differs
    between two equal runs.
    """

    path: str
    sha256: str | None
    status: Status
    reason: str | None
    output: str | None
    spans: tuple[tuple[int, int], ...] | None
    articles: int
    characters: int
    seconds: float
    version: str
    options: Options

    @property
    def written(self) -> bool:
        """Tell whether the input is in the output."""
        return self.status is Status.DONE


_ENCODE: Final = msgspec.json.Encoder().encode
_DECODE: Final = msgspec.json.Decoder(Row).decode


def make_rows(task: Task, outcome: Outcome, options: Options) -> Iterator[Row]:
    """Give the rows of a task's inputs."""
    for wanted, figures in zip(task.inputs, outcome.figures, strict=True):
        yield Row(
            path=legible(wanted.name),
            sha256=figures.sha256,
            status=outcome.status,
            reason=outcome.reason and legible(outcome.reason),
            output=outcome.output and legible(outcome.output),
            spans=outcome.spans or None,
            articles=figures.articles,
            characters=figures.characters,
            seconds=round(outcome.seconds / len(task.inputs), 4),
            version=program_version(),
            options=options,
        )


def encode_row(row: Row) -> bytes:
    """Write a row as a line, its line end included."""
    return _ENCODE(row) + b"\n"


def decode_row(line: bytes) -> Row | None:
    """Read a line of a manifest; of a line that was cut off in writing, or is of another program, there is no row."""
    try:
        return _DECODE(line) if line.endswith(b"\n") else None
    except msgspec.DecodeError:
        return None


def manifest_options(options: Options) -> Options:
    """Give options as rows hold them: JSON holds no name that is not text."""
    if not options.weights.folder:
        return options
    weights = msgspec.structs.replace(options.weights, folder=legible(options.weights.folder))
    return msgspec.structs.replace(options, weights=weights)
