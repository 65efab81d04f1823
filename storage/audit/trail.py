"""The audit trail: appended, numbered without gaps, each entry chained to the one before by a keyed hash.

Whoever changes a byte in the database cannot make the chain fit again without the key; whoever cuts the
end off is found out by the daily anchors, once one has been published. Nothing here updates or deletes.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.instants import to_instant
from cases.ports.audit import AuditAction, AuditEntry, AuditRow, AuditSearch
from storage.database.connection import Database
from storage.database.encoding import Document, decode, encode
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing, WrongKey

LARGEST_BATCH = 500
FIELDS = {"_id", "at", "actor", "action", "subject", "data", "prev", "hash"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain on a day: publish it, and nothing before it can be changed unseen."""

    day: str
    seq: int
    hash: str


@dataclass(eq=False, slots=True)
class _Waiting:
    """An entry that has not been written yet; `plain` is its data as it will be sealed."""

    entry: AuditEntry
    plain: bytes
    written: bool = False


class MongoAuditStore:
    """Fulfils `cases.ports.audit.AuditStore`; any number of processes may append at once."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._audit = database["audit"]
        self._anchors = database["audit_anchors"]
        self._keys = keys
        self._key = keys.purpose_key("audit")
        self._turn = asyncio.Lock()
        self._waiting: list[_Waiting] = []
        self._head: tuple[int, str] | None = None

    async def append(self, entry: AuditEntry) -> None:
        """Durable when it returns. Entries that wait at the same moment are written together."""
        waiting = _Waiting(entry, encode(entry.data))
        self._waiting.append(waiting)
        async with self._turn:
            if not waiting.written:
                batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
                if waiting not in batch:
                    batch.append(waiting)
                    self._waiting.remove(waiting)
                await self._write(batch, waiting)

    async def _write(self, batch: list[_Waiting], mine: _Waiting) -> None:
        """Write all of the batch; on failure the others wait for the next one who has the turn."""
        try:
            while batch:
                seq, prev = self._head or await self._read_head()
                documents = self._chain(seq, prev, batch)
                self._head = None
                done = await self._audit.insert_in_order(documents)
                for waiting in batch[:done]:
                    waiting.written = True
                batch = batch[done:]
                if not batch:
                    self._head = (documents[-1]["_id"], documents[-1]["hash"])
        finally:
            self._waiting[:0] = [waiting for waiting in batch if waiting is not mine]

    def _chain(self, seq: int, prev: str, batch: list[_Waiting]) -> list[Document]:
        documents = []
        for waiting in batch:
            seq += 1
            documents.append(self._document(seq, prev, waiting))
            prev = documents[-1]["hash"]
        return documents

    async def list_entries(self, *, subject: str | None = None, limit: int = 100) -> Sequence[AuditEntry]:
        """Newest first."""
        where: Document = {"_id": {"$gte": 0}}
        if subject is not None:
            where["subject"] = subject
        rows = await self._audit.find_all(where, order=[("_id", -1)], limit=limit)
        return [self._entry(row) for row in rows]

    async def count_subjects(self, action: AuditAction, since: datetime) -> Mapping[str, int]:
        where: Document = {"at": {"$gte": since}, "action": action.value}
        stages: list[Document] = [
            {"$match": where},
            {"$group": {"_id": {"actor": "$actor", "subject": "$subject"}}},
            {"$group": {"_id": "$_id.actor", "count": {"$sum": 1}}},
        ]
        return {row["_id"]: row["count"] async for row in self._audit.aggregate(stages)}

    async def search(
        self, where: AuditSearch, *, before: int | None = None, limit: int = 100
    ) -> Sequence[AuditRow]:
        rows = await self._audit.find_all(_conditions(where, before), order=[("_id", -1)], limit=limit)
        last = [row["_id"] - 1 for row in rows]
        hashes = {
            r["_id"]: r["hash"] for r in await self._audit.find_all({"_id": {"$in": last}}, {"hash": 1})
        }
        return [
            AuditRow(
                row["_id"],
                self._entry(row),
                self.fault_of(row, row["_id"], hashes.get(row["_id"] - 1, "")) is None,
            )
            for row in rows
        ]

    async def verify(self) -> str | None:
        anchors = await self._anchors.find_all({"_id": {"$gte": ""}})
        expected = {anchor["seq"]: anchor for anchor in anchors}
        seq, prev = 0, ""
        async for row in self._audit.find({"_id": {"$gte": 0}}, order=[("_id", 1)], batch=1000):
            fault = self.fault_of(row, seq + 1, prev)
            if fault:
                return fault
            seq, prev = row["_id"], row["hash"]
            anchor = expected.pop(seq, None)
            if anchor is not None and anchor["hash"] != prev:
                return f"audit entry {seq} does not match the anchor of {anchor['_id']}"
        if expected:
            missing = min(expected)
            return f"the audit trail ends at {seq}, but {expected[missing]['_id']} was anchored at {missing}"
        return None

    async def anchor(self, day: date) -> Anchor | None:
        """Keep the end of the chain under this day, once; None while there is nothing to anchor."""
        seq, hash = await self._read_head()
        if seq == 0:
            return None
        try:
            await self._anchors.insert({"_id": day.isoformat(), "seq": seq, "hash": hash})
        except DuplicateKeyError:
            stored = await self._anchors.find_one({"_id": day.isoformat()})
            return Anchor(stored["_id"], stored["seq"], stored["hash"]) if stored else None
        return Anchor(day.isoformat(), seq, hash)

    async def hash_at(self, seq: int) -> str | None:
        """The stored hash of this entry; None when there is none. `verify` says whether it is right."""
        row = await self._audit.find_one({"_id": seq}, {"hash": 1})
        return str(row["hash"]) if row else None

    async def _read_head(self) -> tuple[int, str]:
        last = await self._audit.find_one({"_id": {"$gte": 0}}, {"hash": 1}, order=[("_id", -1)])
        return (last["_id"], last["hash"]) if last else (0, "")

    def _document(self, seq: int, prev: str, waiting: _Waiting) -> Document:
        entry, plain = waiting.entry, waiting.plain
        document: Document = {
            "_id": seq,
            "at": to_instant(entry.at),
            "actor": entry.actor,
            "action": str(entry.action),
            "subject": entry.subject,
            "data": self._keys.seal(plain, f"{seq}/data"),
            "prev": prev,
        }
        document["hash"] = self._hash(document, plain)
        return document

    def _hash(self, document: Document, plain: bytes) -> str:
        fields = [document[name] for name in ("_id", "actor", "action", "subject", "prev")]
        milliseconds = round(document["at"].timestamp() * 1000)
        content = json.dumps([*fields, milliseconds, plain.hex()], ensure_ascii=True)
        return hmac.new(self._key, content.encode(), hashlib.sha256).hexdigest()

    def fault_of(self, row: Document, seq: int, prev: str) -> str | None:
        """What is wrong with a stored entry that should have this number and predecessor."""
        if row.get("_id") != seq:
            return f"audit entry {seq} is missing"
        try:
            plain = self._keys.open(row["data"], f"{seq}/data")
            known = row.keys() == FIELDS and type(row["data"]) is bytes
            whole = known and row["prev"] == prev and hmac.compare_digest(row["hash"], self._hash(row, plain))
        except (WrongKey, KeyError, TypeError, AttributeError):
            whole = False
        return None if whole else f"audit entry {seq} was changed after it was written"

    def _entry(self, row: Document) -> AuditEntry:
        data = decode(self._keys.open(row["data"], f"{row['_id']}/data"))
        at: datetime = row["at"]
        return AuditEntry(at, row["actor"], row["action"], row["subject"], data)


def _conditions(where: AuditSearch, before: int | None) -> Document:
    """Values only, never expressions: what people type is compared as text."""
    wanted: Document = {"_id": {"$gte": 0} if before is None else {"$gte": 0, "$lt": before}}
    for name in ("subject", "actor", "action"):
        if value := getattr(where, name):
            wanted[name] = {"$eq": str(value)}
    times = {"$gte": where.since, "$lt": where.until}
    given = {operator: moment for operator, moment in times.items() if moment is not None}
    return {**wanted, "at": given} if given else wanted
