"""Names and places an article is credited with, read out of its text: bylines, datelines, editors, jumps, pictures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from newspaper_cli.calendars import parse_numeral
from newspaper_cli.document import Block, Byline, Dateline, Editor, Jump, Span
from newspaper_cli.joins import offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.languages import Language

_BETWEEN: Final = " \u3000、，,"
_LONGEST_DATELINE: Final = 60


def read_byline(block: Block, language: Language) -> tuple[Byline, ...]:
    """Read the names of a block that is a byline and nothing else; several credits can share it."""
    match = language.pattern("leads.byline").fullmatch(block.text)
    if not match or "names" not in match.groupdict():
        return ()
    where = offsets(block)
    line = (block.lines[0].start, block.lines[-1].end)
    spans = match.spans("names")
    roles = match.captures("role") if "role" in match.groupdict() else []
    paired = zip(spans, [*roles, *[None] * (len(spans) - len(roles))], strict=False)
    return tuple(byline for span, role in paired for byline in _names(block, where, span, (role, line)))


def read_inline_bylines(block: Block, language: Language) -> tuple[Byline, ...]:
    """Read the reporters that a paragraph names in brackets."""
    if not language.holds("credits.marks", block.text):
        return ()
    where = offsets(block)
    found: list[Byline] = []
    credit = language.pattern("credits.credit")
    for bracket in language.pattern("credits.inline").finditer(block.text):
        for match in credit.finditer(block.text, bracket.start(), bracket.end()):
            line = _line_at(block, where[match.start("names")])
            found += _names(block, where, match.span("names"), (match["role"], line))
    return tuple(found)


def _line_at(block: Block, position: int) -> Span:
    return next((line.start, line.end) for line in block.lines if line.start <= position < line.end)


def _names(block: Block, where: Sequence[int], span: Span, credit: tuple[str | None, Span]) -> Iterator[Byline]:
    """Make a byline of each name in a list of names; what is credited is given by role and printed line."""
    role, line = credit
    text = block.text[slice(*span)]
    for start, end in split_names(text):
        first, last = where[span[0] + start], where[span[0] + end - 1]
        shown = f"{role} {text[start:end]}" if role else text[start:end]
        name = "".join(text[start:end].split())
        yield Byline(shown, role, name, (first, max(first, last) + 1), line)


def split_names(text: str) -> list[Span]:
    """Part a list of names; a name of two characters may be padded with a space to the width of three.

    >>> text = "孟祥 黄发红、刘 歌"
    >>> [text[start:end] for start, end in split_names(text)]
    ['孟祥', '黄发红', '刘 歌']
    """
    spans: list[Span] = []
    start = None
    for index, character in enumerate([*text, " "]):
        if character not in _BETWEEN:
            start = index if start is None else start
        elif start is not None:
            padded = index - start == 1 and spans and _padded(text, spans[-1], start)
            spans.append((spans.pop()[0], index) if padded else (start, index))
            start = None
    return spans


def _padded(text: str, before: Span, start: int) -> bool:
    return before[1] - before[0] == 1 and text[before[1] : start].isspace()


def read_dateline(block: Block, language: Language, day: dt.date | None) -> Dateline | None:
    """Read the dateline that a paragraph opens with, its day resolved against the day of the issue."""
    match = language.pattern("leads.dateline").match(block.text)
    if not match:
        return None
    where = offsets(block)
    groups = match.groupdict()
    span = where[match.start()], where[match.end() - 1] + 1
    date_text, inside = groups.get("date"), match.span("date")
    if not date_text:
        date_text, inside = _day_after(block.text, match.end(), language)
    date_span = (where[inside[0]], where[inside[1] - 1] + 1) if date_text else None
    return Dateline(
        match[0].rstrip(),
        groups.get("agency"),
        groups.get("place") or None,
        span,
        _resolved(date_text, day),
        date_text,
        date_span,
    )


def _day_after(text: str, end: int, language: Language) -> tuple[str | None, Span]:
    found = language.pattern("credits.next_day").match(text, end)
    return (found["date"], found.span("date")) if found else (None, (0, 0))


def _resolved(text: str | None, day: dt.date | None) -> str | None:
    """Resolve a printed month and day, or a bare day, to the last such date before the issue came out."""
    if not text or day is None:
        return None
    month_text, _, day_text = text.rpartition("月")
    number = parse_numeral(day_text.rstrip("日"))
    month = parse_numeral(month_text) if month_text else None
    if number is None or (month_text and month is None):
        return None
    for back in range(370 if month else 62):
        candidate = day - dt.timedelta(days=back)
        if candidate.day == number and month in {None, candidate.month}:
            return candidate.isoformat()
    return None


def read_jump(block: Block, language: Language) -> Jump | None:
    """Read a line that sends the reader to or from another page."""
    match = language.pattern("parts.jump").fullmatch(block.text)
    if not match:
        return None
    page = parse_numeral(match["page"])
    number = match["page"] if page is None else str(page)
    span = block.lines[0].start, block.lines[-1].end
    return Jump("to" if match["to"] else "from", number, block.text, span)


def read_editors(block: Block, language: Language) -> tuple[Editor, ...]:
    """Read the credits of those who made the page."""
    where = offsets(block)
    editors = []
    for match in language.pattern("parts.editor_item").finditer(block.text):
        span = where[match.start()], where[match.end() - 1] + 1
        editors.append(Editor(match[0].strip(), match["role"], match["names"].strip(_BETWEEN), span))
    return tuple(editors)


def read_credit(text: str, language: Language) -> str | None:
    """Find who made the picture, in the caption below it."""
    match = language.pattern("parts.credit_end").search(text)
    return match[0].strip("（）() \u3000") if match else None
