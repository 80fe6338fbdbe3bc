"""What a caller may choose about the output, whatever its format."""

from __future__ import annotations

from typing import Literal

import msgspec


class ExportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Hold the choices that the formats know; each format reads those it understands.

    `several` says that several inputs were given, so that JSON is an array even if only one of them could be read.
    The others are for CSV: `rows` chooses one row an article or one a paragraph, `bom` opens with the mark by which
    Excel knows UTF-8, `raw_cells` leaves cells that a spreadsheet would run as formulas as they are.
    """

    several: bool = False
    rows: Literal["articles", "paragraphs"] = "articles"
    bom: bool = False
    raw_cells: bool = False
