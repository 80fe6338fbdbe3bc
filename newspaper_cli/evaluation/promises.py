"""The promises of `split` on its own source: no character is lost, none is in two parts, each text is its spans."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from newspaper_cli.evaluation.parts import lies_inside, list_items, list_spans
from newspaper_cli.evaluation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newspaper_cli.evaluation.parts import Json, Span


@dataclass(frozen=True, slots=True)
class Repairs:
    """Hold the repairs of a page by the offset where they begin, in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    texts: tuple[str, ...]


def check_promises(source_text: str, predicted: Json) -> Tally:
    """Count what a prediction loses, doubles or misquotes of the decoded source; offsets are code points.

    A character that is no white space must lie in exactly one primary part: a masthead reading, furniture, a folio, a
    head, a paragraph, a caption, or a byline, jump line or editor credit outside paragraphs. One that a repair takes
    out (the second copy of an overlap) may lie in none. An empty prediction is a page that is missing.
    """
    if not predicted:
        return Tally.of({"pages": 1, "missing": 1})
    size = len(source_text)
    furniture = [span for item in list_items(predicted, "furniture") for span in list_spans(item, "span")]
    held = _count_cover(size, chain(furniture, _list_readings(predicted), *map(_list_primary, _articles(predicted))))
    dropped = [item["span"] for item in list_items(predicted, "repairs") if not item.get("after")]
    gone = _count_cover(size, dropped)
    ink = [at for at, char in enumerate(source_text) if not char.isspace()]
    repairs = _index_repairs(predicted)
    texts = [
        item for article in _articles(predicted) for key in ("paragraphs", "heads") for item in list_items(article, key)
    ]
    return Tally.of(
        {
            "pages": 1,
            "ink": len(ink),
            "lost": sum(not held[at] and not gone[at] for at in ink),
            "twice": sum(held[at] > 1 for at in ink),
            "furniture": sum(end - start for start, end in furniture),
            "texts": len(texts),
            "texts.wrong": sum(not _is_quoted(source_text, item, repairs) for item in texts),
        }
    )


def quote(source_text: str, spans: Iterable[Span], repairs: Repairs) -> str:
    """Return the text of spans in order, after the repairs that lie wholly inside one of them."""
    pieces = []
    for start, end in spans:
        at = start
        for place in range(bisect_left(repairs.starts, start), bisect_left(repairs.starts, end)):
            if at <= repairs.starts[place] < repairs.ends[place] <= end:
                pieces += [source_text[at : repairs.starts[place]], repairs.texts[place]]
                at = repairs.ends[place]
        pieces.append(source_text[at:end])
    return "".join(pieces)


def _articles(predicted: Json) -> list[Json]:
    """List the articles of a prediction."""
    return list_items(predicted, "articles")


def _list_readings(predicted: Json) -> list[Span]:
    """List the spans of what stands above the articles: masthead readings and folios."""
    readings = list_items(predicted.get("issue") or {}, "readings")
    spans = [span for reading in readings for span in list_spans(reading)]
    spans += [(start, end) for page in list_items(predicted, "pages") for start, end in page.get("folio_spans") or []]
    return spans


def _list_primary(article: Json) -> list[Span]:
    """List the spans of an article's primary parts; a byline line with two names is one part."""
    body = [span for item in list_items(article, "paragraphs") for span in list_spans(item)]
    texts = [span for key in ("heads", "captions") for item in list_items(article, key) for span in list_spans(item)]
    lines = [item.get("line_span") or item.get("span") for item in list_items(article, "bylines")]
    lines += [item.get("span") for key in ("jumps", "editors") for item in list_items(article, key)]
    loose = {(line[0], line[1]) for line in lines if line and not lies_inside(line, body)}
    return [*body, *texts, *loose]


def _count_cover(size: int, spans: Iterable[Sequence[int]]) -> list[int]:
    """Count for each character of the source how many spans hold it, in time linear in both."""
    steps = [0] * (size + 1)
    for start, end in spans:
        if start < min(end, size):
            steps[start] += 1
            steps[min(end, size)] -= 1
    return list(accumulate(steps))


def _index_repairs(predicted: Json) -> Repairs:
    """Index the repairs by their start; of two that begin together the last is the one that stands."""
    by_start = {item["span"][0]: item for item in list_items(predicted, "repairs")}
    ordered = [by_start[start] for start in sorted(by_start)]
    return Repairs(
        tuple(item["span"][0] for item in ordered),
        tuple(item["span"][1] for item in ordered),
        tuple(item.get("after") or "" for item in ordered),
    )


def _is_quoted(source_text: str, item: Json, repairs: Repairs) -> bool:
    """Tell whether a text equals its repaired spans, white space aside."""
    quoted = quote(source_text, list_spans(item), repairs)
    return "".join(quoted.split()) == "".join(str(item.get("text") or "").split())
