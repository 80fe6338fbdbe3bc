"""Dates in the names of files: the usual forms are read, and numbers that are only perhaps dates are not."""

from __future__ import annotations

from datetime import date

import pytest

from newspaper_cli.filenames import compare_name, date_in_name
from newspaper_cli.labels import Check, NoteCode
from newspaper_cli.pipeline import read_issue
from newspaper_cli.source import decode

DAY = date(2019, 3, 5)
PAGE = "溪桥日报\n2019年3月5日 星期二\n第120号\n水库新闸今日开闸\n本报讯 昨日下午,溪桥水库新闸落成,全县农田可以灌溉。\n"


@pytest.mark.parametrize(
    "name",
    [
        "2019-03-05.txt",
        "20190305.txt",
        "2019_03_05.txt",
        "2019.03.05",
        "2019-3-5.txt",
        "2019-03-05_no0120.txt",
        "xiqiao-2019-03-05.txt",
        "xiqiao20190305.txt",
        "溪桥日报20190305第1版.txt",
        "溪桥日报2019年3月5日.txt",
        "20190305A01.txt",
        "20190305_sn88064328-ed-1_seq-1.txt",
        "2019-03-05_20190305.txt",
        "scans/2019/03/05/p1.txt",
        "scans/2019/03/05/02.txt",
        "scans/2019-03/05/p1.txt",
        "2019-03-05/p1.txt",
        "20190305/p1.txt",
        "2018-01-01/xiqiao-2019-03-05.txt",
        "scans\\2019\\03\\05\\p1.txt",
    ],
)
def test_a_date_is_read(name: str) -> None:
    found = date_in_name(name)
    assert found is not None
    assert found[0] == DAY
    assert found[1] in name.replace("\\", "/")


@pytest.mark.parametrize(
    "name",
    [
        "page.txt",
        "0120.txt",
        "2019.txt",
        "2019-03.txt",
        "sn20190305.txt",
        "sn88064328.txt",
        "120190305.txt",
        "2019030512.txt",
        "20190230.txt",
        "2019-13-05.txt",
        "2019-03_05.txt",
        "03-05-2019.txt",
        "30190305.txt",
        "2019-03-05_2019-03-12.txt",
        "20190305-20190312.txt",
        "scan-2019-03-05/page.txt",
        "2019-03-05/pages/page.txt",
        "2019-03/05.txt",
        "box12/2019/page.txt",
        "",
    ],
)
def test_what_may_be_no_date_is_none(name: str) -> None:
    assert date_in_name(name) is None


def test_a_name_is_compared_and_never_a_source() -> None:
    right = read_issue(decode(PAGE.encode(), "a/2019-03-05.txt"))
    wrong = read_issue(decode(PAGE.encode(), "a/2019-03-06.txt"))
    (check,) = [check for check in wrong.issue.checks if check.check is Check.FILE_NAME]
    assert (check.agrees, check.printed, check.expected) == (False, "2019-03-06", "2019-03-05")
    assert [note.code for note in wrong.notes] == [NoteCode.FILE_NAME_CONFLICT]
    assert wrong.issue.date == right.issue.date == "2019-03-05"
    assert [check.agrees for check in right.issue.checks if check.check is Check.FILE_NAME] == [True]
    assert not right.in_conflict
    assert wrong.in_conflict
    assert Check.FILE_NAME not in {check.check for check in read_issue(decode(PAGE.encode())).issue.checks}


def test_a_page_without_a_date_gets_none_from_its_name() -> None:
    issue = read_issue(decode("溪桥日报\n第120号\n今日4版\n".encode(), "2019-03-05.txt"))
    assert issue.issue.date is None
    assert issue.issue.checks == ()
    assert compare_name(issue) is issue
