"""The form in which texts are compared, and the likeness of two texts as bags of character n-grams."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

HAN_GRAM = 3
LETTER_GRAM = 8

# OCR engines and typists choose freely among these; telling them apart would count habits, not errors.
LIKE_SIGNS = str.maketrans(
    {
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{EM DASH}": "-",
        "\N{HORIZONTAL BAR}": "-",
        "\N{EN DASH}": "-",
        "\N{MIDDLE DOT}": ".",
        "\N{BULLET}": ".",
        "\N{KATAKANA MIDDLE DOT}": ".",
    }
)
HAN = re.compile("[\u3400-\u9fff]")
LINE_END = re.compile(r"\r\n?|\n")
WORD = re.compile(r"[^\W\d_]{2,}")


def normalise(value: object) -> str:
    """Bring a value to the form that is compared: NFKC, one sign for like dashes, quotes and dots, no white space.

    Without white space a joined line is not told from a broken one: joins have a measure of their own. None is empty.

    >>> normalise("第 12 号 — “春”")
    '第12号-"春"'
    """
    text = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return "".join(text.translate(LIKE_SIGNS).split())


def split_lines(text: str) -> list[str]:
    r"""Split at `\r\n`, `\n` and `\r` alone, the line ends of a page; other control characters are text."""
    return LINE_END.split(text)


def list_words(text: str) -> list[str]:
    """List the words of a text in lower case: two letters or more, which leaves the crumbs of OCR aside.

    >>> list_words("The MAYOR's 2 boats, a dog")
    ['the', 'mayor', 'boats', 'dog']
    """
    return WORD.findall(text.lower())


def list_tokens(text: str) -> list[str]:
    """List what stands between white space, as printed but for NFKC and like signs: the words of a word error rate.

    >>> list_tokens("The MAYOR\N{RIGHT SINGLE QUOTATION MARK}s 2 boats,")
    ['The', "MAYOR's", '2', 'boats,']
    """
    return unicodedata.normalize("NFKC", text).translate(LIKE_SIGNS).split()


def is_latin(text: str) -> bool:
    """Tell whether most letters of a text are Latin: only there do spaces part the words that can be counted."""
    letters = [char for char in text if char.isalpha()]
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return 2 * latin > len(letters)


def count_grams(text: str) -> Counter[str]:
    """Count the character n-grams of a text: n is 3 where most characters are Han, else 8 (about a word and a half).

    A text shorter than n is one gram, so that two empty texts are alike and a short one is like itself.
    """
    size = HAN_GRAM if 2 * len(HAN.findall(text)) > len(text) else LETTER_GRAM
    return Counter(text[at : at + size] for at in range(max(len(text) - size + 1, 1)))


def measure_overlap(left: Counter[str], right: Counter[str], floor: float = 0.0) -> float:
    """Return the Dice coefficient of two bags of n-grams, or 0 where it cannot reach `floor`.

    2 * |common| / (|left| + |right|) (Dice 1945). The common part is at most the smaller bag: sizes alone rule most
    pairs of a page out before anything is intersected.
    """
    sizes = left.total(), right.total()
    if not sum(sizes) or 2 * min(sizes) < floor * sum(sizes):
        return 0.0
    return 2 * (left & right).total() / sum(sizes)
