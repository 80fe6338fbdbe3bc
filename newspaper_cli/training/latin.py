"""Pages made of clean paragraphs in Latin script: set in narrow columns, words broken, hyphens printed or lost.

Every draw comes from a generator with a fixed seed, so that the same paragraphs give the same pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newspaper_cli.training.sheets import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from newspaper_cli.training.generator import Words
    from newspaper_cli.training.sheets import Sheet

_LENGTHS: Final = range(61, 1500)
_LETTERS: Final = 0.92
_FEWEST_PARAGRAPHS: Final = 15
_SHORTEST_BROKEN: Final = 6
_LEAST_ROOM: Final = 3
SENTENCE_END: Final = re.compile(r"(?<=[.!?]) (?=[\"“(]?[A-ZÀ-Þ])")
_WORD: Final = re.compile(r"[^\W\d_]+")
# A word that the lines of the source broke.
_BROKEN: Final = re.compile(r"(?<=[^\W\d_])- (?=[a-zà-ÿ])")
_CLOSED: Final = (".", ",", ";", ":")
# How pages are set out, each as often as it stands here: blank lines, and what became of hyphens.
_BLANKS: Final = ("none", "none", "none", "paragraphs", "paragraphs", "heads", "anywhere")
_HYPHENS: Final = (0.0, 0.0, 0.0, 0.05, 0.33, 1.0, 1.0)
# The share of characters that are misread.
_MISREAD: Final = (0.0, 0.0, 0.01, 0.02, 0.05)


def latin_sheets(
    clean: Mapping[str, Sequence[str]], words: Words, draw: Random, count: int, weight: float
) -> Iterator[Sheet]:
    """Make pages of the paragraphs of one source each; the source is the group."""
    names = [name for name, paragraphs in clean.items() if len(paragraphs) > _FEWEST_PARAGRAPHS]
    for _ in range(count):
        name = draw.choice(names)
        setter = Setter(draw, words)
        for paragraphs in zip(draw.sample(clean[name], 9), draw.sample(clean[name], draw.randint(5, 9)), strict=False):
            setter.article(SENTENCE_END.split(_BROKEN.sub("", " ".join(paragraphs))))
        yield setter.page.sheet(name, weight)


def is_clean(text: str) -> bool:
    """Tell whether a paragraph is long enough and read well enough to make pages of."""
    letters = sum(character.isalpha() or character == " " for character in text)
    return len(text) in _LENGTHS and letters > _LETTERS * len(text) and text[0].isupper()


class Setter:
    """Set articles on one made page, in one style drawn for the page."""

    def __init__(self, draw: Random, words: Words) -> None:
        """Draw the style of the page."""
        self.draw, self.words, self.page = draw, words, Page()
        # Columns of newspapers take 25 to 45 characters; a few pages are set wider.
        self.width = draw.randint(25, 45) if draw.random() < 0.85 else draw.randint(46, 64)  # noqa: PLR2004
        self.blanks = draw.choice(_BLANKS)
        self.lost = draw.choice(_HYPHENS)
        self.misread = draw.choice(_MISREAD)
        self.indent = 2 * int(draw.random() < 0.3)  # noqa: PLR2004  # chances stand where they are drawn
        self.dated = draw.random() < 0.3  # noqa: PLR2004
        # Print of the 19th century runs on for ten sentences, that of the 20th for one or two.
        self.sizes = draw.choice(((1, 1, 2, 2, 3), (2, 3, 5, 8), (5, 8, 12)))
        self.titled = draw.choice((0.0, 0.1, 0.3))

    def chance(self, share: float) -> bool:
        """Draw whether something that happens in this share of cases happens now."""
        return self.draw.random() < share

    def article(self, sentences: Sequence[str]) -> None:
        """Set heads, byline and paragraphs of one to four sentences each, or what is no running text."""
        kind = self.draw.random()
        if kind < 0.12:  # noqa: PLR2004
            self.verse(sentences)
        elif kind < 0.24:  # noqa: PLR2004
            self.rows(sentences)
        elif kind < 0.3:  # noqa: PLR2004
            self.paragraph(self.names(sentences))
        else:
            if self.chance(0.6):
                self.heads(sentences)
            self.paragraphs(sentences)

    def paragraphs(self, sentences: Sequence[str]) -> None:
        """Set sentences as paragraphs; some open with a place and a day."""
        place = 0
        while place < len(sentences):
            size = self.draw.choice(self.sizes)
            text = " ".join(map(self.entitled, sentences[place : place + size]))
            if self.dated and self.chance(0.3):
                text = f"{self.name(text).upper()}, {self.draw.choice(self.words.days)}{text}"
            self.paragraph(text)
            place += size

    def entitled(self, sentence: str) -> str:
        """Put titles and single letters before some words of a sentence that begin with a capital, as before names."""
        first, *others = sentence.split(" ")
        titled = (
            f"{self.draw.choice(self.words.titles)} {word}" if word[:1].isupper() and self.chance(self.titled) else word
            for word in others
        )
        return " ".join((first, *titled))

    def names(self, sentences: Sequence[str]) -> str:
        """List names as running text, as of those who were present or who sailed."""
        names = [
            f"{self.draw.choice(self.words.titles)} {word.title()}" if self.chance(0.6) else word.title()
            for word in _WORD.findall(" ".join(sentences))[: self.draw.randint(8, 60)]
        ]
        return ", ".join(names) + "."

    def paragraph(self, text: str) -> None:
        """Set one paragraph."""
        lines = set_in_words(text, self.width, self.draw, self.lost)
        for place, line in enumerate(lines):
            fresh = not place
            self.add(line, joins=place < len(lines) - 1, gap=fresh and self.blanks == "paragraphs", indented=fresh)

    def add(self, line: str, *, joins: bool | None, gap: bool = False, indented: bool = False) -> None:
        """Add one line as character recognition leaves it."""
        gap = gap or (self.blanks == "anywhere" and self.chance(0.3))
        self.page.add(self.damaged(line), joins=joins, gap=int(gap), indent=self.indent * indented)

    def damaged(self, line: str) -> str:
        """Misread letters and lose marks."""
        if not self.misread:
            return line
        read = "".join([self.read(character) if self.chance(self.misread) else character for character in line])
        return read[:-1] if read.endswith(_CLOSED) and self.chance(5 * self.misread) else read

    def read(self, character: str) -> str:
        """Take a character for one that is often read for it, or for none."""
        taken = [pair[1:] for pair in self.words.confusions if pair[0] == character]
        return self.draw.choice(taken) if taken else character

    def heads(self, sentences: Sequence[str]) -> None:
        """Set a stack of heads, in capitals or not, some of several lines, some closed by a stop, and a byline."""
        words = _WORD.findall(" ".join(sentences))
        stopped = self.chance(0.5)
        for number in range(self.draw.randint(1, 4)):
            chosen = " ".join(self.draw.sample(words, min(len(words), self.draw.randint(2, 9))))
            chosen = chosen.upper() if self.chance(0.6) else chosen.title()
            lines = set_in_words(chosen + "." * stopped, self.width - self.draw.randint(0, 9), self.draw, self.lost)
            for place, line in enumerate(lines):
                gap = not place and self.blanks != "none" and (not number or self.chance(0.3))
                # Whether the lines of a head are one is a matter of taste, but where one breaks a word.
                goes_on = place < len(lines) - 1 and (line.endswith("-") or None)
                self.add(line, joins=goes_on, gap=gap)
        if self.chance(0.2):
            self.add(f"{self.words.byline} {self.name(sentences[0])} {self.name(sentences[-1])}", joins=False)

    def name(self, text: str) -> str:
        """Draw a word to stand for a name."""
        words: Sequence[str] = _WORD.findall(text) or ("X",)
        return self.draw.choice(words).title()

    def verse(self, sentences: Sequence[str]) -> None:
        """Set lines of verse: each begins with a capital, few end in a stop."""
        words = " ".join(sentences).split()
        # Short lines leave half the column, long ones fill it.
        width = self.width * self.draw.choice((0.6, 0.8, 0.95))
        for number in range(self.draw.randint(4, 12)):
            line = ""
            while words and len(line) < width - self.draw.randint(0, 6):
                line = f"{line} {words.pop(0)}".strip()
            line = line.strip(",.;")
            closed = self.draw.choice(("", "", ",", ",", ";", ".", "!"))
            gap = not number or not number % 4
            self.add(line[:1].upper() + line[1:] + closed, joins=False, gap=gap and self.blanks != "none")

    def rows(self, sentences: Sequence[str]) -> None:
        """Set rows of a table: prices, ships and their days, results; a name and figures, with leaders or without."""
        words = [word for word in _WORD.findall(" ".join(sentences)) if len(word) > _LEAST_ROOM]
        kind = self.draw.choice(("prices", "ships", "results"))
        for number in range(min(len(words) // 3, self.draw.randint(4, 14))):
            one, two, three = words[3 * number : 3 * number + 3]
            row = getattr(self, f"row_of_{kind}")(one.title(), two.title(), three.lower())
            self.add(row, joins=False, gap=not number and self.blanks != "none")

    def row_of_prices(self, one: str, _: str, three: str) -> str:
        """Set a good, what it is sold by, and its price, often at the end of the column."""
        what = f"{one}, {three}" if self.chance(0.5) else one
        price = f"{self.draw.randint(1, 60)}{self.draw.choice(('', ' 1/2', 's', '.05', 'c'))}"
        room = max(self.width - len(what) - len(price) - 2, 2)
        leaders = self.draw.choice((" " + "." * room, " " + "." * room, " .. ", " ", ", "))
        return f"{what}{leaders} {price}" if self.chance(0.7) else f"{what}{leaders}{price}"

    def row_of_ships(self, one: str, two: str, _: str) -> str:
        """Set a ship, its master and a day."""
        return f"{one}, {two}, {self.draw.choice(self.words.days).partition('.—')[0].strip()}"

    def row_of_results(self, one: str, two: str, _: str) -> str:
        """Set two sides and what each scored."""
        first, second = self.draw.randint(1, 60), self.draw.randint(1, 60)
        return f"{one} {first}, {two} {second}{self.draw.choice(('', '.'))}"


def set_in_words(text: str, width: int, draw: Random, lost: float) -> list[str]:
    """Break a text into lines of whole words, some broken by a hyphen; a share of the hyphens is lost."""
    lines, held = [], ""
    for word in text.split(" "):
        if len(held) + len(word) + 1 <= width + draw.choice((-1, 0, 0, 0, 1)):
            held = f"{held} {word}".strip()
            continue
        room = width - len(held) - 2
        if room >= _LEAST_ROOM and len(word) >= _SHORTEST_BROKEN and word.isalpha() and draw.random() < 0.75:  # noqa: PLR2004
            cut = min(room, len(word) - 2)
            lines.append(f"{held} {word[:cut]}{'' if draw.random() < lost else '-'}".strip())
            held = word[cut:]
        else:
            lines.append(held + draw.choice(("--", "—")) if draw.random() < 0.03 else held)  # noqa: PLR2004
            held = word
    return [line for line in (*lines, held) if line]
