"""Who had the digest of the day, so that nobody has it twice."""

from __future__ import annotations

from datetime import date

from storage.database.connection import Database

DIGESTS = "digests"


class MongoDigestLedger:
    """Who had the digest of the day: one small document that begins anew each day."""

    def __init__(self, database: Database) -> None:
        self._settings = database["settings"]

    async def told(self, day: date) -> frozenset[str]:
        """Staff ids."""
        found = await self._settings.find_one({"_id": DIGESTS})
        return frozenset(found["told"]) if found and found["day"] == day.isoformat() else frozenset()

    async def mark(self, day: date, staff: str) -> None:
        same = {"$eq": ["$day", day.isoformat()]}
        before = {"$cond": [same, "$told", []]}
        told = {"$setUnion": [before, [{"$literal": staff}]]}
        change = [{"$set": {"told": told, "day": day.isoformat()}}]
        await self._settings.update({"_id": DIGESTS}, change, upsert=True)
