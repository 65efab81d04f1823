"""Times of the integrity side: a law's as written, settings said to be settings, counted over New Year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cases import clocks
from cases.instants import local_date
from cases.integrity.breaches.record_model import PERIODS, Severity, add_months
from cases.rules.credit_terms import NO_TEXT, BadTerm, load_credit_terms
from cases.vocabulary import ClockKind, Unit
from tests.town.rules import RULES

HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)} | {date(2026, 9, 25), date(2027, 1, 1)}
"""国庆 and 中秋 of 2026 as published; of 2027 only what the law fixes, for no schedule is out."""
SHIFTED = {date(2026, 9, 20), date(2026, 10, 10)}
KINDS = (
    ClockKind.HEARING,
    ClockKind.OBJECTION_MARK,
    ClockKind.OBJECTION,
    ClockKind.OBJECTION_FORWARD,
    ClockKind.REPAIR_ACCEPT,
    ClockKind.REPAIR_DECIDE,
    ClockKind.REPAIR,
    ClockKind.WITHDRAW,
    ClockKind.REVOKE,
)


def independent(start: date, amount: int) -> date:
    day = start
    while amount:
        day += timedelta(days=1)
        amount -= day in SHIFTED or (day.weekday() < 5 and day not in HOLIDAYS)
    return day


@pytest.mark.parametrize(
    "begun", [date(2026, 9, 24), date(2026, 9, 30), date(2026, 12, 28), date(2026, 12, 31)]
)
@pytest.mark.parametrize("kind", KINDS)
def test_working_days_are_counted_as_somebody_else_counts_them(kind: ClockKind, begun: date) -> None:
    at = datetime(begun.year, begun.month, begun.day, 2, tzinfo=UTC)
    clock = clocks.start(RULES.term(kind), at, RULES.calendar)
    due = local_date(clock.due_at)
    assert clock.unit is Unit.WORKING_DAY
    assert due == independent(begun, clock.amount)
    assert clock.provisional is (due.year == 2027)


def test_what_no_text_sets_says_so_and_only_that_may_be_set() -> None:
    terms = load_credit_terms()
    settings = {term.kind for term in terms.all() if term.is_setting}
    assert settings == {
        ClockKind.RECTIFY,
        ClockKind.EXPLAIN,
        ClockKind.HEARING,
        ClockKind.OBJECTION_REVIEW_ASK,
        ClockKind.OBJECTION_REVIEW,
        ClockKind.EVALUATION_SEE,
        ClockKind.EVALUATION_DECIDE,
    }
    assert all((term.basis == NO_TEXT) is term.is_setting for term in terms.all())
    assert terms.with_settings({"hearing": 10})[ClockKind.HEARING].amount == 10
    for wrong in ({"withdraw": 5}, {"hearing": 0}, {"nothing": 3}):
        with pytest.raises(BadTerm):
            terms.with_settings(wrong)


def test_periods_of_publication_are_those_of_the_measures() -> None:
    assert PERIODS == {Severity.MINOR: (0, 3), Severity.GENERAL: (3, 12), Severity.SERIOUS: (12, 36)}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 8, 31), 36, date(2029, 8, 31)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then
