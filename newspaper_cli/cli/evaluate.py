"""`evaluate`: what the program read, measured against gold."""

# ruff: noqa: PLC0415, PLR0913, PLR0917  # imports wait until the work is done; each parameter is an option

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newspaper_cli.errors import CheckFailedError, UnreadableError, UsageError

if TYPE_CHECKING:
    from newspaper_cli.evaluation import Pair, Result, Summary, Tally


class Measure(StrEnum):
    """Name what can be measured."""

    ISSUES = "issues"
    JOINS = "joins"
    PROMISES = "promises"


class Format(StrEnum):
    """Name the ways to print figures."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="Gold: a JSON file, or a folder of them.")],
    predicted: Annotated[str, typer.Argument(metavar="PRED", help="What was read: a file, or a folder of files.")],
    measure: Annotated[
        Measure,
        typer.Option(
            help="issues: split against gold issues; joins: repair against gold paragraphs (lists of printed lines); "
            "promises: split against the raw pages themselves."
        ),
    ] = Measure.ISSUES,
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Fail if the figure is worse; may be repeated.", show_default=False),
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="A table on a terminal, else JSON.", show_default=False),
    ] = None,
    raw: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="The raw page, or the folder of raw pages, for the baseline. Without it: where the result says it was "
            "read.",
            show_default=False,
        ),
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write a page that shows where gold and result part.", show_default=False),
    ] = None,
    most: Annotated[
        int, typer.Option(metavar="N", min=0, help="How many pages --html shows side by side, the worst first.")
    ] = 50,
) -> None:
    """Measure results against gold.

    In folders NAME.json of gold belongs to NAME.json and NAME.SHAPE.json. There is a row a figure, with the worst page.
    """
    from newspaper_cli.batch.paths import exists
    from newspaper_cli.cli.outputs import on_terminal

    if raw and not exists(raw):
        message = f"{raw} does not exist"
        raise UnreadableError(message)
    if html and measure is Measure.PROMISES:
        message = "--html shows issues or joins beside their gold; promises have no gold"
        raise UsageError(message)
    floors = _read_floors(floor or [])
    pairs = _pair(Path(gold), Path(predicted), measure)
    summary = _measure(pairs, measure, Path(raw) if raw else None)
    coloured = on_terminal(None)
    _print(summary, format_ or (Format.TABLE if coloured else Format.JSON), coloured)
    if html:
        _write_page(summary, html, (gold, predicted), most)
    _hold_floors(summary, floors)


def _read_floors(texts: list[str]) -> dict[str, float]:
    floors = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            floors[name] = float(value)
        except ValueError:
            message = f"--floor takes NAME=VALUE with a number, as article_f1=0.95, not {text}"
            raise UsageError(message) from None
    return floors


def _pair(gold: Path, predicted: Path, measure: Measure) -> "list[Pair]":
    """Pair files with files of a folder by name, or one file with another."""
    from newspaper_cli.batch.paths import exists, is_folder
    from newspaper_cli.evaluation import Pair, pair_predictions

    for path in (gold, predicted):
        if not exists(path):
            message = f"{path} does not exist"
            raise UnreadableError(message)
    if is_folder(gold) != is_folder(predicted):
        message = "give two files or two folders"
        raise UsageError(message)
    if not is_folder(gold):
        return [Pair(predicted.stem, gold, predicted)]
    if measure is Measure.PROMISES:
        return [Pair(raw.stem, raw, predicted / f"{raw.stem}.json") for raw in sorted(gold.glob("*.txt"))]
    return pair_predictions(gold, predicted, ".txt" if measure is Measure.JOINS else ".json")


def _measure(pairs: "list[Pair]", measure: Measure, raw: Path | None) -> "Summary":
    from newspaper_cli.evaluation import Result, summarise_issues, summarise_promises, summarise_seams

    if not pairs:
        message = "the gold folder holds nothing to compare with: .json files, or .txt files for --measure promises"
        raise UsageError(message)
    if measure is Measure.ISSUES:
        return summarise_issues(tuple(_compare(pair, raw) for pair in pairs))
    if measure is Measure.JOINS:
        return summarise_seams(tuple(Result(pair, _tally_seams(pair)) for pair in pairs))
    return summarise_promises(tuple(Result(pair, _tally_promises(pair)) for pair in pairs))


def _compare(pair: "Pair", raw: Path | None) -> "Result":
    """Compare one issue, and the naive reading of its raw page, with gold."""
    from newspaper_cli.evaluation import Result, evaluate_issue, load_prediction, naive_issue
    from newspaper_cli.source import read_source

    gold, predicted = load_prediction(pair.gold), load_prediction(pair.predicted)
    page = _find_raw(pair, predicted, raw)
    baseline = evaluate_issue(gold, naive_issue(read_source(page).text)) if page else None
    return Result(pair, evaluate_issue(gold, predicted), baseline)


def _find_raw(pair: "Pair", predicted: dict[str, Any], raw: Path | None) -> Path | None:
    """Find the raw page of a result: where the user says, or the file it names, if that is still the same file."""
    import hashlib

    from newspaper_cli.batch.paths import exists, is_folder, is_special

    if raw:
        page = raw / f"{pair.name}.txt" if is_folder(raw) else raw
        return page if exists(page) else None
    source = predicted.get("source")
    if not isinstance(source, dict) or not source.get("path"):
        return None
    page = Path(str(source["path"]))
    if not exists(page) or is_special(page):
        return None
    return page if hashlib.sha256(page.read_bytes()).hexdigest() == source.get("sha256") else None


def _tally_seams(pair: "Pair") -> "Tally":
    from newspaper_cli.evaluation import evaluate_seams, load_paragraphs
    from newspaper_cli.source import read_source

    return evaluate_seams(load_paragraphs(pair.gold), read_source(pair.predicted).text if pair.predicted else "")


def _tally_promises(pair: "Pair") -> "Tally":
    from newspaper_cli.evaluation import check_promises, load_prediction
    from newspaper_cli.source import read_source

    return check_promises(read_source(pair.gold).text, load_prediction(pair.predicted))


def _print(summary: "Summary", format_: Format, coloured: bool) -> None:
    import json

    from newspaper_cli.cli.outputs import deliver

    if format_ is Format.TABLE:
        from newspaper_cli.cli.figures import draw_summary

        deliver([draw_summary(summary, coloured=coloured)], None, drawn=True)
        return
    from newspaper_cli.evaluation import to_json

    value = to_json(summary)
    pages = value.pop("pages")
    parts = ",\n ".join(f"{json.dumps(name)}: {json.dumps(part, ensure_ascii=False)}" for name, part in value.items())
    lines = ",\n".join(f"  {json.dumps(page, ensure_ascii=False)}" for page in pages)
    deliver([f'{{{parts},\n "pages": [\n{lines}]}}\n'.encode()], None)


def _write_page(summary: "Summary", html: str, inputs: tuple[str, str], most: int) -> None:
    from newspaper_cli.cli.outputs import deliver
    from newspaper_cli.export.comparison import render_comparison

    deliver(render_comparison(summary, inputs, most), html, inputs)


def _hold_floors(summary: "Summary", floors: dict[str, float]) -> None:
    """Compare the figures of all pages with what they must reach.

    Raises:
        UsageError: there is no such figure.
        CheckFailedError: one is worse.
    """
    figures = summary.describe(summary.total)
    ceilings = {figure.name for figure in summary.figures if figure.less}
    worse = []
    for name, floor in floors.items():
        value = figures.get(name)
        if not isinstance(value, int | float):
            known = (known for known, value in figures.items() if isinstance(value, int | float))
            message = f"there is no figure {name} here; choose one of: {', '.join(known)}"
            raise UsageError(message)
        if value > floor if name in ceilings else value < floor:
            worse.append(f"{name} is {value:.4f}, worse than {floor:.4f}")
    if worse:
        raise CheckFailedError("; ".join(worse))
