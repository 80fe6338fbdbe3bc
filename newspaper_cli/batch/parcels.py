"""Tasks in parcels: what travels to a worker at a time, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.batch.collected import open_shard, piece_files, shard_names
from newspaper_cli.batch.shares import is_collected
from newspaper_cli.batch.stores import open_store
from newspaper_cli.batch.tasks import Job, Outcome, Status, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newspaper_cli.batch.stores import Store

_BYTES: Final = 1 << 18


class Parcel(msgspec.Struct, frozen=True):
    """Hold the tasks of one message; parcels are numbered in input order."""

    number: int
    tasks: tuple[Task, ...]


class Delivery(msgspec.Struct, frozen=True):
    """Hold the outcomes of a parcel's tasks, in their order, without texts.

    `pieces` are the files with the texts, one for each collected file; the spans of the outcomes are places in them.
    """

    parcel: Parcel
    outcomes: tuple[Outcome, ...]
    pieces: tuple[str, ...] = ()


def cut(tasks: Iterable[Task], shard_size: int, most: int) -> Iterator[Parcel]:
    """Cut tasks into parcels: a few, or a few large ones, or as many as one shard holds."""
    number, held, size = 0, [], 0
    for task in tasks:
        held.append(task)
        size += sum(page.size for page in task.inputs)
        if len(held) >= shard_size if shard_size else (len(held) >= most or size >= _BYTES):
            yield Parcel(number, tuple(held))
            number, held, size = number + 1, [], 0
    if held:
        yield Parcel(number, tuple(held))


def deliver(parcel: Parcel, job: Job, perform: Callable[[Iterable[Task]], Iterator[Outcome]]) -> Delivery:
    """Do the tasks of a parcel and write the texts that come of them.

    Texts lie on disk, not in memory: a parcel may be a shard of ten thousand issues.
    """
    if not is_collected(job.options):
        return Delivery(parcel, tuple(perform(parcel.tasks)))
    if job.options.shard_size:
        return _deliver_shard(parcel, job, perform)
    with piece_files(Path(job.folder), parcel.number, job.options) as pieces:
        outcomes = tuple(_set_down(outcome, pieces.append) for outcome in perform(parcel.tasks))
    return Delivery(parcel, outcomes, pieces.paths)


def _deliver_shard(parcel: Parcel, job: Job, perform: Callable[[Iterable[Task]], Iterator[Outcome]]) -> Delivery:
    """Write a shard, or keep the one that an earlier run wrote if all that it holds is unchanged."""
    store = open_store(job.folder)
    if all(task.known for task in parcel.tasks if not task.problem) and _is_there(store, parcel, job):
        kept = tuple(perform(parcel.tasks))
        if all(outcome.kept or task.problem for outcome, task in zip(kept, parcel.tasks, strict=True)):
            return Delivery(parcel, kept)
    fresh = [msgspec.structs.replace(task, known=None) for task in parcel.tasks]
    with open_shard(store, parcel.number, job.options) as shard:
        outcomes = [_set_down(outcome, shard.append) for outcome in perform(fresh)]
        if not any(outcome.status is Status.DONE for outcome in outcomes):
            shard.abandon()
    return Delivery(parcel, tuple(_named(outcome, shard.name) for outcome in outcomes))


def _is_there(store: Store, parcel: Parcel, job: Job) -> bool:
    """Tell whether the files of a shard are there that an earlier run wrote."""
    written = any(task.known and task.known.done for task in parcel.tasks)
    return not written or all(map(store.exists, shard_names(parcel.number, job.options)))


def _set_down(outcome: Outcome, append: Callable[[tuple[str, ...]], tuple[tuple[int, int], ...]]) -> Outcome:
    if not outcome.texts:
        return outcome
    return msgspec.structs.replace(outcome, texts=(), spans=append(outcome.texts))


def _named(outcome: Outcome, name: str) -> Outcome:
    return msgspec.structs.replace(outcome, output=name) if outcome.status is Status.DONE else outcome
