"""Who does the periodic work: named leases, each one small document and one conditional write.

Time always comes from the caller.
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime

from storage.database.connection import Database
from storage.database.failures import DuplicateKeyError


class MongoLeaseStore:
    """Named leases: at most one holder at a time."""

    def __init__(self, database: Database, holder: str = "") -> None:
        self._leases = database["leases"]
        self.holder = holder or secrets.token_hex(8)
        self._mine: set[str] = set()

    async def acquire(self, name: str, now: datetime, until: datetime) -> bool:
        """Take or renew; False while another process holds it.

        Whoever is cancelled meanwhile waits for the write first: one that was still on its way could take the
        lease again after it was released.
        """
        writing = asyncio.ensure_future(self._write(name, now, until))
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            await asyncio.gather(writing, return_exceptions=True)
            raise

    async def _write(self, name: str, now: datetime, until: datetime) -> bool:
        free = {"$or": [{"holder": self.holder}, {"until": {"$lte": now}}]}
        change = {"$set": {"holder": self.holder, "until": until}}
        try:
            taken = bool(await self._leases.update({"_id": name, **free}, change, upsert=True))
        except DuplicateKeyError:
            return False
        if taken:
            self._mine.add(name)
        return taken

    async def release(self, name: str) -> None:
        self._mine.discard(name)
        await self._leases.delete({"_id": name, "holder": self.holder})

    async def release_all(self) -> None:
        """At the end: whoever starts next need not wait until they run out."""
        for name in tuple(self._mine):
            await self.release(name)
