"""`explain`: why a line of a page became what it is."""

# ruff: noqa: PLC0415  # imports wait until the work is done

from enum import StrEnum
from typing import Annotated

import typer

from newspaper_cli.cli import console, options


class Format(StrEnum):
    """Name the ways to print an explanation."""

    TABLE = "table"
    JSON = "json"


def explain(
    path: options.OnePath,
    line: Annotated[int, typer.Option("--line", min=1, metavar="N", help="The line of the file, counted from 1.")],
    format_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to print it; a table on a terminal, else JSON.", show_default=False),
    ] = None,
    language: options.Language = "auto",
    weights: options.WeightsFolder = None,
) -> None:
    """Say why a line got its label and its join.

    Reasons are named features with their weights, the heaviest first. Where columns share a line of the file, each part
    of it is explained.
    """
    import msgspec

    from newspaper_cli.cli.inputs import check_paths, read_input
    from newspaper_cli.cli.outputs import deliver, on_terminal
    from newspaper_cli.explain import explain_line
    from newspaper_cli.pipeline import analyse
    from newspaper_cli.tables import open_weights

    check_paths([path], "explain --line N")
    explanations = explain_line(analyse(read_input(path), language, open_weights(weights)), line)
    if not explanations:
        console.say(f"line {line} is blank: there is nothing to explain")
    coloured = on_terminal(None)
    if format_ is Format.TABLE or (format_ is None and coloured):
        from newspaper_cli.cli.table import draw_explanation

        deliver([draw_explanation(part, coloured=coloured) for part in explanations], None, drawn=True)
    else:
        from newspaper_cli.export.printable import encodable

        # Undecodable bytes stand in the text as lone surrogates, which JSON cannot hold.
        parts = [msgspec.structs.replace(part, text=encodable(part.text)) for part in explanations]
        deliver([msgspec.json.format(msgspec.json.encode(parts), indent=2) + b"\n"], None)
