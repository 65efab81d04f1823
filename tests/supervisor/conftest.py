"""The board over a real database, seen through HTTP by a signed-in supervisor, head or handler."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from cases.model import Case
from cases.people import Role
from storage.database.connection import Database
from storage.figures.rollups import Rollups
from storage.opening import Storage, assemble
from storage.schema.preparing import prepare
from storage.sealed.key_ring import KeyRing
from tests.town.clock import Watch
from tests.town.live.browser import Browser
from tests.town.live.deployment import SECRET, town_settings
from tests.town.live.parts import PASSWORD, put_together
from tests.town.live.town import Town, open_town
from tests.town.places import FINANCE, REFORM
from tests.town.stories import START, case_at, rules

NOW = START + timedelta(days=100)
CASES = 80


def told() -> list[Case]:
    cases = (case_at(serial, NOW) for serial in range(CASES))
    return [case for case in cases if case.filed_at <= NOW]


@pytest.fixture(scope="session")
async def filled(mongo_client: Database) -> AsyncIterator[Storage]:
    """Eighty cases over two months in two provinces, with their figures; shared by tests that only look."""
    database = mongo_client.sibling(f"board_{secrets.token_hex(4)}")
    await prepare(database)
    storage = assemble(database, KeyRing(SECRET), Watch(NOW))
    for case in told():
        await storage.cases.insert(case)
    await Rollups(database, storage.keys).rebuild(NOW)
    yield storage
    await storage.cases.close()
    await database.drop()


@pytest.fixture(scope="session")
async def board(filled: Storage, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    watch, settings = Watch(NOW), town_settings(tmp_path_factory.mktemp("board"))
    async with open_town(await put_together(filled, watch, settings, rules=rules()), watch) as town:
        yield town


@asynccontextmanager
async def signed_in(board: Town, name: str, role: Role, department: str) -> AsyncIterator[Browser]:
    person = await board.person(name, role, department=department)
    async with Browser(board.address) as browser:
        assert (await browser.log_in(person.login, PASSWORD)).status == 303
        yield browser


@pytest.fixture(scope="session")
async def supervisor(board: Town) -> AsyncIterator[Browser]:
    async with signed_in(board, "杜督办", Role.SUPERVISOR, REFORM) as browser:
        yield browser


@pytest.fixture(scope="session")
async def head(board: Town) -> AsyncIterator[Browser]:
    async with signed_in(board, "王负责", Role.HEAD, FINANCE) as browser:
        yield browser


@pytest.fixture(scope="session")
async def handler(board: Town) -> AsyncIterator[Browser]:
    async with signed_in(board, "李承办", Role.HANDLER, FINANCE) as browser:
        yield browser
