"""Fit the weights of the join model, by hand: `NEWSPAPER_CORPUS=... python tests/join_table.py FOLDER`.

Logistic regression over the categorical features of `newspaper_cli.joins.features`, on real printed lines and on pages
made of clean text; writes `joins.han.tsv` and `joins.latin.tsv` into FOLDER and prints cross-validated scores. Needs
scikit-learn, which the program and its tests do not. The same corpus gives the same tables: every draw is seeded.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-not-found, import-untyped, unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found, import-untyped, unused-ignore]

from newspaper_cli.characters import printed_width
from newspaper_cli.document import Line
from newspaper_cli.joins import Situation, features, situations
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.regime import read_regime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDS = 4
TOLERANCE = 2
SMALLEST = 0.05
# What a pattern found without doubt is not left to the data: a byline or the name of a box is a line of its own.
ALWAYS = -8.0
NO_LINE_START = "，。、；：！？）》」』】”’,.;:!?)"
BOXES = ("简讯", "短讯", "一周简讯", "遗失声明", "停水公告", "招聘启事", "读者来信", "声明", "更正", "今日导读")
NUMERALS = "一二三四五六七八九十"


class Sheet(NamedTuple):
    """Hold the lines of one page and, for each seam, whether it joins; None where nobody knows."""

    group: str
    lines: list[Line]
    joins: list[bool | None]
    weight: float = 1.0


class Page:
    """Gather the lines of a made page; each is added with whether it goes on in the next."""

    def __init__(self) -> None:
        """Begin an empty page."""
        self.lines: list[Line] = []
        self.joins: list[bool | None] = []

    def add(self, text: str, *, joins: bool, gap: int = 0, indent: int = 0) -> None:
        """Add one line."""
        if text.strip():
            self.lines.append(Line(text.strip(), 0, len(text), indent, gap))
            self.joins.append(joins)

    def sheet(self, group: str, weight: float) -> Sheet:
        """Close the page."""
        return Sheet(group, self.lines, self.joins[:-1], weight)


def squeezed(text: str) -> str:
    """Give a text as the gold is compared: NFKC, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def keyed_pages(corpus: Path) -> Iterator[Sheet]:
    """Read hand-keyed printed lines; paragraphs without a mark (heads, verse, prices) are not asked about."""
    for path in sorted((corpus / "jingbao" / "lines").glob("*.json")):
        lines, joins = [], []
        for paragraph in json.loads(path.read_text("utf-8")):
            printed = [line.strip() for line in paragraph if line.strip()]
            prose = any(character in "、，。；！？,.;!?" for line in printed for character in line)
            for place, text in enumerate(printed, start=1):
                lines.append(Line(text, 0, len(text)))
                joins.append(place < len(printed) if prose or place == len(printed) else None)
        yield Sheet(path.stem[:18], lines, joins[:-1])


def aligned_pages(corpus: Path, name: str, shape: str) -> Iterator[Sheet]:
    """Read typeset pages, their seams known from where each line stands in the gold paragraphs."""
    for gold in sorted((corpus / name / "gold").glob("*.json")):
        path = corpus / name / f"{gold.stem}.{shape}txt"
        if path.exists():
            articles = json.loads(gold.read_text("utf-8"))["articles"]
            paragraphs = [squeezed(text) for article in articles for text in article["paragraphs"]]
            lines = list(read_lines(path.read_bytes().decode()))
            yield Sheet(gold.stem[:22], lines, align(lines, paragraphs), 4.0 if shape == "blocks." else 2.0)


def align(lines: Sequence[Line], paragraphs: Sequence[str]) -> list[bool | None]:
    """Say of each seam whether gold has a paragraph end there; text that gold lacks stands on its own."""
    whole = "".join(paragraphs)
    ends, at = set(), 0
    for paragraph in paragraphs:
        at += len(paragraph)
        ends.add(at)
    places: list[tuple[int, int] | None] = []
    at = 0
    for line in lines:
        text = squeezed(line.text)
        near = whole.find(text, max(at - 30, 0))
        found = near if 0 <= near < at + 400 else whole.find(text)
        places.append((found, found + len(text)) if found >= 0 and len(text) > 1 else None)
        at = places[-1][1] if places[-1] else at
    return [seam(a, b, ends) for a, b in pairwise(places)]


