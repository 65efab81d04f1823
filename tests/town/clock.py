"""The present of the town: it stands until a test moves it, or runs ahead of the real one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cases.instants import Instant, to_instant

SUNDAY = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MONDAY = SUNDAY + timedelta(days=1)
"""Both at ten in the morning in China."""


class Watch:
    """The time as the product sees it; it stands until moved."""

    def __init__(self, now: datetime = SUNDAY) -> None:
        self.now = now

    def __call__(self) -> Instant:
        return to_instant(self.now)

    def later(self, **much: float) -> None:
        self.now += timedelta(**much)


class RunningWatch:
    """The real time, and what a test let pass besides: where the database's own clock matters too."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> Instant:
        return to_instant(datetime.now(UTC) + self.ahead)

    def later(self, **much: float) -> None:
        self.ahead += timedelta(**much)
