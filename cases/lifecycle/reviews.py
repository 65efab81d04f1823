"""复查 and 复核: from when, until when and by whom an answer is looked at again (信访工作条例 第35、36条)."""

from __future__ import annotations

from datetime import date, datetime

from cases.instants import local_date
from cases.lifecycle.conflicts import barred
from cases.model import Case
from cases.rules.calendar import WorkCalendar
from cases.rules.departments import Department
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.time_limits import days_for
from cases.vocabulary import ClockKind, Move, Unit

REVIEW_WINDOW_DAYS = days_for(ClockKind.REVIEW_APPLY)
"""信访工作条例 第35条、第36条: days after the written answer in which a review may be asked for."""

_IN_WRITING = frozenset({Move.ANSWER, Move.COUNTERSIGN_DECLINE})


def answered_at(case: Case) -> datetime | None:
    """When the citizen last got a decision in writing; None before that."""
    return next((e.at for e in reversed(case.history) if e.move in _IN_WRITING), None)


def last_day_to_ask(case: Case, calendar: WorkCalendar) -> date | None:
    """The last day in China on which a review may be asked for; None without an answer in writing."""
    at = answered_at(case)
    if at is None:
        return None
    return calendar.last_day(local_date(at), REVIEW_WINDOW_DAYS, Unit.CALENDAR_DAY)[0]


def find_reviewer(case: Case, jurisdictions: Jurisdictions) -> Department | None:
    """The next superior that is not barred, else the coordinator; None when that is barred too."""
    accused, seen = case.complaint.accused, {case.department, case.review_of}
    home = jurisdictions.find_by_id(case.department)
    for superior in jurisdictions.superiors(home) if home is not None else ():
        if superior.id not in seen and not barred(superior, accused, jurisdictions):
            return superior
    coordinator = jurisdictions.department(jurisdictions.get(case.routing.jurisdiction).coordinator)
    return None if barred(coordinator, accused, jurisdictions) else coordinator
