"""The metrics, on invented pages small enough to work the figures out by hand."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from small_pages import LONG, SHORT, Json, han, page

from newspaper_cli.errors import ExitCode, MissingExtraError, UnreadableError
from newspaper_cli.evaluation import (
    Tally,
    check_promises,
    evaluate_issue,
    evaluate_seams,
    issue_report,
    load_prediction,
    naive_issue,
    pair_predictions,
    promise_report,
    seam_report,
)
from newspaper_cli.evaluation.alignment import align, count_near
from newspaper_cli.evaluation.parts import list_print
from newspaper_cli.evaluation.text import count_grams, measure_overlap, normalise

if TYPE_CHECKING:
    from types import ModuleType

    from newspaper_cli.evaluation import Report


def figures(gold: Json, predicted: Json) -> Report:
    return issue_report(evaluate_issue(gold, predicted))


class TestTally:
    def test_adds_counts_by_name(self) -> None:
        assert Tally.of({"a": 1, "b": 2}) + Tally.of({"b": 3}) == Tally.of({"b": 5, "a": 1})

    def test_has_a_zero(self) -> None:
        tally = Tally.of({"a": 1, "b": 0})
        assert sum([tally], Tally()) == tally == Tally.of({"a": 1})
        assert tally["never counted"] == 0

    def test_weighs_pages_by_their_counts(self) -> None:
        short, long = Tally.agreement("x", hit=1, wanted=1, found=1), Tally.agreement("x", hit=0, wanted=3, found=1)
        assert (short + long).f1("x") == 2 / 6

    def test_has_no_figure_for_nothing(self) -> None:
        assert Tally().f1("x") is None
        assert Tally().share("x", "y") is None


class TestText:
    @pytest.mark.parametrize(
        ("printed", "compared"),
        [
            ("Ａ１２\u3000３", "A123"),
            ("“甲”——‘乙’", "\"甲\"--'乙'"),
            ("甲·乙•丙・丁", "甲.乙.丙.丁"),
            ("，；：", ",;:"),
            ("甲\x0c\u2028乙\r\n", "甲乙"),
            (None, ""),
            (4, "4"),
        ],
    )
    def test_is_compared_without_typing_habits(self, printed: object, compared: str) -> None:
        assert normalise(printed) == compared

    def test_has_trigrams_where_it_is_chinese_and_longer_ones_elsewhere(self) -> None:
        assert count_grams("甲乙丙甲乙丙") == Counter({"甲乙丙": 2, "乙丙甲": 1, "丙甲乙": 1})
        assert count_grams("newspaper") == Counter(["newspape", "ewspaper"])
        assert count_grams("短") == Counter(["短"])

    def test_overlap_is_dice(self) -> None:
        assert measure_overlap(count_grams("甲乙丙丁"), count_grams("甲乙丙戊己")) == 2 * 1 / (2 + 3)

    @given(st.text("甲乙丙a", max_size=12), st.text("甲乙丙a", max_size=12), st.floats(0, 1))
    def test_floor_drops_only_what_lies_below_it(self, left: str, right: str, floor: float) -> None:
        full = measure_overlap(count_grams(left), count_grams(right))
        quick = measure_overlap(count_grams(left), count_grams(right), floor)
        assert quick == full or (quick == 0 and full < floor)


class TestAlignment:
    @given(st.text("甲乙丙", max_size=30), st.text("甲乙丙", max_size=30))
    def test_counts_the_fewest_edits_and_tiles_both_texts(self, gold: str, found: str) -> None:
        alignment = align(gold, found)
        assert alignment.edits == Levenshtein.distance(gold, found)
        assert "".join(gold[block.gold_start : block.gold_end] for block in alignment.blocks) == gold
        assert "".join(found[block.found_start : block.found_end] for block in alignment.blocks) == found

    @given(st.text("甲乙丙", max_size=30), st.data())
    def test_carries_points_of_equal_texts_to_themselves(self, text: str, data: st.DataObject) -> None:
        points = data.draw(st.lists(st.integers(0, len(text)), max_size=5))
        assert align(text, text).carry(points) == points

    @given(st.text("甲乙丙", max_size=30), st.text("甲乙丙丁", max_size=30))
    def test_smoothed_tiles_both_texts_and_agrees_only_where_they_do(self, gold: str, found: str) -> None:
        blocks = align(gold, found).smooth().blocks
        assert "".join(gold[block.gold_start : block.gold_end] for block in blocks) == gold
        assert "".join(found[block.found_start : block.found_end] for block in blocks) == found
        for block in blocks:
            same = gold[block.gold_start : block.gold_end] == found[block.found_start : block.found_end]
            assert same or not block.same

    @pytest.mark.parametrize(
        ("gold", "found", "same"),
        [
            ("甲乙丙丁戊", "甲乙错丁戊", ["甲乙", "丁戊"]),
            ("甲乙丙丁戊己庚", "甲错丙丁戊错庚", ["甲", "丙丁戊", "庚"]),
            ("甲甲甲丙乙乙乙", "丁丁丁丙戊戊戊", []),
        ],
    )
    def test_smoothed_keeps_what_is_longer_than_what_differs_around_it(
        self, gold: str, found: str, same: list[str]
    ) -> None:
        blocks = align(gold, found).smooth().blocks
        assert [gold[block.gold_start : block.gold_end] for block in blocks if block.same] == same

    def test_carries_a_point_past_what_was_put_in_before_it(self) -> None:
        assert align("甲乙丙丁", "某某甲乙丙丁").carry([0, 2, 4]) == [0, 4, 6]

    def test_one_found_point_serves_one_wanted_point(self) -> None:
        assert count_near([10, 11], [10], 2) == 1
        assert count_near([10], [9, 10, 11], 2) == 1
        assert count_near([10, 13], [12, 15], 2) == 2
        assert count_near([10], [13], 2) == 0


class TestMasthead:
    GOLD: ClassVar[Json] = {"issue": {"title": "青石晚报", "date": "1987-03-02", "price": "壹角", "volume": None}}

    def test_counts_right_values(self) -> None:
        assert figures(self.GOLD, self.GOLD) == {"meta_acc": 1.0, "meta_wrong": 0, "articles": "0/0 got 0"}

    def test_a_missing_value_is_not_a_wrong_one(self) -> None:
        report = figures(self.GOLD, {"issue": {"title": "青石晚报", "date": None}})
        assert (report["meta_acc"], report["meta_wrong"]) == (1 / 3, 0)

    def test_a_wrong_value_is_both(self) -> None:
        report = figures(self.GOLD, {"issue": {"title": "青石晚报", "date": "1987-03-20", "price": "壹角"}})
        assert (report["meta_acc"], report["meta_wrong"]) == (2 / 3, 1)

    def test_a_value_the_page_does_not_print_is_wrong(self) -> None:
        report = figures(self.GOLD, {"issue": {**self.GOLD["issue"], "volume": "3"}})
        assert (report["meta_acc"], report["meta_wrong"]) == (1.0, 1)

    def test_a_field_gold_does_not_mention_is_not_asked(self) -> None:
        assert figures(self.GOLD, {"issue": {**self.GOLD["issue"], "place": "某地"}})["meta_wrong"] == 0

    @pytest.mark.parametrize(("title", "right"), [("青石晚报", 1), ("青右晚报", 1), ("青右晓报", 0)])
    def test_a_title_may_have_one_character_of_four_wrong(self, title: str, right: int) -> None:
        assert figures({"issue": {"title": "青石晚报"}}, {"issue": {"title": title}})["meta_acc"] == right

    def test_numbers_and_digits_are_the_same(self) -> None:
        assert figures({"issue": {"page_count": 4}}, {"issue": {"page_count": "４"}})["meta_acc"] == 1


class TestArticles:
    def test_gold_itself_is_perfect(self) -> None:
        heads = {"kicker": "某市", "headline": "新桥通车", "deck": None, "bylines": [{"name": "方木"}]}
        gold = page([LONG, SHORT], han(200, 30), issue={"date": "1987-03-02"})
        for article in gold["articles"]:
            article.update(heads)
        report = figures(gold, gold)
        assert report.pop("articles") == "2/2 got 2"
        assert (report.pop("body_cer"), report.pop("meta_wrong")) == (0, 0)
        assert set(report.values()) == {1.0}
        assert report.keys() > {"b3", "exact", "headline_f1", "headstack_f1", "byline_f1", "paragraph_f1"}

    def test_nothing_found_is_nought(self) -> None:
        report = figures(page([LONG, SHORT]), {})
        expected = {"article_f1": 0, "b3": 0, "b3_recall": 0, "exact": 0, "paragraph_f1": 0}
        assert report == {"meta_wrong": 0, **expected, "articles": "0/1 got 0"}

    def test_swapped_articles_lower_bcubed_and_lose_the_boundary(self) -> None:
        # Only the longer article can be aligned: 20 of 30 characters on either side.
        report = figures(page(LONG, SHORT), page(SHORT, LONG))
        assert (report["article_f1"], report["exact"], report["boundary_f1"]) == (1, 1, 0)
        assert report["b3"] == pytest.approx(2 / 3)

    def test_merged_articles(self) -> None:
        # 20 characters in a share of 20/30, 10 in one of 10/30: precision (400 + 100) / 30 / 30; nothing is torn.
        report = figures(page(LONG, SHORT), page([LONG, SHORT]))
        assert report["articles"] == "1/2 got 1"
        assert report["article_f1"] == pytest.approx(2 / 3)
        assert report["b3_precision"] == pytest.approx(5 / 9)
        assert report["b3_recall"] == 1
        assert report["b3"] == pytest.approx(5 / 7)
        assert (report["boundary_f1"], report["paragraph_f1"], report["exact"]) == (0, 0, 0)

    def test_a_split_article_is_the_mirror_image(self) -> None:
        report = figures(page([LONG, SHORT]), page(LONG, SHORT))
        assert report["b3_precision"] == 1
        assert report["b3_recall"] == pytest.approx(5 / 9)

    def test_a_lost_character_is_counted(self) -> None:
        report = figures(page(LONG), page(LONG[:9] + LONG[10:]))
        assert (report["article_f1"], report["exact"], report["body_cer"]) == (1, 0, 1 / 20)
        assert report["b3_recall"] == pytest.approx(19 * 19 / 20 / 20)

    def test_wrong_order_inside_an_article_shows_in_the_edits(self) -> None:
        report = figures(page([LONG, SHORT]), page([SHORT, LONG]))
        assert (report["article_f1"], report["exact"], report["body_cer"]) == (1, 0, 20 / 30)

    def test_white_space_is_not_compared(self) -> None:
        assert figures(page(LONG), page(LONG[:5] + "\n \u3000" + LONG[5:]))["exact"] == 1

    def test_floor_of_gold_decides_what_is_matched(self) -> None:
        torn = page(LONG[:11])  # 9 of 18 trigrams: 2 * 9 / 27
        assert figures(page(LONG), torn)["article_f1"] == 0
        assert figures(page(LONG, floor=0.6), torn)["article_f1"] == 1

    @pytest.mark.parametrize(("shift", "hit"), [(0, 1), (2, 1), (3, 0)])
    def test_boundaries_and_breaks_may_lie_two_characters_off(self, shift: int, hit: int) -> None:
        text = han(0, 60)
        moved = [text[: 30 + shift], text[30 + shift :]]
        assert figures(page(text[:30], text[30:]), page(*moved))["boundary_f1"] == hit
        assert figures(page([text[:30], text[30:]]), page(moved))["paragraph_f1"] == hit

    def test_breaks_of_a_missed_article_are_missed(self) -> None:
        assert figures(page([LONG, SHORT], [han(200, 9), han(300, 9)]), page([LONG, SHORT]))["paragraph_f1"] == 2 / 3

    def test_adverts_are_left_aside_unless_gold_has_them(self) -> None:
        gold, predicted = page(LONG), page(LONG, SHORT)
        predicted["articles"][1]["kind"] = "advertisement"
        assert figures(gold, predicted)["articles"] == "1/1 got 1"
        gold["articles"].append({"kind": "notice", "paragraphs": [SHORT]})
        assert figures(gold, predicted)["articles"] == "2/2 got 2"


class TestHeads:
    @staticmethod
    def compare(gold: Json, predicted: Json) -> Report:
        return figures(
            {"articles": [{"paragraphs": [LONG], **gold}]}, {"articles": [{"paragraphs": [LONG], **predicted}]}
        )

    @pytest.mark.parametrize(("wrong", "right"), [(1, 1), (2, 0)])
    def test_a_headline_may_have_one_character_of_ten_wrong(self, wrong: int, right: int) -> None:
        assert self.compare({"headline": SHORT}, {"headline": "错" * wrong + SHORT[wrong:]})["headline_f1"] == right

    def test_the_stack_does_not_ask_which_head_is_which(self) -> None:
        report = self.compare({"kicker": "某市", "headline": "新桥通车"}, {"headline": "某市 新桥通车"})
        assert (report["headline_f1"], report["headstack_f1"]) == (0, 1)

    def test_a_headline_where_there_is_none_costs_precision(self) -> None:
        assert self.compare({}, {"headline": "新桥通车"})["headline_f1"] == 0

    def test_names_count_one_by_one(self) -> None:
        gold = {"bylines": [{"name": "方木"}, {"name": "林 石"}]}
        assert self.compare(gold, {"bylines": [{"name": "林石"}]})["byline_f1"] == 2 / 3
        assert self.compare(gold, {"bylines": ["林石", "方木"]})["byline_f1"] == 1

    def test_words_are_counted_in_latin_script(self) -> None:
        gold = page("The mayor opened the new bridge", language="en")
        report = figures(gold, page("The mayor opened thenew bridge"))
        assert report["word_f1"] == pytest.approx(2 * 4 / (6 + 5))
        assert "word_f1" not in figures(page(LONG, language="zh"), page(LONG))


class TestWholePrint:
    ARTICLE: ClassVar[Json] = {
        "headline": "新桥通车",
        "heads": [{"text": "新桥通车", "spans": [[20, 24]]}],
        "bylines": [
            {"text": "方木 林石", "name": "方木", "span": [25, 27], "line_span": [25, 30]},
            {"text": "方木 林石", "name": "林石", "span": [28, 30], "line_span": [25, 30]},
            {"text": "青禾", "name": "青禾", "span": [45, 47]},
        ],
        "paragraphs": [{"text": "（青禾）昨日开通", "spans": [[44, 52]]}],
        "captions": [{"text": "图为新桥", "spans": [[0, 4]]}],
        "jumps": [{"text": "下转第二版", "span": [60, 65]}],
    }

    def test_each_part_stands_once_in_print_order(self) -> None:
        expected = ["图为新桥", "新桥通车", "方木林石", "(青禾)昨日开通", "下转第二版"]
        assert list_print(self.ARTICLE) == expected
        assert figures(page(expected, scope="all"), {"articles": [self.ARTICLE]})["exact"] == 1

    def test_without_places_heads_come_first_and_notes_last(self) -> None:
        article = {
            "headline": "新桥通车",
            "deck": "全长三里",
            "bylines": [{"name": "青禾", "text": "青禾"}, {"name": "方木", "text": "方木"}],
            "paragraphs": ["（青禾）昨日开通"],
            "captions": ["图为新桥"],
        }
        assert list_print(article) == ["新桥通车", "全长三里", "方木", "(青禾)昨日开通", "图为新桥"]


class TestNaive:
    def test_blank_lines_part_articles(self) -> None:
        articles = naive_issue("\n某市新桥\r\n昨日开通\r\n\u3000\r\n\r\n  次日\n")["articles"]
        assert [article["paragraphs"] for article in articles] == [["某市新桥", "昨日开通"], ["  次日"]]

    def test_an_empty_page_has_none(self) -> None:
        assert naive_issue(" \n\n")["articles"] == []


class TestSeams:
    # Asked about: the end of the head, the gap inside the first paragraph, its end. Not: the gap inside the head.
    PARAGRAPHS = (["新桥", "通车"], ["昨日，某市", "新桥开通。"], ["次日，雨。"])

    def test_one_paragraph_a_line_is_perfect(self) -> None:
        report = seam_report(evaluate_seams(self.PARAGRAPHS, "新桥通车\n\n昨日，某市新桥开通。\n次日，雨。\n"))
        assert report == {"accuracy": 1, "break_f1": 1, "join_f1": 1, "always_join": 1 / 3, "gaps": 3}

    def test_joining_everything_reaches_the_base_rate(self) -> None:
        report = seam_report(evaluate_seams(self.PARAGRAPHS, "新桥通车昨日，某市新桥开通。次日，雨。"))
        assert (report["accuracy"], report["break_f1"], report["join_f1"]) == (1 / 3, 0, 0.5)

    def test_joining_nothing(self) -> None:
        report = seam_report(evaluate_seams(self.PARAGRAPHS, "新桥\n通车\n昨日，某市\n新桥开通。\r\n次日，雨。"))
        assert (report["accuracy"], report["break_f1"], report["join_f1"]) == (2 / 3, 2 * 2 / 5, 0)

    def test_wrong_characters_do_not_move_breaks(self) -> None:
        report = seam_report(evaluate_seams(self.PARAGRAPHS, "斩桥通车\n昨曰，某市新乔开通。\n次日，雨"))
        assert report["accuracy"] == 1

    def test_no_gaps_no_figures(self) -> None:
        assert seam_report(evaluate_seams([["新桥"]], "新桥")) == {"gaps": 0}


class TestPromises:
    # 青石晚报 | 新桥通车 | 昨日新桥 | 桥开通，某市 | 扫码 : the second 桥 is an overlap.
    SOURCE = "青石晚报\n新桥通车\n昨日新桥\n桥开通，某市\n扫码"

    def issue(self) -> Json:
        return {
            "issue": {"readings": [{"field": "title", "spans": [[0, 4]]}]},
            "pages": [{"folio_spans": []}],
            "articles": [
                {
                    "heads": [{"text": "新桥通车", "spans": [[5, 9]]}],
                    "paragraphs": [{"text": "昨日新桥开通，某市", "spans": [[10, 14], [15, 21]]}],
                    "bylines": [{"name": "某市", "span": [19, 21]}],
                }
            ],
            "furniture": [{"label": "qr", "text": "扫码", "spans": [[22, 24]]}],
            "repairs": [{"fix": "overlap", "span": [15, 16], "before": "桥", "after": ""}],
        }

    def test_a_faithful_issue_keeps_them(self) -> None:
        report = promise_report(check_promises(self.SOURCE, self.issue()))
        counts = {"pages": 1, "missing": 0, "lost": 0, "twice": 0, "texts_wrong": 0, "texts": 2}
        assert report == {**counts, "furniture_share": 2 / 20}

    def test_a_lost_character_is_counted(self) -> None:
        issue = self.issue()
        issue["issue"]["readings"][0]["spans"] = [[0, 3]]
        assert promise_report(check_promises(self.SOURCE, issue))["lost"] == 1

    def test_a_dropped_repair_may_stand_outside_every_span(self) -> None:
        issue = self.issue()
        issue["articles"][0]["paragraphs"][0]["spans"] = [[10, 14], [16, 21]]
        report = promise_report(check_promises(self.SOURCE, issue))
        assert (report["lost"], report["texts_wrong"]) == (0, 0)

    def test_a_character_in_two_parts_is_counted_once(self) -> None:
        issue = self.issue()
        issue["articles"][0]["bylines"] = [{"name": "晚报", "span": [2, 4]}, {"name": "报", "line_span": [3, 4]}]
        assert promise_report(check_promises(self.SOURCE, issue))["twice"] == 2

    def test_a_text_that_is_not_its_spans_is_counted(self) -> None:
        issue = self.issue()
        issue["repairs"] = []
        assert promise_report(check_promises(self.SOURCE, issue))["texts_wrong"] == 1

    def test_a_repair_that_overhangs_a_span_is_not_made_in_it(self) -> None:
        issue = self.issue()
        issue["repairs"].append({"fix": "overlap", "span": [8, 10], "before": "车\n", "after": ""})
        assert promise_report(check_promises(self.SOURCE, issue))["texts_wrong"] == 0

    def test_spans_beyond_the_source_do_not_fail(self) -> None:
        issue = self.issue()
        issue["furniture"][0]["spans"] = [[22, 99], [200, 300]]
        assert promise_report(check_promises(self.SOURCE, issue))["lost"] == 0

    def test_no_prediction_is_a_missing_page(self) -> None:
        assert promise_report(check_promises(self.SOURCE, {}))["missing"] == 1


class TestFolders:
    def test_every_shape_of_a_page_is_a_pair(self, tmp_path: Path) -> None:
        gold, predicted = tmp_path / "gold", tmp_path / "predicted"
        gold.mkdir()
        predicted.mkdir()
        for name in ("a.json", "b.json", "[c].json"):
            (gold / name).touch()
        for name in ("a.ocr.json", "a.json", "a.txt", "a.json.part", "ab.json", "[c].lines.json"):
            (predicted / name).touch()
        pairs = pair_predictions(gold, predicted)
        assert [(pair.name, pair.gold.name) for pair in pairs] == [
            ("[c].lines", "[c].json"),
            ("a", "a.json"),
            ("a.ocr", "a.json"),
            ("b", "b.json"),
        ]
        assert [pair.predicted.name if pair.predicted else None for pair in pairs][1:] == ["a.json", "a.ocr.json", None]
        assert [pair.name for pair in pair_predictions(gold, predicted, ".txt") if pair.predicted] == ["a"]

    def test_a_folder_that_is_not_there_predicts_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").touch()
        assert [pair.predicted for pair in pair_predictions(tmp_path, tmp_path / "none")] == [None]

    def test_an_array_stands_for_its_first_issue(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        for text, value in (('[{"issue": 1}, {}]', {"issue": 1}), ("[]", {}), ('{"issue": 2}', {"issue": 2})):
            path.write_text(text, "utf-8")
            assert load_prediction(path) == value
        assert load_prediction(tmp_path / "none.json") == load_prediction(None) == {}

    @pytest.mark.parametrize("content", ["{", "3", "[3]", "\udcff"])
    def test_what_is_no_issue_is_refused(self, content: str, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
        with pytest.raises(UnreadableError, match=r"a\.json"):
            load_prediction(path)


class TestExtra:
    def test_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)
        with pytest.raises(MissingExtraError, match=r"newspaper-cli\[evaluate\]") as caught:
            evaluate_issue(page(LONG), page(LONG))
        assert caught.value.exit_code == ExitCode.EXTRA_MISSING

    def test_is_not_loaded_before_it_is_used(self) -> None:
        code = "import sys, newspaper_cli.evaluation; sys.exit('rapidfuzz' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def load_scorer() -> tuple[Path, ModuleType]:
    """Load the reference scorer that stands beside the corpus, or skip."""
    folder = os.environ.get("NEWSPAPER_CORPUS")
    if not folder:
        pytest.skip("NEWSPAPER_CORPUS is not set")
    script = Path(folder).parent / "tools" / "score.py"
    if not script.exists():
        pytest.skip("no reference scorer beside the corpus")
    spec = importlib.util.spec_from_file_location("reference_scorer", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Path(folder), module


def assert_same(reference: dict[str, Any], report: Report) -> None:
    """Compare every figure the reference has, to the fourth digit."""
    known = {name: value for name, value in reference.items() if value is not None}
    assert known
    assert {name: report.get(name) for name in known} == {
        name: pytest.approx(value, abs=5e-5) if isinstance(value, float) else value for name, value in known.items()
    }


@pytest.mark.parametrize("shape", ["blocks", "lines"])
def test_figures_agree_with_the_reference_scorer(shape: str) -> None:
    corpus, scorer = load_scorer()
    issues: list[Tally] = []
    counts: Counter[str] = Counter()
    for pair in pair_predictions(corpus / "press" / "gold", corpus / "press", ".txt"):
        if pair.predicted is None or not pair.name.endswith(f".{shape}"):
            continue
        gold, raw = json.loads(pair.gold.read_text("utf-8")), pair.predicted.read_text("utf-8")
        issues.append(evaluate_issue(gold, naive_issue(raw)))
        reference = scorer.score_page(gold, scorer.naive(raw))
        assert_same(scorer.split_report(reference), issue_report(issues[-1]))
        counts += reference
        # The same articles with what gold knows of heads, names and masthead, so that no figure is idle.
        predicted = {**gold, "articles": naive_issue(raw)["articles"] + gold["articles"][1:]}
        assert_same(scorer.split_report(scorer.score_page(gold, predicted)), figures(gold, predicted))
        paragraphs = [article["paragraphs"] for article in naive_issue(raw)["articles"]]
        repaired = "\n".join("".join(lines) for lines in paragraphs[::2])
        assert_same(
            scorer.joins_report(scorer.score_joins(paragraphs, repaired)),
            seam_report(evaluate_seams(paragraphs, repaired)),
        )
    assert len(issues) > 1
    assert_same(scorer.split_report(counts), issue_report(sum(issues, Tally())))
