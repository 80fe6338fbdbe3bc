"""Lines that say by themselves what they are: bylines, signatures, days, running heads, what ends an instalment.

In a column of Latin script such a line looks like the last one of a paragraph, and is joined to the text above it or to
that below. Its words tell; for a name alone and a day, so does the end of a sentence above.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.features import LEAD, end_class, read_openings
from newspaper_cli.languages import load_language
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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
JUMP: Final = "jump"
_JUMP: Final = "parts.jump"
_CREDIT: Final = _Kind(BYLINE, "leads.byline", below_end=False)
# In this order: what stands below a valediction may sign, and a day may stand below what signs.
_KINDS: Final = (
    _Kind(INSTALMENT, "parts.instalment", below_end=False),
    _Kind(RESUMED, "parts.resumed", below_end=False),
    _Kind(FOLIO, "parts.folio", below_end=False),
    _CREDIT,
    _Kind(VALEDICTION, "leads.valediction", below_end=True),
    _Kind(SIGNATURE, "leads.signature", below_end=True),
    _Kind(DATELINE, "leads.place_line", below_end=True),
    _Kind(DAY, "leads.day_line", below_end=True),
)


def find_lone_lines(texts: Sequence[str], language: Language, heads: Collection[int] = frozenset()) -> dict[int, str]:
    """Find the lines, or blocks of a line, that say what they are, by their places; `heads` are those of headings."""
    return dict(_find_lone_lines(tuple(texts), language.code, frozenset(heads)))


@lru_cache(maxsize=2)
def _find_lone_lines(texts: Sequence[str], code: str, heads: frozenset[int]) -> Mapping[int, str]:
    """Find them once for all who ask about the lines of a page: joins, and headings right after them."""
    language = load_language(code)
    found: dict[int, str] = {}
    short = _cut_long(texts)
    swept = Texts(short)
    for kind in _KINDS:
        for place in swept.holding(language.hint(kind.path)):
            if place in found or (kind.below_end and not _is_below(place, found, heads, texts, language)):
                continue
            if language.match(kind.path, texts[place], whole=True):
                found[place] = kind.name
    return found | dict.fromkeys(_find_roles(short, found, language), ROLE)


def find_told(texts: Sequence[str], language: Language) -> dict[int, str]:
    """Find the lines that say what they are, jump lines among them, and those that open with a dateline."""
    leads = [place for place, name in read_openings(texts, language).items() if name == LEAD]
    jumps = dict.fromkeys(find_jumps(texts, language), JUMP)
    return {**dict.fromkeys(leads, LEAD), **jumps, **find_lone_lines(texts, language)}


def find_jumps(texts: Sequence[str], language: Language) -> list[int]:
    """Find the jump lines, by their places."""
    return _matching(_JUMP, _cut_long(texts), language, whole=True)


def find_roles(texts: Sequence[str], language: Language) -> set[int]:
    """Find the lines, or blocks of a line, in which the byline above goes on, by their places."""
    short = _cut_long(texts)
    bylines = dict.fromkeys(_matching(_CREDIT.path, short, language, whole=True), BYLINE)
    return _find_roles(short, bylines, language)


def _cut_long(texts: Sequence[str]) -> list[str]:
    """Leave of texts too long to be a line of its own nothing, so that none is looked for in them."""
    return [text if len(text) <= _LONGEST else "" for text in texts]


def _matching(path: str, texts: Sequence[str], language: Language, *, whole: bool) -> list[int]:
    """Find the texts that a pattern matches, where its hint says that it is worth a try."""
    likely = Texts(texts).holding(language.hint(path))
    return [place for place in likely if language.match(path, texts[place], whole=whole)]


def _find_roles(texts: Sequence[str], found: Mapping[int, str], language: Language) -> set[int]:
    return {place + 1 for place, name in found.items() if name == BYLINE and _goes_on(texts, place, language)}


def _is_below(
    place: int, found: Mapping[int, str], heads: Collection[int], texts: Sequence[str], language: Language
) -> bool:
    """Tell whether what stands above a line is the end of a text, a heading, or what says of itself what it is."""
    above = place - 1
    return place > 0 and (above in found or above in heads or _ends(texts[above], language))


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
