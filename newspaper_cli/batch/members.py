"""What an archive holds: its members, and why some of them must not be read."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from newspaper_cli.batch.compression import in_megabytes, plain_name
from newspaper_cli.characters import is_han
from newspaper_cli.errors import UnreadableError
from newspaper_cli.source import decode

# The names of all members of an archive are kept, to find those that occur twice: with what a .zip says of each, of
# fifty thousand that is 44 MB (measured). This many is thirty years of a daily paper of eight pages, a file a page.
MAX_MEMBERS: Final = 100_000
# A member is read whole, and decoded text takes up to four times as much. A page has some ten thousand characters.
MAX_SIZE: Final = 256 << 20
# DEFLATE goes to 1:1032, and what people write to a tenth.
MAX_RATIO: Final = 200
# What is this small is read whatever its ratio: a page of blanks does no harm.
RATIO_FREE: Final = 1 << 20

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_FOREIGN: Final = "__MACOSX"


class Member(msgspec.Struct, frozen=True):
    """Hold one file in an archive, or with an empty name what is wrong with the archive itself.

    `name` is a path relative to the archive; it is safe below a folder where there is no `problem`. `offset` is where
    it begins: in a `.tar` its data in the archive as it is when it is not compressed, in a `.zip` its header.
    `problem` says why it must not be read; `failed` that the system is the reason, so that it may work another time.
    `hidden` members are those that programs keep beside the user's.
    """

    name: str
    size: int
    offset: int
    problem: str | None = None
    hidden: bool = False
    failed: bool = False


def is_archive(name: str) -> bool:
    """Tell by its name whether a file is an archive that can be read.

    >>> is_archive("pages.ZIP"), is_archive("pages.tar.xz"), is_archive("pages.tgz"), is_archive("page.txt.gz")
    (True, True, True, False)
    """
    return is_zip(name) or plain_name(name).lower().endswith(".tar")


def is_zip(name: str) -> bool:
    """Tell by its name whether a file is a `.zip`."""
    return name.lower().endswith(".zip")


class Register:
    """Enter what stands in an archive as members, and find what is wrong with each."""

    def __init__(self) -> None:
        """Begin an archive: no name has been seen."""
        self._names: set[str] = set()

    def enter(self, name: str, size: int, offset: int, problem: str | None = None) -> Member:
        """Make a member of an entry; `problem` is what its own format has against it."""
        parts = [part for part in name.split("/") if part not in {"", "."}]
        place = "/".join(parts)
        escape = _escape(name)
        problem = escape or problem or _excess(size) or self._clash(place)
        self._names.add(place)
        hidden = any(part.startswith(".") or part == _FOREIGN for part in parts)
        return Member(name if escape else place, size, offset, problem, hidden)

    def _clash(self, place: str) -> str | None:
        if place in self._names:
            return "the archive holds another member of this name before it"
        return "an archive inside an archive is not entered; unpack the outer one" if is_archive(place) else None


def count_problem() -> str:
    """Say that an archive holds too much."""
    return f"the archive holds more than {MAX_MEMBERS} members; unpack it, or make several of it"


def guess_encoding(names: bytes, standard: str) -> str:
    """Tell the encoding of names that are not UTF-8, or not said to be: UTF-8 or a Chinese one, else `standard`.

    A name says where its text is shown and written, never what is in it; so a guess does no harm here.
    """
    try:
        source = decode(names)
    except UnreadableError:
        return standard
    is_sure = source.encoding == "utf-8" and not _SURROGATES.search(source.text)
    return source.encoding if is_sure or any(map(is_han, source.text)) else standard


def read_name(raw: bytes, encoding: str) -> str:
    """Read a name; bytes that are no text in its encoding are written in hexadecimal, as in a URL."""
    text = raw.decode(encoding, "surrogateescape")
    return _SURROGATES.sub(lambda match: f"%{ord(match[0]) & 0xFF:02X}", text)


def _escape(name: str) -> str | None:
    """Say how a name would lead out of the folder that an archive is unpacked to, here or on another system."""
    if not name.strip("/."):
        return "the member has no name"
    if name.startswith("/") or _DRIVE.match(name):
        return "the name is an absolute path, which would lead out of the archive"
    if ".." in name.split("/"):
        return "the name has .. in it, which would lead out of the archive"
    return "the name has a backslash in it, which is a path on some systems" if "\\" in name else None


def _excess(size: int) -> str | None:
    if size < 0:
        return "the size is negative"
    return f"the member is larger than {in_megabytes(MAX_SIZE)}; unpack and split it" if size > MAX_SIZE else None
