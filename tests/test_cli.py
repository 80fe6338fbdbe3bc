"""The command as its user meets it: what comes out of each stream, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, BinaryIO

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from newspaper_cli import pipeline
from newspaper_cli.cli import app, boundary, console, folding, progress
from newspaper_cli.errors import ExitCode
from newspaper_cli.export.schema import issue_schema
from newspaper_cli.export.version import program_version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COMMANDS = ("split", "meta", "repair", "export", "report", "explain", "evaluate", "train", "schema")
PAGE = """溪桥日报
2019年3月5日
星期二
第120号
今日4版

水库新闸今日开闸
本报记者 何柳
本报讯 昨日下午,溪桥水库新闸落成,
全县三万亩农田可以按时灌溉。

镇中学图书室迁入新楼
本报讯 镇中学图书室昨日迁入新楼,藏书
两万册,每日开放到晚上九时。
"""
SECOND = PAGE.replace("120", "121").replace("5日", "6日").replace("星期二", "星期三")
ESCAPES = "\x1b[31m红\x1b]0;title\x07\x9b2J\u202e"
HOSTILE = PAGE.replace("水库新闸", f"水库{ESCAPES}新闸")

# What reads the pages is loaded when the command runs.
INTERRUPTED_IN_A_DESTRUCTOR = """
import os, signal, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "newspaper_cli.pipeline":
            Dying()
class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass
sys.meta_path.insert(0, Finder())
"""


def run(*arguments: str | Path, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text)


def start(
    *arguments: str | Path, stdout: int | BinaryIO = subprocess.PIPE, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newspaper_cli", *map(str, arguments)]
    return subprocess.run(command, check=False, timeout=60, stdout=stdout, stderr=subprocess.PIPE, env=env)


def begin_reading() -> subprocess.Popen[bytes]:
    """Start a command that reads its standard input, and give it more than a pipe holds: then it reads by now."""
    command = [sys.executable, "-m", "newspaper_cli", "split"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdin
    child.stdin.write(PAGE.encode() * 10_000)
    child.stdin.flush()
    # A signal just before it waits for more would not wake it: Python's own race.
    time.sleep(0.5)
    return child


def on_terminal(*arguments: str | Path) -> tuple[str, int]:
    """Run the command with a terminal on all three streams; give what a person would see."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="80")
        os.execv(sys.executable, [sys.executable, "-m", "newspaper_cli", *map(str, arguments)])  # noqa: S606
    seen = b""
    try:
        while part := os.read(terminal, 65536):
            seen += part
    except OSError:  # Linux tells the end of a terminal this way.
        pass
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return seen.decode(), os.waitstatus_to_exitcode(status)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def second(tmp_path: Path) -> Path:
    path = tmp_path / "second.txt"
    path.write_text(SECOND, "utf-8")
    return path


class TestEveryCommand:
    @pytest.mark.parametrize("command", COMMANDS)
    @pytest.mark.parametrize("flag", ["-h", "--help"])
    def test_explains_itself(self, command: str, flag: str) -> None:
        result = run(command, flag)
        assert result.exit_code == ExitCode.DONE
        assert f"newspaper-cli {command}" in result.stdout
        assert not result.stderr

    def test_is_listed_with_a_whole_sentence(self) -> None:
        result = run("-h")
        assert result.exit_code == ExitCode.DONE
        listed = result.stdout.partition("Commands:")[2]
        assert [line.split()[0] for line in listed.strip().splitlines()] == list(COMMANDS)
        assert "..." not in listed

    @pytest.mark.parametrize("command", ["split", "meta", "repair", "export", "explain"])
    def test_that_reads_pages_takes_a_language(self, command: str) -> None:
        assert "--language" in run(command, "-h").stdout

    @pytest.mark.parametrize("arguments", [["nothing"], ["split", "--format", "docx"], ["split", "--no-such"]])
    def test_refuses_what_it_does_not_know(self, arguments: list[str]) -> None:
        result = run(*arguments)
        assert result.exit_code == ExitCode.USAGE
        assert result.stderr
        assert not result.stdout

    def test_has_the_version_of_the_installed_package(self) -> None:
        assert run("--version").stdout == f"newspaper-cli {program_version()}\n"

    def test_refuses_an_unknown_language(self, page: Path) -> None:
        result = run("split", "--language", "tlh", page)
        assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")
        assert "tlh" in result.stderr


