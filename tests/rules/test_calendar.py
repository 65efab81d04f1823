"""Days are counted as the law counts them, on the calendar as published."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.instants import end_of, local_date
from cases.rules.calendar import BadCalendar, WorkCalendar
from cases.vocabulary import Unit

CALENDAR = WorkCalendar()

OFF_2026 = [
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
]
SHIFTED_2026 = [
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
]


def works_in_2026(day: date) -> bool:
    """The notice of the State Council, written down independently of the calendar under test."""
    if day in SHIFTED_2026:
        return True
    return day.weekday() < 5 and not any(first <= day <= last for first, last in OFF_2026)


def test_every_day_of_2026_is_as_the_notice_says() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [d for d in days if CALENDAR.is_working_day(d) != works_in_2026(d)] == []
    assert sum(map(CALENDAR.is_working_day, days)) == 248


@pytest.mark.parametrize("day", SHIFTED_2026)
def test_a_shifted_workday_is_worked_although_it_is_a_weekend(day: date) -> None:
    assert day.weekday() >= 5
    assert CALENDAR.is_working_day(day)


def test_2026_is_official_and_2027_is_not() -> None:
    assert CALENDAR.is_official(2026)
    assert not CALENDAR.is_official(2027)


def test_a_year_without_a_calendar_knows_weekends_and_the_holidays_of_the_law_only() -> None:
    assert not CALENDAR.is_working_day(date(2027, 1, 1))
    assert not CALENDAR.is_working_day(date(2027, 2, 5)), "除夕"
    assert not CALENDAR.is_working_day(date(2027, 1, 2))
    assert CALENDAR.is_working_day(date(2027, 2, 9)), "a bridge day is never guessed"
    assert CALENDAR.is_working_day(date(2027, 10, 4))


def test_the_start_day_does_not_count() -> None:
    monday = date(2026, 11, 23)
    assert CALENDAR.last_day(monday, 3, Unit.WORKING_DAY) == (date(2026, 11, 26), False)
    assert CALENDAR.last_day(monday, 3, Unit.CALENDAR_DAY) == (date(2026, 11, 26), False)


def test_a_last_day_on_a_weekend_rolls_on_to_monday() -> None:
    assert CALENDAR.last_day(date(2026, 11, 23), 5, Unit.CALENDAR_DAY)[0] == date(2026, 11, 30)


def test_a_last_day_in_the_national_holiday_rolls_on_past_it() -> None:
    assert CALENDAR.last_day(date(2026, 9, 20), 15, Unit.CALENDAR_DAY)[0] == date(2026, 10, 8)


def test_a_last_day_on_a_shifted_sunday_stays() -> None:
    assert CALENDAR.last_day(date(2026, 9, 5), 15, Unit.CALENDAR_DAY)[0] == date(2026, 9, 20)


def test_a_shifted_sunday_counts_as_a_working_day() -> None:
    assert CALENDAR.last_day(date(2026, 9, 18), 1, Unit.WORKING_DAY)[0] == date(2026, 9, 20)


def test_a_period_that_starts_on_a_holiday_counts_from_the_first_working_day_after() -> None:
    assert CALENDAR.last_day(date(2026, 10, 3), 1, Unit.WORKING_DAY)[0] == date(2026, 10, 8)


def test_working_days_and_calendar_days_are_not_the_same() -> None:
    start = date(2026, 9, 18)
    assert CALENDAR.last_day(start, 30, Unit.CALENDAR_DAY)[0] == date(2026, 10, 19)
    assert CALENDAR.last_day(start, 30, Unit.WORKING_DAY)[0] == date(2026, 11, 5)


def test_a_period_into_2027_is_provisional_and_one_that_ends_before_is_not() -> None:
    assert CALENDAR.last_day(date(2026, 12, 15), 10, Unit.WORKING_DAY) == (date(2026, 12, 29), False)
    assert CALENDAR.last_day(date(2026, 12, 20), 10, Unit.WORKING_DAY) == (date(2027, 1, 4), True)
    assert CALENDAR.last_day(date(2026, 12, 20), 15, Unit.CALENDAR_DAY) == (date(2027, 1, 4), True)


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(0, 90))
def test_a_last_day_is_always_a_working_day_with_the_right_number_of_them_before(
    start: date, amount: int
) -> None:
    last, provisional = CALENDAR.last_day(start, amount, Unit.WORKING_DAY)
    assert CALENDAR.is_working_day(last)
    if amount:
        assert CALENDAR.working_days_between(start, last) == amount
    assert provisional >= (not CALENDAR.is_official(last.year))


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(0, 120))
def test_calendar_days_end_on_the_day_or_the_next_working_day(start: date, amount: int) -> None:
    last, _ = CALENDAR.last_day(start, amount, Unit.CALENDAR_DAY)
    nominal = start + timedelta(days=amount)
    between = [nominal + timedelta(days=n) for n in range((last - nominal).days)]
    assert CALENDAR.is_working_day(last)
    assert not any(map(CALENDAR.is_working_day, between))


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.last_day(date(2026, 1, 1), -1, Unit.WORKING_DAY)


def test_the_day_changes_at_midnight_in_china_not_in_utc() -> None:
    assert local_date(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert local_date(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert end_of(date(2026, 11, 22)) == datetime(2026, 11, 22, 15, 59, 59, 999_000, tzinfo=UTC)


def test_a_time_without_a_zone_and_an_instant_instead_of_a_date_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        local_date(datetime(2026, 11, 22))  # noqa: DTZ001
    with pytest.raises(TypeError, match="local_date"):
        CALENDAR.is_working_day(datetime(2026, 11, 22, tzinfo=UTC))


def write_2027(folder: Path) -> WorkCalendar:
    (folder / "2027.toml").write_text(
        'year = 2027\nsource = "a notice"\n'
        "off = [[2027-01-01, 2027-01-03], [2027-02-05, 2027-02-11], 2027-10-04]\nwork = [2027-02-20]\n",
        "utf-8",
    )
    return WorkCalendar(folder)


def test_a_calendar_file_makes_its_year_official(tmp_path: Path) -> None:
    calendar = write_2027(tmp_path)
    assert calendar.is_official(2027)
    assert not calendar.is_working_day(date(2027, 2, 10))
    assert calendar.is_working_day(date(2027, 2, 20))
    assert calendar.is_working_day(date(2027, 5, 3))
    assert calendar.is_official(2026), "the package's years stay"


def test_a_day_that_rolls_on_into_a_year_without_a_calendar_is_provisional(tmp_path: Path) -> None:
    text = 'year = 2027\nsource = "n"\noff = ["2027-12-31"]\nwork = []'
    (tmp_path / "2027.toml").write_text(text, "utf-8")
    calendar = WorkCalendar(tmp_path)
    assert calendar.roll_on(date(2027, 12, 30)) == (date(2027, 12, 30), False)
    assert calendar.roll_on(date(2027, 12, 31)) == (date(2028, 1, 3), True)


def test_a_calendar_may_come_as_json(tmp_path: Path) -> None:
    plan = {"year": 2027, "source": "n", "off": [["2027-02-05", "2027-02-11"]], "work": ["2027-02-20"]}
    (tmp_path / "next.json").write_text(json.dumps(plan), "utf-8")
    assert not WorkCalendar(tmp_path).is_working_day(date(2027, 2, 8))


@pytest.mark.parametrize(
    "text",
    [
        "year = 2027",
        'year = 2027\nsource = "n"\noff = [2026-01-01]\nwork = []',
        'year = 2027\nsource = "n"\noff = [2027-02-20]\nwork = [2027-02-20]',
        'year = 2027\nsource = "n"\noff = [2027-01-01]\nwork = [2027-02-22]',
        'year = 2027\nsource = "n"\noff = []\nwork = []',
        'year = 2027\nsource = "n"\noff = 5\nwork = []',
        "not toml at all",
    ],
)
def test_a_broken_calendar_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "2027.toml").write_text(text, "utf-8")
    with pytest.raises(BadCalendar, match=r"2027\.toml"):
        WorkCalendar(tmp_path)


def test_two_files_for_one_year_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    write_2027(tmp_path)
    (tmp_path / "again.toml").write_text((tmp_path / "2027.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(BadCalendar, match="another file"):
        WorkCalendar(tmp_path)
    with pytest.raises(BadCalendar, match="does not exist"):
        WorkCalendar(tmp_path / "nowhere")


def counted_by_hand(start: date, amount: int, unit: Unit) -> date:
    """The same rule written a second time, on the notice above."""
    day = start + timedelta(days=amount) if unit is Unit.CALENDAR_DAY else start
    left = amount if unit is Unit.WORKING_DAY else 0
    while left:
        day += timedelta(days=1)
        left -= works_in_2026(day)
    while not works_in_2026(day):
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(n, Unit.WORKING_DAY) for n in (1, 3, 5, 10, 30)] + [(n, Unit.CALENDAR_DAY) for n in (15, 30, 60, 90)],
)
def test_every_legal_period_that_starts_and_ends_in_2026_ends_as_counted_by_hand(
    amount: int, unit: Unit
) -> None:
    starts = [date(2026, 1, 1) + timedelta(days=n) for n in range(270)]
    wrong = [
        s for s in starts if CALENDAR.last_day(s, amount, unit) != (counted_by_hand(s, amount, unit), False)
    ]
    assert wrong == []
