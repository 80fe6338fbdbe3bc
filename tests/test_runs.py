"""Issue numbers of one title: a number out of its row is told, and a row that is only unusual is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspaper_cli.runs import Place, compare_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newspaper_cli.runs import Verdict

START = date(2021, 3, 1)


def at(days: int | None, number: int, title: str = "溪桥日报", weekday: str | None = None) -> Place:
    day = None if days is None else START.toordinal() + days
    return Place(f"{days}-{number}.txt", title, number, day, weekday, None)


def judged(*row: tuple[int | None, int]) -> Mapping[int, Verdict]:
    return compare_places([at(days, number) for days, number in row])


def wrong(*row: tuple[int | None, int]) -> dict[int, str]:
    return {index: verdict.expected for index, verdict in judged(*row).items() if not verdict.agrees}


def dated(*row: tuple[int | None, int]) -> dict[int, int]:
    found = {index: verdict.day for index, verdict in judged(*row).items()}
    return {index: (day - START).days for index, day in found.items() if day is not None}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([(0, 100), (1, 110), (2, 102)], {1: "101"}),
        ([(0, 100), (1, 99), (2, 102)], {1: "101"}),
        ([(0, 100), (1, 101), (2, 12), (3, 103), (4, 104)], {2: "102"}),
        # Two wrong ones in one run.
        (
            [(0, 100), (1, 101), (2, 12), (3, 103), (4, 104), (5, 105), (6, 16), (7, 107), (8, 108)],
            {2: "102", 6: "106"},
        ),
        # A weekly: the number is read wrong, or is that of the week before.
        ([(0, 10), (7, 11), (14, 91), (21, 13), (28, 14)], {2: "12"}),
        # Every third day, with one issue missing.
        ([(0, 10), (3, 11), (6, 41), (12, 14), (15, 15)], {2: "12 to 13"}),
        # A page of an issue is read with another number than the others.
        ([(0, 100), (1, 101), (1, 161), (2, 102), (3, 103)], {2: "101"}),
        # The first or last of a run is told by the others.
        ([(0, 500), (1, 101), (2, 102)], {0: "100"}),
        ([(0, 100), (1, 101), (2, 502)], {2: "102"}),
        # Two files alone: nobody knows which of them is wrong.
        ([(0, 9486), (1, 9490)], {0: "9489", 1: "9487"}),
        ([(0, 9490), (1, 9486)], {0: "9485", 1: "9491"}),
        ([(0, 9485), (1, 9486), (2, 9490), (3, 9491)], {1: "9489", 2: "9487"}),
        # Right number, wrong date: the issue stands at the end of the run.
        ([(0, 100), (1, 101), (3, 103), (7, 102)], {3: "104 to 107"}),
    ],
)
def test_a_number_out_of_its_row_is_told(row: Sequence[tuple[int, int]], expected: dict[int, str]) -> None:
    assert wrong(*row) == expected
    turned = dict(wrong(*reversed(row)))
    assert turned == {len(row) - 1 - index: number for index, number in expected.items()}


@pytest.mark.parametrize(
    "row",
    [
        [(0, 100)],
        [(0, 100), (1, 101)],
        # Several pages of each issue.
        [(0, 100), (0, 100), (1, 101), (1, 101), (2, 102), (2, 102)],
        # No paper on some days.
        [(0, 100), (1, 101), (3, 102), (4, 103), (5, 104), (12, 105), (13, 106)],
        # Morning and evening.
        [(0, 100), (0, 101), (1, 102), (1, 103), (2, 104), (2, 105)],
        # Begun anew: on the first of January, and in a sparse collection.
        [(0, 364), (1, 365), (2, 1), (3, 2), (4, 3)],
        [(0, 45), (30, 49), (60, 1), (90, 5), (120, 9)],
        [(0, 25), (480, 40), (570, 2), (900, 50), (930, 52)],
        # Two numbers that could both be wrong.
        [(0, 100), (1, 102), (3, 102), (4, 103), (6, 104)],
        # Far from each other, and with different numberings.
        [(0, 20752), (78, 4448)],
        [(0, 300), (400, 15000)],
        # Numbers without any row.
        [(0, 17129), (3, 25347), (16, 23741), (26, 12555), (40, 7940)],
        # Two papers under one name.
        [(0, 100), (0, 5000), (1, 101), (1, 5001), (2, 102), (2, 5002)],
    ],
)
def test_an_unusual_row_is_no_conflict(row: Sequence[tuple[int, int]]) -> None:
    assert wrong(*row) == {}


def test_titles_are_compared_each_with_itself() -> None:
    places = [at(0, 100), at(1, 7, "溪桥周报"), at(1, 101), None, at(2, 102), at(8, 8, "溪桥周报")]
    assert all(verdict.agrees for verdict in compare_places(places).values())


def test_a_number_that_would_be_right_on_another_day_is_told_with_the_day() -> None:
    (verdict,) = [verdict for verdict in judged((0, 100), (1, 105), (2, 102)).values() if not verdict.agrees]
    assert "no. 105 would be of 2021-03-06" in verdict.text
    assert "0-100.txt" in verdict.text
    assert "2-102.txt" in verdict.text


def test_what_follows_is_said_to() -> None:
    assert {index: verdict.expected for index, verdict in judged((0, 100), (1, 101), (2, 102)).items()} == {1: "101"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([(0, 100), (None, 101), (2, 102)], {1: 1}),
        ([(0, 100), (None, 103), (None, 101), (5, 105)], {1: 3, 2: 1}),
        # Another page of the same issue has the date.
        ([(0, 100), (None, 100)], {1: 0}),
        # A weekly could have come on any day between.
        ([(0, 100), (None, 101), (14, 102)], {}),
        # Not between two, or not where the numbers began anew.
        ([(0, 100), (None, 101)], {}),
        ([(0, 1), (2, 3), (365, 1), (None, 2), (367, 3)], {}),
        ([(0, 100), (365, 100), (None, 100)], {}),
    ],
)
def test_a_day_is_inferred_where_one_is_left(row: Sequence[tuple[int | None, int]], expected: dict[int, int]) -> None:
    assert dated(*row) == expected


def test_no_day_is_inferred_from_a_number_out_of_its_row() -> None:
    row = [(0, 100), (1, 109), (2, 102), (3, 103), (None, 109), (12, 112)]
    assert wrong(*row) == {1: "101"}
    assert dated(*row) == {4: 9}


def test_a_printed_weekday_can_speak_against_a_day() -> None:
    for weekday, found in (("Tuesday", True), ("Friday", False)):
        verdicts = compare_places([at(0, 100), at(None, 101, weekday=weekday), at(2, 102)])
        assert (1 in verdicts) is found


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 2)), max_size=30), st.integers(1, 9999), st.randoms())
def test_a_paper_that_only_goes_on_is_never_told(steps: list[tuple[int, int]], number: int, random: object) -> None:
    """Issues may come at any distance, double numbers too: all that counts is that numbers rise with the days."""
    row, day = [(0, number)], 0
    for days, numbers in steps:
        day, number = day + days, number + min(numbers, days)
        row.append((day, number))
    random.shuffle(row)  # type: ignore[attr-defined]
    assert wrong(*row) == {}


@given(st.integers(2, 20), st.data())
def test_one_wrong_number_in_a_daily_is_found(length: int, data: st.DataObject) -> None:
    row = [(days, 1000 + days) for days in range(length + 1)]
    place = data.draw(st.integers(1, length - 1))
    number = data.draw(st.integers(1, 3000).filter(lambda number: number != 1000 + place))
    row[place] = (place, number)
    assert wrong(*row) == {place: str(1000 + place)}
    assert (START + timedelta(days=place)).isoformat() in judged(*row)[place].text
