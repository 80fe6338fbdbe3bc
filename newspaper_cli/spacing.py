"""Words whose letters were set apart to fill a line, or for show, in scripts that part words by spaces.

A space then means two things, and only the words tell which: three fragments or more in a row are one word where a list
knows the whole, not all fragments are words, and the whole is much more likely than the fragments in a row. Where one
such word stands in a line, words in two fragments are looked for as well. Lines that hold little but noise stay as they
are, for noise spells words by chance.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newspaper_cli.hyphens import fold
from newspaper_cli.languages.lexicon import load_lexicon
from newspaper_cli.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newspaper_cli.document import Line, Span
    from newspaper_cli.languages import Language
    from newspaper_cli.languages.lexicon import Lexicon

# Three pieces of one or two letters in a row: one line in sixty of print has them, nearly all by chance. The space
# behind the first is looked for: a pattern that begins with one character takes half the time.
_LETTER: Final = r"[^\W\d_]"
_FIRST: Final = rf"(?:(?<=[\n ]{_LETTER} )|(?<=[\n ]{_LETTER}{_LETTER} ))"
_HINT: Final = re.compile(rf" (?=[^\n ]{{1,2}} ){_FIRST}{_LETTER}{{1,2}} {_LETTER}{{1,2}}(?!{_LETTER})")
_PIECE: Final = re.compile(r"[^ ]+")
_BEFORE: Final = "(“‘\"'—"
_BEHIND: Final = ".,;:!?)\"'”’"
_AROUND: Final = _BEFORE + _BEHIND
_FEWEST: Final = 3
_LONGEST: Final = 18
_LONGEST_PIECE: Final = 8
# What is put together is as frequent as this, and likelier by this much than its fragments in a row, both as decimal
# logarithms; on 94 000 lines of six papers, rarer words were as often noise.
_COMMON: Final = 4.4
_GAIN: Final = 6.0
_SHORTEST: Final = 4
# The same of a word in two fragments.
_COMMON_PAIR: Final = 5.0
_SHORTEST_PAIR: Final = 3
_LONGEST_FRAGMENT: Final = 3
# Two letters or more are a word where they are as frequent as this; lists hold rarer ones that are abbreviations.
_WORD: Final = 4.5
# The share of known words that a line must hold once its words are put together.
_READABLE: Final = 0.6


class _Piece(NamedTuple):
    """Hold what stands between two spaces of a line: its place, and its letters without the marks around them."""

    start: int
    end: int
    letters: str


def close_up(lines: Sequence[Line], language: Language) -> list[Line]:
    """Give the lines of a page, those with the spaces to drop whose letters were set apart."""
    texts = [line.text for line in lines]
    closed = list(lines)
    words = load_lexicon(language.code)
    for place in Texts(texts).holding(_HINT):
        drops = tuple(_drops(texts[place], words, language))
        if drops:
            closed[place] = msgspec.structs.replace(lines[place], drops=drops)
    return closed


def _drops(text: str, words: Lexicon, language: Language) -> Iterator[Span]:
    """Find the spaces to drop in a line."""
    pieces = [_piece(found) for found in _PIECE.finditer(text)]
    if not _may_hold_run(pieces, words, language):
        return
    runs = [run for run in _runs(pieces, words, language) if _stands_free(pieces, *run, words, language)]
    if any(stop - start >= _FEWEST for start, stop in runs) and _is_readable(pieces, runs, words):
        for start, stop in runs:
            yield from ((a.end, b.start) for a, b in pairwise(pieces[start:stop]))


def _piece(found: re.Match[str]) -> _Piece:
    return _Piece(found.start(), found.end(), found[0])


def _may_hold_run(pieces: Sequence[_Piece], words: Lexicon, language: Language) -> bool:
    """Tell whether three pieces or more make a word anywhere in a line: of most they do not."""
    return any(
        _is_one(pieces[start:stop], words, language)
        for start in range(len(pieces) - _FEWEST + 1)
        for stop in range(start + _FEWEST, _reach(pieces, start, words) + 1)
    )


def _runs(pieces: Sequence[_Piece], words: Lexicon, language: Language) -> Iterator[tuple[int, int]]:
    """Find the runs of pieces that make a word, the longest first at each place."""
    start = 0
    while start < len(pieces):
        stops = (
            stop
            for stop in range(_reach(pieces, start, words), start + 1, -1)
            if _is_one(pieces[start:stop], words, language)
        )
        stop = next(stops, start + 1)
        if stop > start + 1:
            yield start, stop
        start = stop


def _reach(pieces: Sequence[_Piece], start: int, words: Lexicon) -> int:
    """Find how far a run may go on: marks end it, other spaces, longer pieces, and letters that no word begins with."""
    stop, letters, whole = start, 0, ""
    while stop < len(pieces) and (stop == start or pieces[stop - 1].end + 1 == pieces[stop].start):
        piece = pieces[stop].letters
        letters += len(piece)
        whole += fold(piece.strip(_AROUND))
        if letters > _LONGEST or len(piece) > _LONGEST_PIECE or (stop > start and not _begins(whole, words)):
            break
        stop += 1
        if stop > start + 1 and not piece.isalpha():
            break
    return stop


def _begins(part: str, words: Lexicon) -> bool:
    """Tell whether letters are a word, or begin one."""
    return words.frequency(part) is not None or words.begins(part)


def _is_one(run: Sequence[_Piece], words: Lexicon, language: Language) -> bool:
    """Tell whether pieces with one space between each two are the fragments of one word."""
    parts = _letters(run)
    whole = "".join(parts)
    if not whole.isalpha() or "" in parts or not (whole.islower() or whole.isupper() or whole[1:].islower()):
        return False
    paired = len(parts) < _FEWEST
    common = (words.frequency(fold(whole)) or 0) >= (_COMMON_PAIR if paired else _COMMON)
    if not common or len(whole) < (_SHORTEST_PAIR if paired else _SHORTEST):
        return False
    fragments = list(map(fold, parts))
    told = [_is_word(fragment, words, language) for fragment in fragments]
    return not all(told) and _gain(fragments, words) >= _GAIN


def _stands_free(pieces: Sequence[_Piece], start: int, stop: int, words: Lexicon, language: Language) -> bool:
    """Tell whether a short word has no fragment beside it, which may be of the same word: rem se e d is no seed."""
    if sum(len(piece.letters) for piece in pieces[start:stop]) > _SHORTEST:
        return True
    beside = [piece.letters for piece in (*pieces[max(start - 1, 0) : start], *pieces[stop : stop + 1])]
    fragments = (fold(letters) for letters in beside if letters.isalpha() and len(letters) <= _LONGEST_FRAGMENT)
    return all(_is_word(fragment, words, language) for fragment in fragments)


def _gain(fragments: Sequence[str], words: Lexicon) -> float:
    """Say by how much, as a decimal logarithm, a word is more likely than its fragments in a row.

    By the list alone: on a page with letters set apart the fragments are words of the page.
    """
    return words.share("".join(fragments)) - fsum(map(words.share, fragments))


def _letters(run: Sequence[_Piece]) -> list[str]:
    """Give the letters of each piece; marks may stand before the first and behind the last."""
    parts = [piece.letters for piece in run]
    parts[0] = parts[0].lstrip(_BEFORE)
    parts[-1] = parts[-1].rstrip(_BEHIND)
    return parts


def _is_word(fragment: str, words: Lexicon, language: Language) -> bool:
    if len(fragment) == 1:
        return fragment in language.words("hyphens.letters")
    return (words.frequency(fragment) or 0) >= _WORD


def _is_readable(pieces: Sequence[_Piece], runs: Sequence[tuple[int, int]], words: Lexicon) -> bool:
    """Tell whether most of a line is words, those that were set apart put together."""
    inside = {place for start, stop in runs for place in range(start, stop)}
    others = [piece.letters.strip(_AROUND) for place, piece in enumerate(pieces) if place not in inside]
    asked = [other for other in others if other]
    known = sum(words.frequency(fold(other)) is not None for other in asked)
    return known + len(runs) >= _READABLE * (len(asked) + len(runs))
