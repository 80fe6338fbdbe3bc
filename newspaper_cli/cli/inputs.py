"""What a command reads: files in the order given, or standard input."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from newspaper_cli.batch.paths import is_folder
from newspaper_cli.cli import console
from newspaper_cli.cli.outputs import is_stdout, refuse_loss
from newspaper_cli.document import Source
from newspaper_cli.errors import SomeFailedError, UnreadableError, UsageError
from newspaper_cli.source import decode, read_source

if TYPE_CHECKING:
    from newspaper_cli.batch.trees import Found

STDIN = "-"
_BLOCK = 1 << 16


class Inputs:
    """Read several inputs one after the other, report those that cannot be read, and go on with the next.

    A single input that cannot be read ends the command. A folder among them does so too, before anything is read,
    unless a pattern says which of its files count.
    """

    def __init__(
        self, paths: Sequence[str] | None, command: str, pattern: str | None = None, output: str | None = None
    ) -> None:
        """Take the paths as given; `command` is named where the request must be put differently.

        `output` is where the result will be written, which must be none of the files found in folders.

        Raises:
            UsageError: there is nothing to read, or a folder is among the paths.
        """
        self.paths = tuple(paths or (STDIN,))
        self.pattern = pattern
        self.output = None if output is None or is_stdout(output) else output
        self.found = 0
        self.failed = 0
        check_paths(self.paths, command, folders=pattern is not None)

    @property
    def several(self) -> bool:
        """Tell whether more than one input was given; a folder counts as several, whatever it holds."""
        return len(self.paths) > 1 or self._is_folder(self.paths[0])

    def __iter__(self) -> Iterator[Source]:
        """Yield the sources that can be read.

        Raises:
            UnreadableError: the only input cannot be read.
            UsageError: there is no file in the folders, or the output is one of them.
        """
        for path in self._paths():
            self.found += 1
            try:
                source = read_input(path)
            except UnreadableError as error:
                if not self.several:
                    raise
                self._fail(str(error))
            else:
                yield source
        if not self.found:
            message = f"no file fits {self.pattern!r} in the folders given; choose names with --pattern"
            raise UsageError(message)

    def finish(self) -> None:
        """Close the reading.

        Raises:
            SomeFailedError: some inputs could not be read.
        """
        if self.failed:
            message = f"{self.failed} of {self.found} inputs could not be read; the output holds the others"
            raise SomeFailedError(message)

    def count(self) -> int:
        """Count the inputs, before any is read."""
        folders = [path for path in self.paths if self._is_folder(path)]
        inside = sum(len(found.names) + bool(found.problem) for path in folders for found in self._walk(path))
        return len(self.paths) - len(folders) + inside

    def _paths(self) -> Iterator[str]:
        """Give the inputs in the order asked for, in the place of a folder its files."""
        for path in self.paths:
            if self._is_folder(path):
                yield from self._files(path)
            else:
                yield path

    def _files(self, folder: str) -> Iterator[str]:
        from newspaper_cli.batch.trees import joined  # noqa: PLC0415  # most requests name files

        for found in self._walk(folder):
            if found.problem:
                self.found += 1
                self._fail(f"{found.folder}: {found.problem}")
            for name, reason in found.skipped:
                console.say(f"{joined(found.folder, name)}: {reason}")
            for name in found.names:
                path = joined(found.folder, name)
                if self.output is not None:
                    refuse_loss(self.output, path)
                yield path

    def _walk(self, folder: str) -> "Iterator[Found]":
        from newspaper_cli.batch.trees import Wanted, walk  # noqa: PLC0415  # most requests name files

        return walk(folder, "", Wanted(self.pattern or ""))

    def _is_folder(self, path: str) -> bool:
        return self.pattern is not None and path != STDIN and is_folder(path)

    def _fail(self, reason: str) -> None:
        self.failed += 1
        console.say(reason)


def check_paths(paths: Sequence[str], command: str, *, folders: bool = False) -> None:
    """Check what can be known before reading.

    Raises:
        UsageError: standard input is asked for twice or is a terminal, or a path is a folder and may be none.
    """
    if STDIN in paths and console.is_terminal(sys.stdin):
        message = f"nothing to read; name a file or pipe text in: newspaper-cli {command} PAGE.txt"
        raise UsageError(message)
    if paths.count(STDIN) > 1:
        message = "standard input (-) can be read only once"
        raise UsageError(message)
    for path in paths:
        if path != STDIN and not folders and is_folder(path):
            read_source(Path(path))


def read_input(path: str) -> Source:
    """Read one file, or standard input for `-`.

    Raises:
        UsageError: it is a folder.
        UnreadableError: it cannot be read or is no text.
    """
    return decode(read_bytes(path)) if path == STDIN else read_source(Path(path))


def read_bytes(path: str) -> bytes:
    """Read the bytes of one file, or of standard input for `-`.

    Raises:
        UnreadableError: it cannot be read.
    """
    try:
        # A process may be started with its standard input closed: then there is none.
        return sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except (OSError, AttributeError) as error:
        raise _unreadable(path, error) from error


def read_list(path: str) -> Iterator[str]:
    """Give the paths that a file lists, one a line, or between NULs as `find -print0` writes them.

    Raises:
        UnreadableError: it cannot be read.
    """
    with ExitStack() as stack:
        try:
            # A process may be started with its standard input closed: then there is none.
            file: IO[bytes] = sys.stdin.buffer if path == STDIN else stack.enter_context(Path(path).open("rb"))
            first = file.read(_BLOCK)
        except (OSError, AttributeError) as error:
            raise _unreadable(path, error) from error
        separator = b"\0" if b"\0" in first else b"\n"
        for name in _parted(chain([first], iter(lambda: file.read(_BLOCK), b"")), separator):
            if kept := name.rstrip(b"\r") if separator == b"\n" else name:
                yield os.fsdecode(kept)


def _parted(blocks: Iterable[bytes], separator: bytes) -> Iterator[bytes]:
    """Give what stands between separators, a block at a time."""
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(separator)
        yield from whole
    yield rest


def _unreadable(path: str, error: Exception) -> UnreadableError:
    name = "standard input" if path == STDIN else path
    return UnreadableError(f"{name} cannot be read: {getattr(error, 'strerror', None) or 'it is closed'}")
