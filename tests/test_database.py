from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import made_database
from made_issues import EVERYTHING, HARBOUR, NOTHING, any_issue, with_text
from msgspec.structs import replace

from newspaper_cli.document import Article, Issue, Paragraph
from newspaper_cli.errors import UnwritableError
from newspaper_cli.export.database import Database, database_row
from newspaper_cli.export.records import META_COLUMNS, ArticleRecord, article_records, meta_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ISSUES = (EVERYTHING, NOTHING, with_text("新港口通船，晚报"), replace(EVERYTHING, articles=(HARBOUR, HARBOUR)))
LINES = tuple(map(database_row, ISSUES))
# What datasette asks of a database to find the index behind a table's search box.
DATASETTE = """select name from sqlite_master where rootpage = 0 and (
    sql like '%VIRTUAL TABLE%USING FTS%content="articles"%' or sql like '%VIRTUAL TABLE%USING FTS%content=[articles]%'
    or (tbl_name = "articles" and sql like '%VIRTUAL TABLE%USING FTS%'))"""
# And what it asks for with a text that was typed into it.
SEARCH = """select article_id, headline from articles
    where rowid in (select rowid from articles_fts where articles_fts match ?)"""


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def rows(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement, values).fetchall()


def about(*texts: str) -> Issue:
    articles = (
        Article(id=f"i{number:04}", headline=text, paragraphs=(Paragraph(f"{text}。", ((0, 1),)),))
        for number, text in enumerate(texts, 1)
    )
    return replace(NOTHING, articles=tuple(articles))


# -- what it holds


