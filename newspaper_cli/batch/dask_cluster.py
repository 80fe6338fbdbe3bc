"""Work on a Dask cluster, or on one that is started here; the only file that knows Dask.

Each thread of a Dask worker has a bench, a process of its own: an input that crashes or hangs costs that input, and the
worker lives. Parcels travel through the scheduler, texts do not: workers read and write the same folders as we do.
"""

from __future__ import annotations

import time
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from math import inf
from queue import LifoQueue
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self, cast
from uuid import uuid4

from newspaper_cli.batch.bench import Bench
from newspaper_cli.batch.parcels import Delivery, Parcel, deliver
from newspaper_cli.batch.tasks import Status
from newspaper_cli.batch.work import unfinished
from newspaper_cli.errors import MissingExtraError, SomeFailedError, UsageError
from newspaper_cli.export.version import program_version

try:
    import dask
    import distributed
except ImportError as missing:
    extra, package = "dask", "dask[distributed]"
    raise MissingExtraError(extra, package) from missing

if TYPE_CHECKING:
    from newspaper_cli.batch.executors import Means
    from newspaper_cli.batch.tasks import Job

LOCAL: Final = "local"
_UNWATCHED: Final = MappingProxyType(
    {"distributed.worker.profile.enabled": False, "distributed.admin.system-monitor.interval": "5s"}
)
# Parcels in the hands of the scheduler for each thread of the cluster: one is done, the others are on their way.
_AHEAD: Final = 4
# Seconds. A cluster that was just asked for may take a while to come up.
_CONNECT: Final = 60
# Seconds between two counts of the threads of the cluster.
_COUNTED: Final = 5


class DaskExecutor:
    """Have parcels done by the workers of a cluster, which see the same folders as this process."""

    # The scheduler takes about a millisecond a parcel.
    parcel = 64

    def __init__(self, job: Job, means: Means) -> None:
        """Take what all tasks have in common, and where the cluster is."""
        self._job = job
        self._means = means
        self._name = f"newspaper-cli-{uuid4().hex}"
        self._asked = -inf
        self._width = 1

    def __enter__(self) -> Self:
        """Connect to the cluster, or start one.

        Raises:
            UsageError: there is no scheduler at the address, or its workers run another version of this program.
        """
        with ExitStack() as stack:
            self._client = stack.enter_context(self._connect(stack))
            self._client.wait_for_workers(1, timeout=_CONNECT)
            self._check_versions()
            plugin = Benches(self._job, self._means.timeout, self._name)
            self._client.register_plugin(plugin)
            stack.callback(self._client.unregister_worker_plugin, self._name)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster, or end the one that was started."""
        self._stack.close()

    @property
    def width(self) -> int:
        """Count the parcels that the cluster can use now: workers come and go."""
        if time.monotonic() - self._asked >= _COUNTED:
            threads = sum(self._client.nthreads().values())
            self._width = max(threads, 1) * (2 if self._job.options.shard_size else _AHEAD)
            self._asked = time.monotonic()
        return self._width

    def submit(self, parcel: Parcel) -> Future[Delivery]:
        """Have a parcel done by the next worker that is free."""
        ours: Future[Delivery] = Future()
        ours.set_running_or_notify_cancel()
        theirs = self._client.submit(
            _deliver, parcel, self._job, self._name, key=f"{self._name}-{parcel.number}", pure=False
        )

        def hand_over(done: distributed.Future[Delivery]) -> None:
            try:
                ours.set_result(done.result())
            except distributed.KilledWorker:
                reason = "the workers of the cluster ended at it, one after the other"
                lost = tuple(unfinished(task, Status.FAILED, reason) for task in parcel.tasks)
                ours.set_result(Delivery(parcel, lost))
            except (CancelledError, OSError) as error:
                message = "the cluster is gone; what is done is kept: run the same command again to go on"
                ours.set_exception(SomeFailedError(message).with_traceback(error.__traceback__))
            except Exception as error:  # noqa: BLE001  # whatever happened there, the run must hear of it
                ours.set_exception(error)

        theirs.add_done_callback(hand_over)
        return ours

    def _connect(self, stack: ExitStack) -> Any:  # noqa: ANN401  # what it gives depends on the address
        if self._means.dask != LOCAL:
            try:
                return distributed.Client(self._means.dask, timeout=_CONNECT)  # type: ignore[no-untyped-call]
            except (OSError, ValueError) as error:
                message = f"no Dask scheduler answers at {self._means.dask}: {error}"
                raise UsageError(message) from error
        # The work is done beside the workers, so that watching these closely tells nothing and costs a core its share.
        stack.enter_context(dask.config.set(_UNWATCHED))
        cluster = distributed.LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=self._means.jobs, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        )
        return distributed.Client(stack.enter_context(cluster))  # type: ignore[no-untyped-call]

    def _check_versions(self) -> None:
        others = set(self._client.run(program_version).values()) - {program_version()}
        if others:
            message = f"the cluster runs newspaper-cli {', '.join(sorted(others))}; install {program_version()} there"
            raise UsageError(message)


class Benches(distributed.WorkerPlugin):
    """Keep a process for each thread of a worker."""

    def __init__(self, job: Job, timeout: float | None, name: str) -> None:
        """Take what the processes are for; `name` is that of the run."""
        self.name = name
        self._job = job
        self._timeout = timeout

    def setup(self, worker: Any) -> None:  # noqa: ANN401
        """Make the benches; their processes start when there is work for them."""
        self._benches = [Bench(self._job, self._timeout) for _ in range(worker.state.nthreads)]
        self.idle: LifoQueue[Bench] = LifoQueue()
        for bench in self._benches:
            self.idle.put(bench)

    def teardown(self, worker: Any) -> None:  # noqa: ANN401, ARG002
        """End the processes."""
        for bench in self._benches:
            bench.close()


def _deliver(parcel: Parcel, job: Job, name: str) -> Delivery:
    """Do a parcel on a worker of the cluster."""
    plugin = cast("Benches", distributed.get_worker().plugins[name])
    bench = plugin.idle.get()
    try:
        return deliver(parcel, job, bench.perform)
    finally:
        plugin.idle.put(bench)
