"""How often one may ask, counted for all processes together. Time always comes from the caller."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing


class MongoRateLimits:
    """Fulfils `cases.ports.accounts.RateLimits`: counts per key and window, and buckets.

    Old ones vanish by themselves. Keys are stored as keyed hashes. A count may be lost in an election,
    which only makes a limit more generous; so nobody waits for a majority here.
    """

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._limits = database.fleeting("rate_limits")
        self._keys = keys

    async def allow(self, key: str, limit: int, window: timedelta, now: datetime) -> bool:
        id, until = self._window(key, window, now)
        change: dict[str, Any] = {"$inc": {"count": 1}, "$setOnInsert": {"expires_at": until}}
        found = await self._upsert(id, change)
        return int(found["count"]) <= limit

    async def used(self, key: str, window: timedelta, now: datetime) -> int:
        id, _ = self._window(key, window, now)
        found = await self._limits.find_one({"_id": id}, {"count": 1})
        return int(found["count"]) if found else 0

    async def take(self, key: str, burst: int, per_minute: float, now: datetime) -> bool:
        """An empty bucket is not drawn on, so whoever is refused does not wait longer for asking."""
        full_again = timedelta(minutes=burst / per_minute)
        before = {"$ifNull": ["$level", burst]}
        passed = {"$max": [0, {"$subtract": [_literal(now), {"$ifNull": ["$since", _literal(now)]}]}]}
        filled = {"$min": [burst, {"$add": [before, {"$multiply": [passed, per_minute / 60_000]}]}]}
        steps = [
            {
                "$set": {
                    "level": filled,
                    "since": _literal(now),
                    "count": {"$add": [{"$ifNull": ["$count", 0]}, 1]},
                }
            },
            {"$set": {"taken": {"$gte": ["$level", 1]}, "expires_at": _literal(now + full_again)}},
            {"$set": {"level": {"$cond": ["$taken", {"$subtract": ["$level", 1]}, "$level"]}}},
        ]
        found = await self._upsert(f"{self._hash(key)}:bucket", steps)
        return bool(found["taken"])

    async def _upsert(self, id: str, change: Any) -> Document:
        """Two processes may begin the same count at once: the second is asked again."""
        try:
            found = await self._limits.find_and_update({"_id": id}, change, upsert=True)
        except DuplicateKeyError:
            found = await self._limits.find_and_update({"_id": id}, change, upsert=True)
        return found or {}

    def _window(self, key: str, window: timedelta, now: datetime) -> tuple[str, datetime]:
        length = window.total_seconds()
        number = int(now.timestamp() // length)
        until = datetime.fromtimestamp((number + 1) * length, now.tzinfo)
        return f"{self._hash(key)}:{round(length)}:{number}", until

    def _hash(self, key: str) -> str:
        return self._keys.digest(key, "rate")[:32]


def _literal(value: Any) -> Document:
    return {"$literal": value}
