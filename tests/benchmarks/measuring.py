"""What the benchmarks share: pages repeated under other names, the installed program, times, memory, yardsticks."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# The installed program, as its user runs it: a checkout in the current folder would be read without compiled modules.
_BESIDE = Path(sys.executable).parent
COMMAND = (str(_BESIDE / "newspaper-cli"),)
REPEATS = 3
# Files of one folder.
_FOLDER = 1000
# Seconds between two looks at the memory of a run.
_BETWEEN = 0.1


class Watched(NamedTuple):
    """Hold the wall time of a run in seconds, and in MB the peaks of its process alone and of the largest it started.

    A peak is the resident memory of one process at its highest, VmHWM of the kernel, and is nothing else's: what a
    process has started counts for itself. `os.wait4` would not do, for it gives the larger of a process and of those
    it has waited for.
    """

    seconds: float
    parent: float
    worker: float


def corpus_pages() -> list[bytes]:
    """Read the typeset pages and the keyed ones."""
    corpus = Path(os.environ["NEWSPAPER_CORPUS"])
    return [path.read_bytes() for name in ("press", "jingbao") for path in sorted((corpus / name).glob("*.txt"))]


def lay_out(pages: Sequence[bytes], folder: Path, count: int) -> int:
    """Repeat pages as so many files, a thousand in a folder, and give their bytes.

    A page is written once and linked under its other names, so that the system keeps it in memory: what is measured is
    the program, and the yardsticks read from the same memory.
    """
    originals = folder.with_name(f"{folder.name}.originals")
    originals.mkdir(parents=True)
    for number, page in enumerate(pages):
        (originals / str(number)).write_bytes(page)
    total = 0
    for number, original in enumerate(islice(cycle(range(len(pages))), count)):
        home = folder / f"{number // _FOLDER:04}"
        if number % _FOLDER == 0:
            home.mkdir(parents=True)
        (home / f"page{number:06}.txt").hardlink_to(originals / str(original))
        total += len(pages[original])
    return total


def run(*arguments: str | Path) -> None:
    """Run the program; its output is thrown away."""
    subprocess.run((*COMMAND, *map(str, arguments)), check=True, stdout=subprocess.DEVNULL)


def watch(*arguments: str | Path) -> Watched:
    """Run the program and watch it.

    Memory is looked at every tenth of a second. The kernel keeps the peak of a living process, so that only a rise in
    its last tenth of a second can be missed.

    Raises:
        RuntimeError: it failed; the message is what it said.
    """
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        with subprocess.Popen((*COMMAND, *map(str, arguments)), stdout=subprocess.DEVNULL, stderr=said) as process:
            with Peaks(process.pid) as peaks:
                code = process.wait()
            seconds = time.perf_counter() - began
        if code:
            said.seek(0)
            message = f"newspaper-cli {' '.join(map(str, arguments))} ended with {code}: {said.read().decode()}"
            raise RuntimeError(message)
    return Watched(seconds, peaks.parent, peaks.worker)


class Peaks:
    """Note the peak memory of a process, and of each that it has started, itself or through others, while they live."""

    def __init__(self, process: int) -> None:
        """Take the number of the process."""
        self._process = process
        self._ended = Event()
        self._highest: dict[int, float] = {}
        self._thread = Thread(target=self._look)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    @property
    def parent(self) -> float:
        """Give the peak of the process itself, in MB."""
        return self._highest.get(self._process, 0)

    @property
    def worker(self) -> float:
        """Give the peak of the largest process that it has started, in MB; 0 where there was none."""
        return max((peak for process, peak in self._highest.items() if process != self._process), default=0)

    def _look(self) -> None:
        while not self._ended.wait(_BETWEEN):
            for process in (self._process, *_started_by(self._process)):
                # A number that is used again would be a small process; the peak seen before stands.
                self._highest[process] = max(self._highest.get(process, 0), _peak(process))


def _started_by(process: int) -> Iterator[int]:
    for listing in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _text(listing).split():
            yield int(child)
            yield from _started_by(int(child))


def _peak(process: int) -> float:
    """Give the peak of a process in MB, 0 if it has ended: the kernel counts in units of 1024 bytes."""
    found = [line for line in _text(Path(f"/proc/{process}/status")).splitlines() if line.startswith("VmHWM:")]
    return int(found[0].split()[1]) * 1024 / 1e6 if found else 0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def times(action: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    """Give the seconds that an action took, each time."""
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return taken


def best(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Give the shortest time in seconds that an action took."""
    return min(times(action, repeats))


def typical(action: Callable[[], object], repeats: int) -> float:
    """Give the median of the times in seconds that an action took."""
    return median(times(action, repeats))


def copy(inputs: Path, outputs: Path) -> None:
    """Read, decode, encode and write every file of the folders in a folder, and nothing else."""
    for folder in inputs.iterdir():
        home = outputs / folder.name
        home.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            (home / path.name).write_bytes(path.read_bytes().decode().encode())


def join(inputs: Path, output: Path) -> None:
    """Put all files of the folders in a folder into one."""
    with output.open("wb") as file:
        for path in sorted(inputs.glob("*/*")):
            file.write(path.read_bytes())


def convert(source: Path, output: Path) -> None:
    """Have the opencc command put one file into simplified script."""
    command = (str(_BESIDE / "opencc"), "-c", "t2s.json", "-i", str(source), "-o", str(output))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
