"""Mixed columns come back in reading order, pages in order come back as they are, and no ink is lost on the way."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newspaper_cli.characters import printed_width
from newspaper_cli.columns import Order, restore_order
from newspaper_cli.columns.assignment import assign
from newspaper_cli.columns.cells import column_width, cut
from newspaper_cli.columns.echoes import closes_first, open_bracket
from newspaper_cli.labels import NoteCode
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from newspaper_cli.document import Line

ZH, EN = load_language("zh"), load_language("en")

# Two invented reports, set in columns of fourteen characters below.
BRIDGE_HEAD = "栗岔河大桥合龙两岸乡亲不再绕行"
BRIDGE = (
    "本报讯（记者鲁青岑）昨日上午十时，随着最后一段箱梁稳稳落位，栗岔河大桥顺利合龙。",
    "大桥全长六百二十米，连接栗岔河两岸的九个行政村，建成以后，村民进城的路程缩短二十一公里。项目负责人蔺舟介绍，桥面铺装和护栏安装将在月底以前完成。",
    "家住东岸的冉开顺说，从前运一车板栗要绕一个多小时山路，遇上雨天还会塌方，如今十分钟就能到对岸的集散点。",
)
LIBRARY_HEAD = "市图书馆夜读空间延长开放时间"
LIBRARY = (
    "本报讯（通讯员沐云舒）市图书馆夜读空间九月起延长开放，周一至周日每晚开放到二十二时。",
    "夜读空间有座位二百六十个，设在一楼东侧，走夜间专用通道进出。馆方在门口备了热水和充电线，忘带读者证的市民可以刷身份证入座。",
    "开放首周，夜读空间接待读者三千多人次，其中大半是下班以后赶来的年轻人。",
)
PLACE_NAMES = "市志里说，栗岔河发源于老鹰山，夜读空间的窗外就能看见它。"


class Set(NamedTuple):
    """A paragraph's line as it is set: its text, and whether it is indented."""

    text: str
    indented: bool


def set_lines(paragraphs: Sequence[str], width: int = 14) -> list[Set]:
    """Set paragraphs in a column, two characters indented; no line begins with a mark."""
    lines: list[Set] = []
    for paragraph in paragraphs:
        rest, indented = paragraph, True
        while rest:
            size = width - 2 * indented
            while size < len(rest) and rest[size] in "。，、）”：":
                size -= 1
            lines.append(Set(rest[:size], indented))
            rest, indented = rest[size:], False
    return lines


