"""How fast messages may leave: Telegram allows 30 a second over all chats.

The one a second per chat is kept by the conversation itself (its next delivery is set a second later).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol


class SendBudget(Protocol):
    async def take(self, now: datetime) -> timedelta:
        """Reserve one message; how long to wait before sending it (zero when it may go at once)."""


class LocalBudget:
    """For one process alone. Several processes share the one `storage` keeps."""

    def __init__(self, per_second: float) -> None:
        self._gap = timedelta(seconds=1 / per_second)
        self._next: datetime | None = None

    async def take(self, now: datetime) -> timedelta:
        slot = now if self._next is None or self._next < now else self._next
        self._next = slot + self._gap
        return slot - now


class Unlimited:
    """For the web chat, which has no such limit."""

    async def take(self, now: datetime) -> timedelta:
        return timedelta(0)


Now = Callable[[], datetime]
