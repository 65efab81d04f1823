"""Files in the database (GridFS): bytes under an id of their own. It must not know whose they are.

The driver reads and deletes them; it does not write them, because its ids and dates tell the second in which
every piece came.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from bson import ObjectId
from gridfs.errors import CorruptGridFile, NoFile
from motor.motor_asyncio import AsyncIOMotorGridFSBucket

from storage.database.collection import Collection
from storage.database.failures import driver_errors

CHUNK = 1 << 20
"""Bytes of one piece."""
FileId = ObjectId
"""Ids begin with the second they were made in, so they rise."""


class FileBroken(Exception):
    """The bytes are gone, or not all there."""


def earliest_id(moment: datetime) -> FileId:
    """Less than the id of every file put from this moment on, greater than those before."""
    return ObjectId.from_datetime(moment)


def _new_id(at: datetime) -> FileId:
    return ObjectId(int(at.timestamp()).to_bytes(4, "big") + secrets.token_bytes(8))


class Files:
    """The files of one bucket."""

    def __init__(self, bucket: AsyncIOMotorGridFSBucket, files: Collection, chunks: Collection) -> None:
        self._bucket = bucket
        self._files = files
        self._chunks = chunks

    async def put(self, at: datetime, name: str, data: bytes) -> FileId:
        """`at`: the moment that stands in its ids and its date; the rest of an id is random."""
        id = _new_id(at)
        starts = enumerate(range(0, len(data), CHUNK))
        await self._chunks.insert_many(
            [{"_id": _new_id(at), "files_id": id, "n": n, "data": data[k : k + CHUNK]} for n, k in starts]
        )
        about = {"_id": id, "length": len(data), "chunkSize": CHUNK, "uploadDate": at, "filename": name}
        await self._files.insert(about)
        return id

    async def read(self, id: FileId) -> bytes:
        """Raises FileBroken."""
        try:
            with driver_errors(passing=(NoFile, CorruptGridFile)):
                stream = await self._bucket.open_download_stream(id)
                data: bytes = await stream.read()
                return data
        except (NoFile, CorruptGridFile) as error:
            raise FileBroken from error

    async def delete(self, id: FileId) -> None:
        """Also when it is gone already."""
        try:
            with driver_errors(passing=(NoFile,)):
                await self._bucket.delete(id)
        except NoFile:
            return
