"""Questions about paths that are answered with no where the system does not let us look.

`pathlib` raises there, depending on the version of Python: below a folder that may not be entered, for a name that is
too long. Whoever then reads or writes the path learns the reason.
"""

# ruff: noqa: PTH110, PTH112, PTH113, PTH121  # os.path is what answers so

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def exists(path: Path | str) -> bool:
    """Tell whether there is anything under this name."""
    return os.path.exists(path)


def is_folder(path: Path | str) -> bool:
    """Tell whether a path is a folder, or a link to one."""
    return os.path.isdir(path)


def is_special(path: Path | str) -> bool:
    """Tell whether a path is a device, a pipe or a folder: there, and no file."""
    return os.path.exists(path) and not os.path.isfile(path)


def is_same(one: Path | str, other: Path | str) -> bool:
    """Tell whether two names lead to one file or folder."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