class TestSplit:
    def test_prints_an_object_from_a_path_and_from_a_pipe(self, page: Path) -> None:
        from_path, from_pipe = run("split", page), run("split", text=PAGE)
        assert from_path.exit_code == from_pipe.exit_code == ExitCode.DONE
        issue, piped = json.loads(from_path.stdout), json.loads(from_pipe.stdout)
        assert issue["issue"]["title"] == "溪桥日报"
        assert issue["issue"]["date"] == "2019-03-05"
        assert issue["source"].pop("path") == str(page)
        assert piped["source"].pop("path") is None
        assert issue == piped
        assert from_path.stderr == ""

    def test_dash_is_standard_input(self) -> None:
        assert run("split", "-", text=PAGE).stdout == run("split", text=PAGE).stdout

    def test_standard_input_can_be_read_only_once(self) -> None:
        assert run("split", "-", "-", text=PAGE).exit_code == ExitCode.USAGE

    def test_prints_an_array_for_several(self, page: Path, second: Path) -> None:
        issues = json.loads(run("split", page, second).stdout)
        assert [issue["issue"]["issue_number"] for issue in issues] == ["120", "121"]

    def test_prints_an_issue_a_line(self, page: Path, second: Path) -> None:
        lines = run("split", "--format", "jsonl", page, second).stdout.splitlines()
        assert [json.loads(line)["issue"]["date"] for line in lines] == ["2019-03-05", "2019-03-06"]

    def test_prints_a_row_an_article(self, page: Path) -> None:
        result = run("split", "--format", "csv", page)
        rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))
        assert [row["issue_title"] for row in rows] == ["溪桥日报"] * len(rows)
        assert run("split", "--format", "csv", "--bom", page).stdout_bytes.startswith(b"\xef\xbb\xbf")
        longer = run("split", "--format", "csv", "--rows", "paragraphs", page).stdout
        assert longer.splitlines()[0] != result.stdout.splitlines()[0]

    def test_keeps_a_spreadsheet_from_running_a_cell(self, tmp_path: Path) -> None:
        path = tmp_path / "sheet.txt"
        path.write_text(PAGE.replace("水库新闸", "=1+1 水库新闸"), "utf-8")
        safe, raw = run("split", "-f", "csv", path).stdout, run("split", "-f", "csv", "--raw-cells", path).stdout
        assert "'=1+1" in safe
        assert "=1+1" in raw
        assert "'=1+1" not in raw

    @pytest.mark.parametrize("format_", ["markdown", "text", "table"])
    def test_prints_what_a_person_reads(self, page: Path, format_: str) -> None:
        result = run("split", "--format", format_, page)
        assert result.exit_code == ExitCode.DONE
        for expected in ("溪桥日报", "2019-03-05", "水库新闸今日开闸", "本报讯"):
            assert expected in result.stdout

    def test_puts_the_output_into_the_other_script(self, page: Path) -> None:
        traditional, plain = (json.loads(run("split", *flags, page).stdout) for flags in (["--script", "hant"], []))
        assert traditional["issue"]["title"] == "溪橋日報"
        assert traditional["issue"]["readings"][0]["spans"] == plain["issue"]["readings"][0]["spans"]

    def test_writes_to_a_file_what_a_pipe_would_get(self, page: Path, tmp_path: Path) -> None:
        result = run("split", page, "-o", tmp_path / "out.json")
        assert (result.exit_code, result.stdout_bytes) == (ExitCode.DONE, b"")
        assert (tmp_path / "out.json").read_bytes() == run("split", page).stdout_bytes

    def test_writes_utf_8_and_no_other_line_ends_whatever_the_locale(self, page: Path) -> None:
        environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        done = start("split", "--format", "text", page, env=environment)
        assert "溪桥日报\n" in done.stdout.decode("utf-8")
        assert b"\r" not in done.stdout


