"""Brings records of an older schema along, one version at a time, while only one process does it.

A step may be cut off at any point and run again: each one asks only for what it has not changed yet.
Steps are never edited once released; a new layout that old records do not fit gets a new step.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from loguru import logger

from cases.errors import StorageUnavailable
from storage.coordination.leases import MongoLeaseStore
from storage.database.collection import Collection
from storage.database.connection import Database
from storage.database.encoding import Document

LEASE = "schema"
LEASE_TIME = timedelta(minutes=1)
"""How long the next start waits for one that was cut off."""
RENEW_EVERY = 10.0
WAIT = 0.5
PAGE = 1000

ENDED_THEN = ["closed", "declined", "withdrawn", "merged"]
"""As of version 2: a migration is never edited, whatever the core calls ended later."""
AREAS_THEN = (2, 4, 6, 9, 12)
"""As of version 6."""
THREE_YEARS = 3 * 365 * 24 * 3600 * 1000
HALF_A_YEAR = 180 * 24 * 3600 * 1000


Step = Callable[[Database], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Migration:
    """Leads from the version before to `version`."""

    version: int
    what: str
    run: Step | None
    """None: what `bring_up` is given for it, because it needs the keys."""


async def _add_retention(database: Database) -> None:
    """Version 2: when words of cases go, which due days are provisional, when chats last spoke."""
    held = {"$or": ["$legal_hold", {"$ne": [{"$ifNull": ["$anonymised_at", None]}, None]}]}
    ends: Document = {
        "$switch": {
            "branches": [
                {"case": held, "then": "$$REMOVE"},
                {"case": "$quarantined", "then": {"$add": ["$filed_at", HALF_A_YEAR]}},
                {"case": {"$in": ["$status", ENDED_THEN]}, "then": {"$add": ["$updated_at", THREE_YEARS]}},
            ],
            "default": "$$REMOVE",
        }
    }
    waiting: Document = {
        "$filter": {
            "input": {"$ifNull": ["$clocks", []]},
            "as": "clock",
            "cond": {
                "$and": [
                    "$$clock.provisional",
                    {"$eq": [{"$ifNull": ["$$clock.met_at", None]}, None]},
                    {"$eq": [{"$ifNull": ["$$clock.stopped_at", None]}, None]},
                ]
            },
        }
    }
    flags = {"$setUnion": [{"$ifNull": ["$flags", []]}, ["provisional"]]}
    marked = {"$cond": [{"$gt": [{"$size": waiting}, 0]}, flags, {"$ifNull": ["$flags", []]}]}
    await _change_all(database["cases"], {"erase_at": ends, "flags": marked})
    await _change_all(database["conversations"], {"active_at": {"$ifNull": ["$active_at", "$$NOW"]}})


async def _find_staff_by_name(database: Database) -> None:
    """Version 3: a complaint finds the staff it names without reading all accounts."""
    named = {"$gte": [{"$strLenCP": "$name"}, 2]}
    head = {"$cond": [named, {"$substrCP": ["$name", 0, 2]}, "$$REMOVE"]}
    await _change_all(database["staff"], {"name_head": head})


async def _mark_hands(database: Database) -> None:
    """Version 4: who had a case in hand finds it again, and so does the supervisor of who had it."""
    people = _each("$history", "hand:", "$$each.actor.id")
    had = [_each(name, "watch:", "$$each.department") for name in ("$clocks", "$letters")]
    reviewed = {"$cond": [{"$ifNull": ["$review_of", False]}, [{"$concat": ["watch:", "$review_of"]}], []]}
    seen_by = {"$setUnion": [{"$ifNull": ["$seen_by", []]}, people, *had, reviewed]}
    await _change_all(database["cases"], {"seen_by": seen_by})


def _each(array: str, mark: str, value: str) -> Document:
    """The mark before this value of each element that has one."""
    marked = {"$map": {"input": {"$ifNull": [array, []]}, "as": "each", "in": {"$concat": [mark, value]}}}
    return {"$filter": {"input": marked, "as": "made", "cond": {"$ne": ["$$made", None]}}}


async def _find_by_body_and_place(database: Database) -> None:
    """Version 6: objects are found by each key of their body and by each area around; honours are public."""
    region, name = "$subject.region_code", "$subject.name"
    named = ["$subject.department", "$subject.code", {"$concat": [region, ":", name]}]
    keys = {"$filter": {"input": named, "as": "key", "cond": {"$ne": [{"$ifNull": ["$$key", None]}, None]}}}
    areas = [
        {"$cond": [{"$gte": [{"$strLenCP": region}, length]}, [{"$substrCP": [region, 0, length]}], []]}
        for length in AREAS_THEN
    ]
    honoured = {"$and": [{"$eq": ["$kind", "honour"]}, {"$eq": ["$status", "confirmed"]}]}
    fields: Document = {
        "bodies": {"$cond": [{"$eq": ["$subject.whole_area", True]}, [], keys]},
        "places": {"$concatArrays": areas},
        "public": {"$or": ["$public", honoured]},
        "year": "$$REMOVE",
    }
    if "dossiers" in await database.collections():
        await database.command({"collMod": "dossiers", "validator": {}})
        await _change_all(database["dossiers"], fields)


async def _change_all(collection: Collection, fields: Document) -> None:
    """Page by page, so that no single command runs into a time-out."""
    after = ""
    while True:
        where = {"_id": {"$gt": after}}
        page = await collection.find_all(where, {"_id": 1}, order=[("_id", 1)], limit=PAGE)
        if not page:
            return
        last = page[-1]["_id"]
        await collection.update_many({"_id": {"$gt": after, "$lte": last}}, [{"$set": fields}])
        after = last


MIGRATIONS: tuple[Migration, ...] = (
    Migration(2, "retention dates of cases and chats, provisional due days", _add_retention),
    Migration(3, "the beginning of each name, by which complaints find staff", _find_staff_by_name),
    Migration(4, "through whose hands each case went", _mark_hands),
    Migration(5, "records sealed whole, times rounded, chats and cases apart", None),
    Migration(6, "by which keys and areas objects of the integrity side are found", _find_by_body_and_place),
)
SCHEMA_VERSION = MIGRATIONS[-1].version


async def bring_up(database: Database, version: int, seal: Step) -> None:
    """Run the steps after `version`, each marked as done before the next begins."""
    for step in MIGRATIONS:
        if step.version > version:
            logger.info("database {}, version {}: {}", database.name, step.version, step.what)
            await (step.run or seal)(database)
            await database["settings"].update({"_id": "schema"}, {"$set": {"version": step.version}})


@asynccontextmanager
async def alone(database: Database) -> AsyncIterator[None]:
    """Waits until no other process changes the layout, and keeps others out meanwhile."""
    leases = MongoLeaseStore(database)
    if not await _take(leases):
        logger.info("another process prepares the database {}; waiting", database.name)
        await _wait_for(leases)
    renewing = asyncio.create_task(_renew(leases))
    try:
        yield
    finally:
        renewing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await renewing
        await leases.release(LEASE)


async def _wait_for(leases: MongoLeaseStore) -> None:
    """Another process can only be waited for by asking again."""
    while True:
        await asyncio.sleep(WAIT)
        if await _take(leases):
            return


async def _renew(leases: MongoLeaseStore) -> None:
    """An election meanwhile must not cost the lease."""
    while True:
        await asyncio.sleep(RENEW_EVERY)
        with contextlib.suppress(StorageUnavailable):
            await _take(leases)


async def _take(leases: MongoLeaseStore) -> bool:
    now = datetime.now(UTC)
    return await leases.acquire(LEASE, now, now + LEASE_TIME)
