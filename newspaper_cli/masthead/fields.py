"""Fields and readings: what each token of a masthead says, and which part of the output its characters lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from newspaper_cli.calendars import parse_numeral
from newspaper_cli.document import Contact, Editor, Furniture, IssueFields, Reading
from newspaper_cli.labels import Basis, FurnitureLabel
from newspaper_cli.masthead.values import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.document import Span
    from newspaper_cli.masthead.reckoning import Reckoning
    from newspaper_cli.masthead.title import Title

# The field each kind of token is a reading of; a kind that is not here is furniture.
_FIELDS: Final = {
    "date": "date",
    "year_month": "date",
    "lone_day": "date",
    "lone_year": "date",
    "month_day": "date",
    "lunar_date": "lunar_date",
    "day_of_week": "weekday",
    "issue_number": "issue_number",
    "volume_number": "volume",
    "page_count": "page_count",
    "price_text": "price",
    "cn": "cn_number",
    "issn_number": "issn",
    "postal": "postal_code",
    "publisher": "publisher",
    "weather": "weather",
    "phone": "contacts",
    "web": "contacts",
    "editors": "editors",
    "title": "title",
    "latin": "title_alternative",
}
_DATE_FIELDS: Final = frozenset({"date", "lunar_date", "weekday"})
_NUMBERS: Final = {"issue_number": ("total", "issue"), "volume": ("volume",), "page_count": ("pages",)}
_TEXTS: Final = {"price": "price", "cn_number": "cn_number", "issn": "issn", "postal_code": "postal_code"}


class Content(msgspec.Struct, frozen=True):
    """Hold the fields of a masthead and the furniture among them."""

    fields: IssueFields
    furniture: tuple[Furniture, ...]


def read_fields(tokens: Sequence[Token], title: Title | None, reckoning: Reckoning) -> Content:
    """Read every field; each token becomes part of one reading or one piece of furniture."""
    readings = list(_date_readings(tokens, reckoning))
    furniture = []
    values: dict[str, Any] = {}
    basis: dict[str, Basis] = {}
    for token in tokens:
        field = "title" if title is not None and token is title.token else _FIELDS.get(token.kind)
        if field in _DATE_FIELDS:
            continue
        value, ground = (None, Basis.PRINTED) if field is None else _read_value(token, field, title)
        if field is None or value is None:
            furniture.append(_to_furniture(token))
            continue
        readings.append(Reading(field, value, (token.text,), (token.span,), token.kind.replace("_", " ")))
        if field not in values or "total" in token.parts:
            values[field], basis[field] = value, ground
    _settle_dates(values, basis, tokens, reckoning)
    if title is not None and "title" not in values:
        values["title"], basis["title"] = title.name, Basis.INFERRED
    return Content(_make_fields(values, basis, tokens, sorted(readings, key=lambda r: r.spans[0]), reckoning), tuple(furniture))
