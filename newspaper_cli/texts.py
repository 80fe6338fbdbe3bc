"""Many short texts looked at together: one pass of a pattern in place of a call for each.

To call a pattern costs five times what it then does to a line of print, and most lines hold nothing of what is looked
for.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

# The hint of what a language does not print; the engine would try it at every character.
_NOTHING: Final = "(?!)"
# Marks that print sets around words; no word begins or ends with one.
_MARKS: Final = ".,;:!?\"'()-"


class Texts:
    r"""Hold texts of one line each, joined with a line end before and after each.

    So `\n` at either end of a pattern stands for the beginning or the end of a text; the one at the end must be looked
    at, not taken: `(?=\n)`. What a pattern takes between must not be able to run over a line end.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Join the texts."""
        self.joined = "\n".join(["", *texts, ""])

    def holding(self, pattern: re.Pattern[str]) -> list[int]:
        r"""Give the places of the texts in which a pattern is found, in order.

        >>> import re
        >>> Texts(["one", "two", "three", "four"]).holding(re.compile("o|\nt"))
        [0, 1, 2, 3]
        >>> Texts(["one", "two", "three", "four"]).holding(re.compile("e(?=\n)"))
        [0, 2]
        """
        found: list[int] = []
        if pattern.pattern == _NOTHING:
            return found
        joined = self.joined
        place, at = -1, 0
        for match in pattern.finditer(joined):
            start = match.start() + 1
            passed = joined.count("\n", at, start)
            if passed or not found:
                place += passed
                found.append(place)
            at = start
        return found


def count_words(text: str, word: re.Pattern[str]) -> Counter[str]:
    """Count the words of a text; what is nothing but letters must be one word, and no word may hold white space.

    Most pieces between white space are letters alone, or with marks around them; each of the others is looked into once
    for all its like.

    >>> import re
    >>> sorted(count_words("the end, the (end)", re.compile("[a-z]+")).items())
    [('end', 2), ('the', 2)]
    """
    words = Counter(text.split())
    for piece in [piece for piece in words if not piece.isalpha()]:
        times = words.pop(piece)
        bare = piece.strip(_MARKS)
        for found in (bare,) if bare.isalpha() else word.findall(piece):
            words[found] += times
    return words
