"""Where the work of a batch is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newspaper_cli.batch.tasks import Outcome, Task


class Executor(Protocol):
    """Do work on tasks and give the outcomes in the order of the tasks, whichever was done first.

    Tasks are drawn as they are needed, so that a run over a million files holds a few of them at a time. `work` raises
    nothing but what must end the whole run.
    """

    def map(self, work: Callable[[Task], Outcome], tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task."""
        ...


class SerialExecutor:
    """Do one task after the other in this process."""

    def map(self, work: Callable[[Task], Outcome], tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task."""
        return map(work, tasks)
