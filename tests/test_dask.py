"""The same batch on a Dask cluster of real processes on this machine, started and stopped by the test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fault_inputs import (
    begin,
    children,
    contents,
    export,
    kill,
    poisoned,
    read_rows,
    rows_written,
    wait_until,
    write_pages,
)

from newspaper_cli.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("distributed", reason="the extra dask is not installed")

COUNT = 600
# Workers that look no further than this machine, without pages to be watched on.
HERE = ("--host", "127.0.0.1", "--no-dashboard")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("in") / "pages", COUNT, "SLOWLY")


@pytest.fixture(scope="module")
def whole(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole") / "out"
    assert export(pages, "-o", out, "-f", "jsonl").returncode == 0
    return contents(out)


@contextmanager
def cluster(
    folder: Path, environment: dict[str, str] | None = None
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers; end them, and whatever they have started."""
    folder.mkdir(exist_ok=True)
    log = folder / "scheduler.log"
    started = []
    try:
        started.append(run_dask("scheduler", *HERE, "--port", "0", folder=folder, log=log))
        wait_until(lambda: found_address(log) is not None)
        address = found_address(log) or ""
        worker = ("worker", address, *HERE, "--nthreads", "1")
        started += [run_dask(*worker, folder=folder, environment=environment) for _ in range(2)]
        yield address, started[1:]
    finally:
        for process in started:
            kill([*children(process.pid), process.pid])
            process.wait()


def run_dask(
    *arguments: str, folder: Path, log: Path | None = None, environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-m", "dask", *arguments)
    with (log or Path(os.devnull)).open("wb") as messages:
        return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=messages, env=environment)


def found_address(log: Path) -> str | None:
    found = re.search(r"tcp://127\.0\.0\.1:\d+", log.read_text("utf-8"))
    return found[0] if found else None


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("cluster")) as (found, _):
        yield found


@pytest.mark.parametrize("format_name", ["json", "jsonl", "csv"])
def test_a_cluster_writes_what_one_process_writes(tmp_path: Path, address: str, format_name: str) -> None:
    few = write_pages(tmp_path / "few", 150)
    assert export(few, "-o", tmp_path / "here", "-f", format_name, "--jobs", "0").returncode == 0
    result = export(few, "-o", tmp_path / "there", "-f", format_name, "--dask", address)
    assert result.returncode == 0, result.stderr
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_shards_are_written_by_the_cluster(tmp_path: Path, address: str) -> None:
    few = write_pages(tmp_path / "few", 100)
    arguments = (few, "-f", "jsonl", "--shard-size", "30")
    assert export(*arguments, "-o", tmp_path / "here", "--jobs", "0").returncode == 0
    assert export(*arguments, "-o", tmp_path / "there", "--dask", address).returncode == 0
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_cluster_is_started_here_when_asked(tmp_path: Path) -> None:
    few = write_pages(tmp_path / "few", 100)
    assert export(few, "-o", tmp_path / "here", "--jobs", "0").returncode == 0
    result = export(few, "-o", tmp_path / "there", "--dask", "local", "--jobs", "2")
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("\n") == 1
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_run_that_is_killed_goes_on_on_the_cluster(
    pages: Path, whole: dict[str, bytes], tmp_path: Path, address: str
) -> None:
    out = tmp_path / "out"
    run = begin(pages, "-o", out, "-f", "jsonl", "--dask", address)
    wait_until(lambda: rows_written(out) >= 64)
    kill([run.pid])
    run.wait()
    assert export(pages, "-o", out, "-f", "jsonl", "--dask", address).returncode == 0
    assert contents(out) == whole


@pytest.mark.parametrize("whom", ["the worker", "the process of the worker"])
def test_a_worker_that_is_killed_costs_nothing(pages: Path, whole: dict[str, bytes], tmp_path: Path, whom: str) -> None:
    out = tmp_path / "out"
    with cluster(tmp_path / "cluster", poisoned(tmp_path / "site")) as (address, workers):
        run = begin(pages, "-o", out, "-f", "jsonl", "--dask", address)
        wait_until(lambda: rows_written(out) >= 64)
        below = children(workers[0].pid)
        kill([*below, workers[0].pid] if whom == "the worker" else below[-1:])
        assert run.wait(100) == 0
    assert contents(out) == whole


def test_a_poisoned_file_costs_that_file(tmp_path: Path) -> None:
    few = write_pages(tmp_path / "few", 100)
    (few / "page00050.txt").write_text("POISON-CRASH", "utf-8")
    (few / "page00060.txt").write_text("POISON-REGEX", "utf-8")
    with cluster(tmp_path / "cluster", poisoned(tmp_path / "site")) as (address, _):
        result = export(few, "-o", tmp_path / "out", "--dask", address, "--timeout", "1")
    assert result.returncode == ExitCode.SOME_FAILED, result.stderr
    missing = {row["path"][-9:-4]: row["reason"] for row in read_rows(tmp_path / "out") if row["status"] != "done"}
    assert missing == {
        "00050": "the worker ended at it: killed by SIGSEGV",
        "00060": "it took longer than 1 seconds",
    }


def test_a_request_to_stop_leaves_what_is_done(
    pages: Path, whole: dict[str, bytes], tmp_path: Path, address: str
) -> None:
    out = tmp_path / "out"
    run = begin(pages, "-o", out, "-f", "jsonl", "--dask", address)
    wait_until(lambda: rows_written(out) >= 64)
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(60) == ExitCode.INTERRUPTED
    assert export(pages, "-o", out, "-f", "jsonl").returncode == 0
    assert contents(out) == whole


def test_no_scheduler_is_said(tmp_path: Path) -> None:
    few = write_pages(tmp_path / "few", 1)
    result = export(few, "-o", tmp_path / "out", "--dask", "nonsense://127.0.0.1:1")
    assert result.returncode == ExitCode.USAGE
    assert "no Dask scheduler answers" in result.stderr
