"""Fields and readings: what each token of a masthead says, and which part of the output its characters lie in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from newspaper_cli.calendars import calendar_words, parse_numeral
from newspaper_cli.document import Contact, Editor, Furniture, IssueFields, Reading
from newspaper_cli.labels import Basis, FurnitureLabel
from newspaper_cli.languages import load_language
from newspaper_cli.masthead.values import DATE_PARTS, LOOSE, REST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.languages import Language
    from newspaper_cli.masthead.reckoning import Reckoning
    from newspaper_cli.masthead.title import Title
    from newspaper_cli.masthead.values import Token

# The field each kind of token is a reading of; a kind that is not here is furniture.
_FIELDS: Final = {
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
    "place": "contacts",
    "edition": "edition",
    "editors": "editors",
    "person": "editors",
    "latin": "title_alternative",
}
# The groups of a pattern that hold a field's value, the better one first.
_GROUPS: Final = {
    "issue_number": ("total", "issue"),
    "volume": ("volume",),
    "page_count": ("pages",),
    "price": ("price",),
    "cn_number": ("cn_number",),
    "issn": ("issn",),
    "postal_code": ("postal_code",),
}
# Kinds that speak of the day whether or not a date was made of them.
_CALENDAR: Final = frozenset(DATE_PARTS) - LOOSE
# What parts the thousands of a number: a comma in English, a full stop in German, a space in French.
_THOUSANDS: Final = re.compile(r"(?<=\d)[,. ](?=\d{3}(?!\d))")
# Groups of a pattern that match what is said beside another value of the field.
_BESIDE: Final = frozenset({"whole", "yearly"})
_NUMBERS: Final = frozenset({"issue_number", "page_count"})
_VOLUME: Final = "volume"
_LISTS: Final = frozenset({"contacts", "editors"})


class _Value(msgspec.Struct, frozen=True, gc=False):
    """Hold what one token says."""

    field: str
    text: str
    basis: Basis
    token: Token


class Content(msgspec.Struct, frozen=True, gc=False):
    """Hold the fields of a masthead and the furniture among them."""

    fields: IssueFields
    furniture: tuple[Furniture, ...]


def read_fields(tokens: Sequence[Token], title: Title | None, reckoning: Reckoning, language: Language) -> Content:
    """Read every field; each token becomes part of one reading or one piece of furniture."""
    values, furniture = [], []
    for token in tokens:
        if token.kind in _CALENDAR or token in reckoning.tokens:
            continue
        value = _read_title(token, title) or _read_value(token, language) or _read_place(token, language)
        if value is None:
            furniture.append(to_furniture(token))
        else:
            values.append(value)
    readings = [
        *_date_readings(tokens, reckoning),
        *(Reading(v.field, v.text, (v.token.text,), (v.token.span,), _rule(v.token)) for v in values),
    ]
    settled = {value.field: value for value in sorted(values, key=_rank, reverse=True)}
    # Below the title block a letter has a place of its own.
    settled |= {value.field: value for value in reversed(values) if value.field == "place"}
    fields = _date_fields(reckoning) | _title_fields(title) | {v.field: (v.text, v.basis) for v in settled.values()}
    return Content(_make_fields(fields, values, readings, reckoning), tuple(furniture))


def to_furniture(token: Token) -> Furniture:
    """Keep a token that no field reads."""
    label = FurnitureLabel.CONTACT if token.kind == "app" else FurnitureLabel.MASTHEAD
    return Furniture(label, token.text, (token.span,))


def _rank(value: _Value) -> int:
    """Put a number that counts all issues before one that counts those of a year, and last what is said beside it.

    That is the number in whole beside one in its volume, and the price of a year beside that of a copy.
    """
    if not _BESIDE.isdisjoint(value.token.parts):
        return 2
    return int(value.field == "issue_number" and "total" not in value.token.parts)


def _read_title(token: Token, title: Title | None) -> _Value | None:
    if title is None or token.text != (title.token.text if title.token else None):
        return None
    return _Value("title", title.name, Basis.PRINTED, token)


def _read_value(token: Token, language: Language) -> _Value | None:
    """Read what a token says; None if it fills no field, or its number cannot be read."""
    field = _FIELDS.get(token.kind)
    if token.kind == REST and token.text in _solar_terms():
        field = "solar_term"
    if field is None:
        return None
    if field == "title_alternative" and " " not in token.text:
        # One word of another script is as likely the name of a section.
        return None
    text = next((token.parts[name] for name in _GROUPS.get(field, ()) if name in token.parts), token.text)
    if field not in _NUMBERS and field != _VOLUME:
        return _Value(field, text, Basis.PRINTED, token)
    number = parse_numeral(_THOUSANDS.sub("", text))
    number = _read_words(text, language) if number is None else number
    if field == _VOLUME:
        # A Roman one stays as it is printed.
        return _Value(field, text if number is None else str(number), Basis.PRINTED, token)
    basis = Basis.COMPLETED if number is None else Basis.PRINTED
    number = parse_numeral(text, lenient=True) if number is None else number
    return _Value(field, str(number), basis, token) if number else None


def _read_words(text: str, language: Language) -> int | None:
    """Read a number written in words, of which several are added up: twenty-seven, quatre-vingt-dixième."""
    known = _number_words(language.code)
    parts = text.lower().replace(" ", "-").split("-")
    total = 0
    while parts:
        # Two words may say one number.
        size = 2 if "-".join(parts[:2]) in known else 1
        value = known.get("-".join(parts[:size]))
        if value is None:
            return None
        total += value
        del parts[:size]
    return total or None


@cache
def _number_words(code: str) -> dict[str, int]:
    rows = [row.split() for row in load_language(code).sheet("masthead").words["numbers"]]
    return {word: int(number) for number, *words in rows for word in words}


def _read_place(token: Token, language: Language) -> _Value | None:
    """Read where the paper comes out, which English mastheads print between other parts of a line."""
    match = language.match("masthead.town", token.text, whole=True) if token.kind == REST else None
    return _Value("place", match["place"], Basis.PRINTED, token) if match is not None else None


@cache
def _solar_terms() -> frozenset[str]:
    words = calendar_words().solar_terms
    return frozenset(words.simplified + words.traditional)


def _date_readings(tokens: Sequence[Token], reckoning: Reckoning) -> Iterator[Reading]:
    """Give the readings of the date's tokens together, and those of every other token of the calendar."""
    if reckoning.day is not None:
        used = sorted(reckoning.tokens, key=lambda token: token.span)
        texts, spans = tuple(token.text for token in used), tuple(token.span for token in used)
        yield Reading("date", reckoning.day.isoformat(), texts, spans, reckoning.rule)
    for token in tokens:
        if token.kind in _CALENDAR and token not in reckoning.tokens:
            value = _say(token, reckoning)
            yield Reading(DATE_PARTS[token.kind], value, (token.text,), (token.span,), _rule(token))


