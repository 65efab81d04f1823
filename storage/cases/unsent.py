"""Unsent words: sealed, one document for each person, case and form; the server forgets old ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from cases.ports.unsent import Unsent
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing

KEPT, BRIEFLY = timedelta(days=30), timedelta(days=1)
"""After the last word; then the server removes them."""


class MongoUnsentStore:
    """Fulfils `cases.ports.unsent.UnsentStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._unsent = database["unsent"]
        self._mapper = RecordMapper(keys)

    async def put(self, unsent: Unsent, *, briefly: bool = False) -> None:
        id = _id(unsent.number, unsent.staff, unsent.form)
        document = self._mapper.to_document(unsent, id)
        since = document.pop("since")
        change = {
            "$set": {**document, "erase_at": unsent.at + (BRIEFLY if briefly else KEPT)},
            "$setOnInsert": {"since": since},
        }
        await self._unsent.update({"_id": id}, change, upsert=True)

    async def drop(self, number: str, staff: str, form: str) -> None:
        await self._unsent.delete({"_id": _id(number, staff, form)})

    async def list_of(self, number: str) -> Sequence[Unsent]:
        rows = await self._unsent.find_all({"number": number}, order=[("since", 1)])
        return [self._read(row) for row in rows]

    def _read(self, row: Document) -> Unsent:
        kept = {name: value for name, value in row.items() if name not in {"_id", "erase_at"}}
        return self._mapper.to_record(Unsent, kept, str(row["_id"]))


def _id(number: str, staff: str, form: str) -> str:
    return f"{number}:{staff}:{form}"
