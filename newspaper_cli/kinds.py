"""What kind of text an article of a page with letter case is, as the shape of its lines tells.

Running text breaks inside sentences, so most of its lines begin small. Lines of an advertisement are set one by one and
begin with a capital; lines of a table hold figures; lines of verse begin with a capital, fall short and hold none. On
five issues in French and German, 1821 to 1904, of groups of five lines and more, those that begin small in less than
two fifths of their lines are advertisements, tables and verse; reports have more than half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.characters import COMMAS, STOPS
from newspaper_cli.features import in_capitals
from newspaper_cli.labels import ArticleKind, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.groups import Group
    from newspaper_cli.languages import Language

_FEWEST_LINES: Final = 3
_MOST_SMALL: Final = 0.4
_BESIDE_SMALL: Final = 0.6
_FIGURES: Final = 0.4
_FIGURE_SHARE: Final = 0.2
_FEWEST_VERSES: Final = 4
_MARKED: Final = 0.5
_MOSTLY: Final = 0.5
_DATELINE: Final = "dateline"
_WIDE: Final = 0.85
_MOST_WIDE: Final = 0.6
_TABLE_SHARE: Final = 0.1
_VERSE_WIDTHS: Final = 0.55
_LONGEST_VERSE: Final = 60
_SET: Final = (("rule lines set one by one", 1.0),)
_TOLD: Final = (("rule advertisement", 1.0),)
_LIKE: Final = (ArticleKind.VERSE, ArticleKind.LISTING)


def tell_kinds(groups: Sequence[Group], language: Language) -> list[Group]:
    """Tell advertisements, tables and verse of a page from its reports."""
    shares = [_small_share(group) for group in groups]
    found = [_tell(group, share, language) for group, share in zip(groups, shares, strict=True)]
    adverts = [group.kind is ArticleKind.ADVERTISEMENT for group in found]
    if sum(adverts) <= len(adverts) * _MOSTLY:
        return found
    # On a page of advertisements, what looks like verse or a list mostly is one, and so is what stands beside them.
    beside = [before or after for before, after in zip([False, *adverts], [*adverts[1:], False], strict=False)]
    return [
        _as(group, ArticleKind.ADVERTISEMENT)
        if group.kind in _LIKE or (near and share < _BESIDE_SMALL and _is_plain(group))
        else group
        for group, share, near in zip(found, shares, beside, strict=True)
    ]


def _is_plain(group: Group) -> bool:
    return group.kind is ArticleKind.ARTICLE


def _as(group: Group, kind: ArticleKind) -> Group:
    return msgspec.structs.replace(group, kind=kind, reasons=(*group.reasons, *_SET))


def _small_share(group: Group) -> float:
    """Give the share of lines that begin small, of all but the first of each heading; of few lines, one half."""
    texts = group.texts()
    if len(texts) < _FEWEST_LINES:
        return 0.5 if texts else 0.0
    return sum(text[0].islower() for text in texts) / (len(texts) - 1)


def _tell(group: Group, share: float, language: Language) -> Group:
    if not _is_plain(group):
        return group
    texts = group.texts()
    if texts and language.pattern("parts.advertisement").search(f"{texts[0]}\n{texts[-1]}"):
        return msgspec.structs.replace(group, kind=ArticleKind.ADVERTISEMENT, reasons=(*group.reasons, *_TOLD))
    if len(texts) < _FEWEST_LINES or share >= _MOST_SMALL or _is_report(group):
        return group
    if _is_table(texts):
        return _as(group, ArticleKind.TABLE)
    if _is_verse(texts):
        return _as(group, ArticleKind.VERSE)
    return _as(group, ArticleKind.LISTING if _fills_column(texts) else ArticleKind.ADVERTISEMENT)


def _is_report(group: Group) -> bool:
    """Tell whether a group has what only reports have: a byline, or a dateline."""
    return bool(group.of(Label.BYLINE)) or any(part.labelled.rule == _DATELINE for part in group.parts)


def _is_table(texts: Sequence[str]) -> bool:
    printed = "".join(texts)
    rows = sum(map(_is_figures, texts)) >= len(texts) * _FIGURES
    return rows or sum(map(str.isdigit, printed)) >= len(printed) * _TABLE_SHARE


def _fills_column(texts: Sequence[str]) -> bool:
    """Tell whether most lines are about as wide as the widest: entries of a list are, lines of an advertisement not."""
    lengths = sorted(map(len, texts))
    widest = lengths[(len(lengths) - 1) * 6 // 7]
    return sum(length >= widest * _WIDE for length in lengths) >= len(lengths) * _MOST_WIDE


def _is_figures(text: str) -> bool:
    """Tell whether a line is one of a table: a fifth of it figures, or dots that lead to some."""
    return sum(map(str.isdigit, text)) >= len(text) * _FIGURE_SHARE or "...." in text


def _is_verse(texts: Sequence[str]) -> bool:
    """Tell whether lines are verse: of about one length, each begun with a capital, half of them ending in a mark."""
    if len(texts) < _FEWEST_VERSES or any(len(text) > _LONGEST_VERSE or in_capitals(text) for text in texts):
        return False
    lengths = sorted(map(len, texts))
    alike = lengths[len(lengths) // 4] >= _VERSE_WIDTHS * lengths[-len(lengths) // 4]
    marked = sum(text[-1] in STOPS or text[-1] in COMMAS for text in texts)
    figures = any(character.isdigit() for text in texts for character in text)
    return alike and not figures and marked >= len(texts) * _MARKED
