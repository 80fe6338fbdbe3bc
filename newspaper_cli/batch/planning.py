"""From what is asked for to tasks: files, folders, globs, archives and lists, found a folder at a time.

Nothing here grows with the number of inputs but the names of one folder, or of one archive.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.batch.archives import list_members
from newspaper_cli.batch.compression import plain_name
from newspaper_cli.batch.grouping import Group, Grouping
from newspaper_cli.batch.members import is_archive
from newspaper_cli.batch.naming import distinct, name_outputs
from newspaper_cli.batch.once import each_once
from newspaper_cli.batch.paths import exists, is_folder, is_same
from newspaper_cli.batch.remote import RemoteStore, is_remote
from newspaper_cli.batch.shares import collected_names, file_suffix, is_collected
from newspaper_cli.batch.tasks import Input, Options, Status, Task
from newspaper_cli.batch.trees import HIDDEN, Entry, Found, Wanted, joined, walk
from newspaper_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from newspaper_cli.batch.members import Member

_MAGIC: Final = re.compile(r"[*?\[]")


class Request(msgspec.Struct, frozen=True):
    """Hold what a run is asked to read and where it writes; `pattern` says which names count in folders.

    Paths are files, folders, archives, globs, or addresses of them on other machines.
    """

    paths: tuple[str, ...]
    folder: str
    pattern: str = "*.txt"
    options: Options = Options()

    @property
    def grouping(self) -> Grouping:
        """Give the way files become issues."""
        return Grouping(self.options.group_by)


def plan_tasks(request: Request) -> Iterator[Task]:
    """Find the inputs, in order of name, one folder at a time, so that memory does not grow with their number.

    Files given by name land at the top of the output folder whatever they are called; a folder's tree is mirrored under
    the folder's own name, an archive's under its whole name, and only names that fit the pattern count there, in upper
    or lower case. Nothing under the output folder is read.

    Raises:
        UsageError: two inputs would be written to one place, or the output folder is one of the inputs.
    """
    request.grouping.check()
    trees = [path for path in request.paths if _is_tree(path)]
    files = [path for path in request.paths if not _is_tree(path)]
    _refuse_clashes(map(_base_name, files), map(_tree_name, trees))
    if any(is_same(tree, request.folder) for tree in trees):
        message = f"{request.folder} is an input and the output; give another folder to -o"
        raise UsageError(message)
    _refuse_loss(files, trees, request)
    return _find(files, trees, request)


def plan_listed(listed: Iterable[str], request: Request) -> Iterator[Task]:
    """Make tasks of a list of paths, in its order: each lands under its own path, whatever its name.

    The list may be of any length. A path that comes twice is read once.
    """
    return each_once(_of_list(listed, request))


def _of_list(listed: Iterable[str], request: Request) -> Iterator[Task]:
    for path in listed:
        place = "/".join(part for part in _absolute_if_above(path).split("/") if part not in {"", "."})
        if is_archive(path):
            yield from _in_archive(path, place, request)
        else:
            yield Task((Input(path, size=_size(path)),), path, place)


def _find(files: Sequence[str], trees: Iterable[str], request: Request) -> Iterator[Task]:
    shown = Found("", "", tuple(files), tuple(map(_size, files)))
    yield from _of_folder(shown, request, by_name=True)
    for tree in trees:
        if is_archive(tree) and not is_folder(tree):
            yield from _in_archive(tree, _tree_name(tree), request)
            continue
        base, fits = _split_glob(tree)
        for found in walk(
            base, _tree_name(tree), Wanted(request.pattern if fits is None else "*", request.folder), _lister(base)
        ):
            chosen = found if fits is None else _filtered(found, base, fits)
            yield from _of_folder(chosen, request)
            for name in chosen.archives:
                yield from _in_archive(joined(found.folder, name), joined(found.place, name), request)


def _of_folder(found: Found, request: Request, *, by_name: bool = False) -> Iterator[Task]:
    """Make the tasks of one folder; files given by name bring their own folder with them and are nobody's pages."""
    if found.problem:
        yield _problem(found.folder, found.place, found.problem, Status.FAILED)
    for name, reason in found.skipped:
        yield _problem(joined(found.folder, name), joined(found.place, name), reason, Status.SKIPPED)
    pages = [Input(joined(found.folder, name), size=size) for name, size in zip(found.names, found.sizes, strict=True)]
    yield from _issues(pages, found.folder, found.place, Grouping() if by_name else request.grouping)


