"""The one module that talks to the driver: everything else in `storage` uses `Database` and `Collection`.

`Collection` offers only calls that Motor and PyMongo's own async API share, so changing drivers is
a change of this file. Driver errors end here: callers see the domain's errors (and `DuplicateKeyError`,
which is an answer, not a failure). It must not know what is stored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC
from types import TracebackType
from typing import Any, Self

from bson.codec_options import CodecOptions, DatetimeConversion
from bson.raw_bson import RawBSONDocument
from motor.motor_asyncio import (
    AsyncIOMotorClient,
    AsyncIOMotorClientSession,
    AsyncIOMotorCollection,
    AsyncIOMotorDatabase,
    AsyncIOMotorGridFSBucket,
)
from pymongo import IndexModel, ReplaceOne, ReturnDocument, UpdateMany, UpdateOne
from pymongo.errors import BulkWriteError, DuplicateKeyError, OperationFailure
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from cases import reasons
from cases.errors import StorageUnavailable
from storage.database.failures import CommandRefused, NoReplicaSet, RecordRefused, driver_errors

__all__ = [
    "CODEC",
    "Admin",
    "Collection",
    "CommandRefused",
    "Database",
    "Document",
    "DuplicateKeyError",
    "NoReplicaSet",
    "RecordRefused",
    "Session",
    "Written",
    "connect",
    "driver_errors",
]

Document = dict[str, Any]
Filter = Mapping[str, Any]
Update = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Order = Sequence[tuple[str, int]]
Session = AsyncIOMotorClientSession

CODEC: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)
LENIENT = CODEC.with_options(datetime_conversion=DatetimeConversion.DATETIME_AUTO)
"""For answers about the database itself, which may name times no calendar has."""
RAW: CodecOptions[RawBSONDocument] = CodecOptions(document_class=RawBSONDocument)
NAMESPACE_EXISTS = 48
KEY_TAKEN = 11000
MOMENTS = "minSnapshotHistoryWindowInSeconds"
"""How long the server keeps the moments of the past that a snapshot reads."""

ONE_SERVER = WriteConcern(w=1, j=False)
LOCAL = ReadConcern("local")

CONNECTION = {
    "appname": "shouxin",
    "w": "majority",
    "journal": True,
    "wtimeoutms": 15_000,
    "readConcernLevel": "majority",
    "retryWrites": True,
    "retryReads": True,
    "serverSelectionTimeoutMS": 10_000,
    "connectTimeoutMS": 5_000,
    "socketTimeoutMS": 30_000,
    "maxPoolSize": 50,
    "tz_aware": True,
    "tzinfo": UTC,
}


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
        self, where: Filter, fields: Filter | None = None, order: Order | None = None
    ) -> Document | None:
        with driver_errors():
            return await self._inner.find_one(where, fields, sort=order)

    async def find(
        self,
        where: Filter,
        fields: Filter | None = None,
        *,
        order: Order | None = None,
        limit: int = 0,
        batch: int = 0,
    ) -> AsyncIterator[Document]:
        with driver_errors():
            async for document in self._inner.find(where, fields, sort=order, limit=limit, batch_size=batch):
                yield document

    async def find_all(
        self, where: Filter, fields: Filter | None = None, *, order: Order | None = None, limit: int = 0
    ) -> list[Document]:
        with driver_errors():
            return await self._inner.find(where, fields, sort=order, limit=limit).to_list(None)

    async def aggregate(self, stages: Sequence[Filter], **options: Any) -> AsyncIterator[Document]:
        """Rows of an aggregation. Sorting and grouping stay in memory limits: indexes first."""
        with driver_errors():
            async for row in self._inner.aggregate(list(stages), **options):
                yield row

    async def count(self, where: Filter, limit: int | None = None) -> int:
        with driver_errors():
            if limit is None:
                return await self._inner.count_documents(where)
            return await self._inner.count_documents(where, limit=limit)

    async def insert(self, document: Document) -> None:
        """Raises DuplicateKeyError."""
        with driver_errors():
            await self._inner.insert_one(document)

    async def replace(self, where: Filter, document: Document, *, upsert: bool = False) -> Written:
        with driver_errors():
            done = await self._inner.replace_one(where, document, upsert=upsert)
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
        order: Order | None = None,
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
        session: Session | None = None,
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

    async def create_indexes(self, indexes: Sequence[IndexModel]) -> None:
        with driver_errors():
            await self._inner.create_indexes(list(indexes))

    async def index_names(self) -> set[str]:
        with driver_errors():
            return {index["name"] async for index in self._inner.list_indexes()}

    async def drop_index(self, name: str) -> None:
        with driver_errors():
            await self._inner.drop_index(name)


class Snapshot:
    """Reads of many collections that all see the database at one and the same moment."""

    def __init__(self, inner: AsyncIOMotorDatabase[Document], session: Session) -> None:
        self._inner = inner
        self._session = session

    async def documents(self, name: str) -> AsyncIterator[bytes]:
        """Every document of a collection as stored, by id."""
        with driver_errors():
            found = self._inner.get_collection(name, codec_options=RAW).find(
                {}, sort=[("_id", 1)], session=self._session
            )
            async for document in found:
                yield document.raw


class Database:
    """One database of one deployment. Use `connect` to get one."""

    def __init__(self, client: AsyncIOMotorClient[Document], name: str) -> None:
        self._client = client
        self._inner: AsyncIOMotorDatabase[Document] = client.get_database(name)
        self.name = name

    def __getitem__(self, name: str) -> Collection:
        return Collection(self._inner[name])

    def fleeting(self, name: str) -> Collection:
        """A collection whose last writes may be lost when its server fails: for what is worth no waiting."""
        return Collection(self._inner.get_collection(name, write_concern=ONE_SERVER, read_concern=LOCAL))

    def sibling(self, name: str) -> Database:
        """Another database over the same connections."""
        return Database(self._client, name)

    def files(self, name: str) -> AsyncIOMotorGridFSBucket:
        """A GridFS bucket; wrap its calls in `driver_errors`."""
        return AsyncIOMotorGridFSBucket(self._inner, bucket_name=name, chunk_size_bytes=1 << 20)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """All writes made with the session happen, or none does. Keep it short."""
        with driver_errors():
            async with await self._client.start_session() as session, session.start_transaction():
                yield session

    @asynccontextmanager
    async def long_moments(self, seconds: int) -> AsyncIterator[bool]:
        """Meanwhile the server keeps moments for so long; False when our account may not ask for it.

        Whoever is killed in between leaves the longer time until the server starts again.
        """
        before = await self._moments_kept()
        asked = before is not None and before < seconds and await self._keep_moments(seconds)
        try:
            yield asked or (before is not None and before >= seconds)
        finally:
            if asked and before is not None:
                await self._keep_moments(before)

    async def _moments_kept(self) -> int | None:
        try:
            with driver_errors():
                return int((await self._client.admin.command({"getParameter": 1, MOMENTS: 1}))[MOMENTS])
        except StorageUnavailable:
            return None

    async def _keep_moments(self, seconds: int) -> bool:
        try:
            with driver_errors():
                await self._client.admin.command({"setParameter": 1, MOMENTS: seconds})
        except StorageUnavailable:
            return False
        return True

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Snapshot]:
        """One moment; the server keeps it for `minSnapshotHistoryWindowInSeconds`, five minutes at first."""
        with driver_errors():
            async with await self._client.start_session(snapshot=True) as session:
                yield Snapshot(self._inner, session)

    async def command(self, command: Document) -> Document:
        with driver_errors():
            return dict(await self._inner.command(command, codec_options=LENIENT))

    async def ping(self) -> None:
        """Raises StorageUnavailable when no primary answers."""
        with driver_errors():
            hello = await self._client.admin.command("hello")
        if not hello.get("isWritablePrimary"):
            raise StorageUnavailable(reasons.NO_PRIMARY)

    async def require_replica_set(self) -> None:
        """Raises NoReplicaSet with a sentence for whoever set the address."""
        with driver_errors():
            hello = await self._client.admin.command("hello")
        if "setName" not in hello:
            raise NoReplicaSet(
                "MONGODB_URI names a single MongoDB server without a replica set. "
                "Start it with --replSet and run rs.initiate() once (one member is enough)."
            )

    async def collections(self) -> dict[str, Document]:
        """Name → options of every collection."""
        with driver_errors():
            rows = (await self._inner.command({"listCollections": 1, "cursor": {"batchSize": 1000}}))[
                "cursor"
            ]["firstBatch"]
        return {row["name"]: dict(row["options"]) for row in rows if row["type"] == "collection"}

    async def create(self, name: str, validator: Document) -> None:
        """Create a collection; one that another process just created is left as it is."""
        try:
            with driver_errors():
                await self._inner.create_collection(name, validator=validator, check_exists=False)
        except StorageUnavailable as error:
            if getattr(error.__cause__, "code", None) != NAMESPACE_EXISTS:
                raise

    async def drop(self) -> None:
        """Remove everything: for tests and the demo."""
        with driver_errors():
            await self._client.drop_database(self.name)

    def close(self) -> None:
        self._client.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(uri: str, name: str, **options: Any) -> Database:
    """A database with majority, journalled writes and majority reads. Nothing is sent yet."""
    with driver_errors():
        return Database(AsyncIOMotorClient(uri, **{**CONNECTION, **options}), name)


class Admin:
    """Commands to one server or set while it is being set up (see `embedded.py`)."""

    def __init__(self, uri: str) -> None:
        self._client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
            uri, serverSelectionTimeoutMS=10_000, connectTimeoutMS=5_000, appname="shouxin-setup"
        )

    async def run(self, command: Document) -> Document:
        """Raises CommandRefused with the server's code."""
        try:
            with driver_errors():
                return dict(await self._client.admin.command(command))
        except StorageUnavailable as error:
            if isinstance(error.__cause__, OperationFailure):
                raise CommandRefused(str(error.__cause__), error.__cause__.code or 0) from error
            raise

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
