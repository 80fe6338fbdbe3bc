"""Compressed text: `.gz .bz2 .xz .zst` files read as what is in them, never further than asked for.

The readers of the standard library differ in what they let through: some end without a word where the data is cut
short, none bounds the memory a header may ask for. Here one reader drives the decompressors themselves.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, NoReturn, Protocol, cast

from newspaper_cli.errors import MissingExtraError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK: Final = 1 << 16
# What `xz -9` needs is 65 MB; a header may ask for 4 GB.
_MOST_MEMORY: Final = 256 << 20
# For zlib: the widest window, and a gzip header around it.
_GZIP: Final = 31
_BYTES_A_MEGABYTE: Final = 1_000_000


class _Decompressor(Protocol):
    """State what all decompressors of the standard library have in common, but for that of zlib."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """Give the decompressor of zlib the face of the others; it checks the length and the sum at the end of its data."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_GZIP)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        plain = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        # All input may be taken while output is still waiting inside.
        self.needs_input = not self._inner.unconsumed_tail and len(plain) < max_length
        return plain


class _Started(NamedTuple):
    decompressor: _Decompressor
    # The class of what it raises where the data is damaged; the formats share none.
    error: type[Exception]


class _Format(NamedTuple):
    start: Callable[[], _Started]
    # What the suffix leaves behind when it is taken off.
    inside: str = ""


def _start_gzip() -> _Started:
    return _Started(_Gzip(), zlib.error)


def _start_bzip2() -> _Started:
    return _Started(bz2.BZ2Decompressor(), OSError)


def _start_xz() -> _Started:
    return _Started(lzma.LZMADecompressor(memlimit=_MOST_MEMORY), lzma.LZMAError)


def _start_zstandard() -> _Started:
    """Start the decompressor that Python itself has from 3.14 on; its own bound of memory is a window of 128 MB."""
    try:
        from backports import zstd  # noqa: PLC0415
    except ImportError as missing:
        raise MissingExtraError(extra="zst", package="backports.zstd") from missing
    return _Started(zstd.ZstdDecompressor(), zstd.ZstdError)


_PLAIN: Final = frozenset({".txt", ".TXT"})
_FORMATS: Final = {
    ".gz": _Format(_start_gzip),
    ".bz2": _Format(_start_bzip2),
    ".xz": _Format(_start_xz),
    ".zst": _Format(_start_zstandard),
    ".tgz": _Format(_start_gzip, ".tar"),
    ".tbz2": _Format(_start_bzip2, ".tar"),
    ".txz": _Format(_start_xz, ".tar"),
    ".tzst": _Format(_start_zstandard, ".tar"),
}


def is_compressed(name: str) -> bool:
    """Tell by its name whether a file is compressed; an archive may be so as well: `pages.tar.gz`."""
    return _format(name) is not None


def plain_name(name: str) -> str:
    """Name a file as it is called when it is not compressed.

    >>> plain_name("page.txt.gz"), plain_name("pages.tgz"), plain_name("page.txt")
    ('page.txt', 'pages.tar', 'page.txt')
    """
    chosen = _format(name)
    return name if chosen is None else name[: -len(PurePosixPath(name).suffix)] + chosen.inside


def open_plain(file: BinaryIO, name: str) -> BinaryIO:
    """Read what is in a compressed file, piece by piece; a file whose name is not that of one is given back as it is.

    The result can be asked to go forward, and backward where the file can, at the price of beginning again. Closing it
    leaves the file open.

    Raises:
        MissingExtraError: the extra that unpacks this format is not installed.
        UnreadableError: while reading: the data is damaged or cut short, or the file cannot be read.
    """
    chosen = _format(name)
    if chosen is None:
        return file
    return io.BufferedReader(_Unpacked(file, name, chosen.start), _CHUNK)


def read_bounded(file: BinaryIO, limit: int, name: str = "the text") -> bytes:
    """Read a file whole, if that is no more than `limit` bytes.

    Raises:
        UnreadableError: there is more.
    """
    pieces: list[bytes] = []
    left = limit + 1
    while left and (piece := file.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        message = f"{name} is larger than {in_megabytes(limit)} when unpacked; unpack it, and split it if it is text"
        raise UnreadableError(message)
    return b"".join(pieces)


def in_megabytes(count: int) -> str:
    """Say a number of bytes as people do.

    >>> in_megabytes(2_500_000), in_megabytes(12)
    ('2.5 MB', '12 bytes')
    """
    return f"{count / _BYTES_A_MEGABYTE:g} MB" if count >= _BYTES_A_MEGABYTE else f"{count} bytes"


def _format(name: str) -> _Format | None:
    # Most names are of plain text: their last letters say so faster than a path is taken apart.
    if name[-4:] in _PLAIN:
        return None
    return _FORMATS.get(PurePosixPath(name).suffix.lower())


class _Unpacked(io.RawIOBase):
    """Read the plain bytes of compressed data: one stream, or several one after the other, as `cat` makes them."""

    def __init__(self, file: BinaryIO, name: str, start: Callable[[], _Started]) -> None:
        super().__init__()
        self._file = file
        self._name = name
        self._start = start
        self._current, self._error = start()
        self._position = 0
        self._broken: str | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            message = "only the whole data has an end"
            raise io.UnsupportedOperation(message)
        target = offset + (self._position if whence == io.SEEK_CUR else 0)
        if target < self._position:
            self._rewind()
        while self._position < target and self._advance(min(target - self._position, _CHUNK)):
            pass
        return self._position

    def readinto(self, buffer: object) -> int:
        view = cast("memoryview", buffer)
        data = self._advance(len(view))
        view[: len(data)] = data
        return len(data)

    def _rewind(self) -> None:
        self._file.seek(0)
        self._current, self._error = self._start()
        self._position = 0
        self._broken = None

    def _advance(self, size: int) -> bytes:
        """Give the next plain bytes, at most `size`; none at the end."""
        if self._broken:
            # What a decompressor would give after an error is anyone's guess.
            raise UnreadableError(self._broken)
        while size:
            data = b""
            if self._current.eof:
                data = self._next_stream()
                if not data:
                    return b""
                self._current, self._error = self._start()
            elif self._current.needs_input:
                data = self._read()
                if not data:
                    self._give_up("it is cut short")
            plain = self._decompress(data, size)
            if plain:
                self._position += len(plain)
                return plain
        return b""

    def _next_stream(self) -> bytes:
        """Find what follows the end of a stream; NULs are padding."""
        data = self._current.unused_data.lstrip(b"\0")
        while not data and (more := self._read()):
            data = more.lstrip(b"\0")
        return data

    def _read(self) -> bytes:
        try:
            return self._file.read(_CHUNK)
        except OSError as error:
            message = f"{self._name} cannot be read: {error.strerror or error}"
            raise UnreadableError(message) from error

    def _decompress(self, data: bytes, size: int) -> bytes:
        try:
            return self._current.decompress(data, size)
        except (self._error, EOFError, MemoryError) as error:
            self._give_up(str(error) or "it asks for more memory than there is")

    def _give_up(self, reason: str) -> NoReturn:
        """Say what is wrong with the data; no error of the system stands behind it, so reading again is no use."""
        self._broken = f"{self._name} is damaged and cannot be unpacked: {reason}"
        raise UnreadableError(self._broken) from None
