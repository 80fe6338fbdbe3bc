"""How far a long run has come: a bar on a terminal, a line now and then elsewhere."""

# ruff: noqa: PLC0415  # imports wait until the work is done

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from threading import Thread
from typing import TYPE_CHECKING, Any

from newspaper_cli.cli import console

if TYPE_CHECKING:
    from newspaper_cli.batch.manifest import Row
    from newspaper_cli.batch.run import Summary

# Seconds between two lines where there is no bar: seen at once, and a hundred in a run of an hour.
_BETWEEN = 30
# Failures told one by one; a run over a million files must not fill the screen, and the manifest has them all.
_TOLD = 20
_MEGABYTE = 1e6


@contextmanager
def reading(count: Callable[[], int]) -> Iterator[Callable[[int], None]]:
    """Give what is to be called with the number of inputs done so far: on a terminal it moves a bar.

    `count` is called only where there is a bar, to learn how many inputs there will be.
    """
    if not console.is_terminal(sys.stderr):
        yield lambda _done: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console.messages(), transient=True) as bar:
        task = bar.add_task("reading", total=count())
        yield lambda done: bar.update(task, completed=done)


class Manner(StrEnum):
    """Say how much of a run is told."""

    SHOWN = "shown"
    QUIET = "quiet"
    JSON = "json"


class RunProgress:
    """Watch a run of `export`: tell failures, show how far it is, and stop it when asked to."""

    def __init__(self, count: Callable[[], int] | None, manner: Manner) -> None:
        """Take what counts the inputs, which may take as long as the run; None where they cannot be counted."""
        from newspaper_cli.batch.reasons import Reasons

        self.stopped = False
        self.reasons = Reasons()
        self._count = count
        self._total: int | None = None
        self._manner = manner
        self._began = self._last = time.monotonic()
        self._told = 0
        self._bar: Any = None

    def told(self, summary: "Summary", rows: "list[Row]", *, kept: bool) -> None:
        """Learn what became of the inputs of one issue, and of all until now."""
        self.reasons.add(rows)
        for row in rows:
            if row.reason is not None and not kept:
                self._tell(row)
        if self._bar is not None:
            self._bar(summary, self._total)
        elif self._manner is not Manner.QUIET and time.monotonic() - self._last >= _BETWEEN:
            self._last = time.monotonic()
            self._line(summary)

    def _tell(self, row: "Row") -> None:
        self._told += 1
        if self._manner is Manner.JSON:
            self.log("input", path=row.path, status=row.status, reason=row.reason)
        elif self._told <= _TOLD:
            reason = row.reason or ""
            console.say(reason if row.path in reason else f"{row.path}: {reason}")
        elif self._told == _TOLD + 1:
            console.say("more of them are told in the manifest and at the end")

    def _line(self, summary: "Summary") -> None:
        rate, left = self._pace(summary)
        if self._manner is Manner.JSON:
            missing = {"failed": summary.failed, "refused": summary.refused}
            self.log(
                "progress", inputs=summary.inputs, total=self._total, **missing, mb_s=round(rate, 2), seconds_left=left
            )
            return
        known = f" of {self._total}" if self._total else ""
        remaining = f", about {_spoken(left)} left" if left is not None else ""
        console.say(f"{summary.inputs}{known} inputs, {summary.missing} not done, {rate:.1f} MB/s{remaining}")

    def _pace(self, summary: "Summary") -> tuple[float, int | None]:
        """Give megabytes a second, and the seconds left where the number of inputs is known."""
        spent = max(time.monotonic() - self._began, 1e-6)
        left = None
        if self._total and summary.inputs:
            left = round(spent / summary.inputs * max(self._total - summary.inputs, 0))
        return summary.size / spent / _MEGABYTE, left

    def log(self, event: str, **values: object) -> None:
        """Write one event as a line of JSON to stderr."""
        console.write_message(json.dumps({"event": event, **values}, ensure_ascii=False))

    def conclude(self, summary: "Summary", folder: str) -> None:
        """Say what was done, and why what was not done was not."""
        if self._manner is Manner.QUIET:
            return
        if self._manner is Manner.JSON:
            counts = {name: getattr(summary, name) for name in summary.__struct_fields__}
            self.log(
                "end", **counts, reasons=[(found.status, found.reason, found.count) for found in self.reasons.ranked()]
            )
            return
        for found in self.reasons.ranked()[:_TOLD] if self._told > _TOLD else ():
            console.say(f"{found.count} {found.status}: {found.reason} ({found.example})")
        kept = f" ({summary.kept} of them in earlier runs)" if summary.kept else ""
        skipped = f", {summary.skipped} skipped" if summary.skipped else ""
        where = f"see {folder}/manifest.jsonl" if summary.complete else "run the same command again to go on"
        console.say(
            f"{summary.done} of {summary.inputs} inputs done{kept}, {summary.articles} articles, "
            f"{summary.failed} failed, {summary.refused} refused{skipped}; {where}"
        )

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show progress while the run lasts."""
        if self._count is not None and self._manner is not Manner.QUIET:
            Thread(target=self._learn_total, daemon=True).start()
        if self._manner is not Manner.SHOWN or not console.is_terminal(sys.stderr):
            yield
            return
        with _bar(self._pace) as self._bar:
            yield
        self._bar = None

    def _learn_total(self) -> None:
        self._total = self._count() if self._count else None


@contextmanager
def _bar(pace: "Callable[[Summary], tuple[float, int | None]]") -> "Iterator[Callable[[Summary, int | None], None]]":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[rate]:.1f} MB/s, {task.fields[missing]} not done,"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Progress(*columns, console=console.messages(), transient=True) as bar:
        task = bar.add_task("reading", total=None, rate=0.0, missing=0)

        def update(summary: "Summary", total: int | None) -> None:
            bar.update(task, completed=summary.inputs, total=total, rate=pace(summary)[0], missing=summary.missing)

        yield update


def _spoken(seconds: int) -> str:
    """Say a time as a person would.

    >>> [_spoken(seconds) for seconds in (42, 150, 7300)]
    ['42 s', '3 min', '2.0 h']
    """
    if seconds < 100:  # noqa: PLR2004
        return f"{seconds} s"
    return f"{-(-seconds // 60)} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"  # noqa: PLR2004
