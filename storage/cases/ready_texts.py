"""Ready sentences that departments keep for themselves: one document each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cases.ports.ready_texts import ReadyText
from storage.database.connection import Database
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing


class MongoReadyTextStore:
    """Fulfils `cases.ports.ready_texts.ReadyTextStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._texts = database["ready_texts"]
        self._records = RecordMapper(keys)

    async def put(self, text: ReadyText) -> None:
        mark = _id(text.owner, text.id)
        document = self._records.to_document(text, mark)
        change = {"$set": document, "$setOnInsert": {"since": text.at}}
        await self._texts.update({"_id": mark}, change, upsert=True)

    async def drop(self, owner: str, id: str) -> None:
        await self._texts.delete({"_id": _id(owner, id)})

    async def list_of(self, owners: Collection[str]) -> Sequence[ReadyText]:
        rows = await self._texts.find_all({"owner": {"$in": sorted(owners)}}, order=[("since", 1)])
        return [
            self._records.to_record(
                ReadyText, {name: row[name] for name in ReadyText.model_fields if name in row}, row["_id"]
            )
            for row in rows
        ]


def _id(owner: str, id: str) -> str:
    return f"{owner}/{id}"
