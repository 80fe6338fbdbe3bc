from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import made_parquet
from made_issues import EVERYTHING, NOTHING, any_issue, with_text
from msgspec.structs import asdict
from pyarrow import parquet

from newspaper_cli.errors import MissingExtraError, UnwritableError
from newspaper_cli.export import ExportOptions
from newspaper_cli.export.parquet import parquet_row, write_parquet
from newspaper_cli.export.printable import printable
from newspaper_cli.export.records import ArticleRecord, ParagraphRecord, article_records, paragraph_records
from newspaper_cli.export.version import program_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newspaper_cli.document import Issue

ISSUES = (EVERYTHING, NOTHING, with_text("甲\udc80\x1b乙\n"))
OF_PARAGRAPHS = ExportOptions(rows="paragraphs")


def records(issues: tuple[Issue, ...], options: ExportOptions) -> list[dict[str, object]]:
    found = paragraph_records if options.rows == "paragraphs" else article_records
    return [
        {name: printable(cell) if isinstance(cell, str) else cell for name, cell in asdict(record).items()}
        for issue in issues
        for record in found(issue)
    ]


@pytest.mark.parametrize("options", [ExportOptions(), OF_PARAGRAPHS])
def test_the_rows_are_those_of_csv_with_types(tmp_path: Path, options: ExportOptions) -> None:
    table = parquet.read_table(made_parquet(tmp_path / "rows.parquet", ISSUES, options))
    assert table.to_pylist() == records(ISSUES, options)
    record = ParagraphRecord if options.rows == "paragraphs" else ArticleRecord
    assert table.column_names == list(record.__struct_fields__)
    assert {field.name for field in table.schema if field.type == pa.int64()} == {
        "page_count",
        "page",
        "characters",
    } | ({"paragraph", "start", "end"} if options.rows == "paragraphs" else set())
    assert all(field.nullable for field in table.schema)


def test_text_that_utf_8_cannot_hold_comes_out_as_in_csv(tmp_path: Path) -> None:
    table = parquet.read_table(made_parquet(tmp_path / "rows.parquet", ISSUES))
    assert table["headline"].to_pylist()[-1] == "甲��乙\n"


@given(st.lists(any_issue(), max_size=3).map(tuple))
@settings(max_examples=20, deadline=None)
def test_every_issue_the_types_allow_reads_back(
    tmp_path_factory: pytest.TempPathFactory, issues: tuple[Issue, ...]
) -> None:
    path = made_parquet(tmp_path_factory.mktemp("any") / "rows.parquet", issues)
    assert parquet.read_table(path).to_pylist() == records(issues, ExportOptions())


def test_the_file_is_compressed_and_names_the_program_that_made_it(tmp_path: Path) -> None:
    metadata = parquet.read_metadata(made_parquet(tmp_path / "rows.parquet", ISSUES))
    assert metadata.metadata[b"newspaper-cli"] == program_version().encode()
    group = metadata.row_group(0)
    assert {group.column(index).compression for index in range(group.num_columns)} == {"ZSTD"}


def test_no_issue_gives_a_file_with_columns_and_no_row(tmp_path: Path) -> None:
    table = parquet.read_table(made_parquet(tmp_path / "rows.parquet", []))
    assert (table.num_rows, table.column_names) == (0, list(ArticleRecord.__struct_fields__))


def test_rows_are_written_group_by_group_and_equal_lines_give_equal_bytes(tmp_path: Path) -> None:
    line = parquet_row(with_text("石桥镇新港口通船" * 2500), ExportOptions())
    path, asked = tmp_path / "rows.parquet", []

    def lines() -> Iterator[str]:
        for _ in range(50):
            # The file grows while later lines are still to come.
            asked.append(path.stat().st_size)
            yield line

    write_parquet(path, lines(), "articles")
    assert parquet.read_metadata(path).num_row_groups > 1
    assert 0 < asked[-1] < path.stat().st_size
    write_parquet(tmp_path / "again.parquet", [line] * 50, "articles")
    assert (tmp_path / "again.parquet").read_bytes() == path.read_bytes()


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'newspaper-cli\[parquet\]'"):
        write_parquet(tmp_path / "rows.parquet", [], "articles")
    assert not (tmp_path / "rows.parquet").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError, match="missing"):
        write_parquet(tmp_path / "missing" / "rows.parquet", [], "articles")
