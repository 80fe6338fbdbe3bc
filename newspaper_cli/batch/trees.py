"""Folders and what is in them: one walk, so that every command that takes folders finds the same files in one order."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from newspaper_cli.batch.paths import is_folder, is_same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Found(msgspec.Struct, frozen=True):
    """Hold the files of one folder that count, by name and in order, or why the folder could not be looked into.

    `place` is the folder as it is named below the tree it was found in.
    """

    folder: Path
    place: Path
    names: tuple[str, ...] = ()
    problem: str | None = None


def walk(folder: Path, place: Path, pattern: str, left_out: Path | None = None) -> Iterator[Found]:
    """Find the files of a folder, then those of the folders in it, one folder at a time.

    Names that fit the pattern count, in upper or lower case. A folder that is the same as `left_out` is not entered.
    """
    try:
        with os.scandir(folder) as listing:
            entries = sorted((entry.name, _is_folder(entry)) for entry in listing)
    except OSError as error:
        yield Found(folder, place, problem=f"the folder cannot be listed: {error.strerror or error}")
        return
    wanted = pattern.lower()
    # Names, not paths or entries: of these there may be as many as a folder holds.
    names = tuple(name for name, nested in entries if not nested and fnmatchcase(name.lower(), wanted))
    yield Found(folder, place, names)
    for path, under in ((folder / name, place / name) for name, nested in entries if nested):
        if path.is_symlink():
            yield Found(path, under, problem="a link to a folder is not followed; give the folder itself")
        elif left_out is None or not is_same(path, left_out):
            yield from walk(path, under, pattern, left_out)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a folder or a link to one; for most entries the listing itself says so."""
    return is_folder(entry.path) if entry.is_symlink() else entry.is_dir(follow_symlinks=False)
