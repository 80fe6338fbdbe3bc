"""What single characters are: scripts, printed widths, classes at the edges of a line."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Span

_HAN = regex.compile(r"\p{Han}+")
_NARROW = re.compile(r"[\x00-\xff\uff61-\uff9f]")
_HALF_WIDTH = re.compile(r"[\uff61-\uff9f]")
_LATIN = regex.compile(r"\p{Latin}+")
_SPACE: Final = r"[ \u3000\u00a0\u2000-\u200a]{1,2}"
_GAP = regex.compile(_SPACE)
_SINGLE: Final = r"(?:\p{Han}|\p{Nd}{1,4}+|\p{P})(?!\S)"
# Possessive: a token already looks ahead, so nothing need be remembered of a run, and one may be millions long.
_SPACED_RUN = regex.compile(rf"(?<!\S){_SINGLE}(?<gap>{_SPACE}){_SINGLE}(?:(?P=gap){_SINGLE}){{3,}}+")
_WIDE = re.compile(f"[{chr(0x2E80)}-{chr(0x10FFFF)}]")
_HIDDEN_HYPHEN = regex.compile(r"(?<=[\p{Lu}\p{Ll}])[\u00ad¬][ \u00a0]{0,2}(?=[\p{Lu}\p{Ll}])")
_FEWEST_SPACED: Final = 5
_LEAST_HAN: Final = 0.6

# Control characters but line feed and tab, marks that turn the direction of writing, and halves of characters.
_UNSAFE = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PICTURES: Final = 0x2400
_DELETE: Final = 0x7F

BYTE_ORDER_MARK: Final = "\ufeff"
STOPS: Final = frozenset("。！？!?….．｡")
COMMAS: Final = frozenset("，、；：,;:﹐﹑﹔﹕､")
OPENERS: Final = frozenset("（(《〈「『【〔［[{｛“‘﹁﹃◀")
CLOSERS: Final = frozenset("）)》〉」』】〕］]}｝”’﹂﹄▶")
QUOTES: Final = frozenset("\"'")
DASHES: Final = frozenset("—–―─-－‐‑")
HYPHENS: Final = frozenset("-‐¬⸗\u00ad")


def is_ornament(text: str) -> bool:
    """Tell whether a text has neither letter nor digit.

    >>> is_ornament("★ ★"), is_ornament("〇")
    (True, False)
    """
    return not text[:1].isalnum() and not any(map(str.isalnum, text))


@cache
def edge_class(character: str) -> str:
    """Name the class of a character at the edge of a line; the names are feature values of the join model.

    >>> [edge_class(c) for c in "。，（”—永7a"]
    ['stop', 'comma', 'opener', 'closer', 'dash', 'han', 'digit', 'lower']
    """
    for name, members in (
        ("stop", STOPS),
        ("comma", COMMAS),
        ("opener", OPENERS),
        ("closer", CLOSERS),
        ("quote", QUOTES),
        ("dash", DASHES),
    ):
        if character in members:
            return name
    return _letter_class(character)


def _letter_class(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return "digit"
    if is_han(character):
        return "han"
    if category in {"Lu", "Lt"}:
        return "upper"
    if category[0] == "L":
        return "lower"
    return "mark"


@cache
def is_han(character: str) -> bool:
    """Tell whether a character is a Chinese one, in any plane of Unicode; 〇 counts as one."""
    return _HAN.match(character) is not None


def count_han(text: str) -> int:
    """Count the Chinese characters of a text."""
    return sum(map(len, _HAN.findall(text)))


def count_latin(text: str) -> int:
    """Count the letters of the Latin script in a text."""
    return sum(map(len, _LATIN.findall(text)))


def printed_width(text: str) -> int:
    """Measure a text as print sets it, in half-width columns: a Chinese character and its marks take two.

    Quotes, dashes and ellipses fill a whole square in Chinese print, whatever their ambiguous width in Unicode; only
    ASCII, Latin-1 and the half-width forms are narrow. For a text in ASCII this is its length.

    >>> printed_width("第1版"), printed_width("“第12版”——")
    (5, 14)
    """
    return len(text) if text.isascii() else 2 * len(text) - len(_NARROW.findall(text))


def printed_widths(texts: Sequence[str]) -> list[int]:
    """Measure many texts of one line each, at a tenth of what it costs to measure one by one.

    >>> printed_widths(["“第12版”——", "", "12"])
    [14, 0, 2]
    """
    page = "\n".join(texts)
    if not texts or _HALF_WIDTH.search(page):
        return [printed_width(text) for text in texts]
    # What Latin-1 can encode is narrow, so the length of what is left when the rest is dropped counts it.
    narrow = page.encode("latin-1", "ignore").split(b"\n")
    return [2 * size - less for size, less in zip(map(len, texts), map(len, narrow), strict=True)]


def letter_spaced(text: str) -> tuple[Span, ...]:
    """Find the white space to drop in a line whose characters were set apart to fill its width, or for show.

    The spans are relative to the text. A run counts only when at least five single Chinese characters, with numbers and
    marks among them, follow each other at one distance of at most two columns: a name of two characters padded with a
    space (李　涛), even two such names in a row, the space between kicker and headline, and the cells of a table stay.

    >>> letter_spaced("习 近 平 表 示 赞同")
    ((1, 2), (3, 4), (5, 6), (7, 8))
    >>> letter_spaced("记者 李 涛 刘 歌")
    ()
    """
    if text.isascii() or text.count(" ") + text.count("\u3000") < _FEWEST_SPACED - 1 or not _WIDE.search(text):
        return ()
    return tuple(
        (gap.start(), gap.end())
        for run in _SPACED_RUN.finditer(text)
        if _mostly_han(run[0])
        for gap in _GAP.finditer(text, run.start(), run.end())
    )


def may_drop(text: str) -> bool:
    """Tell whether `inner_drops` can find anything in a text: a hidden hyphen, or a space and wide characters."""
    if text.isascii():
        return False
    return "\u00ad" in text or "¬" in text or ((" " in text or "\u3000" in text) and _WIDE.search(text) is not None)


def inner_drops(text: str) -> tuple[Span, ...]:
    r"""Find all there is to drop inside a line: what `letter_spaced` finds, and hyphens that only mark a break.

    Text that was put together from lines before holds them still, a space behind: a soft hyphen, or the sign that
    stands for one.

    >>> inner_drops("the fa\u00ad mous battle"), inner_drops("ge¬ stern"), inner_drops("a ¬ b")
    (((6, 8),), ((2, 4),), ())
    """
    if text.isascii():
        return ()
    spaces = letter_spaced(text)
    if "\u00ad" not in text and "¬" not in text:
        return spaces
    return tuple(sorted({*spaces, *(found.span() for found in _HIDDEN_HYPHEN.finditer(text))}))


def _mostly_han(run: str) -> bool:
    characters = run.split()
    count = sum(map(is_han, filter(_is_single, characters)))
    return count >= max(_FEWEST_SPACED, len(characters) * _LEAST_HAN)


def _is_single(token: str) -> bool:
    return len(token) == 1


def display_safe(text: str) -> str:
    r"""Replace what a terminal would obey instead of showing, one character for one.

    A page may hold escape sequences that rename a window or rewrite the screen, and marks that turn the direction of
    writing. Line feeds and tabs stay; other control characters become their pictures, the rest U+FFFD.

    >>> display_safe("\x1b[31m永康\n")
    '␛[31m永康\n'
    """
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_picture, text)


def _picture(match: regex.Match[str]) -> str:
    code = ord(match[0])
    if code < ord(" "):
        return chr(_PICTURES + code)
    return "\u2421" if code == _DELETE else "\ufffd"


def undecodable(text: str) -> int:
    r"""Count the bytes that stand in a text undecoded, as lone surrogates (PEP 383).

    >>> undecodable("a\udcff")
    1
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return sum("\ud800" <= character <= "\udfff" for character in text)
    return 0
