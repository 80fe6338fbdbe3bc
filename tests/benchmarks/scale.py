"""Measure `export` on many pages: one process, two, a Dask cluster of two workers, and a run with nothing left to do.

    NEWSPAPER_CORPUS=... python tests/benchmarks/scale.py [--sizes 1000 10000 50000] [--ways one two dask jsonl]
        [--parts runs yardsticks formats start] [--folder FOLDER]

Pages of the corpus are repeated under other names, a thousand in a folder. Each run is done once, for it takes minutes;
a yardstick of less than ten seconds is measured three times and the best counts, a start ten times and the median does.
Tables go to stdout, every figure to stderr as soon as it is there. FOLDER, by default one for temporary files, needs
room for the output of one run.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from measuring import REPEATS, Watched, convert, copy, corpus_pages, join, lay_out, run, times, typical, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

WAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "one": "--jobs 1",
        "two": "--jobs 2",
        "dask": "--dask local --jobs 2",
        "jsonl": "--jobs 2 --format jsonl",
    }
)
FORMATS: Final = ("json", "jsonl", "csv", "csv --rows paragraphs", "csv --tables", "sqlite", "parquet")
PARTS: Final = ("runs", "yardsticks", "formats", "start")
COMPARED: Final = (("two", "one"), ("dask", "one"), ("jsonl", "two"))
STARTS: Final = 10
# Seconds below which a yardstick is measured more than once.
QUICK: Final = 10
WARM: Final = 50


class Measured(NamedTuple):
    """Hold one run: its pages, the bytes read and written, how it went, and the seconds of the same command again."""

    pages: int
    size: int
    written: int
    watched: Watched
    again: float

    @property
    def rate(self) -> float:
        """Give the pages a second, start and end of the program included."""
        return self.pages / self.watched.seconds


class Yardstick(NamedTuple):
    """Hold the seconds that something else takes for the same bytes."""

    pages: int
    size: int
    name: str
    seconds: float


class Figures(NamedTuple):
    """Hold what was measured: runs by way and number of pages, and yardsticks."""

    runs: dict[tuple[str, int], Measured]
    yardsticks: list[Yardstick]


def main() -> None:
    """Measure, then print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    pages = corpus_pages()
    with tempfile.TemporaryDirectory(dir=wanted.folder) as made:
        folder = Path(made)
        # What is read from disk once is no matter of the way that happens to come first.
        lay_out(pages, folder / "warm", WARM)
        for way in wanted.ways if "runs" in wanted.parts else ():
            watch("export", folder / "warm", "-o", folder / f"warm.{way}", "--quiet", *WAYS[way].split())
        figures = Figures({}, [])
        for count in sorted(wanted.sizes) if {"runs", "yardsticks"} & set(wanted.parts) else ():
            measure_size(pages, folder / str(count), count, wanted, figures)
        print(f"{len(pages)} pages, repeated; Python {platform.python_version()}, {platform.machine()}.\n")
        show_runs(figures.runs)
        show_ratios(figures.runs)
        show_yardsticks(figures)
        if "formats" in wanted.parts:
            show_formats(pages, folder)
        if "start" in wanted.parts:
            show_starts(pages, folder)


def measure_size(
    pages: Sequence[bytes], folder: Path, count: int, wanted: argparse.Namespace, figures: Figures
) -> None:
    """Measure all that is wanted on so many pages, and leave no file."""
    say(f"laying out {count} pages")
    size = lay_out(pages, folder / "inputs", count)
    if "runs" in wanted.parts:
        for way in wanted.ways:
            figures.runs[way, count] = measured = measure_run(way, folder, count, size)
            say(f"{count} pages, {WAYS[way]}: {measured}")
    if "yardsticks" in wanted.parts:
        for yardstick in measure_yardsticks(folder, count, size):
            figures.yardsticks.append(yardstick)
            say(str(yardstick))
    shutil.rmtree(folder)


def measure_run(way: str, folder: Path, count: int, size: int) -> Measured:
    """Export all pages into a new folder, and give the same command again, which has nothing left to do."""
    output = folder / "output"
    command: tuple[str | Path, ...] = ("export", folder / "inputs", "-o", output, "--quiet", *WAYS[way].split())
    watched = watch(*command)
    check_all_done(output, count)
    written = weigh(output)
    again = watch(*command).seconds
    check_all_done(output, count)
    shutil.rmtree(output)
    return Measured(count, size, written, watched, again)


def check_all_done(output: Path, count: int) -> None:
    """Measure nothing that is not what it looks like.

    Raises:
        RuntimeError: not every page was done.
    """
    with (output / "manifest.jsonl").open("rb") as rows:
        done = sum(json.loads(row)["status"] == "done" for row in rows)
    if done != count:
        message = f"{done} of {count} pages were done"
        raise RuntimeError(message)


