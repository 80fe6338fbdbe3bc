"""Where a command writes: standard output, or a file that is whole or not there."""

# ruff: noqa: PLC0415  # imports wait until the work is done

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from newspaper_cli.cli import console
from newspaper_cli.errors import UsageError

STDOUT = "-"


def deliver(pieces: Iterable[bytes], output: str | None, inputs: Sequence[str] = (), *, drawn: bool = False) -> None:
    """Write pieces as they come; a file gets the bytes that a pipe would get.

    `drawn` pieces are tables for the eye, whose colours the terminal shall see.

    Raises:
        UsageError: the output is one of the inputs.
        UnwritableError: the output cannot be written.
    """
    if output is None or is_stdout(output):
        write = console.write_drawing if drawn else console.write_data
        for piece in pieces:
            write(piece)
        return
    from newspaper_cli.batch.atomic import replacing

    for path in inputs:
        refuse_loss(output, path)
    with replacing(Path(output)) as file:
        file.writelines(pieces)


def refuse_loss(output: str, path: str) -> None:
    """Refuse to write over an input.

    Raises:
        UsageError: the output is that input.
    """
    from newspaper_cli.batch.paths import is_same, is_special

    if not is_special(output) and is_same(output, path):
        message = f"{output} is an input and would be lost; give another name to -o"
        raise UsageError(message)


def is_stdout(output: str | None) -> bool:
    """Tell whether an output is standard output."""
    return output is None or output == STDOUT


def on_terminal(output: str | None) -> bool:
    """Tell whether what is written will be seen on a terminal at once."""
    return is_stdout(output) and console.is_terminal(sys.stdout)
