"""A series of daily counts that is steady until it rises, for tests of the early warning."""

from __future__ import annotations

from datetime import timedelta

from cases.figures.early_warning import SeriesKey
from tools.warning_trial import HISTORY, START

KEY = SeriesKey("qinghai", "debt", "630100", "西宁市城东区住房和城乡建设局")
TODAY = START + timedelta(days=HISTORY)


def steady(usual: int, last_days: int = 0, then: int = 0) -> dict[str, int]:
    """So many a day, and `then` a day in the last days before TODAY."""
    days = [TODAY - timedelta(days=n) for n in range(1, HISTORY)]
    return {d.isoformat(): then if (TODAY - d).days <= last_days else usual for d in days}
