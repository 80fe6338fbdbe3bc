"""A batch: no input disappears, nothing is half written, and equal inputs give equal bytes."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from newspaper_cli.batch import atomic, work
from newspaper_cli.batch.executors import SerialExecutor
from newspaper_cli.batch.run import run
from newspaper_cli.batch.tasks import Options, Outcome, Request, Status, Task, plan_tasks
from newspaper_cli.batch.work import Perform, collected_name
from newspaper_cli.errors import UnwritableError, UsageError
from newspaper_cli.export import render
from newspaper_cli.pipeline import read_issue
from newspaper_cli.source import read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PAGE = """溪桥日报
2019年3月5日 星期二
第120号
水库新闸今日开闸
本报讯 昨日下午,溪桥水库新闸落成,
全县三万亩农田可以按时灌溉。
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    for name in ("b.txt", "a.txt", "inner/c.TXT", "inner/deep/d.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, "utf-8")
    (folder / "notes.md").write_text("not a page", "utf-8")
    return folder


def outputs(request: Request) -> list[str]:
    return [task.output.as_posix() for task in plan_tasks(request)]


def read_rows(folder: Path) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in (folder / "manifest.jsonl").read_bytes().splitlines()]


def ignore(_outcome: Outcome) -> None:
    return


def do(request: Request) -> list[dict[str, Any]]:
    run(plan_tasks(request), request.folder, request.options, SerialExecutor(), ignore)
    return read_rows(request.folder)


def test_a_tree_is_mirrored_in_order_of_name(tree: Path, tmp_path: Path) -> None:
    assert outputs(Request((tree,), tmp_path / "out")) == ["pages/a", "pages/b", "pages/inner/c", "pages/inner/deep/d"]


def test_files_given_by_name_land_at_the_top_whatever_the_pattern(tree: Path, tmp_path: Path) -> None:
    request = Request((tree / "notes.md", tree / "inner" / "c.TXT"), tmp_path / "out")
    assert outputs(request) == ["notes", "c"]


def test_equal_stems_keep_their_suffixes(tmp_path: Path) -> None:
    for name in ("a.txt", "a.text", "a.txt.old", "b.txt"):
        (tmp_path / name).touch()
    request = Request((tmp_path,), tmp_path.parent / "out", "*")
    names = [Path(name).name for name in outputs(request)]
    assert names == ["a.text", "a.txt", "a.txt.old", "b"]


def test_the_output_folder_is_not_read(tree: Path) -> None:
    request = Request((tree,), tree / "out")
    do(request)
    (tree / "out" / "stray.txt").write_text(PAGE, "utf-8")
    assert len(do(request)) == 4


