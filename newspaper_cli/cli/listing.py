"""Many mastheads on a terminal: one row an issue, and beside it what does not agree."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from newspaper_cli.batch.paths import is_folder
from newspaper_cli.characters import display_safe
from newspaper_cli.cli import console
from newspaper_cli.cli.folding import Cut, Folded
from newspaper_cli.labels import CONFLICTS, Check, NoteCode

if TYPE_CHECKING:
    from newspaper_cli.document import CheckResult, Issue

# Rows drawn at once: widths depend on the terminal alone, so that the next rows stand below these.
_AT_ONCE = 100
_NO_VALUE = "–"
# What a check tells in a few words, its note need not tell again in many.
_TOLD_BY_CHECK = {
    NoteCode.WEEKDAY_CONFLICT: Check.WEEKDAY,
    NoteCode.LUNAR_CONFLICT: Check.LUNAR_DATE,
    NoteCode.ERA_CONFLICT: Check.ERA,
    NoteCode.FOLIO_CONFLICT: Check.FOLIO_DATE,
    NoteCode.FILE_NAME_CONFLICT: Check.FILE_NAME,
    NoteCode.ISSUE_NUMBER_CONFLICT: Check.ISSUE_NUMBER,
}


def draw_list(issues: Iterable["Issue"], paths: Sequence[str], *, coloured: bool) -> Iterator[bytes]:
    """Draw issues as rows, a screenful or two at a time; files are named from the folder that holds all `paths`."""
    home = _home(paths)
    rest = iter(issues)
    headed = True
    while some := list(islice(rest, _AT_ONCE)):
        table = _table(headed=headed)
        for issue in some:
            table.add_row(*_cells(issue, home))
        yield console.draw([table], coloured=coloured)
        headed = False


def _home(paths: Sequence[str]) -> str | None:
    """Find the folder that holds everything asked for; relative and absolute paths have none in common."""
    folders = [path if is_folder(path) else os.path.dirname(path) for path in paths]  # noqa: PTH120  # "" for a bare name
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return None


def _table(*, headed: bool) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD,
        header_style="bold",
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        show_header=headed,
        expand=True,
    )
    # Names of files say most: at 100 columns 32 characters stay whole.
    table.add_column("file", ratio=3)
    table.add_column("title", width=_title_width(get_terminal_size().columns))
    table.add_column("date", width=10)
    table.add_column("day", width=3)
    table.add_column("no.", width=6, justify="right")
    table.add_column("pp.", width=3, justify="right")
    table.add_column("remarks", ratio=2)
    return table


def _title_width(columns: int) -> int:
    """Give the width of the titles: rich would cut a title of its share before a remark.

    Four Chinese characters at least; beyond 100 columns half of what the terminal has more, for names in Latin script.

    >>> [_title_width(columns) for columns in (40, 80, 100, 120, 200)]
    [8, 8, 10, 22, 30]
    """
    return max(8, min(30, columns // 10 + max(0, columns - 100) // 2))


def _cells(issue: "Issue", home: str | None) -> Iterator[Cut | Text | Folded | Group]:
    fields = issue.issue
    yield Cut(_one_line(_name(issue.source.path, home)))
    yield Text(_one_line(fields.title or _NO_VALUE), no_wrap=True, overflow="ellipsis")
    yield Text(fields.date or _NO_VALUE)
    yield Text((fields.weekday or _NO_VALUE)[:3])
    yield Text(_one_line(fields.issue_number or _NO_VALUE), overflow="fold")
    yield Text(_NO_VALUE if fields.page_count is None else str(fields.page_count))
    yield Group(*_remarks(issue))


def _name(path: str | None, home: str | None) -> str:
    if path is None:
        return "standard input"
    name = os.path.relpath(path, home) if home else path
    return path if name.startswith(os.pardir) else name


def _remarks(issue: "Issue") -> Iterator[Folded]:
    """Say what does not agree, then what was worked out: from the page's own print, or from other files."""
    # A date from other files is not what any print of the page was read as.
    own = any((reading.field, reading.value) == ("date", issue.issue.date) for reading in issue.issue.readings)
    failed = [check for check in issue.issue.checks if not check.agrees]
    told = {check.check for check in failed}
    yield from (Folded(_one_line(_describe(check)), "bold red") for check in failed)
    for note in issue.notes:
        if note.code in CONFLICTS and _TOLD_BY_CHECK.get(note.code) not in told:
            yield Folded(_one_line(note.text), "bold red")
        elif note.code is NoteCode.DATE_INFERRED:
            yield Folded(f"date inferred from {'damaged print' if own else 'other files'}", "yellow")


def _describe(check: "CheckResult") -> str:
    # What stands in the row need not be told again: the date behind a file's name, and the number.
    if check.check is Check.FILE_NAME:
        return f"file name: {check.printed}"
    if check.check is Check.ISSUE_NUMBER:
        return f"number: expected {check.expected}"
    return f"{check.check}: {check.printed}, expected {check.expected}"


def _one_line(text: str) -> str:
    return " ".join(display_safe(text).split())
