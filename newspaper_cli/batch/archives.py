"""Archives as folders: what is in a `.zip` or a `.tar`, compressed or not, listed and read with bounds.

An archive is other people's data: its names may lead anywhere and its sizes may be lies. So nothing is unpacked to
disk, every member says why it must not be read, and no more is read than was announced.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol, Self

from newspaper_cli.batch.members import Member, is_archive, is_zip
from newspaper_cli.batch.tars import TarContents, list_tar
from newspaper_cli.batch.zips import ZipContents, list_zip
from newspaper_cli.errors import MissingExtraError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ArchiveReader", "Member", "is_archive", "list_members"]


class _Contents(Protocol):
    def read(self, member: Member) -> bytes: ...

    def close(self) -> None: ...


def list_members(path: Path) -> Iterator[Member]:
    """Give the members of an archive in its own order, which is the order that they can be read in fast.

    To sort them by name all would have to be known first: a `.tar` of years of pages is listed as it is read. What is
    wrong with the archive itself comes as a last member without a name, so nothing is raised.
    """
    try:
        yield from (list_zip if is_zip(path.name) else list_tar)(path)
    except OSError as error:
        yield Member("", 0, 0, f"the archive cannot be read: {error.strerror or error}", failed=True)
    except MissingExtraError as error:
        yield Member("", 0, 0, str(error), failed=True)
    except UnreadableError as error:
        yield Member("", 0, 0, str(error), failed=isinstance(error.__cause__, OSError))


class ArchiveReader:
    """Read members of archives; the last archive stays open, so that reading in order does not begin again."""

    def __init__(self) -> None:
        """Begin with no archive open."""
        self._path: Path | None = None
        self._contents: _Contents | None = None

    def __enter__(self) -> Self:
        """Use the reader; it is closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self.close()

    def read(self, path: Path, member: Member) -> bytes:
        """Give the bytes of a member as they are, compressed ones too.

        Raises:
            MissingExtraError: the extra that unpacks the archive is not installed.
            UnreadableError: the member must not be read, is damaged, or the archive was changed or cannot be read.
        """
        shown = f"{os.fsencode(path).decode('utf-8', 'replace')}/{member.name}"
        if member.problem is not None:
            message = f"{shown}: {member.problem}"
            raise UnreadableError(message)
        try:
            return self._open(path).read(member)
        except OSError as error:
            message = f"{shown} cannot be read: {error.strerror or error}"
            raise UnreadableError(message) from error
        except UnreadableError as error:
            message = f"{shown}: {error}"
            raise UnreadableError(message) from error.__cause__

    def close(self) -> None:
        """Close the archive that is open."""
        if self._contents is not None:
            self._contents.close()
        self._path = self._contents = None

    def _open(self, path: Path) -> _Contents:
        if self._contents is None or path != self._path:
            self.close()
            self._contents = ZipContents(path) if is_zip(path.name) else TarContents(path)
            self._path = path
        return self._contents
