"""Files in the database (GridFS): bytes under an id of their own. It must not know whose they are."""

from __future__ import annotations

from datetime import datetime

from bson import ObjectId
from gridfs.errors import CorruptGridFile, NoFile
from motor.motor_asyncio import AsyncIOMotorGridFSBucket

from storage.database.failures import driver_errors

FileId = ObjectId
"""Ids begin with the second they were made in, so they rise."""


class FileBroken(Exception):
    """The bytes are gone, or not all there."""


def earliest_id(moment: datetime) -> FileId:
    """Less than the id of every file put from this moment on, greater than those before."""
    return ObjectId.from_datetime(moment)


class Files:
    """The files of one bucket."""

    def __init__(self, bucket: AsyncIOMotorGridFSBucket) -> None:
        self._bucket = bucket

    async def put(self, at: datetime, name: str, data: bytes) -> FileId:
        """`at`: the moment that stands in its id."""
        id = ObjectId(int(at.timestamp()).to_bytes(4, "big") + ObjectId().binary[4:])
        with driver_errors():
            await self._bucket.upload_from_stream_with_id(id, name, data)
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
