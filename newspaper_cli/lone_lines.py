"""Lines that say by themselves what they are: bylines, signatures, days, running heads, what ends an instalment.

In a column of Latin script such a line looks like the last one of a paragraph, and is joined to the text above it or to
that below. Its words tell; for a name alone and a day, so does the end of a sentence above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.features import end_class
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newspaper_cli.languages import Language

_LONGEST: Final = 80
_OPENS: Final = ("(", "[")
_CLOSES: Final = (")", "]")
_ENDED: Final = frozenset({"stop", "closer", "quote"})


class _Kind(NamedTuple):
    """Hold what a line can say of itself: the pattern of it, and whether it only does so below the end of a text."""

    name: str
    path: str
    below_end: bool


BYLINE: Final = "byline"
ROLE: Final = "role"
SIGNATURE: Final = "signed"
DAY: Final = "day"
DATELINE: Final = "dateline"
FOLIO: Final = "folio"
VALEDICTION: Final = "valediction"
RESUMED: Final = "resumed"
INSTALMENT: Final = "instalment"
# In this order: what stands below a valediction may sign, and a day may stand below what signs.
_KINDS: Final = (
    _Kind(INSTALMENT, "parts.instalment", below_end=False),
    _Kind(RESUMED, "parts.resumed", below_end=False),
    _Kind(FOLIO, "parts.folio", below_end=False),
    _Kind(BYLINE, "leads.byline", below_end=False),
    _Kind(VALEDICTION, "leads.valediction", below_end=True),
    _Kind(SIGNATURE, "leads.signature", below_end=True),
    _Kind(DATELINE, "leads.place_line", below_end=True),
    _Kind(DAY, "leads.day_line", below_end=True),
)


def find_lone_lines(texts: Sequence[str], language: Language, heads: Collection[int] = frozenset()) -> dict[int, str]:
    """Find the lines, or blocks of a line, that say what they are, by their places; `heads` are those of headings."""
    found: dict[int, str] = {}
    if not texts:
        return found
    short = [text if len(text) <= _LONGEST else "" for text in texts]
    ended = [False, *[place in heads or _ends(text, language) for place, text in enumerate(texts[:-1])]]
    for kind in _KINDS:
        tried = short
        if kind.below_end:
            below = (place - 1 in found or end for place, end in enumerate(ended))
            tried = [text if open_ else "" for text, open_ in zip(short, below, strict=True)]
        for place in Texts(tried).holding(language.hint(kind.path)):
            if place not in found and language.match(kind.path, texts[place], whole=True):
                found[place] = kind.name
    found |= {place + 1: ROLE for place, name in found.items() if name == BYLINE and _goes_on(short, place, language)}
    return found


def _goes_on(texts: Sequence[str], place: int, language: Language) -> bool:
    """Tell whether the line below a byline says what the writer is, or ends what the byline opened."""
    credit, below = texts[place], texts[place + 1] if place + 1 < len(texts) else ""
    if not below:
        return False
    if credit.startswith(_OPENS) and not credit.endswith(_CLOSES):
        return language.match("leads.byline", f"{credit} {below}", whole=True) is not None
    return language.match("leads.role", below, whole=True) is not None


def _ends(text: str, language: Language) -> bool:
    """Tell whether a text ends a sentence, and not in a word cut short or an initial."""
    return end_class(text) in _ENDED and language.pattern("leads.cut").search(text, max(0, len(text) - 8)) is None
