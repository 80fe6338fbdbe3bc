"""What an article of decoded JSON says: its texts, its heads, its names, and everything it prints in print order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from newspaper_cli.evaluation.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Json: TypeAlias = dict[str, Any]
Span: TypeAlias = tuple[int, int]

HEADS = ("kicker", "headline", "deck")
NOTES = ("captions", "jumps", "editors")


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one part of an article: its label, its rank among parts without place, its spans, its text as printed."""

    label: str
    rank: int
    spans: tuple[Span, ...]
    printed: str

    @property
    def text(self) -> str:
        """Return the text as compared."""
        return normalise(self.printed)


def list_items(value: Json, key: str) -> list[Json]:
    """List the objects under a key; a bare string stands for an object with that text, a null for nothing."""
    return [{"text": item} if isinstance(item, str) else item for item in value.get(key) or [] if item is not None]


def list_spans(item: Json, *single: str) -> tuple[Span, ...]:
    """List the spans of an object: `spans`, else the first key of `single` that holds one span."""
    spans = item.get("spans") or [item[key] for key in single if item.get(key)][:1]
    return tuple((start, end) for start, end in spans)


def lies_inside(span: Span, holders: Iterable[Span]) -> bool:
    """Tell whether a span lies within one of the holders."""
    return any(start <= span[0] and span[1] <= end for start, end in holders)


def list_texts(article: Json) -> list[str]:
    """List the paragraphs of an article as compared; an empty one is no paragraph."""
    return [text for text in (normalise(item.get("text")) for item in list_items(article, "paragraphs")) if text]


def list_heads(article: Json) -> list[str]:
    """List kicker, headline and deck as compared, those that are there."""
    return [text for text in (normalise(article.get(role)) for role in HEADS) if text]


def count_names(article: Json) -> Counter[str]:
    """Count the names of an article's bylines; a byline given as a bare string is its name."""
    return Counter(
        normalise(byline.get("name") if isinstance(byline, dict) else byline)
        for byline in article.get("bylines") or []
        if byline
    )


def join_prose(article: Json) -> str:
    """Join heads and paragraphs with their spaces kept, for counting words."""
    heads = [article.get(role) for role in HEADS]
    return " ".join(
        text for text in [*heads, *(item.get("text") for item in list_items(article, "paragraphs"))] if text
    )


def list_print(article: Json) -> list[str]:
    """List everything an article prints, each part once, for gold whose paragraphs hold heads and bylines too."""
    return [text for text in (part.text for part in list_parts(article)) if text]


def list_parts(article: Json) -> list[Part]:
    """List the parts of an article, each once.

    Parts stand in the order of their spans; if one has no place, in the order heads, bylines, paragraphs, the rest.
    Bylines and notes that lie inside a paragraph are annotations on it and are not repeated.
    """
    body = [span for item in list_items(article, "paragraphs") for span in list_spans(item)]
    parts = _drop_repeats(
        [
            *(_read_part(item.get("role") or "headline", 0, item) for item in _list_head_items(article)),
            *(_read_part("byline", 1, item) for item in _list_loose_bylines(article, body)),
            *(_read_part(item.get("kind") or "body", 2, item) for item in list_items(article, "paragraphs")),
            *(_read_part(item["label"], 3, item) for item in _list_loose_notes(article, body)),
        ]
    )
    placed = all(part.spans for part in parts)
    return sorted(parts, key=lambda part: part.spans[0][0] if placed else part.rank)


def _read_part(label: str, rank: int, item: Json) -> Part:
    """Read a part; a byline counts with the line it is printed on, which may hold more names than one."""
    text = item.get("line_text") or item.get("text")
    return Part(label, rank, list_spans(item, "line_span", "span"), "" if text is None else str(text))


def _drop_repeats(parts: Iterable[Part]) -> list[Part]:
    """Keep the first of all parts that stand in one place, such as two names on one byline line."""
    seen: set[tuple[Span, ...]] = set()
    kept = []
    for part in parts:
        if not part.spans or part.spans not in seen:
            kept.append(part)
        seen.add(part.spans)
    return kept


def _list_head_items(article: Json) -> list[Json]:
    """List the heads with their spans, or without them where only the three texts are given."""
    return list_items(article, "heads") or [
        {"role": role, "text": article[role]} for role in HEADS if article.get(role)
    ]


def _list_loose_bylines(article: Json, body: Sequence[Span]) -> Iterator[Json]:
    """Yield the bylines that no paragraph holds, by their spans or, without spans, by their text."""
    text = "".join(list_texts(article))
    for byline in list_items(article, "bylines"):
        spans = list_spans(byline, "span")
        held = all(lies_inside(span, body) for span in spans)
        if not (held if spans else normalise(byline.get("text") or byline.get("name")) in text):
            yield byline


def _list_loose_notes(article: Json, body: Sequence[Span]) -> Iterator[Json]:
    """Yield captions, jump lines and editor credits that no paragraph holds."""
    for key in NOTES:
        for item in list_items(article, key):
            if not (item.get("span") and lies_inside(item["span"], body)):
                yield {**item, "label": key.removesuffix("s")}
