from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, ValidationError
from made_issues import EVERYTHING, NOTHING, any_issue, with_text

from newspaper_cli.document import Issue
from newspaper_cli.export import render, render_meta
from newspaper_cli.export.records import IssueMeta
from newspaper_cli.export.schema import issue_schema, meta_schema
from newspaper_cli.labels import ArticleKind, Term

ISSUE = Draft202012Validator(issue_schema())
META = Draft202012Validator(meta_schema())
MADE = (NOTHING, EVERYTHING, with_text("甲\n乙\x00\u2028😀"))


def written(issue: Issue) -> Any:
    return json.loads("".join(render([issue], "json")))


def objects(value: Any) -> Any:
    """Every part of a schema that describes an object."""
    if isinstance(value, dict):
        if value.get("type") == "object" and "properties" in value:
            yield value
        for part in value.values():
            yield from objects(part)


def nulls(value: Any, path: str = "") -> Any:
    """Every place in a JSON value that is null or empty."""
    if value in (None, [], {}):
        yield path
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from nulls(part, f"{path}/{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from nulls(part, f"{path}/{number}")


@pytest.mark.parametrize("schema", [issue_schema(), meta_schema()])
def test_the_schema_is_a_valid_one_of_2020_12_with_an_id(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:newspaper-cli:")


def test_every_object_is_closed_and_has_all_its_keys() -> None:
    found = list(objects(issue_schema()))
    assert len(found) >= 17
    for part in found:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
        assert part["description"]


def test_every_word_of_a_vocabulary_stands_there_with_its_definition() -> None:
    defined = issue_schema()["$defs"]
    terms = [term for term in Term.__subclasses__() if term.__name__ in defined]
    assert {"ArticleKind", "ParagraphKind", "FurnitureLabel", "Fix", "Basis", "Check", "NoteCode"} == {
        term.__name__ for term in terms
    }
    for term in terms:
        assert defined[term.__name__]["enum"] == [word.value for word in term]
        for word in term:
            assert f"`{word}`: {word.definition}" in defined[term.__name__]["description"]


def test_the_full_issue_is_full() -> None:
    empty = [path for path in nulls(written(EVERYTHING)) if not path.startswith("/articles/1/")]
    assert empty == []


@pytest.mark.parametrize("issue", MADE)
def test_what_is_written_validates_and_reads_back(issue: Issue) -> None:
    ISSUE.validate(written(issue))
    META.validate(json.loads("".join(render_meta([issue], "json"))))
    for name in ("json", "jsonl"):
        assert msgspec.json.decode("".join(render([issue], name)), type=Issue) == issue
        meta = msgspec.json.decode("".join(render_meta([issue], name)), type=IssueMeta)
        assert (meta.issue, meta.pages, meta.notes) == (issue.issue, issue.pages, issue.notes)


@given(any_issue())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_issue_that_the_types_allow_validates_and_reads_back(issue: Issue) -> None:
    text = "".join(render([issue], "json"))
    ISSUE.validate(json.loads(text))
    assert msgspec.json.decode(text, type=Issue) == issue


@pytest.mark.parametrize(
    "break_it",
    [
        lambda value: value.pop("notes"),
        lambda value: value.update(extra=1),
        lambda value: value["issue"].pop("price"),
        lambda value: value["articles"][0].update(kind="story"),
        lambda value: value["articles"][0]["heads"][0].update(spans=[[1]]),
        lambda value: value["articles"][0]["heads"][0].update(spans=[[-1, 2]]),
        lambda value: value["articles"][0].update(id=None),
        lambda value: value.update(schema_version="2"),
    ],
)
def test_what_breaks_the_contract_is_refused(break_it: Any) -> None:
    value = written(EVERYTHING)
    break_it(value)
    with pytest.raises(ValidationError):
        ISSUE.validate(value)


def test_words_come_in_the_order_of_their_definition() -> None:
    assert issue_schema()["$defs"]["ArticleKind"]["enum"][0] == ArticleKind.ARTICLE
