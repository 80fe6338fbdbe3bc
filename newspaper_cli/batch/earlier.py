"""What earlier runs wrote into a manifest, found again by the path of the input.

The index lies on disk: a manifest may have millions of rows.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec

from newspaper_cli.batch.manifest import Row, decode_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path


class Place(msgspec.Struct, frozen=True, gc=False):
    """Say where a row stands: in which of the manifests, and from which byte to which.

    `pages` is the number of rows of an issue for the first of them, 0 for the others.
    """

    manifest: int
    start: int
    end: int
    pages: int


class Earlier:
    """Find the rows of manifests by path; where several have a row for it, the last one counts."""

    def __init__(self, manifests: Sequence[Path], counts: Callable[[Row], bool]) -> None:
        """Read the manifests; rows that do not count are left out."""
        import sqlite3  # noqa: PLC0415  # only batches need it

        # An empty name is a file of SQLite's own that is gone when it is closed.
        self._index = sqlite3.connect("")
        self._index.execute("PRAGMA journal_mode=OFF")
        self._index.execute("CREATE TABLE rows (path TEXT PRIMARY KEY, manifest, start, end, pages) WITHOUT ROWID")
        self._index.execute("CREATE TABLE shards (name TEXT PRIMARY KEY, first TEXT, issues) WITHOUT ROWID")
        self._files: list[BinaryIO] = []
        for number, path in enumerate(manifests):
            self._files.append(path.open("rb"))
            rows = self._shards_noted(found for found in read_rows(self._files[-1]) if counts(found[0]))
            places = ((row.path, number, start, end, pages) for row, start, end, pages in _counted(rows))
            self._index.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?)", places)
        self.empty = self._index.execute("SELECT 1 FROM rows LIMIT 1").fetchone() is None

    def find(self, path: str) -> tuple[Row, Place] | None:
        """Give the row of an input and where it stands."""
        found = (
            None
            if self.empty
            else self._index.execute("SELECT manifest, start, end, pages FROM rows WHERE path = ?", (path,)).fetchone()
        )
        if found is None:
            return None
        place = Place(*found)
        row = self.row(place)
        return None if row is None else (row, place)

    def shard(self, name: str) -> tuple[str, int] | None:
        """Give the path of the first input in a shard, as it was written last, and the number of its issues."""
        found: tuple[str, int] | None
        found = self._index.execute("SELECT first, issues FROM shards WHERE name = ?", (name,)).fetchone()
        return found

    def _shards_noted(self, rows: Iterable[tuple[Row, int, int]]) -> Iterator[tuple[Row, int, int]]:
        """Let rows through and note what each shard holds: issues one behind the other, else it was written anew."""
        name, first, issues, spans = "", "", 0, None
        for row, start, end in rows:
            if row.options.shard_size and row.spans and row.spans != spans:
                follows = row.output == name and spans is not None and row.spans[0][0] == spans[0][1]
                first, issues = (first, issues + 1) if follows else (row.path, 1)
                name, spans = row.output or "", row.spans
                self._index.execute("INSERT OR REPLACE INTO shards VALUES (?, ?, ?)", (name, first, issues))
            yield row, start, end

    def row(self, place: Place) -> Row | None:
        """Read the row that stands at a place."""
        file = self._files[place.manifest]
        file.seek(place.start)
        return decode_row(file.read(place.end - place.start))

    def __enter__(self) -> Self:
        """Keep the manifests open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close them."""
        self._index.close()
        for file in self._files:
            file.close()


def _counted(rows: Iterable[tuple[Row, int, int]]) -> Iterator[tuple[Row, int, int, int]]:
    """Give rows, and with the first of each issue the number of its pages."""
    for _, found in groupby(rows, lambda found: issue_of(found[0])):
        issue = list(found)
        yield from ((*page, 0 if number else len(issue)) for number, page in enumerate(issue))


def issue_of(row: Row) -> object:
    """Give what the rows of one issue have in common, and of two issues that stand together do not."""
    if row.options.group_by is None:
        return row.path
    return row.status, row.reason, row.output, row.spans, row.seconds


def read_rows(file: BinaryIO) -> Iterator[tuple[Row, int, int]]:
    """Give the rows of a manifest, each with where it begins and ends, up to one that was cut off in writing."""
    start = 0
    for line in file:
        row = decode_row(line)
        if row is None:
            return
        yield row, start, start + len(line)
        start += len(line)
