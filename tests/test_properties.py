"""Promises that hold on any page, hostile ones first: nothing raises, nothing is lost, everything can be undone."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import pages

from newspaper_cli.document import Issue, Source
from newspaper_cli.export import render
from newspaper_cli.export.schema import issue_schema
from newspaper_cli.pipeline import analyse
from newspaper_cli.repairs import apply, invert, keep_lines
from newspaper_cli.source import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspaper_cli.document import Caption, Edit, Head, Paragraph, Span

SCHEMA = Draft202012Validator(issue_schema())
hostile = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
# Lines in the shapes that pages have, so that the stages behind the masthead have something to read.
REALISTIC = (
    "岚川日报",
    "2021年11月",
    "18",
    "星期四 今日4版",
    "第6127期",
    "民國廿三年四月十四日",
    "全县秋粮收购现场会在柘口镇召开 颗粒归仓更要卖得舒心",
    "柳渡大桥建成通车",
    "——记柘口镇十二公里村道",
    "本报记者 鲁青 刘 歌",
    "（山翁）",
    "本报讯 16日,全县秋粮收购现场会在柘口镇粮站召开,通报今年秋粮收购进度。",
    "本报讯 （记者 邵一帆）昨天凌晨4点，霁城南门菜场的灯亮了。卖豆腐的窦师傅把第一",
    "板豆腐端上新摊位，这是他在南门卖豆腐的第十九个年头，也是头一回不用撑伞做生",
    "意。南门菜场建于上世纪八十年代，棚顶漏雨、地面积水，",
    "周边居民反映了多年。",
    "（柘口十三日電）新圩工竣、計長三千二百丈、堤身一律加高五尺、臨湖一面、並用",
    "、亂石護坡、工程師語記者云、不足爲患矣、",
    "路 通 之 后 , 村 里 又 办 了 一 件 事",
    "图为村民在湖上收网。    本报记者 卞长亭 摄",
    "（下转第2版）",
    "责编：郗远",
    "岚川日报公众微信",
    "遗失声明",
    "（本报柘口6月19日电）",
    "1. 不准拥挤",
)
LATIN = (
    "THE PELLHAVEN LEDGER",
    "VOL. XII. No. 14.  THURSDAY, JANUARY 8, 1903.  TWO CENTS",
    "IRON BRIDGE OPENED",
    "By Ezra Whitcomb",
    "PELLHAVEN, Ohio, Jan. 7.—The new iron bridge over the river was opened to wag-",
    "ons on Monday at noon, three weeks ahead of the contract. Mayor Durrow drove the first",
    "team across, and the school children were given the rest of the day. Two coal steam-",
    "ers went aground without loss of life.",
    "  The trustees ask that the school-",
    "house stove be left as it was found.",
    "Continued on page 4",
)
LINE_ENDS = ("\n", "\n", "\n", "\n\n", "\n\n\n", "\r\n", "\f")


def realistic_pages(lines: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Draw pages of these lines, in any order and with line ends of any kind."""
    drawn = st.lists(st.tuples(st.sampled_from(lines), st.sampled_from(LINE_ENDS)), max_size=16)
    return drawn.map(lambda found: "".join(text + end for text, end in found))


any_page = st.one_of(pages(max_lines=16), realistic_pages(REALISTIC), realistic_pages(LATIN))


def as_source(text: str) -> Source:
    """Give a text as UTF-8 bytes of a file would be read: lone surrogates only where bytes are undecodable."""
    data = text.encode("utf-8", "surrogatepass")
    return Source(data.decode("utf-8", "surrogateescape"), "utf-8", hashlib.sha256(data).hexdigest(), "page.txt")


def held(issue: Issue) -> Iterator[Span]:
    """Give the spans of every primary part; of a byline, jump line or credit those outside other parts."""
    for reading in issue.issue.readings:
        yield from reading.spans
    for furniture in issue.furniture:
        yield from furniture.spans
    for page in issue.pages:
        yield from page.folio_spans
    for article in issue.articles:
        groups: tuple[tuple[Head | Paragraph | Caption, ...], ...] = (
            article.heads,
            article.paragraphs,
            article.captions,
        )
        texts = [span for group in groups for part in group for span in part.spans]
        yield from texts
        loose = {byline.line_span for byline in article.bylines}
        loose |= {jump.span for jump in article.jumps} | {editor.span for editor in article.editors}
        yield from (span for span in loose if not any(a <= span[0] and span[1] <= b for a, b in texts))


