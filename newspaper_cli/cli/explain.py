"""`explain`: why a line of a page became what it is."""

# ruff: noqa: PLC0415  # imports wait until the work is done

from typing import Annotated

import typer

from newspaper_cli.cli import options


def explain(
    path: options.OnePath,
    line: Annotated[int, typer.Option("--line", min=1, metavar="N", help="The line of the file, counted from 1.")],
    language: options.Language = "auto",
) -> None:
    """Say why a line got its label and its join."""
    raise NotImplementedError