def in_columns(lines: Sequence[Set], count: int) -> list[Sequence[Set]]:
    height = -(-len(lines) // count)
    return [lines[i : i + height] for i in range(0, len(lines), height)]


def side_by_side(columns: Sequence[Sequence[Set]], pitch: int) -> list[str]:
    """Print columns beside each other, each `pitch` characters right of the one before."""
    rows = []
    for index in range(max(map(len, columns))):
        row = ""
        for place, column in enumerate(columns):
            if index < len(column):
                row = row.ljust(place * pitch + 2 * column[index].indented) + column[index].text
        rows.append(row)
    return rows


def woven(columns: Sequence[Sequence[Set]]) -> list[str]:
    """Print columns row by row; a line ends where a gap is wide: before an indent and behind a short line."""
    lines: list[str] = []
    for index in range(max(map(len, columns))):
        open_row = False
        for column in columns:
            if index >= len(column):
                open_row = False
                continue
            text, indented = column[index]
            if open_row and not indented:
                lines[-1] += " " + text
            else:
                lines.append(text)
            open_row = printed_width(text) + 4 * indented >= 24
    return lines


def texts(columns: Sequence[Sequence[Set]]) -> list[str]:
    return [line.text for column in columns for line in column]


def restored(text: str) -> Order:
    return restore_order(read_lines(text), ZH)


def ink(text: str, lines: Sequence[Line]) -> list[int]:
    return sorted(i for line in lines for i in range(line.start, line.end) if not text[i].isspace())


def chunk(lines: Sequence[Set]) -> str:
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_columns_side_by_side_are_read_one_after_the_other(count: int) -> None:
    bridge, library = (in_columns(set_lines(text), count) for text in (BRIDGE, LIBRARY))
    page = [BRIDGE_HEAD, *side_by_side(bridge, 19), "", LIBRARY_HEAD, *side_by_side(library, 19)]
    order = restored("\n".join(page))
    assert [line.text for line in order.lines] == [BRIDGE_HEAD, *texts(bridge), LIBRARY_HEAD, *texts(library)]
    assert [line.text for line in order.lines if line.head] == [BRIDGE_HEAD, LIBRARY_HEAD]
    assert order.reordered
    assert [note.code for note in order.notes] == [NoteCode.REORDERED]


def test_an_indent_inside_a_cell_survives() -> None:
    columns = in_columns(set_lines(BRIDGE), 3)
    order = restored("\n".join(side_by_side(columns, 19)))
    wanted = [line.indented for column in columns for line in column]
    assert [line.indent > 0 for line in order.lines] == wanted


def test_each_column_has_a_number_of_its_own_and_begins_behind_a_gap() -> None:
    columns = in_columns(set_lines(BRIDGE), 3)
    lines = restored("\n".join(side_by_side(columns, 19))).lines
    firsts = [lines[0], *(b for a, b in pairwise(lines) if a.column != b.column)]
    assert [line.text for line in firsts] == [column[0].text for column in columns]
    assert all(line.gap for line in firsts)


def test_a_last_column_of_one_line_is_a_column() -> None:
    lines = set_lines(LIBRARY)[:9]
    columns = [lines[:4], lines[4:8], lines[8:]]
    order = restored("\n".join(side_by_side(columns, 19)))
    assert [line.text for line in order.lines] == texts(columns)


def test_columns_one_space_apart_are_cut_by_their_width() -> None:
    columns = in_columns(set_lines(BRIDGE), 2)
    narrow = side_by_side(columns, 15)
    wide = side_by_side(in_columns(set_lines(LIBRARY), 2), 19)
    order = restored("\n".join([BRIDGE_HEAD, *narrow, "", LIBRARY_HEAD, *wide]))
    assert [line.text for line in order.lines][1 : len(texts(columns)) + 1] == texts(columns)


def test_a_head_without_a_blank_line_above_parts_two_bands() -> None:
    bridge, library = (in_columns(set_lines(text), 3) for text in (BRIDGE, LIBRARY))
    page = [BRIDGE_HEAD, *side_by_side(bridge, 19), LIBRARY_HEAD, *side_by_side(library, 19)]
    order = restored("\n".join(page))
    assert [line.text for line in order.lines] == [BRIDGE_HEAD, *texts(bridge), LIBRARY_HEAD, *texts(library)]


def test_a_masthead_beside_itself_is_read_by_its_rows() -> None:
    masthead = [
        "泽岭时报                        2023.9.15 星期五",
        "                            今日12版      主管主办",
    ]
    order = restored("\n".join([*masthead, "", BRIDGE_HEAD, *side_by_side(in_columns(set_lines(BRIDGE), 3), 19)]))
    assert [line.text for line in order.lines][:4] == ["泽岭时报", "2023.9.15 星期五", "今日12版", "主管主办"]


def test_latin_columns_are_cut_at_gutters_alone() -> None:
    rows = [
        "  The county voted on Monday   forty thousand pounds, of",
        "to repair the old bridge at    which the mills will pay a",
        "Havenport, closed since the    third. The ferry will run",
        "floods of March. It will cost  until the work is done.",
    ]
    order = restore_order(read_lines("\n".join(rows)), EN)
    assert [line.text for line in order.lines] == [row[:31].strip() for row in rows] + [row[31:] for row in rows]


@pytest.mark.parametrize("count", [2, 3])
def test_woven_columns_are_taken_apart(count: int) -> None:
    columns = in_columns(set_lines(BRIDGE), count)
    page = "\n".join([BRIDGE_HEAD, "", *woven(columns), "", LIBRARY_HEAD, "", chunk(set_lines(LIBRARY))])
    order = restored(page)
    body = [line.text for line in order.lines]
    assert body[1 : len(texts(columns)) + 1] == texts(columns)
    assert order.reordered


def even_page() -> tuple[list[Sequence[Set]], list[Sequence[Set]]]:
    """Set both reports in three columns each, with lines enough to show their width."""
    return in_columns(set_lines((*BRIDGE, PLACE_NAMES)), 3), in_columns(set_lines((*LIBRARY, PLACE_NAMES)), 3)


def test_a_column_behind_another_article_goes_back() -> None:
    bridge, library = even_page()
    parts = [BRIDGE_HEAD, *map(chunk, bridge[:-1]), LIBRARY_HEAD, *map(chunk, library), chunk(bridge[-1])]
    order = restored("\n\n".join(parts))
    assert [line.text for line in order.lines] == [BRIDGE_HEAD, *texts(bridge), LIBRARY_HEAD, *texts(library)]
    assert order.reordered


def test_heads_behind_the_text_go_to_the_articles_they_speak_of() -> None:
    bridge, library = even_page()
    parts = [*map(chunk, bridge), *map(chunk, library), f"{BRIDGE_HEAD}\n{LIBRARY_HEAD}"]
    order = restored("\n\n".join(parts))
    assert [line.text for line in order.lines] == [BRIDGE_HEAD, *texts(bridge), LIBRARY_HEAD, *texts(library)]
    assert [line.text for line in order.lines if line.head] == [BRIDGE_HEAD, LIBRARY_HEAD]


def test_a_page_in_order_comes_back_as_it_is() -> None:
    bridge, library = even_page()
    lines = read_lines("\n\n".join([BRIDGE_HEAD, *map(chunk, bridge), LIBRARY_HEAD, *map(chunk, library)]))
    assert restore_order(lines, ZH) == Order(lines)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "泽岭时报",
        "本报记者 鲁青岑 沐云舒\n\n市委会议部署防汛 确保群众安全过汛",
        "责编：聂一舟 版式：计小鱼",
        "一等奖    鲁青岑    泽岭一中\n二等奖    沐云舒    泽岭二中",
        "\n".join(BRIDGE),
    ],
)
def test_what_is_not_mixed_is_left_alone(text: str) -> None:
    lines = read_lines(text)
    assert restore_order(lines, ZH) == Order(lines)


