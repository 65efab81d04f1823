"""Keeps the board's figures close behind the cases, looks for unusual rises, and has supervisors told.

One process of a deployment does this at a time (a lease says which); the figures are changed in
transactions, so another one can take over at any moment.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.workers.leases import Leases, held
from cases.figures.statistics import Progress
from storage.figures.rollups import Rollups

LEASE = "rollups"
LEASE_TIME = timedelta(seconds=60)
RENEW_EVERY = timedelta(seconds=15)
LOOK_EVERY = timedelta(hours=1)
TELL_EVERY = timedelta(minutes=1)

Routine = Callable[[datetime], Awaitable[object]]


class RollupWorker:
    """`step` takes in one batch of changed cases; run it with `bot.workers.loop.Worker`."""

    def __init__(
        self,
        rollups: Rollups,
        leases: Leases,
        now: Callable[[], datetime],
        look: Routine | None = None,
        tell: Routine | None = None,
    ) -> None:
        """`look` is called once an hour, `tell` once a minute, with figures that are up to date."""
        self._rollups = rollups
        self._leases = leases
        self._now = now
        self._routines = [(r, every) for r, every in ((look, LOOK_EVERY), (tell, TELL_EVERY)) if r]
        self._next: dict[int, datetime] = {}
        self._taken_at: datetime | None = None
        """When the lease was taken or renewed; None while another process has it."""

    async def step(self) -> bool:
        """Whether there was something to do."""
        now = self._now()
        if not await self._is_ours(now):
            return False
        if not await self._rollups.are_whole():
            async with held(lambda: _take(self._leases, self._now())):
                await self._rollups.rebuild(now)
            return True
        return bool(await self._rollups.catch_up(now)) or await self._run_due(now)

    async def _is_ours(self, now: datetime) -> bool:
        """The lease is long, so it need not be renewed at every step."""
        if self._taken_at is None or not self._taken_at <= now < self._taken_at + RENEW_EVERY:
            self._taken_at = now if await _take(self._leases, now) else None
        return self._taken_at is not None

    async def _run_due(self, now: datetime) -> bool:
        due = [place for place in range(len(self._routines)) if now >= self._next.get(place, now)]
        for place in due:
            routine, every = self._routines[place]
            self._next[place] = now + every
            await routine(now)
        return bool(due)


async def rebuild(
    rollups: Rollups,
    leases: Leases,
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


async def _take(leases: Leases, now: datetime) -> bool:
    return await leases.acquire(LEASE, now, now + LEASE_TIME)
