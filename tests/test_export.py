from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_issues import EVERYTHING, NOTHING, any_issue, with_text
from markdown_it import MarkdownIt
from msgspec.structs import replace

from newspaper_cli.document import Article, Byline, Issue, IssueFields, Paragraph, Reading, SourceInfo
from newspaper_cli.errors import UsageError
from newspaper_cli.export import COLLECTED, FORMATS, META_FORMATS, ExportOptions, render, render_meta
from newspaper_cli.export.csv_ import neutralised
from newspaper_cli.export.markdown import escape
from newspaper_cli.script import to_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspaper_cli.script import Script

COLUMNS = [
    *("source_path", "issue_title", "issue_date", "weekday", "lunar_date", "issue_number", "page_count"),
    *("page", "article_id", "kind", "section", "kicker", "headline", "deck", "byline", "dateline"),
    *("body", "captions", "characters"),
]
HOSTILE = "=1\x00\x07\x1b[31m\x85\x9b*a*_b_`c`<script>&amp;|[x](http://y.z)\udc80\U0001f600\u2028#"
# Commas, quotes and line ends are what CSV is about, the rest is what a page or an attacker can bring.
TEXTS = st.text(st.sampled_from("=+-@＝'\",;\t\r\n\x00\x1b\x85\u2028\u3000 a1.)*_`#<>&[]()|~\\永😀\udc80"), max_size=24)


def rendered(issue: Issue, name: str, options: ExportOptions | None = None) -> str:
    return "".join(render([issue], name, options or ExportOptions()))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


# -- the registry


def test_the_formats_of_the_contract_are_there() -> None:
    assert list(FORMATS) == ["json", "jsonl", "csv", "markdown", "text"]
    assert list(META_FORMATS) == ["json", "jsonl", "csv"]
    assert [known.suffix for known in FORMATS.values()] == [".json", ".jsonl", ".csv", ".md", ".txt"]
    assert {known.name: known.files for known in COLLECTED.values()} == {
        "jsonl": ("issues.jsonl",),
        "csv": ("articles.csv",),
        "tables": ("issues.csv", "articles.csv", "paragraphs.csv"),
        "sqlite": ("archive.sqlite",),
        "parquet": ("articles.parquet",),
    }


def test_an_unknown_format_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="json, jsonl, csv, markdown, text"):
        render([], "yaml")
    with pytest.raises(UsageError, match="json, jsonl, csv"):
        render_meta([], "markdown")


@pytest.mark.parametrize("name", FORMATS)
def test_each_issue_is_written_before_the_next_but_one_is_asked_for(name: str) -> None:
    asked = 0

    def issues() -> Iterator[Issue]:
        nonlocal asked
        while True:
            asked += 1
            yield EVERYTHING

    pieces = render(issues(), name)
    for _ in range(5):
        next(pieces)
    assert asked <= 5


@given(any_issue())
@settings(max_examples=25, deadline=None)
def test_every_format_writes_every_issue_the_types_allow(issue: Issue) -> None:
    for name in FORMATS:
        assert rendered(issue, name).endswith("\n") or name == "text"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_with_a_line_end_and_is_text_of_utf_8(name: str) -> None:
    for issue in (NOTHING, EVERYTHING, with_text(HOSTILE)):
        text = rendered(issue, name)
        text.encode("utf-8")
        assert "\x00" not in text
        assert "\x1b" not in text
        if text:
            assert text.endswith("\n")


# -- JSON


def test_one_input_gives_one_object_and_several_give_an_array() -> None:
    one, two = "".join(render([EVERYTHING], "json")), "".join(render([EVERYTHING, NOTHING], "json"))
    assert [issue["source"]["path"] for issue in json.loads(two)] == ["pages/石桥.txt", None]
    assert json.loads(one) == json.loads(two)[0]


def test_several_inputs_of_which_one_or_none_came_through_still_give_an_array() -> None:
    several = ExportOptions(several=True)
    assert json.loads("".join(render([EVERYTHING], "json", several)))[0]["articles"]
    assert json.loads("".join(render([], "json", several))) == []
    assert "".join(render([], "json")) == ""


def test_keys_come_in_the_order_of_the_contract_and_none_is_missing() -> None:
    for issue in (NOTHING, EVERYTHING):
        value = json.loads(rendered(issue, "json"))
        assert " ".join(value) == "schema_version source issue pages articles furniture repairs notes"
        assert " ".join(value["source"]) == "path sha256 encoding characters language"
        assert list(value["issue"])[:5] == ["title", "title_alternative", "date", "weekday", "lunar_date"]
    assert " ".join(value["articles"][1]) == (
        "id kind page section kicker headline deck heads bylines dateline paragraphs captions editors jumps confidence"
    )
    assert json.loads(rendered(NOTHING, "json"))["issue"]["price"] is None


