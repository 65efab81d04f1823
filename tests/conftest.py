"""One real mongod per test session, an empty database per test, and an eye on every query."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator
from datetime import date

import pytest
from loguru import logger
from pymongo import monitoring

from bot.telegram.quick_import import import_aiogram
from bot.wiring.core import build_core
from cases.instants import to_instant
from classify import Classification, Classifier
from storage.database.administration import Admin
from storage.database.connection import Database, connect
from storage.opening import Storage, assemble
from storage.schema.collections import LAYOUTS
from storage.schema.preparing import prepare
from storage.sealed.key_ring import KeyRing
from storage.server.embedded import EmbeddedMongo
from tests.town.office import Office
from tests.town.query_recorder import QueryRecorder
from tests.town.world import RULES, World, open_world

TEST_SECRET = "a-secret-for-tests-only-0123456789abcdef"

import_aiogram()
logger.remove()
logger.add(sys.stderr, backtrace=False, diagnose=False)

recorder = QueryRecorder()
monitoring.register(recorder)


@pytest.fixture(scope="session")
async def mongo_uri(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a real replica set of one; at the end every query it was asked is explained."""
    async with EmbeddedMongo(tmp_path_factory.mktemp("mongo"), cache_gb=0.25) as mongo:
        async with Admin(mongo.uri) as admin:
            # Tests keep their own time; by the server's, sessions of a past day would be removed under them.
            await admin.run({"setParameter": 1, "ttlMonitorEnabled": False})
        yield mongo.uri
        async with connect(mongo.uri, "explained") as database:
            await prepare(database)
            scans = await recorder.collection_scans(database)
    assert not scans, "queries without an index:\n" + "\n".join(scans)


@pytest.fixture(scope="session")
async def mongo_client(mongo_uri: str) -> AsyncIterator[Database]:
    """One connection pool for the whole session."""
    async with connect(mongo_uri, "unused") as database:
        yield database


@pytest.fixture(scope="session")
async def prepared_database(mongo_client: Database) -> Database:
    database = mongo_client.sibling("test")
    await prepare(database)
    return database


@pytest.fixture
async def database(prepared_database: Database) -> Database:
    """A database with its indexes and validators and nothing in it."""
    await asyncio.gather(
        *(prepared_database[name].delete_many({"_id": {"$ne": "schema"}}) for name in LAYOUTS)
    )
    return prepared_database


@pytest.fixture
async def bare_database(mongo_client: Database) -> AsyncIterator[Database]:
    """A database that does not exist yet, for tests of starting and of changing layouts."""
    fresh = mongo_client.sibling(f"test_{secrets.token_hex(6)}")
    yield fresh
    await fresh.drop()


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing(TEST_SECRET)


@pytest.fixture
async def storage(database: Database, keys: KeyRing) -> AsyncIterator[Storage]:
    """Every store over the test's own database."""
    assembled = assemble(database, keys)
    yield assembled
    await assembled.cases.close()


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that was classified, in order; it is classified as always."""
    read: list[str] = []
    classify = Classifier.classify

    def counted(self: Classifier, text: str, title: str = "", today: date | None = None) -> Classification:
        read.append(text)
        return classify(self, text, title, today)

    monkeypatch.setattr(Classifier, "classify", counted)
    return read


@pytest.fixture
async def world(storage: Storage) -> AsyncIterator[World]:
    opened = await open_world(storage)
    yield opened
    await opened.client.close()


@pytest.fixture
async def office(world: World) -> Office:
    core = await build_core(world.storage, RULES, lambda: to_instant(world.now))
    return Office(world, core)
