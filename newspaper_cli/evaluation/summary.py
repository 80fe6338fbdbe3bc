"""All that was measured on a set of pages: the figures with their baselines, the worst page of each, the counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from newspaper_cli.evaluation import labelling
from newspaper_cli.evaluation.figures import (
    ISSUE_FIGURES,
    PROMISE_FIGURES,
    SEAM_FIGURES,
    Figure,
    Value,
    always_break,
    always_join,
    make_figures,
)
from newspaper_cli.evaluation.masthead import ABSENT, FIELDS, VERDICTS
from newspaper_cli.evaluation.report import Report, issue_report, promise_report, seam_report
from newspaper_cli.evaluation.separators import SEPARATORS
from newspaper_cli.evaluation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newspaper_cli.evaluation.folders import Pair

Counts: TypeAlias = dict[str, dict[str, Value]]

BLANK_LINES, ALWAYS_JOIN, ALWAYS_BREAK = "blank_lines", "always_join", "always_break"
# The figures whose mean puts pages in order, the worst first: one of each kind.
RANKED = ("meta_acc", "article_f1", "b3", "headstack_f1", "byline_f1", "paragraph_f1", "accuracy")
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Result:
    """Hold the counts of one page, and those of a baseline on the same page where there is one."""

    pair: Pair
    tally: Tally
    baseline: Tally | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a figure over all pages beside the same figure of each baseline, and where it is worst.

    `page` is empty where no page is worse than perfect.
    """

    figure: Figure
    value: Value
    baselines: tuple[Value, ...]
    worst: Value = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold the results of all pages under one measure, and how figures are made of them."""

    figures: tuple[Figure, ...]
    report: Callable[[Tally], Report]
    results: tuple[Result, ...]

    @property
    def total(self) -> Tally:
        """Return the counts of all pages."""
        return sum((result.tally for result in self.results), Tally())

    def describe(self, tally: Tally) -> dict[str, float | int | str | None]:
        """Return every figure of a tally by name, None for what gold does not ask."""
        return {**make_figures(self.figures, tally), **self.report(tally)}

    def baselines(self) -> dict[str, dict[str, Value]]:
        """Return the figures of each trivial way to answer, by its name; none that is not known for all pages."""
        if self.figures is SEAM_FIGURES:
            return {ALWAYS_JOIN: always_join(self.total), ALWAYS_BREAK: always_break(self.total)}
        known = [result.baseline for result in self.results if result.baseline is not None]
        if self.figures is not ISSUE_FIGURES or len(known) < len(self.results):
            return {}
        return {BLANK_LINES: make_figures(ISSUE_FIGURES, sum(known, Tally()))}

    def rows(self) -> list[Row]:
        """List the figures that gold asks about, in their order."""
        total, baselines = make_figures(self.figures, self.total), self.baselines().values()
        pages = {result.pair.name: make_figures(self.figures, result.tally) for result in self.results}
        return [
            Row(
                figure,
                total[figure.name],
                tuple(baseline[figure.name] for baseline in baselines),
                *_find_worst(figure, {name: figures[figure.name] for name, figures in pages.items()}),
            )
            for figure in self.figures
            if total[figure.name] is not None
        ]

    def worst_first(self) -> list[Result]:
        """List the results by the mean of their figures, one of each kind, the lowest first; equals in their order."""
        return sorted(self.results, key=lambda result: rank(self.describe(result.tally)))

    def breakdown(self) -> dict[str, Counts]:
        """Return the counts that a figure sums up: by masthead field, by label, by what joins two lines."""
        total = self.total
        return {"masthead": count_fields(total), "labels": count_labels(total), "separators": count_separators(total)}


def summarise_issues(results: tuple[Result, ...]) -> Summary:
    """Summarise issues against gold."""
    return Summary(ISSUE_FIGURES, issue_report, results)


def summarise_seams(results: tuple[Result, ...]) -> Summary:
    """Summarise joins against gold."""
    return Summary(SEAM_FIGURES, seam_report, results)


def summarise_promises(results: tuple[Result, ...]) -> Summary:
    """Summarise what the promises came to."""
    return Summary(PROMISE_FIGURES, promise_report, results)


def rank(figures: Mapping[str, object]) -> float:
    """Return the mean of the figures that rank pages; 1 where gold asks for none of them."""
    known = [value for name in RANKED if isinstance(value := figures.get(name), int | float)]
    return sum(known) / len(known) if known else 1.0


def count_fields(tally: Tally) -> Counts:
    """Count for each masthead field that gold has how often it was right, wrong, missing, harmed or invented.

    A field that the page does not print and for which nothing was found is `absent`.
    """
    counted = {field: {verdict: int(tally[f"field.{field}.{verdict}"]) for verdict in VERDICTS} for field in FIELDS}
    return {field: dict(counts) for field, counts in counted.items() if sum(counts.values()) > counts[ABSENT]}


def count_labels(tally: Tally) -> Counts:
    """Count for each label that gold uses its parts on both sides, with precision, recall and F1."""
    return {
        label: {
            "gold": int(tally[f"label.{label}.wanted"]),
            "found": int(tally[f"label.{label}.found"]),
            "precision": tally.share(f"label.{label}.true", f"label.{label}.found"),
            "recall": tally.share(f"label.{label}.right", f"label.{label}.wanted"),
            "f1": labelling.combine(tally, label),
        }
        for label in labelling.LABELS
        if tally[f"label.{label}.wanted"]
    }


def count_separators(tally: Tally) -> Counts:
    """Count for each thing that joins two lines how often gold has it, and how often it was found."""
    return {
        kind: {"gold": int(tally[f"separator.{kind}.wanted"]), "right": int(tally[f"separator.{kind}.right"])}
        for kind in SEPARATORS
        if tally[f"separator.{kind}.wanted"]
    }


def to_json(summary: Summary) -> dict[str, Any]:
    """Return everything as one value: figures rounded to six digits, the counts behind them, pages in their order."""
    total = summary.total
    return {
        "all": _round(summary.describe(total)),
        "baselines": {name: _round(figures) for name, figures in summary.baselines().items()},
        "counts": _round(dict(total.counts)),
        **{name: {key: _round(counts) for key, counts in part.items()} for name, part in summary.breakdown().items()},
        "confusion": labelling.confusion(total),
        "pages": [
            {
                "name": result.pair.name,
                **_round(summary.describe(result.tally)),
                "counts": _round(dict(result.tally.counts)),
            }
            for result in summary.results
        ],
    }


def _find_worst(figure: Figure, pages: Mapping[str, Value]) -> tuple[Value, str]:
    known = {name: value for name, value in pages.items() if value is not None}
    if not known:
        return None, ""
    page = (max if figure.less else min)(known, key=lambda name: known[name])
    perfect = known[page] <= 0 if figure.less else known[page] >= 1
    return (None, "") if perfect else (known[page], page)


def _round(figures: Mapping[str, object]) -> dict[str, object]:
    return {name: round(value, _DIGITS) if isinstance(value, float) else value for name, value in figures.items()}
