"""The run: tasks to outcomes, outcomes to files and manifest rows, in the order of the inputs."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from newspaper_cli.batch.collected import open_pieces, remove_shards, shard_names
from newspaper_cli.batch.executors import Means, open_executor
from newspaper_cli.batch.ledger import Ledger
from newspaper_cli.batch.parcels import Parcel, cut
from newspaper_cli.batch.remote import is_remote
from newspaper_cli.batch.remote_ledger import RemoteLedger
from newspaper_cli.batch.stores import open_store
from newspaper_cli.batch.tasks import Job, Status
from newspaper_cli.errors import UnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from newspaper_cli.batch.executors import Executor
    from newspaper_cli.batch.manifest import Row
    from newspaper_cli.batch.parcels import Delivery
    from newspaper_cli.batch.tasks import Outcome, Task


class Conduct(msgspec.Struct, frozen=True, kw_only=True):
    """Say how a run goes about its work; nothing of this changes what is written for an input."""

    means: Means = Means()
    fresh: bool = False
    retry_failed: bool = False
    ordered: bool = True
    fail_fast: bool = False


class Summary(msgspec.Struct, frozen=True):
    """Count what became of the inputs of a run; `kept` of them were done by an earlier one."""

    done: int = 0
    failed: int = 0
    refused: int = 0
    skipped: int = 0
    kept: int = 0
    articles: int = 0
    characters: int = 0
    size: int = 0
    complete: bool = False

    @property
    def inputs(self) -> int:
        """Give the number of inputs; each is in exactly one of the counts."""
        return self.done + self.failed + self.refused + self.skipped

    @property
    def missing(self) -> int:
        """Give the number of inputs that should be in the output and are not."""
        return self.failed + self.refused

    def count(self, row: Row, *, size: int = 0, kept: bool = False) -> Summary:
        """Give the summary with one input more."""
        return Summary(
            self.done + (row.status is Status.DONE),
            self.failed + (row.status is Status.FAILED),
            self.refused + (row.status is Status.REFUSED),
            self.skipped + (row.status is Status.SKIPPED),
            self.kept + kept,
            self.articles + row.articles,
            self.characters + row.characters,
            self.size + size,
        )


class Watcher(Protocol):
    """Be told how a run goes on, and tell it to stop."""

    stopped: bool

    def told(self, summary: Summary, rows: list[Row], *, kept: bool) -> None:
        """Learn what became of one task's inputs, and of all until now."""
        ...


class Run:
    """Do the tasks of a run and leave a manifest row for each input."""

    def __init__(self, job: Job, conduct: Conduct, watcher: Watcher) -> None:
        """Take what is to be done, how, and who wants to know."""
        self._job = job
        self._conduct = conduct
        self._watcher = watcher
        self._summary = Summary()
        self._stopping = False
        self._parcels = 0

    def do(self, tasks: Iterable[Task]) -> Summary:
        """Do every task, in order.

        A run that the watcher stops, or that stops at a failure because it shall, leaves what it has done for the next
        run to go on from; only a complete one gives the manifest and the collected files their names.

        Raises:
            UsageError: the format is unknown or cannot hold a batch.
            UnwritableError: the output cannot be written, or another run is writing it.
        """
        with ExitStack() as stack:
            ledger = stack.enter_context(open_ledger(self._job, fresh=self._conduct.fresh))
            executor = stack.enter_context(open_executor(self._job, self._conduct.means, ledger.shared))
            parcels = map(ledger.agreed, cut(self._known(tasks, ledger), self._job.options.shard_size, executor.parcel))
            for delivery in self._deliveries(parcels, executor):
                self._take_in(delivery, ledger)
            if not self._stopping and not self._watcher.stopped:
                remove_shards(open_store(self._job.folder), self._parcels, self._job.options)
                ledger.finish(ordered=self._conduct.ordered)
                self._summary = msgspec.structs.replace(self._summary, complete=True)
        return self._summary

    def _known(self, tasks: Iterable[Task], ledger: Ledger) -> Iterator[Task]:
        options = self._job.options
        for number, task in enumerate(tasks):
            if self._stopping or self._watcher.stopped:
                return
            shard = shard_names(number // options.shard_size, options)[0] if options.shard_size else None
            known = ledger.known(task, shard, retry_failed=self._conduct.retry_failed)
            yield msgspec.structs.replace(task, known=known) if known else task

    def _deliveries(self, parcels: Iterable[Parcel], executor: Executor) -> Iterator[Delivery]:
        """Keep the executor supplied and give what it delivers, in order or as it comes."""
        rest = iter(parcels)
        waiting: list[Future[Delivery]] = []
        self._supply(waiting, rest, executor)
        while waiting:
            if self._watcher.stopped or self._stopping:
                waiting = [future for future in waiting if not future.cancel()]
                rest = iter(())
            done = self._next_done(waiting)
            if done is None:
                continue
            waiting.remove(done)
            delivery = done.result()
            # The next parcel first, so that nobody waits while this one is set down.
            self._supply(waiting, rest, executor)
            yield delivery

    def _supply(self, waiting: list[Future[Delivery]], rest: Iterator[Parcel], executor: Executor) -> None:
        waiting += [executor.submit(parcel) for parcel in islice(rest, max(executor.width - len(waiting), 0))]

    def _next_done(self, waiting: list[Future[Delivery]]) -> Future[Delivery] | None:
        """Wait for the next delivery, but not so long that a request to stop would go unheard."""
        if not waiting:
            return None
        wanted = waiting[:1] if self._conduct.ordered else waiting
        done, _ = wait(wanted, 0.2, FIRST_COMPLETED)
        return next(iter(done), None)

    def _take_in(self, delivery: Delivery, ledger: Ledger) -> None:
        self._parcels += 1
        with open_pieces(delivery.pieces) as pieces:
            for task, outcome in zip(delivery.parcel.tasks, delivery.outcomes, strict=True):
                if outcome.fatal:
                    ledger.flush()
                    message = f"{outcome.reason}; what is done is kept: run the same command again to go on"
                    raise UnwritableError(message)
                self._enter(outcome, ledger.keep(task) if outcome.kept else ledger.add(task, outcome, pieces))
        ledger.flush()

    def _enter(self, outcome: Outcome, rows: list[Row]) -> None:
        for row, figures in zip(rows, outcome.figures, strict=True):
            self._summary = self._summary.count(row, size=figures.size, kept=outcome.kept)
        self._watcher.told(self._summary, rows, kept=outcome.kept)
        if self._conduct.fail_fast and any(row.status in {Status.FAILED, Status.REFUSED} for row in rows):
            self._stopping = True


def open_ledger(job: Job, *, fresh: bool) -> Ledger:
    """Open the ledger of a run, here or at an address."""
    if is_remote(job.folder):
        return RemoteLedger(job.folder, job.options, fresh=fresh)
    return Ledger(Path(job.folder), job.options, fresh=fresh)
