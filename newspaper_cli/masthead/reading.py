"""The reading of a masthead from the lines of a file: strips, groups, the day, the name, the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.document import CheckResult, IssueFields, Note
from newspaper_cli.folios import read_folio
from newspaper_cli.labels import Check, NoteCode
from newspaper_cli.masthead.dates import read_day
from newspaper_cli.masthead.fields import read_fields
from newspaper_cli.masthead.reckoning import reckon
from newspaper_cli.masthead.strips import read_pages
from newspaper_cli.masthead.surroundings import Group, choose_masthead, find_groups
from newspaper_cli.masthead.terms import find_terms
from newspaper_cli.masthead.title import find_title
from newspaper_cli.masthead.values import LOOSE, REST, Folio, Masthead, Strip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language, Spoken
    from newspaper_cli.masthead.damage import Mended
    from newspaper_cli.masthead.reckoning import Reckoning
    from newspaper_cli.masthead.title import Title
    from newspaper_cli.masthead.values import Token

LONGEST_SECTION: Final = 6


def read_masthead(lines: tuple[Line, ...], spoken: Spoken) -> Masthead:
    """Read the masthead of a file, and the running heads of its other pages, each page in its language.

    The group of lines that says most is the masthead, on whatever page and wherever on it; of each other page, what
    stands together in the same way is its running head. Lines inside articles are never claimed.
    """
    chosen = choose_masthead(find_groups(read_pages(lines, spoken), _find_tops(lines), spoken))
    group, others = chosen or (Group(()), ())
    language = spoken.of(group.page if group.strips else lines[0].page if lines else 0)
    reckoning = reckon([token for strip in group.strips for token in strip.tokens], language)
    mended = _mend(reckoning, group, lines, language) if lines and reckoning.doubtful else None
    if mended is not None:
        together = sorted((*group.strips, *mended.strips), key=lambda strip: strip.place)
        group, reckoning = Group(tuple(together)), mended.reckoning
    if not group.strips:
        note = Note(NoteCode.NO_MASTHEAD, None, "no masthead field was found")
        return Masthead(IssueFields(), notes=(note,) if lines else ())
    title = find_title(group, lines, language)
    strips = _claim(group, title, reckoning.tokens, lines)
    terms = find_terms(strips, lines, language)
    strips = tuple(sorted((*strips, *terms), key=lambda strip: strip.place)) if terms else strips
    heads = [other for other in others if other.page != group.page]
    own = _read_folio(strips, language)
    tokens = [token for strip in strips for token in strip.tokens if own is None or token.span not in own.spans]
    content = read_fields(tokens, title, reckoning, language)
    checks, conflicts = _compare_folios(heads, reckoning.day, spoken)
    folios = [own, *(_read_folio(head.strips, spoken.of(head.page), whole=True) for head in heads)]
    fields = content.fields
    return Masthead(
        fields=msgspec.structs.replace(fields, checks=fields.checks + checks) if checks else fields,
        claimed=frozenset(strip.place for strip in strips).union(s.place for head in heads for s in head.strips),
        furniture=content.furniture,
        folios=tuple(folio for folio in folios if folio is not None),
        notes=(*reckoning.notes, *conflicts, *_note_second(group, others)),
    )


def _mend(reckoning: Reckoning, group: Group, lines: Sequence[Line], language: Language) -> Mended | None:
    """Read the day from all lines of a masthead together."""
    # Most pages have no need of it, and a single page waits for every import.
    from newspaper_cli.masthead.damage import mend_day  # noqa: PLC0415

    return mend_day(reckoning, group.strips, lines, language)


def _find_tops(lines: Sequence[Line]) -> dict[int, int]:
    """Find the place of the first line of each page; most files are one page, and need no look at every line."""
    if not lines or lines[0].page == lines[-1].page:
        return {line.page: 0 for line in lines[:1]}
    return {line.page: place for place, line in reversed(tuple(enumerate(lines)))}


def _claim(group: Group, title: Title | None, dated: Sequence[Token], lines: Sequence[Line]) -> tuple[Strip, ...]:
    """Keep the strips of a group that are masthead for certain: not the other names, nor numbers that date nothing."""
    kept = [
        strip
        for strip in group.strips
        if not strip.lone or any(_is_used(token, title, dated) for token in strip.tokens)
    ]
    if title is not None and title.token is not None and all(title.place != strip.place for strip in kept):
        kept.append(Strip.of(title.place, lines[title.place], (title.token,)))
    return tuple(sorted(kept, key=lambda strip: strip.place))


def _is_used(token: Token, title: Title | None, dated: Sequence[Token]) -> bool:
    if token.kind == "title":
        return title is not None and title.token is not None and token.text == title.token.text
    return token.kind not in LOOSE or token in dated


def _read_folio(strips: Sequence[Strip], language: Language, *, whole: bool = False) -> Folio | None:
    """Read page number, label and section; a running head is folio as a whole, of a masthead only the page's label."""
    label, section = _find_label(strips)
    spans = tuple(
        token.span for strip in strips for token in strip.tokens if whole or token is label or token is section
    )
    if not spans:
        return None
    page = strips[0].line.page
    if label is None:
        return Folio(page, spans)
    printed = label.parts["page"]
    number = read_folio(printed, language)
    name = printed if any(map(str.isdigit, printed)) else str(number) if number else None
    return Folio(page, spans, number, _show(label, strips, language), section.text if section else None, name)


