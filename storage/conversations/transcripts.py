"""What the web chat shows: the last lines of each conversation, sealed, under one counter.

Every change is one atomic write that also numbers it, so that a page can ask for what is new.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from cases.ports.conversations import Transcript
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_after

KEPT = 200


class MongoTranscripts:
    """Fulfils `cases.ports.conversations.Transcripts`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._lines = database["transcripts"]
        self._keys = keys

    async def append(
        self, conversation: str, line: dict[str, Any], now: datetime, key: str | None = None
    ) -> int:
        sealed = self._seal(conversation, line)
        entry = {"id": "$last_id", "v": "$version", "sealed": {"$literal": sealed}}
        where: Document = {"_id": conversation}
        if key is not None:
            entry["key"] = {"$literal": key}
            where["lines.key"] = {"$ne": key}
        grown = {"$concatArrays": [{"$ifNull": ["$lines", []]}, [entry]]}
        change: list[Document] = [
            {
                "$set": {
                    "last_id": _plus_one("last_id"),
                    "version": _plus_one("version"),
                    "updated_at": day_after(now),
                }
            },
            {"$set": {"lines": {"$slice": [grown, -KEPT]}}},
        ]
        try:
            found = await self._lines.find_and_update(where, change, fields={"last_id": 1}, upsert=True)
        except DuplicateKeyError:  # the line is there, or the chat was begun this instant
            known = await self.find_key(conversation, key) if key is not None else None
            return known if known is not None else await self.append(conversation, line, now, key)
        return int(found["last_id"]) if found else 0

    async def change(self, conversation: str, id: int, changes: dict[str, Any], now: datetime) -> bool:
        line = await self.find(conversation, id)
        if line is None:
            return False
        sealed = self._seal(conversation, {**line, **changes})
        new = {"$mergeObjects": ["$$line", {"v": "$version", "sealed": {"$literal": sealed}}]}
        replaced = {
            "$map": {
                "input": "$lines",
                "as": "line",
                "in": {"$cond": [{"$eq": ["$$line.id", id]}, new, "$$line"]},
            }
        }
        pipeline: list[Document] = [
            {"$set": {"version": _plus_one("version"), "updated_at": day_after(now)}},
            {"$set": {"lines": replaced}},
        ]
        return bool(await self._lines.update({"_id": conversation, "lines.id": id}, pipeline))

    async def forget(self, conversation: str, id: int, changes: dict[str, Any]) -> None:
        """The line becomes another for whoever asks from now on; pages that show it hear nothing."""
        line = await self.find(conversation, id)
        if line is not None:
            sealed = self._seal(conversation, {**line, **changes})
            await self._lines.update(
                {"_id": conversation, "lines.id": id}, {"$set": {"lines.$.sealed": sealed}}
            )

    async def find(self, conversation: str, id: int) -> dict[str, Any] | None:
        found = await self._lines.find_one({"_id": conversation}, {"lines": {"$elemMatch": {"id": id}}})
        rows = found.get("lines", []) if found else []
        return self._open(conversation, rows[0]) if rows else None

    async def find_key(self, conversation: str, key: str) -> int | None:
        found = await self._lines.find_one({"_id": conversation}, {"lines": {"$elemMatch": {"key": key}}})
        rows = found.get("lines", []) if found else []
        return int(rows[0]["id"]) if rows else None

    async def read(self, conversation: str, after: int = 0) -> Transcript:
        found = await self._lines.find_one({"_id": conversation}, {"version": 1, "lines": 1})
        if found is None:
            return Transcript(0, ())
        fresh = [row for row in found["lines"] if row["v"] > after]
        return Transcript(int(found["version"]), tuple(self._open(conversation, row) for row in fresh))

    async def iterate(self) -> AsyncIterator[list[dict[str, Any]]]:
        """The lines of every chat, chat by chat."""
        async for row in self._lines.find({"_id": {"$gte": ""}}, {"lines": 1}, order=[("_id", 1)]):
            yield [self._open(row["_id"], line) for line in row["lines"]]

    async def version(self, conversation: str) -> int:
        found = await self._lines.find_one({"_id": conversation}, {"version": 1})
        return int(found["version"]) if found else 0

    async def erase(self, conversation: str) -> None:
        """Every line goes; the counters stay, so that pages showing it see what comes next."""
        await self._lines.update(
            {"_id": conversation}, [{"$set": {"version": _plus_one("version"), "lines": []}}]
        )

    def _seal(self, conversation: str, line: dict[str, Any]) -> bytes:
        plain = json.dumps({k: v for k, v in line.items() if k != "id"}, ensure_ascii=True)
        return self._keys.seal(plain, f"{conversation}/line")

    def _open(self, conversation: str, row: Document) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(self._keys.open(row["sealed"], f"{conversation}/line"))
        return {"id": int(row["id"]), **opened}


def _plus_one(field: str) -> Document:
    return {"$add": [{"$ifNull": [f"${field}", 0]}, 1]}


def reseal_lines(document: Document, keys: KeyRing) -> Document:
    """The same transcript under the primary key."""
    context = f"{document['_id']}/line"
    lines = [{**row, "sealed": keys.reseal(row["sealed"], context)} for row in document["lines"]]
    return {**document, "lines": lines}
