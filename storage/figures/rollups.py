"""Keeps facts and cells equal to the cases: a little after every change, or all anew on command.

A changed case is read, its old row is taken out of the cells and the new one put in, in one transaction;
so a crash leaves either nothing or all of it, and doing it twice changes nothing.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cases.figures.cells import BY_NAME, CellKey, add_to, base_cells, change, with_longer
from cases.figures.facts import CaseFacts
from cases.figures.measures import facts_of
from cases.figures.statistics import Progress
from cases.instants import EPOCH
from storage.cases.documents import CaseMapper
from storage.database.collection import ReplaceOne, Transaction, UpdateMany, UpdateOne
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.figures.documents import FactsMapper
from storage.sealed.key_ring import KeyRing

BATCH = 200
STATE = "statistics"
SHAPE = 6
"""What cells look like. Cells of another shape, or half made when a rebuild was cut off, are made anew."""
GROUP = 3
"""So many near-identical complaints are a group; their rows are marked `in_group`."""
SEPARATOR = "|"
CASE_FIELDS = dict.fromkeys(("sealed", "version", "queue.lease_until", "shut_out", "uncounted"), 1)
"""Projection: what a row is made from."""
ALL_ROWS: Document = {"_id": {"$gt": ""}}
"""In the order of the index, because all of it is read anyway."""


def cell_id(key: CellKey) -> str:
    return SEPARATOR.join((key.view, key.span, key.at, *key.values))


def cell_document(key: CellKey) -> Document:
    """The fields a new cell starts with."""
    fields = dict(zip(BY_NAME[key.view].fields, key.values, strict=True))
    return {"view": key.view, "span": key.span, "at": key.at, **fields}


class Rollups:
    """The only writer of `facts` and `cells`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._mapper = CaseMapper(keys)
        self._rows = FactsMapper(keys)
        self._database = database
        self._cases = database["cases"]
        self._facts = database["facts"]
        self._cells = database["cells"]
        self._state = database["settings"]
        self._noted = database.fleeting("settings")

    async def are_whole(self) -> bool:
        """False before the first time, after an update that changed the cells, and after a broken rebuild."""
        mark = await self._state.find_one({"_id": STATE})
        return mark is not None and mark.get("shape") == SHAPE

    async def ask_for_rebuild(self) -> None:
        """Whoever keeps the figures makes them anew at its next step."""
        await self._state.update({"_id": STATE}, {"$set": {"shape": 0}}, upsert=True)

    async def progress(self) -> tuple[int, int]:
        """How many rows there are, of how many cases."""
        return await self._facts.count(ALL_ROWS), await self._cases.count(ALL_ROWS)

    async def catch_up(self, now: datetime) -> int:
        """Take in the next batch of changed cases; how many there were. Call again until it is 0."""
        changed = await self._cases.find_all({"uncounted": True}, CASE_FIELDS, limit=BATCH)
        if changed:
            await self.take_in(changed, now)
        else:
            await self._note_until(now)
        return len(changed)

    async def _note_until(self, now: datetime) -> None:
        """Nothing changed: figures are of this moment too. Lost in an election, it is soon noted again."""
        await self._noted.update({"_id": STATE}, {"$max": {"until": now}})

    async def take_in(self, documents: Sequence[Document], now: datetime) -> None:
        """Bring the rows and cells of these cases up to date; a case that changed since is taken in again."""
        which = {"_id": {"$in": [document["_id"] for document in documents]}}
        read = await asyncio.to_thread(self._read_all, documents)
        known = await self._facts.find_all(which) if documents else []
        before = {row["_id"]: self._rows.to_facts(row) for row in known}
        delta: dict[CellKey, dict[str, int]] = {}
        for after, _ in read:
            counted = before.get(after.number)
            was = self._rows.counted(counted) if counted else None
            for key, paths in change(was, self._rows.counted(after)).items():
                add_to(delta, key, paths)
        rows = [ReplaceOne({"_id": f.number}, self._rows.to_document(f, p), upsert=True) for f, p in read]
        async with self._database.transaction() as session:
            await self._facts.write_many(rows, session)
            bands = {f.band for f in (*before.values(), *(f for f, _ in read)) if f.band}
            if bands:
                await self._mark_groups({*map(self._rows.band, bands)}, session)
            await self._cells.write_many(_increments(delta), session)
            mark = {
                "$set": {"until": now} if len(documents) < BATCH else {},
                "$setOnInsert": {"shape": SHAPE},
                "$inc": {"changes": int(bool(read))},
            }
            await self._state.write_many([UpdateOne({"_id": STATE}, mark, upsert=True)], session)
        await self._mark_counted(documents)

    async def _mark_counted(self, documents: Iterable[Document]) -> None:
        await self._cases.write_many(
            [
                UpdateOne({"_id": one["_id"], "version": one["version"]}, {"$unset": {"uncounted": ""}})
                for one in documents
                if "uncounted" in one
            ]
        )

    async def _mark_groups(self, bands: Collection[str], session: Transaction) -> None:
        """Groups are found by their mark, without counting every row of a period."""
        stages: list[Document] = [
            {"$match": {"band": {"$in": sorted(bands)}}},
            {"$group": {"_id": "$band", "n": {"$sum": 1}}},
        ]
        writes = []
        async for band in self._facts.aggregate(stages, session=session):
            is_group = band["n"] >= GROUP
            change = {"$set": {"in_group": True}} if is_group else {"$unset": {"in_group": ""}}
            others = {"$ne": True} if is_group else True
            writes.append(UpdateMany({"band": band["_id"], "in_group": others}, change))
        await self._facts.write_many(writes, session)

    async def mark_all_groups(self) -> None:
        """As if every row had changed; for rows of which none is marked yet."""
        stages: list[Document] = [
            {"$match": {"band": {"$gt": ""}}},
            {"$group": {"_id": "$band", "n": {"$sum": 1}}},
            {"$match": {"n": {"$gte": GROUP}}},
        ]
        async for group in self._facts.aggregate(stages, allowDiskUse=True):
            await self._facts.update_many({"band": group["_id"]}, {"$set": {"in_group": True}})

    async def rebuild(self, now: datetime, progress: Progress | None = None) -> int:
        """Compute every row and every cell anew from the cases; how many cases there were.

        Changes made meanwhile are taken in by the next `catch_up`. Nothing else may write figures meanwhile.
        """
        total = await self._cases.count(ALL_ROWS)
        await self._state.update({"_id": STATE}, {"$set": {"shape": 0, "until": EPOCH}}, upsert=True)
        await self._facts.delete_many(ALL_ROWS)
        if progress is not None:
            progress(0, total)
        done, read = 0, list[Document]()
        cells = Accumulator()
        async for document in self._cases.find(ALL_ROWS, CASE_FIELDS, batch=500):
            read.append(document)
            done += 1
            if len(read) == 1000:
                await self._write_rows(read, cells)
                read = []
                if progress is not None:
                    progress(done, total)
        await self._write_rows(read, cells)
        await self.mark_all_groups()
        await self.replace_cells(cells)
        await self.mark_whole(now)
        if progress is not None:
            progress(done, done)
        return done

    async def _write_rows(self, documents: Sequence[Document], cells: Accumulator) -> None:
        rows = []
        for facts, shut_out in await asyncio.to_thread(self._read_all, documents):
            cells.add(self._rows.counted(facts))
            rows.append(self._rows.to_document(facts, shut_out))
        await self._facts.insert_many(rows)
        await self._mark_counted(documents)

    async def mark_whole(self, until: datetime) -> None:
        """Every change before this instant is in every cell."""
        change = {"$set": {"until": until, "shape": SHAPE}, "$inc": {"changes": 1}}
        await self._state.update({"_id": STATE}, change, upsert=True)

    async def recount(self, progress: Progress | None = None) -> int:
        """Compute the cells anew from the rows alone: quicker than `rebuild`, when only they are in doubt."""
        total, done = await self._facts.count(ALL_ROWS), 0
        cells = Accumulator()
        async for row in self._facts.find(ALL_ROWS, batch=2000):
            cells.add(self._rows.counted(self._rows.to_facts(row)))
            done += 1
            if progress is not None and done % 1000 == 0:
                progress(done, total)
        await self.replace_cells(cells)
        await self._state.update({"_id": STATE}, {"$inc": {"changes": 1}})
        return done

    async def replace_cells(self, cells: Accumulator) -> None:
        """These cells instead of those that are there."""
        await self._cells.delete_many(ALL_ROWS)
        for batch in cells.documents(2000):
            await self._cells.insert_many(batch)

    def _read_all(self, documents: Sequence[Document]) -> list[tuple[CaseFacts, list[str]]]:
        return [(facts_of(self._mapper.to_case(one)), one["shut_out"]) for one in documents]


