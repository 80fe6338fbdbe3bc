"""What kind of text an article of a page with letter case is: paid for, a table, verse, a list, or a report.

What says of itself that it is paid for is; of the rest, `adverts` tells what likely is, and the shape of the lines what
is a table, verse or a list (`shapes`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.adverts import LIKELY, see, weigh_adverts
from newspaper_cli.labels import ArticleKind
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.adverts import Likelihood, Seen
    from newspaper_cli.groups import Group
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights

_STANDING: Final = (ArticleKind.TABLE, ArticleKind.VERSE)
_SET: Final = (("rule lines set one by one", 1.0),)
_TOLD: Final = (("rule advertisement", 1.0),)


def tell_kinds(groups: Sequence[Group], language: Language, weights: Weights = SHIPPED) -> list[Group]:
    """Tell advertisements, tables, verse and lists of a page from its reports."""
    page = [see(group, language) for group in groups]
    return [_tell(seen, paid) for seen, paid in zip(page, weigh_adverts(page, language, weights), strict=True)]


def _tell(seen: Seen, paid: Likelihood) -> Group:
    group, shape, says_so = seen
    if group.kind is not ArticleKind.ARTICLE:
        return group
    if says_so:
        return _as(group, ArticleKind.ADVERTISEMENT, _TOLD)
    if group.is_credited():
        return group
    # Market reports and poems stand among advertisements too: what is beside them says nothing of tables and verse.
    if paid.chance >= LIKELY and (paid.alone or shape not in _STANDING):
        return _as(group, ArticleKind.ADVERTISEMENT, paid.reasons)
    return _as(group, shape, _SET) if shape else group


def _as(group: Group, kind: ArticleKind, reasons: tuple[tuple[str, float], ...]) -> Group:
    return msgspec.structs.replace(group, kind=kind, reasons=(*group.reasons, *reasons))
