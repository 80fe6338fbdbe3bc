from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from made_files import made_tables
from made_issues import EVERYTHING, HARBOUR, NOTHING, with_text
from msgspec.structs import replace

from newspaper_cli.document import Issue, SourceInfo
from newspaper_cli.export import ExportOptions, render, render_meta
from newspaper_cli.export.records import META_COLUMNS, ArticleRecord, IssueRecord, ParagraphRecord
from newspaper_cli.export.relations import ARTICLE_COLUMNS, ISSUE_COLUMNS, PARAGRAPH_COLUMNS
from newspaper_cli.export.tables import TABLE_FILES, table_headers, table_rows

if TYPE_CHECKING:
    from pathlib import Path

# What CSV is about, what a page can bring, and what no file may hold.
HOSTILE = "=1;'a'\t'b';\"c\"\r\n|x|\x00\x85\u2028\udc80甲,\"\n\n"


def named(issue: Issue, path: str) -> Issue:
    return replace(issue, source=SourceInfo(path, "0" * 64, "utf-8", 9, "zh"))


ISSUES = (
    named(with_text(HOSTILE), "=a/0.txt"),
    EVERYTHING,
    named(NOTHING, "a/empty.txt"),
    named(replace(EVERYTHING, articles=(HARBOUR,)), "a/2.txt"),
)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


# -- columns


def test_the_columns_are_those_of_the_other_csv_formats() -> None:
    assert [column.name for column in ISSUE_COLUMNS] == list(META_COLUMNS)
    repeated = set(IssueRecord.__struct_fields__) - {"source_path"}
    assert {column.name for column in ARTICLE_COLUMNS} == set(ArticleRecord.__struct_fields__) - repeated
    assert {column.name for column in PARAGRAPH_COLUMNS} < set(ParagraphRecord.__struct_fields__)
    assert all(column.description.endswith(".") for column in (*ISSUE_COLUMNS, *ARTICLE_COLUMNS, *PARAGRAPH_COLUMNS))


def test_columns_of_numbers_are_known_as_such() -> None:
    integers = [
        column.name
        for columns in (ISSUE_COLUMNS, ARTICLE_COLUMNS, PARAGRAPH_COLUMNS)
        for column in columns
        if column.integer
    ]
    assert integers == ["page_count", "page", "characters", "paragraph", "start", "end", "characters"]


# -- rows


def test_an_issue_gives_one_row_and_one_for_each_article_and_paragraph(tmp_path: Path) -> None:
    made_tables(tmp_path, ISSUES)
    issues, articles, paragraphs = (read(tmp_path / name) for name in TABLE_FILES)
    assert TABLE_FILES == ("issues.csv", "articles.csv", "paragraphs.csv")
    assert [row["source_path"] for row in issues] == ["'=a/0.txt", "pages/石桥.txt", "a/empty.txt", "a/2.txt"]
    assert [(row["source_path"], row["article_id"], row["headline"]) for row in articles[1:]] == [
        ("pages/石桥.txt", "i0001", "新港口通船"),
        ("pages/石桥.txt", "i0002", ""),
        ("a/2.txt", "i0001", "新港口通船"),
    ]
    assert [(row["article_id"], row["paragraph"], row["start"], row["text"]) for row in paragraphs[2:5]] == [
        ("i0001", "1", "66", "本报讯4日（记者林小舟）港口通船。"),
        ("i0001", "2", "85", "潮水"),
        ("i0001", "3", "88", "潮水正好，船进港。"),
    ]


@pytest.mark.parametrize("options", [ExportOptions(), ExportOptions(raw_cells=True, bom=True)])
def test_cells_are_written_as_in_the_other_csv_formats(tmp_path: Path, options: ExportOptions) -> None:
    made_tables(tmp_path, ISSUES, options)
    assert (tmp_path / "issues.csv").read_bytes() == "".join(render_meta(ISSUES, "csv", options)).encode()
    (tmp_path / "flat.csv").write_bytes("".join(render(ISSUES, "csv", options)).encode())
    flat = [row for row in read(tmp_path / "flat.csv") if row["article_id"]]
    assert read(tmp_path / "articles.csv") == [{key.name: row[key.name] for key in ARTICLE_COLUMNS} for row in flat]


def test_each_file_begins_with_its_own_header() -> None:
    headers = table_headers(ExportOptions())
    assert [header.split(",")[:3] for header in headers] == [
        ["source_path", "title", "title_alternative"],
        ["source_path", "article_id", "page"],
        ["source_path", "article_id", "paragraph"],
    ]
    assert table_headers(ExportOptions(bom=True)) == tuple(f"\ufeff{header}" for header in headers)
    assert table_rows(NOTHING, ExportOptions())[1:] == ("", "")


# -- the package


def frictionless(package: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "frictionless", "validate", "--json", str(package)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("bom", [False, True])
def test_frictionless_accepts_the_package_and_finds_what_was_changed(tmp_path: Path, bom: bool) -> None:  # noqa: FBT001
    package = made_tables(tmp_path, ISSUES, ExportOptions(bom=bom))
    done = frictionless(package)
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert [(task["name"], task["stats"]["rows"]) for task in report["tasks"]] == [
        ("issues", 4),
        ("articles", 4),
        ("paragraphs", 8),
    ]
    articles = tmp_path / "articles.csv"
    articles.write_bytes(articles.read_bytes().replace(b"a/2.txt", b"a/9.txt"))
    assert frictionless(package).returncode == 1


def test_the_package_says_size_hash_keys_and_types_of_each_file(tmp_path: Path) -> None:
    package = json.loads(made_tables(tmp_path, ISSUES).read_bytes())
    for resource, name in zip(package["resources"], TABLE_FILES, strict=True):
        content = (tmp_path / name).read_bytes()
        assert (resource["path"], resource["bytes"]) == (name, len(content))
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    issues, articles, paragraphs = (resource["schema"] for resource in package["resources"])
    assert [schema["primaryKey"] for schema in (issues, articles, paragraphs)] == [
        ["source_path"],
        ["source_path", "article_id"],
        ["source_path", "article_id", "paragraph"],
    ]
    assert paragraphs["foreignKeys"] == [
        {
            "fields": ["source_path", "article_id"],
            "reference": {"resource": "articles", "fields": ["source_path", "article_id"]},
        }
    ]
    types = {field["name"]: field["type"] for schema in (issues, articles, paragraphs) for field in schema["fields"]}
    assert {types.pop(name) for name in ("page_count", "page", "characters", "paragraph", "start", "end")} == {
        "integer"
    }
    assert types.pop("date") == "date"
    assert set(types.values()) == {"string"}


def test_no_text_leads_frictionless_to_guess_how_the_files_are_written(tmp_path: Path) -> None:
    done = frictionless(made_tables(tmp_path, [named(with_text(';"'), "a.txt")]))
    assert done.returncode == 0, done.stdout


def test_a_package_of_no_issue_is_valid(tmp_path: Path) -> None:
    assert frictionless(made_tables(tmp_path, [])).returncode == 0
