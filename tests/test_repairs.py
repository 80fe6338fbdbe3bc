from __future__ import annotations

import hashlib

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import arrangements, pages

from newspaper_cli.document import Block, Edit, Line, Plan, Seam, Source
from newspaper_cli.errors import CheckFailedError
from newspaper_cli.joins import make_block
from newspaper_cli.labels import Fix
from newspaper_cli.lines import read_lines
from newspaper_cli.repairs import apply, check_fits, invert, keep_lines, plan_repairs, visible
from newspaper_cli.source import encode

Parts = tuple[tuple[Block, ...], ...]


def make_source(text: str) -> Source:
    # Surrogates that stand for no byte are what UTF-16 leaves; `surrogatepass` keeps them.
    encoding = "utf-16-le"
    return Source(text, encoding, hashlib.sha256(encode(text, encoding)).hexdigest())


def one_line_each(text: str) -> Parts:
    return (tuple(Block((line,), (), line.text) for line in read_lines(text)),)


def joined(text: str, *seams: Seam) -> Parts:
    lines = read_lines(text)
    return ((make_block(lines, seams),),)


def repaired(text: str, parts: Parts) -> str:
    return apply(plan_repairs(make_source(text), parts), text)


@st.composite
def arranged(draw: st.DrawFn, *, reordered: bool) -> tuple[str, Parts]:
    text = draw(pages())
    return text, draw(arrangements(text, reordered=reordered))


def ink(text: str) -> str:
    return "".join(text.split())


@given(arranged(reordered=False))
def test_undoing_what_was_applied_gives_the_text_back_in_the_order_of_the_file(page: tuple[str, Parts]) -> None:
    text, parts = page
    plan = plan_repairs(make_source(text), parts)
    assert plan.order is None
    assert invert(plan, apply(plan, text)) == text


@given(arranged(reordered=True))
def test_undoing_what_was_applied_gives_the_text_back_in_any_order(page: tuple[str, Parts]) -> None:
    text, parts = page
    plan = plan_repairs(make_source(text), parts)
    assert invert(plan, apply(plan, text)) == text


@given(arranged(reordered=True))
def test_edits_are_sorted_do_not_overlap_and_change_something(page: tuple[str, Parts]) -> None:
    text, parts = page
    plan = plan_repairs(make_source(text), parts)
    end = 0
    for edit in plan.edits:
        assert end <= edit.span[0] <= edit.span[1]
        assert text[slice(*edit.span)] == edit.before != edit.after
        end = edit.span[1]


@given(arranged(reordered=True))
def test_nothing_but_white_space_hyphens_and_second_copies_is_touched(page: tuple[str, Parts]) -> None:
    text, parts = page
    for edit in plan_repairs(make_source(text), parts).edits:
        if edit.fix not in {Fix.HYPHEN, Fix.OVERLAP}:
            assert not edit.before.strip()
        assert not edit.after.strip(" \n")


@given(arranged(reordered=True))
def test_pieces_cover_the_source_once(page: tuple[str, Parts]) -> None:
    text, parts = page
    order = plan_repairs(make_source(text), parts).order
    if order is not None:
        assert len(order) > 1
        assert "".join(text[start:end] for start, end in sorted(order)) == text


@given(pages())
def test_planning_again_on_repaired_text_changes_nothing(text: str) -> None:
    # A byte order mark elsewhere is a character; white space taken away before it would make it a mark.
    assume(text.startswith("\ufeff") or not text.lstrip().startswith("\ufeff"))
    once = repaired(text, one_line_each(text))
    again = plan_repairs(make_source(once), one_line_each(once))
    assert not [edit for edit in again.edits if edit.fix is Fix.BREAK]
    assert ink(once) == ink(text)


@given(arranged(reordered=True))
def test_keeping_lines_can_be_undone_and_moves_no_line(page: tuple[str, Parts]) -> None:
    text, parts = page
    plan = keep_lines(plan_repairs(make_source(text), parts))
    kept = apply(plan, text)
    assert invert(plan, kept) == text
    assert [character for character in kept if character in "\r\n\f"] == [c for c in text if c in "\r\n\f"]


@given(arranged(reordered=True))
def test_a_plan_survives_json(page: tuple[str, Parts]) -> None:
    text, parts = page
    plan = plan_repairs(make_source(text), parts)
    if not any("\ud800" <= character <= "\udfff" for edit in plan.edits for character in edit.before):
        assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


@pytest.mark.parametrize(
    ("text", "seam", "expected"),
    [
        ("县里\n开会", Seam(Fix.JOIN), "县里开会\n"),
        ("the\r\ncourt", Seam(Fix.JOIN_SPACE), "the court\n"),
        ("exam-\n  ple", Seam(Fix.HYPHEN, 1), "example\n"),
        ("做好工作\n\n工作安排", Seam(Fix.OVERLAP, 2), "做好工作安排\n"),
        ("页末\n\f\u3000页首", Seam(Fix.JOIN), "页末页首\n"),
    ],
)
def test_each_kind_of_join(text: str, seam: Seam, expected: str) -> None:
    assert repaired(text, joined(text, seam)) == expected


def test_blocks_end_lines_and_parts_end_with_a_blank_line() -> None:
    text = "\n\n  报头\f标题\r\n\r\n正文 \n\n\n"
    head, title, body = (Block((line,), (), line.text) for line in read_lines(text))
    assert repaired(text, ((head,), (title, body))) == "报头\n\n标题\n正文\n"


def test_a_page_without_ink_becomes_empty_and_comes_back() -> None:
    for text in ("", " \n\f\n"):
        plan = plan_repairs(make_source(text), ())
        assert apply(plan, text) == ""
        assert invert(plan, "") == text


