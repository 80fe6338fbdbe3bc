"""Weights learnt from gold: the same twice, better on the pages they were learnt for, and nothing left out silently."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from typer.testing import CliRunner, Result

from newspaper_cli.characters import count_han
from newspaper_cli.cli import app
from newspaper_cli.document import Line
from newspaper_cli.errors import ExitCode
from newspaper_cli.features import read_weights
from newspaper_cli.heading_lines import STATES
from newspaper_cli.lines import read_lines
from newspaper_cli.tables import SHIPPED, open_weights
from newspaper_cli.training.adverts import fit_adverts
from newspaper_cli.training.alignment import judge_seams, place_lines, read_gold
from newspaper_cli.training.base import fit_tables
from newspaper_cli.training.fitting import Example, adapt, fit, tidy
from newspaper_cli.training.generator import wrapped
from newspaper_cli.training.gold import read_collection
from newspaper_cli.training.headings import judge_lines, tell_headings
from newspaper_cli.training.labels import fit_labels
from newspaper_cli.training.line_states import judge_states, tell_states
from newspaper_cli.training.marks import read_marks
from newspaper_cli.training.own import adapt_labels, adapt_tables
from newspaper_cli.training.scoring import measure
from newspaper_cli.training.sequences import Chain, Item, answer, fit_chains
from newspaper_cli.training.sources import read_recipe
from newspaper_cli.training.starts import fit_starts, place_starts
from newspaper_cli.training.stretches import Stretch, answer_lines, fit_stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
# An invented paper that prints every piece of news as one line without a stop, all of one length, as in a table.
TOWNS = ["柘口", "岚川", "青溪", "霜溪", "泽岭", "穗坪", "桅堰", "柳渡", "蘆汀", "海角", "云洲", "石塘"]
GOODS = ["新米每担三元二角", "棉纱每件百二十元", "菜油每担十九元四", "桐油每担廿三元六", "生丝每担七百元整"]


def run(*arguments: object, environment: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), env=environment)


@pytest.fixture
def keyed(tmp_path: Path) -> Path:
    """Give a folder of sample pages with their gold issues beside them."""
    folder = tmp_path / "keyed"
    folder.mkdir()
    for path in SAMPLES.glob("*.txt"):
        shutil.copy(path, folder)
        shutil.copy(SAMPLES / "gold" / f"{path.stem}.json", folder)
    return folder


def list_gold() -> list[list[dict[str, Any]]]:
    """Give the articles of each gold issue of the samples, a paragraph as its text."""
    issues = [json.loads(path.read_text("utf-8"))["articles"] for path in sorted((SAMPLES / "gold").glob("*.json"))]
    for article in (article for articles in issues for article in articles):
        article["paragraphs"] = [item if isinstance(item, str) else item["text"] for item in article["paragraphs"]]
    return issues


def misread(lines: Sequence[str], every: int) -> list[str]:
    """Exchange every so many characters of a page for another, as bad character recognition does."""
    text = "\n".join(lines)
    return "".join(
        "囗" if every and place % every == every - 1 and character != "\n" else character
        for place, character in enumerate(text)
    ).split("\n")


def price_page(number: int) -> list[str]:
    return [TOWNS[(number + place) % len(TOWNS)] + GOODS[(number * place) % len(GOODS)] for place in range(12)]


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    """Give a folder of keyed price tables, every line a paragraph of its own."""
    folder = tmp_path / "prices"
    (folder / "lines").mkdir(parents=True)
    for number in range(6):
        lines = price_page(number)
        (folder / f"p{number}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "lines" / f"p{number}.json").write_text(json.dumps([[line] for line in lines]), "utf-8")
    return folder


class TestTrain:
    def test_two_runs_write_the_same_bytes(self, keyed: Path, tmp_path: Path) -> None:
        written = []
        for name in ("one", "two"):
            done = run("train", keyed, "-o", tmp_path / name)
            assert done.exit_code == 0, done.stderr
            assert not done.stdout
            assert "joins.han: 7 pages" in done.stderr
            written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
        assert written[0] == written[1]
        # The sample in Latin script stands as printed: its headings are told line by line.
        tables = ["heads.latin.tsv", "joins.han.tsv", "joins.latin.tsv", "labels.han.tsv"]
        assert sorted(written[0]) == ["TRAINING.md", *tables]
        assert b"| `joins.han.tsv`, pages left out of training | 7 |" in written[0]["TRAINING.md"]
        assert open_weights(tmp_path / "one").folder

    def test_no_text_of_the_pages_is_in_the_weights(self, keyed: Path, tmp_path: Path) -> None:
        assert run("train", keyed, "-o", tmp_path / "own").exit_code == 0
        for path in (tmp_path / "own").iterdir():
            assert not [character for character in path.read_text("utf-8") if "\u4e00" <= character <= "\u9fff"]

    def test_what_was_learnt_changes_a_decision(self, prices: Path, tmp_path: Path) -> None:
        page = tmp_path / "new.txt"
        page.write_text("\n".join(price_page(7)) + "\n", "utf-8")
        assert run("train", prices, "-o", tmp_path / "own").exit_code == 0
        before, after = run("repair", page), run("repair", page, "--weights", tmp_path / "own")
        assert len(before.stdout.split()) < 12
        assert after.stdout.split() == price_page(7)

    def test_pages_whose_gold_does_not_fit_are_told_and_left_out(self, prices: Path, tmp_path: Path) -> None:
        (prices / "lines" / "p1.json").write_text(json.dumps([["别的报纸上的另一行"]]), "utf-8")
        (prices / "lines" / "p2.json").write_text("{", "utf-8")
        (prices / "lines" / "p3.json").write_text('{"articles": ["text"]}', "utf-8")
        (prices / "p4.txt").write_text(price_page(4)[0] + "\n", "utf-8")
        done = run("train", prices, "-o", tmp_path / "own")
        assert done.exit_code == ExitCode.SOME_FAILED
        assert "p1.txt: only 0 of 12 lines are in" in done.stderr
        assert "p2.json cannot be read as JSON" in done.stderr
        assert "p3.json is no gold: expected" in done.stderr
        assert "p4.txt: it has no two lines of which" in done.stderr
        assert "gold of 3 pages cannot be used" in done.stderr
        assert "joins.han: 2 pages, 22 seams" in done.stderr
        assert (tmp_path / "own" / "joins.han.tsv").exists()

    def test_one_page_is_learnt_from_and_not_scored(self, prices: Path, tmp_path: Path) -> None:
        for path in prices.glob("p[1-5].txt"):
            path.unlink()
        done = run("train", prices, "-o", tmp_path / "own")
        assert done.exit_code == 0
        assert "one page alone cannot be scored" in done.stderr
        assert "left out of training" not in (tmp_path / "own" / "TRAINING.md").read_text()

    def test_training_may_start_from_weights_trained_before(self, prices: Path, tmp_path: Path) -> None:
        assert run("train", prices, "-o", tmp_path / "own").exit_code == 0
        done = run("train", prices, "-o", tmp_path / "again", "--weights", tmp_path / "own")
        assert "(before 1.000)" in done.stderr
        # The variable chooses what pages are read with; training on top of it twice would count pages twice.
        other = run("train", prices, "-o", tmp_path / "fresh", environment={"NEWSPAPER_WEIGHTS": str(tmp_path / "own")})
        assert other.exit_code == 0
        assert (tmp_path / "fresh" / "joins.han.tsv").read_bytes() == (tmp_path / "own" / "joins.han.tsv").read_bytes()

    def test_requests_that_cannot_be_met(self, prices: Path, keyed: Path, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        file = tmp_path / "file"
        file.write_text("")
        for path in keyed.glob("*.json"):
            path.write_text("[]")
        cases: list[tuple[Sequence[object], ExitCode, str]] = [
            (
                [tmp_path / "empty", "-o", tmp_path / "w"],
                ExitCode.USAGE,
                "no page with gold beside it; expected NAME.txt",
            ),
            ([tmp_path / "absent", "-o", tmp_path / "w"], ExitCode.UNREADABLE, "absent cannot be read"),
            ([file, "-o", tmp_path / "w"], ExitCode.USAGE, "is a file; train needs a folder"),
            ([keyed, "-o", tmp_path / "w"], ExitCode.UNREADABLE, "none of the 13 pages"),
            ([prices, "-o", file], ExitCode.USAGE, "is a file; -o needs a folder"),
            ([prices, "-o", file / "below"], ExitCode.UNWRITABLE, "cannot make the folder"),
            ([prices, "-o", prices], ExitCode.USAGE, "choose another folder"),
            ([prices, "-o", tmp_path / "w", "--language", "xx"], ExitCode.USAGE, "unknown language"),
            ([prices, "-o", tmp_path / "w", "--weights", tmp_path / "empty"], ExitCode.USAGE, "holds no table"),
            ([prices, "-o", tmp_path / "w", "--base", "--weights", file], ExitCode.USAGE, "exclude each other"),
            ([prices, "-o", tmp_path / "w", "--base"], ExitCode.USAGE, "nothing to fit the shipped tables on"),
        ]
        for arguments, code, message in cases:
            done = run("train", *arguments)
            assert (done.exit_code, message in done.stderr) == (code, True), done.stderr
        assert not (tmp_path / "w").exists()

    def test_without_the_extra_it_says_what_to_install(self, prices: Path, tmp_path: Path) -> None:
        (tmp_path / "block" / "sklearn").mkdir(parents=True)
        (tmp_path / "block" / "sklearn" / "__init__.py").write_text("raise ImportError")
        blocked = {"PYTHONPATH": str(tmp_path / "block")}
        for more in ([], ["--base"]):
            command = [sys.executable, "-m", "newspaper_cli", "train", str(prices), "-o", str(tmp_path / "w"), *more]
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | blocked)
            assert done.returncode == ExitCode.EXTRA_MISSING
            assert "pip install 'newspaper-cli[train]'" in done.stderr

    def test_base_fits_anew_on_made_pages(self, tmp_path: Path) -> None:
        (tmp_path / "corpus" / "articles").mkdir(parents=True)
        articles = [
            {
                "kicker": article["kicker"],
                "headline": article["headline"],
                "deck": article["deck"],
                "byline": None,
                "paragraphs": article["paragraphs"],
            }
            for issue in list_gold()
            for article in issue
            if count_han("".join(article["paragraphs"]))
        ]
        rows = "".join(json.dumps(article) + "\n" for article in articles)
        (tmp_path / "corpus" / "articles" / "rmrb_2011_2019.jsonl").write_text(rows, "utf-8")
        done = run("train", tmp_path / "corpus", "-o", tmp_path / "own", "--base", "--language", "zh")
        assert done.exit_code == 0, done.stderr
        assert "holds no pages for the part 'keyed lines'" in done.stderr
        names = [path.name for path in sorted((tmp_path / "own").iterdir())]
        assert names == ["TRAINING.md", "joins.han.tsv", "labels.han.tsv"]
        again = fit_tables(tmp_path / "corpus", "zh")[0]
        assert again.scores["made"].accuracy > again.scores["made"].all_joined + 0.1
        own = open_weights(tmp_path / "own")
        assert again.weights == dict(read_weights("joins.han", own))
        labels = fit_labels(tmp_path / "corpus", "zh", own)[0]
        assert labels.weights == dict(read_weights("labels.han", own))
        made = labels.scores["made"]
        assert 2 * made.hits > 1.6 * (made.heads + made.found) / 2


class TestAlignment:
    GOLD = (
        "水库新闸今日开闸",
        "昨日下午，溪桥水库新闸落成，全县三万亩农田可以按时灌溉。",
        "镇中学图书室昨日迁入新楼。",
    )

    @staticmethod
    def judge(gold: Sequence[str], lines: Sequence[str], *, exact: bool = False) -> list[bool | None]:
        known = read_gold(gold, exact=exact)
        return judge_seams(place_lines([Line(line, 0, len(line)) for line in lines], known), known)

    def test_seams_inside_paragraphs_join_and_those_between_do_not(self) -> None:
        lines = [
            "水库新闸今日开闸",
            "昨日下午，溪桥水库新闸落",
            "成，全县三万亩农田可以按时灌溉。",
            "镇中学图书室昨日迁入新楼。",
        ]
        assert self.judge(self.GOLD, lines) == [False, True, False]

    def test_misread_lines_are_found_by_their_ends(self) -> None:
        lines = [
            "水库新闸今日开闸",
            "昨日下午，奚桥水库新闸落",
            "咸，全县三万苗农田可以按时灌溉。",
            "镇中学图书室昨日迁人新楼。",
        ]
        assert self.judge(self.GOLD, lines) == [False, True, False]

    def test_text_printed_twice_is_a_join(self) -> None:
        lines = ["昨日下午，溪桥水库新闸落成，", "落成，全县三万亩农田可以按时灌溉。"]
        assert self.judge(self.GOLD, lines) == [True]

    def test_other_order_is_a_break_where_paragraphs_end(self) -> None:
        lines = ["镇中学图书室昨日迁入新楼。", "水库新闸今日开闸"]
        assert self.judge(self.GOLD, lines) == [False]

    def test_nothing_is_concluded_from_what_gold_lacks_in_the_middle(self) -> None:
        lines = ["昨日下午，溪桥水库新闸落", "今晚放映电影两场", "成，全县三万亩农田可以按时灌溉。", "责任编辑何柳"]
        assert self.judge(self.GOLD, lines) == [None, None, False]
        assert self.judge(self.GOLD, lines, exact=True) == [False, False, False]

    @pytest.mark.parametrize("every", [0, 20, 12])
    def test_hardly_a_seam_is_judged_wrong_though_characters_are_misread(self, every: int) -> None:
        right = wrong = unknown = 0
        for articles in list_gold():
            # Lines of verse and of tables are not asked about: the next test.
            prose = [article for article in articles if article.get("kind") not in {"verse", "table", "listing"}]
            paragraphs = [text for article in prose for text in article["paragraphs"]]
            parts = [wrapped(text, 30) for text in paragraphs]
            lines = misread([line.strip() for part in parts for line in part], every)
            truth = [place < len(part) for part in parts for place in range(1, len(part) + 1)][:-1]
            for told, wanted in zip(self.judge(paragraphs, lines), truth, strict=True):
                right += told is wanted
                wrong += told is (not wanted)
                unknown += told is None
        assert wrong <= right * 0.005
        assert unknown <= right * {0: 0.01, 20: 0.05, 12: 0.15}[every]

    def test_lines_of_a_head_or_of_verse_are_not_asked_about(self) -> None:
        verse = ["青山隐隐水迢迢", "十里桥边柳万条"]
        assert self.judge(["".join(verse), "落成。"], verse) == [None]


class TestFitting:
    ROWS = tuple(Example(("end han", f"next {place % 3}"), place % 3 > 0, 1.0) for place in range(60))

    def test_adapting_leaves_alone_what_the_examples_do_not_show(self) -> None:
        known = {"bias": 0.5, "far": 1.25, "next 0": 2.0, "spanning": -8.0}
        found = adapt(self.ROWS, known)
        assert found["far"] == known["far"]
        assert found["next 0"] < 0 < found["next 1"]

    def test_fitting_learns_what_parts_the_examples(self) -> None:
        scores = measure(fit(self.ROWS, 1.0), self.ROWS)
        assert (scores.accuracy, scores.break_f1, scores.seams) == (1, 1, 60)
        assert scores.all_joined == pytest.approx(2 / 3)

    def test_what_is_certain_is_set_and_what_is_small_left_out(self) -> None:
        found = tidy({"bias": 0.0, "start lines byline": 3.0, "end han": 0.04, "next": 0.056})
        assert found == {"bias": 0.0, "next": 0.06, "spanning": -8.0, "start lines byline": -8.0}

    def test_the_calibration_error_is_how_far_claims_are_from_truth(self) -> None:
        sure = [Example(("a",), joins, 1.0) for joins in (True, True, True, False)]
        assert measure({"a": 1.0986}, sure).calibration_error == pytest.approx(0, abs=1e-4)
        assert measure({"a": 20.0}, sure).calibration_error == pytest.approx(0.249)


class TestLineStates:
    def test_gold_tells_what_each_line_is(self) -> None:
        article = {
            "heads": [{"text": "TOWN BUILDS A BRIDGE OVER THE RIVER"}, {"text": "Forty Men at Work"}],
            "bylines": [{"text": "By Ada Harrow"}],
            "paragraphs": [
                {"text": "The miller said so.", "kind": "body"},
                {"text": "Rain at Night", "kind": "subhead"},
            ],
        }
        printed = [
            "TOWN BUILDS A BRIDGE",
            "OVER THE RIVER",
            "Forty Men at Work",
            "By Ada Harrow",
            "The miller said so.",
        ]
        lines = [Line(text, 0, len(text)) for text in (*printed, "Rain at Night", "of which gold knows nothing")]
        states = judge_states(lines, list(tell_states([article])))
        assert [state[0] if state else "" for state in states] == ["head", "more", "deck", "sign", "text", "cross", ""]

    def test_a_fit_learns_which_lines_open_and_leaves_the_rest_to_what_it_knew(self) -> None:
        text, head = STATES[0], STATES[1]
        steps = (("gap 0",), ("gap 0",))
        opened = Stretch("a", (("fill half",),), steps, (STATES,), ((head,),))
        plain = Stretch("a", (("fill full",),), steps, (STATES,), ((text,),))
        table = fit_stretches([opened, plain] * 40, {"head words 2": 1.5})
        assert answer_lines(table, opened)[0] > 0.5 > answer_lines(table, plain)[0]
        assert table["head words 2"] == 1.5

    def test_what_a_reader_marked_is_read_by_ranges_and_lines(self) -> None:
        (marks,) = read_marks("# press/page.txt 1-40 60-80\n7\th\n8\tm\n")
        assert marks.read == ((1, 40), (60, 80))
        assert marks.rows == ((7, "h"), (8, "m"))
        assert [number for number in range(100) if marks.has_read(number)] == [*range(1, 41), *range(60, 81)]

    def test_every_line_marked_lies_in_what_was_read_and_has_a_known_letter(self) -> None:
        files = sorted((ROOT / "newspaper_cli" / "training").glob("headings_read*.tsv"))
        read = [marks for file in files for marks in read_marks(file.read_text("utf-8"))]
        assert len(read) >= 45
        assert len({marks.path for marks in read}) == len(read)
        for marks in read:
            numbers, letters = zip(*marks.rows, strict=True)
            assert list(numbers) == sorted(set(numbers)), marks.path
            assert set(letters) <= set("hmdxsfa?"), marks.path
            assert all(map(marks.has_read, numbers)), marks.path

    def test_every_stretch_marked_as_paid_for_lies_in_what_was_read(self) -> None:
        text = (ROOT / "newspaper_cli" / "training" / "adverts_read.tsv").read_text("utf-8")
        read = list(read_marks(text))
        assert len({marks.path for marks in read}) == len(read) >= 28
        for marks in read:
            places = [place for first, last in marks.rows for place in (first, int(last))]
            assert places == sorted(places), marks.path
            assert all(map(marks.has_read, places)), marks.path


class TestLabels:
    """Tables of labels are learnt from gold that tells its heads."""

    ARTICLE: Final = {
        "headline": "渡口的灯又亮了",
        "paragraphs": [
            {"text": "天刚蒙蒙亮，候船廊里坐满了人。", "kind": "body"},
            {"text": "坐船的人又多了", "kind": "subhead"},
            "意见报上去以后，县里决定改造渡口。",
        ],
    }

    def test_gold_tells_heads_and_subheads(self) -> None:
        told = list(tell_headings([self.ARTICLE]))
        assert [heads for _, heads in told] == [True, False, True, False]
        lines = read_lines(
            "渡口的灯又亮了\n天刚蒙蒙亮，候船廊\n里坐满了人。\n坐船的人又多了\n别处的话\n县里决定改造渡口。\n"
        )
        assert judge_lines(lines, told, whole=True) == [True, False, False, True, None, False]

    def test_heads_lean_on_each_other_and_what_is_unknown_is_left_open(self) -> None:
        pair = (Item(("short",), "near", yes=True), Item(("odd",), "near", yes=None))
        lone = (Item(("short",), "near", yes=True), Item(("long",), "near", yes=False))
        known = (Item(("short",), "near", yes=True), Item(("short",), "near", yes=True))
        table = fit_chains([Chain("a", lone), Chain("b", known), Chain("c", pair)])
        assert table["short"] > 0 > table["long"]
        assert table["near"] > 0
        first, second = answer(table, Chain("d", pair))
        assert first > 0.5
        assert second > 0.5

    def test_adapting_knows_its_pages_better(self, keyed: Path) -> None:
        for table in adapt_labels(read_collection(keyed).pages):
            assert table.before.blocks > 0
            known = read_weights(table.name)
            assert {name for name, weight in known.items() if table.weights.get(name) != weight}


def test_the_recipe_names_the_tables_that_a_user_may_replace() -> None:
    assert [table.name for table in read_recipe()] == ["joins.han", "joins.latin"]


def test_adapting_to_the_samples_is_no_worse_on_samples_left_out(keyed: Path) -> None:
    collection = read_collection(keyed)
    assert (len(collection.pages), collection.problems, collection.idle) == (13, (), ())
    # Those in Latin script are of six papers and three languages: what one of them teaches is wrong for the next.
    (han,) = [table for table in adapt_tables(collection.pages, SHIPPED) if table.name == "joins.han"]
    assert han.after
    assert han.after.accuracy >= han.before.accuracy


def test_pages_of_many_papers_are_told_to_teach_nothing(keyed: Path, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "newspaper_cli", "train", str(keyed), "-o", str(tmp_path / "own"))
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (latin,) = [line for line in done.stderr.splitlines() if "joins.latin: " in line]
    assert "do the others come from the same paper?" in latin


def test_the_shipped_tables_are_what_training_gives(corpus: Path) -> None:
    fitted = {table.name: table for table in fit_tables(corpus)}
    for name, table in fitted.items():
        shipped = read_weights(name)
        assert table.weights.keys() == shipped.keys()
        # Another processor may round the last digit otherwise.
        assert table.weights == pytest.approx(dict(shipped), abs=0.015)
        assert all(scores.calibration_error < 0.06 for scores in table.scores.values())
    assert fitted["joins.han"].scores["keyed lines"].accuracy > 0.95
    (labels,) = fit_labels(corpus, "zh")
    assert labels.weights == pytest.approx(dict(read_weights("labels.han")), abs=0.015)
    for name, counts in labels.scores.items():
        assert 2 * counts.hits > 0.85 * (counts.heads + counts.found), name
    (heads,) = fit_labels(corpus, "en", scored=False)
    shipped = dict(read_weights("heads.latin"))
    names = heads.weights.keys() | shipped.keys()
    # A weight about as small as those that are left out may be left out elsewhere.
    assert max(abs(heads.weights.get(name, 0.0) - shipped.get(name, 0.0)) for name in names) < 0.06
    assert fit_starts(corpus) == pytest.approx(dict(read_weights("starts")), abs=0.015)
    (adverts,) = fit_adverts(corpus)
    assert adverts.weights == pytest.approx(dict(read_weights("paid.latin")), abs=0.015)
    (paid,) = adverts.scores.values()
    assert paid.blocks > 700
    assert 2 * paid.hits > 0.74 * (paid.heads + paid.found)


class TestStarts:
    """The table of starts is learnt from where the articles of gold stand on the raw page."""

    ARTICLES: Final = (
        {"headline": "米价稍跌", "paragraphs": ["城中米价、月初每石十一元有奇、近因新谷登场、来源渐旺、"]},
        {"headline": "江水又涨", "paragraphs": ["连日大雨、江水陡涨三尺、沿岸低田、多被浸没、"]},
        {"headline": None, "paragraphs": ["东街更夫柳阿四、前夜巡至桥畔、拾得皮夹一只、送还失主、"]},
    )
    PAGE: Final = (
        "米价稍跌\n城中米价、月初每石十\n一元有奇、近因新谷登\n场、来源渐旺、\n江水又涨\n连日大雨、江水陡涨三\n"
        "尺、沿岸低田、多被浸\n没、\n东街更夫柳阿四、前夜\n巡至桥畔、拾得皮夹一\n只、送还失主、\n"
    )

    @pytest.mark.parametrize("misread_every", [0, 11])
    def test_articles_are_found_on_a_page_that_is_misread(self, misread_every: int) -> None:
        text = "\n".join(misread(self.PAGE.split("\n"), misread_every))
        lines = read_lines(text)
        starts = place_starts(lines, self.ARTICLES)
        assert [index for index, line in enumerate(lines) if line.start in starts] == [0, 4, 8]

    def test_an_article_of_another_page_is_not_found(self) -> None:
        other = {"headline": "戏园近讯", "paragraphs": ["广和戏园新聘名角、定初八日登台、"]}
        assert place_starts(read_lines(self.PAGE), [other]) == frozenset()

    def test_headings_learn_to_open_articles(self, tmp_path: Path) -> None:
        assert fit_starts(tmp_path) == {}
        (tmp_path / "jingbao" / "gold").mkdir(parents=True)
        for number in range(4):
            (tmp_path / "jingbao" / f"p{number}.txt").write_text(self.PAGE, "utf-8")
            gold = json.dumps({"articles": self.ARTICLES}, ensure_ascii=False)
            (tmp_path / "jingbao" / "gold" / f"p{number}.json").write_text(gold, "utf-8")
        weights = fit_starts(tmp_path)
        assert weights["opens commas yes"] > 0 > weights["opens commas no"]
        assert fit_starts(tmp_path) == weights
