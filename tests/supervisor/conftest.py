"""The board over a real database, seen through HTTP by a signed-in supervisor or head."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from argon2 import PasswordHasher

from cases.model import Case
from cases.people import Role
from cases.ports.accounts import Staff
from cases.service.filing import Filing, Secrets, Stores
from cases.service.services import Services
from cases.service.services import assemble as assemble_services
from classify.types import Classification, Domain
from handlers.supervisor.setup import setup as setup_board
from handlers.web.keys import SERVICES, WebOptions
from handlers.web.setup import new_application, setup
from handlers.web.signing_in.passwords import Passwords
from storage.database.connection import Database
from storage.figures.alarms import MongoAlarmStore
from storage.figures.rollups import Rollups
from storage.figures.statistics import MongoStatistics
from storage.opening import Storage, assemble
from storage.schema.preparing import prepare
from storage.sealed.key_ring import KeyRing
from tests.supervisor.stories import START, case_at, rules
from tests.town.deployment import SECRET

NOW = START + timedelta(days=100)
PASSWORD = "a long enough password"
CASES = 80
HOME = "630000:省发展改革委"
FINANCE = "630000:省财政厅"


class NoClassifier:
    """The board never classifies."""

    def classify(self, text: str, title: str = "", today: date | None = None) -> Classification:
        return Classification(Domain.GENERAL, 1.0, (), ())


class Board:
    """A signed-in browser without script."""

    def __init__(self, address: str, client: aiohttp.ClientSession) -> None:
        self.address, self.client = address, client

    async def get(self, path: str, **options: Any) -> tuple[int, str]:
        async with self.client.get(self.address + path, **options) as answer:
            return answer.status, await answer.text()

    async def bytes(self, path: str) -> bytes:
        async with self.client.get(self.address + path) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    async def post(self, path: str, page: str, **values: str) -> tuple[int, str]:
        """Post a form with the csrf token of a page."""
        _, text = await self.get(page)
        token = text.split('name="csrf" value="')[1].split('"')[0]
        async with self.client.post(self.address + path, data={"csrf": token, **values}) as answer:
            return answer.status, await answer.text()


def told() -> list[Case]:
    cases = (case_at(serial, NOW) for serial in range(CASES))
    return [case for case in cases if case.filed_at <= NOW]


def service_over(storage: Storage, now: Callable[[], datetime] = lambda: NOW) -> Services:
    keys = storage.keys
    secrets = Secrets(lambda t: bytes.fromhex(keys.digest(t, "derive")), lambda c: keys.digest(c, "receipt"))
    stores = Stores(storage.cases, storage.reporters, storage.staff, storage.audit)
    filing = Filing(stores, NoClassifier(), rules(), secrets, now, lambda text: ())
    return assemble_services(stores, filing, rules(), secrets, now)


@pytest.fixture(scope="session")
async def filled(mongo_client: Database) -> AsyncIterator[Storage]:
    """Eighty cases over two months in two provinces, with their figures; shared by tests that only look."""
    database = mongo_client.sibling(f"board_{secrets.token_hex(4)}")
    await prepare(database)
    storage = assemble(database, KeyRing(SECRET))
    for case in told():
        await storage.cases.insert(case)
    await Rollups(database).rebuild(NOW)
    yield storage
    await storage.cases.close()
    await database.drop()


@pytest.fixture(scope="session")
async def address(filled: Storage) -> AsyncIterator[str]:
    app = new_application(options := WebOptions(second_factor_roles=frozenset()))
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    setup(
        app,
        staff=filled.staff,
        sessions=filled.sessions,
        tokens=filled.tokens,
        audit=filled.audit,
        limits=filled.rate_limits,
        now=lambda: NOW,
        options=options,
        passwords=passwords,
    )
    app[SERVICES] = service_over(filled)
    setup_board(app, MongoStatistics(filled.database, filled.keys), MongoAlarmStore(filled.database))
    for login, department, role in (
        ("supervisor", HOME, Role.SUPERVISOR),
        ("head", FINANCE, Role.HEAD),
        ("handler", FINANCE, Role.HANDLER),
    ):
        hashed = await passwords.hash(PASSWORD)
        await filled.staff.add(
            Staff(login, login, f"{login}某", department, frozenset({role}), password_hash=hashed)
        )
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def signed_in(address: str, login: str) -> Board:
    client = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
    board = Board(address, client)
    _, page = await board.get("/login")
    token = page.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "login": login, "password": PASSWORD, "next": "/healthz"}
    async with client.post(f"{address}/login", data=form) as answer:
        assert answer.status == 200
    return board


@pytest.fixture(scope="session")
async def supervisor(address: str) -> AsyncIterator[Board]:
    board = await signed_in(address, "supervisor")
    yield board
    await board.client.close()


@pytest.fixture(scope="session")
async def head(address: str) -> AsyncIterator[Board]:
    board = await signed_in(address, "head")
    yield board
    await board.client.close()


@pytest.fixture(scope="session")
async def handler(address: str) -> AsyncIterator[Board]:
    board = await signed_in(address, "handler")
    yield board
    await board.client.close()
