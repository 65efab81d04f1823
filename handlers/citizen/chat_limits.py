"""How fast one visitor may write: a bucket per chat and one per address, in memory of this process.

Slows floods; what was accepted is never dropped because of it.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime

PER_CHAT = (20, 40.0)
"""Burst, and how many a minute after that."""
PER_ADDRESS = (120, 240.0)
MOST_LIVE_PAGES = 4
_KEPT = 20_000


class Buckets:
    """Token buckets by name; the least recently used are forgotten first."""

    def __init__(self, burst: int, per_minute: float) -> None:
        self._burst = burst
        self._rate = per_minute / 60
        self._levels: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, name: str, now: datetime) -> bool:
        """False when this one came too soon."""
        level, since = self._levels.pop(name, (float(self._burst), now))
        level = min(float(self._burst), level + max(0.0, (now - since).total_seconds()) * self._rate)
        allowed = level >= 1
        self._levels[name] = (level - 1 if allowed else level, now)
        if len(self._levels) > _KEPT:
            self._levels.popitem(last=False)
        return allowed


class ChatLimits:
    def __init__(self) -> None:
        self._chats = Buckets(*PER_CHAT)
        self._addresses = Buckets(*PER_ADDRESS)

    def allow(self, chat: str, address: str, now: datetime) -> bool:
        return self._chats.take(chat, now) and self._addresses.take(address, now)
