"""Periods and what stands open: which days, months and years a period is, and what it is compared with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.figures.cells import DAY, MONTH, YEAR, at_of
from cases.figures.statistics import (
    AGE_LIMITS,
    LEFT_LIMITS,
    Backlog,
    Period,
    Standing,
    today,
    units,
)
from handlers.supervisor.periods import PERIODS, compared_with, period_of


def period(since: str, until: str) -> Period:
    return Period(date.fromisoformat(since), date.fromisoformat(until))


def test_a_period_ends_before_its_until() -> None:
    assert period("2026-11-01", "2026-11-02").days == 1
    assert period("2026-02-01", "2026-03-01").days == 28


@pytest.mark.parametrize(
    ("this", "before"),
    [
        (("2026-11-10", "2026-11-20"), ("2026-10-31", "2026-11-10")),
        (("2026-11-01", "2026-12-01"), ("2026-10-01", "2026-11-01")),
        (("2026-03-01", "2026-04-01"), ("2026-02-01", "2026-03-01")),
        (("2026-01-01", "2026-04-01"), ("2025-10-01", "2026-01-01")),
        (("2026-01-01", "2027-01-01"), ("2025-01-01", "2026-01-01")),
        (("2026-11-01", "2026-11-02"), ("2026-10-31", "2026-11-01")),
        (("2026-11-02", "2026-12-01"), ("2026-10-04", "2026-11-02")),
        (("2026-10-01", "2026-11-16"), ("2026-08-16", "2026-10-01")),
    ],
)
def test_a_period_is_compared_with_as_many_days_or_whole_months(
    this: tuple[str, str], before: tuple[str, str]
) -> None:
    assert period(*this).before == period(*before)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-11-03", "2026-11-05", ["2026-11-03", "2026-11-04"]),
        ("2026-11-01", "2026-11-11", ["2026-11/1"]),
        ("2026-11-11", "2026-12-01", ["2026-11/2", "2026-11/3"]),
        ("2026-02-21", "2026-03-01", ["2026-02/3"]),
        ("2026-11-01", "2026-12-01", ["2026-11"]),
        ("2026-10-01", "2027-01-01", ["2026/4"]),
        ("2026-02-01", "2026-05-01", ["2026-02", "2026-03", "2026-04"]),
        ("2026-01-01", "2027-01-01", ["2026"]),
        ("2025-12-31", "2027-01-02", ["2025-12-31", "2026", "2027-01-01"]),
        ("2026-01-01", "2026-12-11", ["2026/1", "2026/2", "2026/3", "2026-10", "2026-11", "2026-12/1"]),
        ("2026-11-05", "2026-11-05", []),
    ],
)
def test_a_period_is_read_as_the_fewest_cells(since: str, until: str, expected: list[str]) -> None:
    assert units(period(since, until)) == expected


def test_a_period_may_be_read_in_longer_spans_only() -> None:
    assert units(period("2026-01-01", "2026-03-01"), (MONTH,)) == ["2026-01", "2026-02"]
    assert units(period("2025-01-01", "2027-01-01"), (YEAR, MONTH)) == ["2025", "2026"]


@given(st.dates(date(2020, 1, 1), date(2029, 12, 31)), st.integers(0, 900))
def test_every_day_of_a_period_is_in_exactly_one_of_its_cells(since: date, days: int) -> None:
    found = units(Period(since, since + timedelta(days=days)))
    assert len(set(found)) == len(found)
    for n in range(days):
        day = (since + timedelta(days=n)).isoformat()
        assert sum(at_of(span, day) in found for span in ("y", "q", "m", "t", DAY)) == 1


def test_the_steps_of_age_follow_each_other_and_are_named_by_their_days() -> None:
    ends = [end for _, end in AGE_LIMITS]
    assert ends == [7, 15, 30, 60, 90, None]
    begins = [0, *(end + 1 for end in ends if end)]
    names = [
        f"{begin}至{end}天" if begin and end else f"{end}天以内"
        for begin, end in zip(begins, ends, strict=True)
    ]
    assert [name for name, _ in AGE_LIMITS] == [*names[:-1], "90天以上"]


def test_the_steps_to_the_due_day_are_named_by_their_days() -> None:
    """Overdue ones by the day on which they begin, others by that on which they end."""
    assert {key: end for key, _, end in LEFT_LIMITS} == {
        "over30": -30,
        "over7": -7,
        "over": 0,
        "in3": 3,
        "in7": 7,
        "in15": 15,
        "later": None,
        "paused": None,
    }
    ends = [end for _, _, end in LEFT_LIMITS if end]
    assert ends == sorted(ends)
    assert [Standing("d", "debt", "p", key, False, 1).overdue for key, _, _ in LEFT_LIMITS] == [True] * 3 + [
        False
    ] * 5


def test_today_is_the_day_in_china() -> None:
    assert today(datetime(2026, 11, 22, 17, tzinfo=UTC)) == date(2026, 11, 23)


def test_a_backlog_is_counted_whole_or_by_how_late_it_is() -> None:
    rows = [("over", False, 1), ("over30", True, 2), ("in3", True, 4), ("later", False, 8)]
    backlog = Backlog(tuple(Standing("d", "debt", "p", left, amber, n) for left, amber, n in rows))
    assert backlog.count() == 15
    assert backlog.count(overdue=True) == 3
    assert backlog.count(overdue=False) == 12
    assert backlog.count(amber=True) == 6
    assert backlog.count(overdue=False, amber=True) == 4
    assert Backlog().count() == 0


@pytest.mark.parametrize("key", PERIODS)
@given(day=st.dates(date(2021, 1, 1), date(2040, 12, 31)))
def test_every_period_is_held_against_one_of_equal_length(key: str, day: date) -> None:
    chosen, _ = period_of(key, day)
    against = compared_with(key, chosen)
    if chosen.until.day == 1 and chosen.since.day == 1:
        assert against.period.since.day == against.period.until.day == 1
    elif key == "year":
        assert (against.period.since.month, against.period.since.day) == (1, 1)
        assert abs(against.period.days - chosen.days) <= 1  # 29 February
    else:
        assert against.period.days == chosen.days
    assert against.period.until <= chosen.since
    assert against.kind == ("同比" if key == "year" else "环比")


@given(day=st.dates(date(2021, 1, 1), date(2040, 12, 31)))
def test_twelve_months_are_twelve(day: date) -> None:
    for key, months in (("12m", 12), ("3y", 36)):
        chosen, _ = period_of(key, day)
        months_of = {(d.year, d.month) for d in (chosen.since + timedelta(n) for n in range(chosen.days))}
        assert len(months_of) == months
