"""One-time codes with which staff link a chat: keyed hashes that the server forgets when they are over."""

from __future__ import annotations

from datetime import datetime

from storage.database.connection import Database
from storage.sealed.key_ring import KeyRing


class MongoLinkCodes:
    """Fulfils `cases.ports.accounts.LinkCodes`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._codes = database["link_codes"]
        self._keys = keys

    async def put(self, code: str, staff: str, expires_at: datetime) -> None:
        await self._codes.delete_many({"staff": staff})
        document = {"_id": self._hash(code), "staff": staff, "expires_at": expires_at, "used": False}
        await self._codes.replace({"_id": document["_id"]}, document, upsert=True)

    async def redeem(self, code: str, now: datetime) -> str | None:
        """One conditional write, so that of two who send the same code only one succeeds."""
        waiting = {"_id": self._hash(code), "used": False, "expires_at": {"$gt": now}}
        found = await self._codes.find_and_update(waiting, {"$set": {"used": True}})
        return str(found["staff"]) if found is not None else None

    def _hash(self, code: str) -> str:
        return self._keys.digest(code, "link-code")
