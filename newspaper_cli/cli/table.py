"""What a person wants to see on a terminal: an issue, a masthead, an explanation or figures, drawn with rich."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from newspaper_cli.characters import display_safe
from newspaper_cli.cli import console
from newspaper_cli.cli.folding import Folded
from newspaper_cli.export.records import VALUE_FIELDS, describe_check, reading_parts
from newspaper_cli.labels import ArticleKind, Basis, Label, ParagraphKind

if TYPE_CHECKING:
    from newspaper_cli.document import Article, Dateline, Issue, IssueFields
    from newspaper_cli.explain import Explanation

_HEAD_STYLES = {Label.KICKER: "cyan", Label.HEADLINE: "bold", Label.DECK: "cyan", Label.BYLINE: "green"}
# Columns of the terminal for the opening of an article's text: about two lines of an ordinary window.
_OPENING = 140
_SHOWN_FIELDS = ("date", "weekday", "lunar_date", "era_date", "issue_number", "page_count", "place", "price")
_CAPTIONS = {"issue_number": "issue {}", "page_count": "{} pages"}


def draw_issue(issue: "Issue", *, coloured: bool) -> bytes:
    """Draw an issue: its masthead, then each article with the opening of its text, then what is left over."""
    return _draw([_masthead_panel(issue), *map(_article, issue.articles), _leftovers(issue), Text()], coloured)


def draw_meta(issue: "Issue", *, coloured: bool) -> bytes:
    """Draw a masthead: each field with the printed text behind it, then the checks and the notes."""
    fields = issue.issue
    parts: list[RenderableType] = [_path(issue), _fields_table(fields)]
    missing = [name for name in VALUE_FIELDS if getattr(fields, name) is None]
    if missing:
        parts.append(_plain("not found: " + ", ".join(missing), "dim"))
    if fields.checks:
        parts.append(_checks_table(fields))
    return _draw([*parts, *_notes(issue), Text()], coloured)


def draw_explanation(part: "Explanation", *, coloured: bool) -> bytes:
    """Draw what was decided about a line: each answer with the reasons that weighed for it or against."""
    start, end = part.span
    parts: list[RenderableType] = [_folded(f"line {part.line}, characters {start} to {end}", "dim"), _folded(part.text)]
    for decision in part.decisions:
        table = _table("reason", "weight")
        table.columns[1].justify = "right"
        for reason, weight in decision.reasons:
            table.add_row(_plain(reason), _plain(f"{weight:+.3f}", _verdict_style(weight >= 0)))
        answer = f"{decision.question}: {decision.answer} ({decision.confidence:.0%})"
        parts += [Text(), _folded(answer, "bold"), *([table] if decision.reasons else [])]
    return _draw([*parts, Text()], coloured)


def draw_rows(columns: Iterable[str], rows: Iterable[Iterable[str]], *, coloured: bool) -> bytes:
    """Draw a table: its first and last columns are names, those between are figures."""
    table = _table(*columns)
    for column in table.columns[1:-1]:
        column.justify = "right"
    for row in rows:
        table.add_row(*map(_plain, row))
    return _draw([table], coloured)


def _draw(parts: Iterable[RenderableType], coloured: bool) -> bytes:
    return console.draw(parts, coloured=coloured)


def _plain(text: object, style: str = "") -> Text:
    return Text(_one_line(str(text)), style)


def _folded(text: str, style: str = "") -> Folded:
    return Folded(_one_line(text), style)


def _one_line(text: str) -> str:
    """Make text of a page safe to show: no control characters, one line. Text and Folded know no markup."""
    return " ".join(display_safe(text).split())


def _table(*columns: str) -> Table:
    return Table(*columns, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)


def _masthead_panel(issue: "Issue") -> Panel:
    fields = issue.issue
    lines = [_folded(" · ".join(_known(fields)) or "no masthead found")]
    lines += (
        _folded(f"{'✓' if check.agrees else '✗'} {describe_check(check)}", _verdict_style(check.agrees))
        for check in fields.checks
    )
    title = _plain(fields.title or "Untitled issue", "bold")
    subtitle = _plain(issue.source.path or "standard input", "dim")
    return Panel(Group(*lines), title=title, title_align="left", subtitle=subtitle, subtitle_align="right")


def _known(fields: "IssueFields") -> Iterator[str]:
    """Give the fields that identify an issue; those that are more than print carry their basis."""
    for name in _SHOWN_FIELDS:
        value = getattr(fields, name)
        if value is not None:
            basis = fields.basis.get(name, Basis.PRINTED)
            shown = _CAPTIONS.get(name, "{}").format(value)
            yield shown if basis is Basis.PRINTED else f"{shown} ({basis})"


def _article(article: "Article") -> Padding:
    parts = list(reading_parts(article))
    lines = [_folded(part.text, _HEAD_STYLES[part.label]) for part in parts if part.label in _HEAD_STYLES]
    body = next((part.text for part in parts if part.label is Label.BODY), None)
    captions = sum(part.label is Label.CAPTION for part in parts)
    lines.insert(0, _folded(_whereabouts(article, captions), "dim"))
    if article.dateline:
        lines.append(_dateline(article.dateline))
    if body:
        lines.append(_folded(_shorten(body, _OPENING)))
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(_plain(article.id, "yellow"), Group(*lines))
    return Padding(grid, (1, 0, 0, 0))


def _whereabouts(article: "Article", captions: int) -> str:
    body = [paragraph for paragraph in article.paragraphs if paragraph.kind is ParagraphKind.BODY]
    characters = sum(len(paragraph.text) for paragraph in article.paragraphs)
    facts = [
        "" if article.kind is ArticleKind.ARTICLE else str(article.kind),
        f"page {article.page}",
        article.section or "",
        _count(len(body), "paragraph"),
        _count(characters, "character"),
        _count(captions, "caption") if captions else "",
        *(f"{jump.direction} page {jump.page}" for jump in article.jumps if jump.page),
    ]
    return " · ".join(fact for fact in facts if fact)


def _dateline(dateline: "Dateline") -> Folded:
    day = f" · {dateline.date_text} = {dateline.date}" if dateline.date_text and dateline.date else ""
    return _folded(dateline.text + day, "magenta")


def _shorten(text: str, columns: int) -> str:
    """Cut a text to a number of terminal columns, in which a Chinese character takes two."""
    line = _one_line(text)
    return line if cell_len(line) <= columns else f"{set_cell_size(line, columns - 1).rstrip()}…"


def _leftovers(issue: "Issue") -> Padding:
    """Count what is in no article, and tell the notes in full."""
    counts = _plain(
        " · ".join(
            (
                _count(len(issue.articles), "article"),
                _tally("furniture", Counter(str(item.label) for item in issue.furniture)),
                _tally("repairs", Counter(str(edit.fix) for edit in issue.repairs)),
                _count(len(issue.notes), "note"),
            )
        ),
        "bold",
    )
    furniture = (_folded(f"{item.label}: {_shorten(item.text, _OPENING // 2)}", "dim") for item in issue.furniture)
    return Padding(Group(counts, *furniture, *_notes(issue)), (1, 0, 0, 0))


def _notes(issue: "Issue") -> Iterator[Folded]:
    return (_folded(f"note: {note.text}", "yellow") for note in issue.notes)


def _tally(name: str, counts: Counter[str]) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    return f"{name} {counts.total()}" + (f" ({kinds})" if kinds else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _path(issue: "Issue") -> Text:
    return _plain(f"{issue.source.path or 'standard input'} ({issue.source.encoding}, {issue.source.language})", "dim")


def _fields_table(fields: "IssueFields") -> Table:
    table = _table("field", "value", "printed", "basis")
    for name in VALUE_FIELDS:
        value = getattr(fields, name)
        if value is not None:
            printed = dict.fromkeys(
                text for reading in fields.readings if reading.field == name for text in reading.text
            )
            basis = fields.basis.get(name, "")
            table.add_row(_plain(name), _plain(value, "bold"), _plain(" … ".join(printed)), _plain(basis, "dim"))
    for name, texts in (("contact", fields.contacts), ("editor", fields.editors)):
        for item in texts:
            table.add_row(_plain(name), _plain(item.text, "bold"), _plain(item.text), _plain(Basis.PRINTED, "dim"))
    return table


def _checks_table(fields: "IssueFields") -> Table:
    table = _table("check", "agrees", "printed", "expected")
    for check in fields.checks:
        verdict = _plain("yes" if check.agrees else "no", _verdict_style(check.agrees))
        table.add_row(_plain(check.check), verdict, _plain(check.printed), _plain(check.expected))
    return table


def _verdict_style(agrees: bool) -> str:
    return "green" if agrees else "bold red"
