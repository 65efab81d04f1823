"""A real mongod for a whole session, whose every query is kept and explained at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pymongo import monitoring

from storage.database.administration import Admin
from storage.database.connection import Database, connect
from storage.schema.collections import LAYOUTS
from storage.schema.preparing import prepare
from storage.server.embedded import EmbeddedMongo
from tests.town.live.query_recorder import QueryRecorder

NOT_THE_MARK = {"_id": {"$ne": "schema"}}
recorder = QueryRecorder()
monitoring.register(recorder)  # only clients made after this are listened to


@asynccontextmanager
async def watched_mongo(folder: Path) -> AsyncIterator[str]:
    """The address of a replica set of one. At the end fails with the queries that no index served."""
    async with EmbeddedMongo(folder, cache_gb=0.25) as mongo:
        async with Admin(mongo.uri) as admin:
            # Tests keep their own time; by the server's, sessions of a past day would be removed under them.
            await admin.run({"setParameter": 1, "ttlMonitorEnabled": False})
        yield mongo.uri
        async with connect(mongo.uri, "explained") as database:
            await prepare(database)
            scans = await recorder.collection_scans(database)
    assert not scans, "queries without an index:\n" + "\n".join(scans)


async def clear(database: Database) -> None:
    """Leaves indexes and validators and nothing else.

    One question tells which collections hold anything: most tests write to a few of them.
    """
    names = tuple(LAYOUTS)
    question = [*_one_of(names[0]), *({"$unionWith": {"coll": n, "pipeline": _one_of(n)}} for n in names[1:])]
    held = await database.command({"aggregate": names[0], "pipeline": question, "cursor": {}})
    await asyncio.gather(
        *(database[row["name"]].delete_many(NOT_THE_MARK) for row in held["cursor"]["firstBatch"])
    )


def _one_of(name: str) -> list[dict[str, Any]]:
    return [{"$match": NOT_THE_MARK}, {"$limit": 1}, {"$project": {"_id": 0, "name": {"$literal": name}}}]
