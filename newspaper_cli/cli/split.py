"""`split`: raw pages in, issues with their articles out."""

# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports wait until the work is done; each parameter is an option

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from newspaper_cli.cli import options

if TYPE_CHECKING:
    from newspaper_cli.cli.inputs import Inputs
    from newspaper_cli.document import Issue
    from newspaper_cli.tables import Weights


class Format(StrEnum):
    """Name the ways to print an issue."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    TEXT = "text"
    TABLE = "table"


def split(
    paths: options.Paths = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print the issue.")] = Format.JSON,
    script: options.ToScript = None,
    language: options.Language = "auto",
    output: options.Output = None,
    rows: options.RowsOf = options.Rows.ARTICLES,
    bom: options.Bom = False,
    raw_cells: options.RawCells = False,
    weights: options.WeightsFolder = None,
) -> None:
    """Print raw pages as issues with their articles.

    One page prints one object, several print an array; --format jsonl prints one issue a line.
    """
    from newspaper_cli.cli.inputs import Inputs
    from newspaper_cli.cli.outputs import deliver, on_terminal
    from newspaper_cli.export import ExportOptions, render
    from newspaper_cli.tables import open_weights

    inputs = Inputs(paths, "split")
    issues = read_issues(inputs, language, script, open_weights(weights))
    if format_ is Format.TABLE:
        from newspaper_cli.cli.table import draw_issue

        coloured = on_terminal(output)
        deliver((draw_issue(issue, coloured=coloured) for issue in issues), output, inputs.paths, drawn=True)
    else:
        choices = ExportOptions(several=inputs.several, rows=rows.value, bom=bom, raw_cells=raw_cells)
        deliver(map(str.encode, render(issues, format_.value, choices)), output, inputs.paths)
    inputs.finish()


def read_issues(
    inputs: "Inputs", language: str, script: options.Script | None, weights: "Weights"
) -> Iterator["Issue"]:
    """Read the issue of each input, its texts in the script asked for."""
    from newspaper_cli.pipeline import read_issue

    for source in inputs:
        issue = read_issue(source, language, weights)
        if script is not None:
            from newspaper_cli.script import to_script

            issue = to_script(issue, script.value)
        yield issue
