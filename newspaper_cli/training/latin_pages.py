"""Whole pages made of clean paragraphs in Latin script, each line with the part it has in headings.

What a paper of one house looks like is drawn once a page: how its heads are set and end, how many decks follow, whether
parts of a report have heads of their own, who signs and where, how much is advertised. No page is like another, and
what is the same in all of them is what there is to learn. Parts have the letters of `latin_headings`.
"""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newspaper_cli.training.latin import SENTENCE_END, Setter, set_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from newspaper_cli.training.generator import Words
    from newspaper_cli.training.sheets import Sheet

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FEWEST_PARAGRAPHS: Final = 15
_SHORT_WORD: Final = 3
_NARROWEST: Final = 9
_ORNAMENTS: Final = ("* * *", "* * * *", "-o-", "———", "o", "♦ ♦ ♦", "- -", ". . .")
_TRIES: Final = 4
_STEADY: Final = 0.85


class House(msgspec.Struct, frozen=True):
    """Hold how one paper sets its heads; shares are chances."""

    case: str
    stop: bool
    lines: tuple[int, ...]
    decks: tuple[int, ...]
    deck_case: str
    deck_stop: bool
    alternates: bool
    cross: str
    cross_stop: bool
    crossed: float
    section: float
    section_case: str
    signed: float
    by: float
    adverts: float
    headless: float
    noise: float
    cut: float
    parted: float
    jumped: float
    words: int
    length: int


class Setting(NamedTuple):
    """Hold how one head is set: its case, how many lines it has, how many words one line has at most, and its stop."""

    case: str
    lines: int = 0
    most: int = 0
    stop: bool | None = None


def draw_house(draw: Random) -> House:
    """Draw how a paper sets its heads."""
    case = draw.choice(("capitals", "capitals", "capitals", "title", "sentence", "sentence"))
    stop = draw.random() < 0.5  # noqa: PLR2004  # chances stand where they are drawn
    small = draw.choice(("title", "sentence"))
    return House(
        case=case,
        stop=stop,
        lines=draw.choice(((1,), (1,), (1, 1, 2), (1, 2, 3), (2, 3, 4))),
        decks=draw.choice(((0,), (0,), (0, 0, 1), (0, 1, 1, 2), (0, 1, 2, 3, 5))),
        deck_case=draw.choice((case, small, small)),
        deck_stop=stop if draw.random() < 0.7 else not stop,  # noqa: PLR2004
        alternates=draw.random() < 0.4,  # noqa: PLR2004
        cross=draw.choice((small, small, "capitals" if case != "capitals" else small)),
        cross_stop=draw.random() < 0.6,  # noqa: PLR2004
        crossed=draw.choice((0.0, 0.0, 0.1, 0.3)),
        section=draw.choice((0.0, 0.1, 0.3)),
        section_case=draw.choice(("capitals", "capitals", case)),
        signed=draw.choice((0.0, 0.05, 0.15, 0.4)),
        by=draw.choice((0.0, 0.0, 0.2, 0.5)),
        adverts=draw.choice((0.0, 0.1, 0.3)),
        headless=draw.choice((0.0, 0.05, 0.2)),
        noise=draw.choice((0.0, 0.0, 0.01, 0.03)),
        cut=draw.choice((0.0, 0.02, 0.06)),
        parted=draw.choice((0.0, 0.0, 0.2, 0.8)),
        jumped=draw.choice((0.0, 0.0, 0.2)),
        words=draw.choice((2, 3, 5, 8)),
        length=draw.choice((1, 2, 4, 30)),
    )


def headed_sheets(
    clean: Mapping[str, Sequence[str]], words: Mapping[str, Words], draw: Random, count: int, weight: float
) -> Iterator[Sheet]:
    """Make pages of the paragraphs of one source each; the source is the group, `words` are those of its language."""
    names = [name for name, paragraphs in clean.items() if len(paragraphs) > _FEWEST_PARAGRAPHS]
    for _ in range(count):
        name = draw.choice(names)
        composer = Composer(draw, words[name])
        for _ in range(draw.randint(6, 18)):
            most = composer.house.length
            texts = draw.sample(clean[name], draw.randint(1, min(most, 6)))
            composer.piece([SENTENCE_END.split(text)[: draw.randint(1, 2 * most)] for text in texts])
        yield composer.page.sheet(name, weight)


