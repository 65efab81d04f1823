"""A collection with the few calls the stores need: those that Motor and PyMongo's own async API share.

It must not know what is stored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from motor.motor_asyncio import AsyncIOMotorClientSession, AsyncIOMotorCollection
from pymongo import ReplaceOne, ReturnDocument, UpdateMany, UpdateOne
from pymongo.errors import BulkWriteError

from storage.database.encoding import Document
from storage.database.failures import driver_errors
from storage.database.layout import Index

__all__ = [
    "RAW",
    "Collection",
    "ReplaceOne",
    "Transaction",
    "UpdateMany",
    "UpdateOne",
    "Written",
]

Filter = Mapping[str, Any]
Update = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Sorting = Sequence[tuple[str, int]]
Transaction = AsyncIOMotorClientSession

RAW: CodecOptions[RawBSONDocument] = CodecOptions(document_class=RawBSONDocument)
KEY_TAKEN = 11000


@dataclass(frozen=True, slots=True)
class Written:
    """What an update did."""

    matched: int
    inserted: bool = False

    def __bool__(self) -> bool:
        return self.matched > 0 or self.inserted


class Collection:
    """A collection with the few calls the stores need."""

    def __init__(self, inner: AsyncIOMotorCollection[Document]) -> None:
        self._inner = inner

    @property
    def name(self) -> str:
        return str(self._inner.name)

    async def find_one(
        self, where: Filter, fields: Filter | None = None, order: Sorting | None = None
    ) -> Document | None:
        with driver_errors():
            return await self._inner.find_one(where, fields, sort=order)

    async def find(
        self,
        where: Filter,
        fields: Filter | None = None,
        *,
        order: Sorting | None = None,
        limit: int = 0,
        batch: int = 0,
    ) -> AsyncIterator[Document]:
        with driver_errors():
            async for document in self._inner.find(where, fields, sort=order, limit=limit, batch_size=batch):
                yield document

    async def find_all(
        self, where: Filter, fields: Filter | None = None, *, order: Sorting | None = None, limit: int = 0
    ) -> list[Document]:
        with driver_errors():
            return await self._inner.find(where, fields, sort=order, limit=limit).to_list(None)

    async def aggregate(self, stages: Sequence[Filter], **options: Any) -> AsyncIterator[Document]:
        """Rows of an aggregation. Sorting and grouping stay in memory limits: indexes first."""
        with driver_errors():
            async for row in self._inner.aggregate(list(stages), **options):
                yield row

    async def distinct(self, field: str) -> list[Any]:
        """Every value of an indexed field, each once; of a list, each of its items."""
        with driver_errors():
            return list(await self._inner.distinct(field))

    async def count(self, where: Filter, limit: int | None = None) -> int:
        with driver_errors():
            if limit is None:
                return await self._inner.count_documents(where)
            return await self._inner.count_documents(where, limit=limit)

    async def insert(self, document: Document, session: Transaction | None = None) -> None:
        """Raises DuplicateKeyError."""
        with driver_errors():
            await self._inner.insert_one(document, session=session)

    async def replace(
        self, where: Filter, document: Document, *, upsert: bool = False, session: Transaction | None = None
    ) -> Written:
        with driver_errors():
            done = await self._inner.replace_one(where, document, upsert=upsert, session=session)
            return Written(done.matched_count, done.upserted_id is not None)

    async def update(self, where: Filter, change: Update, *, upsert: bool = False) -> Written:
        with driver_errors():
            done = await self._inner.update_one(where, change, upsert=upsert)
            return Written(done.matched_count, done.upserted_id is not None)

    async def update_many(self, where: Filter, change: Update) -> int:
        with driver_errors():
            return (await self._inner.update_many(where, change)).matched_count

    async def find_and_update(
        self,
        where: Filter,
        change: Update,
        *,
        order: Sorting | None = None,
        fields: Filter | None = None,
        upsert: bool = False,
        before: bool = False,
        hint: str | None = None,
    ) -> Document | None:
        """The document after the change (or before it), None when nothing matched."""
        with driver_errors():
            return await self._inner.find_one_and_update(
                where,
                change,
                projection=fields,
                sort=order,
                upsert=upsert,
                hint=hint,
                return_document=ReturnDocument.BEFORE if before else ReturnDocument.AFTER,
            )

    async def delete(self, where: Filter) -> int:
        with driver_errors():
            return (await self._inner.delete_one(where)).deleted_count

    async def delete_many(self, where: Filter) -> int:
        with driver_errors():
            return (await self._inner.delete_many(where)).deleted_count

    async def watch(
        self, stages: Sequence[Filter], *, full_document: str | None = None
    ) -> AsyncIterator[Document]:
        """Changes from now on; the driver resumes by itself after an election."""
        with driver_errors():
            async with self._inner.watch(
                list(stages), full_document=full_document, max_await_time_ms=500
            ) as changes:
                while changes.alive:
                    change = await changes.try_next()
                    yield change if change is not None else {}

    async def write_many(
        self,
        writes: Sequence[UpdateOne | UpdateMany | ReplaceOne[Document]],
        session: Transaction | None = None,
    ) -> None:
        """Many writes in one call, in any order; with a session, as part of its transaction."""
        if writes:
            with driver_errors():
                await self._inner.bulk_write(list(writes), ordered=False, session=session)

    async def insert_many(self, documents: Sequence[Document]) -> None:
        if documents:
            with driver_errors():
                await self._inner.insert_many(list(documents), ordered=False)

    async def insert_raw(self, documents: Sequence[bytes]) -> None:
        """Documents as the server stored them, byte for byte."""
        if documents:
            with driver_errors():
                await self._inner.with_options(codec_options=RAW).insert_many(
                    [RawBSONDocument(document) for document in documents], ordered=False
                )

    async def insert_in_order(self, documents: Sequence[Document]) -> int:
        """Insert until a key is taken; how many were inserted."""
        with driver_errors():
            try:
                await self._inner.insert_many(list(documents), ordered=True)
            except BulkWriteError as error:
                faults = error.details.get("writeErrors", [])
                if error.details.get("writeConcernErrors") or not faults or faults[0]["code"] != KEY_TAKEN:
                    raise
                return int(error.details["nInserted"])
        return len(documents)

    async def create_indexes(self, indexes: Sequence[Index]) -> None:
        with driver_errors():
            await self._inner.create_indexes(list(indexes))

    async def indexes(self) -> dict[str, Document]:
        """By name, as they are described in the database."""
        with driver_errors():
            return {index["name"]: dict(index) async for index in self._inner.list_indexes()}

    async def index_names(self) -> set[str]:
        return set(await self.indexes())

    async def drop_index(self, name: str) -> None:
        with driver_errors():
            await self._inner.drop_index(name)
