"""The hourly look for unusual rises: asks for the counts, applies the method, keeps the alarms."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.figures.early_warning import BASELINE_DAYS, GAP_DAYS, WATCHED_DAYS, AlarmStore, SeriesKey, look
from cases.figures.statistics import Period, Statistics, today
from cases.ports.cases import Scope


async def look_for_rises(statistics: Statistics, alarms: AlarmStore, now: datetime) -> int:
    """Look at every series once; how many alarms are new."""
    day = today(now)
    history = BASELINE_DAYS + GAP_DAYS + WATCHED_DAYS + 1
    counts = await statistics.daily_filings(
        Scope(departments=None), Period(day - timedelta(days=history), day)
    )
    series = {SeriesKey(*key): days for key, days in counts.items()}
    return await alarms.put(look(series, day))
