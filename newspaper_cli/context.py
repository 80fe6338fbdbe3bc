"""What a block is by what stands beside it: credits on two lines, signatures, days below a head.

The rules of `labeling` look at one text. A name on a line of its own signs the text above it, or heads the one below; a
day stands below a head, or below what signs. Only writing with spaces between its words is told so.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from newspaper_cli.characters import COMMAS
from newspaper_cli.document import Seam
from newspaper_cli.joins import SURE, make_block
from newspaper_cli.labels import Fix, Label
from newspaper_cli.lone_lines import (
    BYLINE,
    DATELINE,
    DAY,
    FOLIO,
    INSTALMENT,
    RESUMED,
    ROLE,
    SIGNATURE,
    VALEDICTION,
    find_lone_lines,
    find_roles,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from newspaper_cli.document import Block
    from newspaper_cli.languages import Language

Told: TypeAlias = "tuple[Label, float, tuple[tuple[str, float], ...]]"

_PRECISE: Final = 0.99
# What is shorter than two printed lines is an entry of a list.
_LEAST_TEXT: Final = 60
_GOES_ON: Final = Seam(Fix.JOIN_SPACE, 0, SURE, (("rule credit goes on", 1.0),))
# What a line below a name may be, for the name to sign the text above.
_AFTER: Final = frozenset({Label.HEADLINE, Label.JUMP, Label.FURNITURE, Label.EDITOR, Label.BYLINE})
_STOPPED: Final = (".", "»", '"', "”")
_HEADS: Final = frozenset({Label.HEADLINE, Label.BYLINE})
_TEXT: Final = frozenset({Label.BODY, Label.JUMP})


def unite_credits(blocks: Sequence[Block], language: Language) -> Sequence[Block]:
    """Put a byline together with the line below it that says what the writer is, or ends what the byline opened."""
    if not language.joiner:
        return blocks
    made: list[Block] = []
    roles = find_roles([block.text for block in blocks], language)
    if not roles:
        return blocks
    for place, block in enumerate(blocks):
        if place in roles:
            above = made.pop()
            seams = (*above.seams, _GOES_ON, *block.seams)
            made.append(make_block((*above.lines, *block.lines), seams, above.before))
        else:
            made.append(block)
    return made


class _Page(NamedTuple):
    """Hold the blocks of a page by their texts, their labels so far, and what some of them say of themselves."""

    texts: Sequence[str]
    labels: list[Label]
    lone: Mapping[int, str]
    language: Language

    def label(self, place: int) -> Label | None:
        """Give the label of a block; there is none before the first and after the last."""
        return self.labels[place] if 0 <= place < len(self.labels) else None


def settle(blocks: Sequence[Block], found: Sequence[Told], language: Language) -> list[Told]:
    """Settle the labels of blocks that say what they are, by the labels of those around them."""
    made = list(found)
    if not language.joiner:
        return made
    labels = [label for label, _, _ in found]
    heads = frozenset(place for place, label in enumerate(labels) if label is Label.HEADLINE)
    texts = [block.text for block in blocks]
    page = _Page(texts, labels, find_lone_lines(texts, language, heads), language)
    for place, name in sorted(page.lone.items()):
        label = _LABELS[name](page, place)
        if label is not None:
            labels[place] = label
            # A dateline that belongs to the head is its day: only above a text does it make a report.
            told = DAY if label is Label.HEADLINE else name
            made[place] = label, _PRECISE, ((f"rule {told}", 1.0),)
    for place, block in enumerate(blocks):
        if any(seam is _GOES_ON for seam in block.seams):
            made[place] = Label.BYLINE, _PRECISE, ((f"rule {BYLINE}", 1.0),)
    return made


def _sign(page: _Page, place: int) -> Label | None:
    """Tell whether a name signs the text above it; alone it does so only where nothing but a heading follows.

    Without a stop it looks like a heading itself, unless it stands between what is printed around signatures.
    """
    if page.label(place - 1) not in _TEXT:
        return None
    match = page.language.match("leads.signature", page.texts[place], whole=True)
    if match is None or not match["bare"]:
        return Label.BODY
    if page.lone.get(place - 1) == VALEDICTION or page.lone.get(place + 1) in _SIGNED_BELOW:
        return Label.BODY
    following, text = page.label(place + 1), page.texts[place]
    ends = (following is None or following in _AFTER) and text[-1] not in COMMAS
    heading = page.label(place) is Label.HEADLINE and not text.endswith(_STOPPED)
    return Label.BODY if ends and not heading else None


def _date(page: _Page, place: int) -> Label | None:
    """Make a day below a head part of it; elsewhere it is text."""
    return Label.HEADLINE if page.label(place - 1) is Label.HEADLINE else Label.BODY


def _open(page: _Page, place: int) -> Label | None:
    """Take a dateline below a head or a byline for one where text follows; above a table it belongs to the head."""
    if page.label(place - 1) not in _HEADS:
        return None
    following = page.texts[place + 1] if place + 1 < len(page.texts) else ""
    return Label.BODY if len(following) >= _LEAST_TEXT else Label.HEADLINE


def _resume(page: _Page, place: int) -> Label | None:
    """Make what says that a text goes on, or the number of its chapter, part of the head above it."""
    return Label.HEADLINE if page.label(place - 1) is Label.HEADLINE else None


def _credit(page: _Page, place: int) -> Label | None:
    """Take the keeper of a house, who speaks in the advertisement below his name, for no writer."""
    if place + 1 < len(page.texts) and page.language.match("parts.advertiser", page.texts[place + 1]):
        return Label.HEADLINE if page.label(place - 1) is Label.HEADLINE else Label.BODY
    return None


def _plain(_page: _Page, _place: int) -> Label | None:
    return Label.BODY


def _keep(_page: _Page, _place: int) -> Label | None:
    return None


_SIGNED_BELOW: Final = frozenset({DAY, SIGNATURE, INSTALMENT})
_LABELS: Final[Mapping[str, Callable[[_Page, int], Label | None]]] = MappingProxyType(
    {
        BYLINE: _credit,
        ROLE: _keep,
        SIGNATURE: _sign,
        DATELINE: _open,
        DAY: _date,
        RESUMED: _resume,
        VALEDICTION: _plain,
        INSTALMENT: _keep,
        FOLIO: _keep,
    }
)
