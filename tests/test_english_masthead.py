"""Mastheads of invented English papers, as recognition leaves them: damaged, behind the news, or not there at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspaper_cli.labels import Basis, NoteCode
from newspaper_cli.languages import load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.masthead import Masthead, read_masthead
from newspaper_cli.masthead.likeness import nearest

MONTHS = (
    "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER".split()  # noqa: SIM905
)
WEEKDAYS = "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY".split()  # noqa: SIM905
STORY = (
    "MILL BURNS AT HARLAN\n"
    "HARLAN, March 2.—The old mill on\n"
    "the river road burned to the ground\n"
    "last night, and two men were hurt.\n"
)


def read(text: str) -> Masthead:
    return read_masthead(read_lines(text), load_language("en"))


def page(line: str) -> str:
    return f"THE HARLAN HERALD\n{line}\nVOL. IX. NO. 23\n{STORY}"


@pytest.mark.parametrize(
    ("line", "expected", "basis"),
    [
        ("HARLAN, IOWA, FRIDAY, MARCH 3, 1916.", "1916-03-03", Basis.PRINTED),
        ("HARLAN, IOWA, FRIDAY, MARCH 3, 191G.", "1916-03-03", Basis.COMPLETED),
        ("HARLAN, IOWA, FRIDAY, MARCH 3, 19l6.", "1916-03-03", Basis.COMPLETED),
        ("HARLAN, IOWA, FRIDAY, MARCH 3, 191 G", "1916-03-03", Basis.COMPLETED),
        ("HARLAN, IOWA, FRIDAY, MARCH 3, 1 9 1 6.", "1916-03-03", Basis.PRINTED),
        ("HARLAN, IOWA, FRIDAY, MARCH 3, 4916.", "1916-03-03", Basis.COMPLETED),
        ("HARLAN, IOWA, FRIDAY, MAEOH 3, 1916.", "1916-03-03", Basis.COMPLETED),
        ("HARLAN, IOWA, SATURDAY, JANUARV l, I9I6.", "1916-01-01", Basis.COMPLETED),
        ("HARLAN, IOWA, SATURDAY, JANUARY I, 1916.", "1916-01-01", Basis.COMPLETED),
        ("HARLAN, IOWA, JUNK 1O, 1916.", "1916-06-10", Basis.COMPLETED),
        ("HARLAN, IOWA, FRIDAYMARCH 3, 1916.", "1916-03-03", Basis.PRINTED),
        ("HARLAN, IOWA, FRIDAV, MARCH 3 1916", "1916-03-03", Basis.PRINTED),
        ("HARLAN, IOWA, FRIDAY, MARCH 3, 1916. $1.50 per year in advance", "1916-03-03", Basis.PRINTED),
        ("ESTABLISHED 1861. HARLAN, IOWA, FRIDAY, MARCH 3, 1916.", "1916-03-03", Basis.PRINTED),
        # The weekday chooses: S is a 5, an 8 or a 9.
        ("HARLAN, IOWA, TUESDAY, MARCH 8, 1SS7.", "1887-03-08", Basis.COMPLETED),
        ("HARLAN, IOWA, THURSDAY, JUNE S, 1916.", "1916-06-08", Basis.COMPLETED),
        ("HARLAN, IOWA, MONDAY, JUNE S, 1916.", "1916-06-05", Basis.COMPLETED),
        ("HARLAN, IOWA, THURSDAY, JUNE 8, 191C.", "1916-06-08", Basis.COMPLETED),
    ],
)
def test_damaged_print_is_read_where_it_can_mean_one_day_only(line: str, expected: str, basis: Basis) -> None:
    fields = read(page(line)).fields
    assert fields.date == expected
    assert (fields.basis["date"], fields.issue_number) == (basis, "23")


@pytest.mark.parametrize(
    "line",
    [
        # Nothing tells a 5 from an 8, or which year it was.
        "HARLAN, IOWA, JUNE S, 1916.",
        "HARLAN, IOWA, JUNE 8, 1SS7.",
        # No reading is a Sunday.
        "HARLAN, IOWA, SUNDAY, JUNE 8, 191G.",
        "HARLAN, IOWA, JSMTTVR 8, 1916.",
        # Like June and July alike.
        "HARLAN, IOWA, JUNY 8, 1916.",
        "HARLAN, IOWA, FRIDAY, JANUARY 28, 1010.",
        "ESTABLISHED 1860.",
        "ESTABLISHED 6EPT 17, 1870.",
        "Entered April 14, 1902, as second-class matter",
        "ENTERED AS SECOND-CLASS MATTER MAY 12, 1910",
        "ACT OF MARCH 3, 1879.",
    ],
)
def test_what_can_mean_several_days_or_none_is_left(line: str) -> None:
    assert read(page(line)).fields.date is None


@pytest.mark.parametrize(
    "lines",
    [
        "HARLAN, IOWA, JUNE 18, 1916.\nCOUNCIL MEETS MONDAY",
        "COUNCIL MEETS THURSDAY\nHARLAN, IOWA, JUNE 18, 1916.",
        "HARLAN, IOWA, SUNDAY, JUNE 18, 1916.\nCOUNCIL MEETS THURSDAY",
    ],
)
def test_the_weekday_of_a_headline_mends_nothing(lines: str) -> None:
    read_ = read(page(lines))
    assert (read_.fields.date, read_.fields.basis["date"], read_.notes) == ("1916-06-18", Basis.PRINTED, ())


def test_one_digit_is_mended_where_the_weekday_allows_one_reading() -> None:
    read_ = read(page("HARLAN, IOWA, THURSDAY, JUNE 18, 1916."))
    assert (read_.fields.date, read_.fields.basis["date"]) == ("1916-06-15", Basis.INFERRED)
    assert [note.code for note in read_.notes] == [NoteCode.WEEKDAY_CONFLICT]
    assert next(it for it in read_.fields.readings if it.field == "date").text == ("JUNE18,1916.",)


def test_no_digit_is_mended_where_the_weekday_allows_two_readings() -> None:
    read_ = read(page("HARLAN, IOWA, MONDAY, APRIL 17, 1910."))
    assert (read_.fields.date, read_.fields.weekday) == (None, "Monday")
    assert [note.code for note in read_.notes] == [NoteCode.WEEKDAY_CONFLICT]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("HARLAN, IOWA, FRIDAY, MARCH 3,\n1916.", "1916-03-03"),
        ("HARLAN, IOWA, FRIDAY, MARCH\n3, 1916. PRICE TWO CENTS", "1916-03-03"),
        ("FRIDAY\nMARCH 3\n1916", "1916-03-03"),
        ("FRIDAY\nMARCH 3, 1916", "1916-03-03"),
        # Not that weekday; no line of the title block; no line below the other; no day, or two.
        ("HARLAN, IOWA, SUNDAY, MARCH 3,\n1916.", None),
        ("HARLAN, March 3\n1916.", None),
        ("FRIDAY, MARCH 3\nSNOW AT HARLAN\n1916", None),
        ("FRIDAY, MARCH\n1916", None),
        ("FRIDAY, MARCH 3\n4, 1916", None),
    ],
)
def test_a_date_cut_by_a_line_end_is_put_together(lines: str, expected: str | None) -> None:
    fields = read(page(lines)).fields
    assert fields.date == expected
    whole = "MARCH 3, 1916" in lines
    assert fields.basis.get("date") is (None if expected is None else Basis.PRINTED if whole else Basis.COMPLETED)


def deep(line: str, top: str = "") -> str:
    return f"{top}{STORY * 30}{line}\n{STORY * 5}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("HARLAN, IOWA, FRIDAY, MARCH 3, 1916", "1916-03-03"),
        ("/H HARLAN, ORCHARD COUNTY, IOWA, FRIDAY, MARCH 3,1916.", "1916-03-03"),
        ("Harlan, South Dakota, Friday, March 3rd, 1916", "1916-03-03"),
        ("HARLAN. IOWA, FRIDAY EVENING, MAEOH 3, 191G NUMBER 9", "1916-03-03"),
        ("VOL. IX. NO. 23 HARLAN, IOWA, MARCH 3, 1916. $1.00 A YEAR", "1916-03-03"),
        ("HARLAN, IOWA, MONDAY, MARCH 3, 1916", None),
        ("FRIDAY, MARCH 3, 1916", None),
        ("Harlan, Iowa, March 3, 1916.", None),
        ("OPENING FRIDAY, MARCH 3, 1916", None),
        ("will be sold at Harlan, Iowa, Friday, March 3, 1916", None),
        ("MARCH 3, 1916, Friday, at Harlan, Iowa", None),
    ],
)
def test_a_dateline_behind_the_news_is_the_papers_where_place_weekday_and_day_agree(
    line: str, expected: str | None
) -> None:
    assert read(deep(line)).fields.date == expected


def test_a_dateline_behind_the_news_joins_the_number_at_the_top() -> None:
    fields = read(deep("HARLAN, IOWA, FRIDAY, MARCH 3, 1916 NUMBER 54", "VOL. IX. NO. 54\nPRICE TWO CENTS\n")).fields
    assert (fields.date, fields.volume, fields.issue_number) == ("1916-03-03", "IX", "54")


def test_two_datelines_behind_the_news_leave_the_day_open() -> None:
    other = "OMAHA, NEBRASKA, SATURDAY, MARCH 4, 1916\n"
    line = "HARLAN, IOWA, FRIDAY, MARCH 3, 1916\n"
    assert read(deep(line + STORY + other)).fields.date is None
    assert read(deep(line + STORY + other + STORY + line)).fields.date == "1916-03-03"


def test_a_date_at_the_top_is_not_asked_of_the_lines_below() -> None:
    top = "THE HARLAN HERALD\nHARLAN, IOWA, FRIDAY, MARCH 3, 1916\n"
    read_ = read(deep("OMAHA, NEBRASKA, SATURDAY, MARCH 4, 1916", top))
    assert (read_.fields.date, read_.notes) == ("1916-03-03", ())


@given(
    st.dates(date(1750, 1, 1), date(1999, 12, 31)),
    st.sampled_from(["", "8", "l", "O", "S", "!"]),
    st.integers(0, 12),
)
def test_damage_to_one_character_never_gives_a_day_that_is_not_the_printed_weekday(
    day: date, glyph: str, back: int
) -> None:
    text = f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}, {day.year}"
    at = len(text) - 1 - back
    damaged = text[:at] + glyph + text[at + 1 :]
    read_ = read(page(damaged))
    if read_.fields.date is not None and not any(note.code is NoteCode.WEEKDAY_CONFLICT for note in read_.notes):
        assert (date.fromisoformat(read_.fields.date) - day) % timedelta(days=7) == timedelta()


@pytest.mark.parametrize(
    ("word", "number"),
    [("MAEOH", 2), ("JANUARV", 0), ("Dcccmbcr", 11), ("0CTOBER", 9), ("JULV", 6), ("FEBRTJARY", 1), ("Fcb", 1)],
)
def test_a_month_is_known_by_its_shape(word: str, number: int) -> None:
    assert nearest(word, "months", load_language("en")) == number


@pytest.mark.parametrize("word", ["", "THE", "MONTANA", "NUMBER", "VOLUME", "JUNY", "MAE", "WASHINGTON", "Hon"])
def test_what_is_no_month_is_not_made_one(word: str) -> None:
    assert nearest(word, "months", load_language("en")) is None


def test_chinese_has_no_damaged_words() -> None:
    assert nearest("MAEOH", "months", load_language("zh")) is None


def test_the_town_stands_before_the_day() -> None:
    assert read(page("HARLAN, IOWA, FRIDAY, MARCH 3, 1916.")).fields.place == "HARLAN, IOWA"
    assert read(page("FRIDAY, MARCH 3, 1916.")).fields.place is None


def test_a_dateline_below_the_title_block_is_not_the_place_of_the_paper() -> None:
    page_ = page("HARLAN, IOWA, FRIDAY, MARCH 3, 1916.").replace(STORY, "WASHINGTON, March 2, 1916.\n" + STORY)
    assert read(page_).fields.place == "HARLAN, IOWA"


def test_the_edition_stands_beside_the_number() -> None:
    found = read("THE HARLAN HERALD\nFRIDAY, MARCH 3, 1916.\nVOL. IX. NO. 23  HOME EDITION\n" + STORY)
    assert (found.fields.edition, found.fields.issue_number) == ("HOME EDITION", "23")
    assert read("THE HARLAN HERALD\nFRIDAY, MARCH 3, 1916.\nVOL. IX. NO. 23\n" + STORY).fields.edition is None


DAY = "HARLAN, IOWA, FRIDAY, MARCH 3, 1916."


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"Sedge County Democrat\n{DAY}", "Sedge County Democrat"),
        (f"THE HARLAN PIONEER\nThe Oldest Newspaper on the Upper River\n{DAY}", "THE HARLAN PIONEER"),
        (f"HARLAN NEWS-HERALD\n{DAY}", "HARLAN NEWS-HERALD"),
        (f"12 Pages\nVOL. IX., NO. 16\nHarlan Weekly News\n12 Pages\n{DAY}", "Harlan Weekly News"),
        (f". . ;\n' *\n~\n;\n.. M THE HARLAN TIMES IMi\n{DAY}", "THE HARLAN TIMES"),
        (f"Cold Spring Gap Post?\n{DAY}", "Cold Spring Gap Post"),
        (f"THE HARLAN FARMER\n{DAY}", "THE HARLAN FARMER"),
        # What is said of the paper, headlines above the title block, and names at other places.
        (f"Official Organ of Sedge County\n{DAY}", None),
        (f"Only Democratic News\n{DAY}", None),
        (f"Served by the United Press\n{DAY}", None),
        (f"TAKES SHOT AT SUN\n{DAY}", None),
        (f"TROOPS HURRY HOME\n{DAY}", None),
        (f"TAFT GOES HOME\n{DAY}", None),
        (f"THE NATIONAL GUARD MEETS\n{DAY}", None),
        (f"{DAY}\nRAIN TODAY\nTHE NATIONAL GUARD", None),
        (f"JUDGE DEFENDS HIS COURSE\n{DAY}", None),
        (f"SNOW FALLS\nAT HARLAN\nROADS CLOSED\nMAILS LATE\nHARLAN WEEKLY NEWS\n{DAY}", None),
        (f"{DAY}\nSNOW FALLS AT HARLAN\nSedge County News", None),
    ],
)
def test_a_name_at_the_head_of_the_page_is_known_by_its_last_word(head: str, title: str | None) -> None:
    fields = read(f"{head}\n{STORY}").fields
    assert (fields.title, fields.date) == (title, "1916-03-03")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("HARLAN, SEDGE COUNTY. IOWA. MARCH 3. 1916.", "HARLAN, SEDGE COUNTY. IOWA"),
        ("Harlan, Sedge County, Kentucky, Friday, March 3, 1916", "Harlan, Sedge County, Kentucky"),
        ("VOL. IX. COLD SPRING GAP, SEDGE CO., VA., FRIDAY, MARCH 3, 1916 NUMBER 23", "COLD SPRING GAP, SEDGE CO., VA"),
        ("HARLAN, KAUAI, TERRITORY OF HAWAII, FRIDAY, MARCH 3, 1916", "HARLAN, KAUAI, TERRITORY OF HAWAII"),
        ("LONDON, FRIDAY, MARCH 3, 1916.", "LONDON"),
        ("THE HARLAN LEADER, FRIDAY, MARCH 3, 1916.", None),
    ],
)
def test_a_place_may_name_its_county_or_need_no_state(line: str, place: str | None) -> None:
    fields = read(page(line)).fields
    assert (fields.place, fields.date) == (place, "1916-03-03")


@pytest.mark.parametrize(
    ("line", "volume"),
    [
        ("VOLUME SIXTY-EIGHT", "68"),
        ("VOLUME TWELVE", "12"),
        ("FIFTY-THIRD YEAR", "53"),
        ("57th Year.", "57"),
        ("THIRD YEAR OF DROUGHT", None),
        ("LAST YEAR", None),
    ],
)
def test_a_volume_may_be_a_word_or_a_year_of_the_paper(line: str, volume: str | None) -> None:
    fields = read(f"THE HARLAN HERALD\n{line}\n{DAY}\n{STORY}").fields
    assert (fields.volume, fields.date) == (volume, "1916-03-03")


@pytest.mark.parametrize(
    "line", ["Vol. IX Five Cents a Copy No. 23", "Twelve Pages No. 23", "57th Year No. 23", "Vol. IX In Iowa No. 23"]
)
def test_a_number_may_stand_behind_other_words(line: str) -> None:
    assert read(f"THE HARLAN HERALD\n{line}\n{DAY}\n{STORY}").fields.issue_number == "23"


def test_a_volume_alone_at_the_head_of_a_page_is_its_masthead() -> None:
    assert read(f"Register Today!\nVOL. XXV.\n{STORY}").fields.volume == "XXV"


@pytest.mark.parametrize(
    "line",
    [
        "Local No. 410, I. T. U., Have",
        "ORDER OF ELKS, LODGE NO. 410",
        "Our 10c School Hose",
        "Harlan 5-10-15 Cent Store",
        "Penny Dance Monday",
        "esting Session Monday",
        "MEETING HERE SATURDAY--ALL WELCOME",
        "Tuesday, March 7th.",
        "WAR ENTERS THIRD YEAR",
        "A ball will be given on Friday, March 10, 1916; admission 25 cents in advance",
    ],
)
def test_what_stands_beside_a_title_block_is_no_part_of_it(line: str) -> None:
    text = f"THE HARLAN HERALD\n{DAY}\n{line}\n{STORY}"
    found = read(text)
    assert (found.fields.issue_number, found.fields.volume, found.fields.price) == (None, None, None)
    assert found.fields.weekday == "Friday"
    assert 2 not in found.claimed


@pytest.mark.parametrize(
    "price",
    ["PRICE FIVEPENCE", "PRICE THREE-HALFPENCE", "PRICE ONE PENNY", "5 CENTS PER COPY", "TWO CENTS LAST EDITION"],
)
def test_a_price_is_read_beside_what_it_is_for(price: str) -> None:
    assert read(f"THE HARLAN HERALD\n{DAY}\n{price}\n{STORY}").fields.price is not None


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (
            "THE HARLAN STAR,\nVOL. VI. No. 269. SATURDAY, JANUARY 7, 1843. FOURPENCE HALFPENNY or five per week.",
            {"title": "THE HARLAN STAR", "date": "1843-01-07", "price": "FOURPENCE HALFPENNY"},
        ),
        (
            "THE HARLAN TIMES.\nNo. 520.—VOL. XI. SATURDAY, JANUARY 7, 1843. PRICE 4½d.",
            {"volume": "XI", "issue_number": "520", "price": "4½d"},
        ),
        (
            "New-Harlan Tribune.\nVol. LXXVI No. 25,736 First to last\nSATURDAY, APRIL 29, 1916 ONE CENT In town",
            {"title": "New-Harlan Tribune", "issue_number": "25736", "date": "1916-04-29", "price": "ONE CENT"},
        ),
        (
            "THE EVENING MIRROR\nCopyright, 1916, by The Harlan Co. NEW YORK, MONDAY, MAY 1, 1916.\nFINAL EDITION",
            {"title": "THE EVENING MIRROR", "date": "1916-05-01", "place": "NEW YORK", "edition": "FINAL EDITION"},
        ),
        (
            "The Harlan Times.\nSINGAPORE, TUESDAY, 5TH MARCH, 1889.\nNO. 16,767",
            {"date": "1889-03-05", "place": "SINGAPORE", "issue_number": "16767"},
        ),
        ("The Daily Sketch and Mail\nLONDON, SATURDAY, JUNE 30, 1855. TWOPENCE", {"price": "TWOPENCE"}),
        ("The Harlan Mail\nTOKYO, THURSDAY, MARCH 4, 1915\nNo. 5,432 PRICE 10 SEN", {"price": "10 SEN"}),
        ("THE TIMES OF HARLAN\nNo 66,666 FRIDAY OCTOBER 29 1999 35p", {"issue_number": "66666", "price": "35p"}),
        (
            "HARLAN ARGUS\nSIXTY-FIFTH YEAR. NO. 170. HARLAN, ILL., FRIDAY, MAY 5, 1916. PRICE TWO CENTS.",
            {"title": "HARLAN ARGUS", "volume": "65", "issue_number": "170", "place": "HARLAN, ILL"},
        ),
        ("THE MORNING OREGONIAN\nFRIDAY, MAY 5, 1916.", {"title": "THE MORNING OREGONIAN"}),
    ],
)
def test_a_title_block_is_read_in_the_manner_of_its_time_and_country(head: str, fields: dict[str, str]) -> None:
    found = read(f"{head}\n{STORY}").fields
    assert {name: getattr(found, name) for name in fields} == fields
