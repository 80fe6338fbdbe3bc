"""Measure how fast the program is against yardsticks measured in the same run on the same bytes.

    NEWSPAPER_CORPUS=... python tests/benchmarks/throughput.py [--megabytes 20] [--files 2000]

Pages of the corpus are repeated under other names. Wall times are compared as ratios: the machine's speed and what else
it does then matter less. Every figure is the best of a few runs, printed as a row of a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import opencc
from measuring import best, copy, corpus_pages, lay_out, run, watch

if TYPE_CHECKING:
    from collections.abc import Sequence

TWO_COMMANDS = """
import typer
app = typer.Typer()
@app.command()
def first(): print("one line")
@app.command()
def second(): print("another")
app()
"""
# One process beside the one that was called, which does everything anew each time.
ALONE = ("--jobs", "1", "--fresh", "--quiet")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--files", type=int, default=2000)
    wanted = parser.parse_args()
    pages = corpus_pages()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        print("| measured | figure | yardstick | ratio |\n|---|---|---|---|")
        throughput(pages, folder, int(wanted.megabytes * 1e6), wanted.files)
        memory(pages, folder, wanted.files)
        linearity(pages, folder)
        start_up(folder)


def throughput(pages: Sequence[bytes], folder: Path, size: int, files: int) -> None:
    """Compare one process of `export` with OpenCC in memory, and with reading and writing alone."""
    inputs = folder / "inputs"
    large = enlarge(pages, size // files)
    total = lay_out(large, inputs, files)
    decoded = [large[number % len(large)].decode() for number in range(files)]
    converter = opencc.OpenCC("t2s")
    exported = best(lambda: run("export", inputs, "-o", folder / "out", *ALONE))
    converted = best(lambda: [converter.convert(text) for text in decoded])
    copied = best(lambda: copy(inputs, folder / "copy"))
    rate = total / exported / 1e6
    yardstick = total / converted / 1e6
    print(
        f"| export, {files} files, {total / 1e6:.1f} MB | {rate:.2f} MB/s, {files / exported:.0f} pages/s "
        f"| OpenCC t2s in memory: {yardstick:.1f} MB/s | 1/{yardstick / rate:.1f} |"
    )
    bare = total / copied / 1e6
    print(f"| the same | {rate:.2f} MB/s | read, decode, write: {bare:.1f} MB/s | 1/{exported / copied:.1f} |")


def enlarge(pages: Sequence[bytes], size: int) -> list[bytes]:
    """Put pages together, several to a text where they would be too small for the size asked for."""
    source = cycle(pages)
    texts = []
    for _ in pages:
        text = next(source)
        while len(text) < size - len(pages[0]) // 2:
            text += b"\f" + next(source)
        texts.append(text)
    return texts


def memory(pages: Sequence[bytes], folder: Path, files: int) -> None:
    """Compare the peak memory of `export` on a tenth of the files and on all of them."""
    peaks = []
    for count in (files // 10, files):
        few = folder / f"memory{count}"
        lay_out(pages, few, count)
        peaks.append(watch("export", few, "-o", folder / f"out{count}", *ALONE))
    few_alone, alone = (peak.parent for peak in peaks)
    print(
        f"| peak memory of the process, {files} files | {alone:.0f} MB | {files // 10} files: {few_alone:.0f} MB "
        f"| {alone / few_alone:.2f} |"
    )
    few_worker, worker = (peak.worker for peak in peaks)
    print(f"| and of its worker | {worker:.0f} MB | {few_worker:.0f} MB | {worker / few_worker:.2f} |")


def linearity(pages: Sequence[bytes], folder: Path) -> None:
    """Compare the time a byte of one page takes at 1 MB and at 10 MB."""
    text = b"\n".join(page for page in pages)
    rates = []
    for size in (1_000_000, 10_000_000):
        path = folder / f"one{size}.txt"
        path.write_bytes((text * (size // len(text) + 1))[:size].decode(errors="ignore").encode())
        rates.append(size / best(partial(run, "split", path)) / 1e6)
    print(f"| one page of 10 MB | {rates[1]:.2f} MB/s | one of 1 MB: {rates[0]:.2f} MB/s | {rates[1] / rates[0]:.2f} |")


def start_up(folder: Path) -> None:
    """Compare `split` of one page with a typer program of two commands that prints one line."""
    program = folder / "two_commands.py"
    program.write_text(TWO_COMMANDS)
    (page,) = (Path(os.environ["NEWSPAPER_CORPUS"]) / "seed").glob("*.txt")
    split = best(lambda: run("split", page), 10)
    bare = best(lambda: subprocess.run((sys.executable, program, "first"), check=True, stdout=subprocess.DEVNULL), 10)
    print(
        f"| split of one page | {split * 1e3:.0f} ms | typer program of two commands: {bare * 1e3:.0f} ms "
        f"| {split / bare:.2f} |"
    )


if __name__ == "__main__":
    main()
