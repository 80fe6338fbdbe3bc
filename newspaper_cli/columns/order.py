"""Reading order: what was mixed on the page, put back in the order in which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from newspaper_cli.columns.gutters import read_bands, side_by_side
from newspaper_cli.document import Line, Note

if TYPE_CHECKING:
    from newspaper_cli.languages import Language


class Order(msgspec.Struct, frozen=True):
    """Hold the lines of a page in reading order, whether that differs from the file's, and what was done."""

    lines: tuple[Line, ...]
    reordered: bool = False
    notes: tuple[Note, ...] = ()


def restore_order(lines: tuple[Line, ...], language: Language) -> Order:  # noqa: ARG001
    """Give the lines in reading order."""
    if side_by_side(lines):
        return Order(read_bands(lines), reordered=True)
    return Order(lines)
