"""Cases in MongoDB: one document each, every change one conditional write.

It must not decide anything about a case: what a change means is the core's business.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime

from cases import reasons
from cases.errors import NotFound
from cases.instants import EPOCH, FOREVER
from cases.model import Case, Notification
from cases.ports.cases import CaseFilter, CaseOrder, FoundCases, NumberTaken, Scope
from storage.cases.documents import WITHOUT_SEARCH, CaseMapper
from storage.cases.feed import CaseFeed
from storage.cases.queries import KEYS_OF, after_cursor, cursor_after, in_scope, matching
from storage.coordination.news import nobody
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.database.outboxes import drop_told
from storage.schema.collections import PULL_INDEX
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_of

QUEUE_ORDER = [("queue.rank", 1), ("queue.due_at", 1)]


class MongoCaseStore:
    """Fulfils `cases.ports.cases.CaseStore`."""

    def __init__(self, database: Database, keys: KeyRing, tell: Callable[[], None] = nobody) -> None:
        """`tell` is called when a case that was written has something to tell."""
        self._cases = database["cases"]
        self._counters = database["counters"]
        self._mapper = CaseMapper(keys)
        self._feed = CaseFeed(self._cases)
        self._tell = tell

    async def insert(self, case: Case) -> Case:
        try:
            await self._cases.insert(self._mapper.to_document(case))
        except DuplicateKeyError:
            stored = await self._cases.find_one(
                {"filing_key": self._mapper.filing(case.filing_key)}, WITHOUT_SEARCH
            )
            if stored is None:
                raise NumberTaken(case.number) from None
            return self._mapper.to_case(stored)
        if case.notifications:
            self._tell()
        return case

    async def get(self, number: str) -> Case:
        case = await self.find(number)
        if case is None:
            raise NotFound(reasons.NO_SUCH_CASE)
        return case

    async def find(self, number: str, scope: Scope | None = None) -> Case | None:
        where: Document = {"_id": str(number)}
        if scope is not None and (conditions := in_scope(scope, self._mapper)):
            where["$and"] = conditions
        stored = await self._cases.find_one(where, WITHOUT_SEARCH)
        return self._mapper.to_case(stored) if stored is not None else None

    async def save(self, case: Case, *, expected_version: int) -> Case | None:
        saved = case.model_copy(update={"version": expected_version + 1})
        where = {"_id": case.number, "version": expected_version}
        done = await self._cases.replace(where, self._mapper.to_document(saved))
        if done and case.notifications:
            self._tell()
        return saved if done else None

    async def lease_next(self, department: str, scope: Scope, now: datetime, until: datetime) -> Case | None:
        """The lease also moves the version on, so that nobody can save what they read before it."""
        free: Document = {
            "queue.department": department,
            "queue.open": True,
            "queue.lease_until": {"$lte": now},
        }
        if conditions := in_scope(scope, self._mapper):
            free["$and"] = conditions
        change = {"$set": {"queue.lease_until": until}, "$inc": {"version": 1}}
        for due in ({"$lte": now}, {"$gt": now}):
            stored = await self._cases.find_and_update(
                {**free, "queue.due_at": due},
                change,
                order=QUEUE_ORDER,
                fields=WITHOUT_SEARCH,
                hint=PULL_INDEX,
            )
            if stored is not None:
                return self._mapper.to_case(stored)
        return None

    async def list_cases(
        self,
        scope: Scope,
        where: CaseFilter,
        *,
        order: CaseOrder = CaseOrder.QUEUE,
        limit: int = 50,
        cursor: str | None = None,
    ) -> FoundCases:
        query = matching(scope, where, self._mapper)
        if cursor:
            query["$and"].append(after_cursor(cursor, order))
        limit = max(1, min(limit, 500))
        rows = await self._cases.find_all(query, WITHOUT_SEARCH, order=KEYS_OF[order], limit=limit + 1)
        cases = tuple(self._mapper.to_case(row) for row in rows[:limit])
        return FoundCases(cases, cursor_after(cases[-1], order) if len(rows) > limit else None)

    async def count(self, scope: Scope, where: CaseFilter) -> int:
        return await self._cases.count(matching(scope, where, self._mapper))

    async def count_each(self, scope: Scope, wheres: Sequence[CaseFilter], most: int) -> Sequence[int]:
        found = dict.fromkeys(range(len(wheres)), 0)
        parts: list[list[Document]] = [
            [
                {"$match": matching(scope, where, self._mapper)},
                {"$limit": most},
                {"$group": {"_id": place, "n": {"$sum": 1}}},
            ]
            for place, where in enumerate(wheres)
        ]
        if parts:
            others: list[Document] = [
                {"$unionWith": {"coll": "cases", "pipeline": part}} for part in parts[1:]
            ]
            async for row in self._cases.aggregate([*parts[0], *others]):
                found[row["_id"]] = row["n"]
        return [*found.values()]

    async def iterate(self, scope: Scope, where: CaseFilter) -> AsyncIterator[Case]:
        query = matching(scope, where, self._mapper)
        async for row in self._cases.find(query, WITHOUT_SEARCH, order=KEYS_OF[CaseOrder.OLDEST], batch=100):
            yield self._mapper.to_case(row)

    async def iterate_changed(self, since: datetime) -> AsyncIterator[Case]:
        """Every case, in quarantine or not, that changed on the day of this moment or later."""
        where = {"updated_at": {"$gte": day_of(since)}}
        async for row in self._cases.find(where, WITHOUT_SEARCH, order=[("updated_at", 1)], batch=100):
            yield self._mapper.to_case(row)

    async def list_notifying(self, limit: int) -> Sequence[Case]:
        return await self._first({"notify_at": {"$gte": EPOCH}}, "notify_at", limit)

    async def drop_notifications(self, told: Mapping[str, Sequence[str]]) -> None:
        await drop_told(self._cases, told)

    async def tell(self, number: str, notification: Notification) -> None:
        """Moves the version on, so that nobody's change of what was read before can lose it."""
        await self._cases.update(
            {"_id": number, "notifications.id": {"$ne": notification.id}},
            {
                "$push": {"notifications": self._mapper.told(notification, number)},
                "$min": {"notify_at": FOREVER},
                "$inc": {"version": 1},
            },
        )
        self._tell()

    async def list_due(self, before: datetime, limit: int) -> Sequence[Case]:
        return await self._first({"next_due": {"$lt": before}}, "next_due", limit)

    async def list_similar(self, bands: Sequence[str], limit: int = 20) -> Sequence[Case]:
        if not bands:
            return ()
        rows = await self._cases.find_all(
            {"similar": {"$in": [*map(self._mapper.band, bands)]}},
            WITHOUT_SEARCH,
            order=[("filed_at", -1)],
            limit=limit,
        )
        return [self._mapper.to_case(row) for row in rows]

    async def list_merged(self, into: str) -> Sequence[str]:
        found: list[str] = []
        level = [into]
        while level:
            merged = {"merged_into": {"$in": [*map(self._mapper.merged, level)]}}
            rows = await self._cases.find_all(merged, {"_id": 1})
            level = [row["_id"] for row in rows if row["_id"] not in found]
            found += level
        return found

    async def next_serial(self, department: str, year: int) -> int:
        counter = await self._counters.find_and_update(
            {"_id": f"serial:{department}:{year}"}, {"$inc": {"value": 1}}, upsert=True
        )
        return int(counter["value"]) if counter else 1

    async def watch(self, scope: Scope) -> AsyncIterator[str]:
        """All watchers of this process share one change stream."""
        marks = frozenset(self._mapper.marks(scope))
        async for change in self._feed.follow():
            if change.visible_to(scope.departments, marks, participants_too=scope.participants_too):
                yield change.number

    async def listening(self) -> None:
        """Returns once the change stream of the watchers is open."""
        await self._feed.opened()

    async def close(self) -> None:
        await self._feed.close()

    async def _first(self, where: Document, by: str, limit: int) -> list[Case]:
        rows = await self._cases.find_all(where, WITHOUT_SEARCH, order=[(by, 1)], limit=limit)
        return [self._mapper.to_case(row) for row in rows]
