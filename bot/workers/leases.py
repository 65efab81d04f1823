"""Leases, and keeping one running while its holder works: so they can be short, and a crash delays little.

Losing a lease stops nobody here: whoever lost it finds out when it commits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol

from loguru import logger

from cases.errors import StorageUnavailable

LEASE_TIME = timedelta(seconds=20)
RENEW_EVERY = 6.0


class Leases(Protocol):
    """Which process does what only one of a deployment may do."""

    async def acquire(self, name: str, now: datetime, until: datetime) -> bool:
        """Take or renew; False while another process holds it."""

    async def release(self, name: str) -> None: ...


@asynccontextmanager
async def held(renew: Callable[[], Awaitable[bool]], *, every: float = RENEW_EVERY) -> AsyncIterator[None]:
    """Calls `renew` every few seconds until the block ends or the lease is lost."""
    keeping = asyncio.create_task(_keep(renew, every))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def _keep(renew: Callable[[], Awaitable[bool]], every: float) -> None:
    going_on = True
    while going_on:
        await asyncio.sleep(every)
        try:
            going_on = await renew()
        except StorageUnavailable:
            logger.info("a lease could not be renewed; trying again")
