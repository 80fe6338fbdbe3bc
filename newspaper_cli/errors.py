"""Exit codes, and one exception class for each way in which a request can fail."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Name the exit codes of the command, a stable interface for scripts."""

    DONE = 0
    BUG = 1
    USAGE = 2
    UNREADABLE = 3
    UNWRITABLE = 4
    SOME_FAILED = 5
    CHECK_FAILED = 6
    EXTRA_MISSING = 7
    INTERRUPTED = 130


class NewspaperError(Exception):
    """Stand for every failure the program expects; its text says what to do about it."""

    exit_code = ExitCode.BUG


class UsageError(NewspaperError):
    """Report a request that contradicts itself or names the wrong kind of thing."""

    exit_code = ExitCode.USAGE


class UnreadableError(NewspaperError):
    """Report an input that is missing, cannot be read, or is not text."""

    exit_code = ExitCode.UNREADABLE


class UnwritableError(NewspaperError):
    """Report an output that cannot be written."""

    exit_code = ExitCode.UNWRITABLE


class SomeFailedError(NewspaperError):
    """Report that some of several inputs failed while the others were done."""

    exit_code = ExitCode.SOME_FAILED


class CheckFailedError(NewspaperError):
    """Report a check that did not hold: a plan that does not fit, a score below its floor, a masthead in conflict."""

    exit_code = ExitCode.CHECK_FAILED


class MissingExtraError(NewspaperError):
    """Report an optional package that is not installed, with the command that installs it."""

    exit_code = ExitCode.EXTRA_MISSING

    def __init__(self, extra: str, package: str) -> None:
        """Name the extra of this project and the package it brings."""
        super().__init__(f"this needs {package}; install it with: pip install 'newspaper-cli[{extra}]'")
        self.extra = extra
        self.package = package
