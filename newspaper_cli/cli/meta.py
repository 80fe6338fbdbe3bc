"""`meta`: the masthead of raw pages, with the printed text behind each field."""

# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports wait until the work is done; each parameter is an option

from enum import StrEnum
from typing import Annotated

import typer

from newspaper_cli.cli import options


class Format(StrEnum):
    """Name the ways to print a masthead."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def meta(
    paths: options.Paths = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to print it; a table on a terminal, else JSON.", show_default=False),
    ] = None,
    script: options.ToScript = None,
    language: options.Language = "auto",
    output: options.Output = None,
    bom: options.Bom = False,
    raw_cells: options.RawCells = False,
    weights: options.WeightsFolder = None,
) -> None:
    """Print the masthead of raw pages.

    Each field stands with what is printed for it; the checks say whether the fields agree.
    """
    from newspaper_cli.cli.inputs import Inputs
    from newspaper_cli.cli.outputs import deliver, on_terminal
    from newspaper_cli.cli.split import read_issues
    from newspaper_cli.export import ExportOptions, render_meta
    from newspaper_cli.tables import open_weights

    inputs = Inputs(paths, "meta")
    issues = read_issues(inputs, language, script, open_weights(weights))
    coloured = on_terminal(output)
    chosen = format_ or (Format.TABLE if coloured else Format.JSON)
    if chosen is Format.TABLE:
        from newspaper_cli.cli.table import draw_meta

        deliver((draw_meta(issue, coloured=coloured) for issue in issues), output, inputs.paths, drawn=True)
    else:
        choices = ExportOptions(several=inputs.several, bom=bom, raw_cells=raw_cells)
        deliver(map(str.encode, render_meta(issues, chosen.value, choices)), output, inputs.paths)
    inputs.finish()
