"""Which language a page is in: told by its script, and among languages of one script by their most common words.

Each page of a file is asked by itself, since papers of border lands print two languages and collections mix them. A
page of pictures and figures says nothing and goes with the rest of its file.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.characters import count_han, count_latin
from newspaper_cli.languages import Language, PageLanguages, available, load_language
from newspaper_cli.texts import find_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Characters at the top of a page that tell its script, and those that tell its language.
_SCRIPT_SAMPLE: Final = 600
_WORD_SAMPLE: Final = 12_000
# Of all words, how many function words make a language sure, and by how many times they must outnumber another's.
_LEAST_SHARE: Final = 0.15
_LEAD: Final = 2.0
# Fewer function words than these say nothing; of fewer words than those, the share of function words says nothing.
_FEWEST_COMMON: Final = 2
_FEWEST_WORDS: Final = 20


class Identified(msgspec.Struct, frozen=True):
    """Hold the language that a page is read in, and why that is not sure; empty where it is.

    `language` is None where the page holds too little to tell.
    """

    language: Language | None
    doubt: str = ""


def identify_pages(pages: Sequence[str]) -> tuple[PageLanguages, tuple[str, ...]]:
    """Tell the language of each page, and for each page why it is not sure; empty where it is.

    A page that says nothing is read in the language of most of the others.
    """
    found = [identify(page) for page in pages]
    weights: Counter[str] = Counter()
    for page, each in zip(pages, found, strict=True):
        if each.language is not None:
            weights[each.language.code] += len(page)
    main = load_language(weights.most_common(1)[0][0] if weights else _fallback())
    spoken = PageLanguages(main, tuple(each.language or main for each in found))
    return spoken, tuple(each.doubt for each in found)


def identify(text: str) -> Identified:
    """Tell the language of one page."""
    sample = text[:_SCRIPT_SAMPLE]
    counts = {"Han": 2 * count_han(sample), "Latin": count_latin(sample)}
    if not any(counts.values()):
        return Identified(None)
    script = max(counts, key=lambda name: counts[name])
    codes = _written_in(script)
    return Identified(load_language(codes[0])) if len(codes) == 1 else _identify_words(text, codes)


def spelling(text: str, language: Language) -> str:
    """Name the variant of the language that a page is spelled in, such as `zh-Hant`."""
    if not language.variants:
        return language.code
    sample = text[:_SCRIPT_SAMPLE]
    return max(language.variants, key=lambda tag: sum(map(sample.__contains__, language.variants[tag])))


def _identify_words(text: str, codes: Sequence[str]) -> Identified:
    """Tell the language of a page by its words, among those of one script."""
    words = Counter(find_words(text[:_WORD_SAMPLE].lower()))
    total = words.total()
    shares = sorted(((_share(words, _common(code)), code) for code in codes), reverse=True)
    (share, code), (second, other) = shares[:2]
    if share * total < _FEWEST_COMMON or (total < _FEWEST_WORDS and share < _LEAD * second):
        return Identified(None)
    language = load_language(code)
    if total < _FEWEST_WORDS:
        return Identified(language)
    foreign, name = max((_share(words, known), name) for name, known in _foreign())
    return Identified(
        language, "; ".join(_doubts(language, share, (foreign, name), (second, load_language(other).name)))
    )


def _doubts(language: Language, share: float, foreign: tuple[float, str], second: tuple[float, str]) -> Iterator[str]:
    """Say why it is not sure that a page is in a language: its words are few, or as many are of another."""
    if foreign[0] > share:
        yield f"it seems to be {foreign[1]}, which the program does not know"
    elif share < _LEAST_SHARE:
        yield f"only {share:.0%} of its words are common in {language.name}"
    if share < _LEAD * second[0]:
        yield f"{second[1]} has nearly as many"


def _share(words: Counter[str], common: frozenset[str]) -> float:
    return sum(map(words.get, common, repeat(0))) / max(words.total(), 1)


@cache
def _written_in(script: str) -> tuple[str, ...]:
    return tuple(code for code in available() if script in load_language(code).scripts)


@cache
def _common(code: str) -> frozenset[str]:
    return load_language(code).words("common.common")


@cache
def _foreign() -> tuple[tuple[str, frozenset[str]], ...]:
    """Give the words of the languages that the program cannot read, by their names."""
    rows = [row.split() for row in load_language(_fallback()).sheet("foreign").words["languages"]]
    return tuple((name, frozenset(words)) for name, *words in rows)


@cache
def _fallback() -> str:
    """Name the language of pages that tell none."""
    return next(iter(load_language(available()[0]).words("foreign.fallback")))
