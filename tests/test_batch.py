"""A batch: no input disappears, nothing is half written, and equal inputs give equal bytes."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from newspaper_cli.batch import atomic, work
from newspaper_cli.batch.bench import Bench
from newspaper_cli.batch.executors import Means
from newspaper_cli.batch.grouping import Grouping
from newspaper_cli.batch.naming import name_outputs
from newspaper_cli.batch.planning import Request, plan_listed, plan_tasks
from newspaper_cli.batch.run import Conduct, Run, Summary
from newspaper_cli.batch.shares import collected_names
from newspaper_cli.batch.tasks import Input, Job, Options, Task
from newspaper_cli.errors import UnwritableError, UsageError
from newspaper_cli.export import render
from newspaper_cli.pipeline import read_issue
from newspaper_cli.source import digest, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newspaper_cli.batch.manifest import Row

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


class Silent:
    """Want to know nothing of a run."""

    stopped = False

    def told(self, summary: Summary, rows: list[Row], *, kept: bool) -> None:
        pass


HERE = Conduct(means=Means(jobs=0))


def ask(*paths: Path, out: Path, pattern: str = "*.txt", **options: Any) -> Request:
    return Request(tuple(map(str, paths)), str(out), pattern, Options(**options))


def outputs(request: Request) -> list[str]:
    return [task.output for task in plan_tasks(request)]


def read_rows(folder: Path) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in (folder / "manifest.jsonl").read_bytes().splitlines()]


def do(request: Request, conduct: Conduct = HERE, tasks: Iterable[Task] | None = None) -> list[dict[str, Any]]:
    job = Job(request.folder, request.options)
    summary = Run(job, conduct, Silent()).do(plan_tasks(request) if tasks is None else tasks)
    rows = read_rows(Path(request.folder))
    assert summary.inputs == len(rows)
    assert summary.complete
    return rows


def test_a_tree_is_mirrored_in_order_of_name(tree: Path, tmp_path: Path) -> None:
    expected = ["pages/a", "pages/b", "pages/inner/c", "pages/inner/deep/d"]
    assert outputs(ask(tree, out=tmp_path / "out")) == expected


def test_files_given_by_name_land_at_the_top_whatever_the_pattern(tree: Path, tmp_path: Path) -> None:
    assert outputs(ask(tree / "notes.md", tree / "inner" / "c.TXT", out=tmp_path / "out")) == ["notes", "c"]


def test_equal_stems_keep_their_suffixes(tmp_path: Path) -> None:
    for name in ("a.txt", "a.text", "a.txt.old", "b.txt"):
        (tmp_path / name).touch()
    names = [Path(name).name for name in outputs(ask(tmp_path, out=tmp_path.parent / "out", pattern="*"))]
    assert names == ["a.text", "a.txt", "a.txt.old", "b"]


def test_names_that_some_systems_take_for_one_are_told_apart() -> None:
    assert name_outputs(["Page.txt", "page.txt", "PAGE.TXT"]) == ["Page", "page~2", "PAGE~3"]
    assert name_outputs(["caf\u00e9.txt", "cafe\u0301.txt"]) == ["caf\u00e9", "cafe\u0301~2"]


def test_the_output_folder_is_not_read(tree: Path) -> None:
    request = ask(tree, out=tree / "out")
    do(request)
    (tree / "out" / "stray.txt").write_text(PAGE, "utf-8")
    assert len(do(request)) == 4


def test_the_current_folder_has_a_name(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    assert outputs(ask(Path(), out=Path("../out")))[0] == "pages/a"


@pytest.mark.parametrize("second", ["other/pages", "pages"])
def test_two_inputs_of_one_name_are_refused(tree: Path, tmp_path: Path, second: str) -> None:
    (tmp_path / second).mkdir(parents=True, exist_ok=True)
    with pytest.raises(UsageError, match="two inputs are called pages"):
        plan_tasks(ask(tree, tmp_path / second, out=tmp_path / "out"))


def test_the_input_folder_cannot_be_the_output(tree: Path) -> None:
    with pytest.raises(UsageError, match="input and the output"):
        plan_tasks(ask(tree, out=tree / "inner" / ".."))


def test_hidden_names_and_links_to_folders_are_told_not_read(tree: Path, tmp_path: Path) -> None:
    (tree / "inner" / "loop").symlink_to(tree)
    (tree / "._a.txt").write_bytes(b"\0\5\x16\7")
    (tree / ".git").mkdir()
    (tree / ".git" / "x.txt").write_text(PAGE, "utf-8")
    rows = do(ask(tree, out=tmp_path / "out"))
    skipped = {Path(row["path"]).name: row["reason"] for row in rows if row["status"] == "skipped"}
    assert set(skipped) == {"loop", "._a.txt", ".git"}
    assert "not followed" in skipped["loop"]
    assert "hidden" in skipped["._a.txt"]
    assert [row["status"] for row in rows].count("done") == 4


@pytest.mark.parametrize(
    ("glob", "names"),
    [
        ("*.txt", ["a", "b"]),
        ("**/*.txt", ["a", "b", "inner/c", "inner/deep/d"]),
        ("inn*/?.txt", ["inner/c"]),
        ("[!a].txt", ["b"]),
    ],
)
def test_a_glob_finds_what_a_shell_would_find(tree: Path, tmp_path: Path, glob: str, names: list[str]) -> None:
    found = outputs(ask(tree / glob, out=tmp_path / "out"))
    assert found == [f"pages/{name}" for name in names] or found == [f"inner/{Path(name).name}" for name in names]


def test_a_list_of_paths_keeps_their_folders(tree: Path, tmp_path: Path) -> None:
    request = ask(out=tmp_path / "out")
    listed = [str(tree / "b.txt"), str(tree / "inner" / ".." / "a.txt"), "x/../../y.txt"]
    tasks = list(plan_listed(listed, request))
    assert [task.name for task in tasks] == listed
    assert not any(".." in task.output for task in tasks)
    assert tasks[1].output == f"{str(tree).lstrip('/')}/a.txt"


def test_a_path_that_is_listed_twice_is_read_once(tree: Path, tmp_path: Path) -> None:
    request = ask(out=tmp_path / "out")
    rows = do(request, tasks=plan_listed([str(tree / "b.txt")] * 2, request))
    assert [row["status"] for row in rows] == ["done", "skipped"]
    assert rows[1]["reason"] == "the path was given before"


def test_a_folder_that_cannot_be_listed_has_a_row(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list_folder = os.scandir

    def refuse(folder: str) -> Iterator[os.DirEntry[str]]:
        if folder.endswith("inner"):
            raise PermissionError(13, "Permission denied")
        return list_folder(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    reasons = [row["reason"] for row in do(ask(tree, out=tmp_path / "out"))]
    assert reasons == [None, None, "the folder cannot be listed: Permission denied"]


def test_every_input_has_one_row_that_says_what_became_of_it(tree: Path, tmp_path: Path) -> None:
    (tree / "pdf.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    (tree / "empty.txt").touch()
    (tree / "gone.txt").symlink_to(tree / "nothing")
    rows = {Path(row["path"]).name: row for row in do(ask(tree, out=tmp_path / "out"))}
    assert {name: row["status"] for name, row in rows.items()} == {
        "a.txt": "done",
        "b.txt": "done",
        "c.TXT": "done",
        "d.txt": "done",
        "empty.txt": "done",
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
    request = ask(tree, out=tmp_path / "out", format=format_name)
    rows = do(request)
    issues = [read_issue(read_source(Path(task.name))) for task in plan_tasks(request)]
    written = (tmp_path / "out" / name).read_bytes()
    assert written == "".join(render(issues, format_name)).encode()
    assert {row["output"] for row in rows} == {name}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([name, "manifest.jsonl"])
    header = len("".join(render([], format_name)).encode())
    shares = [written[slice(*row["spans"][0])] for row in rows]
    assert written[:header] + b"".join(shares) == written


def test_shards_hold_so_many_issues_each(tree: Path, tmp_path: Path) -> None:
    rows = do(ask(tree, out=tmp_path / "out", format="csv", shard_size=3))
    assert [row["output"] for row in rows] == ["articles-00001.csv"] * 3 + ["articles-00002.csv"]
    header = "".join(render([], "csv")).encode()
    assert all((tmp_path / "out" / row["output"]).read_bytes().startswith(header) for row in rows)


def test_a_bug_in_one_input_fails_that_input(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "broken"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(work, "read_issue", fail)
    rows = do(ask(tree, out=tmp_path / "out"))
    assert {row["status"] for row in rows} == {"failed"}
    assert rows[0]["reason"].startswith("a bug in the program: ZeroDivisionError: broken at test_batch.py:")
    assert rows[0]["sha256"] is not None


def test_tasks_are_drawn_one_at_a_time(tree: Path, tmp_path: Path) -> None:
    drawn: list[Task] = []
    seen: list[int] = []
    request = ask(tree, out=tmp_path / "out")

    class Counting(Silent):
        def told(self, summary: Summary, rows: list[Row], *, kept: bool) -> None:
            seen.append(len(drawn) - summary.inputs)

    def draw() -> Iterator[Task]:
        for task in plan_tasks(request):
            drawn.append(task)
            yield task

    Run(Job(request.folder), HERE, Counting()).do(draw())
    assert len(drawn) == 4
    assert max(seen) <= 1


def test_pages_of_one_issue_become_one_issue(tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    for page in (1, 2, 10):
        text = PAGE if page == 1 else f"第{page}版\n旧桥拆除\n本报讯 旧桥昨日拆除。\n"
        (folder / f"0305_p{page}.txt").write_text(text, "utf-8")
    (folder / "notes.txt").write_text(PAGE, "utf-8")
    rows = do(ask(folder, out=tmp_path / "out", group_by="{issue}_p{page}.txt"))
    assert [(Path(row["path"]).name, row["output"]) for row in rows] == [
        ("0305_p1.txt", "scans/0305.json"),
        ("0305_p2.txt", "scans/0305.json"),
        ("0305_p10.txt", "scans/0305.json"),
        ("notes.txt", "scans/notes.json"),
    ]
    issue = msgspec.json.decode((tmp_path / "out" / "scans" / "0305.json").read_bytes())
    text = "\f".join((folder / f"0305_p{page}.txt").read_text("utf-8") for page in (1, 2, 10))
    assert issue["source"]["characters"] == len(text)
    assert [page["source"] for page in issue["pages"]] == [str(folder / f"0305_p{page}.txt") for page in (1, 2, 10)]
    assert all(
        "".join(text[start:end] for start, end in head["spans"]) == head["text"]
        for article in issue["articles"]
        for head in article["heads"]
    )
    assert sum(row["articles"] for row in rows[:3]) == len(issue["articles"])
    assert sum(row["characters"] for row in rows[:3]) == len(text) - 2


def test_articles_go_on_from_file_to_file(tmp_path: Path) -> None:
    sample = Path(__file__).parent.parent / "samples" / "two-page-issue.txt"
    folder = tmp_path / "scans"
    folder.mkdir()
    for number, page in enumerate(sample.read_text("utf-8").split("\f"), 1):
        (folder / f"{number}.txt").write_text(page, "utf-8")
    do(ask(folder, out=tmp_path / "out", group_by="folder"))
    issue = msgspec.json.decode((tmp_path / "out" / "scans.json").read_bytes())
    whole = msgspec.json.decode(msgspec.json.encode(read_issue(read_source(sample))))
    assert any(article["jumps"] for article in issue["articles"])
    assert issue["articles"] == whole["articles"]


def test_a_folder_may_be_an_issue(tree: Path, tmp_path: Path) -> None:
    rows = do(ask(tree, out=tmp_path / "out", group_by="folder"))
    assert [row["output"] for row in rows] == ["pages.json"] * 2 + ["pages/inner.json", "pages/inner/deep.json"]


def test_an_issue_with_a_page_that_cannot_be_read_is_not_written_without_it(tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "p1.txt").write_text(PAGE, "utf-8")
    (folder / "p2.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    rows = do(ask(folder, out=tmp_path / "out", group_by="folder"))
    assert [row["status"] for row in rows] == ["refused", "refused"]
    assert all("p2.txt" in row["reason"] for row in rows)
    assert not (tmp_path / "out" / "scans.json").exists()


def test_a_template_of_pages_says_where_issue_and_page_stand() -> None:
    with pytest.raises(UsageError, match="issue"):
        Grouping("{page}.txt").check()


def test_a_source_is_never_written_over(tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_text(PAGE, "utf-8")
    (row,) = do(ask(out=tmp_path), tasks=[Task((Input(str(page)),), str(page), "page")])
    assert row["status"] == "failed"
    assert page.read_text("utf-8") == PAGE


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown format"):
        collected_names(Options(format="docx"))


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


def test_outcomes_that_nobody_took_are_not_those_of_the_next_tasks(tmp_path: Path) -> None:
    names = [str(tmp_path / f"{number}.txt") for number in range(4)]
    for name in names:
        Path(name).write_text(name, "utf-8")
    tasks = [Task((Input(name),), name, "out") for name in names]
    bench = Bench(Job(str(tmp_path), Options(format="jsonl")), 60)
    left = bench.perform(tasks[:3])
    next(left)
    outcomes = list(bench.perform(tasks[3:]))
    bench.close()
    assert [outcome.figures[0].sha256 for outcome in outcomes] == [digest(names[3].encode())]
    del left


def test_a_glob_below_a_folder_with_brackets_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "pages [1]"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(PAGE, "utf-8")
    tasks = list(plan_tasks(Request((f"{folder}/[a]*.txt",), str(tmp_path / "out"))))
    assert [task.output for task in tasks] == ["pages [1]/a"]
    assert not list(plan_tasks(Request((f"{folder}/none.txt",), str(tmp_path / "out"))))


def test_a_glob_that_is_none_is_a_mistake_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no glob"):
        list(plan_tasks(Request((f"{tmp_path}/[z-a].txt",), str(tmp_path / "out"))))


@pytest.mark.parametrize(
    ("names", "folder", "pattern", "format_name"),
    [
        (("in/c", "in/c.json"), "in", "*", "json"),
        (("in",), ".", "*", "json"),
        (("in",), ".", "*.json", "json"),
        (("in/issues.jsonl",), "in", "*", "jsonl"),
        (("in/articles.csv", "in/c"), "in", "*", "tables"),
    ],
)
def test_no_output_is_written_over_an_input(
    tmp_path: Path, names: tuple[str, ...], folder: str, pattern: str, format_name: str
) -> None:
    (tmp_path / "in").mkdir()
    for name in ("c", "c.json", "issues.jsonl", "articles.csv"):
        (tmp_path / "in" / name).write_text(PAGE, "utf-8")
    paths = tuple(str(tmp_path / name) for name in names)
    with pytest.raises(UsageError, match="written over"):
        plan_tasks(Request(paths, str(tmp_path / folder), pattern, Options(format=format_name)))


def test_issues_may_lie_beside_their_pages(tmp_path: Path, tree: Path) -> None:
    tasks = list(plan_tasks(Request((str(tree),), str(tmp_path))))
    assert {task.output for task in tasks} >= {"pages/a", "pages/b"}


def test_a_device_is_written_directly() -> None:
    with atomic.replacing(Path(os.devnull)) as file:
        file.write(b"gone")
    assert not Path(os.devnull).is_file()
