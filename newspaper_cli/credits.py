"""Names and places an article is credited with, read out of its text: bylines, datelines, editors, jumps, pictures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.calendars import parse_numeral
from newspaper_cli.document import Block, Byline, Dateline, Editor, Jump, Span
from newspaper_cli.folios import read_number
from newspaper_cli.joins import make_block, offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

    from newspaper_cli.languages import Language

_BETWEEN: Final = " \u3000、，,"
_LONGEST_CREDIT: Final = 40
_LEAP_YEARS: Final = 9
# Words for a day by that of the issue, in the order of how many days lie between.
_TOLD: Final = ("credits.today", "credits.yesterday", "credits.day_before")


def read_byline(block: Block, language: Language) -> tuple[Byline, ...]:
    """Read the names of a block that is a byline and nothing else; several credits can share it."""
    name, below = _part_role(block, language)
    match = language.match("leads.byline", name, whole=True)
    if not match or "names" not in match.groupdict():
        return ()
    where = _places(block, len(block.text))
    line = (block.lines[0].start, block.lines[-1].end)
    spans = match.spans("names")
    roles = [below] if below else match.captures("role") if "role" in match.groupdict() else []
    paired = zip(spans, [*roles, *[None] * (len(spans) - len(roles))], strict=False)
    found = [byline for span, role in paired for byline in _names(block, where, span, (role, line), language)]
    if len(found) == 1 and (found[0].role is None or language.joiner):
        # A name alone in its line is shown as printed, with the brackets or the mark that make it a byline.
        return (msgspec.structs.replace(found[0], text=block.text),)
    return tuple(found)


def _part_role(block: Block, language: Language) -> tuple[str, str | None]:
    """Part what the writer is, printed on lines of its own below the name, from the line of the name."""
    for stop in range(1, len(block.lines) if language.joiner else 0):
        name = make_block(block.lines[:stop], block.seams[: stop - 1]).text
        role = block.text[len(name) :].strip()
        if language.match("leads.byline", name, whole=True) and language.match("leads.role", role, whole=True):
            return name, role
    return block.text, None


def read_signature(block: Block, language: Language) -> Byline | None:
    """Read the name that signs the text above it; those who sign for an office, or a trade, have written nothing."""
    match = language.match("leads.signature", block.text, whole=True)
    if match is None or match["office"]:
        return None
    where = _places(block, len(block.text))
    start, end = match.span("names")
    line = (block.lines[0].start, block.lines[-1].end)
    return Byline(block.text, None, " ".join(match["names"].split()), (where[start], where[end - 1] + 1), line)


def read_inline_bylines(block: Block, language: Language) -> tuple[Byline, ...]:
    """Read the reporters that a paragraph names in brackets."""
    where: Sequence[int] = ()
    found: list[Byline] = []
    credit = language.pattern("credits.credit")
    for bracket in language.pattern("credits.inline").finditer(block.text):
        where = where or offsets(block)
        for match in credit.finditer(block.text, bracket.start(), bracket.end()):
            line = _line_at(block, where[match.start("names")])
            found += _names(block, where, match.span("names"), (match["role"], line), language)
    return tuple(found)


def _places(block: Block, count: int) -> Sequence[int]:
    """Give the places of the first `count` characters of a text, at least; most stand as printed on the first line."""
    line = block.lines[0]
    as_printed = count <= len(line.text) and block.text.startswith(line.text)
    return range(line.start, line.end) if as_printed else offsets(block)


def _line_at(block: Block, position: int) -> Span:
    return next((line.start, line.end) for line in block.lines if line.start <= position < line.end)


def _names(
    block: Block, where: Sequence[int], span: Span, credit: tuple[str | None, Span], language: Language
) -> Iterator[Byline]:
    """Make a byline of each name in a list of names; what is credited is given by role and printed line."""
    role, line = credit
    text = block.text[slice(*span)]
    for start, end in split_names(text, language.pattern("credits.between")):
        first, last = where[span[0] + start], where[span[0] + end - 1]
        shown = f"{role} {text[start:end]}" if role else text[start:end]
        name = language.joiner.join(text[start:end].split())
        yield Byline(shown, role, name, (first, max(first, last) + 1), line)


def split_names(text: str, between: regex.Pattern[str]) -> list[Span]:
    """Part a list of names; a name of two characters may be padded with a space to the width of three.

    >>> import regex
    >>> text = "孟祥 黄发红、刘 歌"
    >>> [text[start:end] for start, end in split_names(text, regex.compile("[ 、]"))]
    ['孟祥', '黄发红', '刘 歌']
    """
    spans: list[Span] = []
    start = 0
    for end, after in [*(match.span() for match in between.finditer(text)), (len(text), len(text))]:
        if start < end:
            padded = end - start == 1 and spans and _padded(text, spans[-1], start)
            spans.append((spans.pop()[0], end) if padded else (start, end))
        start = after
    return spans


def _padded(text: str, before: Span, start: int) -> bool:
    return before[1] - before[0] == 1 and text[before[1] : start].isspace()


def read_dateline(block: Block, language: Language, day: dt.date | None) -> Dateline | None:
    """Read the dateline that a paragraph opens with, its day resolved against the day of the issue."""
    match = language.match("leads.dateline", block.text) or language.match("leads.place_line", block.text, whole=True)
    if not match:
        return None
    groups = match.groupdict()
    date_text, inside = groups.get("date"), match.span("date")
    if not date_text:
        date_text, inside = _day_after(block.text, match.end(), language)
    where = _places(block, max(match.end(), inside[1]))
    # The sign of a correspondent stands before the place.
    begin = max(match.start(), match.end("siglum")) if "siglum" in groups else match.start()
    span = where[begin], where[match.end() - 1] + 1
    date_span = (where[inside[0]], where[inside[1] - 1] + 1) if date_text else None
    return Dateline(
        block.text[begin : match.end()].rstrip(),
        groups.get("agency"),
        groups.get("place") or None,
        span,
        _resolved(date_text, day, language),
        date_text,
        date_span,
    )


def _day_after(text: str, end: int, language: Language) -> tuple[str | None, Span]:
    found = language.pattern("credits.next_day").match(text, end)
    return (found["date"], found.span("date")) if found else (None, (0, 0))


def _resolved(text: str | None, day: dt.date | None, language: Language) -> str | None:
    """Resolve a printed day to a date: a month and day, or a bare day, to the last before the issue came out."""
    if text is None or day is None:
        return None
    told = next((back for back, words in enumerate(_TOLD) if text in language.words(words)), None)
    if told is not None:
        return (day - dt.timedelta(told)).isoformat()
    match = language.pattern("credits.day").fullmatch(text)
    if match is None:
        return None
    month = _month(match["month"], language) if match["month"] else None
    number = parse_numeral(match["day"])
    if number is None or (match["month"] and month is None):
        return None
    # A bare day is at most two months back: every third month has a day 31.
    months = [month] if month else [(day.month - 1 - back) % 12 + 1 for back in range(3)]
    found = [candidate for each in months if (candidate := _last(each, number, day))]
    return max(found).isoformat() if found else None


def _month(text: str, language: Language) -> int | None:
    """Read a month by its number, or by a name that begins as one of the language's twelve does."""
    names = language.sheet("credits").words["months"]
    return next((number for number, name in enumerate(names, start=1) if text.startswith(name)), parse_numeral(text))


def _last(month: int, number: int, day: dt.date) -> dt.date | None:
    """Find the last day of this month and number that is not after `day`; a leap day may lie years back."""
    for year in range(day.year, day.year - _LEAP_YEARS, -1):
        try:
            candidate = dt.date(year, month, number)
        except ValueError:
            continue
        if candidate <= day:
            return candidate
    return None


def read_jump(block: Block, language: Language) -> Jump | None:
    """Read a line that sends the reader to or from another page."""
    span = block.lines[0].start, block.lines[-1].end
    match = language.pattern("parts.jump").fullmatch(block.text)
    if not match:
        later = language.match("parts.instalment", block.text, whole=True)
        return Jump("to", None, block.text, span) if later else None
    page = read_number(match["page"], language)
    # What holds no figure and is no number in words was misread: no page is named.
    printed = match["page"] if any(map(str.isdigit, match["page"])) else None
    number = printed if page is None else str(page)
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
    if not language.may_hold("parts.credit_end", text):
        return None
    match = language.pattern("parts.credit_end").search(text, max(0, len(text) - _LONGEST_CREDIT))
    return match[0].strip("（）() \u3000") if match else None