def test_the_three_tables_hold_what_csv_holds(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", ISSUES)
    issues = f"select {', '.join(META_COLUMNS)} from issues order by id"  # noqa: S608  # names of the program
    assert rows(path, issues) == [meta_row(issue) for issue in ISSUES]
    assert [row[0] for row in rows(path, "select id from issues order by id")] == [1, 2, 3, 4]
    assert rows(path, "select id, issue_id, article_id, headline, body is null from articles order by id") == [
        (1, 1, "i0001", "新港口通船", 0),
        (2, 1, "i0002", None, 0),
        (3, 3, "i0001", "新港口通船，晚报", 0),
        (4, 4, "i0001", "新港口通船", 0),
        (5, 4, "i0001", "新港口通船", 0),
    ]
    assert rows(
        path, 'select article_rowid, paragraph, paragraph_kind, start, "end", text from paragraphs order by id'
    )[:4] == [
        (1, 1, "body", 66, 84, "本报讯4日（记者林小舟）港口通船。"),
        (1, 2, "subhead", 85, 87, "潮水"),
        (1, 3, "body", 88, 97, "潮水正好，船进港。"),
        (3, 1, "body", 2, 3, "新港口通船，晚报"),
    ]


def test_a_view_shows_the_rows_of_the_csv_file_of_articles(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", ISSUES)
    names = list(ArticleRecord.__struct_fields__)
    expected = [{name: getattr(row, name) for name in names} for issue in ISSUES for row in article_records(issue)]
    with closing(sqlite_utils.Database(path)) as database:
        assert list(database["articles_with_issue"].rows) == expected


def test_sqlite_utils_finds_tables_types_keys_and_index(tmp_path: Path) -> None:
    with closing(sqlite_utils.Database(made_database(tmp_path / "issues.db", ISSUES))) as database:
        articles = database.table("articles")
        assert articles.columns_dict["page"] is int
        assert articles.columns_dict["headline"] is str
        assert database.table("issues").columns_dict["page_count"] is int
        keys = [(key.column, key.other_table, key.other_column) for key in articles.foreign_keys]
        assert keys == [("issue_id", "issues", "id")]
        assert [key.other_table for key in database.table("paragraphs").foreign_keys] == ["articles"]
        assert articles.detect_fts() == "articles_fts"
        assert [row["id"] for row in articles.search("新港口", order_by="id")] == [1, 3, 4, 5]


def test_text_that_sqlite_cannot_hold_comes_out_as_in_csv(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", [with_text("甲\udc80\x00\x1b乙\n")])
    assert rows(path, "select headline from articles") == [("甲���乙\n",)]


@given(st.lists(any_issue(), max_size=3))
@settings(max_examples=20, deadline=None)
def test_every_issue_the_types_allow_is_held_whole(
    tmp_path_factory: pytest.TempPathFactory, issues: list[Issue]
) -> None:
    path = made_database(tmp_path_factory.mktemp("any") / "issues.db", issues)
    counts = "select (select count(*) from issues), (select count(*) from articles), (select count(*) from paragraphs)"
    articles = [article for issue in issues for article in issue.articles]
    assert rows(path, counts) == [(len(issues), len(articles), sum(len(article.paragraphs) for article in articles))]
    assert rows(path, "pragma integrity_check") == [("ok",)]


# -- search


def test_datasette_finds_the_index_by_its_own_question(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", ISSUES)
    assert rows(path, DATASETTE) == [("articles_fts",)]


def test_words_are_found_anywhere_in_a_chinese_text_and_in_english_in_any_case(tmp_path: Path) -> None:
    path = made_database(
        tmp_path / "issues.db", [about("石桥镇新港口通船", "港口三号泊位", "HARBOUR OPENED at last", "新港，口岸")]
    )
    assert rows(path, SEARCH, '"新港口"') == [("i0001", "石桥镇新港口通船")]
    assert rows(path, SEARCH, '"石桥镇新港"') == [("i0001", "石桥镇新港口通船")]
    assert rows(path, SEARCH, '"三号泊位" "港口三"') == [("i0002", "港口三号泊位")]
    assert [row[0] for row in rows(path, SEARCH, '"harbour"')] == ["i0003"]
    assert rows(path, SEARCH, '"新港岸"') == []


def test_a_word_of_two_characters_is_found_by_like_alone(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", [about("石桥镇新港口通船", "港口三号泊位", "新桥")])
    assert rows(path, SEARCH, '"港口"') == []
    found = rows(path, "select article_id from articles where headline like '%港口%' or body like '%港口%'")
    assert found == [("i0001",), ("i0002",)]


def test_the_index_fits_the_text_it_is_of(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", ISSUES)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")


# -- growth: batches, copies, cuts, and further runs


def grown(path: Path, lines: Sequence[str], commits: int) -> list[str]:
    with Database.create(path) as database:
        for number, line in enumerate(lines, 1):
            assert database.insert(line) == number
            if number % commits == 0:
                database.commit()
        database.finish()
    return dump(path)


def test_the_dump_is_the_same_however_the_lines_were_committed(tmp_path: Path) -> None:
    lines = LINES * 5
    once = grown(tmp_path / "once.db", lines, 100)
    assert once == grown(tmp_path / "each.db", lines, 1) == grown(tmp_path / "three.db", lines, 3)
    assert any("articles_fts_data" in statement for statement in once)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".db"] == []


def test_copied_issues_are_those_inserted(tmp_path: Path) -> None:
    old = made_database(tmp_path / "old.db", reversed(ISSUES))
    unfinished = made_database(tmp_path / "unfinished.db", [EVERYTHING], finished=False)
    path = tmp_path / "issues.db"
    with Database.create(path) as database:
        assert database.copy(unfinished, 1) == 1
        assert [database.copy(old, key) for key in (3, 2)] == [2, 3]
        database.insert(LINES[3])
        database.finish()
    assert dump(path) == dump(made_database(tmp_path / "inserted.db", ISSUES))
    with Database.open(path) as database, pytest.raises(UnwritableError, match="no issue 5"):
        database.copy(old, 5)


@pytest.mark.parametrize("finished", [True, False])
def test_what_is_cut_leaves_no_trace_in_the_dump(tmp_path: Path, finished: bool) -> None:  # noqa: FBT001
    path = made_database(tmp_path / "issues.db", (*ISSUES[:2], *ISSUES * 2), finished=finished)
    with Database.open(path) as database:
        assert database.issues == 10
        database.cut(2)
        assert database.issues == 2
        assert [database.insert(line) for line in LINES[2:]] == [3, 4]
        database.finish()
    assert dump(path) == dump(made_database(tmp_path / "uncut.db", ISSUES))
    with Database.open(path) as database:
        database.cut(0)
        database.finish()
    assert dump(path) == dump(made_database(tmp_path / "empty.db", []))


def test_a_finished_database_takes_more_and_finds_it(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", ISSUES[:2])
    with Database.open(path) as database:
        for line in LINES[2:]:
            database.insert(line)
        database.finish()
    assert dump(path) == dump(made_database(tmp_path / "whole.db", ISSUES))


def test_a_finished_database_to_which_nothing_is_added_stays_as_it_is(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", ISSUES)
    before = path.read_bytes()
    with Database.open(path) as database:
        database.cut(4)
        database.finish()
    assert path.read_bytes() == before


# -- what goes wrong

KILLED = """
import os, signal, sys
from pathlib import Path
from newspaper_cli.export.database import Database
path, line, end = Path(sys.argv[1]), sys.stdin.read(), sys.argv[2]
database = Database.create(path)
for number in range(40):
    database.insert(line)
database.commit()
# More than the cache holds, so that pages of the open transaction are in the file already.
for number in range(4000):
    database.insert(line)
if end == "finish":
    database.commit()
    check, database._check = database._check, lambda: os.kill(os.getpid(), signal.SIGKILL)
    database.finish()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("moment", "kept"), [("insert", 40), ("finish", 4040)])
def test_a_killed_process_leaves_the_last_commit(tmp_path: Path, moment: str, kept: int) -> None:
    path = tmp_path / "issues.db"
    killed = subprocess.run([sys.executable, "-c", KILLED, path, moment], input=LINES[0], text=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.with_name("issues.db-journal").exists()
    with Database.open(path) as database:
        assert database.issues == kept
        database.cut(40)
        database.finish()
    assert dump(path) == dump(made_database(tmp_path / "whole.db", [EVERYTHING] * 40))


def test_an_uncommitted_issue_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "issues.db"
    with Database.create(path) as database:
        database.insert(LINES[0])
        database.commit()
        database.insert(LINES[1])
    with Database.open(path) as database:
        assert database.issues == 1


def test_creating_replaces_what_a_killed_run_left(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", ISSUES)
    path.with_name("issues.db-journal").write_bytes(b"rest")
    Database.create(path).close()
    assert rows(path, "select count(*) from issues") == [(0,)]


def test_an_empty_file_is_opened_as_an_empty_database(tmp_path: Path) -> None:
    path = tmp_path / "issues.db"
    path.touch()
    with Database.open(path) as database:
        database.insert(LINES[0])
        database.finish()
    assert dump(path) == dump(made_database(tmp_path / "created.db", ISSUES[:1]))


def test_what_is_no_database_of_this_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    text, other, missing = (tmp_path / name for name in ("text.db", "other.db", "missing.db"))
    text.write_text("no database at all, but a text of some length\n" * 50)
    with closing(sqlite_utils.Database(other)) as database:
        database.table("articles").insert({"id": 1})
    for path, reason in ((text, "not a database"), (other, "not made by"), (missing, "does not exist")):
        with pytest.raises(UnwritableError, match=reason) as error:
            Database.open(path)
        assert str(path) in str(error.value)
    assert not missing.exists()
    assert rows(other, "select id from articles") == [(1,)]


def test_a_full_disk_is_told_and_leaves_the_last_commit(tmp_path: Path) -> None:
    path = tmp_path / "issues.db"
    script = """
import resource, signal, sys
from pathlib import Path
from newspaper_cli.errors import UnwritableError
from newspaper_cli.export.database import Database
database, line = Database.create(Path(sys.argv[1])), sys.stdin.read()
database.insert(line)
database.commit()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    for _ in range(4000):
        database.insert(line)
    database.commit()
except UnwritableError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, path], input=LINES[0], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"cannot write {path}: ")
    with Database.open(path) as database:
        assert database.issues == 1


def test_damage_is_found_at_the_end(tmp_path: Path) -> None:
    path = made_database(tmp_path / "issues.db", ISSUES, finished=False)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("delete from articles where id = 1")
    with Database.open(path) as database, pytest.raises(UnwritableError, match="damaged"):
        database.finish()