def counted(issue: Issue, size: int) -> list[int]:
    """Count for each character the primary parts that hold it."""
    counts = [0] * size
    for start, end in held(issue):
        for place in range(start, end):
            counts[place] += 1
    return counts


def quoted(text: str, paragraph: Paragraph, repairs: tuple[Edit, ...]) -> str:
    """Give a paragraph's spans with the repairs inside them made, without white space."""
    pieces = []
    for start, end in paragraph.spans:
        place = start
        for edit in repairs:
            if start <= edit.span[0] < edit.span[1] <= end:
                pieces += [text[place : edit.span[0]], edit.after]
                place = edit.span[1]
        pieces.append(text[place:end])
    return "".join("".join(pieces).split())


def all_spans(value: object) -> Iterator[tuple[tuple[Span, ...], bool]]:
    """Give the spans of every part of an issue, with whether they are a list that must be in order."""
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            found = getattr(value, field)
            if field in {"span", "line_span", "date_span"} and found is not None:
                yield (found,), False
            elif field in {"spans", "folio_spans"}:
                yield found, True
            else:
                yield from all_spans(found)
    elif isinstance(value, tuple):
        for part in value:
            yield from all_spans(part)


@given(any_page)
@example("")
@example("\ufeff")
@example("\f\f")
@example("、")
@example("，" * 40)
@example("一")
@hostile
def test_every_printed_character_is_in_exactly_one_part(text: str) -> None:
    source = as_source(text)
    issue = analyse(source).issue
    dropped = {place for edit in issue.repairs if not edit.after for place in range(*edit.span)}
    counts = counted(issue, len(source.text))
    wrong = [
        (place, source.text[place], count)
        for place, count in enumerate(counts)
        if not source.text[place].isspace() and (count > 1 or (count == 0 and place not in dropped))
    ]
    assert wrong == []


@given(any_page)
@hostile
def test_spans_lie_in_the_source_and_hold_ink(text: str) -> None:
    source = as_source(text)
    issue = analyse(source).issue
    for spans, _ in all_spans(issue):
        assert all(0 <= start <= end <= len(source.text) for start, end in spans)
    for article in issue.articles:
        for byline in article.bylines:
            assert byline.line_span[0] <= byline.span[0] < byline.span[1] <= byline.line_span[1]


@given(any_page)
@hostile
def test_spans_of_a_part_follow_each_other_unless_the_page_was_reordered(text: str) -> None:
    found = analyse(as_source(text))
    if found.plan.order is None:
        for spans, in_order in all_spans(found.issue):
            assert not in_order or all(first[1] <= second[0] for first, second in pairwise(spans))


@given(any_page)
@hostile
def test_a_text_is_its_spans_after_the_repairs(text: str) -> None:
    source = as_source(text)
    issue = analyse(source).issue
    for article in issue.articles:
        for paragraph in article.paragraphs:
            assert quoted(source.text, paragraph, issue.repairs) == "".join(paragraph.text.split())


@given(any_page)
@hostile
def test_repairs_change_only_what_an_edit_says_and_can_be_undone(text: str) -> None:
    source = as_source(text)
    plan = analyse(source).plan
    for chosen in (plan, keep_lines(plan)):
        restored = invert(chosen, apply(chosen, source.text))
        assert restored == source.text
        assert hashlib.sha256(encode(restored, source.encoding)).hexdigest() == source.sha256


@given(any_page)
@hostile
def test_what_is_printed_validates_and_reads_back(text: str) -> None:
    issue = analyse(as_source(text)).issue
    printed = "".join(render([issue], "json"))
    SCHEMA.validate(json.loads(printed))
    again = msgspec.json.decode(printed, type=Issue)
    assert "".join(render([again], "json")) == printed


@given(any_page)
@hostile
def test_the_same_page_is_read_the_same_way(text: str) -> None:
    source = as_source(text)
    assert analyse(source) == analyse(source)
