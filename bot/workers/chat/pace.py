"""How fast one chat is served: a burst at once, then so many a minute, so that a flood slows only itself.

Nothing is dropped for being fast: what was taken in waits its turn. The pace is kept with the chat and stored
with each answer, so that all processes together serve a chat no faster than one. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cases.ports.conversations import Pace

BURST = 30
PER_MINUTE = 20.0
QUIET_FOR = timedelta(minutes=5)
"""A chat hears at most this often that things take longer."""


def after_one_more(
    pace: Pace | None, now: datetime, *, burst: int = BURST, per_minute: float = PER_MINUTE
) -> Pace:
    """The pace with one more update served; its level may run into debt."""
    if pace is None:
        return Pace(burst - 1.0, now)
    passed = max(0.0, (now - pace.since).total_seconds())
    return replace(pace, level=min(float(burst), pace.level + passed * per_minute / 60) - 1, since=now)


def wait_of(pace: Pace, *, per_minute: float = PER_MINUTE) -> timedelta:
    """How long the chat's next update has to wait."""
    return timedelta(seconds=max(0.0, -pace.level * 60 / per_minute))


def may_tell(pace: Pace, now: datetime) -> bool:
    """Whether this chat may hear again that things take longer."""
    return pace.told_at is None or not pace.told_at <= now < pace.told_at + QUIET_FOR
