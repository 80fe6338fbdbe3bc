"""`repair`: raw pages in, the same text with whole paragraphs out, by a plan that can be shown and undone."""

# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports wait until the work is done; each parameter is an option

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from newspaper_cli.cli import options
from newspaper_cli.errors import CheckFailedError, UsageError

if TYPE_CHECKING:
    from newspaper_cli.cli.inputs import Inputs
    from newspaper_cli.document import Plan, Source
    from newspaper_cli.tables import Weights

# Between the repaired texts of several inputs: it parts pages in raw text too.
_PAGE_BREAK = b"\f"


def repair(
    paths: options.Paths = None,
    plan: Annotated[bool, typer.Option("--plan", help="Print the plan as JSON, not the text.")] = False,
    apply: Annotated[
        str | None, typer.Option(metavar="PLAN", help="Make the edits of this plan, as it is.", show_default=False)
    ] = None,
    undo: Annotated[
        str | None,
        typer.Option(metavar="PLAN", help="Give back the raw page that this plan repaired.", show_default=False),
    ] = None,
    keep_lines: Annotated[bool, typer.Option("--keep-lines", help="Make every edit but the joins.")] = False,
    language: options.Language = "auto",
    output: options.Output = None,
    weights: options.WeightsFolder = None,
) -> None:
    """Print raw text with whole paragraphs.

    One paragraph a line, a blank line between articles and other parts. The text is UTF-8. No character changes but by
    an edit of the plan, and --undo gives back the bytes of the raw page.
    """
    from newspaper_cli.cli.inputs import Inputs
    from newspaper_cli.cli.outputs import deliver
    from newspaper_cli.cli.plans import write_plans
    from newspaper_cli.tables import open_weights

    _refuse_contradictions(plan, keep_lines, apply, undo)
    inputs = Inputs(paths, "repair")
    if (apply or undo) and inputs.several:
        message = "a plan belongs to one page; give one path"
        raise UsageError(message)
    if undo:
        deliver([_restore(inputs.paths[0], undo)], output, (*inputs.paths, undo))
    elif apply:
        deliver(_apply_saved(inputs, apply), output, (*inputs.paths, apply))
    elif plan:
        chosen = open_weights(weights)
        plans = (_plan(source, language, keep_lines, chosen)[0] for source in inputs)
        deliver(map(str.encode, write_plans(plans, several=inputs.several)), output, inputs.paths)
    else:
        deliver(_repair_all(inputs, language, keep_lines, open_weights(weights)), output, inputs.paths)
    inputs.finish()


def _refuse_contradictions(plan: bool, keep_lines: bool, apply: str | None, undo: str | None) -> None:
    asked = [name for name, value in (("--plan", plan), ("--apply", apply), ("--undo", undo)) if value]
    asked += ["--keep-lines"] if keep_lines and (apply or undo) else []
    if len(asked) > 1:
        message = f"{' and '.join(asked)} exclude each other; choose one"
        raise UsageError(message)


def _plan(source: "Source", language: str, keep_lines: bool, weights: "Weights") -> "tuple[Plan, Source]":
    from newspaper_cli.pipeline import analyse
    from newspaper_cli.repairs import keep_lines as without_joins

    made = analyse(source, language, weights).plan
    return (without_joins(made) if keep_lines else made), source


def _repair_all(inputs: "Inputs", language: str, keep_lines: bool, weights: "Weights") -> Iterator[bytes]:
    parting = b""
    for source in inputs:
        yield parting + _make_edits(*_plan(source, language, keep_lines, weights))
        parting = _PAGE_BREAK


def _apply_saved(inputs: "Inputs", path: str) -> Iterator[bytes]:
    from newspaper_cli.cli.plans import load_plan
    from newspaper_cli.repairs import check_fits

    plan = load_plan(path)
    for source in inputs:
        check_fits(plan, source)
        yield _make_edits(plan, source)


def _make_edits(plan: "Plan", source: "Source") -> bytes:
    from newspaper_cli.repairs import apply as make_edits
    from newspaper_cli.source import to_utf8

    return to_utf8(make_edits(plan, source.text), source.encoding)


def _restore(path: str, plan_path: str) -> bytes:
    """Undo a plan: give the raw page's own bytes."""
    from newspaper_cli.cli.inputs import read_bytes
    from newspaper_cli.cli.plans import load_plan
    from newspaper_cli.repairs import invert
    from newspaper_cli.source import encode, from_utf8

    plan = load_plan(plan_path)
    try:
        return encode(invert(plan, from_utf8(read_bytes(path), plan.encoding)), plan.encoding)
    except LookupError as error:
        message = f"{plan_path} names an unknown encoding: {plan.encoding}"
        raise CheckFailedError(message) from error
