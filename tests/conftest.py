"""What rooms may ask for: one real mongod per worker, an empty database per test, the town over it.

Everything is imported when it is first asked for: a pure test brings no driver, no server and no aiogram.
"""

from __future__ import annotations

import gc
import os
import secrets
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from loguru import logger

from tests.town.clock import Watch

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from bot.settings import Settings
    from bot.surroundings.network import Network
    from bot.wiring.composition import Composition
    from classify import Classification
    from storage.database.connection import Database
    from storage.opening import Storage
    from storage.sealed.key_ring import KeyRing
    from tests.town.live.town import Town

gc.disable()  # until everything is collected: what is imported stays, looking for garbage in it is in vain
pytest_plugins = ["tests.kinds"]
hypothesis.settings.register_profile("unhurried", deadline=None)  # how long an example takes says nothing
hypothesis.settings.load_profile("unhurried")
MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30
logger.remove()
logger.add(sys.stderr, backtrace=False, diagnose=False)


def pytest_configure() -> None:
    """Folders of tests lie in memory where there is room: on a disk a database waits for every write."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """From here on garbage is looked for in what tests make, not in all modules and tests again and again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
async def mongo_uri(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a real replica set of one; at the end every query it was asked is explained."""
    from tests.town.live.databases import watched_mongo

    async with watched_mongo(tmp_path_factory.mktemp("mongo")) as uri:
        yield uri


@pytest.fixture(scope="session")
async def mongo_client(mongo_uri: str) -> AsyncIterator[Database]:
    """One connection pool for the whole session."""
    from storage.database.connection import connect

    async with connect(mongo_uri, "unused") as database:
        yield database


@pytest.fixture(scope="session")
async def prepared_database(mongo_client: Database) -> Database:
    from storage.schema.preparing import prepare

    database = mongo_client.sibling("test")
    await prepare(database)
    return database


@pytest.fixture
async def database(prepared_database: Database) -> Database:
    """A database with its indexes and validators and nothing in it."""
    from tests.town.live.databases import clear

    await clear(prepared_database)
    return prepared_database


@pytest.fixture
async def bare_database(mongo_client: Database) -> AsyncIterator[Database]:
    """A database that does not exist yet, for tests of starting and of changing layouts."""
    fresh = mongo_client.sibling(f"test_{secrets.token_hex(6)}")
    yield fresh
    await fresh.drop()


@pytest.fixture
def keys() -> KeyRing:
    from storage.sealed.key_ring import KeyRing
    from tests.town.live.deployment import SECRET

    return KeyRing(SECRET)


@pytest.fixture
def watch() -> Watch:
    """The present; tests move it on."""
    return Watch()


@pytest.fixture
async def storage(database: Database, keys: KeyRing, watch: Watch) -> AsyncIterator[Storage]:
    """Every store over the test's own database and present; in the town's departments one person signs."""
    from storage.opening import assemble
    from tests.town.live.signing import one_person_signs

    assembled = assemble(database, keys, watch)
    await one_person_signs(assembled)
    yield assembled
    await assembled.cases.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    from tests.town.live.deployment import town_settings

    return town_settings(tmp_path)


@pytest.fixture
def network() -> Network:
    """Nothing leads out: names under example.org are known and public, Telegram is nowhere."""
    from tests.town.live.nowhere import nowhere

    return nowhere()


@pytest.fixture
async def parts(
    storage: Storage, watch: Watch, settings: Settings, network: Network
) -> AsyncIterator[Composition]:
    """The product put together; nothing of it runs."""
    from tests.town.live.parts import put_together

    together = await put_together(storage, watch, settings, network=network)
    yield together
    await together.close()


@pytest.fixture
async def town(parts: Composition, watch: Watch) -> AsyncIterator[Town]:
    """The parts with their pages served, and people in front of them."""
    from tests.town.live.town import open_town

    async with open_town(parts, watch) as opened:
        yield opened


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for all who look at pages in it."""
    from playwright.async_api import async_playwright

    switches = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=zh-CN")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=switches)
        yield browser
        await browser.close()


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that was classified, in order; it is classified as always."""
    from classify import Classifier

    read: list[str] = []
    classify = Classifier.classify

    def counted(self: Classifier, text: str, title: str = "", today: date | None = None) -> Classification:
        read.append(text)
        return classify(self, text, title, today)

    monkeypatch.setattr(Classifier, "classify", counted)
    return read
