"""The version that files made by this program carry."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program_version() -> str:
    """Give the version under which the package is installed; a checkout that is not installed has none."""
    try:
        return version("newspaper-cli")
    except PackageNotFoundError:
        return "unknown"
