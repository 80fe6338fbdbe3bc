"""The values of a batch: what is asked for, the inputs of one issue, and what became of them.

They travel between processes and machines, so they are small and hold nothing but what can be pickled.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

from newspaper_cli.tables import SHIPPED, Weights


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what one run does to every input; the manifest repeats it in each row.

    An input is done anew when any of these has changed. `group_by` says which files are the pages of one issue,
    `shard_size` how many issues one file of a collected format holds, 0 for all in one.
    """

    format: str = "json"
    language: str = "auto"
    script: Literal["hans", "hant"] | None = None
    rows: Literal["articles", "paragraphs"] = "articles"
    bom: bool = False
    raw_cells: bool = False
    group_by: str | None = None
    shard_size: int = 0
    weights: Weights = SHIPPED


class Status(StrEnum):
    """Say what became of an input.

    Refused ones are no text, failed ones may work another time, skipped ones were not to be read: hidden files, links
    to folders.
    """

    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"
    SKIPPED = "skipped"


class Input(msgspec.Struct, frozen=True, gc=False):
    """Name one text: a file or an address, or a member of an archive.

    `size` is in bytes as the listing says, 0 where it does not; `offset` is where a member of a tar begins.
    """

    path: str
    member: str | None = None
    size: int = 0
    offset: int = 0

    @property
    def name(self) -> str:
        """Give the name by which people and the manifest know it."""
        return self.path if self.member is None else f"{self.path}/{self.member}"


class Known(msgspec.Struct, frozen=True, gc=False):
    """Hold what an earlier run made of a task's inputs: for each the SHA-256 of its bytes.

    An input that could not be read has none; it is not tried again.
    """

    digests: tuple[str | None, ...]
    done: bool


class Task(msgspec.Struct, frozen=True, gc=False):
    """Hold the inputs of one issue, most often one file.

    `name` is the path of the source in the output, `output` the file for the issue, relative to the folder of the run
    and without the suffix of the format. A task with a `problem` is not read: `status` says why as the manifest will.
    """

    inputs: tuple[Input, ...]
    name: str
    output: str
    problem: str | None = None
    status: Status = Status.DONE
    known: Known | None = None


class Figures(msgspec.Struct, frozen=True, gc=False):
    """Count one input: `sha256` of its bytes, null if it could not be read, and `size` the number of them."""

    sha256: str | None = None
    articles: int = 0
    characters: int = 0
    size: int = 0


class Outcome(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold what became of one task.

    `figures` has one entry an input. `kept` says that an earlier run did just this. `texts` are the issue's shares of
    the collected files, empty where it has a file of its own; `spans` say where they stand, once they are written.
    `fatal` says that no other task would fare better: a full disk.
    """

    status: Status
    figures: tuple[Figures, ...]
    reason: str | None = None
    seconds: float = 0.0
    kept: bool = False
    fatal: bool = False
    texts: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    output: str | None = None


class Job(msgspec.Struct, frozen=True):
    """Hold what all tasks of a run have in common; `largest` is the most bytes that are read as one text."""

    folder: str
    options: Options = Options()
    largest: int = 1 << 28
