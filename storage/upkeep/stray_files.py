"""Finds files that nothing refers to: a draft that was cut off, a page's upload that was never read.

A file is judged once it has been kept for a while. One that a case holds is never looked at again (it goes
with the case's words); one that a chat refers to is looked at later; anything else goes. Whoever puts a file
again meanwhile keeps it: the deletion asks in its filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.instants import local_date, start_of
from storage.cases.documents import CaseMapper
from storage.conversations.store import MongoConversationStore
from storage.conversations.transcripts import MongoTranscripts
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.files import FileId, earliest_id
from storage.evidence.store import MongoEvidenceStore
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_after

PLACE = "evidence-upkeep"
"""Where the look through all files stands, in `settings`."""


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file to be judged; `file` is where its bytes are."""

    id: str
    file: FileId


class StrayFiles:
    """What the housekeeping asks of the database."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        evidence: MongoEvidenceStore,
        chats: MongoConversationStore,
        transcripts: MongoTranscripts,
    ) -> None:
        self._settings = database["settings"]
        self._records = database["evidence"]
        self._cases = database["cases"]
        self._dossiers = database["dossiers"]
        self._conversations = database["conversations"]
        self._case_file = CaseMapper(keys).file
        self._evidence = evidence
        self._chats = chats
        self._transcripts = transcripts

    async def list_unjudged(self, before: datetime, limit: int) -> list[OldFile]:
        """Files kept since before the day of this moment that come next; within a day in any order."""
        place = await self._settings.find_one({"_id": PLACE})
        range: Document = {"$lt": earliest_id(start_of(local_date(before)))}
        if place is not None:
            range["$gt"] = place["after"]
        rows = await self._records.find_all({"file": range}, {"file": 1}, order=[("file", 1)], limit=limit)
        return [OldFile(row["_id"], row["file"]) for row in rows]

    async def list_to_look_at_again(self, now: datetime, limit: int) -> list[OldFile]:
        where = {"look_again_at": {"$lte": now}}
        rows = await self._records.find_all(where, {"file": 1}, order=[("look_again_at", 1)], limit=limit)
        return [OldFile(row["_id"], row["file"]) for row in rows]

    async def passed(self, last: OldFile) -> None:
        """Everything up to this file has been judged."""
        await self._settings.update({"_id": PLACE}, {"$set": {"after": last.file}}, upsert=True)

    async def mentioned_in_chats(self, ids: set[str]) -> set[str]:
        """Which of these a draft, an errand, a waiting update or a line of a page names.

        Ask this before `held_by_case`: a file goes from a chat to a case, never back, and the case has it
        before the chat forgets it.
        """
        found: set[str] = set()
        everyone = {"_id": {"$gte": ""}}
        wanted = {"dialogue": 1, "inbox.queue": 1}
        async for row in self._conversations.find(everyone, wanted, order=[("_id", 1)]):
            found |= ids & set(_strings(self._chats.open_all(row)))
        async for lines in self._transcripts.iterate():
            found |= ids & set(_strings(lines))
        return found

    async def held_by_case(self, id: str) -> bool:
        """Or by an object of the integrity side."""
        if await self._cases.find_one({"files": self._case_file(id)}, {"_id": 1}) is not None:
            return True
        return await self._dossiers.find_one({"files": id}, {"_id": 1}) is not None

    async def settle(self, file: OldFile, look_again_at: datetime | None) -> None:
        """It stays; judged again at that moment, or never."""
        change: Document = {"$unset": {"look_again_at": ""}}
        if look_again_at is not None:
            change = {"$set": {"look_again_at": day_after(look_again_at)}}
        await self._records.update({"_id": file.id, "file": file.file}, change)

    async def forget(self, file: OldFile, before: datetime) -> bool:
        """Delete it, unless somebody put it again since that moment."""
        return await self._evidence.delete_unless_kept(file.id, file.file, before)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
