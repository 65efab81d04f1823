"""What several processes share: who does the periodic work, how fast they may send, how often one may ask.

Each is one small document and one conditional write. Time always comes from the caller.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing


class MongoLeaseStore:
    """Named leases: at most one holder at a time."""

    def __init__(self, database: Database, holder: str = "") -> None:
        self._leases = database["leases"]
        self.holder = holder or secrets.token_hex(8)

    async def acquire(self, name: str, now: datetime, until: datetime) -> bool:
        """Take or renew; False while another process holds it."""
        free = {"$or": [{"holder": self.holder}, {"until": {"$lte": now}}]}
        change = {"$set": {"holder": self.holder, "until": until}}
        try:
            return bool(await self._leases.update({"_id": name, **free}, change, upsert=True))
        except DuplicateKeyError:
            return False

    async def release(self, name: str) -> None:
        await self._leases.delete({"_id": name, "holder": self.holder})


MOST_AHEAD = timedelta(seconds=10)
"""No reservation lies farther ahead than this; see `MongoSendBudget.reserve`."""


class MongoSendBudget:
    """A shared pace: every process reserves the next free moments before it sends."""

    def __init__(self, database: Database, name: str, per_second: float = 30.0) -> None:
        self._budgets = database["budgets"]
        self._name = name
        self._step = timedelta(seconds=1 / per_second)

    async def reserve(self, count: int, now: datetime) -> datetime:
        """The moment of the first of `count` sends; the others follow at `step` each.

        Whoever waits has reserved already, so nothing is taken far ahead: what is, was taken by a wrong
        clock, and does not hold the others up.
        """
        taken = round(self._step.total_seconds() * count * 1000)
        believed = {"$cond": [{"$lte": ["$free_at", _literal(now + MOST_AHEAD)]}, "$free_at", None]}
        begin = {"$max": [_literal(now), believed, "$held_until"]}
        found = await self._budgets.find_and_update(
            {"_id": self._name}, [{"$set": {"free_at": {"$add": [begin, taken]}}}], upsert=True
        )
        length = timedelta(milliseconds=taken)
        free_at: datetime = found["free_at"] if found else now + length
        return max(now, free_at - length)

    async def hold(self, until: datetime) -> None:
        """Nobody sends before then: the other side asked for a pause."""
        await self._budgets.update({"_id": self._name}, {"$max": {"held_until": until}}, upsert=True)

    @property
    def step(self) -> timedelta:
        return self._step


COUNTED = {"$ifNull": ["$count", 0]}


def _literal(value: Any) -> Document:
    return {"$literal": value}


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
            {"$set": {"level": filled, "since": _literal(now), "count": {"$add": [COUNTED, 1]}}},
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
