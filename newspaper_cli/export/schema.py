"""JSON Schema 2020-12 of what the program prints, made from the types so that the two cannot drift apart."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from newspaper_cli.document import Issue
from newspaper_cli.export.records import IssueMeta
from newspaper_cli.labels import Term

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


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
            name: _vocabulary(words[name]) if name in words else _closed(definition)
            for name, definition in definitions.items()
        },
    }


def _closed(definition: dict[str, Any]) -> dict[str, Any]:
    """Say that an object has all its keys and no other: a value that was not found is null, its key is there."""
    properties = {key: _property(value) for key, value in definition["properties"].items()}
    return {**definition, "properties": properties, "required": list(properties), "additionalProperties": False}


def _property(value: dict[str, Any]) -> dict[str, Any]:
    """Drop the default, which only the constructor of a value knows, and write `string or null` the short way."""
    kept = {key: part for key, part in value.items() if key != "default"}
    match kept:
        case {"anyOf": [{"type": str(kind), **rest}, {"type": "null"}]} if not rest:
            return {"type": [kind, "null"]}
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
