"""Echoes: what the page itself says about how its text goes on.

A newspaper repeats its names and words. Where a word is cut at the end of a column, its halves are found together
somewhere else on the page; where two texts do not belong together, their edges seldom are.
"""

from __future__ import annotations

import re
from functools import cached_property
from operator import add
from typing import TYPE_CHECKING, Final

from newspaper_cli.characters import CLOSERS, COMMAS, OPENERS, STOPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspaper_cli.document import Line

_MARKS: Final = STOPS | COMMAS | OPENERS | CLOSERS
_PAIRS: Final = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "「": "」", "『": "』", "【": "】", "〔": "〕"}
_BRACKET: Final = re.compile("[{}]".format(re.escape("".join([*_PAIRS, *_PAIRS.values()]))))


class Echoes:
    """Answer whether the characters at a seam stand together elsewhere on the page.

    The tables are made when first asked for: most pages never ask.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        """Keep the lines of the page."""
        self._lines = lines
        self._waiting: dict[str, str] = {}

    @cached_property
    def _known(self) -> tuple[str, frozenset[str]]:
        """Collect the words of the page, and the pairs of characters inside them."""
        # A line feed parts the words: no text of a line holds one, so what spans two words is never asked for.
        text = "\n".join("\n".join([line.text for line in self._lines]).split())
        return text, frozenset(map(add, text, text[1:]))

    def strength(self, first: str, second: str) -> float:
        """Weigh how well the second text goes on where the first ends, from -0.2 for no sign to 1.5 for two triples."""
        waiting = self._waiting.get(first)
        if waiting is None:
            waiting = self._waiting[first] = open_bracket(first)
        if waiting and closes_first(second) == waiting:
            return 1.0
        a, b = first[-2:], second[:2]
        if a[-1:] in _MARKS or b[:1] in _MARKS:
            return 0.0
        words, pairs = self._known
        if a[-1:] + b[:1] not in pairs:
            return -0.2
        found = (len(a) > 1 and a + b[:1] in words) + (len(b) > 1 and a[-1:] + b in words)
        return 0.5 + 0.5 * found if found else 0.3


def open_bracket(text: str) -> str:
    """Give the closing mark that a text still waits for, or an empty string.

    >>> open_bracket("他说“这是《山南")
    '》'
    """
    waiting: list[str] = []
    for character in _BRACKET.findall(text):
        if character in _PAIRS:
            waiting.append(_PAIRS[character])
        elif waiting and character == waiting[-1]:
            waiting.pop()
    return waiting[-1] if waiting else ""


def closes_first(text: str) -> str:
    """Give the closing mark in a text that nothing in it opens, or an empty string.

    >>> closes_first("新闻》报道说，“很好”")
    '》'
    """
    waiting: list[str] = []
    character: str
    for character in _BRACKET.findall(text):
        if character in _PAIRS:
            waiting.append(_PAIRS[character])
        elif waiting and character == waiting[-1]:
            waiting.pop()
        else:
            return character
    return ""
