"""From groups of blocks to the values that are printed: articles with their parts, furniture, and nothing left over."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate
from math import fsum
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.characters import BYTE_ORDER_MARK, is_ornament
from newspaper_cli.credits import (
    read_byline,
    read_credit,
    read_dateline,
    read_editors,
    read_inline_bylines,
    read_jump,
    read_signature,
)
from newspaper_cli.document import (
    Article,
    Block,
    Byline,
    Caption,
    Editor,
    Furniture,
    Head,
    Jump,
    Page,
    Paragraph,
    Span,
)
from newspaper_cli.headings import head_roles, is_couplet
from newspaper_cli.joins import offsets
from newspaper_cli.labels import ArticleKind, FurnitureLabel, Label, ParagraphKind
from newspaper_cli.lone_lines import DAY, SIGNATURE
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newspaper_cli.groups import Group, Part
    from newspaper_cli.labeling import Labelled
    from newspaper_cli.languages import Language
    from newspaper_cli.masthead import Folio

_HEADING: Final = 1.2
_LEADS: Final = frozenset({"dateline", "end dateline"})
# What may stand behind a signature, and the kinds of text that nobody signs as a writer.
_BESIDE: Final = (Label.JUMP, Label.FURNITURE, Label.EDITOR, Label.CAPTION)
_UNSIGNED: Final = (ArticleKind.NOTICE, ArticleKind.ADVERTISEMENT, ArticleKind.TABLE, ArticleKind.LISTING)


class Made(msgspec.Struct):
    """Gather the parts of one article while its blocks are read."""

    heads: list[Labelled] = []
    bylines: list[Byline] = []
    paragraphs: list[Paragraph] = []
    bodies: list[Block] = []
    leads: list[Block] = []
    captions: list[Caption] = []
    editors: list[Editor] = []
    jumps: list[Jump] = []
    furniture: list[Furniture] = []


def make_article(
    group: Group, number: int, language: Language, day: str | None
) -> tuple[Article | None, list[Furniture]]:
    """Make the article of a group, and the furniture found among its blocks; a group of furniture is no article."""
    made = Made()
    signing = _signing(group)
    for place, part in enumerate(group.parts):
        name = read_signature(part.labelled.block, language) if place in signing else None
        if name:
            made.bylines.append(name)
        else:
            _take(part, made, language)
    heads = _heads(made.heads, language)
    if not (heads or made.paragraphs or made.bylines or made.captions or made.editors or made.jumps):
        return None, made.furniture
    issue_day = dt.date.fromisoformat(day) if day else None
    scores = [part.labelled.score for part in group.parts]
    article = Article(
        id=f"i{number:04}",
        kind=group.kind,
        page=group.parts[0].labelled.block.lines[0].page + 1,
        kicker=_joined(heads, Label.KICKER),
        headline=_joined(heads, Label.HEADLINE),
        deck=_joined(heads, Label.DECK),
        heads=tuple(heads),
        bylines=_distinct([*made.bylines, *_inline_bylines(made.bodies, language)]),
        dateline=next((read_dateline(block, language, issue_day) for block in made.leads), None),
        paragraphs=tuple(made.paragraphs),
        captions=tuple(made.captions),
        editors=tuple(made.editors),
        jumps=tuple(made.jumps),
        confidence=round(fsum(scores) / len(scores), 2),
    )
    return article, made.furniture


def _signing(group: Group) -> frozenset[int]:
    """Find the parts that sign an article: the last of its text but for a day. Who signs a notice gives it out."""
    found: set[int] = set()
    for place, part in reversed(tuple(enumerate(group.parts))):
        if part.labelled.rule == SIGNATURE and _contiguous(part.labelled.block):
            found.add(place)
        elif part.labelled.rule != DAY and part.label not in _BESIDE:
            break
    return frozenset() if group.kind in _UNSIGNED else frozenset(found)


def _take(part: Part, made: Made, language: Language) -> None:
    block = part.labelled.block
    if part.paragraph is not None or not _take_special(part, made, language):
        made.paragraphs.append(Paragraph(block.text, block.spans, part.paragraph or ParagraphKind.BODY))
        made.bodies.append(block)
        if part.labelled.rule in _LEADS:
            made.leads.append(block)


def _take_special(part: Part, made: Made, language: Language) -> bool:
    """Take a block that is no paragraph; say whether it could be read as what its label says."""
    block = part.labelled.block
    if part.label is Label.HEADLINE:
        made.heads.append(part.labelled)
    elif part.label is Label.BYLINE and (names := read_byline(block, language)) and _contiguous(block):
        made.bylines += names
    elif part.label is Label.CAPTION:
        made.captions.append(Caption(block.text, read_credit(block.text, language), block.spans))
    elif part.label is Label.EDITOR and (editors := read_editors(block, language)):
        made.editors += editors
    elif part.label is Label.JUMP and (jump := read_jump(block, language)) and _contiguous(block):
        made.jumps.append(jump)
    elif part.label is Label.FURNITURE:
        made.furniture.append(Furniture(furniture_label(block, language), block.text, block.spans))
    else:
        return False
    return True


def _inline_bylines(blocks: Sequence[Block], language: Language) -> list[Byline]:
    """Read the reporters that the paragraphs of an article name in brackets; most articles name none."""
    naming = Texts([block.text for block in blocks]).holding(language.hint("credits.inline"))
    return [byline for place in naming for byline in read_inline_bylines(blocks[place], language)]


def _contiguous(block: Block) -> bool:
    """Tell whether the block's lines follow each other in the source, so that one span holds it."""
    return all(b.start - a.end in range(4) for a, b in zip(block.lines, block.lines[1:], strict=False))