def _show(label: Token, strips: Sequence[Strip], language: Language) -> str:
    """Give the label of a page as printed; Chinese sets no words apart, and what stands apart belongs together."""
    if not language.joiner:
        return label.text
    line = next(strip.line for strip in strips if label in strip.tokens)
    text = line.text[label.span[0] - line.start : label.span[1] - line.start]
    return language.joiner.join(text.split()).rstrip(".,")


def _find_label(strips: Sequence[Strip]) -> tuple[Token | None, Token | None]:
    """Find the first label of a page, and the name of the section that follows it.

    On its line that is any short word; on the next it must be one that sections are called by.
    """
    tokens = [(place, token) for place, strip in enumerate(strips) for token in strip.tokens]
    at = next((at for at, (_, token) in enumerate(tokens) if token.kind == "page_label"), None)
    if at is None:
        return None, None
    place, label = tokens[at]
    return label, next((token for below, token in tokens[at + 1 : at + 2] if _is_section(below, token, place)), None)


def _is_section(place: int, token: Token, label_place: int) -> bool:
    short = token.kind == REST and len(token.text) <= LONGEST_SECTION
    return token.kind == "section" or (place == label_place and short)


def _compare_folios(
    heads: Sequence[Group], day: date | None, spoken: Spoken
) -> tuple[tuple[CheckResult, ...], tuple[Note, ...]]:
    """Compare the dates of running heads with that of the masthead."""
    checks, notes = [], []
    printed = [(token, head.page) for head in heads for strip in head.strips for token in strip.tokens]
    for token, page in printed:
        other = read_day(token, spoken.of(page))[0] if token.kind == "date" else None
        if day is None or other is None:
            continue
        checks.append(CheckResult(Check.FOLIO_DATE, other == day, token.text, day.isoformat()))
        if other != day:
            text = f"the running head prints {token.text}, the masthead {day.isoformat()}"
            notes.append(Note(NoteCode.FOLIO_CONFLICT, token.span, text))
    return tuple(checks), tuple(notes)


def _note_second(group: Group, others: Sequence[Group]) -> Iterator[Note]:
    """Tell of further groups on the masthead's page; they stay with the text."""
    for other in others:
        if other.page == group.page:
            first = other.strips[0].line
            yield Note(NoteCode.SECOND_MASTHEAD, (first.start, first.end), f"{first.text} reads like another masthead")
