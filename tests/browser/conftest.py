"""One running Shouxin per file whose time can be moved, with people in front of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.demo.filling import fill
from bot.wiring import Core, Prepare
from storage.database.connection import Database
from tests.browser.street import Street
from tests.town.clock import RunningWatch
from tests.town.live.parts import whole_process
from tests.town.live.signing import one_person_signs


@pytest.fixture(scope="module")
async def street(
    chromium: Browser, mongo_uri: str, mongo_client: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Street]:
    """The whole process on a database of its own, with people in front of it. One person signs letters."""
    async with _running(chromium, mongo_uri, mongo_client, tmp_path_factory.mktemp("street")) as opened:
        yield opened


@pytest.fixture(scope="module")
async def busy_street(
    chromium: Browser, mongo_uri: str, mongo_client: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Street]:
    """The same after three months of invented cases, so that every page has something to show."""

    async def three_months(core: Core, folder: Path) -> list[str]:
        return await fill(core, folder, count=70)

    folder = tmp_path_factory.mktemp("busy")
    async with _running(chromium, mongo_uri, mongo_client, folder, three_months) as opened:
        yield opened


@asynccontextmanager
async def _running(
    chromium: Browser, uri: str, client: Database, folder: Path, prepare: Prepare | None = None
) -> AsyncIterator[Street]:
    watch = RunningWatch()
    async with whole_process(uri, client, folder, now=watch, prepare=prepare, bot_token=None) as app:
        await one_person_signs(app.core.storage)
        opened = Street(chromium, app, watch)
        yield opened
        await opened.everybody_leaves()
