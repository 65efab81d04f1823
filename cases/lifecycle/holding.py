"""Holding a case: how long a pulled case waits for its holder, and when the B role may take over (AB岗)."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.instants import local_date
from cases.model import Case
from cases.rules.calendar import WorkCalendar

CLAIM_LEASE = timedelta(hours=4)
"""How long a pulled case may lie unaccepted before others may pull it."""

IDLE_LIMIT_DAYS = 2
"""Working days without an act of the holder after which the B role may take over."""


def is_idle(case: Case, calendar: WorkCalendar, now: datetime) -> bool:
    """Whether whoever holds the case has let it lie past the limit."""
    holder = case.holder
    if holder is None:
        return False
    last = max((e.at for e in case.history if e.actor.id == holder.staff), default=holder.since)
    return calendar.working_days_between(local_date(last), local_date(now)) >= IDLE_LIMIT_DAYS
