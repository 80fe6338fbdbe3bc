"""SQLite: issues, articles and paragraphs in one file, with an index for words in headlines and texts.

Workers write each issue as a line of JSON, one process puts the lines into the database. Keys count from 1 in the order
of insertion, so that equal lines in equal order give equal dumps, in however many commits they went in.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Self

import msgspec

from newspaper_cli.errors import UnwritableError
from newspaper_cli.export.printable import printable
from newspaper_cli.export.relations import Relations, relate
from newspaper_cli.export.statements import (
    ADD_ARTICLE,
    ADD_ISSUE,
    ADD_PARAGRAPH,
    APPLICATION,
    ARTICLES_OF,
    CREATE,
    FINISH,
    ISSUE_OF,
    LAST_ARTICLE,
    LAST_KEYS,
    LAST_PARAGRAPH,
    LAYOUT,
    PARAGRAPHS_OF,
    UNFINISH,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from newspaper_cli.document import Issue
    from newspaper_cli.export.options import ExportOptions
    from newspaper_cli.export.relations import Row

_RELATIONS: Final = msgspec.json.Decoder(Relations)


def database_row(issue: Issue, _options: ExportOptions | None = None) -> str:
    """Write all that the database holds of one issue as one line of JSON."""
    found = relate(issue)
    clean = Relations(
        issue=_clean(found.issue),
        # Without the columns by which the CSV tables refer to each other: the database has keys for that.
        articles=tuple(_clean(row[1:]) for row in found.articles),
        paragraphs=tuple(_clean(row[2:]) for row in found.paragraphs),
        owners=found.owners,
    )
    return msgspec.json.encode(clean).decode() + "\n"


def _clean(row: Row) -> Row:
    return tuple(printable(cell) if isinstance(cell, str) else cell for cell in row)


class Database:
    """Grow a database issue by issue, in one process.

    What is committed stays, whatever happens to the process: opened again, the database is as the last commit left it.
    After an error it is closed.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take over a connection to a database that has its tables; see `create` and `open`."""
        self._path = path
        self._connection = connection
        self._other: tuple[Path, sqlite3.Connection] | None = None
        self._last = self._last_keys()
        self._finished = bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles_fts'").fetchone())

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty database; one that lies there already is replaced.

        Raises:
            UnwritableError: it cannot be written, or this SQLite knows no `trigram` (it came with SQLite 3.34).
        """
        with _reporting(path):
            # The database goes first: SQLite ignores a journal without one, but not a database without its journal.
            path.unlink(missing_ok=True)
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
            return cls(path, _connect(path))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a database to add to it, as the last commit left it; a file without any is an empty one.

        Raises:
            UnwritableError: it is not there, cannot be written, or was not made by this version of the program.
        """
        with _reporting(path):
            _demand(path)
            return cls(path, _connect(path))

    def __enter__(self) -> Self:
        """Give the database itself; it is closed behind the block."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    @property
    def issues(self) -> int:
        """Give the number of issues in it, which is the key of the last one."""
        return self._last[0]

    def insert(self, line: str) -> int:
        """Add the issue of a line that `database_row` wrote, and give its key.

        Raises:
            UnwritableError: the database cannot be written.
        """
        return self._add(_RELATIONS.decode(line))

    def copy(self, other: Path, issue_id: int) -> int:
        """Add an issue of another database of this layout, as if its line were inserted, and give its key here.

        Raises:
            UnwritableError: one of the two cannot be used, or the other one has no such issue.
        """
        return self._add(self._read(other, issue_id))

    def cut(self, issue_id: int) -> None:
        """Drop all issues behind this one, so that the next takes their place.

        Raises:
            UnwritableError: the database cannot be written.
        """
        if issue_id >= self.issues:
            return
        with self._writing() as connection:
            article = _first_cell(connection.execute(LAST_ARTICLE, (issue_id,)))
            paragraph = _first_cell(connection.execute(LAST_PARAGRAPH, (article,)))
            for table, last in (("paragraphs", paragraph), ("articles", article), ("issues", issue_id)):
                connection.execute(f"DELETE FROM {table} WHERE id > ?", (last,))  # noqa: S608  # names of this module
            self._last = self._last_keys()

    def commit(self) -> None:
        """Make sure that all that was added stays.

        Raises:
            UnwritableError: the database cannot be written.
        """
        with _reporting(self._path, self._connection):
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")

    def finish(self) -> None:
        """Make the indexes, check the whole and close; issues may still be added to it another time.

        Raises:
            UnwritableError: the database cannot be written, or turns out to be damaged.
        """
        if not self._finished:
            self.commit()
            self._connection.execute("PRAGMA synchronous = FULL")
            with self._writing() as connection:
                for statement in FINISH:
                    connection.execute(statement)
                self._check()
        self.commit()
        self.close()

    def close(self) -> None:
        """Close it; what is not committed is gone."""
        for connection in (self._connection, self._other and self._other[1]):
            if connection:
                connection.close()
        self._other = None

    def _add(self, found: Relations) -> int:
        with self._writing() as connection:
            issue, article, paragraph = (last + 1 for last in self._last)
            articles = ((key, issue, *row) for key, row in enumerate(found.articles, article))
            owned = zip(found.owners, found.paragraphs, strict=True)
            paragraphs = ((key, article + owner, *row) for key, (owner, row) in enumerate(owned, paragraph))
            connection.execute(ADD_ISSUE, (issue, *found.issue))
            connection.executemany(ADD_ARTICLE, articles)
            connection.executemany(ADD_PARAGRAPH, paragraphs)
            self._last = (issue, article + len(found.articles) - 1, paragraph + len(found.paragraphs) - 1)
        return issue

    def _read(self, other: Path, issue_id: int) -> Relations:
        with _reporting(other):
            connection = self._opened(other)
            issue = connection.execute(ISSUE_OF, (issue_id,)).fetchone()
            if issue is None:
                message = f"{other} has no issue {issue_id}"
                raise UnwritableError(message)
            articles = connection.execute(ARTICLES_OF, (issue_id,)).fetchall()
            paragraphs = [connection.execute(PARAGRAPHS_OF, (key,)).fetchall() for key, *_ in articles]
        return Relations(
            issue=issue,
            articles=tuple(row for _, *row in articles),
            paragraphs=tuple(row for rows in paragraphs for row in rows),
            owners=tuple(owner for owner, rows in enumerate(paragraphs) for _ in rows),
        )

    def _opened(self, other: Path) -> sqlite3.Connection:
        """Open another database and keep it open: issue after issue is copied from one."""
        if self._other and self._other[0] == other:
            return self._other[1]
        if self._other:
            self._other[1].close()
            self._other = None
        _demand(other)
        connection = _connect(other)
        self._other = (other, connection)
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction unless one is open, and take back what `finish` made: it would not know of new rows."""
        with _reporting(self._path, self._connection):
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            if self._finished:
                for statement in UNFINISH:
                    self._connection.execute(statement)
                self._finished = False
            yield self._connection

    def _last_keys(self) -> tuple[int, int, int]:
        keys: tuple[int, int, int] = self._connection.execute(LAST_KEYS).fetchone()
        return keys

    def _check(self) -> None:
        (verdict,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        orphan = self._connection.execute("PRAGMA foreign_key_check").fetchone()
        if verdict != "ok" or orphan:
            self.close()
            message = f"{self._path} is damaged: {verdict if verdict != 'ok' else f'row {orphan} refers to none'}"
            raise UnwritableError(message)


def _connect(path: Path) -> sqlite3.Connection:
    """Connect to a database, made if it is empty; transactions begin and end where this module says so."""
    import sqlite3  # noqa: PLC0415  # most runs never need it

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # To wait for the disk at each commit costs 20 ms, as much as ten pages. It is waited for at the end.
        connection.execute("PRAGMA synchronous = OFF")
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            _lay_out(connection)
        _demand_layout(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _lay_out(connection: sqlite3.Connection) -> None:
    # What the end of a run needs is tried at its beginning.
    connection.execute("CREATE VIRTUAL TABLE temp.probe USING fts5(body, tokenize='trigram')")
    connection.execute("DROP TABLE temp.probe")
    connection.execute("BEGIN IMMEDIATE")
    for statement in CREATE:
        connection.execute(statement)
    connection.execute("COMMIT")


def _demand(path: Path) -> None:
    """Refuse a file that is not there: SQLite would make it."""
    if not path.is_file():
        message = f"{path} does not exist"
        raise UnwritableError(message)


def _demand_layout(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse the database of another program, or of another version whose tables differ."""
    marks = [_first_cell(connection.execute(f"PRAGMA {name}")) for name in ("application_id", "user_version")]
    if marks != [APPLICATION, LAYOUT]:
        message = f"{path} was not made by this version of newspaper-cli; remove it, or write elsewhere"
        raise UnwritableError(message)


def _first_cell(cursor: sqlite3.Cursor) -> int:
    row = cursor.fetchone()
    return row[0] if row else 0


@contextmanager
def _reporting(path: Path, connection: sqlite3.Connection | None = None) -> Iterator[None]:
    """Turn errors of SQLite and the system into one of the program; behind any, close the connection."""
    import sqlite3  # noqa: PLC0415  # most runs never need it

    try:
        yield
    except BaseException as error:
        # Half an issue must not be there for the next commit to keep, not even behind an interrupt.
        if connection:
            connection.close()
        if not isinstance(error, sqlite3.Error | OSError):
            raise
        message = f"cannot write {path}: {error}"
        raise UnwritableError(message) from error
