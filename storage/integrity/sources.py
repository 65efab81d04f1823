"""Which case a keyed reference means. The service asks, to compare words and to tell the citizen."""

from __future__ import annotations

from cases.ports.dossiers import Source
from storage.database.connection import Database
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing


class MongoSourceStore:
    """Fulfils `cases.ports.dossiers.SourceStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._sources = database["dossier_sources"]
        self._records = RecordMapper(keys)

    async def remember(self, source: Source) -> None:
        document = self._records.to_document(source, source.reference)
        document["_id"] = document.pop("reference")
        await self._sources.replace({"_id": source.reference}, document, upsert=True)

    async def resolve(self, reference: str) -> str | None:
        stored = await self._sources.find_one({"_id": reference})
        if stored is None:
            return None
        stored["reference"] = stored.pop("_id")
        return str(self._records.to_record(Source, stored, reference).number)
