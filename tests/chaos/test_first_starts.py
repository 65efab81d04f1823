"""Several processes begin on an empty database at once, and some die of it: one set-up, one password."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from storage.database.connection import Database, connect
from storage.opening import open_storage
from storage.schema import migrations
from storage.schema.collections import LAYOUTS
from storage.schema.preparing import prepare
from storage.sealed.key_ring import KeyRing
from storage.server.embedded import EmbeddedMongo
from tests.town.clock import Watch
from tests.town.live.meanwhile import meanwhile
from tests.town.live.running import RunningShouxin

SECRET = "first-starts-secret-0123456789-abcdefghij"


def shouxin(folder: Path, uri: str, database: str) -> RunningShouxin:
    return RunningShouxin(folder, MONGODB_URI=uri, MONGODB_DATABASE=database, SECRET_KEY=SECRET)


async def faults(process: RunningShouxin) -> list[str]:
    async with aiohttp.ClientSession() as http, http.get(process.address + "/readyz") as answer:
        return list((await answer.json())["faults"])


async def elect_while_setting_up(folder: Path) -> None:
    async with EmbeddedMongo(folder, cache_gb=0.25) as mongo, connect(mongo.uri, "x") as database:
        member = mongo.members[0]
        async with migrations.alone(database):
            member.kill()
            await asyncio.sleep(11)
            await member.start()
            before = await _lease(database)
            await _until_renewed(database, before)
        assert await database["leases"].count({"_id": migrations.LEASE}) == 0


async def _until_renewed(database: Database, before: object) -> None:
    for _ in range(600):
        if await _lease(database) != before:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the lease is not renewed any more")


async def _lease(database: Database) -> object:
    found = await database["leases"].find_one({"_id": migrations.LEASE})
    assert found is not None
    return found["until"]


@pytest.fixture(scope="module", autouse=True)
async def election(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[asyncio.Task[None]]:
    """Most of it waits until the database's absence was noticed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "RENEW_EVERY", 0.05)
        async with meanwhile(elect_while_setting_up(tmp_path_factory.mktemp("election"))) as story:
            yield story


@pytest.mark.timeout(240)
async def test_two_processes_on_an_empty_database_make_one_administrator(
    mongo_uri: str, bare_database: Database, tmp_path: Path
) -> None:
    one, two = (shouxin(tmp_path / name, mongo_uri, bare_database.name) for name in ("one", "two"))
    try:
        await asyncio.gather(one.start(), two.start())
        assert [await faults(one), await faults(two)] == [[], []]
        assert sum("密码 " in process.greeting for process in (one, two)) == 1
        assert await bare_database["staff"].count({"login": "admin"}) == 1
    finally:
        await asyncio.gather(one.kill(), two.kill())


async def test_six_set_ups_at_once_leave_what_one_would(
    mongo_uri: str, bare_database: Database, keys: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "WAIT", 0.02)

    async def start() -> str:
        async with open_storage(mongo_uri, bare_database.name, keys, Watch()) as storage:
            return storage.keys.digest("1001", "chat")

    assert len(set(await asyncio.gather(*(start() for _ in range(6))))) == 1, "they agree on the look-up key"
    for name, layout in LAYOUTS.items():
        wanted = {model.document["name"] for model in layout.indexes}
        assert await bare_database[name].index_names() == wanted | {"_id_"}, name


@pytest.mark.timeout(300)
async def test_a_first_start_that_was_cut_off_anywhere_is_finished_by_the_next(
    mongo_uri: str, bare_database: Database, keys: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "WAIT", 0.02)
    chance = random.Random(20261122)
    for _ in range(6):
        async with connect(mongo_uri, bare_database.name) as database:
            setting_up = asyncio.create_task(prepare(database))
            await asyncio.sleep(chance.uniform(0.0, 0.6))
            setting_up.cancel()
            await asyncio.gather(setting_up, return_exceptions=True)
    async with open_storage(mongo_uri, bare_database.name, keys, Watch()) as storage:
        assert await storage.staff.count() == 0
    for name, layout in LAYOUTS.items():
        wanted = {model.document["name"] for model in layout.indexes}
        assert await bare_database[name].index_names() == wanted | {"_id_"}, name


@pytest.mark.timeout(120)
async def test_an_election_during_the_set_up_does_not_cost_the_lease(election: asyncio.Task[None]) -> None:
    await election