def test_the_second_copy_and_the_line_end_before_it_are_two_edits() -> None:
    text = "做好工作\n工作安排\n"
    plan = plan_repairs(make_source(text), joined(text, Seam(Fix.OVERLAP, 2, 0.9)))
    assert plan.edits == (
        Edit((4, 5), "\n", "", Fix.JOIN, 0.9),
        Edit((5, 7), "工作", "", Fix.OVERLAP, 0.9),
    )


def test_letter_spacing_goes_except_in_what_is_dropped_anyway() -> None:
    text = "会 议 要 求 各 地\n各 地 认 真 办 好\n"
    assert repaired(text, joined(text, Seam(Fix.OVERLAP, 3))) == "会议要求各地认真办好\n"


def test_columns_side_by_side_are_read_one_after_the_other() -> None:
    text = "左一  右一\n左二  右二\n"
    left_one, left_two = Line("左一", 0, 2), Line("左二", 7, 9)
    right_one, right_two = Line("右一", 4, 6, column=1), Line("右二", 11, 13, column=1)
    parts = (
        (Block((left_one, left_two), (Seam(Fix.JOIN),), ""),),
        (Block((right_one, right_two), (Seam(Fix.JOIN),), ""),),
    )
    plan = plan_repairs(make_source(text), parts)
    assert plan.order == ((0, 4), (7, 11), (4, 7), (11, 14))
    assert apply(plan, text) == "左一左二\n\n右一右二\n"
    assert invert(plan, "左一左二\n\n右一右二\n") == text


def test_an_insertion_where_pieces_meet_stays_with_the_line_before() -> None:
    text = "甲乙"
    first, second = Line("甲", 0, 1), Line("乙", 1, 2)
    plan = plan_repairs(make_source(text), ((Block((second,), (), ""), Block((first,), (), "")),))
    assert plan.edits == (Edit((1, 1), "", "\n", Fix.BREAK, 1.0), Edit((2, 2), "", "\n", Fix.BREAK, 1.0))
    assert apply(plan, text) == "乙\n甲\n"
    assert invert(plan, "乙\n甲\n") == text


def test_lines_that_leave_text_out_are_refused() -> None:
    text = "甲\n乙\n丙\n"
    first, _, last = read_lines(text)
    with pytest.raises(ValueError, match="lie in no line"):
        plan_repairs(make_source(text), ((Block((first,), (), ""), Block((last,), (), "")),))


def test_a_plan_for_another_text_is_refused() -> None:
    text = "县里\n开会\n"
    plan = plan_repairs(make_source(text), joined(text, Seam(Fix.JOIN)))
    for other in ("县里。开会\n", "县里\n开会", "县"):
        with pytest.raises(CheckFailedError):
            check_fits(plan, make_source(other))
    for other in ("县里。开会\n", "县"):
        with pytest.raises(CheckFailedError, match="does not fit"):
            apply(plan, other)


@pytest.mark.parametrize("changed", ["县里开了会\n", "县里开会", "县里散会\n", ""])
def test_a_repaired_text_that_was_changed_is_not_undone(changed: str) -> None:
    text = "县里\n开会\n"
    plan = plan_repairs(make_source(text), joined(text, Seam(Fix.JOIN)))
    with pytest.raises(CheckFailedError):
        invert(plan, changed)


@pytest.mark.parametrize(
    ("order", "edits"),
    [
        (((0, 2), (2, 3)), ()),
        (((0, 3), (2, 5)), ()),
        (((-1, 5),), ()),
        (((0, 2), (2, 5)), (Edit((1, 3), "bc", "", Fix.JOIN, 1.0),)),
        (None, (Edit((3, 4), "d", "", Fix.JOIN, 1.0), Edit((1, 2), "b", "", Fix.JOIN, 1.0))),
        (None, (Edit((-2, -1), "d", "", Fix.JOIN, 1.0),)),
        (None, (Edit((4, 9), "e", "", Fix.JOIN, 1.0),)),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(
    order: tuple[tuple[int, int], ...] | None, edits: tuple[Edit, ...]
) -> None:
    plan = Plan(make_source("abcde").sha256, "utf-16-le", order, edits)
    with pytest.raises(CheckFailedError):
        apply(plan, "abcde")


def test_an_unknown_encoding_in_a_plan_is_refused() -> None:
    with pytest.raises(CheckFailedError):
        invert(Plan("0" * 64, "no-such-codec", None, ()), "甲")


def test_visible_edits_are_those_of_ink_and_joins_over_more_than_a_line_end() -> None:
    text = "会议\n要求\n\n要求各\n地 认 真 落 实 好\n"
    seams = Seam(Fix.JOIN), Seam(Fix.OVERLAP, 2), Seam(Fix.JOIN)
    (part,) = joined(text, *seams)
    shown = visible(text, part)
    assert set(shown) <= set(plan_repairs(make_source(text), (part,)).edits)
    assert [edit.fix for edit in shown] == [Fix.JOIN, Fix.OVERLAP, *[Fix.LETTER_SPACING] * 5]
    assert shown[0].span == (5, 7)


def test_a_join_into_another_column_is_visible() -> None:
    text = "左一  右一\n左二  右二\n"
    lines = (
        Line("左一", 0, 2),
        Line("左二", 7, 9),
        Line("右一", 4, 6, column=1),
        Line("右二", 11, 13, column=1),
    )
    block = Block(lines, (Seam(Fix.JOIN),) * 3, "")
    shown = visible(text, (block,))
    assert [edit.span for edit in shown] == [(9, 11)]
    assert set(shown) <= set(plan_repairs(make_source(text), ((block,),)).edits)
