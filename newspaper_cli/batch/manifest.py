"""The manifest of a run: one row an input, so that no file disappears."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from os import fsencode
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

    from newspaper_cli.batch.tasks import Options, Outcome, Status

NAME: Final = "manifest.jsonl"
_ENCODE: Final = msgspec.json.Encoder().encode


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one line of the manifest.

    `sha256` is null where the input could not be read, `reason` where nothing went wrong, `output` where the input has
    no file of its own. `seconds` is the time the input took; it is the one value that differs between two equal runs.
    """

    path: str
    sha256: str | None
    status: Status
    reason: str | None
    output: str | None
    articles: int
    characters: int
    seconds: float
    version: str
    options: Options


def manifest_line(outcome: Outcome, output: str | None) -> bytes:
    """Write the row of one outcome, its line end included."""
    row = Row(
        path=_legible(outcome.task.path),
        sha256=outcome.sha256,
        status=outcome.status,
        reason=outcome.reason,
        output=output and _legible(output),
        articles=outcome.articles,
        characters=outcome.characters,
        seconds=round(outcome.seconds, 4),
        version=program_version(),
        options=_legible_options(outcome.task.options),
    )
    return _ENCODE(row) + b"\n"


def _legible(path: Path | str) -> str:
    """Give a path as text that JSON can hold: names of files are bytes, and not all of them are UTF-8."""
    return fsencode(path).decode("utf-8", "replace")


def _legible_options(options: Options) -> Options:
    if not options.weights.folder:
        return options
    weights = msgspec.structs.replace(options.weights, folder=_legible(options.weights.folder))
    return msgspec.structs.replace(options, weights=weights)


@cache
def program_version() -> str:
    """Give the version under which the package is installed; a checkout that is not installed has none."""
    try:
        return version("newspaper-cli")
    except PackageNotFoundError:
        return "unknown"