def test_pages_are_restored_each_for_itself() -> None:
    columns = in_columns(set_lines(BRIDGE), 3)
    page = "\n".join(side_by_side(columns, 19))
    order = restored(f"{page}\f{page}")
    assert [line.text for line in order.lines] == texts(columns) * 2
    assert [line.page for line in order.lines] == sorted(line.page for line in order.lines)
    assert len({line.column for line in order.lines}) == 6


WORDS = st.sampled_from(
    ["栗岔河大桥顺利合龙，", "本报讯 ", "。", " ", "  ", "    ", "\n", "\n\n", "\f", "\u3000", "（记者", "12", "a"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=120))
def test_every_character_of_ink_lies_in_one_line(words: list[str]) -> None:
    text = "".join(words)
    lines = read_lines(text)
    order = restore_order(lines, ZH)
    assert ink(text, order.lines) == ink(text, lines)
    assert all(text[line.start : line.end] == line.text for line in order.lines)
    assert order.reordered or order.lines == lines


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)), st.integers(2, 4))
def test_parts_in_any_order_keep_all_their_lines(places: list[int], count: int) -> None:
    bridge, library = (in_columns(set_lines((*text, PLACE_NAMES)), count) for text in (BRIDGE, LIBRARY))
    parts = [BRIDGE_HEAD, *map(chunk, bridge), LIBRARY_HEAD, *map(chunk, library)]
    mixed = "\n\n".join(parts[i] for i in places if i < len(parts))
    order = restored(mixed)
    assert sorted(line.text for line in order.lines) == sorted(line.text for line in read_lines(mixed))


def test_the_width_of_a_column_is_that_of_most_pieces() -> None:
    assert column_width([line.text for line in set_lines(BRIDGE)]) == 28
    assert column_width(woven(in_columns(set_lines(BRIDGE), 2))) == 28
    assert column_width(["泽岭时报", "今日12版"]) is None


def test_characters_set_apart_are_one_piece() -> None:
    text = "人 们 在 桥 头 等 候 通 车 村民进城的路程缩短二十一公里"
    assert [text[a:b] for a, b in cut(text, 28)] == ["人 们 在 桥 头 等 候 通 车", "村民进城的路程缩短二十一公里"]


def test_brackets_wait_for_their_other_half() -> None:
    assert open_bracket("他在《泽岭时") == "》"
    assert closes_first("报》上读到") == "》"
    assert not open_bracket("（完）")
    assert not closes_first("《泽岭时报》")


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_the_assignment_is_the_best_there_is(gains: list[list[int]]) -> None:
    size = len(gains)
    found = assign(gains)
    assert sorted(found) == sorted(found.values()) == list(range(size))
    best = max(sum(gains[i][j] for i, j in enumerate(order)) for order in permutations(range(size)))
    assert sum(gains[i][j] for i, j in found.items()) == best


def successors_kept(lines: Sequence[Line], truth: Sequence[str]) -> float:
    """Share of neighbouring lines of a page in order that are neighbours here too."""
    wanted = {(a[-6:], b[:6]) for a, b in pairwise(truth)}
    found = ["".join(line.text.split()) for line in lines]
    return sum((a[-6:], b[:6]) in wanted for a, b in pairwise(found)) / len(wanted)


@pytest.mark.parametrize(("shape", "least"), [("layout", 0.93), ("pdftotext", 0.92)])
def test_real_pages_come_into_order(corpus: Path, shape: str, least: float) -> None:
    shares = []
    for page in sorted((corpus / "press").glob(f"*.{shape}.txt")):
        ordered = page.with_name(page.name.replace(shape, "lines")).read_text("utf-8")
        truth = ["".join(line.text.split()) for line in read_lines(ordered)]
        shares.append(successors_kept(restored(page.read_text("utf-8")).lines, truth))
    assert sum(shares) / len(shares) >= least


@pytest.mark.parametrize("pattern", ["press/*.blocks.txt", "press/*.lines.txt", "seed/*.txt", "jingbao/*.txt"])
def test_real_pages_in_order_stay_as_they_are(corpus: Path, pattern: str) -> None:
    pages = sorted(corpus.glob(pattern))
    assert pages
    for page in pages:
        lines = read_lines(page.read_text("utf-8"))
        assert restore_order(lines, ZH) == Order(lines), page.name
