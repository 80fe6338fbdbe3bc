"""Files that are whole or not there: written as a sibling, then put in place of what stood there before."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from newspaper_cli.batch.paths import is_folder, is_special
from newspaper_cli.errors import UnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".part"


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that appears under its name only when all of it is written.

    Its mode is what the user's umask says. If writing fails the sibling is removed; if the user interrupts a long run
    it stays, as NAME.part, for it may hold hours of work. A device or a pipe has no siblings: it is written directly.

    Raises:
        UnwritableError: the file cannot be written; the message says why.
    """
    direct = is_special(path)
    target = path if direct else path.with_name(path.name + SUFFIX)
    try:
        with explained_write(path):
            with target.open("wb") as file:
                yield file
            if not direct:
                target.replace(path)
    except Exception:
        _discard(target, direct=direct)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never half of it; its folder is made if need be.

    Raises:
        UnwritableError: the file cannot be written.
    """
    if not is_folder(path.parent):
        make_folder(path.parent)
    with replacing(path) as file:
        file.write(data)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, if they are not there.

    Raises:
        UnwritableError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot make the folder {path}: {error.strerror or error}"
        raise UnwritableError(message) from error


@contextmanager
def explained_write(path: Path) -> Iterator[None]:
    """Turn what the system says about a file that cannot be written into a message.

    Raises:
        UnwritableError: the file cannot be written; the message says why.
    """
    try:
        yield
    except OSError as error:
        message = f"cannot write {path}: {error.strerror or error}"
        raise UnwritableError(message) from error


def _discard(target: Path, *, direct: bool) -> None:
    if not direct:
        with suppress(OSError):
            target.unlink()