class Composer(Setter):
    """Set the pieces of one made page, in the style of one house."""

    def __init__(self, draw: Random, words: Words) -> None:
        """Draw the house."""
        super().__init__(draw, words)
        self.house = draw_house(draw)
        self.fresh = True

    def put(self, line: str, part: str, *, gap: bool = False, joins: bool | None = False) -> None:
        """Add a line that has this part in headings, now and then below one of noise."""
        if self.chance(self.house.noise):
            self.mark("".join(self.draw.choices("-_.,'~*|^ iI1", k=self.draw.randint(1, 9))))
        gap = (gap and self.blanks != "none") or (self.blanks == "anywhere" and self.chance(0.3))
        first = len(self.page.lines)
        self.page.add(self.damaged(line), joins=joins, gap=int(gap))
        self.page.tell(first, part)

    def mark(self, line: str) -> None:
        """Add a line of marks that are no text."""
        first = len(self.page.lines)
        self.page.add(line, joins=False)
        self.page.tell(first, "t")

    def piece(self, texts: Sequence[Sequence[str]]) -> None:
        """Set a report, a section of short ones, an advertisement, a notice, a table or verse."""
        sentences = [sentence for text in texts for sentence in text]
        if self.chance(self.house.parted):
            self.mark(self.draw.choice(_ORNAMENTS))
        kind = self.draw.random()
        if kind < self.house.adverts:
            self.advertisement(sentences)
        elif kind < self.house.adverts + 0.05:
            self.head(sentences, "h")
            self.poem(sentences)
        elif kind < self.house.adverts + 0.1:
            self.head(sentences, "h")
            self.table(sentences)
        else:
            self.report(texts)

    def report(self, texts: Sequence[Sequence[str]]) -> None:
        """Set heads, credits, text and signature."""
        sentences = [sentence for text in texts for sentence in text]
        self.opening(sentences)
        for number, text in enumerate(texts):
            if number and self.chance(self.house.crossed):
                self.stack(text, "x", Setting(self.house.cross, lines=1, most=5, stop=self.house.cross_stop))
            self.text(text)
        if self.chance(self.house.signed):
            self.signature(sentences)
        elif self.words.jumps and self.chance(self.house.jumped):
            self.put(self.draw.choice(self.words.jumps), "t")

    def opening(self, sentences: Sequence[str]) -> None:
        """Set the name of a section, or the head of a report, or nothing, and who wrote it."""
        if self.chance(self.house.section):
            self.stack(sentences, "h", Setting(self.house.section_case, lines=1, most=4))
            if self.chance(0.5):
                self.stack(sentences, "h", Setting(self.house.case))
        elif not self.chance(self.house.headless):
            self.head(sentences, "h")
        if self.chance(self.house.by):
            self.credit(sentences)

    def head(self, sentences: Sequence[str], part: str) -> None:
        """Set a head and its decks."""
        house = self.house
        self.stack(sentences, part, Setting(house.case, lines=self.draw.choice(house.lines), stop=house.stop))
        for number in range(self.draw.choice(house.decks)):
            turned = house.alternates and number % 2
            case = house.case if turned else house.deck_case
            self.stack(sentences, "d", Setting(case, most=10, stop=house.deck_stop))

    def stack(self, sentences: Sequence[str], part: str, setting: Setting) -> None:
        """Set one head of one line or several."""
        lines = setting.lines or self.draw.choice((1, 1, 2, 2, 3))
        most = setting.most or self.house.words
        count = self.draw.randint(1, most) if lines == 1 else self.draw.randint(2 * lines, 4 * lines)
        text = self.cased(self.phrase(sentences, count), setting.case)
        # Heads of several lines are set in lines of about one length.
        width = max(min(-(-len(text) // lines) + self.draw.randint(1, 4), self.width), _NARROWEST)
        made = set_in_words(text, width, self.draw, self.lost) if self.chance(0.1) else wrap(text, width)
        made = made[: lines + 1] or ["NEWS"]
        stop = self.house.stop if setting.stop is None else setting.stop
        stop = stop if self.chance(_STEADY) else not stop
        made[-1] = made[-1].rstrip(",;:-— ") + "." * stop
        for place, line in enumerate(filter(None, made)):
            self.put(line, "m" if place else part, gap=not place)
        self.fresh = True

    def phrase(self, sentences: Sequence[str], count: int) -> str:
        """Take some words in a row; some begin with a figure, some hold one, marks inside are kept now and then."""
        chosen = ["No"]
        for _ in range(_TRIES):
            words = self.draw.choice(sentences).split()
            start = self.draw.randrange(max(len(words) - count, 0) + 1)
            chosen = words[start : start + count] or chosen
            if any(len(word) > _SHORT_WORD for word in chosen):
                break
        if not self.chance(0.25):
            chosen = [word.strip(',;:.!?()"“”—-') for word in chosen]
        if self.chance(0.08):
            chosen.insert(self.draw.randrange(len(chosen) + 1), str(self.draw.choice((3, 9, 12, 50, 300, 1916))))
        return " ".join(filter(None, chosen)).strip(",;:.!?— ") or "NEWS"

    def cased(self, text: str, case: str) -> str:
        """Set a text in capitals, with a capital for each long word or for all, or with one at its beginning."""
        if case == "capitals":
            return text.upper()
        if case == "title":
            least = self.draw.choice((0, _SHORT_WORD))
            words = [word if len(word) <= least else word[:1].upper() + word[1:] for word in text.split()]
            text = " ".join(words)
        return text[:1].upper() + text[1:]

    def credit(self, sentences: Sequence[str]) -> None:
        """Set who wrote a report, some with what he is on a line of its own."""
        name = f"{self.name(self.draw.choice(sentences))} {self.name(self.draw.choice(sentences))}"
        name = name.upper() if self.chance(0.4) else name
        if self.chance(0.3):
            # A name alone.
            self.put(name + "." * self.chance(0.5), "s")
            return
        opened, closed = self.draw.choice((("", ""), ("", "."), ("(", ".)"), ("(", ")")))
        self.put(f"{opened}{self.words.byline} {name}{closed}", "s")
        if self.chance(0.2):
            self.put(self.cased(self.phrase(sentences, self.draw.randint(2, 3)), "title"), "s")

    def text(self, sentences: Sequence[str]) -> None:
        """Set sentences as paragraphs; some open with a place and a day, or with words in capitals."""
        place = 0
        while place < len(sentences):
            size = self.draw.choice(self.sizes)
            text = " ".join(map(self.entitled, sentences[place : place + size]))
            if self.fresh and self.dated and self.chance(0.6):
                town = self.name(text)
                text = f"{town.upper() if self.chance(0.6) else town}, {self.draw.choice(self.words.days)}{text}"
            elif self.fresh and self.chance(0.15):
                first, _, rest = text.partition(" ")
                text = f"{first.upper()} {rest}"
            self.fresh = False
            self.running(text)
            place += size

    def running(self, text: str) -> None:
        """Set one paragraph; now and then a column ends in it, and what follows is of another text."""
        lines = set_in_words(text, self.width, self.draw, self.lost)
        if self.chance(self.house.cut):
            place = self.draw.randrange(len(lines))
            lines = lines[:place] if self.chance(0.5) else lines[place:]
        for place, line in enumerate(lines):
            self.put(line, "t", gap=not place and self.blanks == "paragraphs", joins=place < len(lines) - 1)

    def signature(self, sentences: Sequence[str]) -> None:
        """Set who signs a text: initials, a name, a pen name or an office; some with place and day below."""
        one, two = self.name(self.draw.choice(sentences)), self.name(self.draw.choice(sentences))
        initial = f"{self.draw.choice('ABCDEFGHJLMPRSTVW')}."
        name = self.draw.choice(
            (
                f"{one} {two}",
                f"{initial} {one}",
                f"{initial} {initial} {one}",
                f"{one}",
                f"{initial} {two[0]}. {one[0]}",
            )
        )
        name = name.upper() if self.chance(0.6) else name
        if self.chance(0.2):
            name = f"{name}, {self.cased(self.phrase(sentences, self.draw.randint(1, 2)), 'title')}"
        if self.chance(0.2):
            self.put(self.cased(self.phrase(sentences, self.draw.randint(1, 3)), "sentence") + ",", "s")
        self.put(self.draw.choice(("", "", "", "—")) + name + "." * self.chance(0.8), "s")
        if self.chance(0.3):
            town = self.name(self.draw.choice(sentences))
            self.put(f"{town}, {self.draw.choice(self.words.days).strip('.—- ')}.", "s")

    def advertisement(self, sentences: Sequence[str]) -> None:
        """Set an advertisement: lines set one by one, or a head and some text; who places it stands below."""
        cases = ("capitals", "capitals", "title", "sentence")
        self.stack(sentences, "h", Setting(self.draw.choice(cases), lines=self.draw.choice((1, 1, 2)), most=5))
        if self.chance(0.5):
            for _ in range(self.draw.randint(1, 6)):
                line = self.cased(self.phrase(sentences, self.draw.randint(1, 5)), self.draw.choice(cases))
                line += self.draw.choice(
                    ("", "", ".", f" {self.draw.randint(1, 99)}c", f" ${self.draw.randint(1, 30)}")
                )
                self.put(line[: self.width], "a")
        else:
            self.running(" ".join(sentences[: self.draw.randint(1, 2)]))
        if self.chance(0.6):
            self.put(self.cased(self.phrase(sentences, 2), "capitals") + "." * self.chance(0.7), "ts")

    def poem(self, sentences: Sequence[str]) -> None:
        """Set verse, some with who wrote it."""
        before = len(self.page.lines)
        self.verse(sentences)
        self.page.tell(before, "t")
        if self.chance(0.5):
            self.signature(sentences)

    def table(self, sentences: Sequence[str]) -> None:
        """Set rows of a table."""
        before = len(self.page.lines)
        self.rows(sentences)
        self.page.tell(before, "t")
