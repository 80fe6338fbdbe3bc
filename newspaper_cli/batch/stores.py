"""Where a batch writes: a folder of this machine, or an address of another one."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Protocol

from newspaper_cli.batch.atomic import SUFFIX, explained_write, make_folder, write_whole
from newspaper_cli.batch.paths import exists, is_same
from newspaper_cli.batch.remote import RemoteStore, is_remote
from newspaper_cli.batch.trees import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager


# Bytes: the path of a source, however much of it is written as escapes, and what stands before and behind it.
_HEAD: Final = 1 << 15


class Store(Protocol):
    """Hold files by their names below one folder."""

    def write_whole(self, name: str, data: bytes) -> None:
        """Write a file that is seen whole or not at all."""
        ...

    def workplace(self, names: Sequence[str]) -> AbstractContextManager[list[Path]]:
        """Give places on this machine for files that are put into the store when they are complete."""
        ...

    def put_file(self, path: Path, name: str) -> None:
        """Move a file from its workplace to its name."""
        ...

    def exists(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        ...

    def head(self, name: str) -> bytes:
        """Read what a file begins with."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        ...

    def holds_input(self, name: str, path: str) -> bool:
        """Tell whether a name of this store is an input: it must not be written over."""
        ...


class Folder:
    """Hold files in a folder of this machine."""

    def __init__(self, folder: str) -> None:
        """Take the folder; it is made when something is written."""
        self.folder = folder

    def write_whole(self, name: str, data: bytes) -> None:
        """Write a file that is seen whole or not at all.

        Raises:
            UnwritableError: it cannot be written.
        """
        write_whole(Path(joined(self.folder, name)), data)

    @contextmanager
    def workplace(self, names: Sequence[str]) -> Iterator[list[Path]]:
        """Give places beside the files."""
        make_folder(Path(self.folder))
        yield [Path(joined(self.folder, f"{name}{SUFFIX}")) for name in names]

    def put_file(self, path: Path, name: str) -> None:
        """Move a file from its workplace to its name.

        Raises:
            UnwritableError: it cannot be moved.
        """
        target = Path(joined(self.folder, name))
        with explained_write(target):
            path.replace(target)

    def exists(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return exists(joined(self.folder, name))

    def head(self, name: str) -> bytes:
        """Read what a file begins with."""
        with open(joined(self.folder, name), "rb") as file:  # noqa: PTH123  # a Path costs more than the answer
            return file.read(_HEAD)

    def remove(self, name: str) -> None:
        """Remove a file if it is there.

        Raises:
            UnwritableError: it cannot be removed.
        """
        path = Path(joined(self.folder, name))
        with explained_write(path):
            path.unlink(missing_ok=True)

    def holds_input(self, name: str, path: str) -> bool:
        """Tell whether a name of this folder is that of an input."""
        return is_same(joined(self.folder, name), path)


class RemoteFolder:
    """Hold files below an address of another machine."""

    def __init__(self, address: str) -> None:
        """Take the address of the folder."""
        self.address = address
        self._store = RemoteStore(address)

    def write_whole(self, name: str, data: bytes) -> None:
        """Write a file that is seen whole or not at all.

        Raises:
            UnwritableError: it cannot be written.
        """
        self._store.write_whole(joined(self.address, name), data)

    @contextmanager
    def workplace(self, names: Sequence[str]) -> Iterator[list[Path]]:
        """Give places in a folder for temporary files."""
        with TemporaryDirectory() as folder:
            yield [Path(folder) / name for name in names]

    def put_file(self, path: Path, name: str) -> None:
        """Send a file from its workplace.

        Raises:
            UnwritableError: it cannot be sent.
        """
        self._store.put_file(path, joined(self.address, name))
        path.unlink()

    def exists(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return self._store.exists(joined(self.address, name))

    def head(self, name: str) -> bytes:
        """Read what a file begins with.

        Raises:
            UnreadableError: it cannot be read.
        """
        with self._store.open_read(joined(self.address, name)) as file:
            return file.read(_HEAD)

    def remove(self, name: str) -> None:
        """Remove a file if it is there.

        Raises:
            UnwritableError: it cannot be removed.
        """
        if self.exists(name):
            self._store.remove(joined(self.address, name))

    def holds_input(self, name: str, path: str) -> bool:
        """Tell whether a name below this address is that of an input."""
        return joined(self.address, name) == path


def open_store(folder: str) -> Store:
    """Open the place where a run writes.

    Raises:
        MissingExtraError: it is an address, and what reads addresses is not installed.
    """
    return RemoteFolder(folder) if is_remote(folder) else Folder(folder)
