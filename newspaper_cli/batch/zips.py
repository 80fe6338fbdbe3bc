"""Members of a `.zip`: listed from its directory without trust in it, and read one by one."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zlib
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO, Final
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from newspaper_cli.batch.members import (
    MAX_MEMBERS,
    MAX_RATIO,
    RATIO_FREE,
    Register,
    count_problem,
    guess_encoding,
    read_name,
)
from newspaper_cli.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from newspaper_cli.batch.members import Member

# The directory is read whole. An entry is 46 bytes, its name, and what systems add to it.
_MOST_DIRECTORY: Final = MAX_MEMBERS * 400
_ENTRY: Final = b"PK\x01\x02"
_HEADER: Final = 30
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_UTF_8_NAME: Final = 0x800
_STANDARD: Final = "cp437"
_METHODS: Final = frozenset((ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA))
# The reader unpacks as much as it is asked for, but with bzip2 and LZMA all of the packed bytes that it has read: these
# are as many as it is asked for, and at least 4 kB.
_CHUNK: Final = 1 << 16
_SMALL_CHUNK: Final = 1 << 12
_UNIX: Final = 3
_DAMAGE: Final = (BadZipFile, NotImplementedError, EOFError, ValueError, OverflowError, struct.error)


class _Directory(io.BufferedReader):
    """Read a file in pieces that fit in memory, and no directory of more entries than are allowed.

    `ZipFile` makes a value of several hundred bytes of each entry before anyone can count them.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _MOST_DIRECTORY:
            raise UnreadableError(count_problem())
        data = super().read(size)
        if data.count(_ENTRY) > MAX_MEMBERS:
            raise UnreadableError(count_problem())
        return data


class ZipContents:
    """Read members of one `.zip`, which stays open."""

    def __init__(self, path: Path) -> None:
        """Open the archive and read its directory.

        Raises:
            UnreadableError: it is damaged or holds too much.
            OSError: it cannot be read.
        """
        self._file = _Directory(io.FileIO(path))
        try:
            self._archive = _open(self._file)
        except BaseException:
            self._file.close()
            raise
        self._entries = {entry.header_offset: entry for entry in self._archive.filelist}

    def read(self, member: Member) -> bytes:
        """Give the bytes of a member; no more of them come into memory than its directory says.

        Raises:
            UnreadableError: it is damaged.
            OSError: it cannot be read.
        """
        entry = self._entries.get(member.offset)
        if entry is None or entry.file_size != member.size:
            message = "the archive has changed since its members were listed"
            raise UnreadableError(message)
        try:
            data = self._unpack(entry)
        except (*_DAMAGE, OSError, RuntimeError, zlib.error, lzma.LZMAError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            # That of bzip2 is an error of the system without a number.
            message = f"the member is damaged: {error}"
            raise UnreadableError(message) from None
        if len(data) != member.size:
            message = f"the member is damaged: {len(data)} bytes where {member.size} were announced"
            raise UnreadableError(message)
        return data

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()
        self._file.close()

    def _unpack(self, entry: ZipInfo) -> bytes:
        chunk = _CHUNK if entry.compress_type in {ZIP_STORED, ZIP_DEFLATED} else _SMALL_CHUNK
        with self._archive.open(entry) as file:
            return b"".join(iter(partial(file.read, chunk), b""))


def list_zip(path: Path) -> Iterator[Member]:
    """Give the members of a `.zip` in the order of its directory; folders are none.

    Raises:
        UnreadableError: it is damaged or holds too much.
        OSError: it cannot be read.
    """
    with _Directory(io.FileIO(path)) as file, _open(file) as archive:
        entries = archive.filelist
        overlapping = _overlapping(entries, archive.start_dir)
    raw_names = b"\n".join(filter(None, map(_raw_name, entries)))
    encoding = guess_encoding(raw_names, _STANDARD)
    register = Register()
    for place, entry in enumerate(entries):
        # What is_dir says, which fails where a name is empty.
        if entry.filename.endswith("/") and not entry.file_size:
            continue
        raw = _raw_name(entry)
        name = entry.filename if raw is None else read_name(raw, encoding)
        problem = "its bytes are those of another member, too" if place in overlapping else _problem(entry)
        yield register.enter(name, entry.file_size, entry.header_offset, problem)


def _open(file: BinaryIO) -> ZipFile:
    try:
        return ZipFile(file)
    except _DAMAGE as error:
        message = f"the archive is damaged or no .zip: {error}"
        raise UnreadableError(message) from None


def _raw_name(entry: ZipInfo) -> bytes | None:
    """Give the bytes of a name whose encoding the archive does not tell; the name is right where there are none."""
    told = entry.flag_bits & _UTF_8_NAME or entry.orig_filename.isascii() or entry.filename != entry.orig_filename
    return None if told else entry.orig_filename.encode(_STANDARD)


def _problem(entry: ZipInfo) -> str | None:
    kind = stat.S_IFMT(entry.external_attr >> 16) if entry.create_system == _UNIX else 0
    if kind == stat.S_IFLNK:
        return "the member is a link, which is not followed"
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "the member is a device or a pipe, not a file"
    if entry.flag_bits & _ENCRYPTED:
        return "the member is encrypted; unpack it with its password"
    if entry.compress_type not in _METHODS:
        return f"the member is packed by method {entry.compress_type}, which this program does not know; unpack it"
    if entry.file_size > RATIO_FREE and entry.file_size > MAX_RATIO * entry.compress_size:
        return f"the member would be more than {MAX_RATIO} times as large when unpacked, as in a zip bomb"
    return None


def _overlapping(entries: Sequence[ZipInfo], end: int) -> frozenset[int]:
    """Find the entries that reach into the next one or into the directory: one kernel of data would be read as many.

    Fifield, "A better zip bomb" (WOOT 2019); newer versions of `zipfile` look for it, too, but only when reading.
    """
    order = sorted(range(len(entries)), key=lambda place: entries[place].header_offset)
    starts = [*(entries[place].header_offset for place in order), end]
    gaps = (after - before for before, after in pairwise(starts))
    return frozenset(place for place, gap in zip(order, gaps, strict=True) if gap < _least_length(entries[place]))


def _least_length(entry: ZipInfo) -> int:
    return _HEADER + len(entry.orig_filename) + entry.compress_size
