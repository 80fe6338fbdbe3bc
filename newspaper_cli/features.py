"""Named features: what is seen at the edges of a line and between two lines, in words that a weight can be given to.

Every feature is a category, so a model is a table of numbers that a person can read and a look-up is all it costs.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import repeat
from math import exp, fsum
from sys import maxsize
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.characters import CLOSERS, QUOTES, edge_class
from newspaper_cli.languages import load_language
from newspaper_cli.tables import SHIPPED, read_table
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newspaper_cli.languages import Language
    from newspaper_cli.tables import Weights

_TRAILERS: Final = "".join(CLOSERS | QUOTES)
_CLOSING: Final = frozenset({"closer", "quote"})
_PAIRS: Final = (
    ("《", "》"),
    ("“", "”"),
    ("「", "」"),
    ("『", "』"),
    ("（", "）"),
    ("(", ")"),
    ("【", "】"),
    ("〔", "〕"),
)
_OPENER: Final = re.compile("[" + re.escape("".join(a for a, _ in _PAIRS)) + "]")
_MARKS: Final = frozenset({"stop", "comma"})
_MARK: Final = re.compile("[，、。；：！？,;]")
_HAN_RUN: Final = re.compile("[\u4e00-\u9fff]+")
_ANY_HAN: Final = chr(0x4E00)
LONGEST_OVERLAP: Final = 12
LEAD: Final = "lead"
# What opens a line: the trait, the pattern, whether it must match the whole line, and the longest such line.
_OPENINGS: Final = (
    ("item", "openings.item", False, maxsize),
    ("box", "openings.box", True, 8),
    ("byline", "leads.byline", True, 40),
    (LEAD, "leads.dateline", False, maxsize),
)
NO_CAPITALS: Final = bytes(code for code in range(256) if not chr(code).isupper() and chr(code) != "\n")
_MOSTLY: Final = 0.75
_FEWEST_CAPITALS: Final = 3


class Outline(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Hold what the characters of a line show by themselves; lines that show the same share one, told by identity.

    `ends` and `starts` are classes of characters (`characters.edge_class`); `marked` tells whether a mark stands inside
    the line, `bare` whether none stands at its end either, `opened` whether a bracket stays open, `capitals` whether it
    is set in capitals.
    """

    ends: str
    starts: str
    marked: bool
    bare: bool
    opened: bool
    capitals: bool


def read_outlines(texts: Sequence[str], *, cased: bool) -> list[Outline]:
    """See the outline of each line of a page; `cased` tells that the language has capitals.

    Chinese characters look alike here, so each run of them is written as one: of a hundred lines, ninety then read as
    one of the lines before.
    """
    if cased or not texts:
        return list(map(_see, texts, are_in_capitals(in_latin(texts), map(_ink, texts))))
    return list(map(_see_again, _HAN_RUN.sub(_ANY_HAN, "\n".join(texts)).split("\n")))


def _see(text: str, capitals: bool = False) -> Outline:  # noqa: FBT001, FBT002  # mapped over columns
    ends, marked = end_class(text), _is_marked(text)
    bare = not (marked or ends in _MARKS)
    return _share(ends, edge_class(text[0]), marked, bare, _stays_open(text), capitals)


_see_again = lru_cache(maxsize=1 << 14)(_see)
_share = lru_cache(maxsize=1 << 12)(Outline)


def read_openings(texts: Sequence[str], language: Language) -> Mapping[int, str]:
    """Find the lines that open with a `lead`, a `byline`, a `box` or an `item` of the language, by their places."""
    return _read_openings(tuple(texts), language.code)


@lru_cache(maxsize=1)
def _read_openings(texts: Sequence[str], code: str) -> Mapping[int, str]:
    """Find them once for all who ask about the lines of a page: joins, and headings right after them."""
    language = load_language(code)
    swept = Texts(texts)
    found: dict[int, str] = {}
    # The later overrides the earlier: a dateline in brackets begins like an item.
    for name, path, whole, longest in _OPENINGS:
        for place in swept.holding(language.hint(path)):
            if len(texts[place]) <= longest and language.match(path, texts[place], whole=whole):
                found[place] = name
    return MappingProxyType(found)


