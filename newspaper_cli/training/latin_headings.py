"""What the table of headings in Latin script is fitted on: pages that a reader marked, gold regions, made pages."""

from __future__ import annotations

import json
import random
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from newspaper_cli.blocks import heading_style, see_pages
from newspaper_cli.heading_lines import CROSSHEAD, DECK, HEAD, MORE, SIGNATURE, STATES, TEXT
from newspaper_cli.pipeline import language_of, running_pages
from newspaper_cli.source import read_source
from newspaper_cli.tables import parse_table
from newspaper_cli.training.base import FOLDS
from newspaper_cli.training.generator import Words  # noqa: TC001  # the recipe is read into it
from newspaper_cli.training.latin import SENTENCE_END, is_clean
from newspaper_cli.training.latin_pages import headed_sheets
from newspaper_cli.training.line_states import ANY, judge_states, stretches_of, tell_regions
from newspaper_cli.training.marks import number_lines, read_marks
from newspaper_cli.training.sources import SEED, clean_paragraphs, read_json, read_recipe, read_recipe_of
from newspaper_cli.training.stretches import spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from newspaper_cli.training.marks import Marks
    from newspaper_cli.training.stretches import Stretch

# What a letter of a reader's mark, or of a made page, stands for.
_LETTERS: Final = {
    "h": (HEAD,),
    "m": (MORE,),
    "d": (DECK,),
    "x": (CROSSHEAD,),
    "s": (SIGNATURE,),
    "f": (TEXT,),
    "t": (TEXT,),
    "a": tuple(state for state in STATES if state != HEAD),
    "?": ANY,
}
_BROKEN: Final = re.compile(r"(?<=[a-z])- (?=[a-z])")
_SENTENCES: Final = 4
# So many paragraphs tell the language of a source.
_ENOUGH: Final = 20


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold where the pages of one part come from; `recipe.toml` says what the fields mean."""

    name: str
    kind: Literal["marked", "regions", "made"]
    files: str = ""
    lines: str = ""
    issue: int = 22
    count: int = 0
    weight: float = 1.0


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold what the table is fitted on, and what it is pulled towards."""

    start: str
    words: dict[str, Words]
    parts: tuple[Part, ...]


def read_start() -> dict[str, float]:
    """Read the weights that the fit is pulled towards: set by hand, for any line of a heading."""
    (recipe,) = read_recipe_of("headings", Recipe)
    return spread(parse_table((files(__package__) / recipe.start).read_bytes(), recipe.start))


def read_stretches(corpus: Path) -> dict[str, list[Stretch]]:
    """Read or make the stretches of each part; a part whose files are not there has none."""
    (recipe,) = read_recipe_of("headings", Recipe)
    (english,) = [table.words for table in read_recipe() if table.name == "joins.latin"]
    # Letters are misread alike in all languages.
    others = {
        code: msgspec.structs.replace(words, confusions=english.confusions) for code, words in recipe.words.items()
    }
    return {part.name: list(_stretches(part, corpus, {"en": english, **others})) for part in recipe.parts}


def _stretches(part: Part, corpus: Path, words: Mapping[str, Words]) -> Iterator[Stretch]:
    if part.kind == "marked":
        for marks in read_marks((files(__package__) / part.files).read_text("utf-8")):
            if (corpus / marks.path).is_file():
                yield from _marked(corpus / marks.path, marks, part)
    elif part.kind == "regions":
        for path in sorted(corpus.glob(part.files)):
            raw = path.parent.parent / f"{path.stem}.txt"
            if raw.is_file():
                yield from _regions(raw, path, part)
    else:
        yield from _made(corpus, part, words)


def _marked(path: Path, marks: Marks, part: Part) -> Iterator[Stretch]:
    text = read_source(path).text
    letters = dict(marks.rows)
    pages = see_pages(running_pages(text))
    style = heading_style(pages)
    for page in pages:
        numbers = number_lines(text, page.lines if page.looks else ())
        states = [_LETTERS[letters.get(number, "t")] if marks.has_read(number) else ANY for number in numbers]
        yield from stretches_of(page, style, states, path.stem[: part.issue], part.weight)


def _regions(raw: Path, path: Path, part: Part) -> Iterator[Stretch]:
    told = list(tell_regions(read_json(path)["articles"]))
    pages = see_pages(running_pages(read_source(raw).text))
    style = heading_style(pages)
    for page in pages:
        states = judge_states(page.lines, told)
        yield from stretches_of(page, style, states, path.stem[: part.issue], part.weight)


def _made(corpus: Path, part: Part, words: Mapping[str, Words]) -> Iterator[Stretch]:
    draw = random.Random(SEED)  # noqa: S311  # repeatable is what is wanted
    clean = clean_paragraphs(sorted(corpus.glob(part.files)), part.issue) | _human_lines(
        sorted(corpus.glob(part.lines))
    )
    languages = {name: language_of(" ".join(paragraphs[:_ENOUGH]), "auto") for name, paragraphs in clean.items()}
    spoken = {name: words[language.code] for name, language in languages.items()}
    for sheet in headed_sheets(clean, spoken, draw, part.count, part.weight) if clean else ():
        (page,) = see_pages([(sheet.lines, languages[sheet.group])])
        yield from stretches_of(page, heading_style([page]), list(map(_states, sheet.parts)), sheet.group, sheet.weight)


def _human_lines(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Read lines that people put right as paragraphs of some sentences, in as many groups as there are folds."""
    texts = [
        _BROKEN.sub("", " ".join(json.loads(row)["corrected_lines"]))
        for path in paths
        for row in path.read_text("utf-8").splitlines()
    ]
    sentences = [SENTENCE_END.split(text) for text in texts]
    made = [" ".join(some[at : at + _SENTENCES]) for some in sentences for at in range(0, len(some), _SENTENCES)]
    clean = list(filter(is_clean, made))
    return {f"{paths[0].stem}-{fold}": clean[fold::FOLDS] for fold in range(FOLDS)} if clean else {}


def _states(letters: str) -> tuple[str, ...]:
    """Give the states that letters stand for: one of several, or what one stands for."""
    return _LETTERS[letters] if letters in _LETTERS else tuple(state for one in letters for state in _LETTERS[one])
