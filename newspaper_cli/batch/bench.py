"""A process of its own for the work: what an input does to it, it does to no other input.

A worker that crashes, hangs or is killed is replaced and the rest of its tasks are done by the next one. The input that
did it is tried once more, for a kill may have come from outside, and is then reported.
"""

from __future__ import annotations

import math
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newspaper_cli.batch.tasks import Status
from newspaper_cli.batch.work import Worker, unfinished
from newspaper_cli.errors import SomeFailedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newspaper_cli.batch.tasks import Job, Outcome, Task

# The checkout or the installation that this process runs, for the child to run the same.
_HOME: Final = Path(__file__).parents[2]
_START: Final = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from newspaper_cli.batch.bench import serve; serve(*map(int, sys.argv[2:]))"
)
_READY: Final = b"ready"
_STRIKES: Final = 2
# Seconds. A first start reads the program from disk.
_START_UP: Final = 120
# Seconds that a worker waits longer than whoever watches it: it ends itself only when nobody does any more.
_GRACE: Final = 5


class Bench:
    """Do tasks in a process of its own, within a time for each of them."""

    def __init__(self, job: Job, timeout: float | None, shared: Sequence[int] = ()) -> None:
        """Take what all tasks have in common, and the seconds one of them may take.

        The process holds the `shared` descriptors too: a lock on the output is free only when nobody writes any more.
        """
        self._job = job
        self._timeout = timeout
        self._shared = shared
        self._child: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._stopped = self._owing = False

    def perform(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task, whatever it does to the process.

        Raises:
            KeyboardInterrupt: the bench was stopped.
            SomeFailedError: no process can be started.
        """
        if self._owing:
            # Outcomes that nobody took, for they could not be written, must not be taken for those of these tasks.
            self.close()
        self._owing = True
        yield from self._perform(deque(tasks))
        self._owing = False

    def stop(self) -> None:
        """Kill the process in the middle of its work, from another thread; no other one is started."""
        self._stopped = True
        if child := self._child:
            child.kill()

    def _perform(self, waiting: deque[Task]) -> Iterator[Outcome]:
        strikes = 0
        while waiting:
            line = self._line or self._start()
            if self._stopped:
                raise KeyboardInterrupt
            try:
                line.send(list(waiting))
                while waiting:
                    outcome = self._receive(line)
                    task = waiting.popleft()
                    strikes = 0
                    yield outcome or unfinished(task, Status.FAILED, f"it took longer than {self._timeout:g} seconds")
                    if outcome is None:
                        self.close()
                        break
            except (EOFError, OSError):
                strikes += 1
                ending = self.close()
                if strikes >= _STRIKES:
                    strikes = 0
                    yield unfinished(waiting.popleft(), Status.FAILED, f"the worker ended at it: {ending}")

    def close(self) -> str:
        """End the process and say how it ended, if it had ended by itself."""
        if self._child is None or self._line is None:
            return ""
        self._line.close()
        # A worker that broke off has ended or is about to; one that hangs will not.
        try:
            code = self._child.wait(0.2)
        except subprocess.TimeoutExpired:
            self._child.kill()
            code = self._child.wait()
        self._child = self._line = None
        return _describe(code)

    def _receive(self, line: Connection) -> Outcome | None:
        if not line.poll(self._timeout):
            return None
        outcome: Outcome = line.recv()
        return outcome

    def _start(self) -> Connection:
        """Start the process, and once more if it ends at once, for a kill may have come from outside.

        Raises:
            KeyboardInterrupt: the bench was stopped.
            SomeFailedError: it does not start, or ends at once again: so would the next one.
        """
        reason = ""
        for _ in range(_STRIKES):
            if self._stopped:
                raise KeyboardInterrupt
            try:
                return self._begun()
            except (EOFError, OSError) as error:
                reason = self.close() or str(error)
        raise _does_not_start(reason)

    def _begun(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            longest = math.ceil(self._timeout) + _GRACE if self._timeout else 0
            command = (sys.executable, "-P", "-c", _START, str(_HOME), str(theirs.fileno()), str(longest))
            # In a group of its own: the person at the terminal speaks to us, and we let it finish what is in hand.
            self._child = subprocess.Popen(  # noqa: S603  # this program, on this machine
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno(), *self._shared],
                process_group=0,
            )
        self._line = Connection(ours.detach())
        if not self._line.poll(_START_UP):
            reason = f"it is not ready after {_START_UP} seconds"
            raise _does_not_start(reason)
        self._line.recv_bytes()
        self._line.send(self._job)
        return self._line


def serve(descriptor: int, longest: int) -> None:
    """Do what is asked for at the other end until nobody is there any more.

    A task that takes more than `longest` seconds, if that is not 0, ends the process: whoever would have ended it
    earlier was killed, and the lock on the output would be held for ever.
    """
    line = Connection(descriptor)
    line.send_bytes(_READY)
    try:
        job: Job = line.recv()
        with Worker(job) as worker:
            while True:
                tasks: Sequence[Task] = line.recv()
                for task in tasks:
                    # The system's own answer to this signal: a regular expression lets no handler of ours run.
                    signal.alarm(longest)
                    outcome = worker.perform(task)
                    signal.alarm(0)
                    line.send(outcome)
    except (EOFError, OSError):
        # The parent is gone, or has closed its end: nothing is left to do.
        os._exit(0)


def _does_not_start(reason: str) -> SomeFailedError:
    message = f"a worker process does not start: {reason}; what is done is kept: run the same command again"
    return SomeFailedError(message)


def _describe(code: int) -> str:
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return f"killed by {name}"
    return f"exit code {code}"
