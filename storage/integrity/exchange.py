"""What the exchange keeps, in MongoDB: small documents, each changed by one conditional write."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from cases.ports.exchange import K, Received
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing


class MongoExchangeStore:
    """Fulfils `cases.ports.exchange.ExchangeStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._kept = database["exchange"]
        self._records = RecordMapper(keys)

    async def find(self, kind: type[K], id: str) -> K | None:
        row = await self._kept.find_one({"_id": id})
        return self._read(kind, row) if row is not None else None

    async def save(self, kept: K) -> K | None:
        saved = kept.model_copy(update={"version": kept.version + 1})
        document = self._records.to_document(saved, saved.id)
        document["_id"] = document.pop("id")
        if kept.version:
            where = {"_id": kept.id, "version": kept.version}
            return saved if await self._kept.replace(where, document) else None
        try:
            await self._kept.insert(document)
        except DuplicateKeyError:
            return None
        return saved

    async def list_received(self, sender: str, month: str, limit: int) -> Sequence[Received]:
        where = {"sender": sender, **({"month": month} if month else {})}
        order = [("sender", -1), ("month", -1)]
        rows = await self._kept.find_all(where, order=order, limit=limit)
        return [self._read(Received, row) for row in rows]

    async def list_waiting(self, limit: int) -> Sequence[Received]:
        rows = await self._kept.find_all({"waits": True}, order=[("record", 1)], limit=limit)
        return [self._read(Received, row) for row in rows]

    async def find_received(self, record: str, digest: str) -> Received | None:
        row = await self._kept.find_one({"record": record, "digest": digest})
        return self._read(Received, row) if row is not None else None

    async def iterate_received(self, sender: str) -> AsyncIterator[Received]:
        order = [("sender", 1), ("month", 1)]
        async for row in self._kept.find({"sender": sender}, order=order, batch=500):
            yield self._read(Received, row)

    def _read(self, kind: type[K], row: Document) -> K:
        fields = {**row, "id": row["_id"]}
        del fields["_id"]
        return self._records.to_record(kind, fields, str(row["_id"]))
