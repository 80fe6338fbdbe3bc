"""Text in a column of the terminal: Chinese breaks between any two characters, other scripts at spaces, names never."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_NARROW_WORD = re.compile(r"[!-~\u00a1-\u024f]+|.", re.DOTALL)
# No line begins with one of these (GB/T 15834-2011, 5.1.10), though the column may be too narrow to help it.
_NOT_FIRST = frozenset("，。、；：？！）》〉」』”’…,;:)")


class Folded:
    """Draw one paragraph folded to the width it is given; rich itself would take a Chinese sentence for one word."""

    def __init__(self, text: str, style: str = "") -> None:
        """Take text that is safe to show, without line ends."""
        self.text = text
        self.style = style

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        for line in fold(self.text, options.max_width):
            yield Text(line, self.style, no_wrap=True)

    def __rich_measure__(self, _console: Console, options: ConsoleOptions) -> Measurement:
        """Say how narrow and how wide it can be."""
        width = min(cell_len(self.text), options.max_width)
        return Measurement(min(width, 2), width)


class Cut:
    """Draw a name on one line, without its middle where it is too long: files of a set differ at their ends."""

    def __init__(self, text: str) -> None:
        """Take a name that is safe to show, without line ends."""
        self.text = text

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the line."""
        yield Text(cut_middle(self.text, options.max_width), no_wrap=True)

    def __rich_measure__(self, _console: Console, options: ConsoleOptions) -> Measurement:
        """Say how narrow and how wide it can be."""
        width = min(cell_len(self.text), options.max_width)
        return Measurement(min(width, 8), width)


def cut_middle(text: str, width: int) -> str:
    """Cut the middle out of a text that takes more columns than that.

    >>> cut_middle("tribune-1901-05-07.page2", 15)
    'tribune…7.page2'
    """
    if cell_len(text) <= width:
        return text
    left = set_cell_size(text, max(width - 1, 0) // 2).rstrip()
    right = set_cell_size(text[::-1], max(width - 1 - cell_len(left), 0))[::-1].lstrip()
    return f"{left}…{right}"


def fold(text: str, width: int) -> Iterator[str]:
    """Fold a text into lines of at most that many columns, in which a Chinese character takes two.

    >>> list(fold("他说，The paper 来了。", 8))
    ['他说，', 'The', 'paper 来', '了。']
    """
    line, filled = "", 0
    for word in _NARROW_WORD.findall(text):
        size = cell_len(word)
        if line and filled + size > width:
            kept, carried = (line[:-1], line[-1]) if word in _NOT_FIRST and len(line) > 1 else (line, "")
            yield kept.rstrip()
            line, filled = carried, cell_len(carried)
        if line or not word.isspace():
            line, filled = line + word, filled + size
    if line:
        yield line
