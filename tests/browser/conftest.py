"""One Chromium for all stories, and one running Shouxin per file whose time can be moved."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from bot.demo import fill
from bot.settings import Settings
from bot.wiring.app import Prepare, build_app
from bot.wiring.core import Core
from storage.database.connection import Database
from tests.browser.town import Town, Watch
from tests.conftest import TEST_SECRET


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=zh-CN"],
        )
        yield browser
        await browser.close()


@pytest.fixture(scope="module")
async def town(
    chromium: Browser, mongo_uri: str, mongo_client: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    """The whole process on a database of its own, with people in front of it."""
    async with _running(chromium, mongo_uri, mongo_client, tmp_path_factory.mktemp("town")) as opened:
        yield opened


@pytest.fixture(scope="module")
async def busy_town(
    chromium: Browser, mongo_uri: str, mongo_client: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    """The same after three months of invented cases, so that every page has something to show."""

    async def three_months(core: Core, folder: Path) -> list[str]:
        return await fill(core, folder, count=70)

    folder = tmp_path_factory.mktemp("busy")
    async with _running(chromium, mongo_uri, mongo_client, folder, three_months) as opened:
        yield opened


@asynccontextmanager
async def _running(
    chromium: Browser, mongo_uri: str, client: Database, folder: Path, prepare: Prepare | None = None
) -> AsyncIterator[Town]:
    name = f"town_{secrets.token_hex(4)}"
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        mongodb_uri=mongo_uri,  # type: ignore[arg-type]
        mongodb_database=name,
        secret_key=TEST_SECRET,  # type: ignore[arg-type]
        data_dir=folder,
        http_port=0,
        disk_reserve_mb=0,
    )
    watch = Watch()
    async with build_app(settings, now=watch, prepare=prepare) as app:
        opened = Town(chromium, app, watch)
        yield opened
        await opened.everybody_leaves()
    await client.sibling(name).drop()
