"""Articles out of labelled blocks: a heading opens one, credits attach forward, captions and notes close none."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

import msgspec

from newspaper_cli.characters import CLOSERS, printed_width
from newspaper_cli.features import end_class
from newspaper_cli.groups import Group, Part
from newspaper_cli.headings import WIDE_GAP, Situation, look_at, weigh
from newspaper_cli.headlines import is_cased_print
from newspaper_cli.kinds import tell_kinds
from newspaper_cli.labels import ArticleKind, Label, ParagraphKind
from newspaper_cli.sections import gather
from newspaper_cli.starts import find_starts
from newspaper_cli.tables import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import regex

    from newspaper_cli.labeling import Labelled
    from newspaper_cli.languages import Language
    from newspaper_cli.regime import Regime
    from newspaper_cli.tables import Weights

_LONGEST_STACK: Final = 6
_FEWEST_ADVERT_LINES: Final = 4
_FEWEST_LEADS: Final = 2
_LOOSE: Final = (Label.EDITOR, Label.FURNITURE)
_LONGEST_CLOSING: Final = 100
_MARK: Final = re.compile("[，、。；：！？,;!?:]")
_MOST_UNMARKED: Final = 25
_FEWEST_SET: Final = 8
_FEWEST_BLOCKS: Final = 6
_HEADINGS: Final = (Label.HEADLINE, Label.SUBHEAD)
_LONGEST_NOTICE: Final = 40
_WIDE_LINE: Final = 24
_COLONS: Final = ":："
_ENDED: Final = frozenset({"stop", "closer"})
# A tuple: members of an enumeration are hashed by Python code, and compared without it.
_INSIDE: Final = (Label.CAPTION, Label.FURNITURE, Label.EDITOR, Label.JUMP)
_PATTERNS: Final = ("parts.jump", "openings.rubric", "parts.notice", "parts.rubric_tag", "openings.item")
_BELOW_GAP: Final = (("rule parted articles", 1.0),)


class _Open(msgspec.Struct):
    """Gather the article that is being read."""

    kind: ArticleKind = ArticleKind.ARTICLE
    parts: list[Part] = []
    reasons: tuple[tuple[str, float], ...] = ()
    lead: str | None = None
    closed: bool = False
    told: bool = False
    introduces: bool = False

    def close(self) -> Group:
        return Group(self.kind, tuple(self.parts), self.reasons)


class _Patterns(NamedTuple):
    """Hold the patterns that headings are tried on, looked up once a page."""

    jump: regex.Pattern[str]
    rubric: regex.Pattern[str]
    notice: regex.Pattern[str]
    rubric_tag: regex.Pattern[str]
    item: regex.Pattern[str]


class _Page(NamedTuple):
    """Hold what is known of the page before its articles are read.

    `closings` are the places of the blocks that end with a dateline, `days` give what the datelines that open a block
    print as their day, by the place of the block.
    """

    blocks: Sequence[Labelled]
    patterns: _Patterns
    closings: frozenset[int]
    days: Mapping[int, str]
    led: bool
    leads_open: bool
    parted: bool
    weights: Weights


def group_articles(
    blocks: Sequence[Labelled], regime: Regime, language: Language, weights: Weights = SHIPPED
) -> list[Group]:
    """Group the labelled blocks of one page and tell the kind of each group; every block lands in exactly one."""
    groups = group_blocks(blocks, regime, language, weights)
    if is_cased_print(regime, language):
        groups = gather(tell_kinds(groups, language, weights))
    return [_announce(group, language) for group in groups]


def group_blocks(
    blocks: Sequence[Labelled], regime: Regime, language: Language, weights: Weights = SHIPPED
) -> list[Group]:
    """Group the labelled blocks of one page by article."""
    groups = group_by_headings(blocks, regime, language, weights)
    solid = regime.layout == "lines" and not language.joiner and _is_solid(blocks)
    if solid:
        groups = _regroup(groups, regime, weights)
    return [_settle(group, language) for group in groups] if solid or regime.parted else groups


def group_by_headings(
    blocks: Sequence[Labelled], regime: Regime, language: Language, weights: Weights = SHIPPED
) -> list[Group]:
    """Group the blocks of one page by what its headings, bylines and datelines say."""
    page = _see(blocks, regime, language, weights)
    groups: list[Group] = []
    current = _Open()
    index = 0
    while index < len(blocks):
        stop = _run_end(page, index)
        fresh, taken = (_read_parted if page.parted else _read)(page, index, stop, current)
        if fresh:
            # Credits of the page's makers above the first headline are no article: they go to the one that follows.
            loose = all(part.label in _LOOSE for part in current.parts)
            if not loose:
                groups.append(current.close())
            current = _Open(fresh.kind, current.parts if loose else [], fresh.reasons)
        current.parts += taken
        _note_state(current, page, index, taken)
        index = stop
    return [*groups, current.close()] if current.parts else groups


def _is_solid(blocks: Sequence[Labelled]) -> bool:
    """Tell whether the lines of a page stand as in the file, without a blank line or a change of column."""
    if len(blocks) < _FEWEST_BLOCKS or any(item.gap for item in blocks[1:]):
        return False
    places = [(item.block.lines[0].column, item.block.lines[0].start) for item in blocks]
    return places[0][0] == places[-1][0] and places == sorted(places)


def _regroup(groups: Sequence[Group], regime: Regime, weights: Weights) -> list[Group]:
    """Group the blocks of a page without blank lines anew, by where articles are likely to open."""
    parts = [part for group in groups for part in group.parts]
    firsts = dict(zip(accumulate([len(group.parts) for group in groups], initial=0), groups, strict=False))
    starts = find_starts([part.labelled for part in parts], regime, firsts.keys(), weights)
    bounds = [*sorted(starts), len(parts)]
    return [
        Group(
            firsts[first].kind if first in firsts else ArticleKind.ARTICLE,
            tuple(_in_place(parts[first:last])),
            (("start", starts[first]), *(firsts[first].reasons if first in firsts else ())),
        )
        for first, last in pairwise(bounds)
    ]


def _in_place(parts: Iterable[Part]) -> Iterator[Part]:
    """Make headings above the text of an article heads, and those below its beginning subheads."""
    told = False
    for part in parts:
        told = told or part.paragraph is ParagraphKind.BODY
        if part.label not in _HEADINGS:
            yield part
        elif told:
            yield Part(part.labelled, Label.SUBHEAD, ParagraphKind.SUBHEAD)
        else:
            yield Part(part.labelled, Label.HEADLINE)


def _announce(group: Group, language: Language) -> Group:
    """Tell a formal announcement that is nothing but its own heading."""
    lone = len(group.parts) == 1 and group.parts[0].labelled.block.text
    if lone and len(lone) <= _LONGEST_NOTICE and language.match("parts.notice", lone, whole=True):
        return Group(ArticleKind.NOTICE, group.parts, group.reasons)
    return group


def _settle(group: Group, language: Language) -> Group:
    """Tell what stands apart among articles and bears no marks: an advertisement, or the words below a picture.

    On 78 keyed pages parted so, 518 articles have a mark for every 8 characters, 8 of them less than one for 25; of 182
    advertisements, rate tables and captions all but 11 have less. What is signed, or set in many lines as wide as those
    of a column, is an article all the same.
    """
    text = "".join(part.labelled.block.text for part in group.parts)
    if group.kind is not ArticleKind.ARTICLE or len(_MARK.findall(text)) * _MOST_UNMARKED >= len(text):
        return group
    widths = sorted(printed_width(line.text) for part in group.parts for line in part.labelled.block.lines)
    if group.of(Label.BYLINE) or (len(widths) >= _FEWEST_SET and widths[len(widths) // 2] >= _WIDE_LINE):
        return group
    if len(group.parts) == 1 and language.match("parts.picture", text, whole=True):
        return Group(group.kind, (Part(group.parts[0].labelled, Label.FURNITURE),), group.reasons)
    return Group(ArticleKind.ADVERTISEMENT, group.parts, (*group.reasons, ("rule no marks", 1.0)))


def _see(blocks: Sequence[Labelled], regime: Regime, language: Language, weights: Weights) -> _Page:
    """See where the datelines of a page stand."""
    closings = frozenset([index for index, item in enumerate(blocks) if _closes(item, language)])
    days = {index: _day(item, language) for index, item in enumerate(blocks) if item.rule == "dateline"}
    leads = len(closings) + len(days) + sum([item.label is Label.BYLINE for item in blocks])
    # Old pages, and those in Latin script, put several telegrams under one headline and reports without a dateline
    # beside them; on modern Chinese ones each report has a dateline of its own.
    modern = not regime.comma_stops and not language.joiner
    led = modern and leads >= _FEWEST_LEADS
    patterns = _Patterns(*map(language.pattern, _PATTERNS))
    return _Page(blocks, patterns, closings, days, led, modern, regime.parted, weights)


def _closes(item: Labelled, language: Language) -> bool:
    """Tell whether a text ends with its dateline, on a line of its own or behind the last sentence."""
    if item.label is not Label.BODY or item.block.text[-1] not in CLOSERS:
        return False
    text = item.block.text
    return language.pattern("leads.end_dateline").search(text, max(0, len(text) - _LONGEST_CLOSING)) is not None


def _day(item: Labelled, language: Language) -> str:
    """Give the day a dateline tells of; reports without one (本报讯) are each of their own.

    Wide digits are those of one agency, narrow ones those of another: the day is the same.
    """
    match = language.match("leads.dateline", item.block.text)
    return "".join(normalize("NFKC", match.groupdict().get("date") or "").split()) if match else ""


def _run_end(page: _Page, index: int) -> int:
    """Find the end of a run of headings that stand together; any other block stands alone."""
    blocks = page.blocks
    stop = index + 1
    if page.parted:
        return stop
    if blocks[index].label is Label.HEADLINE:
        while stop < len(blocks) and _goes_on(blocks[stop]) and not _parted(blocks, index, stop):
            stop += 1
    return stop


def _goes_on(item: Labelled) -> bool:
    return item.label is Label.HEADLINE and not item.opens


def _parted(blocks: Sequence[Labelled], first: int, index: int) -> bool:
    """Tell whether a stack of headings ends before this one: it is long enough, or a wide gap parts them."""
    return index - first >= _LONGEST_STACK or blocks[index].gap > max(WIDE_GAP, blocks[first].gap)


def _read(page: _Page, index: int, stop: int, current: _Open) -> tuple[_Open | None, list[Part]]:
    """Say whether a new article opens here, and which parts the blocks from `index` to `stop` make."""
    item = page.blocks[index]
    label = item.label
    if label is Label.HEADLINE:
        return _read_heading(page, index, stop, current)
    if label is Label.BODY:
        opens = current.told and _new_lead(page, index, current)
        return (_Open() if opens else None), [Part(item, label, ParagraphKind.BODY)]
    if label is Label.BYLINE:
        signs = _next_label(page.blocks, stop) is Label.BODY and not _announces(current)
        opens = current.told and signs and _leads(page, stop, current)
        return (_Open() if opens else None), [Part(item, label)]
    if label is Label.SUBHEAD:
        part = Part(item, label, ParagraphKind.SUBHEAD) if current.told else Part(item, Label.HEADLINE)
        return None, [part]
    jump = page.patterns.jump.fullmatch(item.block.text) if label is Label.JUMP else None
    opens = current.told and jump is not None and bool(jump["from"])
    return (_Open() if opens else None), [Part(item, label)]


def _read_parted(page: _Page, index: int, _stop: int, current: _Open) -> tuple[_Open | None, list[Part]]:
    """Open an article below each blank line, where those part articles; what stands inside one opens none."""
    item = page.blocks[index]
    # A byline above a blank line signs the text below it.
    signed = item.label is Label.BODY and bool(current.parts) and current.parts[-1].label is Label.BYLINE
    opens = item.gap > 0 and (current.told or not signed)
    notice = opens and item.label is Label.HEADLINE and page.patterns.notice.fullmatch(item.block.text)
    fresh = _Open(ArticleKind.NOTICE if notice else ArticleKind.ARTICLE, reasons=_BELOW_GAP) if opens else None
    if item.label is Label.HEADLINE and current.told and not opens:
        return None, [Part(item, Label.SUBHEAD, ParagraphKind.SUBHEAD)]
    return fresh, [Part(item, item.label, ParagraphKind.BODY if item.label is Label.BODY else None)]


def _leads(page: _Page, stop: int, current: _Open) -> bool:
    """Tell whether the byline before `stop` credits what follows rather than signs what went before."""
    return current.closed or page.blocks[stop].gap > 0 or current.lead is not None


def _announces(current: _Open) -> bool:
    """Tell whether the article so far ends with a title of what goes on below: a text without an end of its own."""
    last = current.parts[-1] if current.parts else None
    if last is None or last.label is not Label.BODY:
        return last is not None and last.label is Label.SUBHEAD
    return end_class(last.labelled.block.text) not in _ENDED


def _new_lead(page: _Page, index: int, current: _Open) -> bool:
    """Tell whether a dateline opens another article: the one before is closed, or tells of another day."""
    day = page.days.get(index) if page.leads_open else None
    if day is None:
        return False
    if current.closed or current.lead is None:
        return current.closed
    return not day or current.lead != day


def _note_state(current: _Open, page: _Page, index: int, taken: Sequence[Part]) -> None:
    """Note what the parts made of the blocks from `index` on say about the article."""
    for place, part in enumerate(taken, index):
        if part.paragraph is not ParagraphKind.BODY:
            continue
        current.told = True
        current.introduces = part.labelled.block.text[-1] in _COLONS
        if place in page.closings:
            current.closed = True
        elif current.lead is None:
            current.lead = page.days.get(place)


def _read_heading(page: _Page, index: int, stop: int, current: _Open) -> tuple[_Open | None, list[Part]]:
    run = page.blocks[index:stop]
    following = _next_label(page.blocks, stop)
    if run[0].opens is False and not current.told:
        return None, [Part(item, Label.HEADLINE) for item in run]
    reasons, score = _weigh(page, index, stop, current)
    if current.kind is ArticleKind.NOTICE and following is None:
        return None, [Part(item, Label.BODY, ParagraphKind.BODY) for item in run]
    if score <= 0:
        return None, [Part(item, Label.SUBHEAD, ParagraphKind.SUBHEAD) for item in run]
    if len(run) > 1 and page.patterns.rubric.fullmatch(run[0].block.text):
        parts = [Part(run[0], Label.FURNITURE), *(Part(item, Label.HEADLINE) for item in run[1:])]
        return _Open(ArticleKind.BRIEF, reasons=reasons), parts
    if following is Label.BODY or following is Label.BYLINE:
        notice = len(run) == 1 and page.patterns.notice.fullmatch(run[0].block.text)
        kind = ArticleKind.NOTICE if notice else ArticleKind.ARTICLE
        return _Open(kind, reasons=reasons), [Part(item, Label.HEADLINE) for item in run]
    kind = ArticleKind.ADVERTISEMENT if len(run) >= _FEWEST_ADVERT_LINES else ArticleKind.ARTICLE
    return _Open(kind, reasons=reasons), [Part(item, Label.HEADLINE) for item in run]


def _weigh(page: _Page, index: int, stop: int, current: _Open) -> tuple[tuple[tuple[str, float], ...], float]:
    """Weigh whether a heading opens an article, unless that was told when its lines were."""
    first = page.blocks[index]
    return (first.reasons, first.score) if first.opens else weigh(_situation(page, index, stop, current), page.weights)


def _next_place(blocks: Sequence[Labelled], index: int) -> int | None:
    """Find the next block that is more than a note inside an article."""
    return next((place for place in range(index, len(blocks)) if blocks[place].label not in _INSIDE), None)


def _next_label(blocks: Sequence[Labelled], index: int) -> Label | None:
    place = _next_place(blocks, index)
    return None if place is None else blocks[place].label


def _situation(page: _Page, index: int, stop: int, current: _Open) -> Situation:
    """Describe a heading by what speaks for and against an article that opens with it."""
    following = _next_place(page.blocks, stop)
    label = page.blocks[following].label if following is not None else None
    led = label is Label.BODY and following in page.days
    return (
        current.told,
        stop - index > 1,
        label.value if label else "none",
        "dateline" if led else "none" if page.led and label is not Label.BYLINE else "",
        _end_before(page, current),
        any(page.patterns.rubric_tag.search(block.block.text) for block in page.blocks[index:stop]),
        look_at(page.blocks[index], page.patterns.item),
    )


def _end_before(page: _Page, current: _Open) -> str:
    """Say how the article before a heading ends: with its dateline, without one, or with a text announced to follow."""
    if current.introduces:
        return "colon"
    if current.closed:
        return "closed"
    return "open" if page.closings and current.lead is None and current.told else ""
