"""What the grouping makes of the blocks of a page: groups, one an article, each of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newspaper_cli.labels import Label

if TYPE_CHECKING:
    from newspaper_cli.labeling import Labelled
    from newspaper_cli.labels import ArticleKind, ParagraphKind

_DATELINE: Final = "dateline"


class Part(NamedTuple):
    """Hold one block of an article and what it does there; `paragraph` is set for body text alone."""

    labelled: Labelled
    label: Label
    paragraph: ParagraphKind | None = None


class Group(msgspec.Struct, frozen=True):
    """Hold the blocks of one article in reading order; `reasons` tell why it begins where it does."""

    kind: ArticleKind
    parts: tuple[Part, ...]
    reasons: tuple[tuple[str, float], ...] = ()

    def texts(self) -> list[str]:
        """Give the printed lines but those of its headings."""
        return [
            line.text for part in self.parts if part.label is not Label.HEADLINE for line in part.labelled.block.lines
        ]

    def of(self, label: Label) -> tuple[Labelled, ...]:
        """Give the blocks that bear a label."""
        return tuple([part.labelled for part in self.parts if part.label is label])

    def is_credited(self) -> bool:
        """Tell whether an article has what only reports have: a byline, or a dateline."""
        return bool(self.of(Label.BYLINE)) or any(part.labelled.rule == _DATELINE for part in self.parts)
