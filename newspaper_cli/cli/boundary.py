"""The edge of the program: what goes wrong inside becomes one line on stderr and an exit code."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec

import typer

from newspaper_cli.cli import console
from newspaper_cli.errors import ExitCode, NewspaperError

P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Wrap a command so that an expected failure ends it with a message and the failure's exit code.

    A reader that closes the pipe has seen enough: the command ends quietly, with success. Anything unexpected is a bug
    and keeps its traceback.
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            console.flush()
        except BrokenPipeError:
            _abandon_stdout()
        except NewspaperError as error:
            _abandon_stdout()
            console.say(str(error))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            console.say("interrupted")
            raise typer.Exit(ExitCode.INTERRUPTED) from None

    return run


def hold_streams() -> None:
    """Put nothing in the place of each standard stream that was closed before the start.

    A file of ours would get its number, and what a library or a worker says to stderr would stand in that file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is taken; those below are open by now.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _abandon_stdout() -> None:
    """Write out what is waiting, and if that fails keep the interpreter from trying again when it ends."""
    try:
        console.flush()
    except (OSError, NewspaperError):
        # Streams that tests put in place of the real one have no descriptor.
        with suppress(OSError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