def _in_archive(path: str, place: str, request: Request) -> Iterator[Task]:
    """Make the tasks of one archive in the order of its members, for a compressed one can only be read forwards."""
    if is_remote(path):
        yield _problem(
            path, place, "an archive cannot be read where it lies; copy it to this machine first", Status.REFUSED
        )
        return
    folders: dict[str, list[Input]] = {}
    for member in list_members(Path(path)):
        name = Input(path, member.name or None).name
        if member.problem:
            yield _problem(name, place, member.problem, Status.FAILED if member.failed else Status.REFUSED)
        elif _counts(member, request):
            if member.hidden:
                yield _problem(name, place, HIDDEN, Status.SKIPPED)
            else:
                page = Input(path, member.name, member.size, member.offset)
                folders.setdefault(member.name.rpartition("/")[0], []).append(page)
    tasks = [
        task
        for folder, inside in folders.items()
        for task in _issues(inside, joined(path, folder), joined(place, folder), request.grouping)
    ]
    yield from sorted(tasks, key=lambda task: task.inputs[0].offset)


def _issues(pages: Sequence[Input], folder: str, place: str, grouping: Grouping) -> Iterator[Task]:
    """Make the tasks of the pages of one folder, of this machine or of an archive."""
    names = [_base_name(page.name) for page in pages]
    groups = grouping.groups([plain_name(name) for name in names])
    for group, output in zip(groups, _outputs(groups, names, place), strict=True):
        chosen = tuple(pages[number] for number in group.members)
        yield Task(chosen, _issue_name(group, folder, chosen), output)


def _outputs(groups: Sequence[Group], names: Sequence[str], place: str) -> list[str]:
    """Name the outputs of a folder's issues; that of a folder which is one issue is the folder's own name."""
    alone = iter(name_outputs([names[group.members[0]] for group in groups if group.label is None]))
    chosen = distinct(next(alone) if group.label is None else group.label for group in groups)
    return [joined(place, name) for name in chosen]


def _issue_name(group: Group, folder: str, pages: Sequence[Input]) -> str:
    return pages[0].name if group.label is None else joined(folder, group.label)


def _counts(member: Member, request: Request) -> bool:
    return Wanted(request.pattern).fits(member.name.rpartition("/")[2])


def _problem(name: str, place: str, reason: str, status: Status) -> Task:
    return Task((Input(name),), name, place, reason, status)


def is_single(path: str) -> bool:
    """Tell whether a path is meant as that of one file of this machine, whether it is there or not."""
    return not is_remote(path) and not _is_tree(path)


def _is_tree(path: str) -> bool:
    """Tell whether a path stands for several inputs: a folder, an archive, a glob."""
    if is_remote(path):
        return bool(_MAGIC.search(path)) or is_archive(path) or RemoteStore(path).is_folder(path)
    return is_folder(path) or is_archive(path) or bool(_MAGIC.search(path) and not exists(path))


def _tree_name(path: str) -> str:
    """Name the folder of the output that mirrors a tree: after the tree, or the part of a glob without wild cards."""
    base, _ = _fixed_part(path)
    return _base_name(base if is_remote(base) else os.path.realpath(base))


def _base_name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _fixed_part(path: str) -> tuple[str, str]:
    """Part a glob into the folder above its first wild card and the rest; without wild cards there is no rest."""
    if not _MAGIC.search(path) or (not is_remote(path) and exists(path)):
        return path, ""
    parts = path.split("/")
    wild = (place for place, part in enumerate(parts) if _MAGIC.search(part) and not _is_name(parts, place))
    first = next(wild, len(parts) - 1)
    return "/".join(parts[:first]) or ("/" if path.startswith("/") else "."), "/".join(parts[first:])


