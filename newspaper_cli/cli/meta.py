"""`meta`: the masthead of raw pages, with the printed text behind each field, and what does not agree."""

# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports wait until the work is done; each parameter is an option

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from newspaper_cli.cli import console, options
from newspaper_cli.errors import CheckFailedError

if TYPE_CHECKING:
    from newspaper_cli.cli.inputs import Inputs
    from newspaper_cli.document import Issue


class Format(StrEnum):
    """Name the ways to print a masthead."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def meta(
    paths: options.PathsAndFolders = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to print it; a table on a terminal, else JSON.", show_default=False),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Print only issues with a conflict; exit code 6 if there is one.")
    ] = False,
    pattern: options.Pattern = options.TEXT_FILES,
    script: options.ToScript = None,
    language: options.Language = "auto",
    output: options.Output = None,
    bom: options.Bom = False,
    raw_cells: options.RawCells = False,
    weights: options.WeightsFolder = None,
) -> None:
    """Print the masthead of raw pages, and what in it does not agree.

    Each field stands with what is printed for it. Several files are also compared with each other: the issue numbers of
    one title tell which is out of its row, and date a page whose date cannot be read.
    """
    from newspaper_cli.cli.inputs import Inputs
    from newspaper_cli.cli.outputs import deliver, on_terminal
    from newspaper_cli.cli.split import read_issues
    from newspaper_cli.export import ExportOptions, render_meta
    from newspaper_cli.tables import open_weights

    inputs = Inputs(paths, "meta", pattern, output)
    issues = read_issues(inputs, language, script, open_weights(weights))
    if inputs.several:
        from newspaper_cli.batch.compared import compare_issues

        issues = compare_issues(_watched(issues, inputs))
    tally = Tally(issues) if check else None
    choices = ExportOptions(several=inputs.several, bom=bom, raw_cells=raw_cells)
    coloured = on_terminal(output)
    chosen = format_ or (Format.TABLE if coloured else Format.JSON)
    kept = issues if tally is None else tally
    if chosen is Format.TABLE:
        pieces: Iterable[bytes] = _draw(kept, inputs, coloured)
    else:
        pieces = map(str.encode, render_meta(kept, chosen.value, choices))
    deliver(pieces, output, inputs.paths, drawn=chosen is Format.TABLE)
    if tally is not None:
        tally.finish(inputs)
    inputs.finish()


def _watched(issues: Iterable["Issue"], inputs: "Inputs") -> Iterator["Issue"]:
    """Show how far the reading has come."""
    from newspaper_cli.cli.progress import reading

    with reading(inputs.count) as advance:
        for issue in issues:
            advance(inputs.found)
            yield issue


class Tally:
    """Let issues with a conflict through, and count."""

    def __init__(self, issues: Iterable["Issue"]) -> None:
        """Take the issues to choose from."""
        self.issues = issues
        self.read = 0
        self.kept = 0

    def __iter__(self) -> Iterator["Issue"]:
        """Yield the issues with a conflict."""
        for issue in self.issues:
            self.read += 1
            if issue.in_conflict:
                self.kept += 1
                yield issue

    def finish(self, inputs: "Inputs") -> None:
        """Close the check: a conflict weighs more than an input that could not be read, which has been told.

        Raises:
            CheckFailedError: there was a conflict.
        """
        if not self.kept:
            console.say(f"no conflict in {self.read} issues")
            return
        unread = f"; {inputs.failed} of {inputs.found} inputs could not be read" if inputs.failed else ""
        message = f"{self.kept} of {self.read} issues have a conflict{unread}"
        raise CheckFailedError(message)


def _draw(issues: Iterable["Issue"], inputs: "Inputs", coloured: bool) -> Iterator[bytes]:
    """Draw one masthead in full, several as a row each."""
    if inputs.several:
        from newspaper_cli.cli.listing import draw_list

        return draw_list(issues, inputs.paths, coloured=coloured)
    from newspaper_cli.cli.table import draw_meta

    return (draw_meta(issue, coloured=coloured) for issue in issues)
