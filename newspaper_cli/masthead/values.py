"""The working values of the masthead: what a line prints, piece by piece, and what was read from the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from newspaper_cli.document import Furniture, IssueFields, Line, Note, Span

# The kinds that only a masthead or a running head prints as a whole line or a part of one.
FIRM: Final = frozenset(
    {
        "date",
        "year_month",
        "lunar_date",
        "day_of_week",
        "issue_number",
        "page_count",
        "page_label",
        "price_text",
        "sheets",
        "cn",
        "issn_number",
        "postal",
        "publisher",
        "volume_number",
    }
)
# The kinds that can stand in a masthead without showing one.
SOFT: Final = frozenset(
    {
        "founding",
        "rate",
        "phone",
        "web",
        "editors",
        "person",
        "place",
        "edition",
        "licence",
        "weather",
        "terms",
        "title",
        "app",
        "latin",
        "imprint",
        "section",
        "lone_year",
        "month_day",
        "lone_day",
    }
)
KINDS: Final = FIRM | SOFT
DATED: Final = frozenset({"date", "year_month", "lunar_date", "day_of_week"})
NUMBERED: Final = frozenset({"issue_number", "volume_number"})
# Every kind that speaks of the day, with the field it is a reading of.
DATE_PARTS: Final = {
    "date": "date",
    "year_month": "date",
    "lone_year": "date",
    "month_day": "date",
    "lone_day": "date",
    "lunar_date": "lunar_date",
    "day_of_week": "weekday",
}
# Parts of a date that mean nothing unless a date was made of them.
LOOSE: Final = frozenset({"lone_year", "month_day", "lone_day"})
# The kinds of whole lines that are masthead text only beside others.
LONE: Final = LOOSE | {"title", "app", "latin", "imprint", "section"}
REST: Final = "rest"


class Token(msgspec.Struct, frozen=True, gc=False):
    """Hold one part of a masthead line: its kind, its text as printed without white space, its place, its groups.

    Kinds are those of the list `parts` in the language's masthead sheet and the groups of `masthead.lone`, or `rest`
    for what lies between them; `parts` maps the groups inside to their printed text.
    """

    kind: str
    text: str
    span: Span
    parts: dict[str, str]


class Strip(msgspec.Struct, frozen=True, gc=False):
    """Hold one line that can be masthead text as a whole: its place on the page and its tokens, which cover its ink.

    `place` indexes the lines that the masthead is looked for in. `kinds` are those of its tokens, `firm` the kinds
    among them that show a masthead: both are asked for many times and kept.
    """

    place: int
    line: Line
    tokens: tuple[Token, ...]
    kinds: frozenset[str]
    firm: frozenset[str]

    @classmethod
    def of(cls, place: int, line: Line, tokens: tuple[Token, ...]) -> Strip:
        """Make a strip of a line and its tokens."""
        kinds = frozenset([token.kind for token in tokens])
        return cls(place, line, tokens, kinds, kinds & FIRM)

    @property
    def lone(self) -> bool:
        """Tell whether nothing of it is masthead text by itself."""
        return self.kinds <= LONE


class Folio(msgspec.Struct, frozen=True):
    """Hold the running head of one page: its spans, the page's number and label, its section, its number as printed."""

    page: int
    spans: tuple[Span, ...]
    number: int | None = None
    label: str | None = None
    section: str | None = None
    printed: str | None = None


class Masthead(msgspec.Struct, frozen=True):
    """Hold all that was read around the articles.

    `claimed` are the indexes of the lines that are masthead text as a whole. Each of their ink characters lies in one
    span of a reading, a piece of furniture or a folio.
    """

    fields: IssueFields
    claimed: frozenset[int] = frozenset()
    furniture: tuple[Furniture, ...] = ()
    folios: tuple[Folio, ...] = ()
    notes: tuple[Note, ...] = ()
