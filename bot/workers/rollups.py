"""Keeps the board's figures close behind the cases, and looks for unusual rises once an hour.

One process of a deployment does this at a time (a lease says which); the figures are changed in
transactions, so another one can take over at any moment.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.workers.holding import held
from cases.statistics import Progress
from storage.leases import MongoLeaseStore
from storage.rollups import Rollups

LEASE = "rollups"
LEASE_TIME = timedelta(seconds=60)
LOOK_EVERY = timedelta(hours=1)

Look = Callable[[datetime], Awaitable[object]]


class RollupWorker:
    """`step` takes in one batch of changed cases; run it with `bot.workers.loop.Worker`."""

    def __init__(
        self,
        rollups: Rollups,
        leases: MongoLeaseStore,
        now: Callable[[], datetime],
        look: Look | None = None,
    ) -> None:
        self._rollups = rollups
        self._leases = leases
        self._now = now
        self._look = look
        self._next_look: datetime | None = None

    async def step(self) -> bool:
        """Whether there was something to do."""
        now = self._now()
        if not await _take(self._leases, now):
            return False
        if not await self._rollups.are_whole():
            async with held(lambda: _take(self._leases, self._now())):
                await self._rollups.rebuild(now)
            return True
        if await self._rollups.catch_up(now):
            return True
        if self._look is not None and (self._next_look is None or now >= self._next_look):
            self._next_look = now + LOOK_EVERY
            await self._look(now)
            return True
        return False


async def rebuild(
    rollups: Rollups,
    leases: MongoLeaseStore,
    now: Callable[[], datetime],
    progress: Progress | None = None,
) -> int | None:
    """Compute all figures anew; how many cases there were, or None while another process works on them.

    `progress(done, total)` is called now and then. The lease keeps every worker away until the end.
    """
    if not await _take(leases, now()):
        return None
    try:
        async with held(lambda: _take(leases, now())):
            return await rollups.rebuild(now(), progress)
    finally:
        await leases.release(LEASE)


async def _take(leases: MongoLeaseStore, now: datetime) -> bool:
    return await leases.acquire(LEASE, now, now + LEASE_TIME)
