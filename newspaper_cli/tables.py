"""Tables of weights: the shipped ones, and those that a user trained on pages of their own paper.

A table is a text of rows, the name of a feature and its weight with a tab between, that can be read and compared. Which
tables to go by is a value, handed from stage to stage and part of the key of every cache: two choices may stand side by
side in one process.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from math import isfinite
from os import fspath
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from newspaper_cli.languages import Language

# The tables that a folder of the user's may hold.
TABLES: Final = (
    "joins.han",
    "joins.latin",
    "labels.han",
    "labels.latin",
    "heads.latin",
    "paid.latin",
    "articles",
    "starts",
)


class Weights(msgspec.Struct, frozen=True):
    """Say which tables of weights to go by: those in `folder`, and the shipped ones for what it lacks.

    `sha256` is of the folder's tables as they were when it was opened, so that a result can name what made it, and a
    folder that was trained anew is read anew.
    """

    folder: str = ""
    sha256: str = ""


SHIPPED: Final = Weights()


def table_of(stage: str, language: Language) -> str:
    """Name the table of a stage for the script of a language: `joins.han`, `labels.latin`."""
    return f"{stage}.latin" if "Latin" in language.scripts else f"{stage}.han"


def open_weights(folder: str | PathLike[str] | None) -> Weights:
    """Open a folder of tables and check all it holds; without a folder, choose the shipped tables.

    Raises:
        UsageError: it is a file, or holds no table.
        UnreadableError: it does not exist, or a table in it cannot be read.
    """
    if not folder:
        return SHIPPED
    place = Path(folder)
    try:
        held = {entry.name for entry in place.iterdir()}
    except NotADirectoryError as error:
        message = f"{place} is a file; weights are a folder of tables, as newspaper-cli train writes it"
        raise UsageError(message) from error
    except OSError as error:
        message = f"the folder of weights {place} cannot be read: {error.strerror or error}"
        raise UnreadableError(message) from error
    found = [place / f"{table}.tsv" for table in TABLES if f"{table}.tsv" in held]
    if not found:
        expected = " or ".join(f"{table}.tsv" for table in TABLES)
        message = f"{place} holds no table of weights; expected {expected}, as newspaper-cli train writes them"
        raise UsageError(message)
    digest = sha256()
    for path in found:
        data = _read_bytes(path)
        parse_table(data, str(path))
        digest.update(path.name.encode() + b"\0" + data + b"\0")
    return Weights(fspath(place), digest.hexdigest())


def read_table(table: str, weights: Weights) -> Mapping[str, float]:
    """Read one table: of the folder chosen where it has one, else the shipped `weights/TABLE.tsv`."""
    own = Path(weights.folder) / f"{table}.tsv"
    if weights.folder and own.is_file():
        return parse_table(_read_bytes(own), str(own))
    return parse_table((files("newspaper_cli") / "weights" / f"{table}.tsv").read_bytes(), f"{table}.tsv")


def parse_table(data: bytes, name: str) -> Mapping[str, float]:
    """Read the rows of a table.

    Raises:
        UnreadableError: a row is not a name and a number; the message names the file and the line.
    """
    rows: dict[str, float] = {}
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{name}, line {line}: not UTF-8"
        raise UnreadableError(message) from error
    for number, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        feature, _, weight = row.partition("\t")
        value = _number(weight)
        if value is None or not feature or feature in rows:
            fault = "the feature stands twice" if feature in rows else "expected a feature, a tab and a number"
            message = f"{name}, line {number}: {fault}: {row.strip()[:60]!r}"
            raise UnreadableError(message)
        rows[feature] = value
    return MappingProxyType(rows)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"the table of weights {path} cannot be read: {error.strerror or error}"
        raise UnreadableError(message) from error
