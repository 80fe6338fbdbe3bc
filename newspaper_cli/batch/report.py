"""What a manifest says of a whole run: how many inputs were done, and why the others were not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from newspaper_cli.batch.atomic import SUFFIX
from newspaper_cli.batch.earlier import read_rows
from newspaper_cli.batch.manifest import NAME
from newspaper_cli.batch.reasons import Reason, Reasons
from newspaper_cli.batch.tasks import Status
from newspaper_cli.errors import UnreadableError
from newspaper_cli.source import explained

if TYPE_CHECKING:
    from typing import BinaryIO


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Count the inputs of a run by status and by reason; `seconds` is the work of all processes together."""

    complete: bool
    status: dict[str, int]
    articles: int
    characters: int
    seconds: float
    reasons: list[Reason]


def read_report(folder: str) -> Report:
    """Read the manifest of a run; of one that was stopped, what it had done by then.

    Raises:
        UnreadableError: there is no manifest in the folder.
    """
    # One that was stopped is the latest: a complete run leaves none such behind.
    for suffix in (SUFFIX, ""):
        path = Path(folder) / f"{NAME}{suffix}"
        if path.exists():
            with explained(str(path)), path.open("rb") as file:
                return _count(file, complete=not suffix)
    message = f"{folder} holds no {NAME}; give the folder that export wrote"
    raise UnreadableError(message)


def _count(file: BinaryIO, *, complete: bool) -> Report:
    status: Counter[Status] = Counter()
    reasons = Reasons()
    articles, characters, seconds = 0, 0, 0.0
    for row, _, _ in read_rows(file):
        status[row.status] += 1
        articles += row.articles
        characters += row.characters
        seconds += row.seconds
        reasons.add([row])
    return Report(
        complete=complete,
        status={kind.value: status[kind] for kind in Status},
        articles=articles,
        characters=characters,
        seconds=round(seconds, 3),
        reasons=reasons.ranked(),
    )
