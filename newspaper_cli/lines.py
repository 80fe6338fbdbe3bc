"""Lines of a source: the tiling that loses nothing, and the inked lines that the stages work on."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from newspaper_cli.characters import BYTE_ORDER_MARK
from newspaper_cli.document import Line, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# `str.splitlines` also splits at U+000B, U+001C-1E, U+0085, U+2028 and U+2029, which are characters of the page here.
_LINE_END = re.compile(r"\r\n|\n|\r|\f")
_WIDE_SPACE = "\u3000"


def tile(text: str) -> Iterator[Span]:
    r"""Cut a text into lines, their ends included, so that the spans follow each other without a hole.

    A form feed ends a line too: it parts two pages.

    >>> list(tile("one\r\ntwo\fthree"))
    [(0, 5), (5, 9), (9, 14)]
    """
    start = 0
    for match in _LINE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def page_spans(text: str) -> tuple[Span, ...]:
    r"""Give the span of each page; form feeds part them and belong to the page before.

    A form feed at the very end, as `pdftotext` leaves it, opens no further page.

    >>> page_spans("first\fsecond\f")
    ((0, 6), (6, 13))
    """
    spans, start = [], 0
    while (feed := text.find("\f", start)) >= 0:
        spans.append((start, feed + 1))
        start = feed + 1
    if text[start:].strip() or not spans:
        spans.append((start, len(text)))
    elif start < len(text):
        spans[-1] = (spans[-1][0], len(text))
    return tuple(spans)


def read_lines(text: str) -> tuple[Line, ...]:
    r"""Read the inked lines of a text, with indent, blank lines before, and page.

    >>> [(line.text, line.indent, line.gap) for line in read_lines("a\n\n\u3000b \n")]
    [('a', 0, 0), ('b', 2, 1)]
    """
    # What ends no line of the page or is no ink of it is blanked, of equal length: a byte order mark, returns.
    inked = " " + text[1:] if text.startswith(BYTE_ORDER_MARK) else text
    inked = inked.replace("\r\n", " \n").replace("\r", "\n")
    lines: list[Line] = []
    start = 0
    for page, printed in enumerate(inked.split("\f")):
        lines += _page_lines(printed, start, page)
        start += len(printed) + 1
    return tuple(lines)


def _page_lines(printed: str, start: int, page: int) -> Iterator[Line]:
    """Read the inked lines of one page, which begins at `start` in its text."""
    raws = printed.split("\n")
    begins = accumulate([len(raw) + 1 for raw in raws], initial=start)
    before = -1
    for place, (raw, ink, begin) in enumerate(zip(raws, [raw.strip() for raw in raws], begins, strict=False)):
        if ink:
            first = raw.index(ink[0]) if raw[0] != ink[0] else 0
            indent = first and first + raw.count(_WIDE_SPACE, 0, first)
            yield Line(ink, begin + first, begin + first + len(ink), indent, place - before - 1, page)
            before = place
