"""Members of a `.tar`, compressed or not: listed as they pass by, and read from where they begin."""

from __future__ import annotations

import tarfile
from typing import IO, TYPE_CHECKING, BinaryIO, Final, cast

from newspaper_cli.batch.compression import open_plain
from newspaper_cli.batch.members import (
    MAX_MEMBERS,
    MAX_RATIO,
    Member,
    Register,
    count_problem,
    guess_encoding,
    read_name,
)
from newspaper_cli.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK: Final = 512
_END: Final = bytes(_BLOCK)
_UTF_8: Final = "utf-8"
_ESCAPED: Final = "surrogateescape"
# Names that are no UTF-8 are mostly from the time before it, and in this encoding every byte is a character.
_STANDARD: Final = "latin-1"
# Long names and attributes stand in blocks before the header; tarfile reads them whole, whatever size they claim.
_MOST_HEADER: Final = 4 << 20
# How far to go between two looks at the ratio, and how much to read at once: pages are small and lie side by side.
_STEP: Final = 16 << 20
_CHUNK: Final = 1 << 16
# A compressed archive has no sizes of packed members to compare with. To unpack this much takes seconds.
_RATIO_FREE: Final = 1 << 30
_LINKS: Final = (tarfile.SYMTYPE, tarfile.LNKTYPE)
_DEVICES: Final = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
_FILES: Final = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
# What tarfile raises where a header says the impossible.
_DAMAGE: Final = (tarfile.TarError, ValueError, LookupError, OverflowError, RecursionError, EOFError)


class _Blocks:
    """Stand between tarfile and the archive: forward only, headers of a bounded size, and no bomb."""

    def __init__(self, packed: BinaryIO, name: str) -> None:
        self._packed = packed
        self._plain = open_plain(packed, name)
        self._budget = _MOST_HEADER
        self.last = b""

    def read(self, size: int) -> bytes:
        self._budget -= size
        if self._budget < 0:
            message = "the archive is damaged: a header does not end"
            raise UnreadableError(message)
        self.last = self._plain.read(size)
        return self.last

    def seek(self, target: int) -> int:
        """Go forward, over the data of a member."""
        if target < self.tell():
            message = "the archive is damaged: a header leads back"
            raise UnreadableError(message)
        if self._plain is self._packed:
            return self._plain.seek(target)
        before = -1
        while before < self.tell() < target:
            before = self.tell()
            self._plain.seek(min(target, before + _STEP))
            self._refuse_bomb()
        return self.tell()

    def tell(self) -> int:
        return self._plain.tell()

    def begin_member(self) -> None:
        self._budget = _MOST_HEADER

    def is_rest_empty(self) -> bool:
        """Tell whether nothing but NULs follows; reading to the end checks the sums of compressed data, too."""
        while data := self._plain.read(_CHUNK):
            self._refuse_bomb()
            if data.strip(b"\0"):
                return False
        return True

    def _refuse_bomb(self) -> None:
        if self._plain is not self._packed and self.tell() > max(_RATIO_FREE, MAX_RATIO * self._packed.tell()):
            message = f"the archive is more than {MAX_RATIO} times as large when unpacked, as in a zip bomb"
            raise UnreadableError(message)


class TarContents:
    """Read members of one `.tar`, which stays open; in their order, compressed data is unpacked once."""

    def __init__(self, path: Path) -> None:
        """Open the archive.

        Raises:
            MissingExtraError: the extra that unpacks it is not installed.
            OSError: it cannot be read.
        """
        self._file = path.open("rb", _CHUNK)
        try:
            self._plain = open_plain(self._file, path.name)
        except BaseException:
            self._file.close()
            raise

    def read(self, member: Member) -> bytes:
        """Give the bytes of a member, if its header still says what it said when it was listed.

        Raises:
            UnreadableError: it is damaged, or the archive was changed.
            OSError: it cannot be read.
        """
        self._plain.seek(member.offset - _BLOCK)
        header = self._plain.read(_BLOCK)
        if _size_of(header) != member.size:
            message = "the archive has changed since its members were listed"
            raise UnreadableError(message)
        data = self._plain.read(member.size)
        if len(data) != member.size:
            message = f"the archive is cut short: {len(data)} bytes where {member.size} were announced"
            raise UnreadableError(message)
        return data

    def close(self) -> None:
        """Close the archive."""
        self._file.close()


def list_tar(path: Path) -> Iterator[Member]:
    """Give the members of a `.tar` in their order, as they are found; folders are none.

    Raises:
        MissingExtraError: the extra that unpacks it is not installed.
        UnreadableError: it is damaged or holds too much; the members before that have been given.
        OSError: it cannot be read.
    """
    with path.open("rb", _CHUNK) as file:
        blocks = _Blocks(file, path.name)
        register = Register()
        encoding: str | None = None
        for count, entry in enumerate(_entries(blocks)):
            if count >= MAX_MEMBERS:
                raise UnreadableError(count_problem())
            raw = entry.name.encode(_UTF_8, _ESCAPED)
            if encoding is None and not _is_utf_8(raw):
                # One guess for the whole archive, or files of one folder would land in two.
                encoding = guess_encoding(raw, _STANDARD)
            name = read_name(raw, _UTF_8 if encoding is None or _is_utf_8(raw) else encoding)
            if not entry.isdir():
                yield register.enter(name, entry.size, entry.offset_data, _problem(entry))


def _entries(blocks: _Blocks) -> Iterator[tarfile.TarInfo]:
    """Read one header after the other, and tell an end from a break, which tarfile does not."""
    try:
        archive = tarfile.TarFile(fileobj=cast("IO[bytes]", blocks), encoding=_UTF_8, errors=_ESCAPED)
        while (entry := archive.next()) is not None:
            # tarfile would keep all of them, and what headers for all members say.
            archive.members.clear()  # type: ignore[attr-defined]
            archive.pax_headers = {}
            blocks.begin_member()
            yield entry
    except _DAMAGE as error:
        message = f"the archive is damaged, cut short or no .tar: {error}"
        raise UnreadableError(message) from None
    if blocks.last != _END:
        message = "the archive is damaged or cut short: after its last member there is no end"
        raise UnreadableError(message)
    if not blocks.is_rest_empty():
        message = "something follows the end of the archive and is not read; if it is another archive, part them"
        raise UnreadableError(message)


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode(_UTF_8)
    except UnicodeDecodeError:
        return False
    return True


def _problem(entry: tarfile.TarInfo) -> str | None:
    if entry.type in _LINKS:
        return "the member is a link, which is not followed"
    if entry.type in _DEVICES:
        return "the member is a device or a pipe, not a file"
    if entry.type not in _FILES or entry.sparse:
        return "the member is no plain file"
    return None


def _size_of(header: bytes) -> int | None:
    try:
        return tarfile.TarInfo.frombuf(header, _UTF_8, _ESCAPED).size
    except tarfile.TarError:
        return None
