"""Inputs and processes for the fault tests: real crashes, in real processes, without a hook in the program.

A worker process that finds this folder's `sitecustomize` reads pages as ever, but for those that hold a poison.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newspaper_cli.batch.manifest import Row
    from newspaper_cli.batch.run import Summary

COMMAND = (sys.executable, "-m", "newspaper_cli")
PAGE = """溪桥日报
2019年3月{day}日
第{number}号
水库新闸今日开闸
本报讯 昨日下午,溪桥水库{number}号闸落成,
全县三万亩农田可以按时灌溉。
"""
POISONS = """
import os, re, signal
import newspaper_cli.batch.work as work
plain = work.read_issue
def read_issue(source, *rest):
    if "POISON-CRASH" in source.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "POISON-REGEX" in source.text:
        re.match("(a+)+$", "a" * 64 + "b")
    if "POISON-MEMORY" in source.text:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
        bytearray(1 << 40)
    if "SLOWLY" in source.text:
        import time
        time.sleep(0.02)
    return plain(source, *rest)
work.read_issue = read_issue
"""
# Linux, capability(7) and prctl(2): root without these is refused what a user is refused.
_DROP_FROM_BOUNDING_SET = 24
_OVERRIDE, _SEARCH = 1, 2


class StopAfter:
    """Stop a run when so many inputs have their rows."""

    def __init__(self, most: int = 1 << 30) -> None:
        self.stopped = False
        self.most = most
        self.kept = 0

    def told(self, summary: Summary, rows: list[Row], *, kept: bool) -> None:
        self.kept += kept
        self.stopped = summary.inputs >= self.most


def write_pages(folder: Path, count: int, extra: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = PAGE.format(day=number % 28 + 1, number=number + 1) + extra
        (folder / f"page{number:05}.txt").write_text(text, "utf-8")
    return folder


def poisoned(folder: Path) -> dict[str, str]:
    """Make the environment in which workers take poison."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(POISONS, "utf-8")
    return {**os.environ, "PYTHONPATH": str(folder)}


def export(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (*COMMAND, "export", *map(str, arguments)), capture_output=True, text=True, check=False, timeout=120, **options
    )


def begin(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start an export in a process group of its own."""
    command = (*COMMAND, "export", *map(str, arguments))
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **options
    )


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


def rows_written(out: Path) -> int:
    part = out / "manifest.jsonl.part"
    return part.read_bytes().count(b"\n") if part.exists() else 0


def read_rows(out: Path) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in (out / "manifest.jsonl").read_bytes().splitlines()]


def children(process: int) -> list[int]:
    """Find the processes that a process has started, and those that these have started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            found += [int(status.parent.name), *children(int(status.parent.name))]
    return found


def kill(processes: Sequence[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def contents(out: Path) -> dict[str, bytes]:
    """Give every file of a folder, databases as their dump and manifests without times."""
    found = {}
    for path in sorted(out.rglob("*")):
        if path.is_file():
            data = dump(path) if path.suffix == ".sqlite" else path.read_bytes()
            found[path.relative_to(out).as_posix()] = re.sub(rb'"seconds":[0-9.e-]+', b"", data)
    return found


def dump(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as database:
        return "\n".join(database.iterdump()).encode()


def without_power() -> None:
    """Make root an ordinary user where files are concerned, from the next program on."""
    for capability in (_OVERRIDE, _SEARCH):
        ctypes.CDLL(None).prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