class TestTable:
    def test_is_no_wider_than_the_terminal(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for width in (40, 80, 120):
            monkeypatch.setenv("COLUMNS", str(width))
            lines = run("split", "--format", "table", page).stdout.splitlines()
            assert max(map(cell_len, lines)) <= width

    def test_has_straight_edges_around_wide_characters(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "60")
        box = [line for line in run("split", "-f", "table", page).stdout.splitlines() if line[:1] in {"╭", "│", "╰"}]
        assert len(box) > 2
        assert {cell_len(line) for line in box} == {60}

    @pytest.mark.parametrize("width", range(2, 12))
    def test_folding_loses_no_character(self, width: int) -> None:
        text = "他说，The paper 来了！！！ x。"
        lines = list(folding.fold(text, width))
        assert "".join("".join(lines).split()) == "".join(text.split())


class TestMeta:
    def test_prints_the_object_of_split_without_articles(self, page: Path) -> None:
        whole, masthead = (json.loads(run(command, page).stdout) for command in ("split", "meta"))
        for key in ("articles", "furniture", "repairs"):
            del whole[key]
        assert masthead == whole

    def test_prints_a_row_an_issue(self, page: Path, second: Path) -> None:
        result = run("meta", "--format", "csv", page, second)
        rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))
        assert [row["issue_number"] for row in rows] == ["120", "121"]

    def test_shows_the_printed_text_behind_each_field(self, page: Path) -> None:
        shown = run("meta", "--format", "table", page).stdout
        row = next(line for line in shown.splitlines() if line.strip().startswith("weekday"))
        assert row.split()[:3] == ["weekday", "Tuesday", "星期二"]


class TestRepair:
    def test_prints_one_paragraph_a_line(self, page: Path) -> None:
        text = run("repair", page).stdout
        assert "溪桥水库新闸落成,全县三万亩农田可以按时灌溉。\n" in text

    def test_plan_applied_is_the_repair_and_undone_is_the_source(self, page: Path, tmp_path: Path) -> None:
        repaired = run("repair", page).stdout_bytes
        plan = tmp_path / "plan.json"
        assert run("repair", "--plan", page, "-o", plan).exit_code == ExitCode.DONE
        assert run("repair", "--apply", plan, page).stdout_bytes == repaired
        assert run("repair", "--undo", plan, text=repaired).stdout_bytes == page.read_bytes()

    @pytest.mark.parametrize(
        "data",
        [
            PAGE.replace("\n", "\r\n").encode("gb18030"),
            "\ufeff".encode() + PAGE.encode(),
            PAGE.encode().replace("藏书".encode(), b"\xff\xfe\xe8"),
            ("\ufeff" + PAGE).encode("utf-16-le"),
            ("\ufeff" + PAGE + "\ud800").encode("utf-16-be", "surrogatepass"),
            b"",
            b"\n\n",
        ],
        ids=["gb18030", "bom", "undecodable", "utf-16", "lone-surrogate", "empty", "blank"],
    )
    def test_gives_back_every_byte(self, tmp_path: Path, data: bytes) -> None:
        page, plan, repaired = (tmp_path / name for name in ("page.txt", "plan.json", "repaired.txt"))
        page.write_bytes(data)
        assert run("repair", page, "-o", repaired).exit_code == ExitCode.DONE
        assert run("repair", "--plan", page, "-o", plan).exit_code == ExitCode.DONE
        assert run("repair", "--undo", plan, repaired).stdout_bytes == data

    def test_keeps_lines_where_they_are(self, page: Path) -> None:
        assert run("repair", "--keep-lines", page).stdout.count("\n") == PAGE.count("\n")

    def test_parts_several_pages_by_a_form_feed(self, page: Path, second: Path) -> None:
        both = run("repair", page, second).stdout_bytes
        assert both == run("repair", page).stdout_bytes + b"\f" + run("repair", second).stdout_bytes
        assert len(json.loads(run("repair", "--plan", page, second).stdout)) == 2

    def test_refuses_a_plan_for_another_text(self, page: Path, second: Path, tmp_path: Path) -> None:
        plan = tmp_path / "plan.json"
        run("repair", "--plan", page, "-o", plan)
        for action in ("--apply", "--undo"):
            result = run("repair", action, plan, second)
            assert (result.exit_code, result.stdout) == (ExitCode.CHECK_FAILED, "")
            assert "plan" in result.stderr

    @pytest.mark.parametrize("content", ["{", "[]", '{"edits": 3}', PAGE])
    def test_refuses_what_is_no_plan(self, page: Path, tmp_path: Path, content: str) -> None:
        plan = tmp_path / "plan.json"
        plan.write_text(content, "utf-8")
        assert run("repair", "--apply", plan, page).exit_code == ExitCode.CHECK_FAILED

    @pytest.mark.parametrize("flags", [["--plan", "--apply"], ["--keep-lines", "--undo"], ["--apply", "x", "--undo"]])
    def test_refuses_contradictions(self, page: Path, flags: list[str]) -> None:
        result = run("repair", *flags, "plan.json", page)
        assert result.exit_code == ExitCode.USAGE
        assert "exclude each other" in result.stderr


