"""How fast messages may leave: Telegram allows 30 a second over all chats.

The one a second per chat is kept by the conversation itself (its next delivery is set a second later).
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class SendBudget(Protocol):
    """Shared by all processes; `storage` keeps it."""

    async def reserve(self, count: int, now: datetime) -> datetime:
        """The moment at which the first of `count` messages may go."""

    async def hold(self, until: datetime) -> None:
        """Nobody sends before then."""


class Unlimited:
    """For the web chat, which has no such limit."""

    async def reserve(self, count: int, now: datetime) -> datetime:
        return now

    async def hold(self, until: datetime) -> None:
        return None
