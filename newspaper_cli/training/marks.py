"""What a reader marked on raw pages, by the numbers of their lines: no text of the pages is kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newspaper_cli.document import Line

# Not of form feeds, as who numbers lines counts.
_LINE_END: Final = re.compile("\n")


class Marks(NamedTuple):
    """Hold what a reader marked in a file: ranges of lines read, counted from one, and rows of a line and its mark."""

    path: str
    read: tuple[tuple[int, int], ...]
    rows: tuple[tuple[int, str], ...]

    def has_read(self, number: int) -> bool:
        """Tell whether the reader read a line."""
        return any(first <= number <= last for first, last in self.read)


def read_marks(text: str) -> Iterator[Marks]:
    r"""Read what a reader marked: rows of a path and ranges, each followed by rows of a line's number and its mark.

    >>> list(read_marks("# a/b.txt 1-9 12-20\n3\th\n"))
    [Marks(path='a/b.txt', read=((1, 9), (12, 20)), rows=((3, 'h'),))]
    """
    for section in text.split("# ")[1:]:
        head, *rows = section.splitlines()
        path, *ranges = head.split(" ")
        bounds = [one.partition("-") for one in ranges]
        marked = [row.split("\t") for row in rows if row]
        yield Marks(
            path,
            tuple((int(first), int(last)) for first, _, last in bounds),
            tuple((int(number), mark) for number, mark in marked),
        )


def number_lines(text: str, lines: Iterable[Line]) -> list[int]:
    """Give the number of each line in its file, counted from one."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    return [bisect_right(starts, line.start) for line in lines]
