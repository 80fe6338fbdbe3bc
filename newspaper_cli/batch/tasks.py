"""What a batch does: a task for every input, found folder by folder, and the outcome of each."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

import msgspec

from newspaper_cli.batch.paths import is_folder, is_same
from newspaper_cli.batch.trees import walk
from newspaper_cli.errors import UsageError
from newspaper_cli.tables import SHIPPED, Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what one run does to every input; the manifest repeats it in each row."""

    format: str = "json"
    language: str = "auto"
    script: Literal["hans", "hant"] | None = None
    rows: Literal["articles", "paragraphs"] = "articles"
    bom: bool = False
    raw_cells: bool = False
    weights: Weights = SHIPPED


class Task(msgspec.Struct, frozen=True):
    """Hold one input to read.

    `output` is the file for its issue, relative to the folder of the run, without the suffix of the format. `problem`
    says why the input is refused before it is read.
    """

    path: Path
    output: Path
    options: Options
    problem: str | None = None


class Status(StrEnum):
    """Say what became of an input: refused ones are not to be read, failed ones may work another time."""

    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what became of one task; `text` is its share of the run's collected file, empty where it has its own."""

    task: Task
    status: Status
    reason: str | None = None
    sha256: str | None = None
    articles: int = 0
    characters: int = 0
    seconds: float = 0.0
    text: str = ""


class Request(msgspec.Struct, frozen=True):
    """Hold what a run is asked to read and where it writes: files and folders, and the names that count in a folder."""

    paths: tuple[Path, ...]
    folder: Path
    pattern: str = "*.txt"
    options: Options = Options()


def plan_tasks(request: Request) -> Iterator[Task]:
    """Find the inputs, in order of name, one folder at a time, so that memory does not grow with their number.

    Files given by name land at the top of the output folder whatever they are called; a folder's tree is mirrored under
    the folder's own name, and only names that fit the pattern count there, in upper or lower case. Nothing under the
    output folder is read.

    Raises:
        UsageError: two inputs would be written to one place, or the output folder is one of the inputs.
    """
    files = tuple(path for path in request.paths if not is_folder(path))
    trees = tuple(path for path in request.paths if is_folder(path))
    _refuse_clashes([path.name for path in files], [path.resolve().name for path in trees])
    if any(is_same(tree, request.folder) for tree in trees):
        message = f"{request.folder} is an input and the output; give another folder to -o"
        raise UsageError(message)
    return _find(files, trees, request)


def _refuse_clashes(*groups: Sequence[str]) -> None:
    """Refuse inputs of one name: one would be written over the other."""
    for names in groups:
        twice = next((name for name, count in Counter(names).items() if count > 1), None)
        if twice is not None:
            message = f"two inputs are called {twice}, one would replace the other; export them to two folders"
            raise UsageError(message)


def _find(files: Sequence[Path], trees: Iterable[Path], request: Request) -> Iterator[Task]:
    outputs = _name_outputs([path.name for path in files])
    for path, output in zip(files, outputs, strict=True):
        yield Task(path, Path(output), request.options)
    for tree in trees:
        for found in walk(tree, Path(tree.resolve().name), request.pattern, request.folder):
            if found.problem:
                yield Task(found.folder, found.place, request.options, found.problem)
            for name, output in zip(found.names, _name_outputs(found.names), strict=True):
                yield Task(found.folder / name, found.place / output, request.options)


def _name_outputs(names: Sequence[str]) -> Iterator[str]:
    """Name the output of each file of one folder after its stem, or after its whole name where stems are equal."""
    whole = _keep_suffix(names)
    return (name if name in whole else _stem(name) for name in names)


def _keep_suffix(names: Sequence[str]) -> frozenset[str]:
    """Find the names whose stem is that of another one, or is the whole of one found so."""
    whole: frozenset[str] = frozenset()
    while True:
        outputs = Counter(name if name in whole else _stem(name) for name in names)
        more = {name for name in names if name not in whole and outputs[_stem(name)] > 1}
        if not more:
            return whole
        whole |= more


def _stem(name: str) -> str:
    return PurePath(name).stem
