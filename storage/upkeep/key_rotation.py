"""Puts everything that is sealed under the primary key, while the product runs, and seals what earlier
versions kept plain.

Every replacement asks that the document is still the one that was read, so nobody's change is lost.
The look-up key stays: it is only sealed anew. Once this has ended the older keys can be forgotten.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime

from storage.conversations.transcripts import reseal_lines
from storage.database.collection import Collection
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.evidence.store import MongoEvidenceStore
from storage.sealed import keystone, vault
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing

PLAIN_COLLECTIONS = (
    *("cases", "reporters", "facts", "staff", "audit", "set_aside"),
    *("webhooks", "webhook_events", "emergencies", "alarms", "dossiers", "dossier_sources"),
    "exchange",
    *("unsent", "reports", "lent", "uploads"),
)
"""Collections whose sealed values are bound to the record's id and the field's name, no more."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """One step: `done` of `total` records of a collection have been looked at."""

    collection: str
    done: int
    total: int


async def rotate(database: Database, keys: KeyRing, clock: Callable[[], datetime]) -> AsyncIterator[Resealed]:
    """Seal every record under the primary key; yields after each one."""
    mapper = RecordMapper(keys)

    def reseal_plain(document: Document) -> Document:
        return dict(mapper.reseal(document, str(document["_id"])))

    def reseal_chat(document: Document) -> Document:
        return _reseal_conversation(mapper, document)

    for name in PLAIN_COLLECTIONS:
        async for progress in _rotate(database[name], reseal_plain):
            yield progress
    async for progress in _rotate(database["conversations"], reseal_chat):
        yield progress
    async for progress in _rotate(database["transcripts"], lambda document: reseal_lines(document, keys)):
        yield progress
    async for progress in _rotate_evidence(database, keys, MongoEvidenceStore(database, keys, clock)):
        yield progress
    await vault.renew(database, keys)
    await keystone.renew(database, keys)


async def _rotate(collection: Collection, reseal: Callable[[Document], Document]) -> AsyncIterator[Resealed]:
    total = await collection.count({"_id": {"$exists": True}})
    done = 0
    async for row in collection.find({}, {"_id": 1}, order=[("_id", 1)], batch=1000):
        await _reseal_one(collection, row["_id"], reseal)
        done += 1
        yield Resealed(collection.name, done, max(done, total))


async def _reseal_one(collection: Collection, id: object, reseal: Callable[[Document], Document]) -> None:
    while (document := await collection.find_one({"_id": id})) is not None:
        renewed = reseal(document)
        unchanged = {name: {"$eq": value} for name, value in document.items()}
        if renewed == document or await collection.replace(unchanged, renewed):
            return


async def _rotate_evidence(
    database: Database, keys: KeyRing, evidence: MongoEvidenceStore
) -> AsyncIterator[Resealed]:
    total = await database["evidence"].count({"_id": {"$exists": True}})
    done = 0
    async for row in database["evidence"].find({}, {"about": 1}, order=[("_id", 1)], batch=100):
        if "about" not in row or not keys.is_current(row["about"]):
            await evidence.reseal(row["_id"])
        done += 1
        yield Resealed("evidence", done, max(done, total))


def _reseal_conversation(mapper: RecordMapper, document: Document) -> Document:
    key = document["_id"]
    renewed = dict(document)
    for name in ("address", "dialogue", "language", "pace"):
        if name in document:
            renewed[name] = mapper.reseal(document[name], key, name)
    for name, place in (("inbox", "in"), ("outbox", "out")):
        box = document.get(name, {})
        if "queue" in box:
            queue = [mapper.reseal(item, f"{key}/{place}/{item['id']}") for item in box["queue"]]
            renewed[name] = {**box, "queue": queue}
    return renewed
