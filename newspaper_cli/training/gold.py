"""A user's keyed pages: raw text with gold beside it, laid side by side; what does not fit is told, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from newspaper_cli.blocks import heading_style, see_pages
from newspaper_cli.errors import UnreadableError, UsageError
from newspaper_cli.headlines import TABLE
from newspaper_cli.pipeline import language_of, running_lines
from newspaper_cli.regime import read_regime
from newspaper_cli.source import read_source
from newspaper_cli.tables import table_of
from newspaper_cli.training.alignment import judge_seams, place_lines, read_gold
from newspaper_cli.training.fitting import read_examples
from newspaper_cli.training.headings import chains_of, judge_lines, labels_table, tell_headings
from newspaper_cli.training.line_states import judge_states, stretches_of, tell_states
from newspaper_cli.training.sheets import Sheet
from newspaper_cli.training.sources import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from newspaper_cli.document import Line
    from newspaper_cli.languages import Language
    from newspaper_cli.training.fitting import Example
    from newspaper_cli.training.sequences import Chain
    from newspaper_cli.training.stretches import Stretch

# Where gold for NAME.txt is looked for, the nearest to the print first: printed lines, then an issue.
_PLACES: Final = ("lines", "", "gold")
# Of its running lines, how many a page must find in its gold to be believed.
_FOUND_SHARE: Final = 0.5
_ONE_LINE: Final = ("kicker", "headline", "deck", "text")


class Keyed(msgspec.Struct, frozen=True):
    """Hold one page that can be learnt from: its gold, the tables it goes by, its seams, and its blocks in chains.

    Raw texts of several shapes may share one gold; they are never in training and test at once. Gold that lists the
    printed lines tells of joins alone: it has no chains.
    """

    gold: Path
    joins: str
    examples: tuple[Example, ...]
    labels: str
    chains: tuple[Chain | Stretch, ...]


class Collection(msgspec.Struct, frozen=True):
    """Hold the pages of a folder: those to learn from, and why others are left out.

    `problems` are pages whose gold cannot be used, `idle` those of one line or with nothing else to learn from.
    """

    pages: tuple[Keyed, ...]
    problems: tuple[str, ...]
    idle: tuple[str, ...]


def read_collection(folder: Path, language: str = "auto") -> Collection:
    """Read the pages of a folder and the folders in it that have gold beside them.

    Raises:
        UnreadableError: there is no such folder, or no page in it can be learnt from.
        UsageError: it is a file, or holds no page with gold beside it.
    """
    pairs = [(raw, gold) for raw in _raw_pages(folder) if (gold := _gold_of(raw))]
    if not pairs:
        message = (
            f"{folder} holds no page with gold beside it; expected NAME.txt with lines/NAME.json (a list of printed "
            "lines for each paragraph), or with NAME.json (an issue as split prints it, put right)"
        )
        raise UsageError(message)
    pages: list[Keyed] = []
    problems: list[str] = []
    idle: list[str] = []
    for raw, gold in pairs:
        try:
            page = _read_page(raw, gold, language)
        except UnreadableError as error:
            problems.append(str(error))
            continue
        if page.examples or page.chains:
            pages.append(page)
        else:
            idle.append(f"{raw}: it has no two lines of which {gold} tells whether they join")
    if not pages:
        reasons = [*problems, *idle]
        message = f"none of the {len(pairs)} pages in {folder} can be learnt from; {reasons[0]}"
        raise UnreadableError(message)
    return Collection(tuple(pages), tuple(problems), tuple(idle))


def _raw_pages(folder: Path) -> list[Path]:
    try:
        next(folder.iterdir(), None)
    except NotADirectoryError as error:
        message = f"{folder} is a file; train needs a folder of pages with gold beside them"
        raise UsageError(message) from error
    except OSError as error:
        message = f"{folder} cannot be read: {error.strerror or error}"
        raise UnreadableError(message) from error
    return sorted(path for path in folder.rglob("*.txt") if path.is_file())


def _gold_of(raw: Path) -> Path | None:
    """Find the gold of a page; of one page there may be raw texts of several shapes, NAME.SHAPE.txt."""
    names = dict.fromkeys((f"{raw.stem}.json", f"{raw.stem.rpartition('.')[0] or raw.stem}.json"))
    places = (raw.parent / place / name for name in names for place in _PLACES)
    return next((place for place in places if place.is_file()), None)


def _read_page(raw: Path, path: Path, language: str) -> Keyed:
    source = read_source(raw)
    known = language_of(source.text, language)
    held = read_json(path)
    gold = read_gold(list(_paragraphs(held, path)), exact=False)
    articles = [article for issue in _issues(held) for article in issue["articles"]]
    examples: list[Example] = []
    chains: list[Chain | Stretch] = []
    lines = found = 0
    pages = running_lines(source.text, known)
    labels = labels_table(max(pages, key=len, default=[]), known)
    for page in pages:
        places = place_lines(page, gold)
        lines, found = lines + len(places), found + len(places) - places.count(None)
        # Whole paragraphs one below the other are not joined, whatever the weights.
        if page and not read_regime(page).whole:
            examples += read_examples(Sheet(raw.stem, page, judge_seams(places, gold)), known)
        if articles and labels_table(page, known) == labels:
            chains += _chains(raw.stem, page, articles, known)
    if found < lines * _FOUND_SHARE:
        message = f"{raw}: only {found} of {lines} lines are in {path}: it seems to be the gold of another page"
        raise UnreadableError(message)
    return Keyed(path, table_of("joins", known), tuple(examples), labels, tuple(chains))


def _chains(
    group: str, page: Sequence[Line], articles: Sequence[Mapping[str, Any]], language: Language
) -> Iterator[Chain | Stretch]:
    """Turn a page into chains of blocks, or into stretches of lines where headings are told line by line."""
    if labels_table(page, language) == TABLE:
        seen = see_pages([(page, language)])
        states = judge_states(page, list(tell_states(articles)))
        return stretches_of(seen[0], heading_style(seen), states, group)
    heads = judge_lines(page, list(tell_headings(articles)), whole=False)
    return chains_of(Sheet(group, page, (), heads=heads), language)


def _issues(gold: Any) -> list[Any]:  # noqa: ANN401  # JSON of any shape
    """Give the issues that gold holds; lists of printed lines hold none."""
    return [issue for issue in (gold if isinstance(gold, list) else [gold]) if _is_issue(issue)]


def _paragraphs(gold: Any, path: Path) -> Iterator[str]:  # noqa: ANN401  # JSON of any shape
    """Give the paragraphs of gold: lists of printed lines, or the texts of one issue or several.

    Raises:
        UnreadableError: it is neither.
    """
    if isinstance(gold, dict) and "articles" not in gold:
        gold = gold.get("paragraphs")
    if isinstance(gold, list) and gold and all(isinstance(part, list) for part in gold):
        yield from ("".join(map(str, lines)) for lines in gold)
        return
    issues = gold if isinstance(gold, list) else [gold]
    if not issues or not all(map(_is_issue, issues)):
        message = f"{path} is no gold: expected a list of printed lines for each paragraph, or an issue with articles"
        raise UnreadableError(message)
    for issue in issues:
        for article in issue["articles"]:
            yield from _article_texts(article)
        yield from _texts(issue.get("furniture"))


def _is_issue(value: Any) -> bool:  # noqa: ANN401
    articles = value.get("articles") if isinstance(value, dict) else None
    return isinstance(articles, list) and all(isinstance(article, dict) for article in articles)


def _article_texts(article: Mapping[str, Any]) -> Iterator[str]:
    """Give the texts of an article; its heads first, as they are printed."""
    yield from (article[key] for key in _ONE_LINE if isinstance(article.get(key), str))
    for key in ("paragraphs", "captions", "jumps", "editors"):
        yield from _texts(article.get(key))


def _texts(values: Any) -> Iterator[str]:  # noqa: ANN401
    for value in values if isinstance(values, list) else []:
        text = value.get("text") if isinstance(value, dict) else value
        if isinstance(text, str):
            yield text