class TestExport:
    def test_mirrors_a_tree_and_leaves_a_manifest(self, page: Path, tmp_path: Path) -> None:
        result = run("export", tmp_path, "-o", tmp_path / "out")
        assert (result.exit_code, result.stdout) == (ExitCode.DONE, "")
        assert "1 of 1 inputs done" in result.stderr
        written = tmp_path / "out" / tmp_path.name / "page.json"
        assert written.read_bytes() == run("split", page).stdout_bytes
        assert json.loads((tmp_path / "out" / "manifest.jsonl").read_bytes())["status"] == "done"

    @pytest.mark.parametrize(("format_", "name"), [("jsonl", "issues.jsonl"), ("csv", "articles.csv")])
    def test_collects_what_split_prints(
        self, page: Path, second: Path, tmp_path: Path, format_: str, name: str
    ) -> None:
        run("export", page, second, "-o", tmp_path / "out", "--format", format_)
        printed = run("split", page, second, "--format", format_).stdout_bytes
        assert (tmp_path / "out" / name).read_bytes() == printed

    def test_goes_on_after_a_failure_and_says_so(self, page: Path, tmp_path: Path) -> None:
        (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
        result = run("export", tmp_path, tmp_path / "none.txt", "-o", tmp_path / "out")
        assert result.exit_code == ExitCode.SOME_FAILED
        assert "PNG" in result.stderr
        assert "1 failed, 1 refused" in result.stderr
        assert (tmp_path / "out" / tmp_path.name / f"{page.stem}.json").exists()
        assert len((tmp_path / "out" / "manifest.jsonl").read_text("utf-8").splitlines()) == 3

    def test_is_quiet_when_asked(self, page: Path, tmp_path: Path) -> None:
        assert run("export", page, "-o", tmp_path / "out", "--quiet").stderr == ""

    def test_refuses_to_find_nothing(self, page: Path, tmp_path: Path) -> None:
        result = run("export", page.parent, "--pattern", "*.xml", "-o", tmp_path / "out")
        assert result.exit_code == ExitCode.USAGE
        assert "*.xml" in result.stderr
        assert not (tmp_path / "out").exists()

    def test_refuses_a_file_as_output_and_a_missing_input(self, page: Path, tmp_path: Path) -> None:
        assert run("export", page, "-o", page).exit_code == ExitCode.USAGE
        assert run("export", tmp_path / "none", "-o", tmp_path / "out").exit_code == ExitCode.UNREADABLE
        assert run("export", page, "-o", tmp_path / "out", "--language", "tlh").exit_code == ExitCode.USAGE

    def test_cannot_write_where_it_may_not(self, page: Path) -> None:
        result = run("export", page, "-o", page / "out")
        assert result.exit_code == ExitCode.UNWRITABLE
        assert "cannot make the folder" in result.stderr

    def test_tells_in_lines_of_json(self, page: Path, tmp_path: Path) -> None:
        (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
        result = run("export", tmp_path, "-o", tmp_path / "out", "--log-json", "--jobs", "0")
        *events, _ = result.stderr.splitlines()
        told = [json.loads(event) for event in events]
        assert [event["event"] for event in told] == ["input", "end"]
        assert told[0]["status"] == "refused"
        assert told[1]["done"] == 1
        assert page.name not in told[0]["path"]

    def test_tells_now_and_then_how_far_it_is(
        self, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(progress, "_BETWEEN", 0)
        lines = run("export", page, "-o", tmp_path / "out", "--jobs", "0").stderr.splitlines()
        assert re.match(r"newspaper-cli: 1( of 1)? inputs, 0 not done, \d+\.\d MB/s", lines[0])
        shown = run("export", page, "-o", tmp_path / "json", "--jobs", "0", "--log-json").stderr.splitlines()
        event = json.loads(shown[0])
        assert (event["event"], event["inputs"], event["failed"]) == ("progress", 1, 0)

    def test_stops_at_a_failure_when_asked(self, page: Path, tmp_path: Path) -> None:
        (page.parent / "a.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
        result = run("export", page.parent, "-o", tmp_path / "out", "--jobs", "0", "--fail-fast")
        assert result.exit_code == ExitCode.SOME_FAILED
        assert "run the same command again to go on" in result.stderr
        assert not (tmp_path / "out" / "manifest.jsonl").exists()

    @pytest.mark.parametrize(
        ("flags", "said"),
        [
            (["--tables"], "--format csv"),
            (["--shard-size", "9"], "files of many issues"),
            (["--group-by", "{page}.txt"], "{issue}"),
            (["--files-from", "-"], "PATHs to read, or a list"),
        ],
    )
    def test_refuses_what_contradicts_itself(self, page: Path, tmp_path: Path, flags: list[str], said: str) -> None:
        result = run("export", page, "-o", tmp_path / "out", *flags)
        assert result.exit_code == ExitCode.USAGE
        assert said in result.stderr

    def test_a_list_has_no_folders_to_group_by(self, tmp_path: Path) -> None:
        result = run("export", "--files-from", "-", "--group-by", "folder", "-o", tmp_path / "out")
        assert result.exit_code == ExitCode.USAGE
        assert "not as a list" in result.stderr


class TestReport:
    def test_counts_reasons(self, page: Path, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            (page.parent / name).write_bytes(b"%PDF-1.7\n\x00\xff")
        run("export", page.parent, "-o", tmp_path / "out", "--jobs", "0")
        found = json.loads(run("report", tmp_path / "out").stdout)
        assert found["complete"]
        assert found["status"] == {"done": 1, "failed": 0, "refused": 2, "skipped": 0}
        ((reason,),) = [found["reasons"]]
        assert reason["count"] == 2
        assert reason["reason"].startswith("it is a PDF")
        assert reason["example"].endswith("a.txt")

    def test_wants_the_folder_of_an_export(self, tmp_path: Path) -> None:
        result = run("report", tmp_path)
        assert result.exit_code == ExitCode.UNREADABLE
        assert "manifest.jsonl" in result.stderr


class TestExplain:
    def test_gives_the_reasons_for_a_line(self, page: Path) -> None:
        number = PAGE.split("\n").index("全县三万亩农田可以按时灌溉。") + 1
        (part,) = json.loads(run("explain", page, "--line", str(number)).stdout)
        answers = {decision["question"]: decision["answer"] for decision in part["decisions"]}
        assert answers["label"] == "body"
        assert answers["seam with the line before"] == "join"
        shown = run("explain", page, "--line", str(number), "--format", "table").stdout
        assert "label: body" in shown

    def test_says_when_there_is_nothing_to_explain(self, page: Path) -> None:
        result = run("explain", page, "--line", str(PAGE.split("\n").index("") + 1))
        assert json.loads(result.stdout) == []
        assert "blank" in result.stderr
        assert run("explain", page, "--line", "999").exit_code == ExitCode.USAGE


class TestEvaluate:
    @pytest.fixture
    def gold(self, page: Path, tmp_path: Path) -> Path:
        issue = json.loads(run("split", page).stdout)
        path = tmp_path / "gold" / "page.json"
        path.parent.mkdir()
        path.write_text(json.dumps(issue), "utf-8")
        return path

    def test_measures_a_file_and_a_folder(self, gold: Path) -> None:
        for pair in ((gold, gold), (gold.parent, gold.parent)):
            figures = json.loads(run("evaluate", *pair).stdout)
            assert figures["all"]["article_f1"] == 1.0
            assert [row["name"] for row in figures["pages"]] == ["page"]

    def test_shows_a_table(self, gold: Path) -> None:
        result = run("evaluate", gold, gold, "--format", "table")
        assert result.exit_code == ExitCode.DONE
        assert "page" in result.stdout

    def test_holds_floors_and_ceilings(self, gold: Path) -> None:
        assert run("evaluate", gold, gold, "--floor", "article_f1=1", "--floor", "body_cer=0").exit_code == 0
        result = run("evaluate", gold, gold, "--floor", "exact=1.01")
        assert result.exit_code == ExitCode.CHECK_FAILED
        assert "exact is 1.0000" in result.stderr
        assert run("evaluate", gold, gold, "--floor", "body_cer=-1").exit_code == ExitCode.CHECK_FAILED

    @pytest.mark.parametrize("floor", ["exact", "exact=high", "beauty=1"])
    def test_refuses_a_floor_it_cannot_hold(self, gold: Path, floor: str) -> None:
        assert run("evaluate", gold, gold, "--floor", floor).exit_code == ExitCode.USAGE

    def test_measures_the_promises(self, page: Path, gold: Path) -> None:
        figures = json.loads(run("evaluate", page, gold, "--measure", "promises").stdout)["all"]
        assert (figures["lost"], figures["twice"], figures["texts_wrong"]) == (0, 0, 0)

    def test_measures_joins(self, page: Path, tmp_path: Path) -> None:
        gold = tmp_path / "lines.json"
        gold.write_text(json.dumps({"paragraphs": [[line] for line in PAGE.split("\n") if line]}), "utf-8")
        figures = json.loads(run("evaluate", gold, page, "--measure", "joins").stdout)["all"]
        assert figures["accuracy"] == 1.0

    def test_takes_gold_for_joins_as_a_bare_array(self, page: Path, tmp_path: Path) -> None:
        gold = tmp_path / "lines.json"
        gold.write_text(json.dumps([[line] for line in PAGE.split("\n") if line]), "utf-8")
        value = json.loads(run("evaluate", gold, page, "--measure", "joins").stdout)
        assert value["baselines"]["always_break"]["accuracy"] == value["all"]["accuracy"] == 1.0
        gold.write_text('[["a", 1]]', "utf-8")
        assert run("evaluate", gold, page, "--measure", "joins").exit_code == ExitCode.UNREADABLE

    def test_sets_the_naive_reading_of_the_raw_page_beside(self, page: Path, gold: Path, tmp_path: Path) -> None:
        value = json.loads(run("evaluate", gold, gold).stdout)
        assert value["all"]["meta_acc"] == 1.0
        assert value["baselines"]["blank_lines"]["meta_acc"] == 0.0
        # The file that the result names is no longer the page it was read from.
        raw = tmp_path / "raw" / "page.txt"
        raw.parent.mkdir()
        page.rename(raw)
        page.write_text(SECOND, "utf-8")
        assert json.loads(run("evaluate", gold, gold).stdout)["baselines"] == {}
        for path in (raw, raw.parent):
            assert "blank_lines" in json.loads(run("evaluate", gold, gold, "--raw", path).stdout)["baselines"]
        assert run("evaluate", gold, gold, "--raw", tmp_path / "none").exit_code == ExitCode.UNREADABLE

    def test_gives_null_for_what_gold_does_not_ask(self, gold: Path) -> None:
        issue = json.loads(gold.read_text("utf-8"))
        gold.write_text(json.dumps({"issue": {"title": "溪桥日报"}}), "utf-8")
        found = gold.parent / "found.json"
        found.write_text(json.dumps(issue), "utf-8")
        figures = json.loads(run("evaluate", gold, found).stdout)["all"]
        assert (figures["meta_acc"], figures["article_f1"]) == (1.0, None)
        assert run("evaluate", gold, found, "--floor", "article_f1=0").exit_code == ExitCode.USAGE

    @pytest.mark.parametrize("columns", [80, 100])
    def test_the_table_fits_the_terminal(self, gold: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        worse = gold.parent / f"{'a-very-long-name-of-a-page-' * 4}p7.json"
        issue = json.loads(gold.read_text("utf-8"))
        worse.write_text(json.dumps({**issue, "articles": issue["articles"][:1]}), "utf-8")
        lines = run("evaluate", gold, worse, "--format", "table").stdout.splitlines()
        assert max(map(cell_len, lines)) <= columns
        row = next(line for line in lines if line.startswith("   article_f1"))
        assert row.endswith("p7")
        assert "…" in row

    def test_writes_a_page_to_look_at(self, gold: Path, tmp_path: Path) -> None:
        html = tmp_path / "page.html"
        result = run("evaluate", gold, gold, "--html", html, "--most", "0")
        assert (result.exit_code, json.loads(result.stdout)["all"]["exact"]) == (ExitCode.DONE, 1.0)
        assert html.read_text("utf-8").startswith("<!DOCTYPE html>")
        # The page is there to show why a floor was missed.
        html.unlink()
        failed = run("evaluate", gold, gold, "--html", html, "--floor", "exact=1.01")
        assert (failed.exit_code, html.is_file()) == (ExitCode.CHECK_FAILED, True)

    def test_writes_no_page_where_it_cannot(self, page: Path, gold: Path, tmp_path: Path) -> None:
        assert run("evaluate", page, gold, "--measure", "promises", "--html", "x.html").exit_code == ExitCode.USAGE
        assert run("evaluate", gold, gold, "--html", gold).exit_code == ExitCode.USAGE
        assert run("evaluate", gold, gold, "--html", tmp_path / "no" / "x.html").exit_code == ExitCode.UNWRITABLE
        assert run("evaluate", gold, gold, "--most", "-1").exit_code == ExitCode.USAGE

    def test_names_the_extra_that_is_missing(self, gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in [name for name in sys.modules if name.partition(".")[0] == "rapidfuzz"]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "rapidfuzz", None)
        monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)
        result = run("evaluate", gold, gold)
        assert (result.exit_code, result.stdout) == (ExitCode.EXTRA_MISSING, "")
        assert "pip install 'newspaper-cli[evaluate]'" in result.stderr

    def test_refuses_what_it_cannot_compare(self, page: Path, gold: Path, tmp_path: Path) -> None:
        assert run("evaluate", gold, gold.parent).exit_code == ExitCode.USAGE
        assert run("evaluate", gold, tmp_path / "none.json").exit_code == ExitCode.UNREADABLE
        assert run("evaluate", page, gold).exit_code == ExitCode.UNREADABLE
        assert run("evaluate", gold, page, "--measure", "joins").exit_code == ExitCode.UNREADABLE


def test_schema_prints_what_issues_are_validated_against() -> None:
    assert json.loads(run("schema").stdout) == issue_schema()


class TestBadInput:
    @pytest.mark.parametrize("command", ["split", "meta", "repair"])
    def test_an_empty_page_is_no_error(self, command: str) -> None:
        for text in (b"", b" \n\f\n"):
            assert run(command, text=text).exit_code == ExitCode.DONE

    def test_an_empty_page_has_a_note(self) -> None:
        issue = json.loads(run("split", text="").stdout)
        assert issue["articles"] == []
        assert "empty-page" in {note["code"] for note in issue["notes"]}

    def test_a_page_without_masthead_or_articles_is_told(self) -> None:
        issue = json.loads(run("split", text="*\n").stdout)
        assert issue["issue"]["title"] is None
        assert {"no-masthead", "no-articles"} <= {note["code"] for note in issue["notes"]}

    @pytest.mark.parametrize(
        ("data", "word"),
        [
            (b"%PDF-1.4\n%\xe2\xe3\n", "PDF"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
            (b'<?xml version="1.0"?><alto/>', "XML"),
            (b"<!DOCTYPE html><html></html>", "HTML"),
            (bytes(range(256)) * 8, "binary"),
        ],
    )
    @pytest.mark.parametrize("command", ["split", "meta", "repair"])
    def test_what_is_no_text_is_named(self, tmp_path: Path, command: str, data: bytes, word: str) -> None:
        path = tmp_path / "page.txt"
        path.write_bytes(data)
        for result in (run(command, path), run(command, text=data)):
            assert (result.exit_code, result.stdout) == (ExitCode.UNREADABLE, "")
            assert word in result.stderr

    def test_undecodable_bytes_are_shown_as_such(self) -> None:
        result = run("split", text=PAGE.encode().replace("藏书".encode(), b"\xff\xfe\xe8"))
        assert result.exit_code == ExitCode.DONE
        assert "undecodable" in {note["code"] for note in json.loads(result.stdout)["notes"]}

    def test_one_long_line_is_read(self) -> None:
        result = run("repair", text="新桥落成" * 100_000)
        assert result.exit_code == ExitCode.DONE
        assert result.stdout == "新桥落成" * 100_000 + "\n"

    def test_a_missing_file(self, tmp_path: Path) -> None:
        result = run("split", tmp_path / "none.txt")
        assert (result.exit_code, result.stdout) == (ExitCode.UNREADABLE, "")
        assert "none.txt does not exist" in result.stderr

    def test_names_that_no_file_can_have(self, page: Path, tmp_path: Path) -> None:
        long = tmp_path / ("x" * 300)
        assert run("split", long).exit_code == ExitCode.UNREADABLE
        assert run("explain", long, "--line", "1").exit_code == ExitCode.UNREADABLE
        assert run("export", long, "-o", tmp_path / "out").exit_code == ExitCode.UNREADABLE
        assert run("split", page, "-o", long).exit_code == ExitCode.UNWRITABLE
        assert run("export", page, "-o", long).exit_code == ExitCode.UNWRITABLE

    @pytest.mark.parametrize("command", ["split", "repair"])
    def test_a_folder_is_sent_to_export(self, command: str, page: Path, tmp_path: Path) -> None:
        for paths in ([tmp_path], [page, tmp_path]):
            result = run(command, *paths)
            assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")
            assert "newspaper-cli export" in result.stderr

    @pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (1, 2, 0)])
    def test_one_of_several_does_not_stop_the_others(
        self, page: Path, second: Path, tmp_path: Path, order: tuple[int, ...]
    ) -> None:
        paths = [tmp_path / "none.txt", page, second]
        result = run("split", *(paths[place] for place in order))
        assert result.exit_code == ExitCode.SOME_FAILED
        assert [issue["issue"]["issue_number"] for issue in json.loads(result.stdout)] == ["120", "121"]
        assert "none.txt does not exist" in result.stderr
        assert "1 of 3 inputs" in result.stderr

    def test_an_output_that_cannot_be_written(self, page: Path, tmp_path: Path) -> None:
        result = run("split", page, "-o", tmp_path / "none" / "out.json")
        assert result.exit_code == ExitCode.UNWRITABLE
        assert "out.json" in result.stderr

    def test_an_output_that_is_an_input(self, page: Path) -> None:
        for command in ("split", "meta", "repair"):
            assert run(command, page, "-o", page).exit_code == ExitCode.USAGE
        assert page.read_text("utf-8") == PAGE

    def test_a_bug_keeps_its_traceback(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pipeline, "read_issue", lambda *_: 1 // 0)
        result = run("split", page)
        assert result.exit_code == ExitCode.BUG
        assert isinstance(result.exception, ZeroDivisionError)

    @pytest.mark.parametrize("format_", ["text", "markdown", "table"])
    def test_no_escape_of_the_page_is_in_what_people_read(self, format_: str) -> None:
        result = run("split", "--format", format_, text=HOSTILE)
        assert not set(result.stdout) & set("\x1b\x07\x9b")

    def test_no_escape_of_a_file_name_is_in_a_message(self, tmp_path: Path) -> None:
        result = run("split", tmp_path / "\x1b[2Jnone.txt")
        assert result.exit_code == ExitCode.UNREADABLE
        assert "\x1b" not in result.stderr


class TestStreams:
    def test_a_closed_pipe_ends_quietly(self, page: Path) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        done = start("split", page, stdout=writer)
        os.close(writer)
        assert (done.returncode, done.stderr) == (ExitCode.DONE, b"")

    def test_a_full_disk_is_told(self, page: Path) -> None:
        with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device, not a path
            done = start("split", page, stdout=full)
        assert done.returncode == ExitCode.UNWRITABLE
        assert done.stderr.decode().splitlines() == [
            "newspaper-cli: cannot write to standard output: No space left on device"
        ]

    def test_an_interruption_is_130(self) -> None:
        with begin_reading() as child:
            child.send_signal(signal.SIGINT)
            assert child.wait(60) == ExitCode.INTERRUPTED
            assert child.stderr
            assert child.stderr.read() == b"newspaper-cli: interrupted\n"

    def test_an_interruption_where_nothing_can_be_raised_is_130(self, page: Path, tmp_path: Path) -> None:
        (tmp_path / "sitecustomize.py").write_text(INTERRUPTED_IN_A_DESTRUCTOR, "utf-8")
        done = start("split", page, env={**os.environ, "PYTHONPATH": str(tmp_path)})
        assert (done.returncode, done.stderr) == (ExitCode.INTERRUPTED, b"")

    def test_a_terminal_is_not_waited_for(self) -> None:
        seen, code = on_terminal("split")
        assert code == ExitCode.USAGE
        assert "pipe text in: newspaper-cli split PAGE.txt" in seen

    def test_meta_is_a_table_on_a_terminal(self, page: Path) -> None:
        seen, code = on_terminal("meta", page)
        assert code == ExitCode.DONE
        assert "\x1b[" in seen
        assert '"issue"' not in seen

    @pytest.mark.parametrize("arguments", [["repair"], ["split"], ["split", "-f", "csv"]])
    def test_no_escape_of_the_page_reaches_a_terminal(self, tmp_path: Path, arguments: list[str]) -> None:
        path = tmp_path / "hostile.txt"
        path.write_text(HOSTILE, "utf-8")
        seen, code = on_terminal(*arguments, path)
        assert code == ExitCode.DONE
        assert "开闸" in seen
        assert not set(seen) & set("\x1b\x07\x9b\u202e")

    def test_messages_do_without_a_stderr(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stderr", None)
        console.say("nobody hears this")

    def test_the_boundary_keeps_the_signature_of_a_command(self) -> None:
        def command(name: str) -> None:
            raise BrokenPipeError(name)

        guarded = boundary.guarded(command)
        assert guarded.__name__ == "command"
        guarded("quiet")
