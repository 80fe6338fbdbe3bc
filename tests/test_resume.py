"""A run that was stopped anywhere and gone on with leaves what an uninterrupted run leaves, byte for byte."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
import pytest
from fault_inputs import PAGE, StopAfter, contents

from newspaper_cli.batch import ledger
from newspaper_cli.batch.executors import Means
from newspaper_cli.batch.manifest import NAME
from newspaper_cli.batch.planning import Request, plan_listed, plan_tasks
from newspaper_cli.batch.run import Conduct, Run, Summary
from newspaper_cli.batch.tasks import Job, Options
from newspaper_cli.errors import UnwritableError

if TYPE_CHECKING:
    from pathlib import Path


FORMATS = ("json", "jsonl", "csv", "tables", "sqlite")
PAGES = 7
HERE = Means(jobs=0)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(1, PAGES + 1):
        (folder / f"p{number}.txt").write_text(PAGE.format(day=number, number=number), "utf-8")
    (folder / ".hidden.txt").touch()
    (folder / "p5.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    return folder


def export(
    pages: Path, out: Path, *, stop: int = 1 << 30, format_name: str = "json", shard_size: int = 0, **conduct: bool
) -> tuple[Summary, StopAfter]:
    return export_as(pages, out, Options(format=format_name, shard_size=shard_size), stop=stop, **conduct)


def export_as(
    pages: Path, out: Path, options: Options, *, stop: int = 1 << 30, **conduct: bool
) -> tuple[Summary, StopAfter]:
    request = Request((str(pages),), str(out), "*.txt", options)
    watcher = StopAfter(stop)
    job = Job(request.folder, request.options)
    return Run(job, Conduct(means=HERE, **conduct), watcher).do(plan_tasks(request)), watcher


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("stop", [1, 3, 6, PAGES + 1])
def test_a_stopped_run_goes_on_where_it_was(pages: Path, tmp_path: Path, format_name: str, stop: int) -> None:
    export(pages, tmp_path / "whole", format_name=format_name)
    summary, _ = export(pages, tmp_path / "out", format_name=format_name, stop=stop)
    assert not summary.complete
    assert not (tmp_path / "out" / NAME).exists()
    summary, watcher = export(pages, tmp_path / "out", format_name=format_name)
    assert summary.complete
    # At the fourth row the hidden file is through, which is never read.
    assert watcher.kept in {stop - 1, stop}
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("format_name", FORMATS)
def test_stopped_again_and_again(pages: Path, tmp_path: Path, format_name: str) -> None:
    export(pages, tmp_path / "whole", format_name=format_name)
    for stop in range(1, PAGES + 2):
        export(pages, tmp_path / "out", format_name=format_name, stop=stop)
    export(pages, tmp_path / "out", format_name=format_name)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("format_name", FORMATS)
def test_only_what_changed_is_done_again(pages: Path, tmp_path: Path, format_name: str) -> None:
    export(pages, tmp_path / "out", format_name=format_name)
    (pages / "p3.txt").write_text(PAGE.format(day=9, number=9), "utf-8")
    (pages / "p0.txt").write_text(PAGE.format(day=8, number=8), "utf-8")
    (pages / "p6.txt").unlink()
    _, watcher = export(pages, tmp_path / "out", format_name=format_name)
    assert watcher.kept == PAGES - 2
    export(pages, tmp_path / "whole", format_name=format_name)
    (tmp_path / "out" / "pages" / "p6.json").unlink(missing_ok=True)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("stop", [2, 5])
def test_inputs_may_change_while_a_run_is_stopped(pages: Path, tmp_path: Path, format_name: str, stop: int) -> None:
    export(pages, tmp_path / "out", format_name=format_name)
    export(pages, tmp_path / "out", format_name=format_name, stop=stop, fresh=True)
    (pages / "p1.txt").write_text(PAGE.format(day=9, number=9), "utf-8")
    (pages / "p10.txt").write_text(PAGE.format(day=8, number=8), "utf-8")
    export(pages, tmp_path / "out", format_name=format_name)
    export(pages, tmp_path / "whole", format_name=format_name)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_other_options_do_everything_anew(pages: Path, tmp_path: Path) -> None:
    export(pages, tmp_path / "out")
    summary, watcher = export(pages, tmp_path / "out", format_name="jsonl")
    assert watcher.kept == 0
    assert summary.done == PAGES - 1


def test_fresh_does_everything_anew(pages: Path, tmp_path: Path) -> None:
    export(pages, tmp_path / "out")
    _, watcher = export(pages, tmp_path / "out", fresh=True)
    assert watcher.kept == 0


def test_an_output_that_is_gone_is_made_again(pages: Path, tmp_path: Path) -> None:
    export(pages, tmp_path / "out")
    lost = tmp_path / "out" / "pages" / "p2.json"
    held = lost.read_bytes()
    lost.unlink()
    _, watcher = export(pages, tmp_path / "out")
    assert watcher.kept == PAGES - 1
    assert lost.read_bytes() == held


@pytest.mark.parametrize("format_name", ["jsonl", "csv", "tables", "sqlite"])
def test_a_file_of_many_issues_that_is_gone_is_made_again(pages: Path, tmp_path: Path, format_name: str) -> None:
    export(pages, tmp_path / "out", format_name=format_name)
    whole = contents(tmp_path / "out")
    for lost in sorted(whole.keys() - {NAME, "datapackage.json"}):
        (tmp_path / "out" / lost).unlink()
        _, watcher = export(pages, tmp_path / "out", format_name=format_name)
        assert watcher.kept == 0
        assert contents(tmp_path / "out") == whole


def test_what_failed_is_tried_again_when_asked(pages: Path, tmp_path: Path) -> None:
    (pages / "p2.txt").unlink()
    (pages / "p2.txt").symlink_to(pages / "nothing")
    summary, _ = export(pages, tmp_path / "out", format_name="jsonl")
    assert summary.failed == 1
    (pages / "nothing").write_text(PAGE.format(day=2, number=2), "utf-8")
    summary, _ = export(pages, tmp_path / "out", format_name="jsonl")
    assert summary.failed == 1
    summary, _ = export(pages, tmp_path / "out", format_name="jsonl", retry_failed=True)
    assert summary.failed == 0
    export(pages, tmp_path / "whole", format_name="jsonl")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("lost", ["p1.txt", "p4.txt", "p5.txt", "p7.txt"])
def test_an_issue_that_lost_a_page_is_done_again(pages: Path, tmp_path: Path, format_name: str, lost: str) -> None:
    options = Options(format=format_name, group_by="folder")
    if lost != "p5.txt":
        # With it the issue is refused; without it nothing keeps it from being done.
        (pages / "p5.txt").unlink()
    (pages / "whole").mkdir()
    (pages / "whole" / "p1.txt").write_text(PAGE.format(day=1, number=1), "utf-8")
    export_as(pages, tmp_path / "out", options)
    (pages / lost).unlink()
    _, watcher = export_as(pages, tmp_path / "out", options)
    assert watcher.kept == 1
    export_as(pages, tmp_path / "whole", options)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("shard_size", [0, 3])
def test_back_to_other_options_of_a_complete_run(pages: Path, tmp_path: Path, shard_size: int) -> None:
    options = Options(format="jsonl" if shard_size else "json", shard_size=shard_size)
    other = msgspec.structs.replace(options, script="hant")
    export_as(pages, tmp_path / "out", options)
    export_as(pages, tmp_path / "out", other, stop=4)
    export_as(pages, tmp_path / "out", options)
    export_as(pages, tmp_path / "whole", options)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_back_to_a_folder_of_the_same_name(pages: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "pages"
    shutil.copytree(pages, other)
    for page in pages.glob("p[23467].txt"):
        (other / page.name).write_text(PAGE.format(day=9, number=9), "utf-8")
    for folder, stop in ((pages, 1 << 30), (other, 4), (pages, 3), (other, 5), (pages, 1 << 30)):
        export(folder, tmp_path / "out", stop=stop)
    export(pages, tmp_path / "whole")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_fail_fast_stops_and_can_be_gone_on_with(pages: Path, tmp_path: Path) -> None:
    summary, _ = export(pages, tmp_path / "out", fail_fast=True)
    assert not summary.complete
    assert summary.refused == 1
    assert summary.inputs < PAGES + 1
    summary, _ = export(pages, tmp_path / "out")
    assert summary.complete
    export(pages, tmp_path / "whole")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_row_that_was_cut_off_in_writing_is_no_row(pages: Path, tmp_path: Path, format_name: str) -> None:
    export(pages, tmp_path / "whole", format_name=format_name)
    export(pages, tmp_path / "out", format_name=format_name, stop=4)
    part = tmp_path / "out" / f"{NAME}.part"
    part.write_bytes(part.read_bytes()[:-10])
    export(pages, tmp_path / "out", format_name=format_name)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("format_name", ["jsonl", "tables", "sqlite"])
def test_a_kill_while_files_take_their_names(pages: Path, tmp_path: Path, format_name: str) -> None:
    export(pages, tmp_path / "whole", format_name=format_name)
    whole = contents(tmp_path / "whole")
    names = [name for name in whole if name not in {NAME, "datapackage.json"}]
    for renamed in range(len(names) + 1):
        out = tmp_path / f"out{renamed}"
        shutil.copytree(tmp_path / "whole", out)
        (out / NAME).rename(out / f"{NAME}.part")
        for name in names[renamed:]:
            (out / name).rename(out / f"{name}.part")
        export(pages, out, format_name=format_name)
        assert contents(out) == whole


@pytest.mark.parametrize("format_name", ["jsonl", "csv", "sqlite", "parquet"])
def test_shards_are_kept_whole_or_made_again(pages: Path, tmp_path: Path, format_name: str) -> None:
    if format_name == "parquet":
        pytest.importorskip("pyarrow")
    export(pages, tmp_path / "out", format_name=format_name, shard_size=3)
    export(pages, tmp_path / "out", format_name=format_name, shard_size=3, stop=4, fresh=True)
    _, watcher = export(pages, tmp_path / "out", format_name=format_name, shard_size=3)
    assert watcher.kept >= 2
    (pages / "p4.txt").write_text(PAGE.format(day=9, number=9), "utf-8")
    _, watcher = export(pages, tmp_path / "out", format_name=format_name, shard_size=3)
    assert watcher.kept == PAGES - 3
    export(pages, tmp_path / "whole", format_name=format_name, shard_size=3)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("format_name", ["jsonl", "sqlite", "parquet"])
@pytest.mark.parametrize("change", [((7,), (), 3), ((5, 6, 7), (), 3), ((), (), 5), ((), (6, 7), 3), ((7,), (6,), 3)])
def test_shards_hold_what_the_manifest_says(
    pages: Path, tmp_path: Path, format_name: str, change: tuple[tuple[int, ...], tuple[int, ...], int]
) -> None:
    gone, no_text, shard_size = change
    export_shards(pages, tmp_path / "out", format_name, 3)
    for number in gone:
        (pages / f"p{number}.txt").unlink()
    for number in no_text:
        (pages / f"p{number}.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    export_shards(pages, tmp_path / "out", format_name, shard_size)
    export_shards(pages, tmp_path / "whole", format_name, shard_size)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("format_name", ["jsonl", "sqlite", "parquet"])
def test_a_shard_that_is_gone_is_made_again(pages: Path, tmp_path: Path, format_name: str) -> None:
    export_shards(pages, tmp_path / "out", format_name, 3)
    whole = contents(tmp_path / "out")
    next((tmp_path / "out").glob("*-00002.*")).unlink()
    export_shards(pages, tmp_path / "out", format_name, 3)
    assert contents(tmp_path / "out") == whole


def test_back_to_shards_of_a_folder_of_the_same_name(pages: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "pages"
    shutil.copytree(pages, other)
    for folder, stop in ((pages, 1 << 30), (other, 4), (pages, 1 << 30)):
        export(folder, tmp_path / "out", format_name="jsonl", shard_size=3, stop=stop)
    export(pages, tmp_path / "whole", format_name="jsonl", shard_size=3)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def export_shards(pages: Path, out: Path, format_name: str, shard_size: int) -> None:
    if format_name == "parquet":
        pytest.importorskip("pyarrow")
    export(pages, out, format_name=format_name, shard_size=shard_size)


def test_a_shard_keeps_the_order_of_a_list(pages: Path, tmp_path: Path) -> None:
    options = Options(format="jsonl", shard_size=3)
    names = [str(pages / f"p{number}.txt") for number in (1, 2, 3)]
    for out, order in (("out", 1), ("out", -1), ("whole", -1)):
        request = Request((), str(tmp_path / out), options=options)
        Run(Job(request.folder, options), Conduct(means=HERE), StopAfter()).do(plan_listed(names[::order], request))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_PATIENCE", 0)
    with (
        ledger.Ledger(tmp_path / "out", Options()),
        pytest.raises(UnwritableError, match="another run is writing"),
        ledger.Ledger(tmp_path / "out", Options()),
    ):
        pass


def test_the_manifest_tells_where_each_issue_stands(pages: Path, tmp_path: Path) -> None:
    export(pages, tmp_path / "out", format_name="jsonl")
    lines = (tmp_path / "out" / "issues.jsonl").read_bytes()
    for row in map(msgspec.json.decode, (tmp_path / "out" / NAME).read_bytes().splitlines()):
        if row["status"] == "done":
            ((start, end),) = row["spans"]
            assert msgspec.json.decode(lines[start:end])["source"]["path"] == row["path"]
