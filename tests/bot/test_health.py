"""What a load balancer and a service manager are told: alive, ready, and why not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.surroundings.disk import MEGABYTE, Disk
from bot.wiring.health import health_routes
from storage.database.connection import Database, connect
from storage.server.mongod import free_port

Told = tuple[int, list[str]]
Ask = Callable[[Database], Awaitable[Told]]


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
        app.router.add_routes(health_routes(database, disk, lambda: condition.stopping))
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
