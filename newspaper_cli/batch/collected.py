"""Files that hold the issues of many inputs: lines of JSON, tables, a database, each one whole or in shards.

Texts come from workers as pieces, files of a few issues each. Whoever runs the batch sets them down in input order; a
shard is written by its worker. What is not complete lies under a name of its own and can be gone on with.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from newspaper_cli.batch.atomic import SUFFIX, explained_write, make_folder
from newspaper_cli.batch.shares import collected_names, headers
from newspaper_cli.export.database import Database
from newspaper_cli.export.parquet import write_parquet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.batch.stores import Store
    from newspaper_cli.batch.tasks import Options

    Spans = tuple[tuple[int, int], ...]

_PIECES: Final = ".pieces"
_DATABASE: Final = "sqlite"
_PARQUET: Final = "parquet"


class Collection(Protocol):
    """Hold the issues of many inputs in one file or a few, each found again by its spans.

    Spans are bytes of the files, or numbers of issues in a database.
    """

    def append(self, texts: Sequence[bytes]) -> Spans:
        """Set down the shares of one issue and tell where they stand."""
        ...

    def copy(self, paths: Sequence[Path], spans: Spans) -> Spans:
        """Set down the shares of one issue as they stand in other such files."""
        ...

    def flush(self) -> None:
        """Make what was set down safe from the end of this process."""
        ...

    def close(self, *, complete: bool) -> None:
        """Close the files; complete ones get what only a complete collection has, such as an index."""
        ...


class TextFiles:
    """Hold issues as texts one after the other, below a header."""

    def __init__(self, paths: Sequence[Path], begins: Sequence[str], last: Spans | None = None) -> None:
        """Open the files: new ones, or cut behind the issue that was set down last.

        Raises:
            UnwritableError: they cannot be written.
        """
        self._paths = paths
        self._others: tuple[Sequence[Path], Sequence[BinaryIO]] = (), ()
        ends = [end for _, end in last] if last else [0 for _ in paths]
        with explained_write(paths[0]), ExitStack() as stack:
            self._files = [stack.enter_context(path.open("r+b" if last else "wb")) for path in paths]
            for file, begin, end in zip(self._files, begins, ends, strict=True):
                file.truncate(end)
                file.seek(end)
                file.write(b"" if last else begin.encode())
            self._open = stack.pop_all()

    def append(self, texts: Sequence[bytes]) -> Spans:
        """Set down the shares of one issue and tell which bytes of the files they are.

        Raises:
            UnwritableError: there is no room for them.
        """
        with explained_write(self._paths[0]):
            return tuple(map(_written, self._files, texts))

    def copy(self, paths: Sequence[Path], spans: Spans) -> Spans:
        """Set down the shares of one issue as they stand in other files."""
        if paths != self._others[0]:
            self._others = paths, [self._open.enter_context(path.open("rb")) for path in paths]
        return self.append(cut_out(self._others[1], spans))

    def flush(self) -> None:
        """Hand what was set down to the system."""
        for file in self._files:
            file.flush()

    def close(self, *, complete: bool) -> None:  # noqa: ARG002  # texts are complete as they are
        """Close the files.

        Raises:
            UnwritableError: there is no room for what was set down last.
        """
        with explained_write(self._paths[0]):
            self._open.close()


class DatabaseFile:
    """Hold issues as rows of a database."""

    def __init__(self, path: Path, last: Spans | None = None) -> None:
        """Open the database: a new one, or cut behind the issue that was set down last.

        Raises:
            UnwritableError: it cannot be written.
        """
        if last:
            self._database = Database.open(path)
            self._database.cut(last[0][0])
        else:
            self._database = Database.create(path)

    def append(self, texts: Sequence[bytes]) -> Spans:
        """Set down an issue and tell its number."""
        return _numbered(self._database.insert(texts[0].decode()))

    def copy(self, paths: Sequence[Path], spans: Spans) -> Spans:
        """Set down an issue as it stands in another database."""
        return _numbered(self._database.copy(paths[0], spans[0][0]))

    def flush(self) -> None:
        """Commit what was set down."""
        self._database.commit()

    def close(self, *, complete: bool) -> None:
        """Close the database; a complete one is indexed."""
        if complete:
            self._database.finish()
        else:
            self._database.close()


class ParquetFile:
    """Hold issues as rows of one Parquet file, which is written when they are all there."""

    def __init__(self, path: Path, options: Options) -> None:
        """Take the path; until the end the rows lie on disk as lines."""
        self._path = path
        self._rows = options.rows
        self._lines = TemporaryFile()  # noqa: SIM115  # closed when the rows have been written
        self._count = 0

    def append(self, texts: Sequence[bytes]) -> Spans:
        """Set down an issue and tell its number."""
        with explained_write(self._path):
            self._lines.write(texts[0])
        self._count += 1
        return _numbered(self._count)

    def close(self, *, complete: bool) -> None:
        """Write the file."""
        with explained_write(self._path), self._lines:
            if complete:
                self._lines.seek(0)
                write_parquet(self._path, (line.decode() for line in self._lines), self._rows)


class Pieces:
    """Hold the texts of one parcel, a file for each collected file."""

    def __init__(self, paths: Sequence[Path], files: Sequence[BinaryIO]) -> None:
        """Take the open files."""
        self.paths = tuple(map(str, paths))
        self._files = files

    def append(self, texts: Sequence[str]) -> Spans:
        """Set down the shares of one issue and tell which bytes of the pieces they are."""
        return tuple(_written(file, text.encode()) for file, text in zip(self._files, texts, strict=True))


@contextmanager
def piece_files(folder: Path, number: int, options: Options) -> Iterator[Pieces]:
    """Open the files for the texts of one parcel.

    Raises:
        UnwritableError: they cannot be written.
    """
    paths = [folder / _PIECES / f"{number}.{name}" for name in collected_names(options)]
    make_folder(folder / _PIECES)
    with explained_write(paths[0]), ExitStack() as stack:
        yield Pieces(paths, [stack.enter_context(path.open("wb")) for path in paths])


@contextmanager
def open_pieces(paths: Sequence[str]) -> Iterator[list[BinaryIO]]:
    """Open the texts of one parcel for reading; they go when they have been read."""
    with ExitStack() as stack:
        yield [stack.enter_context(Path(path).open("rb")) for path in paths]
    for path in paths:
        Path(path).unlink()


def cut_out(files: Sequence[BinaryIO], spans: Spans) -> list[bytes]:
    """Read the shares of one issue out of pieces."""
    return list(map(_cut_out, files, spans))


def remove_pieces(folder: Path) -> None:
    """Remove what a run left that was stopped."""
    shutil.rmtree(folder / _PIECES, ignore_errors=True)


def part_paths(folder: Path, options: Options, suffix: str = SUFFIX) -> list[Path]:
    """Name the collected files of a run while they are written."""
    return [folder / f"{name}{suffix}" for name in collected_names(options)]


def open_collection(folder: Path, options: Options, last: Spans | None, suffix: str = SUFFIX) -> Collection | None:
    """Open the collected files of a run, or nothing where each issue has its own.

    Raises:
        UnwritableError: they cannot be written.
    """
    paths = part_paths(folder, options, suffix)
    if not paths or options.shard_size:
        return None
    return _open(paths, options, last)


def _open(paths: Sequence[Path], options: Options, last: Spans | None) -> Collection:
    if options.format == _DATABASE:
        return DatabaseFile(paths[0], last)
    return TextFiles(paths, headers(options), last)


class Shard:
    """Hold the issues of one shard while its worker writes it."""

    def __init__(self, names: Sequence[str], paths: Sequence[Path], options: Options) -> None:
        """Open the files under the paths; they will have the names."""
        self.name = names[0]
        self._paths = paths
        self._kind = ParquetFile(paths[0], options) if options.format == _PARQUET else _open(paths, options, None)
        self.abandoned = False

    def append(self, texts: Sequence[str]) -> Spans:
        """Set down the shares of one issue and tell where they stand in the shard."""
        return self._kind.append([text.encode() for text in texts])

    def abandon(self) -> None:
        """Leave no shard: nothing was done."""
        self.abandoned = True

    def close(self) -> None:
        """Write what only a complete shard has, and close it."""
        self._kind.close(complete=True)


@contextmanager
def open_shard(store: Store, number: int, options: Options) -> Iterator[Shard]:
    """Open a shard that takes its name when all of it is written.

    Raises:
        UnwritableError: it cannot be written.
    """
    names = shard_names(number, options)
    with store.workplace(names) as paths:
        shard = Shard(names, paths, options)
        try:
            yield shard
        except BaseException:
            with suppress(OSError):
                for path in paths:
                    path.unlink(missing_ok=True)
            raise
        shard.close()
        for path, name in zip(paths, names, strict=True):
            if shard.abandoned:
                path.unlink()
                store.remove(name)
            else:
                store.put_file(path, name)


def remove_shards(store: Store, number: int, options: Options) -> None:
    """Remove the shards from this one on: an earlier run with more inputs, or smaller shards, left them."""
    while options.shard_size and store.exists(shard_names(number, options)[0]):
        for name in shard_names(number, options):
            store.remove(name)
        number += 1


def shard_names(number: int, options: Options) -> list[str]:
    """Name the files of a shard, counted from 1: `issues-00001.jsonl`."""
    parts = [name.rpartition(".") for name in collected_names(options)]
    return [f"{stem}-{number + 1:05}.{suffix}" for stem, _, suffix in parts]


def _numbered(number: int) -> Spans:
    return ((number, number + 1),)


def _written(file: BinaryIO, text: bytes) -> tuple[int, int]:
    start = file.tell()
    return start, start + file.write(text)


def _cut_out(file: BinaryIO, span: tuple[int, int]) -> bytes:
    file.seek(span[0])
    return file.read(span[1] - span[0])
