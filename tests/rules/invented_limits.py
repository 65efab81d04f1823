"""A time limit of no law, as long as a test wants it."""

from __future__ import annotations

from cases.rules.time_limits import LimitWords, TimeLimit
from cases.vocabulary import ClockKind, Unit


def limit(amount: int, unit: Unit = Unit.CALENDAR_DAY, more: int = 0) -> TimeLimit:
    return TimeLimit(
        id="t",
        kind=ClockKind.HANDLE,
        title="办结",
        basis="法",
        who="单位",
        en=LimitWords(title="Answer", who="The body"),
        starts_from="accepted",
        amount=amount,
        unit=unit,
        max_extension=more,
        status="V-full",
    )
