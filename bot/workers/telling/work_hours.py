"""When staff are told what can wait: in working hours, by the calendar in force; not whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cases.instants import CHINA
from cases.rules.calendar import WorkCalendar

SHAPE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class WorkHours:
    opens: time
    closes: time
    calendar: WorkCalendar

    @classmethod
    def read(cls, words: str, calendar: WorkCalendar) -> WorkHours:
        """From 08:30-18:00. Raises ValueError for other words, and for hours that end before they begin."""
        found = SHAPE.fullmatch(words)
        if found is None:
            raise ValueError(words)
        first, last = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        if first >= last:
            raise ValueError(words)
        return cls(first, last, calendar)

    def next_opening(self, now: datetime) -> datetime | None:
        """When work begins next; None while it goes on."""
        here = now.astimezone(CHINA)
        day = here.date()
        if self.calendar.is_working_day(day):
            if here.time() < self.opens:
                return datetime.combine(day, self.opens, CHINA)
            if here.time() < self.closes:
                return None
        day += timedelta(days=1)
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        return datetime.combine(day, self.opens, CHINA)
