"""The command `newspaper-cli`: its options and commands, each a thin layer over the package.

Commands import what they need when they run: a person who asks for help waits for nothing else.
"""

# ruff: noqa: PLC0415  # imports wait until the work is done

import gc
from typing import Annotated

import typer

from newspaper_cli.cli import console, evaluate, explain, export, meta, repair, report, schema, split, train
from newspaper_cli.cli.boundary import guarded, hold_streams

app = typer.Typer(
    name="newspaper-cli",
    no_args_is_help=True,
    # Plain text for help and for bugs: it can be searched and copied, and loads nothing.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("split")(guarded(split.split))
app.command("meta")(guarded(meta.meta))
app.command("repair")(guarded(repair.repair))
app.command("export")(guarded(export.export))
app.command("report")(guarded(report.report))
app.command("explain")(guarded(explain.explain))
app.command("evaluate")(guarded(evaluate.evaluate))
app.command("train")(guarded(train.train))
app.command("schema")(guarded(schema.schema))


def _show_version(asked: bool) -> None:
    if asked:
        from newspaper_cli.export.version import program_version

        console.write(f"newspaper-cli {program_version()}\n")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Turn digitized newspaper text into issues: masthead, articles and whole paragraphs."""


def run() -> None:
    """Run the command line of this process.

    Raises:
        SystemExit: it is done, with its exit code.
        KeyboardInterrupt: somebody stopped it before a command began.
    """
    # What is loaded by now stays to the end: without a look at it, collections cost 5 ms of a start less (of 195).
    gc.freeze()
    hold_streams()
    app()
