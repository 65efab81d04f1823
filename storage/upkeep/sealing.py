"""Version 5: what earlier versions kept readable is sealed, once, before the first start of this one ends.

May be cut off and run again at any point: each record is left alone once it is as it should be. Indexes and
validators of then are taken away first; the layouts of now follow.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from loguru import logger

from storage.accounts.subscriptions import seal_event
from storage.cases.documents import CaseMapper
from storage.cases.reporters import BEFORE_5, MongoReporterStore
from storage.conversations.emergencies import MongoEmergencyStore
from storage.conversations.store import MongoConversationStore
from storage.database.collection import Collection, ReplaceOne
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.layout import index
from storage.figures.alarms import MongoAlarmStore
from storage.figures.rollups import ALL_ROWS, Rollups
from storage.sealed.key_ring import KeyRing

PAGE = 500
CHANGED = ("cases", "reporters", "conversations", "emergencies", "webhook_events", "alarms", "facts")


async def seal_records(database: Database, keys: KeyRing, clock: Callable[[], datetime]) -> None:
    present = await database.collections()
    for name in CHANGED:
        if name in present:
            await database.command({"collMod": name, "validator": {}})
    for name in ("cases", "reporters"):
        for stale in await database[name].index_names() - {"_id_"} if name in present else ():
            await database[name].drop_index(stale)
    cases, chats = CaseMapper(keys), MongoConversationStore(database, keys, clock)
    emergencies = MongoEmergencyStore(database, keys)
    await _replace_all(
        database["cases"], lambda old: None if "sealed" in old else cases.to_document(cases.to_case(old))
    )
    await _seal_reporters(database, keys)
    await _replace_all(database["conversations"], chats.bring_up)
    await _replace_all(
        database["emergencies"], lambda old: None if "sealed" in old else emergencies.bring_up(old)
    )
    await _replace_all(database["webhook_events"], lambda old: seal_event(old, keys))
    await MongoAlarmStore(database, keys).bring_up()
    await database["facts"].delete_many(ALL_ROWS)
    await Rollups(database, keys).ask_for_rebuild()


async def _replace_all(collection: Collection, bring_up: Callable[[Document], Document | None]) -> None:
    """Every record by what is made of it; None leaves it alone."""
    done = 0
    async for page in _pages(collection):
        made = await asyncio.to_thread(lambda rows: [*map(bring_up, rows)], page)
        writes = [ReplaceOne({"_id": new["_id"]}, new) for new in made if new and new not in page]
        await collection.write_many(writes)
        done += len(writes)
        if writes:
            logger.info("{}: {} records sealed", collection.name, done)


async def _seal_reporters(database: Database, keys: KeyRing) -> None:
    """The marks of chats are kept apart by their index, so it has to be there before the first one is put."""
    await database["reporters"].create_indexes((index("links.mark", unique=True, sparse=True),))
    store = MongoReporterStore(database, keys)
    async for page in _pages(database["reporters"]):
        for old in page:
            if BEFORE_5 in old:
                await store.bring_up(old)


async def _pages(collection: Collection) -> AsyncIterator[list[Document]]:
    after = ""
    while page := await collection.find_all({"_id": {"$gt": after}}, order=[("_id", 1)], limit=PAGE):
        yield page
        after = page[-1]["_id"]
