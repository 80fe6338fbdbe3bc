"""Make the word list of a language: `python -m newspaper_cli.training.lexicons CODE FILE`.

Takes the most frequent words of wordfreq and how frequent each is, sorted so that a look-up needs no index. The same
release gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WORDS: Final = 30_000
_SHORTEST: Final = 2
_HEAD: Final = """\
# The {count} most frequent words of `{code}` that are written in letters alone, and how frequent each is: the decimal
# logarithm of its occurrences in a billion words. Made of wordfreq {release} by newspaper_cli/training/lexicons.py.
# Source: wordfreq, https://pypi.org/project/wordfreq/ (Robyn Speer). Licence of this file, as of wordfreq's data:
# CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; it was cut to these words, nothing else was changed.
"""


def choose_words(frequent: Iterable[str], count: int = WORDS) -> Iterator[str]:
    """Choose the first words, the most frequent first, that may be a whole word of running text or half of one."""
    chosen = (word for word in frequent if len(word) >= _SHORTEST and word.isalpha())
    return (word for _, word in zip(range(count), chosen, strict=False))


def write_lexicon(code: str) -> str:
    """Write the word list of a language as the text of its file."""
    from importlib.metadata import version  # noqa: PLC0415  # only the making of a list needs what stands here

    from wordfreq import iter_wordlist, zipf_frequency  # noqa: PLC0415

    words = sorted(choose_words(iter_wordlist(code, "large")))
    head = _HEAD.format(count=len(words), code=code, release=version("wordfreq"))
    return head + "".join(f"{word}\t{zipf_frequency(word, code):.1f}\n" for word in words)


def main(arguments: Sequence[str]) -> None:
    """Write the list of one language to a file."""
    code, file = arguments
    Path(file).write_text(write_lexicon(code), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
