"""Lines of a source: the tiling that loses nothing, and the inked lines that the stages work on."""

from __future__ import annotations

import re
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
    lines: list[Line] = []
    gap = page = 0
    for start, stop in tile(text):
        # A byte order mark is a character of the source but no ink of the page.
        raw = text[start:stop] if start or text[0] != BYTE_ORDER_MARK else " " + text[1:stop]
        ink = raw.strip()
        if ink:
            begin = start + len(raw) - len(raw.lstrip()) if raw[0] != ink[0] else start
            indent = begin - start and (begin - start) + text.count(_WIDE_SPACE, start, begin)
            lines.append(Line(ink, begin, begin + len(ink), indent, gap, page))
            gap = 0
        else:
            gap += 1
        if raw[-1] == "\f":
            page += 1
            gap = 0
    return tuple(lines)