def misread_pages(corpus: Path) -> Iterator[Sheet]:
    """Read pages as OCR left them: a line stands where most of its strings of four characters stand in gold."""
    for gold in sorted((corpus / "press" / "gold").glob("*.json")):
        path = corpus / "press" / f"{gold.stem}.tesseract.txt"
        if path.exists():
            articles = json.loads(gold.read_text("utf-8"))["articles"]
            paragraphs = [squeezed(text) for article in articles for text in article["paragraphs"]]
            lines = list(read_lines(path.read_bytes().decode()))
            yield Sheet(gold.stem[:22], lines, align_misread(lines, paragraphs), 2.0)


def align_misread(lines: Sequence[Line], paragraphs: Sequence[str]) -> list[bool | None]:
    """Say of each seam between misread lines whether gold has a paragraph end there, give or take two characters."""
    whole = "".join(paragraphs)
    ends = set(accumulate(map(len, paragraphs)))
    where: dict[str, list[int]] = defaultdict(list)
    for place in range(len(whole) - 3):
        where[whole[place : place + 4]].append(place)
    places = [locate(squeezed(line.text), where) for line in lines]
    joins: list[bool | None] = []
    for first, second in pairwise(places):
        if first is None or second is None:
            joins.append(None if first is second else False)
        elif abs(second[0] - first[1]) <= TOLERANCE:
            joins.append(not any(first[1] + step in ends for step in range(-TOLERANCE, TOLERANCE + 1)))
        else:
            joins.append(None)
    return joins


