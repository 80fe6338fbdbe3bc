"""Figures for a person: a table in groups, each figure beside its baselines and its worst page."""

from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from newspaper_cli.characters import display_safe
from newspaper_cli.cli import console
from newspaper_cli.cli.folding import Cut, Folded
from newspaper_cli.evaluation import labelling
from newspaper_cli.evaluation.figures import ISSUE_FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from newspaper_cli.evaluation import Summary
    from newspaper_cli.evaluation.figures import Value
    from newspaper_cli.evaluation.summary import Counts, Row


def draw_summary(summary: "Summary", *, coloured: bool) -> bytes:
    """Draw the figures in their groups, then the counts by masthead field, by label and by what joins two lines."""
    parts: list[RenderableType] = [_figure_table(summary), *_notes(summary)]
    breakdown = summary.breakdown()
    if breakdown["masthead"]:
        parts.append(_count_table("masthead field", breakdown["masthead"]))
    if breakdown["labels"]:
        parts.append(_label_table(breakdown["labels"], labelling.confusion(summary.total)))
    if breakdown["separators"]:
        parts.append(_count_table("between lines", breakdown["separators"]))
    return console.draw(parts, coloured=coloured)


def _notes(summary: "Summary") -> "Iterator[Folded]":
    if any(row.figure.less for row in summary.rows()):
        yield Folded(" ↓ less is better", "dim")
    if summary.figures is ISSUE_FIGURES and not summary.baselines():
        yield Folded(" no baseline: not all raw pages were found; --raw says where they are", "dim")


def show(value: "Value | str") -> str:
    """Write a figure: four digits behind the point, counts as they are, nothing for None."""
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def _figure_table(summary: "Summary") -> Table:
    names = list(summary.baselines())
    table = _table(
        "figure", "all", *(name.replace("_", "\n") for name in names), "worst", "page", figures=2 + len(names)
    )
    for group, rows in groupby(summary.rows(), key=lambda row: row.figure.group):
        table.add_row(Text(group, "bold"))
        for row in rows:
            table.add_row(*_cells(row))
    return table


def _cells(row: "Row") -> "Iterator[RenderableType]":
    yield Text.assemble(f"  {row.figure.name}", (" ↓" if row.figure.less else "", "dim"))
    yield Text(show(row.value), "bold")
    for value in row.baselines:
        yield Text(show(value), "dim")
    yield Text(show(row.worst))
    yield Cut(_one_line(row.page))


def _count_table(head: str, counts: "Counts") -> Table:
    """Draw counts, leaving out the columns in which nothing was counted."""
    columns = [name for name in next(iter(counts.values())) if any(row[name] for row in counts.values())]
    table = _table(head, *columns, figures=len(columns))
    for name, row in counts.items():
        table.add_row(Text(f"  {name}"), *(Text(show(row[column]), "" if row[column] else "dim") for column in columns))
    return table


def _label_table(labels: "Counts", confusion: dict[str, dict[str, int]]) -> Table:
    """Draw the labels, each with what its gold parts were taken for where they were not found as such."""
    table = _table("label", "gold", "found", "precision", "recall", "f1", "taken for", figures=5)
    for label, row in labels.items():
        others = sorted(((count, other) for other, count in confusion[label].items() if other != label), reverse=True)
        taken = ", ".join(f"{other} {count}" for count, other in others)
        table.add_row(Text(f"  {label}"), *(Text(show(value)) for value in row.values()), Text(taken, "dim"))
    return table


def _table(*columns: str, figures: int) -> Table:
    """Make a table whose first column is names, and whose next are figures."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for place, column in enumerate(columns):
        number = 0 < place <= figures
        table.add_column(column, justify="right" if number else "left", no_wrap=number or not place, overflow="fold")
    return table


def _one_line(text: str) -> str:
    return " ".join(display_safe(text).split())
