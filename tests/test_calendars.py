"""Days whose lunar dates are known, every day of the table both ways, two other almanacs, and numerals as printed."""

from __future__ import annotations

import runpy
from datetime import date, timedelta
from pathlib import Path

import pytest

from newspaper_cli import calendars
from newspaper_cli.calendars import (
    FIRST_DAY,
    LAST_DAY,
    LunarDate,
    calendar_words,
    gregorian_of,
    lunar_of,
    lunar_text,
    parse_lunar_day,
    parse_lunar_month,
    parse_numeral,
    parse_weekday,
    sexagenary,
    sexagenary_index,
    solar_term_of,
    weekday_name,
    year_of_era,
    year_of_sexagenary,
)

ALL_DAYS = [FIRST_DAY + timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]

KNOWN_DAYS = [
    (date(2020, 1, 31), "庚子年正月初七", "Friday"),
    (date(1949, 10, 1), "己丑年八月初十", "Saturday"),
    (date(2033, 12, 25), "癸丑年闰十一月初四", "Sunday"),
    (date(1933, 7, 22), "癸酉年闰五月三十", "Saturday"),
    (date(1954, 11, 25), "甲午年十一月初一", "Thursday"),
    (date(1978, 9, 2), "戊午年七月三十", "Saturday"),
    (date(1850, 1, 1), "己酉年十一月十九", "Tuesday"),
    (date(1916, 2, 3), "丙辰年正月初一", "Thursday"),
    (date(2100, 12, 31), "庚申年十二月初一", "Friday"),
]

# New moons within minutes of midnight: borax begins these months a day apart from sxtwl.
DISPUTED = [
    (date(2057, 9, 28), date(2057, 10, 27)),
    (date(2089, 9, 4), date(2089, 10, 3)),
    (date(2097, 8, 7), date(2097, 9, 5)),
]


@pytest.mark.parametrize(("day", "lunar", "weekday"), KNOWN_DAYS)
def test_known_days(day: date, lunar: str, weekday: str) -> None:
    found = lunar_of(day)
    assert found is not None
    assert lunar_text(found, traditional=False) == lunar
    assert weekday_name(day) == weekday


def test_every_day_has_one_lunar_date_and_leads_back() -> None:
    lunar = [lunar_of(day) for day in ALL_DAYS]
    assert [gregorian_of(found) for found in lunar if found] == ALL_DAYS
    assert len(set(lunar)) == len(ALL_DAYS)


def test_nothing_outside_the_table() -> None:
    assert lunar_of(FIRST_DAY - timedelta(1)) is None
    assert lunar_of(LAST_DAY + timedelta(1)) is None
    assert solar_term_of(date(1849, 12, 22)) is None
    assert gregorian_of(LunarDate(1849, 11, leap=False, day=18)) is None
    assert gregorian_of(LunarDate(2100, 12, leap=False, day=2)) is None


@pytest.mark.parametrize(
    "lunar",
    [
        LunarDate(2020, 1, leap=False, day=30),
        LunarDate(2020, 3, leap=True, day=1),
        LunarDate(2020, 13, leap=False, day=1),
        LunarDate(2020, 0, leap=False, day=1),
        LunarDate(2020, 5, leap=False, day=0),
        LunarDate(1700, 5, leap=False, day=1),
    ],
)
def test_lunar_dates_that_never_were(lunar: LunarDate) -> None:
    assert gregorian_of(lunar) is None


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # its SWIG wrapper warns on Python 3.12 and later
def test_every_day_agrees_with_sxtwl() -> None:
    sxtwl = pytest.importorskip("sxtwl")
    other = sxtwl.fromSolar(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day)
    wrong = []
    for day in ALL_DAYS:
        found = lunar_of(day)
        theirs = (other.getLunarMonth(), bool(other.isLunarLeap()), other.getLunarDay())
        if not found or (found.month, found.leap, found.day) != theirs:
            wrong.append(day)
        other = other.after(1)
    assert wrong == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_table_is_what_its_script_writes() -> None:
    pytest.importorskip("sxtwl")
    script = runpy.run_path(str(Path(__file__).with_name("lunar_table.py")))
    shipped = Path(calendars.__file__).parent.joinpath("weights", "lunar.tsv").read_text("ascii").splitlines()
    for year, of_year in zip(range(script["FIRST_YEAR"], script["FIRST_YEAR"] + 60), script["years"](), strict=False):
        assert script["row"](year, of_year) in shipped


def test_borax_differs_only_in_three_disputed_months() -> None:
    borax = pytest.importorskip("borax.calendars.lunardate")
    differing = set()
    for day in ALL_DAYS[(date(1900, 1, 31) - FIRST_DAY).days :]:
        theirs = borax.LunarDate.from_solar(day)
        if lunar_of(day) != LunarDate(theirs.year, theirs.month, leap=bool(theirs.leap), day=theirs.day):
            differing.add(day)
    assert differing == {day for day in ALL_DAYS if any(first <= day <= last for first, last in DISPUTED)}


