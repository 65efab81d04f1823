"""What a load balancer and a service manager are told: alive, ready, and why not."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.surroundings.disk import MEGABYTE, Disk
from bot.surroundings.service_manager import tell
from bot.wiring.health import LOST, Pulse, health_routes
from storage.database.connection import Database, connect
from storage.server.embedded import EmbeddedMongo
from storage.server.mongod import free_port

Told = tuple[int, list[str]]
Ask = Callable[[Database], Awaitable[Told]]


def _idle(state: str) -> None:
    """No service manager."""


@dataclass
class Condition:
    """What is wrong with a process; tests change it."""

    free: int = 1000
    stopping: bool = False


@pytest.fixture
def condition() -> Condition:
    return Condition()


@pytest.fixture
async def ask(condition: Condition) -> AsyncIterator[Ask]:
    """`/readyz` of a process with this database."""
    clients: list[TestClient[web.Request, web.Application]] = []

    async def readyz(database: Database) -> Told:
        app = web.Application()
        disk = Disk(Path(), 512 * MEGABYTE, lambda folder: condition.free * MEGABYTE)
        app.router.add_routes(health_routes(Pulse(database, _idle), disk, lambda: condition.stopping))
        clients.append(TestClient(TestServer(app)))
        await clients[-1].start_server()
        async with clients[-1].get("/readyz") as answer:
            body = await answer.json()
            assert body["status"] == ("ready" if answer.status == 200 else "unready")
            return answer.status, body["faults"]

    yield readyz
    for client in clients:
        await client.close()


@pytest.fixture
def nowhere() -> Database:
    """A database server that does not answer."""
    return connect(f"mongodb://127.0.0.1:{free_port()}", "none", serverSelectionTimeoutMS=200)


async def test_a_process_with_all_it_needs_is_ready(ask: Ask, database: Database) -> None:
    assert await ask(database) == (200, [])


async def test_without_its_database_it_is_not_ready(ask: Ask, nowhere: Database) -> None:
    assert await ask(nowhere) == (503, ["database cannot be reached"])
    nowhere.close()


async def test_with_little_disk_it_is_not_ready_until_there_is_space(
    ask: Ask, database: Database, condition: Condition
) -> None:
    condition.free = 511
    assert await ask(database) == (503, ["disk is nearly full"])
    condition.free = 512
    assert await ask(database) == (200, [])


async def test_while_it_stops_it_is_not_ready(ask: Ask, database: Database, condition: Condition) -> None:
    condition.stopping = True
    assert await ask(database) == (503, ["stopping"])


async def test_every_fault_is_named_and_nothing_else_is_told(
    ask: Ask, nowhere: Database, condition: Condition
) -> None:
    condition.free, condition.stopping = 0, True
    status, faults = await ask(nowhere)
    assert status == 503
    assert faults == ["disk is nearly full", "stopping", "database cannot be reached"]
    nowhere.close()


async def test_a_process_whose_database_is_lost_for_long_is_of_no_use(nowhere: Database) -> None:
    seconds = [0.0]
    pulse = Pulse(nowhere, _idle, lambda: seconds[0])
    for passed, alive in ((0.0, True), (LOST - 1, True), (LOST, False)):
        seconds[0] = passed
        assert not await pulse.beats()
        assert pulse.alive is alive
    nowhere.close()


async def test_the_watchdog_hears_of_beats_and_of_nothing_else(database: Database, nowhere: Database) -> None:
    heard: list[str] = []
    await Pulse(nowhere, heard.append).step()
    assert heard == []
    await Pulse(database, heard.append).step()
    assert heard == ["WATCHDOG=1"]
    nowhere.close()


async def test_an_embedded_database_that_freezes_is_noticed_and_one_that_ends_is_started_again(
    tmp_path: Path,
) -> None:
    async with EmbeddedMongo(tmp_path) as mongo:
        watching = asyncio.create_task(mongo.keep_running())
        database = connect(mongo.uri, "any")
        pulse = Pulse(database, _idle)
        assert await pulse.beats()
        pid = mongo.members[0].pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        assert not await pulse.beats()
        os.kill(pid, signal.SIGKILL)
        async with asyncio.timeout(60):
            while not await pulse.beats():  # noqa: ASYNC110 - the server cannot tell us
                await asyncio.sleep(0.1)
        assert mongo.members[0].pid != pid
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        database.close()


def test_the_service_manager_is_told_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        tell("READY=1")
        assert manager.recv(100) == b"READY=1"
    monkeypatch.delenv("NOTIFY_SOCKET")
    tell("READY=1")
