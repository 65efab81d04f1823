"""Instants by the wall clock, last days, and the limits that tests of clocks count with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cases.clocks import Clock
from cases.instants import CHINA, end_of, local_date
from cases.rules.calendar import WorkCalendar
from cases.rules.time_limits import load_time_limits

CALENDAR = WorkCalendar()
LIMITS = load_time_limits()
TICK = timedelta(milliseconds=1)


def at(month: int, day: int, hour: int = 10, minute: int = 0, year: int = 2026) -> datetime:
    """An instant by the clock on a wall in China."""
    return datetime(year, month, day, hour, minute, tzinfo=CHINA).astimezone(UTC)


def due(clock: Clock) -> date:
    assert clock.due_at == end_of(local_date(clock.due_at)), "a due instant is the end of a day in China"
    return local_date(clock.due_at)
