"""Finds what has been kept long enough, by index, and makes sure that an erasure that began also ends.

When and why something goes is the core's business (`cases/lifecycle/retention.py`); nothing here decides it.
An erasure is noted before the case is changed and forgotten after the last file is gone, so a crash in
between leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.model import Case
from storage.cases.documents import WITHOUT_SEARCH, CaseMapper
from storage.conversations.store import MongoConversationStore
from storage.database.connection import Database
from storage.sealed.key_ring import KeyRing


@dataclass(frozen=True, slots=True)
class Erasure:
    """The files of a case that is being made anonymous."""

    number: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdleChat:
    """A chat without a word since `active_at`; `dialogue` is what it was in the middle of."""

    conversation: str
    active_at: datetime
    dialogue: dict[str, Any]


class MongoRetention:
    """What the retention worker and the calendar worker ask of the database."""

    def __init__(self, database: Database, keys: KeyRing, chats: MongoConversationStore) -> None:
        self._cases = database["cases"]
        self._erasures = database["erasures"]
        self._chats = database["conversations"]
        self._staff = database["staff"]
        self._mapper = CaseMapper(keys)
        self._open_dialogue = chats.open_dialogue
        self._seal_dialogue = chats.seal_dialogue

    async def list_expired(self, now: datetime, limit: int) -> Sequence[Case]:
        """Cases whose time is over, longest ago first."""
        rows = await self._cases.find_all(
            {"erase_at": {"$lte": now}}, WITHOUT_SEARCH, order=[("erase_at", 1)], limit=limit
        )
        return [self._mapper.to_case(row) for row in rows]

    async def list_provisional(self, after: str, limit: int) -> Sequence[Case]:
        """Cases with a due day that rests on an unpublished calendar, by number."""
        where = {"flags": "provisional", "_id": {"$gt": after}}
        rows = await self._cases.find_all(where, WITHOUT_SEARCH, order=[("_id", 1)], limit=limit)
        return [self._mapper.to_case(row) for row in rows]

    # -- erasures under way -----------------------------------------------------------------------
    async def begin(self, erasure: Erasure, now: datetime) -> None:
        document = {"_id": erasure.number, "evidence": list(erasure.evidence), "at": now}
        await self._erasures.replace({"_id": erasure.number}, document, upsert=True)

    async def list_begun(self, now: datetime, limit: int) -> Sequence[Erasure]:
        rows = await self._erasures.find_all({"at": {"$lte": now}}, order=[("at", 1)], limit=limit)
        return [Erasure(row["_id"], tuple(row["evidence"])) for row in rows]

    async def finish(self, number: str) -> None:
        await self._erasures.delete({"_id": number})

    # -- chats ------------------------------------------------------------------------------------
    async def list_idle(self, before: datetime, limit: int) -> Sequence[IdleChat]:
        rows = await self._chats.find_all(
            {"active_at": {"$lt": before}},
            {"active_at": 1, "dialogue": 1},
            order=[("active_at", 1)],
            limit=limit,
        )
        return [IdleChat(row["_id"], row["active_at"], self._open_dialogue(row)) for row in rows]

    async def is_staff(self, conversation: str) -> bool:
        """Whether a member of staff gets alerts in this chat."""
        return await self._staff.find_one({"conversation": conversation}, {"_id": 1}) is not None

    async def forget_chat(self, chat: IdleChat) -> bool:
        """Delete the whole chat; False when it spoke meanwhile."""
        return await self._chats.delete(self._unchanged(chat)) > 0

    async def keep_chat(self, chat: IdleChat, dialogue: dict[str, Any]) -> bool:
        """Keep the chat with this dialogue, and look again after its next word; False when it spoke."""
        change: dict[str, Any] = {"$unset": {"active_at": ""}}
        if dialogue:
            change["$set"] = {"dialogue": self._seal_dialogue(chat.conversation, dialogue)}
        else:
            change["$unset"]["dialogue"] = ""
        return bool(await self._chats.update(self._unchanged(chat), change))

    @staticmethod
    def _unchanged(chat: IdleChat) -> dict[str, Any]:
        return {
            "_id": chat.conversation,
            "active_at": chat.active_at,
            "inbox.ready_at": {"$exists": False},
        }
