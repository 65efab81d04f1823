"""Evidence files: sealed bytes in GridFS; their name, kind, size and digest sealed beside them.

A file exists once its record exists; bytes that were uploaded without one (a crash in between) are
removed by `sweep`. Types and sizes are judged before files come here. Who reads the database and holds an
original cannot tell that it is here: bytes are filled up to one of few lengths, and their ids and dates tell
the day, by the given clock alone.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cases import reasons
from cases.errors import EvidenceDamaged, InvalidInput, NotFound
from cases.instants import local_date, start_of
from cases.ports.evidence import MOST_BYTES, MOST_MEGABYTES, StoredFile
from storage.database.connection import Database
from storage.database.encoding import Document, decode, encode
from storage.database.failures import DuplicateKeyError
from storage.database.files import FileBroken, FileId, earliest_id
from storage.sealed.key_ring import KeyRing, WrongKey
from storage.sealed.padding import fill
from storage.sealed.rounding import day_after

IN_PLACE = 256 * 1024
"""Larger files are sealed in a thread, so that nobody else waits."""


SHORTEST = 4096
"""Bytes to which every shorter file is filled up."""
_ONCE_PLAIN = ("name", "media_type", "size", "sha256", "stripped")
"""What stood beside the bytes, each on its own, before it was sealed in one."""


class MongoEvidenceStore:
    """Fulfils `cases.ports.evidence.EvidenceStore`."""

    def __init__(self, database: Database, keys: KeyRing, clock: Callable[[], datetime]) -> None:
        self._records = database["evidence"]
        self._file_records = database["evidence.files"]
        self._files = database.files("evidence")
        self._keys = keys
        self._clock = clock

    async def put(self, id: str, data: bytes, *, name: str, media_type: str, stripped: bool) -> StoredFile:
        """Idempotent by id: a file that is there already is answered and kept on, not replaced."""
        if len(data) > MOST_BYTES:
            raise InvalidInput(reasons.FILE_TOO_LARGE, name=name, megabytes=MOST_MEGABYTES)
        if await self._records.update({"_id": id}, {"$max": {"kept_at": day_after(self._clock())}}):
            return self._stored(await self._record(id))
        about: Document = {
            "name": name,
            "media_type": media_type,
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "stripped": stripped,
        }
        document: Document = {
            "_id": id,
            "file": await self._put_bytes(id, data),
            "about": self._keys.seal(encode(about), f"{id}/about"),
        }
        try:
            await self._records.insert(document)
        except DuplicateKeyError:
            await self._files.delete(document["file"])
            document = await self._record(id)
        return self._stored(document)

    async def _put_bytes(self, id: str, data: bytes) -> FileId:
        filled = fill(data, SHORTEST)
        sealed: bytes = await self._run(len(data), self._keys.seal, filled, f"{id}/bytes")
        day = start_of(local_date(self._clock()))
        return await self._files.put(day, id, sealed)

    async def find(self, id: str) -> StoredFile | None:
        """What is known of a file, without its bytes."""
        document = await self._records.find_one({"_id": id})
        return self._stored(document) if document else None

    async def get(self, id: str) -> bytes:
        document = await self._record(id)
        stored = self._stored(document)
        try:
            sealed = await self._files.read(document["file"])
            data: bytes = await self._run(len(sealed), self._keys.open, sealed, f"{id}/bytes")
        except (WrongKey, FileBroken) as error:
            raise EvidenceDamaged from error
        data = data[: stored.size]
        if hashlib.sha256(data).hexdigest() != stored.sha256:
            raise EvidenceDamaged
        return data

    async def delete(self, id: str) -> None:
        document = await self._records.find_one({"_id": id}, {"file": 1})
        if document is not None:
            await self._files.delete(document["file"])
            await self._records.delete({"_id": id})

    async def delete_unless_kept(self, id: str, file: FileId, before: datetime) -> bool:
        """Delete this file unless it was put again since then; bytes that a crash leaves are swept."""
        untouched = {"$or": [{"kept_at": {"$exists": False}}, {"kept_at": {"$lt": before}}]}
        if not await self._records.delete({"_id": id, "file": file, **untouched}):
            return False
        await self._files.delete(file)
        return True

    async def reseal(self, id: str) -> None:
        """Put a file under the primary key: new bytes first, then the record, then the old bytes go."""
        document = await self._record(id)
        file = await self._put_bytes(id, await self.get(id))
        about = self._keys.seal(encode(self._about(document)), f"{id}/about")
        where = {"_id": id, "file": document["file"]}
        new = {"$set": {"file": file, "about": about}, "$unset": dict.fromkeys(_ONCE_PLAIN, "")}
        done = await self._records.update(where, new)
        await self._files.delete(document["file"] if done else file)

    async def sweep(self, now: datetime) -> int:
        """Remove bytes that no record names and that are older than a day; how many files that were."""
        old = earliest_id(start_of(local_date(now - timedelta(days=1))))
        swept = 0
        async for row in self._file_records.find({"_id": {"$lt": old}}, {"_id": 1}, order=[("_id", 1)]):
            if await self._records.find_one({"file": row["_id"]}, {"_id": 1}) is None:
                await self._files.delete(row["_id"])
                swept += 1
        return swept

    async def _record(self, id: str) -> Document:
        document = await self._records.find_one({"_id": id})
        if document is None:
            raise NotFound(reasons.NO_SUCH_FILE)
        return document

    async def _run(self, size: int, work: Any, *arguments: Any) -> Any:
        return work(*arguments) if size < IN_PLACE else await asyncio.to_thread(work, *arguments)

    def _stored(self, document: Document) -> StoredFile:
        return StoredFile(id=document["_id"], **self._about(document))

    def _about(self, document: Document) -> Document:
        id = document["_id"]
        if "about" in document:
            return decode(self._keys.open(document["about"], f"{id}/about"))
        name = self._keys.open_text(document["name"], f"{id}/name")
        return {**{field: document[field] for field in _ONCE_PLAIN}, "name": name}