class Accumulator:
    """Cells added up in memory, for computing all of them at once."""

    def __init__(self) -> None:
        self._cells: dict[CellKey, dict[str, int]] = {}

    def add(self, facts: CaseFacts) -> None:
        for key, paths in base_cells(facts).items():
            add_to(self._cells, key, paths)

    def documents(self, size: int) -> Iterable[list[Document]]:
        batch: list[Document] = []
        for key, paths in with_longer(self._cells).items():
            batch.append({"_id": cell_id(key), **cell_document(key), **_nested(paths)})
            if len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch


def _increments(delta: Mapping[CellKey, Mapping[str, int]]) -> list[UpdateOne]:
    writes = []
    for key, paths in delta.items():
        amounts = {path: amount for path, amount in paths.items() if amount}
        if amounts:
            new = {"$setOnInsert": cell_document(key), "$inc": amounts}
            writes.append(UpdateOne({"_id": cell_id(key)}, new, upsert=True))
    return writes


def _nested(paths: Mapping[str, int]) -> Document:
    """`h.accept.57: 2` → {"h": {"accept": {"57": 2}}}, as $inc would make it."""
    tree: dict[str, Any] = defaultdict(dict)
    for path, amount in paths.items():
        *folders, name = path.split(".")
        place = tree
        for folder in folders:
            place = place.setdefault(folder, {})
        place[name] = amount
    return dict(tree)
