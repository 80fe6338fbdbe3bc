"""`meta` over many files, as a librarian meets it: what is found, what is left alone, and the exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len
from test_cli import on_terminal, run

from newspaper_cli.batch import compared
from newspaper_cli.batch.compared import compare_issues
from newspaper_cli.errors import ExitCode
from newspaper_cli.export.schema import meta_schema
from newspaper_cli.pipeline import read_issue
from newspaper_cli.source import decode

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

FIRST = date(2019, 3, 4)
DAYS = "一二三四五六日"
NEWS = """今日4版

水库新闸今日开闸
本报讯 昨日下午,溪桥水库新闸落成,
全县三万亩农田可以按时灌溉。
"""


def page(day: date | None, number: int | None, title: str = "溪桥日报", weekday: str | None = None) -> str:
    lines = [title]
    if day is not None:
        lines += [f"{day.year}年{day.month}月{day.day}日", f"星期{weekday or DAYS[day.weekday()]}"]
    if number is not None:
        lines.append(f"第{number}期")
    return "\n".join([*lines, NEWS])


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def write_run(folder: Path, length: int = 5, *, step: int = 1, title: str = "溪桥日报") -> None:
    """Write issues that agree with each other and with their names, from no. 120 on."""
    for count in range(length):
        day = FIRST + timedelta(days=step * count)
        write(folder, f"{day.isoformat()}.txt", page(day, 120 + count, title))


def found(*arguments: str | Path) -> dict[str, Any]:
    """Run `meta` and give what it prints, by the names of the files."""
    lines = run("meta", "--format", "jsonl", *arguments).stdout.splitlines()
    issues = [json.loads(line) for line in lines]
    return {os.path.basename(issue["source"]["path"] or "-"): issue for issue in issues}  # noqa: PTH119


def codes(issue: dict[str, Any]) -> set[str]:
    return {note["code"] for note in issue["notes"]}


def failed(issue: dict[str, Any]) -> dict[str, str]:
    return {check["check"]: check["expected"] for check in issue["issue"]["checks"] if not check["agrees"]}


def check(folder: Path) -> Result:
    return run("meta", "--check", "--format", "jsonl", folder)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    folder = tmp_path / "paper"
    write_run(folder)
    return folder


class TestFolders:
    def test_files_are_found_as_export_finds_them(self, paper: Path, tmp_path: Path) -> None:
        write(paper, "inner/B.TXT", page(None, None))
        write(paper, "inner/deep/a.txt", page(None, None))
        write(paper, "notes.md", "no page")
        write(paper, ".hidden.txt", page(None, None))
        (paper / "inner" / "loop").symlink_to(paper)
        result = run("meta", "--format", "jsonl", paper)
        printed = [json.loads(line)["source"]["path"] for line in result.stdout.splitlines()]
        exported = run("export", paper, "-o", tmp_path / "out", "--quiet")
        rows = map(json.loads, (tmp_path / "out" / "manifest.jsonl").read_text("utf-8").splitlines())
        assert printed == [row["path"] for row in rows if row["status"] == "done"]
        assert result.exit_code == exported.exit_code == ExitCode.DONE
        assert "a link to a folder is not followed" in result.stderr
        assert "hidden" in result.stderr

    def test_a_pattern_chooses(self, paper: Path) -> None:
        assert list(found(paper, "--pattern", "*-05.TXT")) == ["2019-03-05.txt"]

    def test_a_folder_prints_an_array_that_validates(self, paper: Path) -> None:
        (single,) = json.loads(run("meta", paper, "--pattern", "*04.txt").stdout)
        issues = json.loads(run("meta", paper).stdout)
        assert [issue["issue"]["issue_number"] for issue in issues] == ["120", "121", "122", "123", "124"]
        assert single["issue"]["date"] == "2019-03-04"
        for issue in issues:
            Draft202012Validator(meta_schema()).validate(issue)

    def test_an_empty_folder_is_a_mistake(self, tmp_path: Path) -> None:
        for arguments in ([tmp_path], [tmp_path, "--check"], [tmp_path, "--pattern", "*.xml"]):
            result = run("meta", *arguments)
            assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")
            assert "choose names with --pattern" in result.stderr

    def test_files_and_folders_keep_the_order_asked_for(self, paper: Path, tmp_path: Path) -> None:
        last = write(tmp_path, "a.txt", page(None, None, "石岭晚报"))
        assert list(found(paper, last))[-1] == "a.txt"
        assert next(iter(found(last, paper))) == "a.txt"

    def test_a_file_that_is_no_text_does_not_stop_the_others(self, paper: Path) -> None:
        (paper / "2019-03-06.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
        result = run("meta", "--format", "csv", paper)
        assert result.exit_code == ExitCode.SOME_FAILED
        assert len(result.stdout.splitlines()) == 5
        assert "2019-03-06.txt is a PNG image" in result.stderr
        assert "1 of 5 inputs could not be read" in result.stderr

    def test_the_output_is_no_input(self, paper: Path) -> None:
        before = (paper / "2019-03-05.txt").read_bytes()
        result = run("meta", paper, "-o", paper / "2019-03-05.txt")
        assert result.exit_code == ExitCode.USAGE
        assert (paper / "2019-03-05.txt").read_bytes() == before
        assert not list(paper.glob("*.part"))
        assert run("meta", paper, "-o", paper / "all.json").exit_code == ExitCode.DONE

    def test_standard_input_can_be_one_of_several(self, paper: Path) -> None:
        result = run("meta", "--format", "jsonl", paper, "-", text=page(date(2019, 3, 9), 125))
        last = json.loads(result.stdout.splitlines()[-1])
        assert (last["source"]["path"], last["issue"]["issue_number"]) == (None, "125")

    def test_what_waits_on_disk_comes_back_as_it_was(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(compared, "_IN_MEMORY", 1)
        data = page(FIRST, 120).encode().replace("溪桥日报".encode(), "溪桥\n日报".encode()) + b"\xff\xfe\n"
        issues = [read_issue(decode(data, "2019-03-04.txt")), read_issue(decode(b"", "empty.txt"))]
        for before, after in zip(issues, compare_issues(issues), strict=True):
            assert (after.source, after.issue, after.pages, after.notes) == (
                before.source,
                before.issue,
                before.pages,
                before.notes,
            )
            assert not after.articles

    def test_a_full_disk_is_told(self, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_arguments: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(pickle, "dump", refuse)
        result = run("meta", paper)
        assert result.exit_code == ExitCode.UNWRITABLE
        assert "No space left" in result.stderr


class TestChecks:
    def test_files_that_agree_have_no_conflict(self, paper: Path) -> None:
        for folder, step, title in (("weekly", 7, "溪桥周报"), ("third", 3, "晶溪报"), ("single", 1, "石岭晚报")):
            write_run(paper / folder, 1 if folder == "single" else 6, step=step, title=title)
        result = check(paper)
        assert (result.exit_code, result.stdout) == (ExitCode.DONE, "")
        assert result.stderr == "newspaper-cli: no conflict in 18 issues\n"
        assert run("meta", "--check", paper).stdout == "[]\n"

    def test_a_file_under_the_name_of_another_day(self, paper: Path) -> None:
        (paper / "2019-03-08.txt").rename(paper / "2019-03-18.txt")
        result = check(paper)
        assert result.exit_code == ExitCode.CHECK_FAILED
        (issue,) = map(json.loads, result.stdout.splitlines())
        assert issue["source"]["path"].endswith("2019-03-18.txt")
        assert issue["issue"]["date"] == "2019-03-08"
        assert issue["issue"]["basis"]["date"] == "printed"
        assert failed(issue) == {"file-name": "2019-03-08"}
        assert codes(issue) == {"file-name-conflict"}
        assert "1 of 5 issues have a conflict" in result.stderr

    def test_a_weekday_that_is_wrong(self, paper: Path) -> None:
        write(paper, "2019-03-05.txt", page(date(2019, 3, 5), 121, weekday="日"))
        result = check(paper)
        assert result.exit_code == ExitCode.CHECK_FAILED
        (issue,) = map(json.loads, result.stdout.splitlines())
        assert failed(issue) == {"weekday": "星期二"}

    @pytest.mark.parametrize("number", [21, 119, 128, 9486])
    def test_a_number_out_of_its_row(self, paper: Path, number: int) -> None:
        write(paper, "2019-03-06.txt", page(date(2019, 3, 6), number))
        result = check(paper)
        assert result.exit_code == ExitCode.CHECK_FAILED
        (issue,) = map(json.loads, result.stdout.splitlines())
        assert issue["issue"]["issue_number"] == str(number)
        assert failed(issue) == {"issue-number": "122"}
        (note,) = issue["notes"]
        assert note["code"] == "issue-number-conflict"
        assert "2019-03-05.txt" in note["text"]
        assert "2019-03-07.txt" in note["text"]

    def test_today_and_tomorrow_that_contradict_each_other(self, tmp_path: Path) -> None:
        for day, number in ((4, 9486), (5, 9490)):
            write(tmp_path, f"{day}.txt", page(date(2019, 3, day), number))
        result = check(tmp_path)
        assert result.exit_code == ExitCode.CHECK_FAILED
        assert [failed(json.loads(line)) for line in result.stdout.splitlines()] == [
            {"issue-number": "9489"},
            {"issue-number": "9487"},
        ]

    def test_a_title_in_the_other_script_is_the_same_title(self, paper: Path) -> None:
        write(paper, "2019-03-06.txt", page(date(2019, 3, 6), 128, "溪橋日報"))
        assert failed(found(paper)["2019-03-06.txt"]) == {"issue-number": "122"}

    def test_pages_of_one_issue_count_as_one(self, tmp_path: Path) -> None:
        for count in range(4):
            for number in (1, 2, 3):
                day = FIRST + timedelta(days=count)
                write(tmp_path, f"{day.isoformat()}_p{number}.txt", page(day, 120 + count))
        assert check(tmp_path).exit_code == ExitCode.DONE
        write(tmp_path, "2019-03-05_p2.txt", page(date(2019, 3, 5), 127))
        assert [failed(issue) for name, issue in found(tmp_path, "--check").items()] == [{"issue-number": "121"}]

    def test_a_conflict_weighs_more_than_a_file_that_is_no_text(self, paper: Path) -> None:
        (paper / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
        assert check(paper).exit_code == ExitCode.SOME_FAILED
        (paper / "2019-03-08.txt").rename(paper / "2019-03-18.txt")
        result = check(paper)
        assert result.exit_code == ExitCode.CHECK_FAILED
        assert "PNG" in result.stderr
        assert "1 of 6 inputs could not be read" in result.stderr

    def test_one_page_can_be_checked_from_a_pipe(self) -> None:
        wrong, right = page(FIRST, 120, weekday="日"), page(FIRST, 120)
        assert run("meta", "--check", text=wrong).exit_code == ExitCode.CHECK_FAILED
        assert json.loads(run("meta", "--check", text=wrong).stdout)["issue"]["date"] == "2019-03-04"
        assert run("meta", "--check", text=right).exit_code == ExitCode.DONE

    def test_csv_holds_the_checks(self, paper: Path) -> None:
        (paper / "2019-03-08.txt").rename(paper / "2019-03-18.txt")
        rows = list(csv.DictReader(io.StringIO(run("meta", "--check", "--format", "csv", paper).stdout)))
        assert len(rows) == 1
        assert "file-name: printed 2019-03-18, expected 2019-03-08" in rows[0]["checks"]
        assert rows[0]["notes"] == "file-name-conflict"

    def test_split_and_export_compare_names_too(self, tmp_path: Path) -> None:
        path = write(tmp_path, "2019-03-14.txt", page(FIRST, 120))
        assert failed(json.loads(run("split", path).stdout)) == {"file-name": "2019-03-04"}
        run("export", path, "-o", tmp_path / "out")
        assert failed(json.loads((tmp_path / "out" / "2019-03-14.json").read_bytes())) == {"file-name": "2019-03-04"}


class TestInference:
    def test_neighbours_date_a_page(self, paper: Path) -> None:
        (paper / "2019-03-06.txt").unlink()
        write(paper, "scan7.txt", page(None, 122))
        issue = found(paper)["scan7.txt"]
        assert issue["issue"]["date"] == "2019-03-06"
        assert issue["issue"]["basis"]["date"] == "inferred"
        (note,) = issue["notes"]
        assert note["code"] == "date-inferred"
        assert "2019-03-05.txt" in note["text"]
        assert "2019-03-07.txt" in note["text"]
        assert check(paper).exit_code == ExitCode.DONE

    def test_a_name_is_checked_against_the_day_that_was_inferred(self, paper: Path) -> None:
        (paper / "2019-03-06.txt").unlink()
        write(paper, "2019-03-16.txt", page(None, 122))
        issue = found(paper)["2019-03-16.txt"]
        assert (issue["issue"]["date"], failed(issue)) == ("2019-03-06", {"file-name": "2019-03-06"})

    def test_another_page_of_the_issue_dates_a_page(self, paper: Path) -> None:
        write(paper, "page2.txt", page(None, 124))
        assert found(paper)["page2.txt"]["issue"]["date"] == "2019-03-08"

    def test_a_weekly_leaves_more_than_one_day(self, tmp_path: Path) -> None:
        write_run(tmp_path, 5, step=7)
        write(tmp_path, "2019-03-18.txt", page(None, 122))
        assert found(tmp_path)["2019-03-18.txt"]["issue"]["date"] is None

    def test_a_page_alone_stays_without_a_date(self, paper: Path) -> None:
        lonely = write(paper, "scan7.txt", page(None, 122))
        assert json.loads(run("meta", lonely).stdout)["issue"]["date"] is None


class TestTable:
    @pytest.mark.parametrize("width", [60, 80, 100, 140])
    def test_is_a_row_an_issue_no_wider_than_the_terminal(
        self, paper: Path, width: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        write(paper, "a-long-name-of-a-file-" * 4 + "2019-03-09.txt", page(date(2019, 3, 9), 125))
        lines = run("meta", "--format", "table", paper).stdout.splitlines()
        assert max(map(cell_len, lines)) <= width
        assert len(lines) == 2 + 6
        assert lines[0].split()[:2] == ["file", "title"]
        assert all(date_ in line for date_, line in zip(("2019-03-04", "2019-03-05"), lines[2:], strict=False))

    def test_says_what_is_wrong_and_what_was_inferred(self, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "160")
        write(paper, "2019-03-05.txt", page(None, 121))
        write(paper, "2019-03-07.txt", page(date(2019, 3, 7), 123, weekday="日"))
        (paper / "2019-03-08.txt").rename(paper / "2019-03-18.txt")
        shown = run("meta", "--format", "table", paper).stdout
        assert "date inferred from other files" in shown
        assert "weekday: 星期日, expected 星期四" in shown
        assert "file name: 2019-03-18" in shown
        checked = run("meta", "--check", "--format", "table", paper).stdout
        assert [line.split()[0] for line in checked.splitlines() if line[:1] == "2"] == [
            "2019-03-07.txt",
            "2019-03-18.txt",
        ]

    def test_says_where_a_date_was_inferred_from(self, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "160")
        write(paper, "2019-03-05.txt", "2019年3月\n" + page(None, 121))
        write(paper, "worn.txt", "云泽日报\n2O的9年9月25曰\n星期三\n农历己玄年八月廿七\n第9486期\n")
        rows = {line.split()[0]: line for line in run("meta", "--format", "table", paper).stdout.splitlines() if line}
        assert "date inferred from other files" in rows["2019-03-05.txt"]
        assert "date inferred from damaged print" in rows["worn.txt"]

    def test_columns_stay_where_they_are_over_many_rows(self, tmp_path: Path) -> None:
        write_run(tmp_path, 230)
        lines = run("meta", "--format", "table", tmp_path).stdout.splitlines()
        assert len(lines) == 232
        assert len({line.index(" 2019-") for line in lines[2:] if " 2019-" in line}) == 1

    def test_shows_long_names_whole_where_the_terminal_is_wide(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "120")
        write(
            tmp_path, "page.txt", "Sedge County Democrat\nHARLAN, IOWA, FRIDAY, MARCH 3, 1916.\nThe old mill burned.\n"
        )
        assert "Sedge County Democrat" in run("meta", "--format", "table", tmp_path).stdout

    def test_is_what_a_terminal_gets(self, paper: Path) -> None:
        seen, code = on_terminal("meta", paper)
        assert code == ExitCode.DONE
        assert "remarks" in seen
        assert '"issue"' not in seen

    def test_names_files_from_the_folder_that_holds_them(self, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = (paper / f"2019-03-0{day}.txt" for day in (4, 5))
        (paper.parent / "elsewhere").mkdir()
        monkeypatch.chdir(paper.parent / "elsewhere")
        for arguments in ([paper], [first, second], [f"../{paper.name}"]):
            lines = run("meta", "--format", "table", *arguments).stdout.splitlines()
            assert [line.split()[0] for line in lines[2:4]] == ["2019-03-04.txt", "2019-03-05.txt"]

    def test_no_escape_of_a_name_or_page_is_drawn(self, paper: Path) -> None:
        write(paper, "\x1b[31mred.txt", page(date(2019, 3, 9), 125, "溪桥\x1b[2J日报"))
        assert "\x1b" not in run("meta", "--format", "table", paper).stdout


def test_days_go_on_in_the_made_pages(paper: Path) -> None:
    """The pages these tests are made of are read as they are meant."""
    issues = list(found(paper).values())
    assert all(one["issue"]["date"] < other["issue"]["date"] for one, other in pairwise(issues))
    assert {issue["issue"]["title"] for issue in issues} == {"溪桥日报"}
    assert all({"weekday", "file-name"} <= {check["check"] for check in issue["issue"]["checks"]} for issue in issues)
