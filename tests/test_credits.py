"""Who wrote a report and where it came from, in the forms in which papers print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newspaper_cli import decode, read_issue

if TYPE_CHECKING:
    from newspaper_cli.document import Article

HEADLINE = "溪桥水库新闸建成"
STORY = "溪桥镇水库新闸建成开闸,全镇三万多亩农田可以按时灌溉。\n镇里的群众都说,今年的收成有了保证。\n"
OTHER = "\n镇中学图书室迁入新楼\n本报讯 镇中学图书室昨日迁入新楼,藏书两万册,每日开放到晚上九时。\n"


def read(line: str, *, runs_on: bool) -> tuple[list[tuple[str, str | None]], tuple[str | None, str | None] | None]:
    """Give the names and roles of an article's bylines, and agency and place of its dateline."""
    page = f"{HEADLINE}\n{line}{'' if runs_on else chr(10)}{STORY}{OTHER}"
    issue = read_issue(decode(page.encode()))
    article = issue.articles[0]
    assert (article.headline, len(issue.articles)) == (HEADLINE, 2)
    dateline = article.dateline
    house = None if dateline is None else (dateline.agency, dateline.place)
    return [(byline.name, byline.role) for byline in article.bylines], house


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("本报记者 沈晚舟 柏舟行", [("沈晚舟", "本报记者"), ("柏舟行", "本报记者")]),
        ("文/本报记者 沈晚舟", [("沈晚舟", "本报记者")]),
        ("图/柏舟行", [("柏舟行", "图")]),
        ("本刊记者/沈晚舟", [("沈晚舟", "本刊记者")]),
        ("记者 沈晚舟/文 柏舟行/摄", [("沈晚舟", "记者"), ("柏舟行", "摄")]),
        ("沈晚舟 柏舟行 报道", [("沈晚舟", None), ("柏舟行", None)]),
        ("○沈晚舟", [("沈晚舟", None)]),
        ("□ 沈 舟", [("沈舟", None)]),
    ],
)
def test_a_line_below_the_head_says_who_wrote_it(line: str, names: list[tuple[str, str | None]]) -> None:
    assert read(line, runs_on=False)[0] == names


@pytest.mark.parametrize(
    ("opening", "names", "dateline"),
    [
        ("本报讯 记者沈晚舟报道:昨日,", [("沈晚舟", "记者")], ("本报", None)),
        ("【本报讯】记者沈晚舟、柏舟行报道,", [("沈晚舟", "记者"), ("柏舟行", "记者")], ("本报", None)),
        ("南方日报讯 (记者/沈晚舟 通讯员/柏舟行)", [("沈晚舟", "记者"), ("柏舟行", "通讯员")], ("南方日报", None)),
        ("〔本报记者 沈晚舟 山南报道〕昨日,", [("沈晚舟", "本报记者")], ("本报", None)),
        ("〔記者沈晚舟╱台北報導〕昨日,", [("沈晚舟", "記者")], (None, "台北")),
        # Where the name ends, and the place begins, nothing tells.
        ("【記者沈晚舟台北報導】昨日,", [], None),
        ("【记者沈晚舟现场报道】昨日,", [], None),
        ("本报讯 记者近日对此作了报道,", [], ("本报", None)),
        ("【本报专电】昨日,", [], ("本报", None)),
        ("〔本報南京專電〕昨日,", [], ("本報", "南京")),
        ("【本市消息】昨日,", [], ("本市", None)),
        ("●本報訊 昨日,", [], ("本報", None)),
        ("综合新华社电 昨日,", [], ("新华社", None)),
        ("央视新闻消息 昨日,", [], ("央视新闻", None)),
        ("昨日,记者沈晚舟报道过此事,", [], None),
        ("本报今日起改版,", [], None),
    ],
)
def test_a_report_opens_with_its_house_its_place_and_who_reports(
    opening: str, names: list[tuple[str, str | None]], dateline: tuple[str | None, str | None] | None
) -> None:
    assert read(opening, runs_on=True) == (names, dateline)


PROSE = """The old mill on the river road was
burned to the ground last night, and
two men were badly hurt by the falling
of the roof. The loss is put at twenty
thousand dollars, with no insurance.
"""


def read_english(opening: str, day: str = "") -> Article:
    page = f"{day}OLD MILL BURNS AT HARLAN\n{opening}{PROSE}\nCOUNCIL MEETS ON ROADS\n{PROSE}"
    article = read_issue(decode(page.encode()), "en").articles[0]
    assert article.headline == "OLD MILL BURNS AT HARLAN"
    return article


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("From Our Parliamentary Correspondent", ["Our Parliamentary Correspondent"]),
        ("By a Staff Reporter", ["a Staff Reporter"]),
        ("Special to The Pellhaven Morning Register.", ["Pellhaven Morning Register"]),
        ("(Special Correspondence.)", ["Special Correspondence"]),
        ("BY ROY QUILL, M.P.", ["ROY QUILL, M.P."]),
        ('By "OBSERVER"', ["OBSERVER"]),
        ("Written for the Register by Ada Harrow", ["Ada Harrow"]),
    ],
)
def test_an_english_credit_below_the_head_is_a_byline(line: str, names: list[str]) -> None:
    assert [byline.name for byline in read_english(f"{line}\n").bylines] == names


@pytest.mark.parametrize(
    ("opening", "place", "date"),
    [
        ("Pellhaven, 3rd March.—", "Pellhaven", "1916-03-03"),
        ("PELLHAVEN, Monday.—", "PELLHAVEN", None),
        ("PELLHAVEN, via London, March 3.—", "PELLHAVEN", "1916-03-03"),
        ("PELLHAVEN, April 3 (Delayed)—", "PELLHAVEN", "1915-04-03"),
        ("WITH THE ARMY IN THE FIELD, Feb. 12.—", "WITH THE ARMY IN THE FIELD", "1916-02-12"),
        ("(Reuter's Telegram.) PELLHAVEN, March 3.—", "PELLHAVEN", "1916-03-03"),
        ("Pellhaven, O.—", "Pellhaven, O.", None),
    ],
)
def test_an_english_dateline_is_read_in_the_manner_of_its_paper(opening: str, place: str, date: str | None) -> None:
    found = read_english(opening, "THE HARLAN HERALD\nHARLAN, IOWA, SATURDAY, MARCH 4, 1916.\n").dateline
    assert found is not None
    assert (found.place, found.date) == (place, date)
