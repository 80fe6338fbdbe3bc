"""Pages made of clean paragraphs in Latin script: set in columns, words broken or not, with headings and bylines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newspaper_cli.training.sheets import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from newspaper_cli.training.generator import Words
    from newspaper_cli.training.sheets import Sheet

_WIDTHS: Final = (26, 30, 34, 38, 42, 46, 55, 64)
_LENGTHS: Final = range(61, 1500)
_LETTERS: Final = 0.92
_FEWEST_PARAGRAPHS: Final = 15
_SHORTEST_BROKEN: Final = 6
_LEAST_ROOM: Final = 3


def latin_sheets(
    clean: Mapping[str, Sequence[str]], words: Words, draw: Random, count: int, weight: float
) -> Iterator[Sheet]:
    """Make pages of the paragraphs of one source each; the source is the group."""
    names = [name for name, paragraphs in clean.items() if len(paragraphs) > _FEWEST_PARAGRAPHS]
    for _ in range(count):
        name, page = draw.choice(names), Page()
        width, indented, blanks = draw.choice(_WIDTHS), _chance(draw, 0.4), _chance(draw, 0.3)
        for paragraph in draw.sample(clean[name], draw.randint(6, 12)):
            if _chance(draw, 0.3):
                _add_heads(page, draw, paragraph, words)
            lines = set_in_words(paragraph, width, draw)
            for place, line in enumerate(lines):
                gap, indent = int(not place and blanks), 2 * int(not place and indented)
                page.add(line, joins=place < len(lines) - 1, gap=gap, indent=indent)
        yield page.sheet(name, weight)


def is_clean(text: str) -> bool:
    """Tell whether a paragraph is long enough and read well enough to make pages of."""
    letters = sum(character.isalpha() or character == " " for character in text)
    return len(text) in _LENGTHS and letters > _LETTERS * len(text) and text[0].isupper()


def _chance(draw: Random, share: float) -> bool:
    return draw.random() < share


def _add_heads(page: Page, draw: Random, text: str, terms: Words) -> None:
    """Put heads over a paragraph, in capitals or not, and a byline under some."""
    words = re.findall(r"[^\W\d_]+", text)
    for number in range(draw.randint(1, 3)):
        chosen = " ".join(draw.sample(words, min(len(words), draw.randint(2, 6))))
        page.add(chosen.upper() if _chance(draw, 0.6) else chosen.title(), joins=False, gap=int(not number))
    if _chance(draw, 0.3):
        name = f"{draw.choice(words).title()} {draw.choice(words).title()}"
        page.add(f"{terms.byline} {name}", joins=False, gap=int(_chance(draw, 0.5)))


def set_in_words(text: str, width: int, draw: Random) -> list[str]:
    """Break a text into lines of whole words, some broken by a hyphen, a few by a hyphen that was lost."""
    lines, held = [], ""
    for word in text.split(" "):
        if len(held) + len(word) + 1 <= width + draw.choice((-1, 0, 0, 0, 1)):
            held = f"{held} {word}".strip()
            continue
        room = width - len(held) - 2
        if room >= _LEAST_ROOM and len(word) >= _SHORTEST_BROKEN and word.isalpha() and _chance(draw, 0.75):
            cut = min(room, len(word) - 2)
            lines.append(f"{held} {word[:cut]}{'-' if _chance(draw, 0.93) else ''}")
            held = word[cut:]
        else:
            lines.append(held + draw.choice(("--", "—")) if _chance(draw, 0.06) else held)
            held = word
    return [*lines, held]
