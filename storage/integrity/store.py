"""Objects of the integrity side in MongoDB: one document each, every change one conditional write.

What changes several objects at once is one transaction of such writes. It decides nothing about an object.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cases.instants import EPOCH, start_of
from cases.integrity.breaches.record_model import BreachRecord, Sharing
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.standing import EVERYTHING, Sight
from cases.integrity.spine.vocabulary import Kind
from cases.ports.dossiers import (
    ClaimedAlready,
    DossierFilter,
    DossierNumberTaken,
    DossierOrder,
    FoundDossiers,
    Tally,
)
from storage.coordination.news import nobody
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError, Overtaken
from storage.database.outboxes import drop_told
from storage.integrity.documents import WITHOUT_DERIVED, DossierMapper
from storage.integrity.names import BodyNames
from storage.integrity.queries import KEYS_OF, after_cursor, cursor_after, holding, matching
from storage.integrity.tally import tally
from storage.sealed.key_ring import KeyRing


class _Stale(Exception):
    """One of the objects is no longer as it was read; the transaction ends without a trace."""


class MongoDossierStore:
    """Fulfils `cases.ports.dossiers.DossierStore`."""

    def __init__(self, database: Database, keys: KeyRing, tell: Callable[[], None] = nobody) -> None:
        """`tell` is called when an object that was written has something to tell."""
        self._database = database
        self._dossiers = database["dossiers"]
        self._counters = database["counters"]
        self._mapper = DossierMapper(keys)
        self._names = BodyNames(self._dossiers)
        self._tell = tell

    async def insert(self, dossier: AnyDossier) -> AnyDossier:
        try:
            await self._dossiers.insert(self._mapper.to_document(dossier))
        except DuplicateKeyError:
            stored = await self._dossiers.find_one({"filing_key": dossier.filing_key}, WITHOUT_DERIVED)
            if stored is None:
                await self._refuse_claimed([dossier])
                raise DossierNumberTaken(dossier.id) from None
            return self._mapper.to_dossier(stored)
        self._tell_of([dossier])
        return dossier

    def _tell_of(self, written: Sequence[AnyDossier]) -> None:
        for dossier in written:
            self._names.learn(dossier.subject.keys)
        if any(dossier.notifications for dossier in written):
            self._tell()

    async def find_claimed(self, dossier: AnyDossier) -> str | None:
        claims = [self._mapper.claim(words) for words in dossier.claims]
        where = {"claims": {"$in": claims}, "_id": {"$ne": dossier.id}}
        taken = await self._dossiers.find_one(where, {"_id": 1}) if claims else None
        return str(taken["_id"]) if taken else None

    async def _refuse_claimed(self, dossiers: Sequence[AnyDossier]) -> None:
        """Raises ClaimedAlready when that is why a key was taken."""
        for dossier in dossiers:
            if taken := await self.find_claimed(dossier):
                raise ClaimedAlready(taken) from None

    async def find(self, id: str) -> AnyDossier | None:
        stored = await self._dossiers.find_one({"_id": str(id)}, WITHOUT_DERIVED)
        return self._mapper.to_dossier(stored) if stored is not None else None

    async def save(
        self, changed: Sequence[tuple[AnyDossier, int]], opened: Sequence[AnyDossier] = ()
    ) -> tuple[AnyDossier, ...] | None:
        saved = tuple(dossier.model_copy(update={"version": expected + 1}) for dossier, expected in changed)
        writes = [
            ({"_id": dossier.id, "version": expected}, self._mapper.to_document(dossier))
            for dossier, (_, expected) in zip(saved, changed, strict=True)
        ]
        try:
            if len(writes) == 1 and not opened:
                if not await self._dossiers.replace(*writes[0]):
                    return None
            else:
                await self._together(writes, [self._mapper.to_document(one) for one in opened])
        except (_Stale, Overtaken):
            return None
        except DuplicateKeyError:
            await self._refuse_claimed([*saved, *opened])
            raise DossierNumberTaken(changed[0][0].id) from None
        self._tell_of([*saved, *opened])
        return saved

    async def _together(self, writes: list[tuple[Document, Document]], opened: list[Document]) -> None:
        async with self._database.transaction() as session:
            for where, document in writes:
                if not await self._dossiers.replace(where, document, session=session):
                    raise _Stale
            for document in opened:
                await self._dossiers.insert(document, session)

    async def family(self, dossier: AnyDossier) -> Sequence[AnyDossier]:
        roots = [dossier.id, *([dossier.about] if dossier.about else [])]
        related: list[Document] = [{"about": {"$in": roots}}]
        if dossier.about:
            related.append({"_id": dossier.about})
        rows = await self._dossiers.find_all({"$or": related}, WITHOUT_DERIVED)
        return [self._mapper.to_dossier(row) for row in rows if row["_id"] != dossier.id]

    async def list_dossiers(
        self,
        sight: Sight,
        where: DossierFilter,
        *,
        order: DossierOrder = DossierOrder.DUE,
        limit: int = 50,
        cursor: str | None = None,
    ) -> FoundDossiers:
        query = await self._matching(sight, where)
        if cursor:
            query["$and"].append(after_cursor(cursor, order))
        limit = max(1, min(limit, 500))
        rows = await self._dossiers.find_all(query, WITHOUT_DERIVED, order=KEYS_OF[order], limit=limit + 1)
        found = tuple(self._mapper.to_dossier(row) for row in rows[:limit])
        return FoundDossiers(found, cursor_after(found[-1], order) if len(rows) > limit else None)

    async def count(self, sight: Sight, where: DossierFilter) -> int:
        return await self._dossiers.count(await self._matching(sight, where))

    async def tally(self, sight: Sight, where: DossierFilter, since: date, until: date) -> Tally:
        return await tally(self._dossiers, await self._matching(sight, where), since, until)

    async def iterate(self, sight: Sight, where: DossierFilter) -> AsyncIterator[AnyDossier]:
        query = await self._matching(sight, where)
        order = KEYS_OF[DossierOrder.NEWEST]
        async for row in self._dossiers.find(query, WITHOUT_DERIVED, order=order, batch=100):
            yield self._mapper.to_dossier(row)

    async def iterate_fields(
        self, where: DossierFilter, fields: Sequence[str], days: Mapping[Kind, str], since: date, until: date
    ) -> AsyncIterator[Mapping[str, Any]]:
        query = await self._matching(EVERYTHING, where)
        query["$and"].append({"$or": [_within(kind, name, since, until) for kind, name in days.items()]})
        async for row in self._dossiers.find(query, dict.fromkeys(fields, 1), batch=1000):
            yield {**row, "id": row.pop("_id")}

    async def _matching(self, sight: Sight, where: DossierFilter) -> Document:
        pairs = self._mapper.search.of_words(where.words) if where.words else None
        if where.words is None or pairs is None:
            return matching(sight, where)
        return matching(sight, where, holding(where.words, pairs, await self._names.meant(where.words)))

    async def list_waking(self, before: datetime, limit: int) -> Sequence[AnyDossier]:
        return await self._first({"wakes_at": {"$lt": before}}, "wakes_at", limit)

    async def list_unsettled(self, limit: int) -> Sequence[BreachRecord]:
        found = await self._first({"share_at": {"$gte": EPOCH}}, "share_at", limit)
        return [one for one in found if isinstance(one, BreachRecord)]

    async def iterate_shared(self) -> AsyncIterator[BreachRecord]:
        where, order = {"sharing.since": {"$gte": EPOCH}}, [("sharing.since", 1)]
        async for row in self._dossiers.find(where, WITHOUT_DERIVED, order=order, batch=100):
            if isinstance(dossier := self._mapper.to_dossier(row), BreachRecord):
                yield dossier

    async def mark_sharing(self, id: str, sharing: Sharing) -> None:
        stored, share_at = self._mapper.sharing(id, sharing)
        change: Document = {"$set": {"sharing": stored}}
        if share_at is None:
            change["$unset"] = {"share_at": 1}
        else:
            change["$set"]["share_at"] = share_at
        await self._dossiers.update({"_id": id, "sharing.revision": sharing.revision}, change)

    async def list_notifying(self, limit: int) -> Sequence[AnyDossier]:
        return await self._first({"notify_at": {"$gte": EPOCH}}, "notify_at", limit)

    async def drop_notifications(self, id: str, ids: Sequence[str]) -> None:
        await drop_told(self._dossiers, {id: ids})

    async def next_serial(self, kind: Kind, keeper: str, year: int) -> int:
        counter = await self._counters.find_and_update(
            {"_id": f"serial:{kind}:{keeper}:{year}"}, {"$inc": {"value": 1}}, upsert=True
        )
        return int(counter["value"]) if counter else 1

    async def _first(self, where: Document, by: str, limit: int) -> list[AnyDossier]:
        rows = await self._dossiers.find_all(where, WITHOUT_DERIVED, order=[(by, 1)], limit=limit)
        return [self._mapper.to_dossier(row) for row in rows]


def _within(kind: Kind, name: str, since: date, until: date) -> Document:
    """Objects of this kind whose day or instant lies between them."""
    days, instants = (since.isoformat(), until.isoformat()), (start_of(since), start_of(until))
    first, end = instants if name.endswith("_at") else days
    return {"kind": kind.value, name: {"$gte": first, "$lt": end}}
