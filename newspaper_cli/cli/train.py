"""`train`: a user's keyed pages in, weights for that paper out."""

# ruff: noqa: PLC0415  # imports wait until the work is done

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newspaper_cli.cli import console, options
from newspaper_cli.errors import SomeFailedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newspaper_cli.training.own import Adapted


def train(
    corpus: Annotated[str, typer.Argument(metavar="CORPUS", help="A folder of raw pages with gold beside them.")],
    folder: Annotated[str, typer.Option("-o", "--output", metavar="FOLDER", help="Where to write; made if need be.")],
    base: Annotated[
        bool, typer.Option("--base", help="Fit the shipped tables anew, from the pages they were made of.")
    ] = False,
    language: options.Language = "auto",
    start: Annotated[
        str | None,
        typer.Option(
            "--weights",
            metavar="DIR",
            help="Start from the tables of this folder, not from the shipped ones.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Adapt the weights to a paper of your own.

    Beside a page NAME.txt stands its gold: lines/NAME.json with its printed lines, a list for each paragraph, or
    NAME.json with the issue as split prints it, put right. FOLDER gets tables for --weights, and TRAINING.md with
    counts and scores. No text of the pages is in them.
    """
    from newspaper_cli.batch.paths import exists, is_folder, is_same
    from newspaper_cli.training.fitting import require_extra

    if exists(folder) and not is_folder(folder):
        message = f"{folder} is a file; -o needs a folder"
        raise UsageError(message)
    if is_same(corpus, folder):
        message = f"{folder} holds the pages; choose another folder for the weights"
        raise UsageError(message)
    if base and start:
        message = "--base and --weights exclude each other; choose one"
        raise UsageError(message)
    require_extra()
    if base:
        _fit(corpus, folder, language)
    else:
        _adapt(corpus, folder, language, start)


def _fit(corpus: str, folder: str, language: str) -> None:
    from newspaper_cli.tables import open_weights
    from newspaper_cli.training.adverts import fit_adverts
    from newspaper_cli.training.base import fit_tables
    from newspaper_cli.training.labels import fit_labels
    from newspaper_cli.training.starts import fit_starts
    from newspaper_cli.training.writing import write_fitted, write_table

    fitted = fit_tables(Path(corpus), language)
    for table in fitted:
        for name, pages in table.pages.items():
            if not pages:
                console.say(f"{table.name}: {corpus} holds no pages for the part {name!r}; fitted without it")
    # Each stage is fitted on what the stages before it, as they were fitted just now, make of the pages.
    _write(folder, {table.name: write_table(table.weights) for table in fitted})
    labels = fit_labels(Path(corpus), language, open_weights(folder))
    _write(folder, {table.name: write_table(table.weights) for table in labels})
    if starts := fit_starts(Path(corpus), open_weights(folder)):
        _write(folder, {"starts": write_table(starts)})
    adverts = fit_adverts(Path(corpus), language, open_weights(folder))
    _write(folder, {table.name: write_table(table.weights) for table in adverts})
    _tell(folder, write_fitted(fitted, labels, adverts))


def _adapt(corpus: str, folder: str, language: str, start: str | None) -> None:
    from newspaper_cli.tables import open_weights
    from newspaper_cli.training.gold import read_collection
    from newspaper_cli.training.own import adapt_labels, adapt_tables
    from newspaper_cli.training.writing import write_adapted, write_table

    known = open_weights(start)
    collection = read_collection(Path(corpus), language)
    for reason in (*collection.problems, *collection.idle):
        console.say(f"left out: {reason}")
    adapted = adapt_tables(collection.pages, known)
    labels = adapt_labels(collection.pages, known)
    told = write_adapted(adapted, labels, f"the tables of `{start}`" if start else "the shipped tables")
    for table in adapted:
        console.say(_sum_up(table))
    weights = {table.name: table.weights for table in adapted} | {table.name: table.weights for table in labels}
    _write(folder, {name: write_table(table) for name, table in weights.items()})
    _tell(folder, told)
    if collection.problems:
        message = f"gold of {len(collection.problems)} pages cannot be used; the weights were trained on the others"
        raise SomeFailedError(message)


def _write(folder: str, tables: "Mapping[str, bytes]") -> None:
    from newspaper_cli.batch.atomic import write_whole

    for name, table in tables.items():
        write_whole(Path(folder) / f"{name}.tsv", table)
        console.say(f"wrote {name}.tsv to {folder}")


def _tell(folder: str, told: bytes) -> None:
    from newspaper_cli.batch.atomic import write_whole
    from newspaper_cli.training.writing import SCORES_NAME

    write_whole(Path(folder) / SCORES_NAME, told)
    console.say(f"wrote {SCORES_NAME} to {folder}")


def _sum_up(table: "Adapted") -> str:
    opening = f"{table.name}: {table.pages} pages, {table.before.seams} seams"
    if table.after is None:
        return f"{opening}; one page alone cannot be scored"
    accuracy = f"{table.after.accuracy:.3f} right (before {table.before.accuracy:.3f})"
    told = f"{opening}; {accuracy}, breaks F1 {table.after.break_f1:.3f} (before {table.before.break_f1:.3f})"
    if table.after.accuracy < table.before.accuracy:
        told += "; pages left out are read worse than before: do the others come from the same paper?"
    return told
