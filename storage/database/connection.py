"""The connection to a database. This room is the only door to the driver.

Nothing outside imports Motor or PyMongo, so changing drivers is a change here. Driver errors end here:
callers see the domain's errors (and `DuplicateKeyError`, which is an answer, not a failure). It must not know
what is stored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from types import TracebackType
from typing import Any, Self

from bson.codec_options import DatetimeConversion
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase, AsyncIOMotorGridFSBucket
from pymongo.errors import ConfigurationError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from cases import reasons
from cases.errors import StorageUnavailable
from storage.database.collection import RAW, Collection, Transaction
from storage.database.encoding import CODEC, Document
from storage.database.failures import NoReplicaSet, WrongAddress, driver_errors
from storage.database.files import Files

LENIENT = CODEC.with_options(datetime_conversion=DatetimeConversion.DATETIME_AUTO)
"""For answers about the database itself, which may name times no calendar has."""
NAMESPACE_EXISTS = 48
KEPT_MOMENTS = "minSnapshotHistoryWindowInSeconds"
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


class Snapshot:
    """Reads of many collections that all see the database at one and the same moment."""

    def __init__(self, inner: AsyncIOMotorDatabase[Document], session: Transaction) -> None:
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
        """Another database over the same connections: every test has one of its own."""
        return Database(self._client, name)

    def files(self, name: str) -> Files:
        bucket = AsyncIOMotorGridFSBucket(self._inner, bucket_name=name)
        return Files(bucket, self[f"{name}.files"], self[f"{name}.chunks"])

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
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
                return int(
                    (await self._client.admin.command({"getParameter": 1, KEPT_MOMENTS: 1}))[KEPT_MOMENTS]
                )
        except StorageUnavailable:
            return None

    async def _keep_moments(self, seconds: int) -> bool:
        try:
            with driver_errors():
                await self._client.admin.command({"setParameter": 1, KEPT_MOMENTS: seconds})
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
    """A database with majority, journalled writes and majority reads. Nothing is sent yet.

    Raises WrongAddress, and StorageUnavailable when the DNS that names its servers does not answer.
    """
    try:
        with driver_errors(passing=() if uri.startswith("mongodb+srv:") else (ConfigurationError,)):
            return Database(AsyncIOMotorClient(uri, **{**CONNECTION, **options}), name)
    except (ConfigurationError, OSError, ValueError):
        raise WrongAddress(
            "MONGODB_URI 不能用：写法有误，或其中的证书文件读不了"
            "（密码里的 @ : / % 要写成 %40 %3A %2F %25）。 "
            "MONGODB_URI cannot be used: it is malformed, or a certificate file it names cannot be read "
            "(in a password @ : / % are written %40 %3A %2F %25)."
        ) from None
