"""Which files are the pages of one issue, and in which order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER: Final = "folder"
_PLACES: Final = re.compile(r"(\{issue\}|\{page\}|\*)")
_MEANING: Final = {"{issue}": "(?P<issue>.+?)", "{page}": r"(?P<page>[^\d/]*\d+[^\d/]*)", "*": ".*?"}
_NUMBERS: Final = re.compile(r"(\d+)")


class Group(msgspec.Struct, frozen=True):
    """Hold the pages of one issue as places in the list of names they were found in; `label` names the issue.

    A file that is no page of several has no label.
    """

    members: tuple[int, ...]
    label: str | None = None


class Grouping(msgspec.Struct, frozen=True):
    """Say how files become issues: not at all, a folder an issue, or by a template of their names.

    In a template `{issue}` stands for what the pages of an issue have in common, `{page}` for the number of the page,
    with or without letters: A01, p3. `*` stands for anything.
    """

    template: str | None = None

    def check(self) -> None:
        """Check the template.

        Raises:
            UsageError: it does not say where issue and page stand.
        """
        if self.template in {None, FOLDER}:
            return
        if any(self.template.count(place) != 1 for place in ("{issue}", "{page}")):
            message = f"{self.template!r} is no name of pages; give folder, or a name with {{issue}} and {{page}} in it"
            raise UsageError(message)

    def groups(self, names: Sequence[str]) -> list[Group]:
        """Group the names of one folder, in the order in which each issue is first met, pages in natural order.

        >>> Grouping("{issue}_p{page}.txt").groups(["x.txt", "0419_p10.txt", "0419_p2.txt"])
        [Group(members=(0,), label=None), Group(members=(2, 1), label='0419')]
        """
        if self.template is None:
            return [Group((place,)) for place in range(len(names))]
        if self.template == FOLDER:
            order = sorted(range(len(names)), key=lambda place: natural(names[place]))
            return [Group(tuple(order), "")] if names else []
        return self._by_template(names)

    def _by_template(self, names: Sequence[str]) -> list[Group]:
        pattern = re.compile(
            "".join(_MEANING.get(piece, re.escape(piece)) for piece in _PLACES.split(self.template or "")),
            re.IGNORECASE,
        )
        pages: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for place, name in enumerate(names):
            found = pattern.fullmatch(name)
            # A file that fits no issue is one of its own: its place keeps it apart.
            key = (found["issue"], -1) if found else (name, place)
            pages.setdefault(key, []).append((found["page"] if found else "", place))
        return [_group(label, alone, members) for (label, alone), members in pages.items()]


def natural(name: str) -> tuple[tuple[int, str] | tuple[int, int], ...]:
    """Give a key by which page 10 comes after page 2.

    >>> sorted(["p10", "p2", "p1b"], key=natural)
    ['p1b', 'p2', 'p10']
    """
    return tuple((1, int(piece)) if piece.isdecimal() else (0, piece) for piece in _NUMBERS.split(name))


def _group(label: str, alone: int, members: list[tuple[str, int]]) -> Group:
    if alone >= 0:
        return Group((alone,))
    return Group(tuple(place for _, place in sorted(members, key=lambda page: natural(page[0]))), label)
