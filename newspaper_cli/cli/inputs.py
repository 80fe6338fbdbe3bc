"""What a command reads: files in the order given, or standard input."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from newspaper_cli.batch.paths import is_folder
from newspaper_cli.cli import console
from newspaper_cli.document import Source
from newspaper_cli.errors import SomeFailedError, UnreadableError, UsageError
from newspaper_cli.source import decode, read_source

STDIN = "-"


class Inputs:
    """Read several inputs one after the other, report those that cannot be read, and go on with the next.

    A single input that cannot be read ends the command; so does a folder among them, before anything is read.
    """

    def __init__(self, paths: Sequence[str] | None, command: str) -> None:
        """Take the paths as given; `command` is named where the request must be put differently.

        Raises:
            UsageError: there is nothing to read, or a folder is among the paths.
        """
        self.paths = tuple(paths or (STDIN,))
        self.failed = 0
        check_paths(self.paths, command)

    @property
    def several(self) -> bool:
        """Tell whether more than one input was given."""
        return len(self.paths) > 1

    def __iter__(self) -> Iterator[Source]:
        """Yield the sources that can be read.

        Raises:
            UnreadableError: the only input cannot be read.
        """
        for path in self.paths:
            try:
                source = read_input(path)
            except UnreadableError as error:
                if not self.several:
                    raise
                self.failed += 1
                console.say(str(error))
            else:
                yield source

    def finish(self) -> None:
        """Close the reading.

        Raises:
            SomeFailedError: some inputs could not be read.
        """
        if self.failed:
            message = f"{self.failed} of {len(self.paths)} inputs could not be read; the output holds the others"
            raise SomeFailedError(message)


def check_paths(paths: Sequence[str], command: str) -> None:
    """Check what can be known before reading.

    Raises:
        UsageError: standard input is asked for twice or is a terminal, or a path is a folder.
    """
    if STDIN in paths and console.is_terminal(sys.stdin):
        message = f"nothing to read; name a file or pipe text in: newspaper-cli {command} PAGE.txt"
        raise UsageError(message)
    if paths.count(STDIN) > 1:
        message = "standard input (-) can be read only once"
        raise UsageError(message)
    for path in paths:
        if path != STDIN and is_folder(path):
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
        name = "standard input" if path == STDIN else path
        message = f"{name} cannot be read: {getattr(error, 'strerror', None) or 'it is closed'}"
        raise UnreadableError(message) from error
