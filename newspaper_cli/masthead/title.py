"""The name of the paper: a line, or a piece of one, that ends as such names do; else what its imprint calls it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.masthead.sieve import LONGEST_NAME, fold_text
from newspaper_cli.masthead.strips import read_head_name, read_title_name
from newspaper_cli.masthead.values import REST, Token
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.masthead.surroundings import Group

# A name this many lines from something firm is beside it.
_BESIDE: Final = 2
# A name known by its last word stands among so many first lines of its page, and at most so many above number or date.
_HEAD: Final = 4
_ABOVE: Final = 4
# A name so often printed on lines of its own is the paper's.
_REPEATED: Final = 2
# What front pages print and running heads do not.
_FRONT: Final = frozenset({"issue_number", "page_count", "cn"})
_WORD: Final = re.compile(r"[^\W\d_]{3}")
_IMPRINT: Final = frozenset({"app", "publisher", "person"})


class Title(msgspec.Struct, frozen=True):
    """Hold the name found, its print, and the place of its line; no print where only imprint or caption give it."""

    name: str
    token: Token | None = None
    place: int = -1


def find_title(group: Group, lines: Sequence[Line], language: Language) -> Title | None:
    """Find the name of the paper; a headline is worse than nothing, so a name needs the masthead beside it."""
    called = tuple(_called(group, language))
    printed = list(_printed(group, language))
    firm = [strip.place for strip in group.strips if strip.firm]
    if printed:
        return max(printed, key=lambda title: _weigh(title, called, firm))
    near = next(
        (found for find in (_inner_line, _head_line, _first_line) if (found := find(group, lines, language))), None
    )
    if near is not None:
        return near
    return Title(called[0]) if called else _repeated(lines, language)


def _printed(group: Group, language: Language) -> Iterator[Title]:
    """List the whole lines and the pieces of lines that read as a name."""
    for strip in group.strips:
        for token in strip.tokens:
            if token.kind == "title":
                yield Title(token.parts["name"], token, strip.place)
            elif token.kind == REST and (name := read_title_name(token.text, language)) is not None:
                yield Title(name, token, strip.place)


def _called(group: Group, language: Language) -> Iterator[str]:
    """List the names by which captions and imprint call the paper."""
    pattern = language.pattern("masthead.own_name")
    for strip in group.strips:
        for token in strip.tokens:
            match = pattern.match(fold_text(token.text, language)) if token.kind in _IMPRINT else None
            if match is not None:
                yield token.text[match.start("name") : match.end("name")]


def _weigh(title: Title, called: Sequence[str], firm: Sequence[int]) -> tuple[int, int]:
    """Weigh a name: also used by the imprint, next to the rest of the masthead, early."""
    nearest = min((abs(title.place - other) for other in firm), default=_BESIDE + 1)
    return 2 * (title.name in called) + (nearest <= _BESIDE), -title.place


def _first_line(group: Group, lines: Sequence[Line], language: Language) -> Title | None:
    """Take the line above a masthead that opens its page: it is the name, though no list knows its last word."""
    place = group.strips[0].place - 1
    if not group.firm & _FRONT or "page_label" in group.firm:
        # Above the date alone stands as often the name of a section.
        return None
    if place < 0 or (place > 0 and lines[place - 1].page == lines[place].page) or lines[place].page != group.page:
        return None
    line = lines[place]
    name = "".join(line.text.split())
    if language.pattern("masthead.plain_name").fullmatch(name) is None:
        return None
    return Title(name, Token("title", name, (line.start, line.end), {"name": name}), place)


def _inner_line(group: Group, lines: Sequence[Line], language: Language) -> Title | None:
    """Take a line that the masthead encloses and that has the form of a name, close below number or date."""
    pattern = language.pattern("masthead.inner_name")
    firm = [strip.place for strip in group.strips if strip.firm]
    known = {strip.place for strip in group.strips}
    for above, below in pairwise(firm):
        for place in range(above + 1, min(above + _BESIDE, below - 1) + 1):
            match = None if place in known else pattern.fullmatch(lines[place].text)
            if match is not None:
                return Title(match["name"], _token_of(lines[place], match["name"]), place)
    return None


def _head_line(group: Group, lines: Sequence[Line], language: Language) -> Title | None:
    """Take a line at the head of a page, close above the masthead or inside it, that reads as a name set large."""
    firm = [strip.place for strip in group.strips if strip.firm]
    if not firm:
        return None
    known = {strip.place for strip in group.strips}
    for place in range(max(firm[0] - _ABOVE, 0), min(firm[0] + _BESIDE + 1, firm[-1])):
        line = lines[place]
        name = None if place in known or line.page != group.page else read_head_name(line.text, language)
        if name is not None and _heads_page(place, lines):
            return Title(name, _token_of(line, name), place)
    return None


def _heads_page(place: int, lines: Sequence[Line]) -> bool:
    """Tell whether a line is one of the first of its page; scratches above it do not count."""
    page = lines[place].page
    return sum(line.page == page and _WORD.search(line.text) is not None for line in lines[:place]) < _HEAD


def _token_of(line: Line, name: str) -> Token:
    return Token("title", line.text, (line.start, line.end), {"name": name})


def _repeated(lines: Sequence[Line], language: Language) -> Title | None:
    """Take the name that lines of the file repeat: a running head, or the name printed again above the leader.

    Display type at the head of a paper is the worst read of all; set small, its name is often clean.
    """
    texts = [line.text if len(line.text) <= LONGEST_NAME else "" for line in lines]
    pattern = language.pattern("masthead.running_title")
    held = [texts[place] for place in Texts(texts).holding(language.hint("masthead.running_title"))]
    names = Counter(match["name"] for text in held if (match := pattern.fullmatch(text)) is not None).most_common(2)
    if not names or names[0][1] < _REPEATED or (len(names) > 1 and 2 * names[1][1] > names[0][1]):
        return None
    return Title(names[0][0])
