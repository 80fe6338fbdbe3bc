"""How far a long reading has come, on a terminal."""

# ruff: noqa: PLC0415  # imports wait until the work is done

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newspaper_cli.cli import console


@contextmanager
def reading(count: Callable[[], int], *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """Give what is to be called with the number of inputs done so far: on a terminal it moves a bar.

    `count` is called only where there is a bar, to learn how many inputs there will be.
    """
    if quiet or not console.is_terminal(sys.stderr):
        yield lambda _done: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console.messages(), transient=True) as bar:
        task = bar.add_task("reading", total=count())
        yield lambda done: bar.update(task, completed=done)