def _is_name(parts: Sequence[str], number: int) -> bool:
    """Tell whether a part of a glob is the name of a folder that is there, brackets and all."""
    return is_folder("/".join(parts[: number + 1]))


def _split_glob(path: str) -> tuple[str, Callable[[str], bool] | None]:
    base, glob = _fixed_part(path)
    if not glob:
        return path, None
    try:
        pattern = re.compile(translated(glob), re.IGNORECASE)
    except re.error as error:
        message = f"{path} is no glob: {error.msg}"
        raise UsageError(message) from error
    return base, lambda name: pattern.fullmatch(name) is not None or pattern.fullmatch(plain_name(name)) is not None


def translated(glob: str) -> str:
    """Turn a glob into a regular expression for paths: `**` crosses folders, `*` and `?` do not.

    >>> bool(re.fullmatch(translated("**/p?.txt"), "1934/04/p1.txt"))
    True
    """
    pieces = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]*\])", glob)
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(
        meaning.get(piece) or (piece.replace("[!", "[^", 1) if piece.startswith("[") else re.escape(piece))
        for piece in pieces
    )


def _filtered(found: Found, base: str, fits: Callable[[str], bool]) -> Found:
    inside = found.folder[len(base) :].lstrip("/") if base != "." else found.folder.removeprefix(".").lstrip("/")
    kept = [(name, size) for name, size in zip(found.names, found.sizes, strict=True) if fits(joined(inside, name))]
    return msgspec.structs.replace(
        found,
        names=tuple(name for name, _ in kept if not is_archive(name)),
        sizes=tuple(size for name, size in kept if not is_archive(name)),
        archives=tuple(name for name in found.archives if fits(joined(inside, name))),
        skipped=tuple((name, reason) for name, reason in found.skipped if fits(joined(inside, name))),
    )


def _lister(base: str) -> Callable[[str], list[Entry]] | None:
    if not is_remote(base):
        return None
    store = RemoteStore(base)

    def entries(folder: str) -> list[Entry]:
        found = store.list_folder(folder)
        links = [Entry(_base_name(address), folder=True, link=True) for address in found.others]
        files = [Entry(_base_name(file.address), size=file.size or 0) for file in found.files]
        return sorted(files + links + [Entry(_base_name(address), folder=True) for address in found.folders])

    return entries


def _absolute_if_above(path: str) -> str:
    """Give a path that leads up from here as it is seen from the root: no output may lie outside the output folder."""
    if is_remote(path):
        return path.replace("://", "/", 1)
    return os.path.abspath(path) if ".." in path.split("/") else path  # noqa: PTH100  # of names alone, links stay


def _size(path: str) -> int:
    try:
        return 0 if is_remote(path) else os.stat(path).st_size  # noqa: PTH116  # a Path costs more than the answer
    except OSError:
        return 0


def _refuse_loss(files: Sequence[str], trees: Iterable[str], request: Request) -> None:
    """Refuse outputs that could be written over an input, or be taken for one by the next run."""
    suffix = None if is_collected(request.options) else file_suffix(request.options)
    names = [_base_name(path) for path in files]
    outputs = [f"{name}{suffix}" for name in name_outputs(names)] if suffix else collected_names(request.options)
    lost = next((path for path in files if _is_at(path, request.folder, outputs)), None)
    if lost is None and suffix and Wanted(request.pattern).fits(f"page{suffix}"):
        lost = next((tree for tree in trees if is_same(tree, joined(request.folder, _tree_name(tree)))), None)
    if lost is not None:
        message = f"{lost} is an input, and something would be written over it or into it; give another folder to -o"
        raise UsageError(message)


def _is_at(path: str, folder: str, names: Collection[str]) -> bool:
    """Tell whether a file is one of these names in the folder."""
    return _base_name(path) in names and is_same(path, joined(folder, _base_name(path)))


def _refuse_clashes(*groups: Iterable[str]) -> None:
    """Refuse inputs of one name: one would be written over the other."""
    for names in groups:
        twice = next((name for name, count in Counter(names).items() if count > 1), None)
        if twice is not None:
            message = f"two inputs are called {twice}, one would replace the other; export them to two folders"
            raise UsageError(message)
