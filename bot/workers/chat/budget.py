"""How fast messages may leave: Telegram allows 30 a second over all chats.

The one a second per chat is kept by the conversation itself (its next delivery is set a second later).
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Protocol

from cases.errors import StorageUnavailable


class SendBudget(Protocol):
    """Shared by all processes; `storage` keeps it."""

    async def reserve(self, count: int, now: datetime) -> datetime:
        """The moment at which the first of `count` messages may go."""

    async def hold(self, until: datetime) -> None:
        """Nobody sends before then."""


class InLots:
    """Asks the shared budget once for all who ask at the same moment. `step`: between two sends."""

    def __init__(self, budget: SendBudget, step: timedelta) -> None:
        self._budget = budget
        self._step = step
        self._waiting: list[tuple[int, asyncio.Future[datetime]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def reserve(self, count: int, now: datetime) -> datetime:
        first: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()
        self._waiting.append((count, first))
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask(now))
        return await first

    async def _ask(self, now: datetime) -> None:
        while self._waiting:
            lot, self._waiting = self._waiting, []
            try:
                moment = await self._budget.reserve(sum(count for count, _ in lot), now)
            except StorageUnavailable as error:
                for _, first in lot:
                    if not first.done():
                        first.set_exception(error)
                continue
            for count, first in lot:
                if not first.done():
                    first.set_result(moment)
                moment += self._step * count

    async def hold(self, until: datetime) -> None:
        await self._budget.hold(until)


class Unlimited:
    """For the web chat, which has no such limit."""

    async def reserve(self, count: int, now: datetime) -> datetime:
        return now

    async def hold(self, until: datetime) -> None:
        return None
