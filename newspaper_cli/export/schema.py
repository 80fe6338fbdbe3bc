"""JSON Schema 2020-12 of what the program prints, made from the types so that the two cannot drift apart."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from newspaper_cli.document import Issue, Span
from newspaper_cli.export.records import IssueMeta
from newspaper_cli.labels import Term

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_SPAN: Final = {
    "title": "Span",
    "description": "Point at the characters [start, end) of the decoded source, counted in code points.",
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
    "minItems": 2,
    "items": False,
}


def issue_schema() -> dict[str, Any]:
    """Give the schema of one object that `split` prints."""
    return _schema(Issue)


def meta_schema() -> dict[str, Any]:
    """Give the schema of one object that `meta` prints."""
    return _schema(IssueMeta)


def _schema(record: type[Issue | IssueMeta]) -> dict[str, Any]:
    definitions = msgspec.json.schema(record)["$defs"]
    version = msgspec.structs.fields(Issue)[0].default
    root = _closed(definitions.pop(record.__name__))
    root["properties"]["schema_version"] = {"const": version}
    words = {term.__name__: term for term in Term.__subclasses__()}
    return {
        "$schema": DIALECT,
        "$id": f"urn:newspaper-cli:{record.__name__.lower()}:{version}",
        **root,
        "$defs": {
            "Span": _SPAN,
            **{
                name: _vocabulary(words[name]) if name in words else _closed(definition)
                for name, definition in definitions.items()
            },
        },
    }


def _closed(definition: dict[str, Any]) -> dict[str, Any]:
    """Say that an object has all its keys and no other: a value that was not found is null, its key is there."""
    properties = {key: _property(value) for key, value in definition["properties"].items()}
    return {**definition, "properties": properties, "required": list(properties), "additionalProperties": False}


def _property(value: dict[str, Any]) -> dict[str, Any]:
    """Tidy what msgspec says of one key: spans by name, no default (only constructors know it), short nulls."""
    if value == msgspec.json.schema(Span):
        return {"$ref": "#/$defs/Span"}
    match {key: part for key, part in value.items() if key != "default"}:
        case {"type": "array", "items": dict(item), **rest}:
            return {"type": "array", **rest, "items": _property(item)}
        case {"anyOf": [{"type": "string" | "integer" as kind}, {"type": "null"}]}:
            return {"type": [kind, "null"]}
        case {"anyOf": [first, null]}:
            return {"anyOf": [_property(first), null]}
        case kept:
            return kept


def _vocabulary(term: type[Term]) -> dict[str, Any]:
    """Write a closed vocabulary in the order of its definition, each word with what it means."""
    meanings = "\n".join(f"* `{word}`: {word.definition}" for word in term)
    return {
        "title": term.__name__,
        "description": f"{term.__doc__}\n\n{meanings}",
        "type": "string",
        "enum": [str(word) for word in term],
    }
