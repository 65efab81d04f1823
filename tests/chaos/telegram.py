"""Telegram on a bad day: one call in five fails, updates come over many connections and sometimes twice."""

from __future__ import annotations

import asyncio
import random
from typing import Any, Self

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.telegram.updates import SECRET_HEADER, WEBHOOK_PATH
from tests.telegram_standin import StandIn
from tests.telegram_standin.methods import Params

WAYS = (*("429",) * 5, *("500",) * 3, *("502",) * 5, *("reset",) * 6, "silence")
AGAIN = 0.02
"""Share of updates that Telegram delivers a second time though they were taken."""
CONNECTIONS = 40
PAUSE = 0.2
SLOW_SECONDS = (1.0, 6.0)


class BadDay(StandIn):
    """Delivers each chat's updates in order, to whichever of `doors` answers."""

    def __init__(
        self, *, seed: int, fail_rate: float = 0.2, lose_rate: float = 0.01, slow_rate: float = 0.0
    ) -> None:
        super().__init__(
            fail_rate=fail_rate, lose_rate=lose_rate, seed=seed, ways_to_fail=WAYS, burst=1, silence=22.0
        )
        self.slow_rate = slow_rate
        self.doors: list[str] = []
        """Addresses of the processes behind the web hook."""
        self.delivered = 0
        self.refused = 0
        self._random = random.Random(f"{seed}:delivery")
        self._busy: set[int] = set()
        self._under_way: set[asyncio.Task[None]] = set()

    def calm(self) -> None:
        """The bad day is over."""
        self.fail_rate = self.lose_rate = self.slow_rate = 0.0

    async def _answer(self, name: str, params: Params) -> Any:
        if self._random.random() < self.slow_rate:
            await asyncio.sleep(self._random.uniform(*SLOW_SECONDS))
        return await super()._answer(name, params)

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await super().__aexit__(*error)

    async def _deliver(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=10)) as session:
            while True:
                await asyncio.sleep(0.01)
                if self.world.webhook is None or not self.doors:
                    continue
                for update in self._next_updates():
                    task = asyncio.create_task(self._carry(session, update))
                    self._under_way.add(task)
                    task.add_done_callback(self._under_way.discard)

    def _next_updates(self) -> list[dict[str, Any]]:
        """The oldest update of each chat that has none under way."""
        chosen = []
        for update in self.world.updates:
            chat = _chat(update)
            if len(self._busy) >= CONNECTIONS:
                break
            if chat not in self._busy:
                self._busy.add(chat)
                chosen.append(update)
        return chosen

    async def _carry(self, session: ClientSession, update: dict[str, Any]) -> None:
        try:
            while True:
                if await self._knock(session, update):
                    break
                await asyncio.sleep(PAUSE)
            if self._random.random() < AGAIN:
                await self._knock(session, update)
            self.world.updates.remove(update)
            self.delivered += 1
        finally:
            self._busy.discard(_chat(update))

    async def _knock(self, session: ClientSession, update: dict[str, Any]) -> bool:
        hook = self.world.webhook or {"secret": ""}
        door = self._random.choice(self.doors)
        try:
            async with session.post(
                door + WEBHOOK_PATH, json=update, headers={SECRET_HEADER: hook["secret"]}
            ) as answer:
                taken = answer.status < 300
        except (ClientError, TimeoutError):
            taken = False
        self.refused += not taken
        return taken


def _chat(update: dict[str, Any]) -> int:
    inside = update.get("message") or update.get("callback_query", {}).get("message")
    return int(inside["chat"]["id"])
