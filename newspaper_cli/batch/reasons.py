"""Why inputs are not in the output, counted by reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newspaper_cli.batch.manifest import Row
    from newspaper_cli.batch.tasks import Status

# Reasons that name something else than the input, such as a place in the program, could be without number.
_MOST: Final = 1000
_OTHER: Final = "other reasons; the manifest has them all"


class Reason(msgspec.Struct, frozen=True):
    """Count the inputs of one status and reason, with the path of the first of them."""

    status: Status
    reason: str
    count: int
    example: str


class Reasons:
    """Count inputs by the reason why they are not in the output, whatever their paths."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[Status, str], Reason] = {}

    def add(self, rows: Iterable[Row]) -> None:
        """Count the rows that have a reason."""
        for row in rows:
            if row.reason is not None:
                key = row.status, without_path(row.reason, row.path)
                if key not in self._found and len(self._found) >= _MOST:
                    key = row.status, _OTHER
                held = self._found.get(key)
                example = held.example if held else row.path
                self._found[key] = Reason(*key, held.count + 1 if held else 1, example)

    def ranked(self) -> list[Reason]:
        """Give the reasons, the most frequent first."""
        return sorted(self._found.values(), key=lambda found: (-found.count, found.status, found.reason))


def without_path(reason: str, path: str) -> str:
    """Take the path of the input out of a reason, so that equal reasons are equal.

    >>> without_path("pages/a.txt is a PDF file", "pages/a.txt")
    'it is a PDF file'
    """
    return reason.replace(f"{path}: ", "").replace(path, "it")
