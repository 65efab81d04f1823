"""How fast one chat is served: a burst at once, then so many a minute, so that a flood slows only itself.

Nothing is dropped for being fast: what was taken in waits its turn. Kept in memory of this process.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

BURST = 30
PER_MINUTE = 20.0
QUIET_FOR = timedelta(minutes=5)
"""A chat hears at most this often that things take longer."""
_KEPT = 20_000


class Pace:
    """Token buckets by chat, which may run into debt; the least recently used are forgotten first."""

    def __init__(self, burst: int = BURST, per_minute: float = PER_MINUTE) -> None:
        self._burst = float(burst)
        self._rate = per_minute / 60
        self._levels: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._told: OrderedDict[str, datetime] = OrderedDict()

    def wait_after(self, chat: str, now: datetime) -> timedelta:
        """Counts one update; how long the chat's next one has to wait."""
        level, since = self._levels.pop(chat, (self._burst, now))
        level = min(self._burst, level + max(0.0, (now - since).total_seconds()) * self._rate) - 1
        self._levels[chat] = (level, now)
        if len(self._levels) > _KEPT:
            self._levels.popitem(last=False)
        return timedelta(seconds=max(0.0, -level / self._rate))

    def may_tell(self, chat: str, now: datetime) -> bool:
        """Whether this chat may hear again that things take longer; True counts as having told it."""
        told = self._told.get(chat)
        if told is not None and told <= now < told + QUIET_FOR:
            return False
        self._told[chat] = now
        self._told.move_to_end(chat)
        if len(self._told) > _KEPT:
            self._told.popitem(last=False)
        return True
