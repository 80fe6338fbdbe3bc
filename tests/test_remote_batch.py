"""A batch that reads and writes at addresses leaves there what it leaves in folders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import fsspec
import pytest
from fault_inputs import StopAfter, contents, export, read_rows, write_pages

from newspaper_cli.batch import remote_ledger
from newspaper_cli.batch.executors import Means
from newspaper_cli.batch.planning import Request, plan_tasks
from newspaper_cli.batch.run import Conduct, Run
from newspaper_cli.batch.tasks import Job, Options
from newspaper_cli.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


COUNT = 20


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[str]:
    """Give a bucket in memory, with pages in it."""
    store = fsspec.filesystem("memory")
    store.put(str(write_pages(tmp_path / "pages", COUNT)), "/bucket/pages", recursive=True)
    store.pipe_file("/bucket/pages/binary.txt", bytes(range(256)) * 9)
    yield "memory://bucket"
    store.rm("/bucket", recursive=True)


def run(paths: list[str], folder: str, stop: int = 1 << 30, **options: Any) -> StopAfter:
    request = Request(tuple(paths), folder, "*.txt", Options(**options))
    watcher = StopAfter(stop)
    Run(Job(folder, request.options), Conduct(means=Means(jobs=0)), watcher).do(plan_tasks(request))
    return watcher


def fetched(address: str, folder: Path) -> dict[str, bytes]:
    fsspec.filesystem("memory").get(address.removeprefix("memory:/"), str(folder), recursive=True)
    return without_paths(folder, "memory://bucket/pages")


def without_paths(folder: Path, pages: str) -> dict[str, bytes]:
    """Give what a folder holds but for the paths of the pages, and for the spans, which depend on their length."""
    shown = {name: data.replace(pages.encode(), b"PAGES") for name, data in contents(folder).items()}
    return {name: re.sub(rb'"spans":\[\[\d+,\d+\]\],"articles"', b"", data) for name, data in shown.items()}


@pytest.mark.parametrize("options", [{}, {"format": "jsonl", "shard_size": 8}, {"format": "csv", "shard_size": 8}])
def test_a_bucket_is_a_folder(bucket: str, tmp_path: Path, options: dict[str, Any]) -> None:
    run([f"{bucket}/pages"], f"{bucket}/out", **options)
    (tmp_path / "pages" / "binary.txt").write_bytes(bytes(range(256)) * 9)
    run([str(tmp_path / "pages")], str(tmp_path / "here"), **options)
    here = without_paths(tmp_path / "here", str(tmp_path / "pages"))
    assert fetched(f"{bucket}/out", tmp_path / "there") == here


def test_a_stopped_run_goes_on_at_its_address(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_ledger, "_BETWEEN", 0)
    run([f"{bucket}/pages"], f"{bucket}/whole")
    run([f"{bucket}/pages"], f"{bucket}/out", stop=5)
    store = fsspec.filesystem("memory")
    assert not store.exists("/bucket/out/manifest.jsonl")
    # The input that was in hand when the run was stopped was finished.
    assert run([f"{bucket}/pages"], f"{bucket}/out", stop=12).kept == 6
    assert run([f"{bucket}/pages"], f"{bucket}/out").kept == 13
    assert fetched(f"{bucket}/out", tmp_path / "out") == fetched(f"{bucket}/whole", tmp_path / "whole")
    assert run([f"{bucket}/pages"], f"{bucket}/out").kept == COUNT + 1


def test_back_to_other_options_of_a_complete_run(bucket: str, tmp_path: Path) -> None:
    run([f"{bucket}/pages"], f"{bucket}/whole")
    for script, stop in ((None, 1 << 30), ("hant", 5), (None, 1 << 30)):
        run([f"{bucket}/pages"], f"{bucket}/out", stop, script=script)
    assert fetched(f"{bucket}/out", tmp_path / "out") == fetched(f"{bucket}/whole", tmp_path / "whole")


def test_a_glob_of_a_bucket(bucket: str) -> None:
    tasks = plan_tasks(Request((f"{bucket}/**/page0000?.txt",), f"{bucket}/out"))
    assert [task.output for task in tasks] == [f"bucket/pages/page0000{number}" for number in range(10)]


def test_processes_read_and_write_at_addresses(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", COUNT)
    result = export(
        pages.as_uri(), "-o", (tmp_path / "out").as_uri(), "-f", "jsonl", "--shard-size", "6", "--jobs", "2"
    )
    assert result.returncode == 0, result.stderr
    rows = read_rows(tmp_path / "out")
    assert [row["output"] for row in rows] == [f"issues-{number // 6 + 1:05}.jsonl" for number in range(COUNT)]
    assert sum(path.read_bytes().count(b"\n") for path in (tmp_path / "out").glob("issues-*")) == COUNT


def test_tables_need_a_folder(tmp_path: Path) -> None:
    result = export(write_pages(tmp_path / "pages", 1), "-o", "memory://out", "-f", "csv", "--tables")
    assert result.returncode == ExitCode.USAGE
    assert "folder of this machine" in result.stderr


def test_a_bucket_without_its_driver_says_what_to_install(tmp_path: Path) -> None:
    result = export("s3://bucket/pages", "-o", tmp_path / "out")
    assert result.returncode == ExitCode.EXTRA_MISSING
    assert "s3fs" in result.stderr
