"""Files at addresses, `s3://bucket/pages` or `hdfs://host/pages`: listed, read and written through fsspec.

Every driver has errors of its own; here they become those of this program, and say what to do.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn

import msgspec

from newspaper_cli.batch.atomic import SUFFIX
from newspaper_cli.batch.compression import read_bounded
from newspaper_cli.errors import MissingExtraError, NewspaperError, UnreadableError, UnwritableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# One letter before the colon is a drive.
_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://([^/]*)")
# In these a file is there when it is whole, and there are no folders to be made.
_OBJECT_STORES: Final = frozenset(("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "oci", "tos", "memory"))
_LOCAL: Final = frozenset(("file", "local"))


class RemoteFile(msgspec.Struct, frozen=True):
    """Hold the address of a file, and its size in bytes where the store tells it."""

    address: str
    size: int | None


class Listing(msgspec.Struct, frozen=True):
    """Hold what is in one folder, each in order of name; `others` are neither files nor folders: links and devices."""

    files: tuple[RemoteFile, ...]
    folders: tuple[str, ...]
    others: tuple[str, ...] = ()


def is_remote(address: str) -> bool:
    r"""Tell whether this is an address, not a path.

    >>> is_remote("s3://bucket/page.txt"), is_remote("page.txt"), is_remote("C://page.txt")
    (True, False, False)
    """
    return _ADDRESS.match(address) is not None


class RemoteStore:
    """Read and write files of one store. Another process makes it anew from the address, connections and all."""

    def __init__(self, address: str) -> None:
        """Take any address in the store; nothing is connected before the first use.

        Raises:
            UsageError: it is no address.
        """
        match = _ADDRESS.match(address)
        if match is None:
            message = f"{address} is no address; one begins as in s3://"
            raise UsageError(message)
        self.scheme = match[1].lower()
        self.root = f"{self.scheme}://{match[2]}"

    def __reduce__(self) -> tuple[type[RemoteStore], tuple[str]]:
        """Pickle the address alone."""
        return RemoteStore, (self.root,)

    def list_folder(self, address: str) -> Listing:
        """List one folder, not the folders in it.

        Raises:
            UnreadableError: it is not there, is a file, or cannot be listed.
        """
        with self._reading(address) as path:
            # What was listed before may have changed, and would stay in memory for all folders of a run.
            self._driver.invalidate_cache()
            entries = self._driver.ls(path, detail=True)
            self._driver.invalidate_cache()
            if [entry["name"] for entry in entries] == [path] and self._driver.isfile(path):
                message = f"{address} is a file, not a folder"
                raise UnreadableError(message)
            return self._sort(address.rstrip("/"), path.rstrip("/"), entries)

    def read(self, address: str, limit: int) -> bytes:
        """Read a file whole, if that is no more than `limit` bytes.

        Raises:
            UnreadableError: it is larger or cannot be read.
        """
        with self.open_read(address) as file:
            return read_bounded(file, limit, address)

    @contextmanager
    def open_read(self, address: str) -> Iterator[BinaryIO]:
        """Open a file for reading piece by piece; errors of the driver, here or while reading, are told as below.

        Raises:
            UnreadableError: it cannot be read.
        """
        with self._reading(address) as path, self._driver.open(path, "rb") as file:
            yield file

    def exists(self, address: str) -> bool:
        """Tell whether there is a file or folder.

        Raises:
            UnreadableError: the store does not say.
        """
        with self._reading(address) as path:
            return bool(self._driver.exists(path))

    def is_folder(self, address: str) -> bool:
        """Tell whether there is a folder.

        Raises:
            UnreadableError: the store does not say.
        """
        with self._reading(address) as path:
            return bool(self._driver.isdir(path))

    def write_whole(self, address: str, data: bytes) -> None:
        """Write a file so that a reader sees the old content or the new, never half of it.

        Raises:
            UnwritableError: it cannot be written.
        """
        with self._replacing(address) as path:
            self._driver.pipe_file(path, data)

    def put_file(self, local: Path, address: str) -> None:
        """Copy a file of this machine to an address, in the way of `write_whole`.

        Raises:
            UnwritableError: it cannot be read or written.
        """
        with self._replacing(address) as path:
            self._driver.put_file(str(local), path)

    @contextmanager
    def open_write(self, address: str) -> Iterator[BinaryIO]:
        """Open a file for writing that appears at its address only when all of it is written.

        Object stores keep what was written of a stream that is closed early; so it is written to a sibling everywhere.

        Raises:
            UnwritableError: it cannot be written.
        """
        with self._replacing(address, sibling=True) as path, self._driver.open(path, "wb") as file:
            yield file

    def remove(self, address: str) -> None:
        """Remove a file, if it is there.

        Raises:
            UnwritableError: it cannot be removed.
        """
        with self._writing(address) as path:
            self._drop(path)

    def make_folder(self, address: str) -> None:
        """Make a folder and those above it where the store has folders.

        Raises:
            UnwritableError: it cannot be made.
        """
        with self._writing(address) as path:
            if self.scheme not in _OBJECT_STORES:
                self._driver.makedirs(path, exist_ok=True)

    @cached_property
    def _driver(self) -> Any:  # noqa: ANN401  # fsspec has no types
        """Connect to the store.

        Raises:
            MissingExtraError: fsspec or the driver of this kind of address is not installed.
            UsageError: no driver has this kind of address.
        """
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415
            from fsspec.registry import get_filesystem_class  # noqa: PLC0415
        except ImportError as missing:
            raise MissingExtraError(extra="remote", package="fsspec") from missing
        try:
            get_filesystem_class(self.scheme)
        except ValueError as error:
            message = f"{self.scheme}:// is no kind of address that fsspec knows"
            raise UsageError(message) from error
        except ImportError as error:
            raise _missing_driver(self.scheme, error) from error
        try:
            return url_to_fs(self.root)[0]
        except ImportError as error:
            # Some drivers are there and need another package.
            raise _missing_driver(self.scheme, error) from error

    def _sort(self, address: str, path: str, entries: Iterable[dict[str, Any]]) -> Listing:
        files: list[RemoteFile] = []
        folders: list[str] = []
        others: list[str] = []
        for entry in sorted(entries, key=lambda entry: str(entry["name"])):
            name = str(entry["name"]).rstrip("/")
            place = f"{address}/{name.rpartition('/')[2]}"
            if name == path:
                # The empty object by which some programs mark a folder.
                continue
            if entry["type"] == "file" or (entry.get("islink") and self._driver.isfile(name)):
                files.append(RemoteFile(place, entry.get("size")))
            else:
                (folders if entry["type"] == "directory" else others).append(place)
        return Listing(tuple(files), tuple(folders), tuple(others))

    def _path(self, address: str) -> str:
        """Give an address as its driver does."""
        scheme, _, rest = address.partition("://")
        address = f"{scheme.lower()}://{rest}"
        if address != self.root and not address.startswith(f"{self.root}/"):
            message = f"{address} is not in {self.root}"
            raise UsageError(message)
        return str(self._driver._strip_protocol(address))  # noqa: SLF001  # the name that drivers are to define

    @contextmanager
    def _reading(self, address: str) -> Iterator[str]:
        try:
            yield self._path(address)
        except NewspaperError:
            raise
        except FileNotFoundError as error:
            message = f"{address} does not exist"
            raise UnreadableError(message) from error
        except Exception as error:  # noqa: BLE001  # drivers raise whatever their libraries do
            _fail(UnreadableError, f"{address} cannot be read", error)

    @contextmanager
    def _writing(self, address: str) -> Iterator[str]:
        try:
            yield self._path(address)
        except NewspaperError:
            raise
        except Exception as error:  # noqa: BLE001  # drivers raise whatever their libraries do
            _fail(UnwritableError, f"cannot write {address}", error)

    @contextmanager
    def _replacing(self, address: str, *, sibling: bool = False) -> Iterator[str]:
        """Give the place to write to: the file itself where it appears whole, else a sibling that is put in place."""
        with self._writing(address) as path:
            if self.scheme not in _OBJECT_STORES:
                self._driver.makedirs(path.rpartition("/")[0] or "/", exist_ok=True)
            elif not sibling:
                yield path
                return
            part = path + SUFFIX
            try:
                yield part
            except Exception:
                with suppress(NewspaperError), self._writing(address):
                    self._drop(part)
                raise
            self._put_in_place(part, path)

    def _put_in_place(self, part: str, path: str) -> None:
        """Move a file over another one.

        Where that fails the sibling stays. Some stores refuse to write over a file, in words or by doing nothing; there
        it is removed first, and for a moment only the sibling is there.
        """
        if self.scheme in _LOCAL:
            # The driver would copy where it cannot move.
            Path(part).replace(path)
        elif self.scheme in _OBJECT_STORES:
            self._driver.cp_file(part, path)
            self._drop(part)
        else:
            self._move(part, path)

    def _move(self, part: str, path: str) -> None:
        try:
            self._driver.mv(part, path)
        except OSError:
            if not self._driver.exists(path):
                raise
        if self._driver.exists(part):
            self._drop(path)
            self._driver.mv(part, path)

    def _drop(self, path: str) -> None:
        with suppress(FileNotFoundError):
            self._driver.rm_file(path)


def _missing_driver(scheme: str, error: ImportError) -> MissingExtraError:
    """Say in the words of fsspec which package is needed: they are not the same as the names of modules."""
    module = error.name or getattr(error.__cause__, "name", None) or scheme
    named = module.partition(".")[0]
    missing = MissingExtraError(extra="remote", package=named)
    missing.args = (f"{scheme}:// needs a package that is not installed: {error}; try: pip install {named}",)
    return missing


def _fail(kind: type[NewspaperError], what: str, error: Exception) -> NoReturn:
    """Turn an error of a driver into one of this program, with an error of the system behind it.

    What failed in a store may work another time, whatever class the driver's library has for it.
    """
    named = f"{type(error).__name__}: {error}"
    cause = error if isinstance(error, OSError) else ConnectionError(named)
    message = f"{what}: {cause.strerror or named}"
    raise kind(message) from cause
