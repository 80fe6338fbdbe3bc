"""Pages to learn from: printed lines, and for each seam whether it joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newspaper_cli.document import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Sheet(NamedTuple):
    """Hold the lines of one page and, for each seam, whether it joins; None where nobody knows.

    `heads` tells of each line whether it is one of a heading, where somebody knows.
    `parts` tell more of each: letters of what it is in a heading, empty where nobody knows.
    Sheets of one `group` are of one issue, or made of one source: they are never in training and test at once.
    `weight` is that of each of its seams.
    """

    group: str
    lines: Sequence[Line]
    joins: Sequence[bool | None]
    weight: float = 1.0
    heads: Sequence[bool | None] = ()
    parts: Sequence[str] = ()


class Page:
    """Gather the lines of a made page; each is added with whether it goes on in the next."""

    def __init__(self) -> None:
        """Begin an empty page."""
        self.lines: list[Line] = []
        self.joins: list[bool | None] = []
        self.heads: list[bool | None] = []
        self.parts: list[str] = []

    def add(self, text: str, *, joins: bool | None, gap: int = 0, indent: int = 0, heads: bool | None = False) -> None:
        """Add one line; white space alone is none."""
        if text.strip():
            self.lines.append(Line(text.strip(), 0, len(text), indent, gap))
            self.joins.append(joins)
            self.heads.append(heads)
            self.parts.append("")

    def tell(self, first: int, part: str) -> None:
        """Say of all lines from one on which part they have in headings."""
        self.parts[first:] = [part] * (len(self.parts) - first)

    def sheet(self, group: str, weight: float) -> Sheet:
        """Close the page."""
        return Sheet(group, self.lines, self.joins[:-1], weight, self.heads, self.parts)


def without_blanks(sheets: Sequence[Sheet], weight: float) -> Iterator[Sheet]:
    """Give pages again as character recognition leaves them: no blank line, no indent."""
    for sheet in sheets:
        lines = [Line(line.text, line.start, line.end) for line in sheet.lines]
        yield Sheet(sheet.group, lines, sheet.joins, weight, sheet.heads)
