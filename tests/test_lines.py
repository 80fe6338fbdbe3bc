from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from strategies import pages

from newspaper_cli.document import Line
from newspaper_cli.lines import page_spans, read_lines, tile


@given(pages())
def test_lines_tile_the_text(text: str) -> None:
    spans = list(tile(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(first[1] == second[0] for first, second in pairwise(spans))


@given(pages())
def test_pages_tile_the_text(text: str) -> None:
    spans = page_spans(text)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(first[1] == second[0] for first, second in pairwise(spans))


@given(pages())
def test_the_ink_of_all_lines_is_the_ink_of_the_text(text: str) -> None:
    lines = read_lines(text)
    end = int(text.startswith("\ufeff"))
    for line in lines:
        assert text[line.start : line.end] == line.text == line.text.strip()
        assert line.text
        assert not text[end : line.start].strip()
        end = line.end
    assert not text[end:].strip()


@given(pages())
def test_each_line_knows_its_page(text: str) -> None:
    for line in read_lines(text):
        assert line.page == text.count("\f", 0, line.start)
        start, end = page_spans(text)[line.page]
        assert start <= line.start < line.end <= end


@pytest.mark.parametrize("odd", ["\x0b", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_only_line_feed_return_and_form_feed_end_a_line(odd: str) -> None:
    text = f"永康{odd}日报"
    assert list(tile(text)) == [(0, 5)]
    assert read_lines(text) == (Line(text, 0, 5),)


def test_line_ends_may_be_mixed() -> None:
    text = "一\r\n二\r三\n\n四\f五"
    assert [(line.text, line.start, line.gap, line.page) for line in read_lines(text)] == [
        ("一", 0, 0, 0),
        ("二", 3, 0, 0),
        ("三", 5, 0, 0),
        ("四", 8, 1, 0),
        ("五", 10, 0, 1),
    ]


def test_a_full_width_space_indents_by_two_columns() -> None:
    (line,) = read_lines("\u3000\u3000 正文")
    assert (line.indent, line.start) == (5, 3)


@pytest.mark.parametrize("text", ["", "\n\n", "\f", " \u3000\n"])
def test_a_text_without_ink_has_no_lines_and_one_page(text: str) -> None:
    assert read_lines(text) == ()
    assert len(page_spans(text)) == 1
