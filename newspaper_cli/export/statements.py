"""The statements that make, fill and read the SQLite database; names in them are those of the tables of this program.

The index takes every three neighbouring characters as a term (FTS5's `trigram`), for Chinese parts no words. Measured
on 20 000 Chinese articles of 94 MB: FTS5's own `unicode61` takes a whole clause for one word and finds none of 1000
articles with 共产党 and 137 of 240 with 人民日报; `trigram` finds all of them in a millisecond and takes 1.9 times the
size of the text (`unicode61`: 0.2). Words of two characters are no term; `body LIKE '%港口%'` finds them and reads
600 MB a second.
"""

# ruff: noqa: S608  # no statement holds anything but names of this program

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newspaper_cli.export.records import ArticleRecord, IssueRecord
from newspaper_cli.export.relations import ARTICLE_COLUMNS, ISSUE_COLUMNS, PARAGRAPH_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.export.relations import Column

# Marks a file as a database of this program in this layout ("NEWS", and a count that goes up with the layout).
APPLICATION: Final = 0x4E455753
LAYOUT: Final = 1

# Keys of the tables take the place of the columns by which the CSV tables refer to each other.
_ARTICLE: Final = ARTICLE_COLUMNS[1:]
_PARAGRAPH: Final = PARAGRAPH_COLUMNS[2:]


def _names(columns: Sequence[Column]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _table(name: str, key: str, columns: Sequence[Column]) -> str:
    typed = (f'"{column.name}" {"INTEGER" if column.integer else "TEXT"}' for column in columns)
    return f"CREATE TABLE {name} ({', '.join(('id INTEGER PRIMARY KEY', *filter(None, (key,)), *typed))})"


def _insertion(name: str, key: str, columns: Sequence[Column]) -> str:
    marks = ", ".join("?" * (1 + bool(key) + len(columns)))
    return f"INSERT INTO {name} ({', '.join(filter(None, ('id', key, _names(columns))))}) VALUES ({marks})"


def _flat_view() -> str:
    """Write the view that shows the rows of the CSV file of articles."""
    known = {column.name for column in ISSUE_COLUMNS}
    # The title and the date of an issue are called so where the row is its own.
    issue = {name: name if name in known else name.removeprefix("issue_") for name in IssueRecord.__struct_fields__}
    shown = (
        f'issues."{issue[name]}" AS "{name}"' if name in issue else f'articles."{name}"'
        for name in ArticleRecord.__struct_fields__
    )
    return (
        f"CREATE VIEW articles_with_issue AS SELECT {', '.join(shown)} "
        "FROM issues LEFT JOIN articles ON articles.issue_id = issues.id ORDER BY issues.id, articles.id"
    )


CREATE: Final = (
    _table("issues", "", ISSUE_COLUMNS),
    _table("articles", "issue_id INTEGER NOT NULL REFERENCES issues(id)", _ARTICLE),
    _table("paragraphs", "article_rowid INTEGER NOT NULL REFERENCES articles(id)", _PARAGRAPH),
    # Rows of one issue are looked up while the database still grows, to copy them and to drop them.
    "CREATE INDEX articles_by_issue ON articles(issue_id)",
    "CREATE INDEX paragraphs_by_article ON paragraphs(article_rowid)",
    _flat_view(),
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {LAYOUT}",
)
# `content` in double quotes is how datasette knows which table the index is for. Terms are held in 16 MB before they
# go into the file, not in 1 MB: that halves the time. One merge at the end leaves one segment, the fastest to search.
FINISH: Final = (
    "CREATE INDEX issues_by_source_path ON issues(source_path)",
    "CREATE INDEX issues_by_date ON issues(date)",
    """CREATE VIRTUAL TABLE articles_fts
    USING fts5(headline, body, content="articles", content_rowid="id", tokenize="trigram")""",
    "INSERT INTO articles_fts(articles_fts, rank) VALUES ('hashsize', 16777216)",
    "INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')",
    "INSERT INTO articles_fts(articles_fts) VALUES ('optimize')",
    # One after the other: without names SQLite takes them in an order that depends on the past of the file.
    "ANALYZE articles_by_issue",
    "ANALYZE paragraphs_by_article",
    "ANALYZE issues_by_source_path",
    "ANALYZE issues_by_date",
)
UNFINISH: Final = (
    "DROP TABLE IF EXISTS sqlite_stat1",
    "DROP TABLE IF EXISTS sqlite_stat4",
    "DROP TABLE articles_fts",
    "DROP INDEX issues_by_date",
    "DROP INDEX issues_by_source_path",
)
ADD_ISSUE: Final = _insertion("issues", "", ISSUE_COLUMNS)
ADD_ARTICLE: Final = _insertion("articles", "issue_id", _ARTICLE)
ADD_PARAGRAPH: Final = _insertion("paragraphs", "article_rowid", _PARAGRAPH)
ISSUE_OF: Final = f"SELECT {_names(ISSUE_COLUMNS)} FROM issues WHERE id = ?"
ARTICLES_OF: Final = f"SELECT id, {_names(_ARTICLE)} FROM articles WHERE issue_id = ? ORDER BY id"
PARAGRAPHS_OF: Final = f"SELECT {_names(_PARAGRAPH)} FROM paragraphs WHERE article_rowid = ? ORDER BY id"


# Keys grow together, so that what follows an issue is what lies behind the last of its own.
LAST_KEYS: Final = """SELECT (SELECT coalesce(max(id), 0) FROM issues),
    (SELECT coalesce(max(id), 0) FROM articles), (SELECT coalesce(max(id), 0) FROM paragraphs)"""
LAST_ARTICLE: Final = "SELECT id FROM articles WHERE issue_id <= ? ORDER BY issue_id DESC, id DESC LIMIT 1"
LAST_PARAGRAPH: Final = (
    "SELECT id FROM paragraphs WHERE article_rowid <= ? ORDER BY article_rowid DESC, id DESC LIMIT 1"
)