def test_json_gives_a_record_a_line_and_jsonl_an_issue_a_line() -> None:
    lines = rendered(EVERYTHING, "json").splitlines()
    assert ' {"text": "潮水", "spans": [[85, 87]], "kind": "subhead"},' in [line[3:] for line in lines]
    compact = "".join(render([EVERYTHING, NOTHING], "jsonl"))
    assert compact.count("\n") == 2
    assert [json.loads(line) for line in compact.splitlines()] == json.loads(
        "".join(render([EVERYTHING, NOTHING], "json"))
    )


def test_undecodable_bytes_leave_as_replacement_characters_in_text_and_path_alike() -> None:
    issue = replace(with_text("a\udc80\udcffb"), source=SourceInfo("x\udc80.txt", "0" * 64, "utf-8", 9, "en"))
    for name in ("json", "jsonl"):
        value = json.loads(rendered(issue, name))
        assert value["articles"][0]["headline"] == "a��b"
        assert value["source"]["path"] == "x�.txt"
        assert list(value["articles"][0]) == list(Article.__struct_fields__)


def test_meta_is_the_same_object_without_articles_furniture_and_repairs() -> None:
    whole, meta = (json.loads("".join(write([EVERYTHING], "json"))) for write in (render, render_meta))
    assert meta == {key: whole[key] for key in ("schema_version", "source", "issue", "pages", "notes")}
    assert json.loads("".join(render_meta([EVERYTHING], "jsonl"))) == meta


# -- CSV


def test_one_row_an_article_under_the_columns_of_the_contract() -> None:
    text = rendered(EVERYTHING, "csv")
    assert text.split("\r\n")[0] == ",".join(COLUMNS)
    first, second = rows(text)
    assert first["issue_title"] == "石桥日报"
    assert first["page_count"] == "4"
    assert first["byline"] == "林小舟; 何穗"
    assert first["dateline"] == "本报讯"
    assert first["body"] == "本报讯4日（记者林小舟）港口通船。\n\n潮水\n\n潮水正好，船进港。"
    assert first["captions"] == "港口全景 (何穗 摄)"
    assert first["characters"] == str(17 + 2 + 9)
    assert (second["article_id"], second["kind"], second["headline"], second["body"]) == ("i0002", "notice", "", "")


def test_a_file_without_articles_gives_one_row_with_empty_article_columns() -> None:
    issue = replace(EVERYTHING, articles=())
    for options in (ExportOptions(), ExportOptions(rows="paragraphs")):
        (row,) = rows(rendered(issue, "csv", options))
        assert row["issue_title"] == "石桥日报"
        assert not any(value for column, value in row.items() if column not in COLUMNS[:7])


def test_the_header_stands_once_and_first_even_above_nothing() -> None:
    assert "".join(render([], "csv")) == ",".join(COLUMNS) + "\r\n"
    assert "".join(render([EVERYTHING, EVERYTHING], "csv")).count("source_path") == 1
    assert rendered(NOTHING, "csv", ExportOptions(bom=True)).startswith("\ufeffsource_path,")


def test_the_long_form_has_one_row_a_paragraph_with_its_place() -> None:
    first, subhead, third, notice = rows(rendered(EVERYTHING, "csv", ExportOptions(rows="paragraphs")))
    assert [row["paragraph"] for row in (first, subhead, third, notice)] == ["1", "2", "3", ""]
    assert (first["start"], first["end"], first["headline"]) == ("66", "84", "新港口通船")
    assert (subhead["paragraph_kind"], subhead["text"], subhead["characters"]) == ("subhead", "潮水", "2")
    assert notice["article_id"] == "i0002"
    assert list(first)[:16] == COLUMNS[:16]