def _is_marked(text: str) -> bool:
    """Tell whether a mark stands inside a line; ASCII has two of them, and they are found faster by themselves."""
    if text.isascii():
        return text.find(",", 0, -1) >= 0 or text.find(";", 0, -1) >= 0
    return _MARK.search(text, 0, len(text) - 1) is not None


def _stays_open(text: str) -> bool:
    """Tell whether a bracket stays open; ASCII has one of them."""
    if text.isascii():
        return text.count("(") > text.count(")")
    return _OPENER.search(text) is not None and any(text.count(a) > text.count(b) for a, b in _PAIRS)


def end_class(text: str) -> str:
    """Name the class of the last character; a stop before closing quotes counts as the end.

    >>> end_class("他说：“好。”"), end_class("（完）"), end_class("打大")
    ('stop', 'closer', 'han')
    """
    last = edge_class(text[-1])
    if last not in _CLOSING:
        return last
    return "stop" if edge_class(text.rstrip(_TRAILERS)[-1:] or text[-1]) == "stop" else last


def in_capitals(text: str) -> bool:
    """Tell whether a text is set in capitals, a few misread letters aside; writing without letter case never is.

    >>> in_capitals("BRIDGE OPENS; MAYOR DRlVES FIRST"), in_capitals("NBA 总决赛"), in_capitals("LONDON, Jan. 3")
    (True, False, False)
    """
    return _is_mostly(len(text.encode("latin-1", "replace").translate(None, NO_CAPITALS)), _ink(text))


def are_in_capitals(texts: bytes, counted: Iterable[int]) -> list[bool]:
    """Tell of each of many texts whether it is set in capitals; `counted` are the characters of each that count."""
    return list(map(_is_mostly, count_each(texts, NO_CAPITALS), counted))


def _ink(text: str) -> int:
    return len(text) - text.count(" ")


def _is_mostly(capitals: int, counted: int) -> bool:
    """Tell whether so many capitals are most of the characters that count."""
    return capitals >= _FEWEST_CAPITALS and capitals >= _MOSTLY * counted


def in_latin(texts: Sequence[str]) -> bytes:
    """Write texts of one line each in Latin-1, to count their characters; what it lacks becomes a question mark."""
    return "\n".join(texts).encode("latin-1", "replace")


def count_each(texts: bytes, left_out: bytes) -> list[int]:
    """Count the characters of each of some texts in Latin-1, but some.

    >>> count_each(in_latin(["A B", "", "c"]), b" ")
    [2, 0, 1]
    """
    return list(map(len, texts.translate(None, left_out).split(b"\n")))


def overlap_length(first: str, second: str) -> int:
    """Count the characters, at most twelve, printed at the end of one line and again at the start of the next.

    >>> overlap_length("防控工作", "工作的部署"), overlap_length("甲乙", "丙")
    (2, 0)
    """
    start = first.find(second[0], -LONGEST_OVERLAP) if len(first) > LONGEST_OVERLAP else first.find(second[0])
    while start >= 0:
        if second.startswith(first[start:]):
            return len(first) - start
        start = first.find(second[0], start + 1)
    return 0


@cache
def read_weights(table: str, weights: Weights = SHIPPED) -> Mapping[str, float]:
    """Read one table of weights and keep it: a feature a row."""
    return read_table(table, weights)


def score(table: Mapping[str, float], names: Iterable[str]) -> float:
    """Add up the weights of features, and the bias of the table if it has one."""
    # `fsum`, not `sum`: the sum of floats is another from Python 3.12 on, and results are the same everywhere.
    return fsum([table.get("bias", 0.0), *map(table.get, names, repeat(0.0))])


def probability(score: float) -> float:
    """Give the probability of a decision made by the sign of a sum of weights: the logistic function."""
    return 1 / (1 + exp(-abs(score)))
