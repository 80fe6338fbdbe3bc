"""Mastheads of invented papers in many house styles, for any day, with the errors of character recognition.

The styles follow conventions of the press from 1876 to 2025; no pattern of the program was written with one of them in
view. Errors take look-alikes most of the time, then any character, and lose one in five.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from newspaper_cli.calendars import lunar_of, lunar_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STORY: Final = "全县春耕现场会召开\n本报讯（记者 白云）日前，全县春耕现场会在河口镇召开，各乡镇负责人参加会议。\n"
DIGITS: Final = "〇一二三四五六七八九"
WEEK: Final = "一二三四五六日"
MONTHS: Final = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
# What is taken for a character; the others are exchanged for any of the second string.
# fmt: off
LIKE: Final = dict(pair.split(":") for pair in [
    "0:OoD", "1:lI]|", "2:Z7", "3:8B", "4:A", "5:S6", "6:b5", "8:B3", "9:g", "日:曰目口", "月:丹用", "年:午牛",
    "星:呈", "期:朝", "二:三一", "三:二王", "十:千卜干", "廿:甘", "农:衣", "历:厉", "初:祝", "五:王", "六:大", "七:士",
    "八:人入", "九:几", "四:西", "民:氏", "國:圃", "辛:幸", "己:已巳", "戊:戌", "未:末", "寅:宾", "申:甲", "丑:五",
])
# fmt: on
ANY: Final = (
    "的是在不了有和人这中上个我以要他来用们生到作地于出就分对成会可主动同工也能下过子说产种面而方后定行学法所得经"
)
LOST, ALIKE = 0.2, 0.8


def han(number: int) -> str:
    tens, units = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[units] if units or not tens else "")


def by_digits(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def counted(number: int) -> str:
    text, skipped = "", False
    for unit, sign in ((10_000, "萬"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        text += ("零" if skipped and digit else "") + (DIGITS[digit] + sign if digit else "")
        skipped = bool(text) and not digit
    return text


def moon(day: date, *, traditional: bool = False) -> str:
    lunar = lunar_of(day)
    assert lunar
    return lunar_text(lunar, traditional=traditional)


def county_daily(day: date, draw: Random) -> str:
    number = draw.randint(100, 20_000)
    return (
        f"云泽日报\n{day.year}年{day.month}月{day.day}日 星期{WEEK[day.weekday()]}\n"
        f"农历{moon(day)}\n第{number}期 今日8版"
    )


def one_row(day: date, draw: Random) -> str:
    return (
        f"岚城晚报\u3000{day.year} 年 {day.month} 月 {day.day} 日\u3000星期{WEEK[day.weekday()]}\u3000农历{moon(day)}"
        f"\u3000总第{draw.randint(1000, 30_000)}期\u3000今日{han(draw.choice((4, 8, 16)))}版"
    )


def numerals(day: date, draw: Random) -> str:
    return (
        f"溪口日报\n{by_digits(day.year)}年{han(day.month)}月{han(day.day)}日\n星期{WEEK[day.weekday()]}\n"
        f"夏历{moon(day)}\n第{draw.randint(100, 9000)}号"
    )


def republic(day: date, draw: Random) -> str:
    return (
        f"蘆汀日報\n中華民國{han(day.year - 1911)}年{han(day.month)}月{han(day.day)}日\n星期{WEEK[day.weekday()]}\n"
        f"夏曆{moon(day, traditional=True)}\n第{counted(draw.randint(100, 9000))}號"
    )


def empire(day: date, draw: Random) -> str:
    lunar = lunar_of(day)
    assert lunar
    era, first = ("光緒", 1875) if day < date(1909, 1, 22) else ("宣統", 1909)
    year, leap = lunar.year - first + 1, "閏" if lunar.leap else ""
    return (
        f"海上新報\n大清{era}{han(year) if year > 1 else '元'}年{leap}{MONTHS[lunar.month - 1]}月{moon(day)[-2:]}日\n"
        f"西曆{day.year}年{day.month}月{day.day}日 禮拜{WEEK[day.weekday()]}\n第{counted(draw.randint(100, 9000))}號"
    )


def harbour(day: date, draw: Random) -> str:
    return (
        f"海角晨報\n{day.year}年{day.month}月{day.day}日\u3000星期{WEEK[day.weekday()]}\n"
        f"{moon(day, traditional=True)}日\n第{draw.randint(1000, 30_000)}號\u3000A{draw.randint(1, 9)}"
    )


def day_apart(day: date, draw: Random) -> str:
    return (
        f"{day.year}年{day.month}月\n霜溪日报\n{moon(day)}\n星期{WEEK[day.weekday()]} 今日8版\n"
        f"第{draw.randint(100, 20_000)}期\n\n{day.day}"
    )


def year_apart(day: date, draw: Random) -> str:
    return (
        f"{day.year}\n{day.month:02d}·{day.day:02d}\n泽岭晚报\n星期{WEEK[day.weekday()]}\n{moon(day)}\n"
        f"总第{draw.randint(1000, 20_000)}期"
    )


class Style(NamedTuple):
    """Hold how a house sets its masthead, and from which year to which."""

    write: Callable[[date, Random], str]
    first: int
    last: int


STYLES: Final = (
    Style(county_daily, 1980, 2025),
    Style(one_row, 1995, 2025),
    Style(numerals, 1950, 1980),
    Style(republic, 1913, 1948),
    Style(empire, 1876, 1911),
    Style(harbour, 1985, 2025),
    Style(day_apart, 2005, 2025),
    Style(year_apart, 2005, 2025),
)


def misread(text: str, share: float, draw: Random) -> str:
    """Misread so many of the characters."""
    found = []
    for character in text:
        chance = draw.random()
        if character.isspace() or chance >= share:
            found.append(character)
        elif chance >= share * LOST:
            alike = LIKE.get(character, "") if chance < share * ALIKE else ""
            found.append(draw.choice(alike or ANY))
    return "".join(found)


def mastheads(share: float, count: int, seed: int = 7) -> Iterator[tuple[date, str]]:
    """Make pages, each with the day that its masthead meant."""
    draw = Random(seed)  # noqa: S311  # repeatable is what is wanted
    for number in range(count):
        style = STYLES[number % len(STYLES)]
        first, last = date(style.first, 1, 15), date(style.last, 12, 1)
        day = first + timedelta(days=draw.randrange((last - first).days))
        yield day, f"{misread(style.write(day, draw), share, draw)}\n\n{STORY}"
