"""`report`: what became of the inputs of a batch, from its manifest."""

# ruff: noqa: PLC0415  # imports wait until the work is done

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newspaper_cli.cli import console

if TYPE_CHECKING:
    from rich.console import RenderableType

    from newspaper_cli.batch.report import Report


class Format(StrEnum):
    """Name the ways to print a report."""

    TABLE = "table"
    JSON = "json"


def report(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The folder that export wrote.")],
    format_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to print it; a table on a terminal, else JSON.", show_default=False),
    ] = None,
) -> None:
    """Count what became of the inputs of an export."""
    from newspaper_cli.batch.report import read_report

    found = read_report(folder)
    coloured = console.is_terminal(sys.stdout)
    if (format_ or (Format.TABLE if coloured else Format.JSON)) is Format.JSON:
        import msgspec

        console.write(msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n")
    else:
        console.write_drawing(console.draw(_tables(found), coloured=coloured))


def _tables(found: "Report") -> "list[RenderableType]":
    from rich.text import Text

    state = "complete" if found.complete else "stopped: run the same command again to go on"
    status = _table("status", "inputs")
    for name, count in found.status.items():
        status.add_row(name, f"{count:,}")
    totals = Text(
        f"{found.articles:,} articles, {found.characters:,} characters, {found.seconds:.0f} seconds of work; {state}"
    )
    if not found.reasons:
        return [status, "", totals]
    reasons = _table("status", "inputs", "reason", "first of them")
    for reason in found.reasons:
        reasons.add_row(reason.status, f"{reason.count:,}", _safe(reason.reason), _safe(reason.example))
    return [status, "", reasons, "", totals]


def _table(*columns: str) -> Any:  # noqa: ANN401  # rich is loaded only where something is drawn
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column == "inputs" else "left", overflow="fold")
    return table


def _safe(text: str) -> str:
    from newspaper_cli.characters import display_safe

    return display_safe(text)
