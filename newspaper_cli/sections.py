"""Headings that stand over others: names of sections, and the entries of a list under one heading."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.labels import ArticleKind, Label, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.groups import Group, Part

_MOST_LINES: Final = 1
_MOST_TEXT: Final = 60
_FEWEST_ENTRIES: Final = 3


def gather(groups: Sequence[Group]) -> list[Group]:
    """Put headings with next to no text under them with what follows, or with each other where they are many.

    One that has a line of its own stays apart from what has a heading itself.
    """
    made: list[Group] = []
    for slight, run in groupby(groups, _is_slight):
        found = list(run)
        if not slight:
            if made and _is_slight(made[-1]) and not (made[-1].of(Label.BODY) and found[0].of(Label.HEADLINE)):
                found[0] = _join([made.pop(), found[0]])
            made += found
        elif len(found) >= _FEWEST_ENTRIES:
            made.append(msgspec.structs.replace(_join(found), kind=ArticleKind.LISTING))
        else:
            made.append(_join(found))
    return made


def _is_slight(group: Group) -> bool:
    """Tell whether a heading has at most a line or two under it."""
    if group.kind is not ArticleKind.ARTICLE or not group.of(Label.HEADLINE):
        return False
    texts = group.texts()
    return len(texts) <= _MOST_LINES or sum(map(len, texts)) <= _MOST_TEXT


def _join(groups: Sequence[Group]) -> Group:
    return msgspec.structs.replace(groups[0], parts=tuple(_in_place(part for group in groups for part in group.parts)))


def _in_place(parts: Iterable[Part]) -> Iterable[Part]:
    """Make headings below the beginning of the text subheads."""
    told = False
    for part in parts:
        told = told or part.paragraph is ParagraphKind.BODY
        again = told and part.label is Label.HEADLINE
        yield part._replace(label=Label.SUBHEAD, paragraph=ParagraphKind.SUBHEAD) if again else part
