"""Who filed a case, apart from the case: words sealed, chats and receipts as keyed hashes.

Nothing here decides who may look; that is the core's `unseal`.
"""

from __future__ import annotations

from collections.abc import Sequence

from cases.ports.reporters import Reporter
from cases.records import FreeText
from cases.vocabulary import Channel, Language
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.sealed.key_ring import KeyRing


class MongoReporterStore:
    """Fulfils `cases.ports.reporters.ReporterStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._reporters = database["reporters"]
        self._keys = keys

    async def put(self, reporter: Reporter) -> None:
        """Chats that adopted the case meanwhile stay."""
        fields: Document = {
            "channel": reporter.channel.value,
            "language": reporter.language.value,
            "receipt": reporter.receipt,
            "filed_at": reporter.filed_at,
        }
        for name in ("name", "contact", "original"):
            text = getattr(reporter, name)
            fields[name] = self._keys.seal(text, f"{reporter.number}/{name}") if text else None
        kept = {name: value for name, value in fields.items() if value is not None}
        change: Document = {"$set": kept}
        if gone := {name: "" for name, value in fields.items() if value is None}:
            change["$unset"] = gone
        chats = [reporter.conversation] if reporter.conversation else []
        change["$addToSet"] = {"conversations": {"$each": chats}}
        await self._reporters.update({"_id": reporter.number}, change, upsert=True)

    async def find(self, number: str) -> Reporter | None:
        return self._reporter(await self._reporters.find_one({"_id": number}))

    async def list_numbers(self, conversation: str, limit: int = 20) -> Sequence[str]:
        rows = await self._reporters.find_all(
            {"conversations": conversation}, {"_id": 1}, order=[("filed_at", -1)], limit=limit
        )
        return [row["_id"] for row in rows]

    async def list_conversations(self, number: str) -> Sequence[str]:
        found = await self._reporters.find_one({"_id": number}, {"conversations": 1})
        return list(found["conversations"]) if found else []

    async def find_by_receipt(self, receipt_hash: str) -> Reporter | None:
        return self._reporter(await self._reporters.find_one({"receipt": receipt_hash}))

    async def adopt(self, number: str, conversation: str) -> None:
        await self._reporters.update({"_id": number}, {"$addToSet": {"conversations": conversation}})

    async def erase(self, number: str) -> None:
        await self._reporters.delete({"_id": number})

    def _reporter(self, document: Document | None) -> Reporter | None:
        if document is None:
            return None
        chats = document["conversations"]
        return Reporter(
            number=document["_id"],
            conversation=chats[0] if chats else None,
            channel=Channel(document["channel"]),
            language=Language(document["language"]),
            name=self._open(document, "name"),
            contact=self._open(document, "contact"),
            original=self._open(document, "original"),
            receipt=document["receipt"],
            filed_at=document["filed_at"],
        )

    def _open(self, document: Document, name: str) -> FreeText | None:
        sealed = document.get(name)
        return FreeText(self._keys.open_text(sealed, f"{document['_id']}/{name}")) if sealed else None
