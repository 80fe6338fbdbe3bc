"""The page that shows where gold and result part: what it says, and that no text of a page can break it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_pages import LONG, SHORT, Json, han, page

from newspaper_cli.evaluation import (
    Result,
    Summary,
    evaluate_issue,
    evaluate_seams,
    pair_predictions,
    summarise_issues,
    summarise_seams,
)
from newspaper_cli.evaluation.differences import compare_articles, compare_fields, compare_seams
from newspaper_cli.export.comparison import render_comparison
from newspaper_cli.export.comparison.markup import text

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "</style></p><script>alert('x')</script><img src=x onerror=y>&amp;\"'\x00\x1b[31m\u202e\udcff\uffff]]>"


def verdicts(gold: Json, predicted: Json) -> list[str]:
    return [group.verdict for group in compare_articles(gold, predicted)]


class TestDifferences:
    THIRD = han(300, 30)

    @pytest.mark.parametrize(
        ("gold", "found", "expected"),
        [
            (page(LONG, SHORT), page(LONG, SHORT), ["same", "same"]),
            (page(LONG, SHORT), page(SHORT, LONG), ["same", "same"]),
            (page(LONG, SHORT), page([LONG, SHORT]), ["merged"]),
            (page([LONG, THIRD]), page(LONG, THIRD), ["split"]),
            (page(LONG, THIRD), page(LONG), ["same", "missed"]),
            (page(LONG), page(THIRD, LONG), ["same", "extra"]),
            (page([LONG, THIRD], SHORT), page(LONG, [THIRD, SHORT]), ["mixed"]),
            (page(LONG), page(LONG[:9] + "错" + LONG[10:]), ["differs"]),
            (page(LONG), {}, ["missed"]),
            ({"issue": {}}, page(LONG), []),
        ],
    )
    def test_articles_that_share_text_stand_together(self, gold: Json, found: Json, expected: list[str]) -> None:
        assert verdicts(gold, found) == expected

    def test_characters_that_differ_are_marked_and_no_others(self) -> None:
        (group,) = compare_articles(page(LONG), page(LONG[:9] + "错 字" + LONG[10:]))
        (((gold,),), ((found,),)) = group.gold, group.found
        assert [(run.text, run.differs) for run in gold.runs] == [
            (LONG[:9], False),
            (LONG[9], True),
            (LONG[10:], False),
        ]
        assert [run.text for run in found.runs if run.differs] == ["错 字"]

    def test_typing_habits_and_white_space_are_no_difference(self) -> None:
        assert verdicts(page("“甲”，乙 丙" + LONG), page('"甲",乙\n丙' + LONG)) == ["same"]

    def test_letters_that_unlike_texts_share_by_accident_are_marked_too(self) -> None:
        gold, found = LONG + "丰于平生年", LONG + "上下平左右"
        (group,) = compare_articles(page(gold), page(found))
        (((piece,),), ((other,),)) = group.gold, group.found
        assert [run.differs for run in piece.runs] == [run.differs for run in other.runs] == [False, True]

    def test_a_break_that_moved_is_lone_on_both_sides(self) -> None:
        (group,) = compare_articles(page([LONG, SHORT]), page([LONG[:10], LONG[10:] + SHORT]))
        assert [piece.lone_end for (article,) in (group.gold, group.found) for piece in article] == [
            True,
            False,
            True,
            False,
        ]

    def test_a_head_with_another_label_says_so_on_both_sides(self) -> None:
        gold = {"articles": [{"headline": "新桥今日通车", "paragraphs": [LONG]}]}
        (group,) = compare_articles(gold, page(["新桥今日通车", LONG]))
        (((head, _),), ((paragraph, _),)) = group.gold, group.found
        assert (head.label, head.taken_for) == ("headline", "body")
        assert (paragraph.label, paragraph.taken_for) == ("body", "headline")
        assert group.title == "新桥今日通车"

    def test_gold_of_the_whole_print_asks_for_no_labels(self) -> None:
        gold = page(["新桥今日通车", LONG], scope="all")
        gold["articles"][0]["headline"] = "新桥今日通车"
        assert verdicts(gold, {"articles": [{"headline": "新桥今日通车", "paragraphs": [LONG]}]}) == ["same"]

    def test_fields_that_gold_does_not_mention_are_left_out(self) -> None:
        fields = compare_fields(
            {"issue": {"date": "1987-03-02", "price": None}}, {"issue": {"date": "1987", "place": "x"}}
        )
        assert [(field.name, field.gold, field.found, field.verdict) for field in fields] == [
            ("date", "1987-03-02", "1987", "wrong")
        ]

    def test_line_ends_are_told_line_by_line(self) -> None:
        gaps = compare_seams([["昨日，", "雨。"], ["晴。"]], "昨日，\n雨。晴。")
        assert [[(gap.found, gap.wanted, gap.wrong) for gap in lines] for lines in gaps] == [
            [(True, False, True), (False, True, True)],
            [(None, None, False)],
        ]

    @given(st.lists(st.lists(st.text("甲乙丙丁ab ,\n", max_size=12), max_size=3), max_size=4), st.data())
    def test_every_character_of_both_sides_is_shown_once(self, bodies: list[list[str]], data: st.DataObject) -> None:
        others = data.draw(st.lists(st.lists(st.text("甲乙丙丁ab ,\n", max_size=12), max_size=3), max_size=4))
        gold, found = page(*bodies), page(*others)
        groups = compare_articles(gold, found)
        for side, issue in (("gold", gold), ("found", found if bodies else page())):
            shown = [piece.text for group in groups for article in getattr(group, side) for piece in article]
            printed = [text for article in issue["articles"] for text in article["paragraphs"] if text.split()]
            assert sorted(shown) == sorted(printed)


def measured(folder: Path, pages: dict[str, tuple[Json, Json]]) -> Summary:
    """Write gold and results as files and measure them."""
    for side in ("gold", "found"):
        (folder / side).mkdir(exist_ok=True)
    for name, pair in pages.items():
        for side, value in zip(("gold", "found"), pair, strict=True):
            (folder / side / f"{name}.json").write_text(json.dumps(value), "utf-8")
    pairs = [pair for pair in pair_predictions(folder / "gold", folder / "found") if pair.name in pages]
    return summarise_issues(tuple(Result(pair, evaluate_issue(*pages[pair.name])) for pair in pairs))


def render(summary: Summary, most: int = 50) -> str:
    return b"".join(render_comparison(summary, ("gold <x>", "found"), most)).decode()


def parse(html: str) -> ET.Element:
    """Parse a page as XML, which is stricter than any browser."""
    assert html.startswith("<!DOCTYPE html>\n")
    return ET.fromstring(html.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314  # made a line above


def texts_of(tree: ET.Element, name: str) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iter(name)]


class TestPage:
    def test_shows_each_page_that_differs_the_worst_first(self, tmp_path: Path) -> None:
        gold = page(LONG, SHORT, han(400, 20))
        worse = page(LONG[:5] + "错" + LONG[6:])
        html = render(measured(tmp_path, {"a": (gold, gold), "b": (gold, page(LONG, SHORT)), "c": (gold, worse)}))
        tree = parse(html)
        assert [head.partition("↑")[0] for head in texts_of(tree, "h2")][-3:] == ["c", "b", "a"]
        anchors = {element.get("id") for element in tree.iter() if element.get("id")}
        links = [element.get("href") or "" for element in tree.iter("a")]
        assert links
        assert {link.removeprefix("#") for link in links} <= anchors
        assert LONG[5] in texts_of(tree, "del")
        assert "错" in texts_of(tree, "ins")
        assert {"missed: nothing like it was found"} <= set(texts_of(tree, "span"))

    def test_shows_at_most_so_many_pages_and_names_the_rest(self, tmp_path: Path) -> None:
        pages = {f"p{at}": (page(LONG, SHORT), page(LONG[at:], SHORT)) for at in range(5)}
        html = render(measured(tmp_path, pages), most=2)
        sections = [element for element in parse(html).iter("section") if element.get("class") == "sheet"]
        assert [section.get("id") for section in sections] == ["page-1", "page-2"]
        assert all(name in html for name in pages)
        assert "3 pages that agree better" in html

    def test_needs_nothing_from_elsewhere(self, tmp_path: Path) -> None:
        html = render(measured(tmp_path, {"a": (page(LONG), page(SHORT))}))
        assert not re.search(r"<script|<link|https?://|@import|url\(|\bsrc=", html)
        assert "prefers-color-scheme: dark" in html

    def test_leaves_out_the_middle_of_what_agrees(self, tmp_path: Path) -> None:
        whole = han(0, 400)
        html = render(measured(tmp_path, {"a": (page(whole, SHORT), page(whole + "错", SHORT))}))
        assert "⋯ 328 characters ⋯" in html
        assert whole not in html

    def test_a_page_without_a_result_is_all_missed(self, tmp_path: Path) -> None:
        html = render(measured(tmp_path, {"a": (page(LONG), {})}))
        assert "there is no result for this page" in html
        assert LONG in html

    def test_shows_the_masthead_fields_that_are_not_right(self, tmp_path: Path) -> None:
        gold = {"issue": {"title": "青石晚报", "date": "1987-03-02", "price": None}}
        found = {"issue": {"title": "青石晚报", "date": "1987-03-20", "price": "5"}}
        html = render(measured(tmp_path, {"a": (gold, found)}))
        assert "masthead: 1 of 3 fields right" in html
        assert "1987-03-20" in html
        assert "the page prints none" in html

    def test_text_of_a_page_cannot_break_it(self, tmp_path: Path) -> None:
        gold = {
            "issue": {"title": HOSTILE},
            "articles": [
                {"headline": HOSTILE, "bylines": [HOSTILE], "paragraphs": [HOSTILE * 9], "captions": [HOSTILE]}
            ],
        }
        found: Json = json.loads(json.dumps(gold).replace("alert", "a1ert"))
        found["source"] = {"language": '"><script>'}
        tree = parse(render(measured(tmp_path, {"a'<b>": (gold, found)})))
        assert {"script", "img"}.isdisjoint(element.tag for element in tree.iter())
        assert any("<script>" in shown for shown in texts_of(tree, "p"))

    @pytest.mark.parametrize("source", [{"language": "zh-Hant"}, "keyed by hand", None])
    def test_names_the_language_for_the_shapes_of_characters(self, source: object, tmp_path: Path) -> None:
        found = {**page(LONG + "错"), "source": source}
        html = render(measured(tmp_path, {"a": ({**page(LONG), "language": "zh"}, found)}))
        assert (' lang="zh-Hant"' if isinstance(source, dict) else ' lang="zh"') in html

    def test_joins_are_shown_line_by_line(self, tmp_path: Path) -> None:
        paragraphs: list[Any] = [["昨日，", "<雨>。"], ["晴。"], ["一，", "二。"], ["三。"]]
        (tmp_path / "gold").mkdir()
        (tmp_path / "gold" / "a.json").write_text(json.dumps(paragraphs), "utf-8")
        (tmp_path / "a.txt").write_text("昨日，<雨>。晴。\n一，\n二。\n三。\n", "utf-8")
        (pair,) = pair_predictions(tmp_path / "gold", tmp_path, ".txt")
        tally = evaluate_seams(paragraphs, (tmp_path / "a.txt").read_text("utf-8"))
        tree = parse(render(summarise_seams((Result(pair, tally),))))
        sheet = next(element for element in tree.iter("section") if element.get("class") == "sheet")
        assert texts_of(sheet, "del") == ["¶ not in the result"]
        assert texts_of(sheet, "ins") == ["¶ only in the result"]
        assert "1 × break missed · 1 × break too many" in texts_of(sheet, "p")
        assert "⋯ 1 paragraph alike ⋯" in texts_of(sheet, "p")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=20), max_size=4))
def test_any_page_is_well_formed(tmp_path: Path, gold: list[str], found: list[str]) -> None:
    parse(render(measured(tmp_path, {"a": (page(*gold), page(*found))})))


@given(st.text())
def test_any_text_is_escaped(value: str) -> None:
    assert not set("<>\"'") & set(text(value))
    ET.fromstring(f"<p>{text(value)}</p>")  # noqa: S314  # made here
