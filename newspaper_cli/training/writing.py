"""What training leaves: tables of weights, and a page that says what they were trained on and how well they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newspaper_cli.training.base import Fitted
    from newspaper_cli.training.labels import AdaptedLabels, FittedLabels, Labelling
    from newspaper_cli.training.own import Adapted
    from newspaper_cli.training.scoring import Scores

SCORES_NAME: Final = "TRAINING.md"
_HEAD: Final = ("weights", "pages", "seams", "accuracy", "F1 of breaks", "calibration error", "joining everything")


def write_table(weights: Mapping[str, float]) -> bytes:
    """Write a table of weights: a feature a row."""
    return "".join(f"{name}\t{weight:g}\n" for name, weight in weights.items()).encode()


def write_adapted(adapted: Sequence[Adapted], labels: Sequence[AdaptedLabels], start: str) -> bytes:
    """Tell of tables that were adapted: counts and scores, no text of the pages."""
    rows = [row for table in adapted for row in _rows_of(table)]
    told = [
        (name, counts)
        for table in labels
        for name, counts in (
            (f"`{table.name}.tsv`, pages left out of training", table.after),
            (f"`{table.name}.tsv` as it was before", table.before),
        )
        if counts is not None
    ]
    return _page(f"Adapted by `newspaper-cli train` from {start}.", rows) + _labels(told)


def _rows_of(table: Adapted) -> Iterator[Sequence[str]]:
    if table.after is not None:
        yield _row(f"`{table.name}.tsv`, pages left out of training", table.pages, table.after)
    yield _row(f"`{table.name}.tsv` as it was before", table.pages, table.before)


def write_fitted(fitted: Iterable[Fitted], labels: Iterable[FittedLabels], adverts: Iterable[FittedLabels]) -> bytes:
    """Tell of tables that were fitted from nothing: counts and scores, no text of the pages."""
    rows = [
        _row(f"`{table.name}.tsv` on {name}", table.pages[name], scores)
        for table in fitted
        for name, scores in table.scores.items()
        if scores.seams
    ]
    page = _page("Fitted by `newspaper-cli train --base`. The pages scored were left out of training.", rows)
    paid = _answers(_scores(adverts), ("paid text", "articles", "paid for"), "Articles are of pages read by a person.")
    return page + _labels(_scores(labels)) + paid


def _scores(tables: Iterable[FittedLabels]) -> list[tuple[str, Labelling]]:
    return [(f"`{table.name}.tsv` on {part}", counts) for table in tables for part, counts in table.scores.items()]


def _labels(told: Sequence[tuple[str, Labelling]]) -> bytes:
    """Tell how well headings are told from running text."""
    note = "Blocks are joined lines that no rule labels; each is a heading or running text."
    return _answers(told, ("labels", "blocks", "headings"), note)


def _answers(told: Sequence[tuple[str, Labelling]], head: Sequence[str], note: str) -> bytes:
    """Tell how well yes is told from no."""
    rows = [(name, str(counts.blocks), str(counts.heads), *_shares(counts)) for name, counts in told]
    table = _table((*head, "precision", "recall", "F1"), rows)
    return f"\n{table}\n{note}\n".encode() if rows else b""


def _shares(counts: Labelling) -> Iterator[str]:
    hits = counts.hits
    for part, whole in ((hits, counts.found), (hits, counts.heads), (2 * hits, counts.found + counts.heads)):
        yield f"{part / whole:.3f}" if whole else "–"


def _row(name: str, pages: int, scores: Scores) -> Sequence[str]:
    figures = (scores.accuracy, scores.break_f1, scores.calibration_error, scores.all_joined)
    return name, str(pages), str(scores.seams), *(f"{figure:.3f}" for figure in figures)


def _page(opening: str, rows: Sequence[Sequence[str]]) -> bytes:
    table = _table(_HEAD, rows)
    text = (
        f"# Weights\n\n{opening}\n\n{table}\n"
        "A seam is the gap between two printed lines. Accuracy is the share of seams decided right; joining everything "
        "is the accuracy of who joins every seam. The calibration error is the mean distance between the confidence of "
        "a decision and how often such decisions are right.\n"
    )
    return text.encode()


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ["---"] * len(head), *rows))