def test_the_current_folder_has_a_name(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    assert outputs(Request((Path(),), Path("../out")))[0] == "pages/a"


@pytest.mark.parametrize("second", ["other/pages", "pages"])
def test_two_inputs_of_one_name_are_refused(tree: Path, tmp_path: Path, second: str) -> None:
    (tmp_path / second).mkdir(parents=True, exist_ok=True)
    with pytest.raises(UsageError, match="two inputs are called pages"):
        plan_tasks(Request((tree, tmp_path / second), tmp_path / "out"))


def test_the_input_folder_cannot_be_the_output(tree: Path) -> None:
    with pytest.raises(UsageError, match="input and the output"):
        plan_tasks(Request((tree,), tree / "inner" / ".."))


def test_links_to_folders_are_told_not_followed(tree: Path, tmp_path: Path) -> None:
    (tree / "inner" / "loop").symlink_to(tree)
    rows = do(Request((tree,), tmp_path / "out"))
    (row,) = [row for row in rows if row["status"] == "refused"]
    assert row["path"].endswith("inner/loop")
    assert len(rows) == 5


def test_a_folder_that_cannot_be_listed_has_a_row(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list_folder = os.scandir

    def refuse(folder: Path) -> Iterator[os.DirEntry[str]]:
        if folder.name == "inner":
            raise PermissionError(13, "Permission denied")
        return list_folder(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    reasons = [row["reason"] for row in do(Request((tree,), tmp_path / "out"))]
    assert reasons == [None, None, "the folder cannot be listed: Permission denied"]


def test_every_input_has_one_row_that_says_what_became_of_it(tree: Path, tmp_path: Path) -> None:
    (tree / "pdf.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    (tree / "gone.txt").symlink_to(tree / "nothing")
    rows = {Path(row["path"]).name: row for row in do(Request((tree,), tmp_path / "out"))}
    assert {name: row["status"] for name, row in rows.items()} == {
        "a.txt": "done",
        "b.txt": "done",
        "c.TXT": "done",
        "d.txt": "done",
        "gone.txt": "failed",
        "pdf.txt": "refused",
    }
    assert "PDF" in rows["pdf.txt"]["reason"]
    assert rows["a.txt"]["reason"] is None
    assert rows["a.txt"]["output"] == "pages/a.json"
    assert rows["a.txt"]["characters"] == len(PAGE)
    assert rows["a.txt"]["options"]["format"] == "json"
    assert set(rows["a.txt"]) == set(rows["gone.txt"])


@pytest.mark.parametrize(("format_name", "name"), [("jsonl", "issues.jsonl"), ("csv", "articles.csv")])
def test_a_collected_file_is_what_the_format_writes_for_all_at_once(
    tree: Path, tmp_path: Path, format_name: str, name: str
) -> None:
    request = Request((tree,), tmp_path / "out", options=Options(format=format_name))
    rows = do(request)
    issues = [read_issue(read_source(task.path)) for task in plan_tasks(request)]
    assert (tmp_path / "out" / name).read_bytes() == "".join(render(issues, format_name)).encode()
    assert {row["output"] for row in rows} == {name}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([name, "manifest.jsonl"])


def test_a_bug_in_one_input_fails_that_input(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "broken"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(work, "read_issue", fail)
    rows = do(Request((tree,), tmp_path / "out"))
    assert {row["status"] for row in rows} == {"failed"}
    assert rows[0]["reason"].startswith("a bug in the program: ZeroDivisionError: broken at test_batch.py:")
    assert rows[0]["sha256"] is not None


def test_tasks_are_drawn_one_at_a_time(tree: Path, tmp_path: Path) -> None:
    drawn: list[Task] = []
    seen: list[int] = []

    def draw() -> Iterator[Task]:
        for task in plan_tasks(Request((tree,), tmp_path / "out")):
            drawn.append(task)
            yield task

    run(draw(), tmp_path / "out", Options(), SerialExecutor(), lambda _: seen.append(len(drawn)))
    assert seen == [1, 2, 3, 4]


def test_an_executor_may_do_the_work_elsewhere(tree: Path, tmp_path: Path) -> None:
    class Backwards:
        def map(self, work: Callable[[Task], Outcome], tasks: Iterable[Task]) -> Iterator[Outcome]:
            waiting = list(tasks)
            done = {task: work(task) for task in reversed(waiting)}
            return (done[task] for task in waiting)

    options = Options(format="jsonl")
    for name, executor in (("one", SerialExecutor()), ("two", Backwards())):
        request = Request((tree,), tmp_path / name, options=options)
        run(plan_tasks(request), request.folder, options, executor, ignore)
    assert (tmp_path / "one" / "issues.jsonl").read_bytes() == (tmp_path / "two" / "issues.jsonl").read_bytes()


def test_a_source_is_never_written_over(tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_text(PAGE, "utf-8")
    outcome = Perform(tmp_path)(Task(page, Path("page"), Options()))
    assert outcome.status is Status.FAILED
    assert page.read_text("utf-8") == PAGE


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown format"):
        collected_name(Options(format="docx"))


def test_a_file_appears_whole_with_the_mode_of_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    mask = os.umask(0o027)
    try:
        atomic.write_whole(path, b"whole")
    finally:
        os.umask(mask)
    assert path.read_bytes() == b"whole"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


def write_half(path: Path, failure: BaseException) -> None:
    with atomic.replacing(path) as file:
        file.write(b"half")
        raise failure


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        write_half(path, ZeroDivisionError())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_the_part_that_was_done(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(KeyboardInterrupt):
        write_half(path, KeyboardInterrupt())
    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("file.part", b"half")]


def test_what_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableError, match="cannot make the folder"):
        atomic.write_whole(tmp_path / "file" / "below", b"")
    with pytest.raises(UnwritableError, match="cannot write"), atomic.replacing(tmp_path / "none" / "file"):
        pass


def test_a_device_is_written_directly() -> None:
    with atomic.replacing(Path(os.devnull)) as file:
        file.write(b"gone")
    assert not Path(os.devnull).is_file()
