"""The work on one issue: read its inputs, write it, and say what became of them."""

from __future__ import annotations

import errno
import time
from typing import TYPE_CHECKING, Final, Self

from msgspec.structs import replace

from newspaper_cli.batch.reading import Reader, make_source
from newspaper_cli.batch.shares import file_suffix, is_collected, marks, own_file, shares
from newspaper_cli.batch.stores import open_store
from newspaper_cli.batch.tasks import Figures, Job, Outcome, Status, Task
from newspaper_cli.errors import NewspaperError, UnreadableError, UnwritableError
from newspaper_cli.pipeline import read_issue
from newspaper_cli.script import to_script
from newspaper_cli.source import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Issue, Page

# What keeps every other output from being written too.
_HOPELESS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


class Worker:
    """Do the tasks of one job, one after the other."""

    def __init__(self, job: Job) -> None:
        """Take what all tasks have in common."""
        self._job = job
        self._store = open_store(job.folder)
        self._reader = Reader(job.largest)

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self._reader.__exit__()

    def perform(self, task: Task) -> Outcome:
        """Read the inputs of one issue and write it, or give its shares of the collected files.

        Nothing an input does to the program is raised: the outcome says it.
        """
        if task.problem:
            return unfinished(task, task.status, task.problem)
        if task.known and None in task.known.digests:
            # What could not be read, or killed its worker, is tried again when somebody asks for it.
            return unfinished(task, Status.FAILED, None, kept=True)
        began = time.perf_counter()
        outcome = self._attempt(task)
        return replace(outcome, seconds=time.perf_counter() - began)

    def _attempt(self, task: Task) -> Outcome:
        pages: list[bytes] = []
        try:
            pages += map(self._reader.read, task.inputs)
            if task.known and self._still_holds(task, pages):
                return unfinished(task, Status.DONE, None, kept=True)
            return self._deliver(task, pages)
        except NewspaperError as error:
            return _failure(task, pages, error)
        except MemoryError:
            return _read_only(task, pages, Status.FAILED, "it needs more memory than there is")
        except Exception as error:  # noqa: BLE001  # one input, whatever it does to the program, must not end the run
            return _read_only(task, pages, Status.FAILED, _describe_bug(error))

    def _still_holds(self, task: Task, pages: Sequence[bytes]) -> bool:
        """Tell whether an earlier run read just these bytes, and what it wrote is still there."""
        if task.known is None or tuple(map(digest, pages)) != task.known.digests:
            return False
        output = self._own_output(task)
        return not task.known.done or output is None or self._is_of(output, task, pages)

    def _is_of(self, output: str, task: Task, pages: Sequence[bytes]) -> bool:
        """Tell whether an output is of this source: a stopped run over a folder of the same name may have left it."""
        if not self._store.exists(output):
            return False
        names = [page.name for page in task.inputs]
        source, _ = make_source(list(zip(names, pages, strict=True)), task.name)
        head = self._store.head(output)
        return all(mark in head for mark in marks(source, self._job.options))

    def _deliver(self, task: Task, pages: Sequence[bytes]) -> Outcome:
        options = self._job.options
        names = [page.name for page in task.inputs]
        source, starts = make_source(list(zip(names, pages, strict=True)), task.name)
        issue = _with_sources(read_issue(source, options.language, options.weights), names, starts)
        shown = to_script(issue, options.script) if options.script else issue
        output = self._own_output(task)
        if output is not None:
            if any(self._store.holds_input(output, page.path) for page in task.inputs):
                message = f"{task.name} would be written over; choose another output folder"
                raise UnwritableError(message)
            self._store.write_whole(output, own_file(shown, options).encode())
        return Outcome(
            status=Status.DONE,
            figures=_figures(issue, pages, starts),
            output=output,
            texts=() if output is not None else shares(shown, options),
        )

    def _own_output(self, task: Task) -> str | None:
        options = self._job.options
        return None if is_collected(options) else f"{task.output}{file_suffix(options)}"


def unfinished(task: Task, status: Status, reason: str | None, *, kept: bool = False) -> Outcome:
    """Give the outcome of a task whose inputs were not read, or need not be read again."""
    return Outcome(status=status, figures=tuple(Figures() for _ in task.inputs), reason=reason, kept=kept)


def _failure(task: Task, pages: Sequence[bytes], error: NewspaperError) -> Outcome:
    cause = error.__cause__
    if isinstance(error, UnwritableError) and isinstance(cause, OSError) and cause.errno in _HOPELESS:
        return replace(unfinished(task, Status.FAILED, str(error)), fatal=True)
    # Behind a file that could not be read stands an error of the system; one that is no text was read well.
    refused = isinstance(error, UnreadableError) and not isinstance(cause, OSError)
    return _read_only(task, pages, Status.REFUSED if refused else Status.FAILED, str(error))


def _read_only(task: Task, pages: Sequence[bytes], status: Status, reason: str) -> Outcome:
    """Give the outcome of inputs that were read, at least the first of them, and no more."""
    read = [Figures(digest(page), size=len(page)) for page in pages]
    return Outcome(status=status, figures=(*read, *(Figures() for _ in task.inputs[len(pages) :])), reason=reason)


def _figures(issue: Issue, pages: Sequence[bytes], starts: Sequence[int]) -> tuple[Figures, ...]:
    """Count what each input gave: an article counts where it begins."""
    total = issue.source.characters
    owners = [_owner(page, starts) for page in issue.pages]
    counts = [0] * len(pages)
    for article in issue.articles:
        counts[owners[article.page - 1] if article.page <= len(owners) else 0] += 1
    ends = [*(start - 1 for start in starts[1:]), total]
    return tuple(
        Figures(digest(data), count, end - start, len(data))
        for data, count, start, end in zip(pages, counts, starts, ends, strict=True)
    )


def _owner(page: Page, starts: Sequence[int]) -> int:
    return sum(start <= page.span[0] for start in starts) - 1


def _with_sources(issue: Issue, names: Sequence[str], starts: Sequence[int]) -> Issue:
    if len(names) == 1:
        return issue
    return replace(issue, pages=tuple(replace(page, source=names[_owner(page, starts)]) for page in issue.pages))


def _describe_bug(error: Exception) -> str:
    """Say what went wrong and where in the program, in one line that a bug report can quote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else ""
    return f"a bug in the program: {type(error).__name__}: {error}{place}"
