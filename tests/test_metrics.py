"""The figures that say in what way a result is wrong, on cases small enough to work them out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import LONG, SHORT, Json, han, page

from newspaper_cli.evaluation import (
    Pair,
    Result,
    Tally,
    evaluate_issue,
    evaluate_seams,
    summarise_issues,
    summarise_seams,
    to_json,
)
from newspaper_cli.evaluation.figures import ISSUE_FIGURES, SEAM_FIGURES, always_break, always_join, make_figures
from newspaper_cli.evaluation.homes import Unit, find_homes
from newspaper_cli.evaluation.labelling import confusion, evaluate_labels
from newspaper_cli.evaluation.masthead import judge_field
from newspaper_cli.evaluation.order import evaluate_order
from newspaper_cli.evaluation.segmentation import count_similarity, count_windows, half_segment
from newspaper_cli.evaluation.separators import read_separators
from newspaper_cli.evaluation.summary import count_labels


def figures(gold: Json, predicted: Json) -> dict[str, Any]:
    return make_figures(ISSUE_FIGURES, evaluate_issue(gold, predicted))


def borders(marks: str) -> list[int]:
    """Read a segmentation from a string with a 1 for each gap that is a border."""
    return [gap for gap, mark in enumerate(marks, start=1) if mark == "1"]


class TestWindows:
    # The examples of NLTK's windowdiff and pk, whose strings mark the gaps.
    @pytest.mark.parametrize(
        ("wanted", "found", "width", "apart", "uneven"),
        [
            ("000100000010", "000100000010", 3, 0, 0),
            ("000100000010", "000010000100", 3, 3, 3),
            ("000010000100", "100000010000", 3, 8, 8),
            ("0100" * 100, "1" * 400, 2, 199, 399),
            ("0100" * 100, "0" * 400, 2, 200, 200),
        ],
    )
    def test_count_what_published_examples_count(
        self, wanted: str, found: str, width: int, apart: int, uneven: int
    ) -> None:
        tally = count_windows(len(wanted) + 1, borders(wanted), borders(found), width)
        assert tally["windows"] == len(wanted) + 1 - width
        assert (tally["windows.apart"], tally["windows.uneven"]) == (apart, uneven)

    def test_are_half_a_segment_wide(self) -> None:
        assert half_segment(30, [10, 20]) == 5
        assert half_segment(1, []) == 1

    def test_a_near_miss_costs_less_than_a_miss(self) -> None:
        # One border at 20 of 40 characters, windows of 10: one character off turns one window at each side.
        gold = page(han(0, 20), han(20, 20))
        near = figures(gold, page(han(0, 21), han(21, 19)))
        missed = figures(gold, page([han(0, 20), han(20, 20)]))
        assert (near["pk"], near["window_diff"]) == (pytest.approx(2 / 30), pytest.approx(2 / 30))
        assert (missed["pk"], missed["window_diff"]) == (pytest.approx(10 / 30), pytest.approx(10 / 30))

    def test_only_windows_with_a_count_see_a_border_too_many_beside_a_right_one(self) -> None:
        tally = count_windows(10, [5], [5, 6], 4)
        assert tally["windows.apart"] < tally["windows.uneven"]

    def test_a_page_without_a_result_is_asked_about(self) -> None:
        report = figures(page(LONG, SHORT), {})
        assert report["pk"] > 0
        assert report["boundary_similarity"] == 0


class TestSimilarity:
    def test_is_that_of_fournier(self) -> None:
        # One agrees, one is 1 of 2 off, one stands alone: 1 - (1 + 1/2) / 3.
        tally = count_similarity([3, 7, 12], [3, 8], 2)
        assert (tally["borders"], tally["borders.alone"], tally["borders.cost"]) == (3, 1, 0.5)

    def test_pairs_the_nearest_first(self) -> None:
        assert count_similarity([10], [8, 11], 5)["borders.cost"] == pytest.approx(1 / 5)

    def test_asks_nothing_of_one_article(self) -> None:
        assert figures(page(LONG), page(LONG))["boundary_similarity"] is None


class TestOthers:
    def test_leave_the_character_itself_out(self) -> None:
        # Gold 20 + 10 in one: 20 * 19 / 29 and 10 * 9 / 29 of 30.
        report = figures(page(LONG, SHORT), page([LONG, SHORT]))
        precision = (20 * 19 / 29 + 10 * 9 / 29) / 30
        assert report["b3_others"] == pytest.approx(2 * precision / (precision + 1))

    def test_give_nothing_for_single_characters(self) -> None:
        report = figures(page(LONG), page(*LONG))
        assert report["b3"] > 0
        assert report["b3_others"] == 0


class TestCoverage:
    def test_counts_the_text_that_stands_in_its_article(self) -> None:
        report = figures(page(LONG, SHORT), page(LONG[:18], han(300, 30)))
        assert (report["articles_missed"], report["articles_extra"]) == (1, 1)
        assert report["coverage"] == pytest.approx(18 / 30)


class TestHomes:
    def test_equal_texts_are_paired_in_order(self) -> None:
        units = [Unit("body", "同"), Unit("headline", "同"), Unit("body", "同")]
        assert find_homes(units, [units[1], units[0], units[2]]) == [1, 0, 2]

    def test_a_part_of_a_text_finds_the_whole(self) -> None:
        others = [Unit("body", han(50, 30)), Unit("body", han(0, 30)), Unit("byline", han(0, 2))]
        assert find_homes(
            [Unit("headline", han(4, 6)), Unit("byline", han(0, 2)), Unit("byline", han(8, 2))], others
        ) == [
            1,
            2,
            1,
        ]

    def test_a_paragraph_cut_into_lines_is_where_most_of_it_is(self) -> None:
        lines = [Unit("body", han(at, 10)) for at in (0, 10, 20, 30)]
        others = [*lines, Unit("body", han(40, 12)), Unit("body", han(900, 50))]
        assert find_homes([Unit("body", han(0, 52))], others) == [4]
        # Its first line alone is not most of it, and less than a home.
        assert find_homes([Unit("body", han(0, 52))], others[:1]) == [None]

    def test_a_text_that_is_nowhere_has_none(self) -> None:
        assert find_homes([Unit("body", LONG)], [Unit("body", han(500, 40))]) == [None]
        assert find_homes([Unit("body", LONG)], []) == [None]


class TestLabels:
    GOLD: ClassVar[Json] = {
        "kicker": "某市要闻",
        "headline": "新桥今日通车",
        "bylines": ["方木"],
        "paragraphs": [LONG, SHORT],
    }

    def tally(self, predicted: Json, **gold: object) -> Tally:
        return evaluate_labels([{**self.GOLD, **gold}], [predicted])

    def test_gold_itself_is_perfect(self) -> None:
        assert {row["f1"] for row in count_labels(self.tally(self.GOLD)).values()} == {1.0}

    def test_a_swallowed_headline_is_one_taken_for_body(self) -> None:
        tally = self.tally({**self.GOLD, "headline": None, "paragraphs": ["新桥今日通车" + LONG, SHORT]})
        assert confusion(tally)["headline"] == {"body": 1}
        assert count_labels(tally)["body"]["precision"] == 1.0
        assert count_labels(tally)["headline"] == {"gold": 1, "found": 0, "precision": None, "recall": 0.0, "f1": 0.0}

    def test_a_paragraph_taken_for_a_headline_costs_both(self) -> None:
        rows = count_labels(self.tally({**self.GOLD, "deck": SHORT, "paragraphs": [LONG]}))
        assert (rows["body"]["recall"], rows["body"]["precision"]) == (0.5, 1.0)
        assert "deck" not in rows

    def test_breaks_and_unknown_text_cost_nothing(self) -> None:
        predicted = {**self.GOLD, "paragraphs": [LONG[:9], LONG[9:] + SHORT, han(700, 40)]}
        assert count_labels(self.tally(predicted))["body"]["f1"] == 1.0

    def test_characters_weigh(self) -> None:
        report = figures({"articles": [self.GOLD]}, {"articles": [{**self.GOLD, "kicker": None, "deck": "某市要闻"}]})
        assert report["label_accuracy"] == pytest.approx(38 / 42)
        # Kicker 0; headline, byline and body 1.
        assert report["label_macro_f1"] == pytest.approx(3 / 4)

    def test_subheads_are_asked_only_of_gold_that_marks_them(self) -> None:
        predicted = {**self.GOLD, "paragraphs": [LONG, {"text": SHORT, "kind": "subhead"}]}
        assert count_labels(self.tally(predicted))["body"]["f1"] == 1.0
        marked = self.tally(predicted, paragraphs=[{"text": LONG, "kind": "body"}, {"text": SHORT, "kind": "body"}])
        assert count_labels(marked)["body"]["recall"] == 0.5

    def test_captions_are_asked_only_of_gold_that_lists_them(self) -> None:
        predicted = {**self.GOLD, "paragraphs": [LONG], "captions": [{"text": SHORT}]}
        assert "caption" not in count_labels(self.tally(predicted))
        listed = self.tally(predicted, paragraphs=[LONG], captions=[SHORT])
        assert count_labels(listed)["caption"]["f1"] == 1.0

    def test_gold_of_whole_print_has_no_labels(self) -> None:
        assert figures(page(LONG, scope="all"), page(LONG))["label_macro_f1"] is None


class TestOrder:
    A, B, C, D = (han(100 * step, 12) for step in range(4))

    def counts(self, *found: str) -> list[float]:
        tally = evaluate_order([self.A, self.B, self.C, self.D], found)
        return [tally[name] for name in ("successors.kept", "successors", "turned", "pairs")]

    def test_kept(self) -> None:
        assert self.counts(self.A, self.B, self.C, self.D) == [3, 3, 0, 6]

    def test_turned_round(self) -> None:
        assert self.counts(self.D, self.C, self.B, self.A) == [0, 3, 6, 6]

    def test_two_columns_read_across(self) -> None:
        # A C B D: no successor is kept, one pair of six is turned.
        assert self.counts(self.A, self.C, self.B, self.D) == [0, 3, 1, 6]
        tally = evaluate_order([self.A, self.B, self.C, self.D], [self.A, self.C, self.B, self.D])
        assert make_figures(ISSUE_FIGURES, tally)["kendall_tau"] == pytest.approx(1 - 2 / 6)

    def test_what_was_not_found_is_not_asked_about(self) -> None:
        assert self.counts(self.A, self.D) == [1, 1, 0, 1]

    def test_paragraphs_put_together_keep_their_order(self) -> None:
        assert self.counts(self.A + self.B, self.C + self.D) == [3, 3, 0, 6]


class TestText:
    def test_words_in_order(self) -> None:
        gold = page("The mayor opened the new bridge", language="en")
        # "the new" became "thenew": one exchanged, one lost, of six.
        assert figures(gold, page("The mayor opened thenew bridge"))["wer"] == pytest.approx(2 / 6)
        assert figures(page(LONG, language="zh"), page(LONG))["wer"] is None

    def test_edits_of_the_page_see_missed_articles(self) -> None:
        report = figures(page(LONG, SHORT), page(LONG))
        assert (report["body_cer"], report["page_cer"]) == (0, pytest.approx(10 / 30))


class TestFields:
    GOLD: ClassVar[Json] = {"date": "1987-03-02", "price": None}

    @pytest.mark.parametrize(
        ("found", "verdict"),
        [
            ({"date": "1987-03-02"}, "right"),
            ({"date": "1987-03-20"}, "wrong"),
            ({"date": None}, "missing"),
            ({}, "missing"),
            ({"date": "1987-03-20", "readings": [{"field": "date", "value": "1987-03-02"}]}, "harm"),
            ({"date": "1987-03-20", "readings": [{"field": "lunar_date", "value": "1987-03-02"}]}, "wrong"),
        ],
    )
    def test_come_out_in_one_way(self, found: Json, verdict: str) -> None:
        assert judge_field("date", self.GOLD, found) == verdict

    def test_that_the_page_does_not_print(self) -> None:
        assert judge_field("price", self.GOLD, {}) == "absent"
        assert judge_field("price", self.GOLD, {"price": "5"}) == "invented"

    def test_harm_is_counted_among_the_wrong(self) -> None:
        found = {"date": "1987-03-20", "readings": [{"field": "date", "value": "1987-03-02"}]}
        report = figures({"issue": self.GOLD}, {"issue": found})
        assert (report["meta_wrong"], report["meta_harm"]) == (1, 1)


class TestSeparators:
    @pytest.mark.parametrize(
        ("lines", "text", "expected"),
        [
            (["昨日某市", "新桥开通"], "昨日某市新桥开通", ["nothing"]),
            (["the new", "bridge"], "the new bridge", ["space"]),
            (["the com-", "mittee"], "the committee", ["hyphen"]),
            (["a well-", "known man"], "a well-known man", ["nothing"]),
            (["调度工作", "工作汇报"], "调度工作汇报", ["overlap 2"]),
            (["昨日某市", "新桥开通"], "昨日某市\n\n新桥开通", ["break"]),
            (["昨日某市", "新桥开通", "次日"], "昨日某市新桥开通\n次日", ["nothing", "break"]),
            (["the new", "bridge"], "the new old bridge", ["other"]),
        ],
    )
    def test_are_read_from_what_became_of_the_lines(self, lines: list[str], text: str, expected: list[str]) -> None:
        assert read_separators(lines, text) == expected

    GOLD: ClassVar[list[Any]] = [
        {"lines": ["The com-", "mittee met,", "and rose."], "text": "The committee met, and rose."},
        ["Rain, to", "day."],
    ]

    def test_count_where_gold_has_the_text(self) -> None:
        report = make_figures(SEAM_FIGURES, evaluate_seams(self.GOLD, "The committee met, and rose.\nRain, today.\n"))
        assert report == {"accuracy": 1, "break_f1": 1, "join_f1": 1, "separator_accuracy": 1}

    def test_a_join_with_the_wrong_thing_between_is_a_join(self) -> None:
        report = make_figures(SEAM_FIGURES, evaluate_seams(self.GOLD, "The com-mittee met,and rose.\nRain, today.\n"))
        assert (report["accuracy"], report["separator_accuracy"]) == (1, 0)

    def test_gold_without_texts_asks_nothing(self) -> None:
        assert make_figures(SEAM_FIGURES, evaluate_seams([["a,", "b"]], "a,b"))["separator_accuracy"] is None


class TestBaselines:
    # Asked: the gap inside the first paragraph, its end, and the gap inside the second.
    GOLD = (["昨日，某市", "新桥开通。"], ["次日，", "雨。"])

    def test_are_what_joining_all_and_joining_nothing_give(self) -> None:
        lines = [line for part in self.GOLD for line in part]
        tally = evaluate_seams(self.GOLD, "".join(lines))
        for baseline, repaired in ((always_join, "".join(lines)), (always_break, "\n".join(lines))):
            assert baseline(tally) == make_figures(SEAM_FIGURES, evaluate_seams(self.GOLD, repaired))


def results(*pairs: tuple[Json, Json]) -> tuple[Result, ...]:
    return tuple(
        Result(Pair(f"p{at}", Path(), None), evaluate_issue(*pair), evaluate_issue(pair[0], {}))
        for at, pair in enumerate(pairs)
    )


class TestSummary:
    def test_sets_each_figure_beside_its_baseline_and_its_worst_page(self) -> None:
        gold = page(LONG, SHORT)
        summary = summarise_issues(results((gold, gold), (gold, page(LONG))))
        row = next(row for row in summary.rows() if row.figure.name == "article_f1")
        assert (row.value, row.baselines, row.worst, row.page) == (6 / 7, (0.0,), 2 / 3, "p1")
        assert [result.pair.name for result in summary.worst_first()] == ["p1", "p0"]

    def test_names_no_worst_page_where_all_are_perfect(self) -> None:
        gold = page(LONG, SHORT)
        assert {row.page for row in summarise_issues(results((gold, gold))).rows()} == {""}

    def test_has_no_baseline_unless_it_is_known_for_all_pages(self) -> None:
        known = results((page(LONG), page(LONG)))
        unknown = (Result(known[0].pair, known[0].tally),)
        assert summarise_issues(known).baselines().keys() == {"blank_lines"}
        assert summarise_issues(known + unknown).baselines() == {}

    def test_json_has_nulls_for_what_gold_does_not_ask_and_the_counts_behind_each_ratio(self) -> None:
        value = to_json(summarise_issues(results((page(LONG), page(LONG[:19])))))
        assert value["all"].keys() >= {figure.name for figure in ISSUE_FIGURES}
        assert value["all"]["meta_acc"] is None
        assert value["all"]["body_cer"] == value["counts"]["body.edits"] / value["counts"]["body.characters"]
        assert value["pages"][0]["counts"] == value["counts"]
        assert (value["masthead"], value["separators"]) == ({}, {})
        assert value["labels"]["body"]["gold"] == value["confusion"]["body"]["body"] == 1

    def test_joins_have_both_baselines(self) -> None:
        result = Result(Pair("a", Path(), None), evaluate_seams([["昨日，", "雨。"], ["晴。"]], "昨日，雨。晴。"))
        value = to_json(summarise_seams((result,)))
        assert value["baselines"]["always_join"]["accuracy"] == value["all"]["always_join"] == 0.5


texts = st.text("甲乙丙丁戊己庚abc ,。\n\u3000\u2028", max_size=14)
articles = st.fixed_dictionaries(
    {
        "kicker": st.none() | texts,
        "headline": st.none() | texts,
        "bylines": st.lists(texts.map(lambda name: {"name": name}), max_size=2),
        "paragraphs": st.lists(texts, max_size=4),
        "captions": st.lists(texts, max_size=1),
    }
)
pages = st.fixed_dictionaries(
    {
        "issue": st.dictionaries(st.sampled_from(["title", "date", "price"]), st.none() | texts),
        "articles": st.lists(articles, max_size=4),
    },
    optional={"language": st.just("en"), "scope": st.just("all")},
)


@given(pages)
def test_a_perfect_result_is_perfect_in_every_figure(gold: Json) -> None:
    if gold.get("scope"):
        # Gold of the whole print has its heads among its paragraphs, and so has the result.
        gold = {**gold, "articles": [{"paragraphs": article["paragraphs"]} for article in gold["articles"]]}
    gold["articles"] = [article for article in gold["articles"] if any(text.split() for text in article["paragraphs"])]
    report = figures(gold, gold)
    for figure in ISSUE_FIGURES:
        value = report[figure.name]
        assert value is None or value == pytest.approx(0 if figure.less else 1), figure.name


@given(pages, pages)
def test_every_share_lies_between_nought_and_one(gold: Json, predicted: Json) -> None:
    report = figures(gold, predicted)
    for figure in ISSUE_FIGURES:
        value = report[figure.name]
        if isinstance(value, float) and figure.name not in {"body_cer", "page_cer", "wer"}:
            least = -1 if figure.name == "kendall_tau" else 0
            assert least - 1e-9 <= value <= 1 + 1e-9, figure.name


@given(
    st.lists(st.lists(st.text("甲乙, -", min_size=1, max_size=6), min_size=1, max_size=4), max_size=4),
    st.text("甲乙, -\n"),
)
def test_joins_of_anything_have_figures(paragraphs: list[list[str]], repaired: str) -> None:
    gold = [{"lines": lines, "text": "".join(lines)} for lines in paragraphs]
    report = make_figures(SEAM_FIGURES, evaluate_seams(gold, repaired))
    assert all(value is None or 0 <= value <= 1 for value in report.values())