def furniture_label(block: Block, language: Language) -> FurnitureLabel:
    """Say what kind of furniture a block is."""
    if language.match("parts.picture", block.text, whole=True):
        return FurnitureLabel.PICTURE
    if language.match("parts.folio", block.text, whole=True):
        return FurnitureLabel.MASTHEAD
    match = language.pattern("parts.furniture").fullmatch(block.text)
    if match:
        return FurnitureLabel.TEASER if match["teaser"] else FurnitureLabel.CONTACT
    return FurnitureLabel.ORNAMENT if is_ornament(block.text) else FurnitureLabel.NOISE


def _heads(blocks: Sequence[Labelled], language: Language) -> list[Head]:
    if blocks and blocks[0].opens is not None:
        return _told_heads(blocks)
    pieces: list[tuple[str, tuple[Span, ...]]] = []
    above = ""
    for item in blocks:
        text = item.block.text
        if above and is_couplet(above, text):
            pieces[-1] = f"{pieces[-1][0]} {text}", (*pieces[-1][1], *item.block.spans)
        else:
            pieces += _pieces(item.block, language, alone=len(blocks) == 1)
        above = text
    roles = head_roles([text for text, _ in pieces], language) if pieces else []
    return [Head(role.value, text, spans) for role, (text, spans) in zip(roles, pieces, strict=True)]


def _told_heads(blocks: Sequence[Labelled]) -> list[Head]:
    """Take the last heading that opens an article for the headline; above it stands a section's name, below decks."""
    headline = max((place for place, item in enumerate(blocks) if item.opens), default=0)
    return [
        Head(
            (Label.KICKER if place < headline else Label.DECK if place > headline else Label.HEADLINE).value,
            item.block.text,
            item.block.spans,
        )
        for place, item in enumerate(blocks)
    ]


def _pieces(block: Block, language: Language, *, alone: bool) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Cut a heading that holds kicker and headline on one line, a space apart.

    Only a lone heading of one line is cut, at its only space, where the first half reads like a kicker: it ends like
    one, or it is the longer half. A full-width space parts the two clauses of one headline.
    """
    text = block.text
    before, space, after = text.partition(" ")
    cut_here = alone and space and " " not in after and len(block.lines) == 1 and not language.joiner
    if not cut_here or not (len(before) > _HEADING * len(after) or language.pattern("parts.kicker_end").search(before)):
        yield text, block.spans
        return
    where = offsets(block)
    cut = len(before)
    yield before, ((where[0], where[cut - 1] + 1),)
    yield after, ((where[cut + 1], where[-1] + 1),)


def _joined(heads: Iterable[Head], role: Label) -> str | None:
    return " ".join([head.text for head in heads if head.role == role]) or None


def _distinct(bylines: Sequence[Byline]) -> tuple[Byline, ...]:
    """Keep the first mention of each name: a second dateline of the same article names its reporter again."""
    return tuple({byline.name: byline for byline in reversed(bylines)}.values())[::-1] if bylines else ()


def leftovers(text: str, taken: Iterable[Span]) -> tuple[Furniture, ...]:
    """Find text that no part holds and keep it as furniture: nothing on a page may disappear, nor a byte order mark."""
    first = int(text.startswith(BYTE_ORDER_MARK))
    found = [Furniture(FurnitureLabel.NOISE, BYTE_ORDER_MARK, ((0, 1),))] if first else []
    spans = sorted(taken)
    starts = [*[start for start, _ in spans], len(text)]
    ends = list(accumulate([first, *[end for _, end in spans]], max))
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    if "".join(between).strip():
        for end, left in zip(ends, between, strict=True):
            if ink := left.strip():
                begin = end + left.index(ink)
                found.append(Furniture(FurnitureLabel.NOISE, ink, ((begin, begin + len(ink)),)))
    return tuple(found)


def make_pages(spans: Sequence[Span], folios: Iterable[Folio], tags: Sequence[str]) -> tuple[Page, ...]:
    """Make the pages of a file, each with what its running head says and the tag of its language."""
    heads: dict[int, list[Folio]] = {}
    for folio in folios:
        heads.setdefault(folio.page, []).append(folio)
    pages = []
    for index, (span, tag) in enumerate(zip(spans, tags, strict=True)):
        found = heads.get(index, [])
        number = next((folio.number for folio in found if folio.number), index + 1)
        label = next((folio.label for folio in found if folio.label), None)
        section = next((folio.section for folio in found if folio.section), None)
        folio_spans = tuple(span for folio in found for span in folio.spans)
        pages.append(Page(number, label, section, span, folio_spans, language=tag))
    return tuple(pages)