def measure_yardsticks(folder: Path, count: int, size: int) -> Iterator[Yardstick]:
    """Measure what else can be done with the same bytes; opencc gets them in one file, so that it starts once."""

    def shortest(action: Callable[[], object]) -> float:
        first = times(action, 1)
        return min(first if first[0] > QUICK else first + times(action, REPEATS - 1))

    joined = folder / "joined.txt"
    join(folder / "inputs", joined)
    seconds = shortest(partial(convert, joined, folder / "converted.txt"))
    yield Yardstick(count, size, "`opencc -c t2s.json`, all pages in one file", seconds)
    seconds = shortest(partial(copy, folder / "inputs", folder / "copies"))
    yield Yardstick(count, size, "read, decode, write each page", seconds)


def show_runs(runs: Mapping[tuple[str, int], Measured]) -> None:
    """Print a row for each run."""
    if not runs:
        return
    print(
        "| pages | export | pages/s | MB/s read | KB written a page | seconds | peak of the process, MB "
        "| of its largest worker, MB | the same command again, seconds |\n|---|---|---|---|---|---|---|---|---|"
    )
    for (way, count), found in runs.items():
        seconds, parent, worker = found.watched
        print(
            f"| {count} | `{WAYS[way]}` | {found.rate:.0f} | {found.size / seconds / 1e6:.2f} "
            f"| {found.written / count / 1e3:.1f} | {seconds:.1f} | {parent:.0f} | {worker:.0f} | {found.again:.1f} |"
        )
    print()


def show_ratios(runs: Mapping[tuple[str, int], Measured]) -> None:
    """Print how the ways compare, and what more pages change."""
    if not runs:
        return
    print("| ratio | pages | figure |\n|---|---|---|")
    counts = sorted({count for _, count in runs})
    for way, other in COMPARED:
        for count in counts:
            if (way, count) in runs and (other, count) in runs:
                ratio = runs[way, count].rate / runs[other, count].rate
                print(f"| pages/s, `{WAYS[way]}` / `{WAYS[other]}` | {count} | {ratio:.2f} |")
    for way in dict.fromkeys(way for way, _ in runs):
        show_growth(way, [runs[way, count] for count in counts])
    print()


def show_growth(way: str, runs: Sequence[Measured]) -> None:
    """Print what the largest run of a way costs beside the smallest, and what each page more costs between two runs."""
    few, many = runs[0], runs[-1]
    if few is many:
        return
    between = f"{many.pages} / {few.pages}"
    print(f"| seconds a page, `{WAYS[way]}` | {between} | {few.rate / many.rate:.2f} |")
    print(f"| peak of the process, `{WAYS[way]}` | {between} | {many.watched.parent / few.watched.parent:.2f} |")
    worker = many.watched.worker / few.watched.worker
    print(f"| peak of its largest worker, `{WAYS[way]}` | {between} | {worker:.2f} |")
    for less, more in pairwise(runs):
        each = (more.watched.seconds - less.watched.seconds) / (more.pages - less.pages)
        print(f"| ms for each page more, `{WAYS[way]}` | {less.pages} to {more.pages} | {each * 1e3:.2f} |")


def show_yardsticks(figures: Figures) -> None:
    """Print a row for each yardstick, and how far one process is from it."""
    if not figures.yardsticks:
        return
    print("| pages | yardstick | MB/s | seconds | `export --jobs 1` |\n|---|---|---|---|---|")
    for count, size, name, seconds in figures.yardsticks:
        one = figures.runs.get(("one", count))
        ratio = f"1/{one.watched.seconds / seconds:.0f}" if one else ""
        print(f"| {count} | {name} | {size / seconds / 1e6:.1f} | {seconds:.2f} | {ratio} |")
    print()


def show_formats(pages: Sequence[bytes], folder: Path) -> None:
    """Print how large the output of each format is: each page once, for repeated ones would pack too well.

    `packed` is the size of a tar of the output under gzip. A format whose extra is not installed has no figures.
    """
    size = lay_out(pages, folder / "each", len(pages))
    each = f"{size / len(pages) / 1e3:.1f} KB"
    print(f"| {len(pages)} pages of {each} | KB a page | packed | manifest |\n|---|---|---|---|")
    for name in FORMATS:
        output = folder / name.replace(" ", "")
        try:
            run("export", folder / "each", "-o", output, "--quiet", "--format", *name.split())
        except subprocess.CalledProcessError as error:
            say(f"{name}: exit code {error.returncode}")
            print(f"| `{name}` | | | |")
            continue
        manifest = output / "manifest.jsonl"
        rows = manifest.stat().st_size
        manifest.unlink()
        packed = Path(shutil.make_archive(str(output), "gztar", output)).stat().st_size
        figures = (weigh(output), packed, rows)
        print(f"| `{name}` | {' | '.join(f'{figure / len(pages) / 1e3:.2f}' for figure in figures)} |")
    print()


def weigh(folder: Path) -> int:
    """Give the bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def show_starts(pages: Sequence[bytes], folder: Path) -> None:
    """Print how long the program takes to start, and to start and read one page."""
    say("starting")
    page = folder / "page.txt"
    page.write_bytes(pages[0])
    print(f"| start, median of {STARTS} | ms |\n|---|---|")
    for name, command in (("--version", ("--version",)), ("split PAGE", ("split", page))):
        print(f"| `newspaper-cli {name}` | {typical(partial(run, *command), STARTS) * 1e3:.0f} |")


def say(what: str) -> None:
    """Say what is measured, or what was."""
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
