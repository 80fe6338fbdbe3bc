"""The two streams: data to stdout, as UTF-8 whatever the locale, and messages to stderr.

Nothing a page or a file name contains can steer the terminal: on one, and in every message, control characters are
replaced. Data in a pipe or a file stays as it is.
"""

# ruff: noqa: PLC0415  # imports wait until the work is done

import sys
from typing import TYPE_CHECKING, TextIO

from newspaper_cli.errors import UnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, RenderableType


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person sits at the other end; a stream that was closed before the start has no end."""
    return stream is not None and stream.isatty()


def write(text: str) -> None:
    """Write a text of the program's own to stdout.

    Raises:
        UnwritableError: it cannot be written.
        BrokenPipeError: nobody reads it any more.
    """
    write_data(text.encode())


def write_data(data: bytes) -> None:
    """Write data to stdout, line ends untouched; on a terminal without what would steer it.

    Raises:
        UnwritableError: it cannot be written.
        BrokenPipeError: nobody reads it any more.
    """
    if is_terminal(sys.stdout):
        from newspaper_cli.characters import display_safe

        data = display_safe(data.decode("utf-8", "replace")).encode()
    write_drawing(data)


def write_drawing(data: bytes) -> None:
    """Write what `draw` made to stdout, with the control sequences of its colours.

    Raises:
        UnwritableError: it cannot be written.
        BrokenPipeError: nobody reads it any more.
    """
    if sys.stdout is None:
        reason = "it is closed"
        raise _unwritable(reason)
    try:
        sys.stdout.buffer.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(error.strerror or str(error)) from error


def flush() -> None:
    """Send on what was written, so that a failure shows while it can still be reported.

    Raises:
        UnwritableError: it cannot be written.
        BrokenPipeError: nobody reads it any more.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(error.strerror or str(error)) from error


def say(message: str) -> None:
    """Write a message to stderr."""
    from newspaper_cli.characters import display_safe

    write_message(f"newspaper-cli: {display_safe(message)}")


def write_message(line: str) -> None:
    """Write a line to stderr; that nobody reads it any more is no reason to stop the work it tells of."""
    if sys.stderr is not None:
        try:
            print(line, file=sys.stderr, flush=True)
        except OSError:
            sys.stderr = None


def draw(parts: "Iterable[RenderableType]", *, coloured: bool) -> bytes:
    """Draw tables as UTF-8 text of the terminal's width, with colours if that is asked for.

    Whoever builds the parts has made their text safe to show: what comes out holds the drawing's own control sequences.
    """
    from io import StringIO

    page = StringIO()
    screen = _console(page, coloured=coloured)
    for part in parts:
        screen.print(part)
    # A drawing is padded to the width of the screen; nobody needs white space at the end of a line.
    lines = page.getvalue().removesuffix("\n").split("\n")
    return "".join(f"{line.rstrip()}\n" for line in lines).encode("utf-8", "replace")


def messages() -> "Console":
    """Open stderr for a progress display."""
    return _console(sys.stderr, coloured=is_terminal(sys.stderr))


def _console(stream: TextIO, *, coloured: bool) -> "Console":
    from rich.console import Console

    return Console(file=stream, force_terminal=coloured, highlight=False, markup=False, emoji=False)


def _unwritable(reason: str) -> UnwritableError:
    return UnwritableError(f"cannot write to standard output: {reason}")
