"""What each line of a page is in its headings, as gold or a reader tells: stretches of lines to learn from."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newspaper_cli.heading_lines import (
    CROSSHEAD,
    DECK,
    HEAD,
    MORE,
    PARTS,
    SIGNATURE,
    STATES,
    TEXT,
    describe,
    step_names,
)
from newspaper_cli.lone_lines import find_told
from newspaper_cli.training.alignment import place_lines, read_gold, squeezed
from newspaper_cli.training.stretches import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newspaper_cli.blocks import Sight
    from newspaper_cli.document import Line

# Nobody knows.
ANY: Final[tuple[str, ...]] = ()
_NO_HEAD: Final = tuple(state for state in STATES if state != HEAD)
# A first paragraph of gold that does not tell its heads is one if it is no longer, in characters.
_LONGEST_HEAD: Final = 100
_LEEWAY: Final = 2


class Text(NamedTuple):
    """Hold a text of gold, what its first line is, and what the lines are in which it goes on."""

    text: str
    first: tuple[str, ...]
    rest: tuple[str, ...]


def tell_states(articles: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    """Give the texts of gold in order, each with what its lines are."""
    for article in articles:
        heads = [head["text"] for head in article.get("heads") or ()]
        heads = heads or [article[name] for name in ("kicker", "headline", "deck") if article.get(name)]
        yield from (Text(head, (DECK if place else HEAD,), (MORE,)) for place, head in enumerate(heads))
        signed = [byline.get("text") or byline.get("name") or "" for byline in article.get("bylines") or ()]
        yield from (Text(text, (SIGNATURE,), (SIGNATURE,)) for text in signed)
        for paragraph in article.get("paragraphs") or ():
            text, kind = (
                (paragraph.get("text"), paragraph.get("kind")) if isinstance(paragraph, dict) else (paragraph, None)
            )
            if isinstance(text, str):
                yield Text(text, (CROSSHEAD,), (MORE,)) if kind == "subhead" else Text(text, (TEXT,), (TEXT,))


def tell_regions(articles: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    """Give the texts of gold that holds whole articles, heads among them, as a library's own segmentation parts them.

    A short text that comes first is the head; elsewhere there are other headings, but none that opens an article.
    """
    for article in articles:
        for place, text in enumerate(article["paragraphs"]):
            short = len(text) < _LONGEST_HEAD
            if place:
                yield Text(text, _NO_HEAD, _NO_HEAD)
            else:
                yield Text(text, (HEAD,) if short else ANY, (TEXT, MORE) if short else _NO_HEAD)


def judge_states(lines: Sequence[Line], told: Sequence[Text]) -> list[tuple[str, ...]]:
    """Say of each line what it is, as gold tells."""
    kept = [one for one in told if one.text.split()]
    gold = read_gold([one.text for one in kept], exact=False)
    starts = list(accumulate((len(squeezed(one.text)) for one in kept), initial=0))
    found: list[tuple[str, ...]] = []
    for place in place_lines(lines, gold):
        if place is None:
            found.append(ANY)
            continue
        text = min(bisect_right(starts, place[0] + _LEEWAY), len(kept)) - 1
        found.append(kept[text].first if abs(place[0] - starts[text]) <= _LEEWAY else kept[text].rest)
    return found


def stretches_of(
    page: Sight, style: str, states: Sequence[tuple[str, ...]], group: str, weight: float = 1.0
) -> Iterator[Stretch]:
    """Turn a page of which the state of each line is known, or not, into stretches of lines that may be of headings."""
    told = find_told([line.text for line in page.lines], page.language)
    seen = describe(page.lines, page.looks, style, told)
    names = [tuple(chain.from_iterable(name(key) for name, key in zip(PARTS, keys, strict=True))) for keys in seen.keys]
    steps = [tuple(step_names(key)) for key in seen.steps]
    start = 0
    for number, (first, last) in enumerate(seen.runs):
        stop = start + last - first
        may = seen.states[start:stop]
        known = [
            tuple(state for state in may_be if state in held) or may_be
            for may_be, held in zip(may, states[first:last], strict=True)
        ]
        yield Stretch(
            group,
            tuple(names[start:stop]),
            tuple(steps[start + number : stop + number + 1]),
            tuple(may),
            tuple(known),
            weight,
        )
        start = stop
