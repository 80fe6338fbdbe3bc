"""What earlier runs wrote into a manifest, found again by the path of the input.

The index lies on disk: a manifest may have millions of rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec

from newspaper_cli.batch.manifest import Row, decode_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


class Place(msgspec.Struct, frozen=True, gc=False):
    """Say where a row stands: in which of the manifests, and from which byte to which."""

    manifest: int
    start: int
    end: int


class Earlier:
    """Find the rows of manifests by path; where several have a row for it, the last one counts."""

    def __init__(self, manifests: Sequence[Path], counts: Callable[[Row], bool]) -> None:
        """Read the manifests; rows that do not count are left out."""
        import sqlite3  # noqa: PLC0415  # only batches need it

        # An empty name is a file of SQLite's own that is gone when it is closed.
        self._index = sqlite3.connect("")
        self._index.execute("PRAGMA journal_mode=OFF")
        self._index.execute("CREATE TABLE rows (path TEXT PRIMARY KEY, manifest, start, end) WITHOUT ROWID")
        self._files: list[BinaryIO] = []
        for number, path in enumerate(manifests):
            self._files.append(path.open("rb"))
            places = ((row.path, number, start, end) for row, start, end in read_rows(self._files[-1]) if counts(row))
            self._index.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", places)
        self.empty = self._index.execute("SELECT 1 FROM rows LIMIT 1").fetchone() is None

    def find(self, path: str) -> tuple[Row, Place] | None:
        """Give the row of an input and where it stands."""
        found = (
            None
            if self.empty
            else self._index.execute("SELECT manifest, start, end FROM rows WHERE path = ?", (path,)).fetchone()
        )
        if found is None:
            return None
        place = Place(*found)
        row = self.row(place)
        return None if row is None else (row, place)

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


def read_rows(file: BinaryIO) -> Iterator[tuple[Row, int, int]]:
    """Give the rows of a manifest, each with where it begins and ends, up to one that was cut off in writing."""
    start = 0
    for line in file:
        row = decode_row(line)
        if row is None:
            return
        yield row, start, start + len(line)
        start += len(line)
