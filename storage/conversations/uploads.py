"""Pieces of files on their way: each sealed by itself, found by a keyed name, gone within a day."""

from __future__ import annotations

import asyncio
from datetime import datetime

from storage.database.connection import Database
from storage.database.encoding import Document
from storage.sealed.key_ring import KeyRing
from storage.sealed.padding import fill
from storage.sealed.rounding import hour_after

_LENGTH = 4
"""Bytes in front that say how long the piece is without what fills it up."""


class MongoUploadStore:
    """Fulfils `cases.ports.uploads.UploadStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._pieces = database["uploads"]
        self._keys = keys

    async def put(self, upload: str, place: int, piece: bytes, until: datetime) -> None:
        id = f"{self._name(upload)}/{place:03}"
        filled = fill(len(piece).to_bytes(_LENGTH) + piece)
        sealed = await asyncio.to_thread(self._keys.seal, filled, f"{id}/sealed")
        change = {"$set": {"sealed": sealed, "erase_at": hour_after(until)}}
        await self._pieces.update({"_id": id}, change, upsert=True)

    async def arrived(self, upload: str) -> int:
        rows = await self._pieces.find_all(self._of(upload), {"_id": 1}, order=[("_id", 1)])
        places = {int(row["_id"].rpartition("/")[2]) for row in rows}
        return next(place for place in range(len(places) + 1) if place not in places)

    async def whole(self, upload: str, pieces: int) -> bytes | None:
        rows = await self._pieces.find_all(self._of(upload), order=[("_id", 1)])
        places = [int(row["_id"].rpartition("/")[2]) for row in rows]
        if not rows or places != list(range(pieces)):
            return None
        return await asyncio.to_thread(lambda: b"".join(map(self._open, rows)))

    async def drop(self, upload: str) -> None:
        await self._pieces.delete_many(self._of(upload))

    def _open(self, row: Document) -> bytes:
        plain = self._keys.open(row["sealed"], f"{row['_id']}/sealed")
        return plain[_LENGTH : _LENGTH + int.from_bytes(plain[:_LENGTH])]

    def _name(self, upload: str) -> str:
        return self._keys.mark(upload, "upload")

    def _of(self, upload: str) -> Document:
        name = self._name(upload)
        return {"_id": {"$gte": f"{name}/", "$lt": f"{name}0"}}
