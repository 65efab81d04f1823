"""Times as they stand in plain beside what is sealed: days of China or hours, to tell no more than their use
needs. Down where "not before" is asked, up where "no later than" is promised.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.instants import local_date, start_of

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def day_of(moment: datetime) -> datetime:
    """The midnight in China before it, or itself."""
    return start_of(local_date(moment))


def day_after(moment: datetime) -> datetime:
    """The midnight in China after it, or itself."""
    day = day_of(moment)
    return day if day == moment else day + _DAY


def hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def hour_after(moment: datetime) -> datetime:
    """The full hour after it, or itself."""
    hour = hour_of(moment)
    return hour if hour == moment else hour + _HOUR
