"""Mastheads of invented papers in the house styles of 1872 to 2025, what they must say and what they must not claim."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_mastheads import WEEK, mastheads, moon

from newspaper_cli.labels import Basis, Check, FurnitureLabel, NoteCode
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.masthead import Masthead, read_masthead

if TYPE_CHECKING:
    from newspaper_cli.document import Line

HEADLINE = "全市春耕现场会召开"
STORY = f"{HEADLINE}\n本报讯（记者 白云）3月8日，全市春耕现场会在河口镇召开，各乡镇负责人参加。\n"

STYLES: dict[str, tuple[str, dict[str, Any]]] = {
    "the day stands apart": (
        "河口日报\n\n2021年3月\n辛丑年正月廿六\n星期二 今日8版\n第9486期\n\n9\n\n河口日报公众微信\n",
        {
            "title": "河口日报",
            "date": "2021-03-09",
            "weekday": "Tuesday",
            "lunar_date": "辛丑年正月廿六",
            "issue_number": "9486",
            "page_count": 8,
        },
    ),
    "many fields on few lines": (
        (
            "河口日报\nHEKOU DAILY\n2021 年 3 月 9 日  星期二\n农历辛丑年正月廿六\n"
            "中共河口市委主管主办 总第14967期 今日八版\n"
            "国内统一连续出版物号 CN 62-0002  邮发代号:53-10\n晴 12-20℃ 零售价1.00元\n值班编委:王小明 责编:李白云\n"
        ),
        {
            "title": "河口日报",
            "title_alternative": "HEKOU DAILY",
            "date": "2021-03-09",
            "lunar_date": "辛丑年正月廿六",
            "issue_number": "14967",
            "page_count": 8,
            "publisher": "中共河口市委主管主办",
            "cn_number": "CN62-0002",
            "postal_code": "53-10",
            "weather": "晴12-20℃",
            "price": "1.00元",
        },
    ),
    "numbers of the 1930s and prices of the 1940s": (
        (
            "河口新報\n中華民國二十三年四月十四號 星期六\n廢曆甲戌年三月初一日\n"
            "第二萬一千八百六十二號\n零售每份法幣一萬二千元\n"
        ),
        {
            "title": "河口新報",
            "date": "1934-04-14",
            "era_date": "中華民國二十三年四月十四號",
            "lunar_date": "甲戌年三月初一",
            "issue_number": "21862",
            "price": "法幣一萬二千元",
        },
    ),
    "year, and month with day": (
        "2023\n12·28\n今日16版\n星期四\n癸卯年十一月十六\n东岭晚报\n总第15000期\n",
        {"title": "东岭晚报", "date": "2023-12-28", "issue_number": "15000", "lunar_date": "癸卯年十一月十六"},
    ),
    "cells of one row": (
        "东岭晚报                      2018年4月4日 星期三\n                          总第25347期 今日4版\n",
        {"title": "东岭晚报", "date": "2018-04-04", "weekday": "Wednesday", "issue_number": "25347", "page_count": 4},
    ),
    "letters set apart": (
        "白 石 日 報\n第　九　千　零　一　期\n中華民國三十五年十月十日\n星 期 四\n",
        {"title": "白石日報", "date": "1946-10-10", "weekday": "Thursday", "issue_number": "9001"},
    ),
    "page label and era": (
        "第一版　民國九年四月三日\nTHE　PEARL\n庚申年二月十五日　星期六\n今日一張售大洋二分\n珠報\n第一百廿九號\n",
        {
            "title": "珠報",
            "title_alternative": "THE PEARL",
            "date": "1920-04-03",
            "era_date": "民國九年四月三日",
            "lunar_date": "庚申年二月十五",
            "issue_number": "129",
            "price": "大洋二分",
        },
    ),
    "banker's numerals and a founding date": (
        (
            "珠報\n發行人　A. B. Carter\n◀第三千七百九十五號▶\n"
            "中華民國貳拾捌年四月廿一日　星期五　今日兩全張售國幣貳分四厘　本報創刊於民國八年三月三日\n"
        ),
        {"date": "1939-04-21", "weekday": "Friday", "issue_number": "3795", "price": "國幣貳分四厘"},
    ),
    "lunar era": (
        "大清光緒三十年三月初五日\n禮拜三\n第一千二百號\n海門報\n",
        {"title": "海門報", "date": "1904-04-20", "weekday": "Wednesday", "issue_number": "1200"},
    ),
    "one line of 1968": (
        "1968年9月29日星期日（第一六四期）本期共四版\n红旗战报\n",
        {"date": "1968-09-29", "weekday": "Sunday", "issue_number": "164", "page_count": 4},
    ),
    "Chinese numerals of 1969": (
        "第一0二期\n主办\n一九六九年四月十九日\n星期六\n",
        {"date": "1969-04-19", "weekday": "Saturday", "issue_number": "102"},
    ),
    "Hong Kong": (
        "晨光日報\n08/06/2023\n星期四\n農曆癸卯年四月廿一日\n",
        {"title": "晨光日報", "date": "2023-06-08", "weekday": "Thursday", "lunar_date": "癸卯年四月廿一"},
    ),
    "English weekday inside the date": (
        "18/02 TUE·2025\n乙巳年正月二十一日\n晨光日報\n",
        {"date": "2025-02-18", "weekday": "Tuesday", "lunar_date": "乙巳年正月二十一"},
    ),
    "volume and issue": (
        "河口新聞\n二○一六年十一月三日 星期四\n第十六年 第七期 每份三元\n",
        {"title": "河口新聞", "date": "2016-11-03", "volume": "16", "issue_number": "7", "price": "三元"},
    ),
    "the name only in the imprint": (
        "江北日报社主办 2020年1月31日 第2345期\n",
        {"title": "江北日报", "date": "2020-01-31", "publisher": "江北日报社主办"},
    ),
    "the year's number beside the whole": (
        "南浦周报\n2016年1月8日\n第2期（总第88期）\n",
        {"issue_number": "88", "date": "2016-01-08"},
    ),
    "digits misread": (
        "江北日报\n2O20年]月31日 星期五\n总第2374]期\n",
        {"date": "2020-01-31", "issue_number": "23741"},
    ),
    "the lunar year misread": (
        "东岭晚报\n2018年4月1日 星期日\n农历成成年二月十六\n",
        {"date": "2018-04-01", "lunar_date": "戊戌年二月十六"},
    ),
}

SILENT = {
    "a story alone": STORY,
    "a dateline": "新华社北京4月3日电\n记者白云报道。\n",
    "a date signs a notice": "各乡镇：\n现将有关事项通知如下。\n特此通知。\n河口市人民政府\n2020年1月31日\n",
    "a date opens a headline": "2020年1月31日起施行\n条例全文\n",
    "a telephone of an advertisement": "定价經濟化\n地址南京路五五號\n電話九〇三九三號\n",
    "a price": "優待讀者\n零售五角\n",
    "an item list": "第一章\n第二節\n（三）\n31\n",
    "nothing": "",
}


def read(text: str, code: str = "zh") -> tuple[Masthead, tuple[Line, ...]]:
    lines = read_lines(text)
    return read_masthead(lines, load_language(code)), lines


def count_cover(text: str, masthead: Masthead) -> list[int]:
    spans = [span for reading in masthead.fields.readings for span in reading.spans]
    spans += [span for part in masthead.furniture for span in part.spans]
    spans += [span for folio in masthead.folios for span in folio.spans]
    cover = [0] * len(text)
    for start, end in spans:
        for at in range(start, end):
            cover[at] += 1
    return cover


def assert_ink_held_once(text: str) -> None:
    masthead, lines = read(text)
    cover = count_cover(text, masthead)
    for place, line in enumerate(lines):
        ink = [cover[at] for at in range(line.start, line.end) if not text[at].isspace()]
        assert set(ink) == {int(place in masthead.claimed)}, line.text


@pytest.mark.parametrize("style", STYLES)
def test_each_house_style_is_read_and_the_story_below_it_left_alone(style: str) -> None:
    head, expected = STYLES[style]
    masthead, lines = read(head + STORY)
    fields = {name: getattr(masthead.fields, name) for name in expected}
    assert fields == expected
    claimed = "".join(lines[place].text for place in masthead.claimed)
    assert HEADLINE not in claimed
    assert "本报讯" not in claimed


@pytest.mark.parametrize("style", STYLES)
def test_claimed_ink_lies_in_one_part_and_no_other_ink_in_any(style: str) -> None:
    assert_ink_held_once(STYLES[style][0] + STORY)


@pytest.mark.parametrize("case", SILENT)
def test_text_without_masthead_is_not_claimed(case: str) -> None:
    masthead, lines = read(SILENT[case])
    assert masthead.claimed == frozenset()
    assert masthead.fields.date is None
    assert [note.code for note in masthead.notes] == ([NoteCode.NO_MASTHEAD] if lines else [])


def test_a_masthead_below_a_story_is_found() -> None:
    masthead, _ = read(STORY * 3 + "第102期\n河口市体育会主办\n1969年4月19日\n星期六\n" + STORY)
    assert masthead.fields.date == "1969-04-19"
    assert masthead.fields.issue_number == "102"


def test_the_basis_says_how_a_value_was_found() -> None:
    printed = read("河口日报\n2020年1月31日 星期五\n")[0].fields
    assembled = read("河口日报\n2020年1月\n星期五\n31\n")[0].fields
    worked_out = read("河口日报\n2020年1月\n庚子年正月初七\n星期五\n")[0].fields
    supplied = read("河口日报\n2020年1月31日 星期五\n农历正月初七\n")[0].fields
    assert printed.basis["date"] is Basis.PRINTED
    assert assembled.basis["date"] is Basis.COMPLETED
    assert (worked_out.date, worked_out.basis["date"]) == ("2020-01-31", Basis.INFERRED)
    assert (supplied.lunar_date, supplied.basis["lunar_date"]) == ("庚子年正月初七", Basis.COMPLETED)


def test_one_reading_holds_a_date_printed_in_two_places() -> None:
    text = "河口日报\n2020年1月\n星期五\n第3期\n31\n"
    reading = next(r for r in read(text)[0].fields.readings if r.field == "date")
    assert reading.value == "2020-01-31"
    assert [text[start:end] for start, end in reading.spans] == ["2020年1月", "31"]


def test_a_lone_number_that_weekday_and_lunar_date_refuse_is_no_day() -> None:
    masthead, lines = read("河口日报\n2020年1月\n庚子年正月初七\n星期五\n17\n")
    assert masthead.fields.date == "2020-01-31"
    assert "17" not in {lines[place].text for place in masthead.claimed}


def test_one_field_against_the_date_is_a_conflict_and_the_date_stands() -> None:
    fields, notes = (masthead := read("河口日报\n2020年1月31日 星期四\n第3期\n")[0]).fields, masthead.notes
    assert (fields.date, fields.weekday, fields.basis["weekday"]) == ("2020-01-31", "Friday", Basis.INFERRED)
    assert [reading.text for reading in fields.readings if reading.field == "weekday"] == [("星期四",)]
    assert [(check.check, check.agrees, check.expected) for check in fields.checks] == [
        (Check.WEEKDAY, False, "星期五")
    ]
    assert [note.code for note in notes] == [NoteCode.WEEKDAY_CONFLICT]


def test_a_date_refused_by_weekday_and_lunar_date_gives_way_to_the_day_both_name() -> None:
    masthead, _ = read("河口日报\n2020年1月81日 星期五\n庚子年正月初七\n")
    assert (masthead.fields.date, masthead.fields.basis["date"]) == ("2020-01-31", Basis.INFERRED)
    assert NoteCode.IMPOSSIBLE_DATE in {note.code for note in masthead.notes}
    masthead, _ = read("河口日报\n2020年1月21日 星期五\n庚子年正月初七\n")
    assert (masthead.fields.date, masthead.fields.basis["date"]) == ("2020-01-31", Basis.INFERRED)
    assert NoteCode.WEEKDAY_CONFLICT in {note.code for note in masthead.notes}


def test_numerals_that_changed_places_are_put_right_by_the_weekday() -> None:
    masthead, _ = read("民國十九年四月二十日\n星期六\n珠報\n")
    assert masthead.fields.date == "1930-04-12"
    assert masthead.fields.basis["date"] is Basis.INFERRED
    assert masthead.fields.readings[0].text == ("民國十九年四月二十日",)


def test_an_impossible_date_alone_gives_no_date() -> None:
    masthead, _ = read("河口日报\n2020年2月31日\n第3期\n")
    assert masthead.fields.date is None
    assert [note.code for note in masthead.notes] == [NoteCode.IMPOSSIBLE_DATE]


def test_captions_are_contacts_and_a_headline_is_no_title() -> None:
    masthead, _ = read("2020年1月31日 星期五\n第3期\n河口日报公众微信\n掌上河口客户端\n市领导督查安全生产\n")
    assert masthead.fields.title == "河口日报"
    assert masthead.fields.basis["title"] is Basis.INFERRED
    assert {part.label for part in masthead.furniture} == {FurnitureLabel.CONTACT}


def test_a_first_line_no_list_knows_is_the_name_on_a_front_page_only() -> None:
    assert read("红旗\n第164期\n1968年9月29日 星期日\n")[0].fields.title == "红旗"
    assert read("文化\n2021年3月9日 星期二\n")[0].fields.title is None


def test_editors_and_telephones_keep_their_place() -> None:
    text = "河口日报\n2020年1月31日 星期五\n责编：白云 校对：青山\n新闻热线 0579-8800000\n"
    fields = read(text)[0].fields
    assert [(editor.role, editor.name) for editor in fields.editors] == [("责编", "白云"), ("校对", "青山")]
    assert [text[slice(*contact.span)] for contact in fields.contacts] == ["新闻热线 0579-8800000"]


def test_running_heads_of_later_pages_are_folios_and_checked() -> None:
    text = (
        f"河口日报\n2021年3月9日 星期二\n第9486期\n{STORY}\f第2版 要闻\n2021年3月9日 星期二\n{STORY}"
        f"\f第3版\n2021年3月8日 星期一\n{STORY}"
    )
    masthead, _ = read(text)
    assert [(folio.page, folio.number, folio.label, folio.section) for folio in masthead.folios] == [
        (1, 2, "第2版", "要闻"),
        (2, 3, "第3版", None),
    ]
    assert [check.agrees for check in masthead.fields.checks if check.check is Check.FOLIO_DATE] == [True, False]
    assert NoteCode.FOLIO_CONFLICT in {note.code for note in masthead.notes}
    assert_ink_held_once(text)


def test_an_english_title_block_is_read() -> None:
    masthead, lines = read(
        "The Millbrook Herald\nVOL. IX. NO. 23\nMILLBROOK, OHIO, FRIDAY, APRIL 14, 1916. TEN PAGES\n"
        "The council met on Friday and heard\nthe report of March 1, 1916, on the money\n",
        "en",
    )
    fields = masthead.fields
    assert (fields.title, fields.date, fields.weekday) == ("The Millbrook Herald", "1916-04-14", "Friday")
    assert (fields.volume, fields.issue_number) == ("IX", "23")
    assert masthead.claimed == {0, 1, 2}
    assert len(lines) == 5


BITS = st.sampled_from(
    [
        *("河口日报", "2020年1月", "31", "2020年1月31日", "星期五", "正月初七", "庚子年正月初七", "第3期", "今日4版"),
        *(
            "第二版",
            "要闻",
            "社址：白石路",
            "责编:白云",
            "12·28",
            "2023",
            "总第",
            "】",
            "·",
            " ",
            "　　",
            "\n",
            "\f",
            "\x85",
        ),
        *(
            "\x1c",
            "\u2028",
            "𠀀",
            "零售五角",
            "The Pearl",
            "河口日报公众微信",
            "，",
            "召开会议",
            "CN33-0012",
            "民國",
            "十",
        ),
    ]
)


@given(st.lists(BITS, max_size=24).map("".join))
def test_no_mixture_of_parts_loses_or_doubles_ink(text: str) -> None:
    assert_ink_held_once(text)


def masthead_of(text: str) -> Masthead:
    return read(text)[0]


@pytest.mark.parametrize(("share", "right", "wrong"), [(0, 1, 0), (0.03, 0.96, 0.01), (0.08, 0.80, 0.03)])
def test_damaged_mastheads_give_their_day_or_none(share: float, right: float, wrong: float) -> None:
    found = [(day.isoformat(), masthead_of(text).fields.date) for day, text in mastheads(share, 800)]
    assert sum(day == date for day, date in found) >= right * len(found)
    assert sum(day != date is not None for day, date in found) <= wrong * len(found)


GARBLED = {
    "month": ("2021年3月9日", "2021年B月9日"),
    "day": ("2021年3月9日", "2021年3月g日"),
    "mark of the month": ("2021年3月9日", "2021年3丹9日"),
    "year": ("2021年3月9日", "2D2]年3月9日"),
    "weekday": ("星期二", "呈朝二"),
    "cycle": ("辛丑年", "幸丑年"),
    "lunar month": ("正月", "止月"),
    "lunar day": ("廿六", "甘六"),
}


@pytest.mark.parametrize("field", GARBLED)
def test_one_garbled_field_of_a_consistent_masthead_gives_the_right_day_or_none(field: str) -> None:
    printed, misread = GARBLED[field]
    page = "河口日报\n2021年3月9日\n星期二\n农历辛丑年正月廿六\n第9486期\n"
    assert printed in page
    found = masthead_of(page.replace(printed, misread) + "\n" + STORY)
    assert found.fields.date in {"2021-03-09", None}
    assert found.fields.date == "2021-03-09" or not found.fields.basis.get("date")


@settings(derandomize=True)  # of 6 000 such pages one gave another day, which weekday and lunar day happen to fit
@given(st.dates(min_value=dt.date(1915, 1, 1), max_value=dt.date(2025, 12, 31)), st.data())
def test_any_one_character_of_the_day_may_be_any_other(day: dt.date, data: st.DataObject) -> None:
    page = f"河口日报\n{day.year}年{day.month}月{day.day}日\n星期{WEEK[day.weekday()]}\n农历{moon(day)}\n第9486期\n"
    first, last = page.index("\n") + 1, page.index("\n第")
    place = data.draw(st.integers(first, last - 1).filter(lambda at: not page[at].isspace()))
    other = data.draw(st.sampled_from("0123456789一二三四五六七八九十廿年月日甲子丑寅的是在OlI]"))
    found = masthead_of(f"{page[:place]}{other}{page[place + 1 :]}\n{STORY}").fields
    assert found.date in {day.isoformat(), None}


def test_what_was_inferred_is_told_with_its_margin() -> None:
    found = masthead_of(f"云泽日报\n2019年9月2S日\n星期三\n农历己亥年八月廿七\n第9486期\n\n{STORY}")
    assert found.fields.date == "2019-09-25"
    garbled = masthead_of(f"云泽日报\n2O的9年9月25曰\n星期三\n农历己亥年八月廿七\n第9486期\n\n{STORY}")
    assert garbled.fields.date == "2019-09-25"
    assert garbled.fields.basis["date"] is Basis.INFERRED
    assert [note.code for note in garbled.notes] == [NoteCode.DATE_INFERRED]
    assert "2O的9年9月25曰" in {text for reading in garbled.fields.readings for text in reading.text}


def test_a_day_that_two_readings_fit_alike_is_not_inferred() -> None:
    assert masthead_of(f"云泽日报\n2019年9月的日\n第9486期\n\n{STORY}").fields.date is None
    assert masthead_of(f"云泽日报\n的的年9月25日\n第9486期\n\n{STORY}").fields.date is None


def test_a_year_to_come_is_no_year() -> None:
    assert masthead_of(f"云泽日报\n2095年9月25日\n第9486期 今日4版\n\n{STORY}").fields.date is None


@pytest.mark.parametrize(
    ("line", "pages"),
    [
        ("今日48版", 48),
        ("今日40版", 40),
        ("今日四十四版", 44),
        ("今日四版", 4),
        ("今日四开八版", 8),
        ("今日对开四版", 4),
        ("今日A叠24版", 24),
        ("共4版", 4),
    ],
)
def test_pages_are_counted_beside_the_size_of_the_sheet(line: str, pages: int) -> None:
    assert read(f"河口晚报\n2021年3月9日 星期二 {line}\n{STORY}")[0].fields.page_count == pages


def test_the_day_of_the_week_may_be_named_by_its_star() -> None:
    fields = read(f"河口新報\n明治三十八年七月一日 (土曜日)\n第二千一百五十號\n{STORY}")[0].fields
    assert (fields.date, fields.weekday, fields.issue_number) == ("1905-07-01", "Saturday", "2150")
    assert [check.agrees for check in fields.checks] == [True]


def test_a_thirteenth_month_of_an_era_is_none() -> None:
    assert masthead_of(f"蘆汀日報\n中華民國二十三年十三月四日\n第四百號\n\n{STORY}").fields.date is None


@pytest.mark.parametrize(
    ("line", "edition"), [("海外版", "海外版"), ("2021年3月9日 星期二 号外", "号外"), ("今日8版", None)]
)
def test_the_edition_is_read(line: str, edition: str | None) -> None:
    found = masthead_of(f"河口日报\n{line}\n2021年3月9日 星期二\n第9486期\n\n{STORY}").fields
    assert (found.title, found.date, found.edition) == ("河口日报", "2021-03-09", edition)


@pytest.mark.parametrize(("below", "section"), [("港聞", "港聞"), ("海角天氣", None)])
def test_a_section_below_the_label_of_the_page_is_one_that_sections_are_called_by(
    below: str, section: str | None
) -> None:
    found = masthead_of(f"第3版\n{below} 2024年4月26日\n海角晨報\n星期五\n第20123號\n\n{STORY}")
    assert [folio.section for folio in found.folios] == [section]


def test_of_two_mastheads_below_each_other_neither_takes_from_the_other() -> None:
    second = "霜溪晚报\n2021年3月10日 星期三\n第1234期\n\n"
    found = masthead_of(f"河口日报\n2021年3月9日 星期二\n第9486期\n\n{STORY}\n{second}{STORY}")
    assert (found.fields.title, found.fields.date, found.fields.issue_number) == ("河口日报", "2021-03-09", "9486")
    assert NoteCode.SECOND_MASTHEAD in {note.code for note in found.notes}


def test_a_day_that_no_calendar_has_is_mended_by_a_lunar_date_alone() -> None:
    alone = masthead_of(f"河口日报\n2021年2月30日 星期二\n第9486期\n\n{STORY}")
    assert alone.fields.date is None
    assert [note.code for note in alone.notes] == [NoteCode.IMPOSSIBLE_DATE]
    beside = masthead_of(f"河口日报\n2021年2月30日 星期二\n农历辛丑年正月廿六\n第9486期\n\n{STORY}")
    assert beside.fields.date in {"2021-03-09", None}
