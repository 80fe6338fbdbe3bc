"""Articles out of labelled blocks: a heading opens one, credits attach forward, captions and notes close none.

Whether a heading opens an article or only parts one (小标题) is a sum of weights, `weights/articles.tsv`; the features
are what stands around the heading, never what it says.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newspaper_cli.characters import CLOSERS, printed_width
from newspaper_cli.features import in_capitals
from newspaper_cli.labels import ArticleKind, Label, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

    from newspaper_cli.labeling import Labelled
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime

_LONGEST_STACK: Final = 6
_KICKER_RATIO: Final = 1.25
_FEWEST_ADVERT_LINES: Final = 4
_WIDE_GAP: Final = 2
_FEWEST_LEADS: Final = 2
_LONGEST_CLOSING: Final = 100
_INSIDE: Final = frozenset({Label.CAPTION, Label.FURNITURE, Label.EDITOR, Label.JUMP})


class Part(NamedTuple):
    """Hold one block of an article and what it does there; `paragraph` is set for body text alone."""

    labelled: Labelled
    label: Label
    paragraph: ParagraphKind | None = None


class Group(msgspec.Struct, frozen=True):
    """Hold the blocks of one article in reading order; `reasons` tell why it begins where it does."""

    kind: ArticleKind
    parts: tuple[Part, ...]
    reasons: tuple[tuple[str, float], ...] = ()

    def of(self, label: Label) -> tuple[Labelled, ...]:
        """Give the blocks that bear a label."""
        return tuple(part.labelled for part in self.parts if part.label is label)


class _Open(msgspec.Struct):
    """Gather the article that is being read."""

    kind: ArticleKind = ArticleKind.ARTICLE
    parts: list[Part] = []
    reasons: tuple[tuple[str, float], ...] = ()
    lead: str | None = None
    closed: bool = False

    def has(self, label: Label) -> bool:
        return any(part.label is label for part in self.parts)

    def close(self) -> Group:
        return Group(self.kind, tuple(self.parts), self.reasons)


class _Page(NamedTuple):
    """Hold what is known of the page before its articles are read."""

    blocks: Sequence[Labelled]
    language: Language
    ends_with_dateline: bool
    led: bool
    leads_open: bool


def group_articles(blocks: Sequence[Labelled], regime: Regime, language: Language) -> list[Group]:
    """Group the labelled blocks of one page; every block lands in exactly one group."""
    closings = sum(_closes(item, language) for item in blocks)
    openings = sum(item.label is Label.BYLINE or item.rule == "dateline" for item in blocks)
    # Old pages put several telegrams under one headline; on modern ones each report has a dateline of its own.
    modern = not regime.comma_stops
    page = _Page(blocks, language, closings > 0, modern and openings + closings >= _FEWEST_LEADS, modern)
    groups: list[Group] = []
    current = _Open()
    index = 0
    while index < len(blocks):
        stop = _run_end(blocks, index)
        fresh, taken = _read(page, index, stop, current)
        if fresh:
            if current.parts:
                groups.append(current.close())
            current = _Open(fresh.kind, [], fresh.reasons)
        current.parts += taken
        _note_state(current, taken, page)
        index = stop
    return [*groups, current.close()] if current.parts else groups


def _closes(item: Labelled, language: Language) -> bool:
    """Tell whether a text ends with its dateline, on a line of its own or behind the last sentence."""
    if item.label is not Label.BODY or item.block.text[-1] not in CLOSERS:
        return False
    text = item.block.text
    return language.pattern("leads.end_dateline").search(text, max(0, len(text) - _LONGEST_CLOSING)) is not None


def _dateline(item: Labelled, language: Language) -> regex.Match[str] | None:
    return language.pattern("leads.dateline").match(item.block.text) if item.rule == "dateline" else None


def _run_end(blocks: Sequence[Labelled], index: int) -> int:
    """Find the end of a run of headings that stand together; any other block stands alone."""
    stop = index + 1
    if blocks[index].label is Label.HEADLINE:
        while stop < len(blocks) and blocks[stop].label is Label.HEADLINE and not _parted(blocks, index, stop):
            stop += 1
    return stop


def _parted(blocks: Sequence[Labelled], first: int, index: int) -> bool:
    """Tell whether a stack of headings ends before this one: it is long enough, or a wide gap parts them."""
    return index - first >= _LONGEST_STACK or blocks[index].gap > max(_WIDE_GAP, blocks[first].gap)


def _read(page: _Page, index: int, stop: int, current: _Open) -> tuple[_Open | None, list[Part]]:
    """Say whether a new article opens here, and which parts the blocks from `index` to `stop` make."""
    item = page.blocks[index]
    if item.label is Label.HEADLINE:
        return _read_heading(page, index, stop, current)
    if item.label is Label.BYLINE:
        opens = current.has(Label.BODY) and _next_label(page.blocks, stop) is Label.BODY and _leads(page, stop, current)
        return (_Open() if opens else None), [Part(item, Label.BYLINE)]
    if item.label is Label.BODY:
        opens = current.has(Label.BODY) and _new_lead(page, item, current)
        return (_Open() if opens else None), [Part(item, Label.BODY, ParagraphKind.BODY)]
    jumped = item.label is Label.JUMP and page.language.pattern("parts.jump").fullmatch(item.block.text)["from"]
    opens = bool(jumped) and current.has(Label.BODY)
    return (_Open() if opens else None), [Part(item, item.label)]


def _leads(page: _Page, stop: int, current: _Open) -> bool:
    """Tell whether the byline before `stop` credits what follows rather than signs what went before."""
    return current.closed or page.blocks[stop].gap > 0 or current.lead is not None


def _new_lead(page: _Page, item: Labelled, current: _Open) -> bool:
    """Tell whether a dateline opens another article: the one before is closed, or tells of another day."""
    match = _dateline(item, page.language) if page.leads_open else None
    if not match:
        return False
    if current.closed or current.lead is None:
        return current.closed
    key = _lead_key(match.groupdict())
    return not key or current.lead != key


def _lead_key(groups: dict[str, str | None]) -> str:
    """Name the day a dateline tells of; reports without one (本报讯) are each of their own."""
    return groups.get("date") or ""


def _note_state(current: _Open, taken: Sequence[Part], page: _Page) -> None:
    for part in taken:
        if part.paragraph is not ParagraphKind.BODY:
            continue
        if _closes(part.labelled, page.language):
            current.closed = True
        elif match := _dateline(part.labelled, page.language):
            current.lead = _lead_key(match.groupdict()) if current.lead is None else current.lead


def _read_heading(page: _Page, index: int, stop: int, current: _Open) -> tuple[_Open | None, list[Part]]:
    run = page.blocks[index:stop]
    following = _next_label(page.blocks, stop)
    names = tuple(_heading_features(page, index, stop, current))
    weights = _weights()
    reasons = tuple((name, weights.get(name, 0.0)) for name in names)
    if current.kind is ArticleKind.NOTICE and following is None:
        return None, [Part(item, Label.BODY, ParagraphKind.BODY) for item in run]
    if sum(weight for _, weight in reasons) <= 0:
        return None, [Part(item, Label.SUBHEAD, ParagraphKind.SUBHEAD) for item in run]
    if len(run) > 1 and page.language.pattern("openings.rubric").fullmatch(run[0].block.text):
        parts = [Part(run[0], Label.FURNITURE), *(Part(item, Label.HEADLINE) for item in run[1:])]
        return _Open(ArticleKind.BRIEF, reasons=reasons), parts
    if following in {Label.BODY, Label.BYLINE}:
        notice = len(run) == 1 and page.language.pattern("parts.notice").fullmatch(run[0].block.text)
        kind = ArticleKind.NOTICE if notice else ArticleKind.ARTICLE
        return _Open(kind, reasons=reasons), [Part(item, Label.HEADLINE) for item in run]
    kind = ArticleKind.ADVERTISEMENT if len(run) >= _FEWEST_ADVERT_LINES else ArticleKind.ARTICLE
    return _Open(kind, reasons=reasons), [Part(item, Label.HEADLINE) for item in run]


def _next_label(blocks: Sequence[Labelled], index: int) -> Label | None:
    return next((item.label for item in blocks[index:] if item.label not in _INSIDE), None)


def _heading_features(page: _Page, index: int, stop: int, current: _Open) -> Iterator[str]:
    """Name what speaks for and against an article that opens with this heading."""
    blocks = page.blocks
    first = blocks[index]
    yield "bias"
    if not current.has(Label.BODY):
        yield "no text before"
    if stop - index > 1:
        yield "stack"
    following = _next_label(blocks, stop)
    yield f"next {following.value if following else 'none'}"
    after = next((item for item in blocks[stop:] if item.label is Label.BODY), None)
    if after and following is Label.BODY and after.rule == "dateline":
        yield "next dateline"
    elif page.led and following is not Label.BYLINE:
        yield "no lead on a page of leads"
    if current.closed:
        yield "closed before"
    elif page.ends_with_dateline and current.lead is None and current.has(Label.BODY):
        yield "open before"
    if page.language.pattern("parts.rubric_tag").search(blocks[stop - 1].block.text):
        yield "rubric tag"
    yield from _look(first, page)


def _look(first: Labelled, page: _Page) -> Iterator[str]:
    if first.detached:
        yield "detached"
    if in_capitals(first.block.text):
        yield "capitals"
    if first.gap >= _WIDE_GAP:
        yield "wide gap"
    if first.block.lines[0].head:
        yield "spans columns"
    if page.language.pattern("openings.item").match(first.block.text):
        yield "item"


def head_roles(texts: Sequence[str], language: Language) -> list[Label]:
    """Tell kicker, headline and decks of a stack of headings apart, as far as their words allow.

    A kicker ends like a clause that goes on (…强调, ——) or is clearly longer than the line below it; a deck opens with
    a dash or follows the headline.
    """
    ends = language.pattern("parts.kicker_end")
    kickers = 0
    if len(texts) > 1 and not texts[0].startswith(("—", "―")):
        longer = printed_width(texts[0]) > _KICKER_RATIO * printed_width(texts[1])
        kickers = int(bool(ends.search(texts[0])) or (longer and not texts[1].startswith(("—", "―"))))
    return [Label.KICKER] * kickers + [Label.HEADLINE] + [Label.DECK] * (len(texts) - kickers - 1)


@cache
def _weights() -> dict[str, float]:
    rows = (files("newspaper_cli") / "weights" / "articles.tsv").read_text("utf-8").splitlines()
    return {name: float(weight) for name, _, weight in (row.partition("\t") for row in rows)}
