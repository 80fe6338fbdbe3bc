"""Where the work of a batch is done: in this process, in others of this machine, or on a cluster."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from queue import LifoQueue
from typing import TYPE_CHECKING, Final, Protocol, Self

import msgspec

from newspaper_cli.batch.bench import Bench
from newspaper_cli.batch.parcels import deliver
from newspaper_cli.batch.work import Worker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.batch.parcels import Delivery, Parcel
    from newspaper_cli.batch.tasks import Job

# Parcels that a worker may be ahead of the slowest one; what waits is small, for texts lie on disk.
_AHEAD: Final = 64


class Means(msgspec.Struct, frozen=True):
    """Say where the work is done.

    `jobs` is the number of processes, 0 for none but this one, None for one a core; `dask` the address of a cluster, or
    `local`. `timeout` is in seconds, for one input.
    """

    jobs: int | None = None
    dask: str | None = None
    timeout: float | None = None


class Executor(Protocol):
    """Do parcels of tasks.

    `width` parcels are kept in hand at a time, so that a run over a million files holds a few of them; `parcel` is the
    number of tasks that are worth a message. Used as a context, it ends what it has started.
    """

    parcel: int

    @property
    def width(self) -> int:
        """Give the number of parcels to keep in hand."""
        ...

    def __enter__(self) -> Self:
        """Start what is needed."""
        ...

    def __exit__(self, *_: object) -> None:
        """End what was started."""
        ...

    def submit(self, parcel: Parcel) -> Future[Delivery]:
        """Have a parcel done; the future raises nothing but what must end the run."""
        ...


class SerialExecutor:
    """Do one parcel after the other in this process: whatever an input does to it ends the run."""

    width = 1
    parcel = 1

    def __init__(self, job: Job) -> None:
        """Take what all tasks have in common."""
        self._job = job
        self._worker = Worker(job)

    def __enter__(self) -> Self:
        """Start nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self._worker.__exit__()

    def submit(self, parcel: Parcel) -> Future[Delivery]:
        """Do a parcel now."""
        future: Future[Delivery] = Future()
        future.set_result(deliver(parcel, self._job, lambda tasks: map(self._worker.perform, tasks)))
        return future


class ProcessExecutor:
    """Do parcels in processes of this machine, each watched by a thread of this one."""

    # A page takes milliseconds, a message to another process a tenth of one.
    parcel = 16

    def __init__(self, job: Job, means: Means, shared: Sequence[int] = ()) -> None:
        """Take what all tasks have in common, the means, and descriptors that the processes shall hold too."""
        self._job = job
        self.jobs = means.jobs or available_cores()
        self.width = self.jobs * (2 if job.options.shard_size else _AHEAD)
        self._benches = [Bench(job, means.timeout, shared) for _ in range(self.jobs)]
        self._idle: LifoQueue[Bench] = LifoQueue()

    def __enter__(self) -> Self:
        """Start the threads; processes start when there is work for them."""
        self._threads = ThreadPoolExecutor(self.jobs)
        for bench in reversed(self._benches):
            self._idle.put(bench)
        return self

    def __exit__(self, *error: object) -> None:
        """End threads and processes; parcels that nobody has begun are left, behind an interrupt all of them."""
        if error[0] is KeyboardInterrupt:
            for bench in self._benches:
                bench.stop()
        self._threads.shutdown(cancel_futures=True)
        for bench in self._benches:
            bench.close()

    def submit(self, parcel: Parcel) -> Future[Delivery]:
        """Have a parcel done by the next process that is free."""
        return self._threads.submit(self._deliver, parcel)

    def _deliver(self, parcel: Parcel) -> Delivery:
        bench = self._idle.get()
        try:
            return deliver(parcel, self._job, bench.perform)
        finally:
            self._idle.put(bench)


def open_executor(job: Job, means: Means, shared: Sequence[int] = ()) -> Executor:
    """Choose where the work is done.

    Raises:
        MissingExtraError: a cluster is asked for, and what speaks to clusters is not installed.
    """
    if means.dask is not None:
        from newspaper_cli.batch.dask_cluster import DaskExecutor  # noqa: PLC0415  # heavy, and seldom there

        return DaskExecutor(job, means)
    if means.jobs == 0:
        return SerialExecutor(job)
    return ProcessExecutor(job, means, shared)


def available_cores() -> int:
    """Count the cores that this process may use: a scheduler may have given it fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
