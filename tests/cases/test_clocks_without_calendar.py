"""A time over the end of a known year is provisional, and set right when the next calendar arrives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases import clocks
from cases.rules.calendar import WorkCalendar
from cases.vocabulary import ClockKind, Unit
from classify.types import Domain
from tests.cases.days_in_china import CALENDAR, LIMITS, at, due
from tests.rules.invented_limits import limit


@pytest.fixture
def with_2027(tmp_path: Path) -> WorkCalendar:
    (tmp_path / "2027.toml").write_text(
        'year = 2027\nsource = "a notice"\noff = [[2027-01-01, 2027-01-05]]\nwork = [2027-01-09]\n', "utf-8"
    )
    return WorkCalendar(tmp_path)


def test_a_clock_over_the_year_end_is_set_right_when_the_calendar_arrives(with_2027: WorkCalendar) -> None:
    clock = clocks.start(limit(10, Unit.WORKING_DAY), at(12, 25), CALENDAR)
    assert clock.provisional
    assert due(clock) == date(2027, 1, 11)
    final = clocks.recompute(clock, with_2027)
    assert not final.provisional
    assert due(final) == date(2027, 1, 12)
    assert clocks.recompute(final, with_2027) == final


def test_recomputing_keeps_pauses_and_extension(with_2027: WorkCalendar) -> None:
    rule = limit(10, Unit.WORKING_DAY, more=3)
    clock = clocks.start(rule, at(12, 21), CALENDAR)
    clock = clocks.resume(clocks.pause(clock, at(12, 23)), at(12, 28), CALENDAR)
    clock = clocks.extend(clock, 3, CALENDAR, rule, clock.started_at)
    again = clocks.start(rule, at(12, 21), with_2027)
    again = clocks.resume(clocks.pause(again, at(12, 23)), at(12, 28), with_2027)
    again = clocks.extend(again, 3, with_2027, rule, again.started_at)
    assert clocks.recompute(clock, with_2027) == again


def test_without_the_calendar_a_provisional_clock_stays_as_it_is() -> None:
    clock = clocks.start(limit(10, Unit.WORKING_DAY), at(12, 25), CALENDAR)
    assert clocks.recompute(clock, CALENDAR) == clock


def test_an_ended_clock_and_an_official_one_are_not_recomputed(with_2027: WorkCalendar) -> None:
    clock = clocks.start(limit(10, Unit.WORKING_DAY), at(12, 25), CALENDAR)
    met = clocks.meet(clock, at(12, 28))
    assert clocks.recompute(met, with_2027) == met
    official = clocks.start(limit(3), at(11, 2), CALENDAR)
    assert clocks.recompute(official, with_2027) == official


def test_working_days_entered_as_calendar_days_are_set_right_by_the_limit() -> None:
    rule = LIMITS.for_case(Domain.BIDDING, ClockKind.HANDLE)
    wrong = clocks.start(rule, at(9, 18), CALENDAR).model_copy(update={"unit": Unit.CALENDAR_DAY})
    right = clocks.recompute(wrong, CALENDAR, rule)
    assert right.unit is Unit.WORKING_DAY
    assert due(right) == date(2026, 11, 5)
