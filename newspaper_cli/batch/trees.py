"""Folders and what is in them: one walk, so that every command that takes folders finds the same files in one order."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.batch.compression import plain_name
from newspaper_cli.batch.members import is_archive
from newspaper_cli.batch.paths import is_folder, is_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


HIDDEN: Final = "hidden: its name begins with a dot; give the file itself to read it"


class Entry(msgspec.Struct, frozen=True, order=True, gc=False):
    """Hold one name in a folder; a link is told apart only where it leads to a folder."""

    name: str
    folder: bool = False
    link: bool = False
    size: int = 0


class Found(msgspec.Struct, frozen=True):
    """Hold the files of one folder that count, by name and in order, or why the folder could not be looked into.

    `place` is the folder as it is named below the tree it was found in. `skipped` holds what is there but is not read,
    each with the reason; `archives` are read like folders, after the files.
    """

    folder: str
    place: str
    names: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    archives: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    problem: str | None = None


class Wanted(msgspec.Struct, frozen=True):
    """Say what counts in a folder: names that fit `pattern`, in upper or lower case, outside the folder `left_out`.

    The pattern is for the name of the text: `*.txt` finds `page.txt.gz` too.
    """

    pattern: str
    left_out: str | None = None

    def fits(self, name: str) -> bool:
        """Tell whether a file of this name counts."""
        return fnmatchcase(plain_name(name).lower(), self.pattern.lower())


def walk(
    folder: str, place: str, wanted: Wanted, listing: Callable[[str], list[Entry]] | None = None
) -> Iterator[Found]:
    """Find the files of a folder, then those of the folders in it, one folder at a time.

    Hidden files and folders, whose names begin with a dot, are not read, nor are links to folders followed: what they
    lead to would be found twice, or for ever. `listing` gives what is in a folder, in order; without it the folder is
    one of this machine.
    """
    try:
        entries = (listing or list_folder)(folder)
    except OSError as error:
        yield Found(folder, place, problem=f"the folder cannot be listed: {error.strerror or error}")
        return
    files = [entry for entry in entries if not entry.folder and wanted.fits(entry.name)]
    shown = [entry for entry in files if not is_hidden(entry.name)]
    yield Found(
        folder,
        place,
        tuple(entry.name for entry in shown),
        tuple(entry.size for entry in shown),
        tuple(e.name for e in entries if not e.folder and is_archive(e.name) and not is_hidden(e.name)),
        tuple((entry.name, HIDDEN) for entry in files if is_hidden(entry.name)) + tuple(_skipped_folders(entries)),
    )
    for entry in entries:
        if entry.folder and not entry.link and not is_hidden(entry.name):
            path = joined(folder, entry.name)
            if wanted.left_out is None or not is_same(path, wanted.left_out):
                yield from walk(path, joined(place, entry.name), wanted, listing)


def list_folder(folder: str) -> list[Entry]:
    """List a folder of this machine in order of name.

    Raises:
        OSError: it cannot be listed.
    """
    with os.scandir(folder) as listing:
        return sorted(map(_entry, listing))


def is_hidden(name: str) -> bool:
    """Tell whether a name is one that listings leave out."""
    return name.startswith(".")


def joined(folder: str, name: str) -> str:
    """Name something in a folder, or without a name the folder itself; the current folder is left unsaid."""
    if not name:
        return folder
    return name if folder in {"", "."} else f"{folder.rstrip('/')}/{name}"


_LINK: Final = "a link to a folder is not followed; give the folder itself"


def _skipped_folders(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if entry.folder and (entry.link or is_hidden(entry.name)):
            yield entry.name, _LINK if entry.link else HIDDEN.replace("file", "folder")


def _entry(entry: os.DirEntry[str]) -> Entry:
    link = entry.is_symlink()
    # For most entries the listing itself says what they are.
    folder = is_folder(entry.path) if link else entry.is_dir(follow_symlinks=False)
    return Entry(entry.name, folder, link, 0 if folder else _size(entry))


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        # A link that leads nowhere, a folder that may not be entered: whoever reads the file learns the reason.
        return 0
