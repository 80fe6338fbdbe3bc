"""What kind of text an article of a page with letter case is: paid for, a serial, a table, verse, a list, or a report.

What says of itself that it is paid for is, and what says that it goes on in another issue is a serial; of the rest,
`adverts` tells what likely is paid for, and the shape of the lines what is a table, verse or a list (`shapes`).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.adverts import LIKELY, see, weigh_adverts
from newspaper_cli.characters import OPENERS
from newspaper_cli.document import Seam
from newspaper_cli.joins import SURE, make_blocks
from newspaper_cli.labels import ArticleKind, Label, ParagraphKind
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.adverts import Likelihood, Seen
    from newspaper_cli.groups import Group, Part
    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights

_STANDING: Final = (ArticleKind.TABLE, ArticleKind.VERSE)
_SET: Final = (("rule lines set one by one", 1.0),)
_TOLD: Final = (("rule advertisement", 1.0),)
_TELLING: Final = (Label.JUMP, Label.HEADLINE)
_GOES_ON: Final = (("rule instalment", 1.0),)
_MOST_JOINED: Final = 0.5
_LINE_OF_VERSE: Final = Seam(None, 0, SURE, (("rule line of verse", 1.0),))


def tell_kinds(groups: Sequence[Group], language: Language, weights: Weights = SHIPPED) -> list[Group]:
    """Tell advertisements, tables, verse and lists of a page from its reports."""
    page = [see(group, language) for group in groups]
    return [
        _tell(seen, paid, language) for seen, paid in zip(page, weigh_adverts(page, language, weights), strict=True)
    ]


def _tell(seen: Seen, paid: Likelihood, language: Language) -> Group:
    group, shape, says_so = seen
    if group.kind is not ArticleKind.ARTICLE:
        return group
    if says_so:
        return _as(group, ArticleKind.ADVERTISEMENT, _TOLD)
    if _is_serial(group, language):
        return _as(group, ArticleKind.SERIAL, _GOES_ON)
    if group.is_credited():
        return group
    # Market reports and poems stand among advertisements too: what is beside them says nothing of tables and verse.
    if paid.chance >= LIKELY and (paid.alone or shape not in _STANDING):
        return _as(group, ArticleKind.ADVERTISEMENT, paid.reasons)
    return _as(_by_line(group) if shape is ArticleKind.VERSE else group, shape, _SET) if shape else group


def _is_serial(group: Group, language: Language) -> bool:
    """Tell whether an article says that it goes on in a later issue, or in brackets below its head from another."""
    return any(_goes_on(part, language) for part in group.parts if part.label in _TELLING)


def _goes_on(part: Part, language: Language) -> bool:
    block = part.labelled.block
    if part.label is Label.JUMP:
        return language.match("parts.instalment", block.text, whole=True) is not None
    bracketed = [line.text for line in block.lines if line.text[0] in OPENERS]
    return any(language.match("parts.resumed", text, whole=True) for text in bracketed)


def _as(group: Group, kind: ArticleKind, reasons: tuple[tuple[str, float], ...]) -> Group:
    return msgspec.structs.replace(group, kind=kind, reasons=(*group.reasons, *reasons))


def _by_line(group: Group) -> Group:
    """Part the lines of verse that were joined; one that begins small is the rest of a line too long for its column.

    Where most lines were joined they seem to be running text, whatever their shape.
    """
    blocks = [part.labelled.block for part in group.parts if part.paragraph is ParagraphKind.BODY]
    if sum(len(block.seams) for block in blocks) > _MOST_JOINED * sum(len(block.lines) for block in blocks):
        return group
    return msgspec.structs.replace(group, parts=tuple(chain.from_iterable(map(_lines_of, group.parts))))


def _lines_of(part: Part) -> Iterator[Part]:
    block = part.labelled.block
    if part.paragraph is not ParagraphKind.BODY:
        yield part
        return
    pairs = zip(block.seams, block.lines[1:], strict=True)
    seams = [seam if below.text[0].islower() else _LINE_OF_VERSE for seam, below in pairs]
    first, *others = make_blocks(block.lines, seams)
    for made in (msgspec.structs.replace(first, before=block.before), *others):
        yield part._replace(labelled=msgspec.structs.replace(part.labelled, block=made))
