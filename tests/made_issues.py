"""Issues made by hand for the tests of what comes after reading: nothing found, everything found, hostile text."""

from __future__ import annotations

from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from msgspec.structs import replace

from newspaper_cli.document import (
    Article,
    Byline,
    Caption,
    CheckResult,
    Contact,
    Dateline,
    Edit,
    Editor,
    Furniture,
    Head,
    Issue,
    IssueFields,
    Jump,
    Note,
    Page,
    Paragraph,
    Reading,
    SourceInfo,
)
from newspaper_cli.labels import ArticleKind, Basis, Check, Fix, FurnitureLabel, NoteCode, ParagraphKind, Term

NOTHING = Issue(source=SourceInfo(None, "0" * 64, "utf-8", 0, "zh"), issue=IssueFields())

HARBOUR = Article(
    id="i0001",
    kind=ArticleKind.ARTICLE,
    page=1,
    section="要闻",
    kicker="石桥镇三年修堤",
    headline="新港口通船",
    deck="首日进港十二艘",
    heads=(
        Head("kicker", "石桥镇三年修堤", ((30, 37),)),
        Head("headline", "新港口通船", ((38, 43),)),
        Head("deck", "首日进港十二艘", ((44, 51),)),
    ),
    bylines=(
        Byline("记者 林小舟 通讯员 何穗", "记者", "林小舟", (55, 58), (52, 65)),
        Byline("记者 林小舟 通讯员 何穗", "通讯员", "何穗", (63, 65), (52, 65)),
        Byline("（记者林小舟）", "记者", "林小舟", (73, 76), (70, 77)),
    ),
    dateline=Dateline("本报讯", "本报", "石桥", (66, 69), "2031-03-04", "4日", (69, 71)),
    paragraphs=(
        Paragraph("本报讯4日（记者林小舟）港口通船。", ((66, 76), (77, 84))),
        Paragraph("潮水", ((85, 87),), ParagraphKind.SUBHEAD),
        Paragraph("潮水正好，船进港。", ((88, 97),)),
    ),
    captions=(Caption("港口全景", "何穗 摄", ((98, 102),)),),
    editors=(Editor("责编 白帆", "责编", "白帆", (103, 108)),),
    jumps=(Jump("to", "2", "下转第2版", (109, 114)), Jump("from", "3", "上接第3版", (115, 120))),
    confidence=0.97,
)

EVERYTHING = Issue(
    source=SourceInfo("pages/石桥.txt", "a" * 64, "utf-8", 140, "zh-Hans"),
    issue=IssueFields(
        title="石桥日报",
        title_alternative="Shiqiao Daily",
        date="2031-03-05",
        weekday="Wednesday",
        lunar_date="辛亥年二月十三",
        solar_term="惊蛰",
        era_date="民国一百二十年三月五日",
        issue_number="88",
        volume="3",
        page_count=4,
        edition="晨版",
        place="石桥",
        publisher="石桥报社",
        cn_number="CN00-0000",
        issn="0000-0000",
        postal_code="000000",
        price="一元",
        weather="-3℃~5℃",
        contacts=(Contact("电话 000-1", (0, 8)),),
        editors=(Editor("值班 白帆", "值班", "白帆", (9, 14)),),
        basis={"title": Basis.PRINTED, "date": Basis.COMPLETED, "weekday": Basis.INFERRED},
        readings=(
            Reading("title", "石桥日报", ("石桥日报",), ((0, 4),), "title line"),
            Reading("date", "2031-03-05", ("2031年3月", "5"), ((5, 12), (20, 21)), "year-month + lone day"),
        ),
        checks=(
            CheckResult(Check.WEEKDAY, agrees=False, printed="星期四", expected="星期三"),
            CheckResult(Check.LUNAR_DATE, agrees=True, printed="二月十三", expected="二月十三"),
        ),
    ),
    pages=(Page(1, "A01", "要闻", (0, 140), ((22, 29),), "石桥/A01.txt", "zh-Hans"),),
    articles=(HARBOUR, Article(id="i0002", kind=ArticleKind.NOTICE, page=1)),
    furniture=(Furniture(FurnitureLabel.CONTACT, "石桥微信", ((121, 125),)),),
    repairs=(Edit((76, 77), "\n", "", Fix.JOIN, 0.99),),
    notes=(Note(NoteCode.WEEKDAY_CONFLICT, (5, 12), "星期四 is printed, the date is a 星期三"),),
)


def with_text(text: str) -> Issue:
    """Put one text wherever the text of a page can come out."""
    return replace(
        NOTHING,
        issue=IssueFields(title=text, price=text, contacts=(Contact(text, (0, 1)),)),
        articles=(
            Article(
                id="i0001",
                section=text,
                kicker=text,
                headline=text,
                deck=text,
                heads=(Head("headline", text, ((0, 1),)),),
                bylines=(Byline(text, None, text, (0, 1), (0, 1)),),
                paragraphs=(Paragraph(text, ((2, 3),)), Paragraph(text, ((3, 4),), ParagraphKind.SUBHEAD)),
                captions=(Caption(text, None, ((4, 5),)),),
                jumps=(Jump("to", None, text, (5, 6)),),
            ),
        ),
        furniture=(Furniture(FurnitureLabel.NOISE, text, ((6, 7),)),),
    )


_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    int: st.integers(0, 2**40),
    float: st.floats(0, 1),
    bool: st.booleans(),
    type(None): st.none(),
}


def any_value(kind: Any) -> st.SearchStrategy[Any]:
    """Make the strategy for every value that a type of the contract allows."""
    arguments = get_args(kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of(*map(any_value, arguments))
    if get_origin(kind) is dict:
        return st.dictionaries(any_value(arguments[0]), any_value(arguments[1]), max_size=3)
    if get_origin(kind) is tuple:
        first = any_value(arguments[0])
        return st.lists(first, max_size=2).map(tuple) if ... in arguments else st.tuples(*map(any_value, arguments))
    if issubclass(kind, Term):
        return st.sampled_from(kind)
    return st.builds(kind, **{name: any_value(part) for name, part in get_type_hints(kind).items()})


def any_issue() -> st.SearchStrategy[Issue]:
    """Make the strategy for every issue of this version of the contract that the types allow."""
    hints = {name: any_value(part) for name, part in get_type_hints(Issue).items()}
    return st.builds(Issue, **{**hints, "schema_version": st.just("1")})
