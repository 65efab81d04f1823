"""Looks at running clocks: amber and red warnings once each; closes answered cases when their time is over.

Only the process that holds the lease does it; every move is made by the core, under an idempotency key.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from loguru import logger

from bot.workers.leases import Leases
from cases import clocks
from cases.errors import DomainError, StorageUnavailable
from cases.lifecycle.reviews import REVIEW_WINDOW_DAYS
from cases.model import Case
from cases.ports.cases import EVERY_CASE, CaseFilter, CaseStore
from cases.service.acting import Acting
from cases.vocabulary import Status

BATCH = 100
LEASE = "clock_watch"
LEASE_TIME = timedelta(minutes=2)
CLOSE_AFTER = timedelta(days=REVIEW_WINDOW_DAYS + 1)
"""An answered case stays open for as long as the citizen may ask for review."""
CLOSING_EVERY = timedelta(hours=1)


class ClockWatch:
    """One step = one batch of due cases."""

    def __init__(self, cases: CaseStore, acting: Acting, leases: Leases, now: Callable[[], datetime]) -> None:
        self._cases = cases
        self._acting = acting
        self._leases = leases
        self._now = now
        self._close_next: datetime | None = None

    async def step(self) -> bool:
        now = self._now()
        if not await self._leases.acquire(LEASE, now, now + LEASE_TIME):
            return False
        due = await self._cases.list_due(now, BATCH)
        moved = [await self._warn(case, now) for case in due]
        if self._close_next is None or self._close_next <= now:
            await self._close_answered(now)
            self._close_next = now + CLOSING_EVERY
        return len(due) == BATCH and any(moved)

    async def _warn(self, case: Case, now: datetime) -> bool:
        moved = False
        for clock in case.clocks:
            level = clocks.level_to_tell(clock, now)
            if level is None:
                continue
            try:
                moved = await self._acting.warn(case, clock, level) is not None or moved
            except StorageUnavailable:
                raise
            except DomainError as error:
                logger.warning("{} could not be warned: {}", case.number, error)
        return moved

    async def _close_answered(self, now: datetime) -> None:
        answered = CaseFilter(statuses=frozenset({Status.ANSWERED}))
        async for case in self._cases.iterate(EVERY_CASE, answered):
            if case.updated_at + CLOSE_AFTER > now:
                continue
            try:
                await self._acting.close_answered(case)
            except StorageUnavailable:
                raise
            except DomainError as error:
                logger.warning("{} could not be closed: {}", case.number, error)