def _say(token: Token, reckoning: Reckoning) -> str:
    """Say what a part of the calendar means, where it is the one that the field rests on; else what it prints."""
    values = {"day_of_week": reckoning.weekday, "lunar_date": reckoning.lunar}
    value, basis = values.get(token.kind, (None, None))
    return value if value is not None and basis is Basis.PRINTED else token.text


def _rule(token: Token) -> str:
    return token.kind.replace("_", "-")


def _date_fields(reckoning: Reckoning) -> dict[str, tuple[str | None, Basis | None]]:
    day = None if reckoning.day is None else reckoning.day.isoformat()
    era = next((token.text for token in reckoning.tokens if "era" in token.parts), None)
    return {
        "date": (day, reckoning.basis),
        "weekday": reckoning.weekday,
        "lunar_date": reckoning.lunar,
        "era_date": (era, Basis.PRINTED),
    }


def _title_fields(title: Title | None) -> dict[str, tuple[str | None, Basis | None]]:
    """Give the name that only an imprint or a caption prints."""
    return {"title": (title.name, Basis.INFERRED)} if title is not None else {}


def _make_fields(
    fields: dict[str, tuple[str | None, Basis | None]],
    values: Sequence[_Value],
    readings: list[Reading],
    reckoning: Reckoning,
) -> IssueFields:
    single: dict[str, Any] = {name: text for name, (text, _) in fields.items() if name not in _LISTS}
    if single.get("page_count") is not None:
        single["page_count"] = int(single["page_count"])
    return IssueFields(
        **single,
        contacts=tuple(Contact(v.token.text, v.token.span) for v in values if v.field == "contacts"),
        editors=tuple(_to_editor(v.token) for v in values if v.field == "editors"),
        basis={name: ground for name, (text, ground) in fields.items() if text is not None and ground is not None},
        readings=tuple(sorted(readings, key=lambda reading: reading.spans[0])),
        checks=reckoning.checks,
    )


def _to_editor(token: Token) -> Editor:
    role = token.parts.get("role")
    name = token.parts.get("names") or token.text.removeprefix(role or "").lstrip(":： ")
    return Editor(token.text, role, name, token.span)
