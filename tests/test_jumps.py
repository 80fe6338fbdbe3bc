"""Texts that go on elsewhere: jump lines in the forms that papers print, on lines of their own and run in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from newspaper_cli import analyse, apply, decode, invert
from newspaper_cli.evaluation import check_promises

if TYPE_CHECKING:
    from newspaper_cli.document import Article, Issue

HEADLINE = "水库新闸建成"
FIRST = """本报讯 昨日,溪桥镇水库开闸,全镇三万亩农
田可以按时灌溉,群众都说收成有了保证,今
年还要再修一条水渠,把水引到山脚下的几个
村子里去,这样一来,全镇的旱地就都可以变
成水田了。镇长说,水库的建设历"""
REST = """时两年,投资三百万元,全镇
上下都出了力,群众十分满意,都说这是一件大
好事,今后还要再修几座。
"""
OTHER = """
学校迁入新址
本报讯 镇中学昨日迁入新址,藏书两万册,每
日开放到晚上九时,学生都很高兴。
"""
WHOLE = "镇长说,水库的建设历时两年,投资三百万元,全镇上下都出了力"


def read(page: str) -> Issue:
    """Read a page, hold the promises and the way back, and give its issue."""
    analysis = analyse(decode(page.encode()))
    promises = check_promises(page, msgspec.to_builtins(analysis.issue))
    assert not any(promises[name] for name in ("lost", "twice", "texts_wrong"))
    assert invert(analysis.plan, apply(analysis.plan, page)) == page
    return analysis.issue


def jumps(article: Article) -> list[tuple[str, str | None]]:
    return [(jump.direction, jump.page) for jump in article.jumps]


@pytest.mark.parametrize(
    ("to", "back", "label"),
    [
        ("\n（下转第二版）", "（上接第一版）\n", ""),
        ("（下转第2版）", "（紧接第一版）", ""),
        ("(下转第2版)", "(上接第1版)", ""),
        ("（未完，下转第2版）", "（续第一版）", ""),
        ("（下转第二版）▼", "▲（上接第一版）", ""),
        ("▶下转A02版", "◀上接A01版", "A02 要闻\n"),
        ("（下转2版）", "（上接A1版）\n", "A02\n"),
        ("（下转第２版）", "（上接第１版）", ""),
    ],
)
def test_a_text_is_whole_though_its_jump_is_run_in(to: str, back: str, label: str) -> None:
    issue = read(f"{HEADLINE}\n{FIRST}{to}\n{OTHER}\f{label}{back}{REST}")
    first, other = issue.articles
    assert (first.headline, other.headline) == (HEADLINE, "学校迁入新址")
    assert [direction for direction, _ in jumps(first)] == ["to", "from"]
    assert WHOLE in first.paragraphs[-1].text
    assert not jumps(other)
    assert not [note for note in issue.notes if note.code == "jump-unmatched"]


@pytest.mark.parametrize(
    "words", ["（见图）", "（一）", "（张三摄）", "见第4版", "（下转）", "（见第4版）", "（上接第12条）"]
)
def test_other_words_in_brackets_stay_in_the_text(words: str) -> None:
    issue = read(f"{HEADLINE}\n{FIRST}时两年。{words}\n{OTHER}")
    assert not any(map(jumps, issue.articles))
    assert words in "".join(paragraph.text for paragraph in issue.articles[0].paragraphs)


def test_a_jump_may_stand_at_either_end_of_a_line() -> None:
    page = (
        f"{HEADLINE}\n{FIRST}（下转第2版）\n{OTHER}\f（上接第1版）{REST[:-1]}再修（下转第3版）\n\f（上接第2版）几座。\n"
    )
    assert [direction for direction, _ in jumps(read(page).articles[0])] == ["to", "from", "to", "from"]


def test_a_pointer_takes_no_other_articles_rest() -> None:
    brief = "镇里办画展\n本报讯 镇里明日办画展,群众可以到礼堂去看,一共展出三百幅。（详见2版）\n\n"
    issue = read(f"{brief}{HEADLINE}\n{FIRST}（下转第2版）\n\f（上接第1版）{REST}")
    assert [jumps(article) for article in issue.articles] == [[], [("to", "2"), ("from", "1")]]


def test_a_section_has_pages_of_its_own() -> None:
    page = f"A01版\n{HEADLINE}\n{FIRST}（下转B02版）\n{OTHER}\fA02版\n{REST}\fB02版\n（上接A01版）{REST}"
    issue = read(page)
    assert jumps(issue.articles[0]) == [("to", "B02"), ("from", "A01")]


STORY = """The old mill on the river road was
burned to the ground last night, and
two men were badly hurt by the falling
of the roof, which took place when the
"""
END = """wind turned at midnight. The loss is
put at twenty thousand dollars, with
no insurance upon any of the goods.
"""


@pytest.mark.parametrize(
    ("to", "back"),
    [
        ("(Continued on Page 2)", "(Continued from Page 1)"),
        ("Please see MILL, A2", "MILL/from A1"),
        ("(Cont'd on page 2, col. 3)", "(Cont'd from page 1)"),
        ("See MILL, Page 2", "From Page 1"),
        ("(Turn to Page 2, Please)", "MILL—Continued from Page 1"),
    ],
)
def test_english_jumps_lead_to_each_other(to: str, back: str) -> None:
    page = f"OLD MILL BURNS\n{STORY}{to}\nNEW ROADS\n{STORY}{END}\f{back}\n{END}"
    issue = analyse(decode(page.encode()), "en").issue
    assert [direction for direction, _ in jumps(issue.articles[0])] == ["to", "from"]
    assert "when the wind turned at midnight" in " ".join(part.text for part in issue.articles[0].paragraphs)
