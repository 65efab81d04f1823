"""Which chats wait for files of theirs, and who is fetching them: a mark and a lease in the chat's document.

What is waited for stands in the sealed dialogue; here is only that something is.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from cases.ports.conversations import FetchWork
from storage.conversations.store import MongoConversationStore
from storage.database.connection import Database
from storage.database.encoding import Document


class MongoFetches:
    """Fulfils `cases.ports.conversations.Fetches`. The mark is set and taken away by the commit of a turn."""

    def __init__(self, database: Database, chats: MongoConversationStore) -> None:
        self._conversations = database["conversations"]
        self._chats = chats

    async def claim(self, now: datetime, lease_until: datetime) -> FetchWork | None:
        token = secrets.token_hex(12)
        due = {"fetch.ready_at": {"$lte": now}}
        waiting = await self._conversations.find_one(due, {"_id": 1}, [("fetch.ready_at", 1)])
        if waiting is None:
            return None
        found = await self._conversations.find_and_update(
            {**waiting, **due},
            {"$set": {"fetch.ready_at": lease_until, "fetch.token": token}, "$inc": {"fetch.tries": 1}},
            fields={"address": 1, "dialogue": 1, "fetch.tries": 1},
        )
        if found is None:
            return None
        address, dialogue = self._chats.open_address(found), self._chats.open_dialogue(found)
        return FetchWork(found["_id"], address, token, dialogue, found["fetch"]["tries"])

    async def renew(self, work: FetchWork, until: datetime) -> bool:
        return bool(await self._conversations.update(_holding(work), {"$set": {"fetch.ready_at": until}}))

    async def retry(self, work: FetchWork, ready_at: datetime) -> None:
        change = {"$set": {"fetch.ready_at": ready_at}, "$unset": {"fetch.token": ""}}
        await self._conversations.update(_holding(work), change)


def _holding(work: FetchWork) -> Document:
    return {"_id": work.conversation, "fetch.token": work.token}
