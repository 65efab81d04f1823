"""A real mongod for a whole session, whose every query is kept and explained at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pymongo import monitoring

from storage.database.administration import Admin
from storage.database.connection import Database, connect
from storage.schema.collections import LAYOUTS
from storage.schema.preparing import prepare
from storage.server.embedded import EmbeddedMongo
from tests.town.live.query_recorder import QueryRecorder

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
    """Leaves indexes and validators and nothing else."""
    await asyncio.gather(*(database[name].delete_many({"_id": {"$ne": "schema"}}) for name in LAYOUTS))
