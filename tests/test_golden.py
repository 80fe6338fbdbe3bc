"""What every sample becomes in every format, byte for byte.

`pytest --update-golden` rewrites it, and a person reads the difference.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from made_files import made_database, made_parquet, made_tables
from pyarrow import parquet

from newspaper_cli.cli.plans import write_plans
from newspaper_cli.export import FORMATS, render
from newspaper_cli.export.schema import issue_schema
from newspaper_cli.export.tables import TABLE_FILES
from newspaper_cli.export.version import program_version
from newspaper_cli.pipeline import analyse
from newspaper_cli.repairs import apply, invert
from newspaper_cli.source import decode, encode, to_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspaper_cli.document import Issue
    from newspaper_cli.pipeline import Analysis

SAMPLES = Path(__file__).parent.parent / "samples"
GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
# What other programs read in a file, for the formats whose bytes depend on the version of a library.
FILES = ("tables", "database", "parquet")
KINDS = (*FORMATS, *FILES, "repair", "plan")


@cache
def read_sample(name: str) -> Analysis:
    path = SAMPLES / f"{name}.txt"
    # The path as a user in the project's folder gives it: golden output tells nothing of the machine.
    return analyse(decode(path.read_bytes(), f"samples/{path.name}"))


def within(kind: str, issue: Issue, folder: Path) -> Iterator[str]:
    if kind == "tables":
        made_tables(folder, [issue])
        for name in (*TABLE_FILES, "datapackage.json"):
            text = (folder / name).read_bytes().decode()
            yield f"-- {name}\n{text.replace(program_version(), '<version>')}"
    elif kind == "database":
        # The index for words is for other programs to search, not for people to read.
        with closing(sqlite3.connect(made_database(folder / "issues.db", [issue], finished=False))) as connection:
            yield from connection.iterdump()
    else:
        table = parquet.read_table(made_parquet(folder / "articles.parquet", [issue]))
        yield from (f"{field.name}: {field.type}" for field in table.schema)
        yield from (json.dumps(row, ensure_ascii=False) for row in table.to_pylist())


def written(name: str, kind: str) -> bytes:
    found = read_sample(name)
    if kind in FILES:
        with TemporaryDirectory() as folder:
            return "\n".join(within(kind, found.issue, Path(folder))).encode()
    if kind == "repair":
        return to_utf8(apply(found.plan, found.source.text), found.source.encoding)
    pieces = write_plans([found.plan], several=False) if kind == "plan" else render([found.issue], kind)
    return "".join(pieces).encode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_stays(name: str, kind: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.{kind}"
    found = written(name, kind)
    if request.config.getoption("update_golden"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(found)
    assert found == path.read_bytes(), "if the change is meant: pytest --update-golden, then read the difference"


def test_no_golden_file_is_left_over(request: pytest.FixtureRequest) -> None:
    wanted = {f"{name}.{kind}" for name in NAMES for kind in KINDS}
    left = [path for path in GOLDEN.iterdir() if path.name not in wanted]
    if request.config.getoption("update_golden"):
        for path in left:
            path.unlink()
        left = []
    assert left == []
    assert len(NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_validates_and_its_repairs_can_be_undone(name: str) -> None:
    Draft202012Validator(issue_schema()).validate(json.loads(written(name, "json")))
    found = read_sample(name)
    restored = invert(found.plan, apply(found.plan, found.source.text))
    assert encode(restored, found.source.encoding) == (SAMPLES / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_golden_output_names_no_place_of_the_machine(name: str) -> None:
    texts = [written(name, kind).decode() for kind in KINDS]
    assert not any(str(SAMPLES.parent) in text for text in texts)
    assert f"samples/{name}.txt" in texts[0]
