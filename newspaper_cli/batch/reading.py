"""How the bytes of an input are come by, and how the pages of one issue become one source."""

from __future__ import annotations

import os
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from newspaper_cli.batch.archives import ArchiveReader
from newspaper_cli.batch.compression import is_compressed, open_plain, read_bounded
from newspaper_cli.batch.members import Member
from newspaper_cli.batch.remote import RemoteStore, is_remote
from newspaper_cli.document import Source
from newspaper_cli.errors import UnreadableError
from newspaper_cli.source import decode, digest, encode, explained

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import FileIO
    from typing import BinaryIO

    from newspaper_cli.batch.tasks import Input

# A scanner's program may write a page while we read it; one that is written without end is given up.
_ATTEMPTS: Final = 3


class Reader:
    """Read inputs wherever they lie; the last archive stays open, for its members come one after the other."""

    def __init__(self, largest: int) -> None:
        """Take the most bytes that may be read as one text."""
        self._largest = largest
        self._archives = ArchiveReader()

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self._archives.close()

    def read(self, wanted: Input) -> bytes:
        """Read the bytes of one text, unpacked.

        Raises:
            UnreadableError: it cannot be read, is damaged, too large, or changes while it is read.
        """
        if wanted.member is not None:
            member = Member(name=wanted.member, size=wanted.size, offset=wanted.offset)
            return self._unpacked(BytesIO(self._archives.read(Path(wanted.path), member)), wanted.member)
        if is_remote(wanted.path):
            return self._unpacked(BytesIO(RemoteStore(wanted.path).read(wanted.path, self._largest)), wanted.path)
        with explained(wanted.path):
            return self._read_settled(wanted.path)

    def _read_settled(self, path: str) -> bytes:
        for _ in range(_ATTEMPTS):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # the read is one call, without a buffer's copy
                before = _version(file.fileno())
                data = self._unpacked(file, path) if is_compressed(path) else self._whole(file, before[0], path)
                if _version(file.fileno()) == before:
                    return data
        message = f"{path} changes while it is read; export it when it is complete"
        raise UnreadableError(message)

    def _whole(self, file: FileIO, size: int, path: str) -> bytes:
        if size > self._largest:
            message = f"{path} has {size} bytes, more than a page; the most that is read is {self._largest}"
            raise UnreadableError(message)
        return file.readall()

    def _unpacked(self, file: BinaryIO, name: str) -> bytes:
        return read_bounded(open_plain(file, name) if is_compressed(name) else file, self._largest)


def make_source(pages: Sequence[tuple[str, bytes]], name: str) -> tuple[Source, list[int]]:
    """Make one source of the pages of an issue, each a name and its bytes, and tell where in it each page begins.

    Their texts stand in it with form feeds between; its encoding is that of the pages if they have one in common.

    Raises:
        UnreadableError: a page is no text; the message says which.
    """
    sources = [decode(data, page) for page, data in pages]
    if len(sources) == 1:
        return sources[0], [0]
    text = "\f".join(source.text for source in sources)
    encodings = {source.encoding for source in sources}
    same = len(encodings) == 1
    encoding = encodings.pop() if same else "utf-8"
    data = encode(text, encoding) if same else text.encode("utf-8", "surrogatepass")
    lengths = accumulate((len(source.text) + 1 for source in sources[:-1]), initial=0)
    return Source(text, encoding, digest(data), name, any(source.guessed for source in sources)), list(lengths)


def _version(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_size, status.st_mtime_ns
