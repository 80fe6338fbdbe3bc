"""`evaluate`: what the program read, measured against gold."""

# ruff: noqa: PLC0415  # imports wait until the work is done

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newspaper_cli.errors import CheckFailedError, UnreadableError, UsageError

if TYPE_CHECKING:
    from newspaper_cli.evaluation import Pair, Report, Tally

# Figures of which less is better: their floor is a ceiling.
_CEILINGS = frozenset({"meta_wrong", "body_cer", "missing", "lost", "twice", "texts_wrong", "furniture_share"})
_ALL = "ALL"


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
) -> None:
    """Measure results against gold.

    In folders NAME.json of gold belongs to NAME.json and NAME.SHAPE.json. There is a row a page, and one for all.
    """
    from newspaper_cli.cli.outputs import on_terminal

    floors = _read_floors(floor or [])
    reports = _measure(_pair(Path(gold), Path(predicted), measure), measure)
    coloured = on_terminal(None)
    _print(reports, format_ or (Format.TABLE if coloured else Format.JSON), coloured)
    _hold_floors(reports[_ALL], floors)


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


def _measure(pairs: "list[Pair]", measure: Measure) -> "dict[str, Report]":
    from newspaper_cli.evaluation import Tally, issue_report, promise_report, seam_report

    if not pairs:
        message = "the gold folder holds nothing to compare with: .json files, or .txt files for --measure promises"
        raise UsageError(message)
    report = {Measure.ISSUES: issue_report, Measure.JOINS: seam_report, Measure.PROMISES: promise_report}[measure]
    tallies = {pair.name: _tally(pair, measure) for pair in pairs}
    figures = {name: report(tally) for name, tally in tallies.items()}
    return {**figures, _ALL: report(sum(tallies.values(), Tally()))}


def _tally(pair: "Pair", measure: Measure) -> "Tally":
    from newspaper_cli.evaluation import check_promises, evaluate_issue, evaluate_seams, load_prediction
    from newspaper_cli.source import read_source

    if measure is Measure.PROMISES:
        return check_promises(read_source(pair.gold).text, load_prediction(pair.predicted))
    gold = load_prediction(pair.gold)
    if measure is Measure.JOINS:
        repaired = read_source(pair.predicted).text if pair.predicted else ""
        if "paragraphs" not in gold:
            message = f"{pair.gold} is no gold for joins: it has no paragraphs as lists of printed lines"
            raise UnreadableError(message)
        return evaluate_seams(gold["paragraphs"], repaired)
    return evaluate_issue(gold, load_prediction(pair.predicted))


def _print(reports: "dict[str, Report]", format_: Format, coloured: bool) -> None:
    import json

    from newspaper_cli.cli.outputs import deliver

    if format_ is Format.JSON:
        figures = {name: _rounded(report) for name, report in reports.items()}
        total = figures.pop(_ALL)
        lines = ",\n".join(
            f"  {json.dumps({'name': name, **report}, ensure_ascii=False)}" for name, report in figures.items()
        )
        deliver([f'{{"all": {json.dumps(total)},\n "pages": [\n{lines}]}}\n'.encode()], None)
        return
    from newspaper_cli.cli.table import draw_rows

    rows = [[name, _show(value), *_worst(name, reports)] for name, value in reports[_ALL].items()]
    deliver([draw_rows(["figure", "all", "worst", "page"], rows, coloured=coloured)], None, drawn=True)


def _worst(name: str, reports: "dict[str, Report]") -> tuple[str, str]:
    """Find the page where a figure is worst; the table is for reading, JSON has the figures of every page."""
    values = {page: report.get(name) for page, report in reports.items() if page != _ALL}
    known = {page: value for page, value in values.items() if isinstance(value, int | float)}
    if not known:
        return "", ""
    page = (max if name in _CEILINGS else min)(known, key=lambda page: known[page])
    return _show(known[page]), page


def _rounded(report: "Report") -> "Report":
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in report.items()}


def _show(value: float | str | None) -> str:
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def _hold_floors(report: "Report", floors: dict[str, float]) -> None:
    """Compare the figures of all pages with what they must reach.

    Raises:
        UsageError: there is no such figure.
        CheckFailedError: one is worse.
    """
    worse = []
    for name, floor in floors.items():
        value = report.get(name)
        if not isinstance(value, int | float):
            message = f"there is no figure {name} here; choose one of: {', '.join(report)}"
            raise UsageError(message)
        if value > floor if name in _CEILINGS else value < floor:
            worse.append(f"{name} is {value:.4f}, worse than {floor:.4f}")
    if worse:
        raise CheckFailedError("; ".join(worse))