def locate(text: str, where: Mapping[str, Sequence[int]]) -> tuple[int, int] | None:
    """Find the place of a misread line by a vote of its strings of four characters."""
    votes = Counter(place - at for at in range(len(text) - 3) for place in where.get(text[at : at + 4], ()))
    if not votes:
        return None
    begin, count = max(votes.items(), key=lambda vote: (vote[1], -vote[0]))
    return (begin, begin + len(text)) if count >= max(2, len(text) // 5) else None


def seam(first: tuple[int, int] | None, second: tuple[int, int] | None, ends: set[int]) -> bool | None:
    """Judge one seam; a small overlap of the two places is text printed twice."""
    if first is None or second is None:
        return False
    if first[1] == second[0]:
        return first[1] not in ends
    return True if 0 < first[1] - second[0] <= 6 else None


def made_pages(corpus: Path, seed: int, count: int) -> Iterator[Sheet]:
    """Make Chinese pages of clean articles, re-wrapped in columns of many widths, with the accidents of real pages."""
    draw = random.Random(seed)  # noqa: S311  # repeatable is what is wanted
    rows = (corpus / "articles" / "rmrb_2011_2019.jsonl").read_text("utf-8").splitlines()
    articles = [json.loads(row) for row in rows]
    for number in range(count):
        page = Page()
        maker = Maker(draw, page)
        for article in draw.sample(articles, draw.randint(1, 4)):
            maker.interlude(article["paragraphs"])
            maker.article(article)
        yield page.sheet(f"made{seed}-{number % FOLDS}", 0.35)


class Maker:
    """Lay out articles on one made page, in one style drawn for the page."""

    def __init__(self, draw: random.Random, page: Page) -> None:
        """Draw the style of the page."""
        self.draw, self.page = draw, page
        self.width = 2 * draw.randint(9, 24)
        self.mode = draw.choice(("lines", "lines", "blocks", "indent"))
        self.height = draw.randint(5, 40)
        self.run = 0
        self.noisy = draw.random() < 0.45
        self.gaps = draw.random() < 0.6
        self.halves = draw.random() < 0.3
        self.blanks = draw.random() < 0.15
        # Most Chinese print sets a paragraph in by two characters; character recognition gives the line without them.
        self.indent = "\u3000\u3000" if self.mode == "indent" or draw.random() < 0.6 else ""

    def article(self, article: dict[str, object]) -> None:
        """Lay out heads, byline and paragraphs."""
        heads = [str(article[key]) for key in ("kicker", "headline", "deck") if article[key]]
        if len(heads) > 1 and self.draw.random() < 0.2:
            heads[:2] = [" ".join(heads[:2])]
        for place, head in enumerate(heads):
            self.page.add(head, joins=False, gap=int(not place or self.gaps))
        if article.get("byline") or self.draw.random() < 0.2:
            self.page.add(
                str(article.get("byline") or "本报记者 王小明"), joins=False, gap=int(self.draw.random() < 0.6)
            )
        fresh = self.gaps
        for paragraph in article["paragraphs"]:  # type: ignore[attr-defined]
            self.paragraph(re.sub(r"\s+", " ", paragraph).strip(), fresh=fresh)
            fresh = False

    def paragraph(self, text: str, *, fresh: bool) -> None:
        """Lay out one paragraph as printed lines or as the fragments that columns leave."""
        if self.halves:
            text = text.translate(str.maketrans("，；：", ",;:"))
        lines = self.damaged([line.strip() for line in wrapped(self.indent + text, self.width)])
        if self.mode == "blocks":
            self.fragments(lines)
            return
        for place, line in enumerate(lines):
            self.run += 1
            gap = int(self.run > self.height or (not place and (fresh or self.blanks)))
            gap = gap or int(self.noisy and self.draw.random() < 0.03)
            self.run = 0 if self.run > self.height else self.run
            indent = 2 if self.mode == "indent" and not place else 0
            self.page.add(line, joins=place < len(lines) - 1, gap=gap, indent=indent)

    def fragments(self, lines: Sequence[str]) -> None:
        """Cut a paragraph where a column ends, now and then with some characters printed twice."""
        held = ""
        for place, line in enumerate(lines):
            held += line
            self.run += 1
            if self.run > self.height and place < len(lines) - 1:
                self.page.add(held, joins=True, gap=1)
                self.run = 0
                held = held[-self.draw.randint(2, 4) :] if self.draw.random() < 0.08 else ""
        self.page.add(held, joins=False, gap=1)

    def damaged(self, lines: list[str]) -> list[str]:
        """Lose characters, marks at line ends and whole last lines, as character recognition does."""
        if not self.noisy:
            return lines
        lines = [line[:-1] if line[-1] in NO_LINE_START and self.draw.random() < 0.07 else line for line in lines]
        if lines[-1][-1:] in "。！？”" and self.draw.random() < 0.12:
            lines[-1] = lines[-1][:-1]
        if len(lines) > 2 and self.draw.random() < 0.07:
            lines = lines[:-1]
        kept = ["".join(c for c in line if self.draw.random() > 0.012) for line in lines]
        return [line for line in kept if line] or lines[:1]

    def interlude(self, paragraphs: Sequence[str]) -> None:
        """Put a box, a numbered list, a table or verse before an article, sometimes."""
        chance = self.draw.random()
        sentences = [
            sentence for text in paragraphs for sentence in re.split("(?<=[。！？])", text) if sentence.strip()
        ]
        if chance < 0.2:
            self.page.add(self.draw.choice(BOXES), joins=False, gap=int(self.draw.random() < 0.4))
            self.items(sentences, "")
        elif chance < 0.25:
            self.items(sentences, NUMERALS)
        elif chance < 0.3:
            self.rows("".join(re.findall(r"\w", "".join(sentences))))

    def items(self, sentences: Sequence[str], numerals: str) -> None:
        """Lay out short items of one sentence each, numbered or not."""
        for place, sentence in enumerate(sentences[: self.draw.randint(2, 4)]):
            text = f"{numerals[place]}、{sentence}" if numerals else sentence
            lines = [text] if self.mode == "blocks" else wrapped(text, self.width)
            for number, line in enumerate(lines, start=1):
                self.page.add(line, joins=number < len(lines), gap=int(self.mode == "blocks"))

    def rows(self, text: str) -> None:
        """Lay out lines that are their own: verse and lists of names in lines of one length, tables of nearly one."""
        length = self.draw.choice((5, 7, 7, 8, 10, 12))
        ragged = self.draw.random() < 0.5
        for place in range(self.draw.randint(4, 9)):
            size = length + (self.draw.randint(-1, 1) if ragged else 0)
            row, text = text[:size], text[size:]
            parted = f"{row[: size // 2]} {row[size // 2 :]}" if ragged else row
            self.page.add(parted, joins=False, gap=int(not place))


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines; no line begins with a closing mark."""
    lines, held, used = [], "", 0
    for character in text:
        size = printed_width(character)
        if used + size > width + 2 * (character in NO_LINE_START):
            lines.append(held)
            held, used = "", 0
        held += character
        used += size
    return [*lines, held] if held.strip() else lines


def without_blanks(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """Give pages again as OCR leaves them: no blank line, no indent."""
    for sheet in sheets:
        lines = [Line(line.text, line.start, line.end) for line in sheet.lines]
        yield Sheet(sheet.group, lines, sheet.joins, 0.5)


def latin_pages(corpus: Path, seed: int, count: int) -> Iterator[Sheet]:
    """Make pages of Latin script of the clean paragraphs of issues made from METS/ALTO."""
    draw = random.Random(seed)  # noqa: S311
    clean: dict[str, list[str]] = defaultdict(list)
    for path in sorted((corpus / "mets" / "gold").glob("*.json")):
        for article in json.loads(path.read_text("utf-8"))["articles"]:
            clean[path.stem[:22]] += filter(is_clean, (" ".join(text.split()) for text in article["paragraphs"]))
    names = [name for name, paragraphs in clean.items() if len(paragraphs) > 15]
    for _ in range(count):
        name, page = draw.choice(names), Page()
        width, indented, blanks = (
            draw.choice((26, 30, 34, 38, 42, 46, 55, 64)),
            draw.random() < 0.4,
            draw.random() < 0.3,
        )
        for paragraph in draw.sample(clean[name], draw.randint(6, 12)):
            if draw.random() < 0.3:
                latin_heads(page, draw, paragraph)
            lines = set_in_words(paragraph, width, draw)
            for place, line in enumerate(lines):
                gap, indent = int(not place and blanks), 2 * int(not place and indented)
                page.add(line, joins=place < len(lines) - 1, gap=gap, indent=indent)
        yield page.sheet(name, 0.5)


def is_clean(text: str) -> bool:
    """Tell whether a paragraph is long enough and read well enough to make pages of."""
    letters = sum(character.isalpha() or character == " " for character in text)
    return 60 < len(text) < 1500 and letters > 0.92 * len(text) and text[0].isupper()


def latin_heads(page: Page, draw: random.Random, text: str) -> None:
    """Put heads over a paragraph, in capitals or not, and a byline under some."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word]
    for number in range(draw.randint(1, 3)):
        chosen = " ".join(draw.sample(words, min(len(words), draw.randint(2, 6))))
        page.add(chosen.upper() if draw.random() < 0.6 else chosen.title(), joins=False, gap=int(not number))
    if draw.random() < 0.3:
        page.add(
            f"By {draw.choice(words).title()} {draw.choice(words).title()}", joins=False, gap=int(draw.random() < 0.5)
        )


def set_in_words(text: str, width: int, draw: random.Random) -> list[str]:
    """Break a text into lines of whole words, some broken by a hyphen, a few by a hyphen that was lost."""
    lines, held = [], ""
    for word in text.split(" "):
        if len(held) + len(word) + 1 <= width + draw.choice((-1, 0, 0, 0, 1)):
            held = f"{held} {word}".strip()
            continue
        room = width - len(held) - 2
        if room >= 3 and len(word) >= 6 and word.isalpha() and draw.random() < 0.75:
            cut = min(room, len(word) - 2)
            lines.append(f"{held} {word[:cut]}{'-' if draw.random() < 0.93 else ''}")
            held = word[cut:]
        else:
            lines.append(held + draw.choice(("--", "—")) if draw.random() < 0.06 else held)
            held = word
    return [*lines, held]


def examples(sheets: Sequence[Sheet], code: str) -> dict[str, list[tuple[dict[str, int], bool, float]]]:
    """Turn pages into rows of features with answers and weights, by group."""
    language, rows = load_language(code), defaultdict(list)
    for sheet in sheets:
        described = situations(sheet.lines, read_regime(sheet.lines), language)
        for fields, joins in zip(described, sheet.joins, strict=True):
            if joins is not None:
                rows[sheet.group].append((dict.fromkeys(features(Situation._make(fields)), 1), joins, sheet.weight))
    return rows


def fit(rows: Sequence[tuple[dict[str, int], bool, float]], strength: float) -> dict[str, float]:
    """Fit the weights; small ones are left out."""
    names = DictVectorizer()
    matrix = names.fit_transform([row for row, _, _ in rows])
    model = LogisticRegression(C=strength, max_iter=600)
    model.fit(matrix, [joins for _, joins, _ in rows], sample_weight=[weight for _, _, weight in rows])
    found = {
        name: round(float(weight), 2)
        for name, weight in zip(names.get_feature_names_out(), model.coef_[0], strict=True)
    }
    kept = {name: ALWAYS if is_certain(name) else weight for name, weight in found.items()}
    # Made and keyed pages have no line that the layout itself shows to span columns; it is a line of its own.
    kept["spanning"] = ALWAYS
    weights = {name: weight for name, weight in kept.items() if abs(weight) >= SMALLEST}
    return {"bias": round(float(model.intercept_[0]), 2), **dict(sorted(weights.items()))}


def is_certain(name: str) -> bool:
    """Tell whether a feature says that one of the lines is a byline or a box."""
    kind, _, value, *_ = [*name.split(" "), "", ""]
    return kind in {"start", "opened"} and value in {"byline", "box"}


def judge(parts: dict[str, list[Sheet]], code: str, strength: float) -> None:
    """Print accuracy and the F1 of breaks for each part, its pages judged by what the other folds of all taught."""
    rows = {name: examples(sheets, code) for name, sheets in parts.items()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fold in range(FOLDS):
        learnt = [row for part in rows.values() for group in part if fold_of(group) != fold for row in part[group]]
        weights = fit(learnt, strength)
        for name, part in rows.items():
            for row, joins, _ in (row for group in part if fold_of(group) == fold for row in part[group]):
                answer = weights["bias"] + sum(weights.get(feature, 0) for feature in row) > 0
                counts[name].update(seams=1, right=answer == joins, wanted=not joins, got=not answer)
                counts[name]["hits"] += not joins and not answer
    for name, count in counts.items():
        accuracy, breaks = count["right"] / count["seams"], 2 * count["hits"] / (count["wanted"] + count["got"])
        always = 1 - count["wanted"] / count["seams"]
        print(
            f"  {name}: {count['seams']} seams, accuracy {accuracy:.3f} (all joined {always:.3f}), breaks {breaks:.3f}"
        )


def fold_of(group: str) -> int:
    """Put all pages of one issue, and all that was made of one source, into one fold."""
    return crc32(group.encode()) % FOLDS


def main() -> None:
    """Fit both tables, and say what the keyed pages add."""
    corpus, target = Path(os.environ["NEWSPAPER_CORPUS"]), Path(sys.argv[1])
    shapes = {"printed lines": "lines.", "fragments": "blocks.", "pdftotext": "pdftotext."}
    typeset = {name: list(aligned_pages(corpus, "press", shape)) for name, shape in shapes.items()}
    typeset["misread"] = list(misread_pages(corpus))
    made = list(made_pages(corpus, 1, 300))
    bare = list(without_blanks([*typeset["printed lines"], *made[:60]]))
    keyed = {"keyed": list(keyed_pages(corpus))}
    modern = {**typeset, "made": made, "without blanks": bare}
    latin = {"METS": list(aligned_pages(corpus, "mets", "")), "made": list(latin_pages(corpus, 1, 300))}
    for table, code, strength, parts in (("han", "zh", 0.3, keyed | modern), ("latin", "en", 0.05, latin)):
        print(table)
        judge(parts, code, strength)
        weights = fit(pooled(parts, code), strength)
        text = "".join(f"{name}\t{weight:g}\n" for name, weight in weights.items())
        (target / f"joins.{table}.tsv").write_text(text, "utf-8")
    weights = fit(pooled(modern, "zh"), 0.3)
    right = [
        (weights["bias"] + sum(weights.get(feature, 0) for feature in row) > 0) is joins
        for row, joins, _ in pooled(keyed, "zh")
    ]
    print(f"keyed pages, none in training: accuracy {sum(right) / len(right):.3f}")


def pooled(parts: dict[str, list[Sheet]], code: str) -> list[tuple[dict[str, int], bool, float]]:
    """Put the rows of all parts together."""
    return [row for sheets in parts.values() for group in examples(sheets, code).values() for row in group]


if __name__ == "__main__":
    main()
