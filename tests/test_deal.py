"""Lines that OCR wove of several columns go back to their columns; pages in order and in doubt stay as they are."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newspaper_cli.columns import Order, restore_order
from newspaper_cli.columns.deal import ALONE, Dealt, deal
from newspaper_cli.columns.echoes import Echoes
from newspaper_cli.columns.lags import may_be_woven, measure_lags
from newspaper_cli.labels import NoteCode
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.pipeline import read_issue
from newspaper_cli.source import read_source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ZH = load_language("zh")
HEAD = "渔樵渡口的灯又亮了起来"
CAPTION = "渡工在新码头上系缆，准备送第一批赶集的村民过江，身后是正在收尾的候船廊。"
# An invented report, set in columns below.
REPORT = (
    "天刚蒙蒙亮，渔樵渡口的候船廊里已经坐满了赶集的人。停航两年的渡船重新开航，对岸七个村的村民不用再绕行三十公里去镇上卖菜。",
    "渡口始建于清朝末年，最热闹的时候一天要摆渡上千人。后来公路修通，坐船的人越来越少，渡船也一年比一年旧，前年汛期过后就停在了岸边。",
    "去年春天，县交通运输局派人来村里开座谈会，听取村民对恢复渡运的意见。会上发言最多的是种菜的老人，他们不会开车，也不愿意给孩子添麻烦。",
    "意见报上去以后，县里决定把渡口改造列入当年的民生实事，安排资金四百多万元，用于更换渡船、加固码头和修建候船廊。工程由当地一家建筑公司承建，历时八个月完成。",
    "新渡船长二十二米，可以载客六十人，船上配备了救生衣、卫星定位和视频监控。船老大姓瞿，今年五十六岁，在江上跑了三十多年，他说新船比老船稳当得多，遇上大风也不怕。",
    "码头两侧新装了路灯和护栏，台阶改成了缓坡，推着车子的老人可以直接走到船边。候船廊里有热水和充电的地方，墙上挂着渡口的老照片，都是村民自己送来的。",
    "家住东岸的麻奶奶今年七十八岁，开航第一天就带着两筐青菜上了船。她告诉记者，以前儿子开车送她去镇上，来回要花半天时间，现在过江只要十分钟，卖完菜还能赶回家做午饭。",
    "镇上的农贸市场也因此热闹起来。市场管理员介绍，渡船开航以后，每天来摆摊的农户增加了四十多户，蔬菜的品种多了，价格也比过去便宜。",
    "为了保证安全，县海事部门在渡口设立了值班室，遇到大雾和洪水立即停航，并通过广播和手机通知沿岸的村庄。工作人员还定期到学校讲解乘船的知识，教孩子们怎样穿好救生衣。",
    "渡口的变化也带动了旅游。周末常有城里人开车过来，坐船看江景，到村里吃鱼。几位返乡的青年合伙开了一家客栈，把老房子的木楼板修好，又在院子里种上了花。",
    "村党支部书记说，下一步准备把渡口和上游的古樟林连成一条步道，让客人多住一天。村里已经请设计院做了规划，计划明年开春动工，建成以后还要办一次开渔节。",
    "傍晚，最后一班渡船靠岸，瞿师傅关掉马达，把缆绳系紧。江面上的灯一盏一盏亮起来，对岸传来孩子们的笑声。他说，只要还有人要过江，这条船就会一直开下去。",
)


def set_lines(width: int) -> list[str]:
    """Set the report in a column; the indent of a paragraph is not seen, and no line begins with a mark."""
    lines: list[str] = []
    for paragraph in REPORT:
        rest, size = paragraph, width - 2
        while rest:
            while size < len(rest) and rest[size] in "。，、":
                size -= 1
            lines.append(rest[:size])
            rest, size = rest[size:], width
    return lines


@cache
def columns_of(count: int, width: int = 15) -> tuple[tuple[str, ...], ...]:
    lines = set_lines(width)
    height = -(-len(lines) // count)
    return tuple(tuple(lines[start : start + height]) for start in range(0, len(lines), height))


def woven(columns: Sequence[Sequence[str]]) -> list[str]:
    """Read columns row by row, as OCR does that goes from the top of the page to its foot."""
    rows = range(max(map(len, columns)))
    return [column[row] for row in rows for column in columns if row < len(column)]


def restored(lines: Sequence[str]) -> Order:
    return restore_order(read_lines("\n".join(lines)), ZH)


def kept(lines: Sequence[str], columns: Sequence[Sequence[str]]) -> float:
    """Share of the neighbours in the columns that are neighbours here."""
    wanted = {pair for column in columns for pair in pairwise(column)}
    return len(wanted & set(pairwise(lines))) / len(wanted)


@pytest.mark.parametrize(("count", "width"), [(2, 15), (3, 15), (4, 15), (2, 20), (3, 12), (4, 12), (5, 12)])
def test_woven_lines_go_back_to_their_columns(count: int, width: int) -> None:
    columns = columns_of(count, width)
    page = [HEAD, *woven(columns)]
    order = restored(page)
    texts = [line.text for line in order.lines]
    assert kept(page, columns) < 0.05
    assert kept(texts, columns) >= 0.9
    assert texts[0] == HEAD
    assert sorted(texts) == sorted(page)
    assert [note.code for note in order.notes] == [NoteCode.REORDERED]
    assert f"{count} woven columns" in order.notes[0].text
    assert "margin" in order.notes[0].text


def test_columns_are_numbered_and_begin_behind_a_gap() -> None:
    lines = restored([HEAD, *woven(columns_of(3))]).lines
    firsts = [lines[0], *(b for a, b in pairwise(lines) if a.column != b.column)]
    assert len(firsts) == 4
    assert all(line.gap for line in firsts)


def test_a_caption_across_columns_stands_before_those_below_it() -> None:
    lines = set_lines(12)
    columns = lines[:30], lines[30:60], lines[60:70], lines[70:]
    upper = woven([column[:20] for column in columns[:2]])
    lower = woven([*(column[20:] for column in columns[:2]), *columns[2:]])
    texts = [line.text for line in restored([HEAD, *upper, CAPTION, *lower]).lines]
    assert kept(texts, columns) >= 0.9
    assert texts.index(columns[1][-1]) < texts.index(CAPTION) < texts.index(columns[2][0])


def test_rows_that_jitter_are_dealt_all_the_same() -> None:
    columns = columns_of(3)
    page = woven(columns)
    for place in range(20, len(page), 20):
        page[place], page[place + 1] = page[place + 1], page[place]
    assert kept([line.text for line in restored(page).lines], columns) >= 0.8


@pytest.mark.parametrize("width", [10, 15, 24, 33])
def test_a_page_in_order_stays_as_it_is(width: int) -> None:
    lines = read_lines("\n".join([HEAD, *set_lines(width)]))
    assert restore_order(lines, ZH) == Order(lines)


def test_lines_in_no_order_stay_and_are_reported() -> None:
    page = set_lines(15)
    random.Random(7).shuffle(page)  # noqa: S311  # a shuffle, not a secret
    order = restored(page)
    assert [line.text for line in order.lines] == page
    assert not order.reordered
    assert [note.code for note in order.notes] == [NoteCode.ORDER_UNSURE]


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_the_cells_of_a_table_stay_in_their_rows(cells: int) -> None:
    goods = ("大白菜", "土豆", "黄瓜", "鸡蛋", "草鱼", "豆腐", "大米")
    rows = [
        (
            f"柳渡市场{goods[row % 7]}零售均价",
            f"每公斤{row + 3}元{row % 10}角整",
            "比上周上涨百分之二",
            "产地本县东岸乡",
        )
        for row in range(20)
    ]
    lines = read_lines("\n".join(cell for row in rows for cell in row[:cells]))
    assert may_be_woven(lines)
    assert restore_order(lines, ZH) == Order(lines)


def test_a_page_woven_in_its_lower_part_is_dealt_there() -> None:
    lines = set_lines(12)
    columns = lines[:20], lines[20:50], lines[50:]
    order = restored([*columns[0], *woven(columns[1:])])
    texts = [line.text for line in order.lines]
    assert order.reordered
    assert texts[:18] == lines[:18]
    assert kept(texts, columns) >= 0.9


def test_few_lines_blank_lines_and_blocks_are_not_asked() -> None:
    page = woven(columns_of(2))
    assert may_be_woven(read_lines("\n".join(page)))
    assert not may_be_woven(read_lines("\n".join(page[:30])))
    assert not may_be_woven(read_lines("\n\n".join(page)))
    assert not may_be_woven(read_lines("\n".join(REPORT * 4)))
    assert not may_be_woven(read_lines("\n".join(page * 60)))
    assert not may_be_woven(())


def test_the_best_lag_is_the_number_of_columns() -> None:
    for count in (2, 3, 4, 5):
        lags = measure_lags(woven(columns_of(count, 12)))
        assert lags
        assert lags.woven
        assert lags.columns == count
        assert lags.margin == pytest.approx(max(lags.means) - lags.means[0])
        assert len(lags.path) == len(woven(columns_of(count, 12)))
    assert measure_lags(set_lines(15)) is None


def test_what_stands_alone_comes_before_the_column_that_begins_below() -> None:
    dealt = Dealt((ALONE, 0, 1, 0, ALONE, 1, 2, ALONE), 3)
    assert dealt.parts() == [(0,), (1, 3), (2, 5), (4,), (6,), (7,)]


LINES = st.one_of(
    st.sampled_from(set_lines(15)),
    st.text(st.characters(exclude_characters="\n\r\f"), max_size=18).filter(str.strip),
    st.just("，。"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=60), st.integers(2, 6))
def test_dealing_only_permutes_lines(texts: list[str], count: int) -> None:
    stripped = [text.strip() for text in texts]
    dealt = deal(stripped, [count] * len(texts), count, Echoes(read_lines("\n".join(stripped))))
    assert sorted(index for part in dealt.parts() for index in part) == list(range(len(texts)))


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(4)), st.lists(LINES, max_size=12), st.randoms(use_true_random=False))
def test_no_line_is_lost_on_any_page(places: list[int], strange: list[str], chance: random.Random) -> None:
    page = woven([columns_of(4)[place] for place in places])
    for text in strange:
        page.insert(chance.randrange(len(page)), text)
    text = "\n".join(page)
    lines = read_lines(text)
    order = restore_order(lines, ZH)
    assert sorted((line.start, line.end) for line in order.lines) == [(line.start, line.end) for line in lines]
    assert all(text[line.start : line.end] == line.text for line in order.lines)
    assert order.reordered or order.lines == lines


def test_names_set_apart_below_a_head_are_one_byline(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("\n".join([HEAD, "本报记者瞿远山", "麻", "青", "冉开顺", *woven(columns_of(2))]), "utf-8")
    issue = read_issue(read_source(path))
    assert [article.headline for article in issue.articles] == [HEAD]
    assert [byline.name for byline in issue.articles[0].bylines] == ["瞿远山", "麻青", "冉开顺"]


def test_a_heading_that_is_one_quotation_parts_an_article(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    parts = [HEAD, "本报记者瞿远山", *REPORT[:3], "“坐船的人又多了”", *REPORT[3:6], "“灯会一直亮着”", *REPORT[6:]]
    path.write_text("\n\n".join(parts), "utf-8")
    article = read_issue(read_source(path)).articles
    assert [one.headline for one in article] == [HEAD]
    assert [one.text for one in article[0].paragraphs if one.kind == "subhead"] == [
        "“坐船的人又多了”",
        "“灯会一直亮着”",
    ]


def test_real_lines_in_order_without_blank_lines_stay_as_they_are(corpus: Path) -> None:
    pages = sorted((corpus / "jingbao_run").glob("*.txt"))
    assert pages
    for page in pages:
        lines = read_lines(page.read_text("utf-8"))
        assert restore_order(lines, ZH) == Order(lines), page.name


@pytest.mark.parametrize(("shape", "codes"), [("paddleocr", {"reordered"}), ("rapidocr", {"order-unsure"})])
def test_real_ocr_is_dealt_out_or_reported(corpus: Path, shape: str, codes: set[str]) -> None:
    pages = [
        *sorted((corpus / "zh_raw").glob(f"*20[12]*{shape}*.txt")),
        *sorted((corpus / "zh_raw").glob(f"*196*{shape}*")),
    ]
    assert len(pages) >= 3
    for page in pages:
        assert {note.code.value for note in restored(page.read_text("utf-8").split("\n")).notes} == codes, page.name
