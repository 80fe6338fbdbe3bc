"""Conventions of the press as rows: a few lines of a page, and what must and must not be made of them.

A row of `cases/*.json` is `{"name", "page": [lines], "expect": {...}}`. `expect` is compared with what `split` prints:
of an object only the keys that are named; a list whole, item by item, its strings standing for beginnings of the
paragraphs' texts where they are. `"repaired"` lists the lines that `repair` prints. `"unjoined": true` says that no
line may be joined to another nor lose a character. `"known_failure"` gives the reason why a row does not hold yet;
once it does, the row fails until the mark is taken away.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newspaper_cli.labels import Fix
from newspaper_cli.pipeline import analyse
from newspaper_cli.repairs import apply
from newspaper_cli.source import decode

CASES = Path(__file__).parent / "cases"
KEYS = {"name", "page", "expect", "repaired", "unjoined", "language", "known_failure"}


def load(path: Path) -> list[Any]:
    rows = json.loads(path.read_text("utf-8"))
    return [
        pytest.param(
            row,
            id=f"{path.stem}: {row['name']}",
            marks=[pytest.mark.xfail(reason=row["known_failure"], strict=True)] if "known_failure" in row else [],
        )
        for row in rows
    ]


ROWS = [row for path in sorted(CASES.glob("*.json")) for row in load(path)]


def differences(wanted: Any, found: Any, place: str = "") -> list[str]:
    """List where a value is not what is wanted of it."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        pairs = {key: (value, found.get(key, "no such key")) for key, value in wanted.items()}
        return [text for key, pair in pairs.items() for text in differences(*pair, f"{place}/{key}")]
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        items = enumerate(zip(wanted, found, strict=True))
        return [text for number, pair in items for text in differences(*pair, f"{place}/{number}")]
    if isinstance(wanted, str) and isinstance(found, dict) and "text" in found:
        return [] if found["text"].startswith(wanted) else [f"{place} is {found['text']!r}, not {wanted!r}…"]
    return [] if wanted == found else [f"{place} is {found!r}, not {wanted!r}"]


@pytest.mark.parametrize("row", ROWS)
def test_a_case_holds(row: dict[str, Any]) -> None:
    found = analyse(decode("\n".join(row["page"]).encode(), "page.txt"), row.get("language", "auto"))
    wrong = differences(row.get("expect", {}), json.loads(msgspec.json.encode(found.issue)))
    if "repaired" in row:
        wrong += differences(row["repaired"], apply(found.plan, found.source.text).rstrip("\n").split("\n"), "repaired")
    if row.get("unjoined"):
        edits = [edit for edit in found.plan.edits if edit.fix is not Fix.BREAK]
        wrong += [f"{edit.fix} of {edit.before!r} at {edit.span}" for edit in edits]
    assert wrong == []


def test_rows_say_something_and_have_names_of_their_own() -> None:
    rows = [row.values[0] for row in ROWS]
    names = [row["name"] for row in rows]
    assert len(set(names)) == len(names) >= 40
    for row in rows:
        assert set(row) <= KEYS
        assert row["page"]
        assert {"expect", "repaired", "unjoined"} & set(row), row["name"]
