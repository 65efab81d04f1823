"""Instants and days: aware UTC inside, days of China for people. The one place that knows the time zone.

Nothing here reads the time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated

from pydantic import AfterValidator

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has kept one offset without summer time since 1991."""

_LAST_MOMENT = time(23, 59, 59, 999_000, tzinfo=CHINA)


def to_instant(moment: datetime) -> datetime:
    """Aware UTC, truncated to milliseconds: what MongoDB keeps and what every time here is."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone is ambiguous")
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


Instant = Annotated[datetime, AfterValidator(to_instant)]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


def local_date(instant: datetime) -> date:
    """The date in China at an aware instant."""
    if instant.tzinfo is None:
        raise ValueError("a time without a zone is ambiguous")
    return instant.astimezone(CHINA).date()


def read_day(iso: str) -> date:
    """The day in China of a day or an instant as JSON keeps it; ValueError for other words."""
    return local_date(datetime.fromisoformat(iso)) if "T" in iso else date.fromisoformat(iso)


def start_of(day: date) -> datetime:
    """Midnight at which a day in China begins, as aware UTC."""
    return datetime.combine(day, time(), CHINA).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last millisecond of a day in China, as aware UTC."""
    return datetime.combine(day, _LAST_MOMENT).astimezone(UTC)