def test_solar_terms() -> None:
    names = [term for day in ALL_DAYS if day.year == 2020 and (term := solar_term_of(day))]
    assert names == list(calendar_words().solar_terms.simplified)
    assert solar_term_of(date(2020, 2, 4)) == "立春"
    assert solar_term_of(date(1930, 3, 6), traditional=True) == "驚蟄"
    assert solar_term_of(date(2020, 2, 5)) is None
    assert sum(solar_term_of(day) is not None for day in ALL_DAYS) == 251 * 24


def test_sexagenary_names_come_round_every_sixty_years() -> None:
    assert [sexagenary(year) for year in (1864, 1920, 1930, 2020)] == ["甲子", "庚申", "庚午", "庚子"]
    assert [sexagenary_index(sexagenary(year)) for year in range(1864, 1924)] == list(range(60))
    assert [sexagenary_index(name) for name in ("甲丑", "子甲", "庚", "", "庚子年")] == [None] * 5


@pytest.mark.parametrize(
    ("name", "near", "year"),
    [("庚申", 1920, 1920), ("庚申", 1949, 1920), ("庚申", 1950, 1920), ("庚申", 1951, 1980), ("甲丑", 1920, None)],
)
def test_nearest_year_of_a_name(name: str, near: int, year: int | None) -> None:
    assert year_of_sexagenary(name, near) == year


@pytest.mark.parametrize(
    ("name", "number", "year"),
    [
        ("民國", 9, 1920),
        ("民国", 1, 1912),
        ("光緒", 34, 1908),
        ("光绪", 35, None),
        ("宣統", 3, 1911),
        ("同治", 11, 1872),
        ("昭和", 20, 1945),
        ("大正", 15, 1926),
        ("明治", 45, 1912),
        ("平成", 31, 2019),
        ("令和", 2, 2020),
        ("康德", 12, 1945),
        ("大同", 1, 1932),
        ("民國", 0, None),
        ("永平", 3, None),
    ],
)
def test_years_of_eras(name: str, number: int, year: int | None) -> None:
    assert year_of_era(name, number) == year


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("正月", (1, False)),
        ("冬月", (11, False)),
        ("臘月", (12, False)),
        ("閏四月", (4, True)),
        ("闰十一月", (11, True)),
        ("十二", (12, False)),
        ("十三月", None),
        ("月", None),
        ("", None),
    ],
)
def test_lunar_months_as_printed(text: str, month: tuple[int, bool] | None) -> None:
    assert parse_lunar_month(text) == month


def test_lunar_days_as_written_and_as_printed() -> None:
    assert [parse_lunar_day(name) for name in calendar_words().lunar.days] == list(range(1, 31))
    assert [parse_lunar_day(name) for name in ("念三日", "二十九", "卅", "初")] == [23, 29, 30, None]
    assert [parse_lunar_day(name) for name in ("三十一", "零", "初日")] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("星期一", "Monday"),
        ("星期天", "Sunday"),
        ("禮拜六", "Saturday"),
        ("週三", "Wednesday"),
        ("周日", "Sunday"),
        ("金曜日", "Friday"),
        ("星期七", None),
        ("星期", None),
    ],
)
def test_weekdays_as_printed(text: str, name: str | None) -> None:
    assert parse_weekday(text) == name


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2020", 2020),
        ("１９３４", 1934),
        ("二〇二〇", 2020),
        ("二零二零", 2020),
        ("二○一六", 2016),
        ("一九六九", 1969),
        ("一0二", 102),
        ("〇", 0),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("二十三", 23),
        ("廿三", 23),
        ("廿", 20),
        ("卅一", 31),
        ("卌五", 45),
        ("一百三十二", 132),
        ("一百廿九", 129),
        ("百零二", 102),
        ("一百〇二", 102),
        ("一千零十", 1010),
        ("一千五", 1005),
        ("一千三百廿七", 1327),
        ("三千七百九十七", 3797),
        ("千九百三十三", 1933),
        ("貳拾捌", 28),
        ("壹仟玖佰叁拾肆", 1934),
        ("二萬五千一百三十二", 25132),
        ("兩百", 200),
    ],
)
def test_numerals(text: str, number: int) -> None:
    assert parse_numeral(text) == number
    assert parse_numeral(text, lenient=True) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2O20",
        "]",
        "20 20",
        "三十二百",
        "一九三十",
        "二廿",
        "十十",
        "百千",
        "一百零",
        "第三",
        "²",
        "٣",
        "1" * 17,
    ],
)
def test_no_numerals(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("2O20", 2020), ("]", 1), ("l9l2", 1912), ("2 0　20", 2020), ("3|", 31), ("三十l", 31)]
)
def test_numerals_with_characters_that_ocr_confuses(text: str, number: int) -> None:
    assert parse_numeral(text, lenient=True) == number


def test_lenient_reading_still_wants_a_number() -> None:
    assert [parse_numeral(text, lenient=True) for text in ("", "  ", "版", "2o2x")] == [None] * 4
