from __future__ import annotations

import pytest
from hypothesis import given
from strategies import pages

from newspaper_cli.characters import display_safe, letter_spaced


def close_up(text: str) -> str:
    for start, end in reversed(letter_spaced(text)):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县 里 会 议 要 求", "县里会议要求"),
        ("县\u3000里\u3000会\u3000议\u3000要\u3000求", "县里会议要求"),
        ("县  里  会  议  要  求", "县里会议要求"),
        ("场 内 共 8 队 ， 每 队 12 人 。", "场内共8队，每队12人。"),
        ("昨日在 县 里 会 议 要 求 各地", "昨日在 县里会议要求 各地"),
        ("县 里 会 议 要 求  各 地 认 真 落 实", "县里会议要求  各地认真落实"),
        ("\U00020000 里 会 议 要 求", "\U00020000里会议要求"),
    ],
)
def test_letter_spaced_lines_close_up(text: str, expected: str) -> None:
    assert close_up(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "刘 歌",
        "李\u3000涛",
        "记者 林 小满 李 涛 通讯员 何 山",
        "林 山  李 涛  何 江  王 河",
        "春耕忙\u3000全县动员",
        "头 版 新 闻",
        "甲   乙   丙   丁   戊   己",
        "第 3 4 5 6 7 8 版",
        "一 、 二 、 三 、 四 、 五 、",
        "Gazette's g re a te st n ew s",
        "the quick brown fox jumps over it",
        "",
        " \u3000 \u3000 ",
    ],
)
def test_other_white_space_stays(text: str) -> None:
    assert letter_spaced(text) == ()


@given(pages())
def test_only_white_space_between_two_characters_goes(text: str) -> None:
    end = 0
    for start, stop in letter_spaced(text):
        assert end < start < stop < len(text)
        assert text[start:stop].isspace()
        assert not text[start - 1].isspace()
        assert not text[stop].isspace()
        end = stop


@given(pages())
def test_what_is_shown_keeps_its_length_and_obeys_nothing(text: str) -> None:
    shown = display_safe(text)
    assert len(shown) == len(text)
    assert not [c for c in shown if c not in "\n\t" and (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0)]
    shown.encode()


def test_a_line_of_a_million_characters_is_one_run() -> None:
    assert len(letter_spaced("永 " * 500_000)) == 499_999


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\rb\n\tc", "a␍b\n\tc"),
        ("\x9b2J\x7f", "\ufffd2J␡"),
        ("\u202eprice\u202c \ud800", "\ufffdprice\ufffd \ufffd"),
        ("永康日报　第1版", "永康日报　第1版"),
    ],
)
def test_display_safe(text: str, expected: str) -> None:
    assert display_safe(text) == expected
