"""Emergencies heard in chats: words sealed, what is due found by index, each change on the version read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from cases import reasons
from cases.errors import NotFound
from cases.ports.emergencies import Emergency
from storage.coordination.news import nobody
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_after, day_of
from storage.sealed.whole import WholeRecords

KEPT = timedelta(days=365)
"""After the last word; then the server removes it."""


class MongoEmergencyStore:
    """Fulfils `cases.ports.emergencies.EmergencyStore`."""

    def __init__(self, database: Database, keys: KeyRing, tell: Callable[[], None] = nobody) -> None:
        """`tell` is called when one was heard or changed."""
        self._tell = tell
        self._emergencies = database["emergencies"]
        self._records = WholeRecords(keys)
        self._version_4 = RecordMapper(keys)

    async def change(self, id: str, make: Callable[[Emergency | None], Emergency | None]) -> Emergency | None:
        while True:
            found = await self._emergencies.find_one({"_id": id})
            before = self._read(found) if found else None
            after = make(before)
            if after is None or after == before:
                return after
            if before is None:
                try:
                    await self._emergencies.insert(self._document(after))
                except DuplicateKeyError:
                    continue
                self._tell()
                return after
            after = after.model_copy(update={"version": before.version + 1})
            same = {"_id": id, "version": before.version}
            if await self._emergencies.replace(same, self._document(after)):
                self._tell()
                return after

    async def get(self, id: str) -> Emergency:
        found = await self._emergencies.find_one({"_id": id})
        if found is None:
            raise NotFound(reasons.NO_SUCH_EMERGENCY)
        return self._read(found)

    async def list_due(self, now: datetime, limit: int) -> Sequence[Emergency]:
        rows = await self._emergencies.find_all(
            {"tell_at": {"$lte": now}}, order=[("tell_at", 1)], limit=limit
        )
        return [self._read(row) for row in rows]

    async def list_since(self, since: datetime, limit: int) -> Sequence[Emergency]:
        rows = await self._emergencies.find_all(
            {"last_at": {"$gte": day_of(since)}}, order=[("last_at", -1)], limit=limit
        )
        found = [emergency for emergency in map(self._read, rows) if _last_word(emergency) >= since]
        return sorted(found, key=_last_word, reverse=True)

    async def list_open(self, limit: int) -> Sequence[Emergency]:
        rows = await self._emergencies.find_all(
            {"tell_at": {"$exists": True}}, order=[("tell_at", -1)], limit=limit
        )
        return [self._read(row) for row in rows]

    def _document(self, emergency: Emergency) -> Document:
        last_at = _last_word(emergency)
        return {
            "_id": emergency.id,
            "version": emergency.version,
            "sealed": self._records.seal(emergency, f"{emergency.id}/sealed"),
            "last_at": day_of(last_at),
            "erase_at": day_after(last_at + KEPT),
            **({"tell_at": emergency.tell_at} if emergency.tell_at else {}),
        }

    def _read(self, row: Document) -> Emergency:
        if "sealed" in row:
            return self._records.open(
                Emergency, row["sealed"], f"{row['_id']}/sealed", tell_at=row.get("tell_at")
            )
        return self._before_5(row)

    def _before_5(self, row: Document) -> Emergency:
        kept = {name: value for name, value in row.items() if name not in {"_id", "last_at", "erase_at"}}
        return self._version_4.to_record(
            Emergency, {"tell_at": None, **kept, "id": row["_id"]}, str(row["_id"])
        )

    def bring_up(self, row: Document) -> Document:
        """The same emergency as it is kept since version 5, where each was readable but for its words."""
        return self._document(self._read(row))


def _last_word(emergency: Emergency) -> datetime:
    return max(said.at for said in emergency.said)