@pytest.mark.parametrize(
    "cell",
    [
        "=1",
        "+1",
        "-1",
        "@x",
        "\tx",
        "\rx",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "\u3000=1",
        "\x00=1",
        "\ufeff=1",
        "\x1c@",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised_unless_it_is_asked_for_raw(cell: str) -> None:
    assert neutralised(cell) == f"'{cell}"
    (row,) = rows(rendered(with_text(cell), "csv"))
    assert row["headline"].startswith("'")
    assert row["issue_title"].startswith("'")
    (raw,) = rows(rendered(with_text(cell), "csv", ExportOptions(raw_cells=True)))
    assert not raw["headline"].startswith("'")
    assert row["headline"] == f"'{raw['headline']}"


@pytest.mark.parametrize("cell", ["", "1-2", "——副题", "—", "a=b", "'x", "甲@乙", "\u3000甲"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    (row,) = rows(rendered(with_text(cell), "csv"))
    assert row["headline"] == cell


@given(TEXTS)
def test_csv_reads_back_to_the_same_cells(text: str) -> None:
    (row,) = rows(rendered(with_text(text), "csv", ExportOptions(raw_cells=True)))
    kept = "".join("�" if c in "\r\x00\x1b\x85\udc80" else c for c in text)
    assert row["headline"] == kept
    assert row["body"] == f"{kept}\n\n{kept}"
    (safe,) = rows(rendered(with_text(text), "csv"))
    assert all(not value.lstrip().startswith(tuple("=+-@＝＋－＠")) for value in safe.values())


def test_meta_csv_has_a_row_an_issue_with_the_printed_text_behind_each_field() -> None:
    text = "".join(render_meta([EVERYTHING, NOTHING], "csv"))
    full, empty = rows(text)
    assert (full["date"], full["date_printed"]) == ("2031-03-05", "2031年3月; 5")
    assert (full["title_printed"], full["weekday_printed"]) == ("石桥日报", "")
    assert full["basis"] == "title: printed; date: completed; weekday: inferred"
    assert full["checks"] == "weekday: printed 星期四, expected 星期三; lunar-date: 二月十三 agrees"
    assert full["notes"] == "weekday-conflict"
    assert full["weather"] == "'-3℃~5℃"
    assert (full["contacts"], full["editors"]) == ("电话 000-1", "值班 白帆")
    assert set(empty.values()) == {""}
    values = [name for name in IssueFields.__struct_fields__ if name not in {"basis", "readings", "checks"}]
    assert set(values) < set(full)


# -- text to read


def test_text_is_one_paragraph_a_line_with_a_blank_line_between_articles() -> None:
    head, harbour, *rest = rendered(EVERYTHING, "text").split("\n\n")
    assert head.splitlines()[:3] == ["石桥日报", "Title alternative: Shiqiao Daily", "Date: 2031-03-05 (completed)"]
    assert "CN number: CN00-0000" in head.splitlines()
    assert harbour.rstrip("\n").splitlines() == [
        "石桥镇三年修堤",
        "新港口通船",
        "首日进港十二艘",
        "记者 林小舟 通讯员 何穗",
        "上接第3版",
        "本报讯4日（记者林小舟）港口通船。",
        "潮水",
        "潮水正好，船进港。",
        "港口全景 (何穗 摄)",
        "下转第2版",
        "责编 白帆",
    ]
    assert rest == []


def test_a_conflict_is_told_to_the_reader_too() -> None:
    for name in ("markdown", "text"):
        text = rendered(EVERYTHING, name)
        assert "Check: weekday: printed 星期四, expected 星期三" in text
        assert "Note: 星期四 is printed" in text


def test_markdown_is_a_page_without_front_matter() -> None:
    blocks = rendered(EVERYTHING, "markdown").rstrip("\n").split("\n\n")
    assert blocks[0] == "# 石桥日报"
    assert "- Date: 2031-03-05 (completed)" in blocks[1].split("\n")
    assert blocks[2:8] == [
        "## 新港口通船",
        "Page 1 · 要闻",
        "*石桥镇三年修堤*",
        "*首日进港十二艘*",
        "记者 林小舟 通讯员 何穗",
        "*上接第3版*",
    ]
    assert blocks[9] == "### 潮水"
    assert "> 港口全景 (何穗 摄)" in blocks
    assert blocks[-2:] == ["## Untitled notice", "Page 1 · notice"]
    assert rendered(NOTHING, "markdown") == "# Untitled issue\n"


def test_two_issues_in_one_markdown_are_parted_by_a_rule() -> None:
    tokens = MarkdownIt().parse("".join(render([EVERYTHING, NOTHING], "markdown")))
    assert [token.type for token in tokens].count("hr") == 1
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h3", "h2", "h1"]


@given(TEXTS)
@settings(deadline=None)
def test_nothing_on_a_page_turns_into_markdown_or_html(text: str) -> None:
    plain = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = plain.parse(rendered(with_text(f"{text}永"), "markdown"))
    allowed = {"heading", "paragraph", "blockquote", "bullet_list", "list_item"}
    assert {token.type.rsplit("_", 1)[0] for token in tokens if token.type != "inline"} <= allowed
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h3"]
    pieces = [child for token in tokens for child in token.children or ()]
    assert {piece.type for piece in pieces} <= {"text", "hardbreak", "em_open", "em_close"}


@given(TEXTS)
@settings(deadline=None)
def test_escaped_text_is_shown_as_it_stands(text: str) -> None:
    (shown,) = (token for token in MarkdownIt().parse(f"永{escape('永' + text)}") if token.type == "inline")
    pieces = [piece.content if piece.type == "text" else "\n" for piece in shown.children or ()]
    lines = ("永" + "".join("�" if c in "\r\x00\x1b\x85\udc80" else c for c in text)).split("\n")
    assert "".join(pieces) == "永" + "\n".join(line.strip() for line in lines if line.strip())


@pytest.mark.parametrize("text", ["https://a.example/x", "WWW.a.example", "www.a.example"])
def test_addresses_do_not_become_links(text: str) -> None:
    assert "\\" in escape(text)


@pytest.mark.parametrize("name", ["markdown", "text"])
def test_no_control_character_gets_through(name: str) -> None:
    for code in (*range(0x20), *range(0x7F, 0xA0)):
        if chr(code) not in "\n\t":
            assert chr(code) not in rendered(with_text(f"a{chr(code)}b"), name)


def test_a_reporter_named_inside_a_paragraph_is_not_printed_again() -> None:
    assert rendered(EVERYTHING, "text").count("（记者林小舟）") == 1
    outside = replace(EVERYTHING.articles[0], bylines=(Byline("林小舟", None, "林小舟", (200, 203), (200, 203)),))
    assert "\n林小舟\n" in rendered(replace(EVERYTHING, articles=(outside,)), "text")


# -- script


def traditional() -> Issue:
    fields = IssueFields(
        title="嶺東晚報",
        lunar_date="庚子年臘月初八",
        readings=(Reading("title", "嶺東晚報", ("嶺東晚報",), ((0, 4),), "title line"),),
    )
    article = Article(id="i0001", headline="後山開礦", paragraphs=(Paragraph("皇后與後園", ((5, 10),)),))
    return replace(NOTHING, issue=fields, articles=(article,))


def test_output_text_is_converted_and_what_is_printed_stays() -> None:
    issue = to_script(traditional(), "hans")
    assert issue.issue.title == "岭东晚报"
    assert issue.issue.lunar_date == "庚子年腊月初八"
    assert issue.issue.readings == (Reading("title", "岭东晚报", ("嶺東晚報",), ((0, 4),), "title line"),)
    assert issue.articles[0].headline == "后山开矿"
    assert issue.articles[0].paragraphs == (Paragraph("皇后与后园", ((5, 10),)),)


def test_simplified_becomes_traditional_by_phrases() -> None:
    issue = to_script(with_text("皇后在后面"), "hant")
    assert issue.articles[0].headline == "皇后在後面"
    assert issue.articles[0].kind == "article"


def test_checks_repairs_notes_and_source_stay_as_printed() -> None:
    issue = to_script(EVERYTHING, "hant")
    assert (issue.source, issue.repairs, issue.notes) == (EVERYTHING.source, EVERYTHING.repairs, EVERYTHING.notes)
    assert issue.issue.checks == EVERYTHING.issue.checks
    assert issue.issue.basis == EVERYTHING.issue.basis
    assert issue.furniture[0].text == "石橋微信"


def test_undecodable_bytes_survive_the_conversion() -> None:
    assert to_script(with_text("東\udc80\udc81報"), "hans").articles[0].headline == "东\udc80\udc81报"


def test_a_page_of_another_script_is_left_alone() -> None:
    assert to_script(with_text("Harbour opens — at last"), "hant") == with_text("Harbour opens — at last")


def test_an_unknown_script_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="hans, hant"):
        to_script(NOTHING, "latin")  # type: ignore[arg-type]


def shape(value: object) -> object:
    """Everything of a value but its words: keys, lengths of lists, spans, numbers, nulls."""
    if isinstance(value, dict):
        return [shape(part) for part in value.values()]
    return [shape(part) for part in value] if isinstance(value, (list, tuple)) else type(value) is str or value


@given(any_issue(), st.sampled_from(["hans", "hant"]))
@settings(max_examples=25, deadline=None)
def test_conversion_keeps_every_span_and_every_part(issue: Issue, script: Script) -> None:
    assert shape(msgspec.to_builtins(to_script(issue, script))) == shape(msgspec.to_builtins(issue))
