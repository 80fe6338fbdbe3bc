"""The manifest and the collected files of a run in the making: never in a state that cannot be gone on with.

While a run lasts they lie under names of their own, NAME.part, and only grow: first the shares of an issue are set
down, then its row. A run that was stopped, by a person, a full disk or a kill, leaves rows that are true; the next run
takes them for its own. When all inputs have a row the files take their names, the manifest last. If rows stand in
another order than the inputs, or hold inputs that are gone, they are written in order first, as NAME.sorted.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import ExitStack, suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, Self

import msgspec

from newspaper_cli.batch.atomic import SUFFIX, explained_write, make_folder, write_whole
from newspaper_cli.batch.collected import cut_out, open_collection, part_paths, remove_pieces, shard_names
from newspaper_cli.batch.earlier import Earlier, issue_of, read_rows
from newspaper_cli.batch.manifest import NAME, decode_row, encode_row, make_rows, manifest_options
from newspaper_cli.batch.parcels import Parcel
from newspaper_cli.batch.shares import companion, file_suffix, is_collected
from newspaper_cli.batch.tasks import Known, Options, Status
from newspaper_cli.errors import UnwritableError
from newspaper_cli.export.version import program_version
from newspaper_cli.source import legible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.batch.collected import Collection, Spans
    from newspaper_cli.batch.earlier import Place
    from newspaper_cli.batch.manifest import Row
    from newspaper_cli.batch.tasks import Outcome, Task

_SORTED: Final = ".sorted"
# The second of the manifests that earlier rows are looked for in.
_PART: Final = 1
_OFFSET: Final = 8
# Seconds. A worker whose parent was killed ends after the page it is at.
_PATIENCE: Final = 10


class Ledger:
    """Hold what a run has done so far."""

    def __init__(self, folder: Path, options: Options, *, fresh: bool = False) -> None:
        """Take the folder; `fresh` forgets what earlier runs did in it."""
        self._folder = folder
        self._options = manifest_options(options)
        self._fresh = fresh
        self._next = 0
        self._emitted = 0
        self._waiting: list[bytes] = []
        self._strays: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Go on where the last run stopped.

        Raises:
            UnwritableError: the folder cannot be written, or another run is writing to it.
        """
        make_folder(self._folder)
        with ExitStack() as stack:
            self._lock(stack)
            remove_pieces(self._folder)
            self._settle()
            rows, length, last = self._survey()
            self._held = rows
            self._end = length
            self._earlier = stack.enter_context(Earlier(self._manifests(), self._counts))
            with explained_write(self._path(SUFFIX)):
                self._collection: Collection | None = open_collection(self._folder, self._options, last)
                self._file = stack.enter_context(self._path(SUFFIX).open("r+b" if length else "w+b"))
                self._file.truncate(length)
                self._file.seek(length)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Close everything; what was not finished can be gone on with."""
        # What could not be written is not in the rows that were made safe, and whoever failed to write it was told.
        with suppress(OSError, UnwritableError), self._stack:
            if self._collection:
                self._collection.close(complete=False)
                self._collection = None
            # While the folder is still locked: the next run may be waiting to put pieces of its own there.
            remove_pieces(self._folder)

    def known(self, task: Task, shard: str | None, *, retry_failed: bool) -> Known | None:
        """Tell what an earlier run made of a task, if it need not be done again unless its inputs have changed."""
        if self._earlier.empty or task.problem:
            return None
        found = self._found(task)
        # An issue that has lost a page, or got one, is another issue.
        pages = [place.pages for _, place in found]
        if pages != [len(task.inputs), *(0 for _ in task.inputs[1:])] or len({issue_of(row) for row, _ in found}) > 1:
            return None
        row, _ = found[0]
        if row.status is Status.FAILED and retry_failed:
            return None
        if row.written and row.output != self._expected(task, row, shard):
            return None
        return Known(tuple(row.sha256 for row, _ in found), row.written)

    def agreed(self, parcel: Parcel) -> Parcel:
        """Let tasks of a shard be known only if it holds their issues, in their order, and no others."""
        tasks = [task for task in parcel.tasks if task.known]
        if not self._options.shard_size or not tasks:
            return parcel
        found = [self._earlier.find(legible(task.inputs[0].name)) for task in tasks]
        done = [(row.path, row.spans[0]) for row, _ in filter(None, found) if row.spans]
        held = (done[0][0], len(done)) if done else None
        follow = all(one[1] == other[0] for (_, one), (_, other) in pairwise(done))
        if follow and held == self._earlier.shard(shard_names(parcel.number, self._options)[0]):
            return parcel
        return Parcel(parcel.number, tuple(msgspec.structs.replace(task, known=None) for task in parcel.tasks))

    def keep(self, task: Task) -> list[Row]:
        """Take over the rows of an earlier run, and the issue with them."""
        found = self._found(task)
        if all(place.manifest == _PART for _, place in found):
            for _, place in found:
                self._note(place.start, place.end)
            return [row for row, _ in found]
        rows = [row for row, _ in found]
        if self._collection and rows[0].spans:
            spans = self._collection.copy(self._complete_paths(), rows[0].spans)
            rows = [msgspec.structs.replace(row, spans=spans) for row in rows]
        self._write(rows)
        return rows

    def add(self, task: Task, outcome: Outcome, pieces: Sequence[BinaryIO]) -> list[Row]:
        """Set down what became of a task, its shares of the collected files first."""
        if self._collection and outcome.spans:
            spans = self._collection.append(cut_out(pieces, outcome.spans))
            outcome = msgspec.structs.replace(outcome, spans=spans, output=self._complete_paths()[0].name)
        rows = list(make_rows(task, outcome, self._options))
        if not (task.problem and self._stand_next(rows)):
            self._write(rows)
        return rows

    def flush(self) -> None:
        """Make what was set down safe from the end of this process, rows last."""
        with explained_write(self._path(SUFFIX)):
            if self._collection:
                self._collection.flush()
            self._file.write(b"".join(self._waiting))
            self._file.flush()
            self._waiting.clear()

    def finish(self, *, ordered: bool = True) -> None:
        """Give the files their names: all inputs have their rows.

        Raises:
            UnwritableError: there is no room to put them in order.
        """
        self.flush()
        sound = self._strays is None and self._next == self._end if ordered else self._emitted == self._held
        suffix = SUFFIX if sound else _SORTED
        if not sound:
            self._sort()
        if self._collection:
            self._collection.close(complete=True)
            self._collection = None
        with explained_write(self._path("")):
            self._take_names(suffix, self._options)

    def _lock(self, stack: ExitStack) -> None:
        """Keep other runs out of the folder, and wait for workers of a killed one to finish what they have in hand."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        stack.callback(os.close, descriptor)
        self.shared = (descriptor,)
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    message = f"another run is writing to {self._folder}; wait for it, or choose another folder"
                    raise UnwritableError(message) from error
                time.sleep(0.05)
            else:
                return

    def _path(self, suffix: str) -> Path:
        return self._folder / f"{NAME}{suffix}"

    def _manifests(self) -> list[Path]:
        """Name the manifests that hold, the complete one first; an empty file stands for one that does not.

        The complete one does not hold any more when the files are gone that it says the issues stand in.
        """
        complete = [self._path(""), *([] if self._options.shard_size else self._complete_paths())]
        parts = [self._path(SUFFIX)]
        return [paths[0] if all(path.exists() for path in paths) else Path(os.devnull) for paths in (complete, parts)]

    def _settle(self) -> None:
        """Finish what a run was killed in finishing, and remove what cannot be gone on with."""
        part = self._path(SUFFIX)
        if self._fresh:
            self._remove_part(self._options)
            self._path("").unlink(missing_ok=True)
        self._reopen()
        first = self._first_row(part)
        if first is None:
            return
        paths = [] if first.options.shard_size else part_paths(self._folder, first.options)
        if not all(path.exists() for path in paths):
            self._take_names(SUFFIX, first.options)
        elif first.version != program_version() or first.options != self._options:
            self._remove_part(first.options)

    def _reopen(self) -> None:
        """Go on with a complete run whose outputs this one writes over one by one: it is not complete any more."""
        first = self._first_row(self._path(""))
        if first and _is_written_over(first.options) and _is_written_over(self._options):
            if self._first_row(self._path(SUFFIX)) is None:
                self._path("").replace(self._path(SUFFIX))
            elif first.options != self._options or first.version != program_version():
                self._path("").unlink()

    def _first_row(self, path: Path) -> Row | None:
        if not path.exists():
            return None
        with path.open("rb") as file:
            return next((row for row, _, _ in read_rows(file)), None)

    def _survey(self) -> tuple[int, int, Spans | None]:
        """Count the rows that a stopped run left, and tell where the last one ends and the last issue stands."""
        count, length, last = 0, 0, None
        if self._path(SUFFIX).exists():
            with self._path(SUFFIX).open("rb") as file:
                for row, _, end in read_rows(file):
                    count, length, last = count + 1, end, row.spans or last
        return count, length, last

    def _found(self, task: Task) -> list[tuple[Row, Place]]:
        """Give the earlier rows of a task's inputs, as far as there are any."""
        return [found for page in task.inputs if (found := self._earlier.find(legible(page.name)))]

    def _counts(self, row: Row) -> bool:
        skipped = row.status is Status.SKIPPED
        return row.version == program_version() and row.options == self._options and not skipped

    def _expected(self, task: Task, row: Row, shard: str | None) -> str | None:
        if not is_collected(self._options):
            return legible(f"{task.output}{file_suffix(self._options)}")
        return shard or row.output

    def _complete_paths(self) -> list[Path]:
        return part_paths(self._folder, self._options, "")

    def _stand_next(self, rows: Sequence[Row]) -> bool:
        """Tell whether a stopped run left just these rows, of inputs that are never read, where they belong."""
        lines = b"".join(map(encode_row, rows))
        written = self._file.tell()
        if self._strays is not None or self._next >= written:
            return False
        self._file.seek(self._next)
        same = self._file.read(len(lines)) == lines
        self._file.seek(written)
        if same:
            self._note(self._next, self._next + len(lines))
        return same

    def _write(self, rows: Sequence[Row]) -> None:
        # Rows wait until the issues they tell of are safe: a buffer of the system's would write them when it is full.
        for row in rows:
            line = encode_row(row)
            self._waiting.append(line)
            self._held += 1
            start, self._end = self._end, self._end + len(line)
            self._note(start, self._end)

    def _note(self, start: int, end: int) -> None:
        """Remember the order of rows; as long as they follow each other there is nothing to remember."""
        self._emitted += 1
        if self._strays is None and start == self._next:
            self._next = end
            return
        if self._strays is None:
            self._strays = TemporaryFile()  # noqa: SIM115  # closed with all the rest
            self._stack.callback(self._strays.close)
        self._strays.write(start.to_bytes(_OFFSET) + end.to_bytes(_OFFSET))

    def _sort(self) -> None:
        """Write the rows, and the issues with them, in the order of the inputs."""
        if self._collection:
            self._collection.close(complete=False)
        paths = part_paths(self._folder, self._options)
        self._collection = open_collection(self._folder, self._options, None, _SORTED)
        with explained_write(self._path(_SORTED)), self._path(_SORTED).open("wb") as file:
            for row in self._in_order():
                spans = row.spans
                if self._collection and spans:
                    spans = self._collection.copy(paths, spans)
                file.write(encode_row(msgspec.structs.replace(row, spans=spans)))
        if self._collection:
            self._collection.flush()

    def _in_order(self) -> Iterator[Row]:
        with self._path(SUFFIX).open("rb") as file:
            for row, _, end in read_rows(file):
                if end > self._next:
                    break
                yield row
            for start, end in self._noted():
                file.seek(start)
                if noted := decode_row(file.read(end - start)):
                    yield noted

    def _noted(self) -> Iterator[tuple[int, int]]:
        if self._strays is None:
            return
        self._strays.seek(0)
        while pair := self._strays.read(2 * _OFFSET):
            yield int.from_bytes(pair[:_OFFSET]), int.from_bytes(pair[_OFFSET:])

    def _take_names(self, suffix: str, options: Options) -> None:
        """Replace the files of the last complete run; its manifest goes first, for it will not be true any more."""
        if not options.shard_size:
            finals = part_paths(self._folder, options, "")
            if finals:
                self._path("").unlink(missing_ok=True)
            for path, final in zip(part_paths(self._folder, options, suffix), finals, strict=True):
                if path.exists():
                    path.replace(final)
        if described := companion(self._folder, options):
            write_whole(self._folder / described[0], described[1])
        self._path(suffix).replace(self._path(""))
        if suffix == _SORTED:
            self._remove_part(options)

    def _remove_part(self, options: Options) -> None:
        # The manifest first: without collected files beside it, it would be taken for one that is being finished.
        for path in (
            self._path(SUFFIX),
            *part_paths(self._folder, options),
            *part_paths(self._folder, options, _SORTED),
        ):
            path.unlink(missing_ok=True)


def _is_written_over(options: Options) -> bool:
    """Tell whether a run puts each of its outputs in the place of an earlier one long before it is complete."""
    return bool(options.shard_size) or not is_collected(options)
