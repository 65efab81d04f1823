"""Times of the integrity side: a law's as written, settings said to be settings, counted over New Year."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest

from cases import clocks
from cases.errors import InvalidInput
from cases.instants import local_date
from cases.integrity.books import BOOKS
from cases.integrity.breaches.record_model import PERIODS, RecordStatus, Severity, add_months
from cases.integrity.registers.list_model import ListMove
from cases.integrity.spine.making import make
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.vocabulary import Kind
from cases.rules.credit_terms import NO_TEXT, BadTerm, load_credit_terms
from cases.vocabulary import ClockKind, Unit
from tests.integrity.worlds import REGISTRAR, opened
from tests.town.dossiers import ARGS
from tests.town.rules import RULES

HOLIDAYS = {
    *(date(2024, 2, day) for day in range(10, 18)),
    *(date(2026, 10, day) for day in range(1, 8)),
    *(date(2028, 1, day) for day in (1, 25, 26, 27, 28)),
    *(date(2026, 9, 25), date(2027, 1, 1)),
}
"""春节 of 2024, 国庆 and 中秋 of 2026 as published; later only what the law fixes, for no schedule is out."""
SHIFTED = {date(2024, 2, 4), date(2024, 2, 18), date(2026, 9, 20), date(2026, 10, 10)}
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
CALENDAR_KINDS = (
    ClockKind.RECTIFY,
    ClockKind.EXPLAIN,
    ClockKind.OBJECTION_REVIEW_ASK,
    ClockKind.OBJECTION_REVIEW,
)
A_DAY = timedelta(days=1)
WINTERS = [
    begun + n * A_DAY
    for begun in (date(2024, 1, 12), date(2026, 11, 25), date(2027, 11, 25))
    for n in range(100 if begun.year == 2027 else 36)
]
"""Days from which 30 days, or some months, go over New Year or over 29 February."""


def worked(day: date) -> bool:
    return day in SHIFTED or (day.weekday() < 5 and day not in HOLIDAYS)


def independent(start: date, amount: int) -> date:
    day = start
    while amount:
        day += A_DAY
        amount -= worked(day)
    return day


def so_many_days_on(day: date, amount: int) -> date:
    """The last of them, or the first day after it on which anybody works."""
    for _ in range(amount):
        day += A_DAY
    while not worked(day):
        day += A_DAY
    return day


def so_many_months_on(day: date, months: int) -> date:
    """Day by day through the month in question, never further than the day's own number."""
    passed, found = 0, day
    while passed < months or (found + A_DAY).day != 1:
        found += A_DAY
        passed += found.day == 1
        if passed == months and found.day == day.day:
            break
    return found


def last_of_years(begun: date, years: int) -> date:
    """The day before the first one that is the same day, or a later one, of that year."""
    day = begun
    while (day.year - years, day.month, day.day) < (begun.year, begun.month, begun.day):
        day += A_DAY
    return day - A_DAY


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


@pytest.mark.parametrize("kind", CALENDAR_KINDS)
def test_calendar_days_are_counted_as_somebody_else_counts_them(kind: ClockKind) -> None:
    for begun in WINTERS:
        at = datetime(begun.year, begun.month, begun.day, 2, tzinfo=UTC)
        clock = clocks.start(RULES.term(kind), at, RULES.calendar)
        assert clock.unit is Unit.CALENDAR_DAY
        assert local_date(clock.due_at) == so_many_days_on(begun, clock.amount), begun
    assert RULES.term(kind).amount == (15 if kind is ClockKind.EXPLAIN else 30)


@pytest.mark.parametrize("months", [3, 12, 13, 24, 36])
def test_a_publication_ends_on_the_day_somebody_else_counts(months: int) -> None:
    """And a record, whose longest period is that of its severity."""
    for found_on in WINTERS:
        end = so_many_months_on(found_on, months)
        assert add_months(found_on, months) == end, found_on
        severity = next((one for one, (_, longest) in PERIODS.items() if longest == months), None)
        if severity is not None:
            given = {"status": RecordStatus.ACTIVE, "found_on": found_on, "severity": severity}
            alarm = BOOKS[Kind.RECORD].alarm
            assert alarm is not None
            rings = alarm(opened(Kind.RECORD).model_copy(update=given))
            assert rings is not None
            assert local_date(rings.at) == end
            assert local_date(rings.at + timedelta(milliseconds=1)) == end + A_DAY


def test_a_blacklist_holds_a_firm_from_one_to_three_years_to_the_day() -> None:
    names = opened(Kind.BLACKLIST)
    for begun in (
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 3, 1),
        date(2028, 2, 28),
        date(2028, 2, 29),
    ):
        at = Situation(
            names, REGISTRAR, RULES, datetime(begun.year, begun.month, begun.day, 4, tzinfo=UTC), BOOKS
        )
        shortest, longest = last_of_years(begun, 1), last_of_years(begun, 3)
        for ends_on, fits in (
            (shortest - A_DAY, False),
            (shortest, True),
            (longest, True),
            (longest + A_DAY, False),
        ):
            given = {**ARGS[Kind.BLACKLIST, "add"], "begins_on": begun, "ends_on": ends_on}
            entry = BOOKS[Kind.BLACKLIST].spec(ListMove.ADD).args.model_validate(given)
            with nullcontext() if fits else pytest.raises(InvalidInput, match="一年以上三年以下"):
                make(at, ListMove.ADD, entry)
