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
import time
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# The installed program, as its user runs it: a checkout in the current folder would be read without compiled modules.
COMMAND = (str(Path(sys.executable).with_name("newspaper-cli")),)
TWO_COMMANDS = """
import typer
app = typer.Typer()
@app.command()
def first(): print("one line")
@app.command()
def second(): print("another")
app()
"""
REPEATS = 3


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--files", type=int, default=2000)
    wanted = parser.parse_args()
    corpus = Path(os.environ["NEWSPAPER_CORPUS"])
    pages = [path.read_bytes() for name in ("press", "jingbao") for path in sorted((corpus / name).glob("*.txt"))]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        print("| measured | figure | yardstick | ratio |\n|---|---|---|---|")
        throughput(pages, folder, int(wanted.megabytes * 1e6), wanted.files)
        memory(pages, folder, wanted.files)
        linearity(pages, folder)
        start_up(corpus, folder)


def throughput(pages: Sequence[bytes], folder: Path, size: int, files: int) -> None:
    """Compare one process of `export` with OpenCC in memory, and with reading and writing alone."""
    inputs = folder / "inputs"
    texts = repeat(pages, inputs, size, files)
    total = sum(map(len, texts))
    decoded = [text.decode() for text in texts]
    converter = opencc.OpenCC("t2s")
    exported = best(lambda: run("export", inputs, "-o", folder / "out", "--quiet"))
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


def repeat(pages: Sequence[bytes], folder: Path, size: int, files: int) -> list[bytes]:
    """Write the pages again and again, several to a file where the files would be too small for the size asked for."""
    folder.mkdir(exist_ok=True)
    source = cycle(pages)
    texts = []
    for number in range(files):
        text = next(source)
        while len(text) < size // files - len(pages[0]) // 2:
            text += b"\f" + next(source)
        (folder / f"page{number:05}.txt").write_bytes(text)
        texts.append(text)
    return texts


def copy(inputs: Path, outputs: Path) -> None:
    """Read, decode, encode and write every file, and nothing else."""
    outputs.mkdir(exist_ok=True)
    for path in inputs.iterdir():
        (outputs / path.name).write_bytes(path.read_bytes().decode().encode())


def memory(pages: Sequence[bytes], folder: Path, files: int) -> None:
    """Compare the peak memory of `export` on a tenth of the files and on all of them."""
    peaks = []
    for count in (files // 10, files):
        few = folder / f"memory{count}"
        few.mkdir()
        for number, text in enumerate(islice(cycle(pages), count)):
            (few / f"page{number:05}.txt").write_bytes(text)
        peaks.append(peak("export", few, "-o", folder / f"out{count}", "--quiet"))
    print(
        f"| peak memory, {files} files | {peaks[1]:.0f} MB | {files // 10} files: {peaks[0]:.0f} MB "
        f"| {peaks[1] / peaks[0]:.2f} |"
    )


def peak(*arguments: str | Path) -> float:
    """Run the command and give its peak memory in MB."""
    script = "import resource,subprocess,sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run(
        (sys.executable, "-c", script, *COMMAND, *map(str, arguments)), capture_output=True, check=True
    )
    return int(done.stdout) / 1024


def linearity(pages: Sequence[bytes], folder: Path) -> None:
    """Compare the time a byte of one page takes at 1 MB and at 10 MB."""
    text = b"\n".join(page for page in pages)
    rates = []
    for size in (1_000_000, 10_000_000):
        path = folder / f"one{size}.txt"
        path.write_bytes((text * (size // len(text) + 1))[:size].decode(errors="ignore").encode())
        rates.append(size / best(partial(run, "split", path)) / 1e6)
    print(f"| one page of 10 MB | {rates[1]:.2f} MB/s | one of 1 MB: {rates[0]:.2f} MB/s | {rates[1] / rates[0]:.2f} |")


def start_up(corpus: Path, folder: Path) -> None:
    """Compare `split` of one page with a typer program of two commands that prints one line."""
    program = folder / "two_commands.py"
    program.write_text(TWO_COMMANDS)
    (page,) = (corpus / "seed").glob("*.txt")
    split = best(lambda: run("split", page), 10)
    bare = best(lambda: subprocess.run((sys.executable, program, "first"), check=True, stdout=subprocess.DEVNULL), 10)
    print(
        f"| split of one page | {split * 1e3:.0f} ms | typer program of two commands: {bare * 1e3:.0f} ms "
        f"| {split / bare:.2f} |"
    )


def run(*arguments: str | Path) -> None:
    """Run the command; its output is thrown away."""
    subprocess.run((*COMMAND, *map(str, arguments)), check=True, stdout=subprocess.DEVNULL)


def best(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Give the shortest time in seconds that an action took."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    main()
