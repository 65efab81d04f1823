"""Letterheads: one document per department that set one."""

from __future__ import annotations

from cases.letters import Letterhead
from cases.ports.letterheads import CodeTaken
from storage.database.connection import Database
from storage.database.failures import DuplicateKeyError
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing


class MongoLetterheadStore:
    """Fulfils `cases.ports.letterheads.LetterheadStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._letterheads = database["letterheads"]
        self._records = RecordMapper(keys)

    async def get(self, department: str) -> Letterhead:
        document = await self._letterheads.find_one({"_id": department})
        if document is None:
            return Letterhead(department=department)
        document["department"] = document.pop("_id")
        return self._records.to_record(Letterhead, document, department)

    async def put(self, letterhead: Letterhead) -> None:
        document = self._records.to_document(letterhead, letterhead.department)
        document["_id"] = document.pop("department")
        try:
            await self._letterheads.replace({"_id": letterhead.department}, document, upsert=True)
        except DuplicateKeyError:
            raise CodeTaken from None
