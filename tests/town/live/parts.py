"""The product as its own composition puts it together, over a test's stores, present and settings."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argon2 import PasswordHasher

from bot.settings import Settings
from bot.surroundings.network import Network
from bot.wiring import App, Prepare, build_app, build_core, compose, utc_now
from cases.rules.rule_books import Rules
from handlers.web.signing_in.passwords import Passwords
from storage.database.connection import Database
from storage.opening import Storage
from tests.town.live.deployment import town_settings
from tests.town.live.nowhere import nowhere
from tests.town.rules import RULES

if TYPE_CHECKING:
    from bot.wiring.composition import Composition

PASSWORD = "长风破浪会有时 2026"
PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
PASSWORD_HASH = PASSWORDS.hash_now(PASSWORD)


async def put_together(
    storage: Storage,
    now: Callable[[], datetime],
    settings: Settings,
    *,
    rules: Rules = RULES,
    network: Network | None = None,
) -> Composition:
    """Every part; nothing runs. Only names under example.org can be looked up, and they are public."""
    core = await build_core(storage, rules, now)
    return compose(core, settings, PASSWORDS, network or nowhere())


@asynccontextmanager
async def whole_process(
    uri: str,
    client: Database,
    folder: Path,
    *,
    now: Callable[[], datetime] = utc_now,
    prepare: Prepare | None = None,
    **changes: Any,
) -> AsyncIterator[App]:
    """The running process, workers and all, on a database of its own that goes at the end."""
    name = f"whole_{secrets.token_hex(4)}"
    settings = town_settings(folder, mongodb_uri=uri, mongodb_database=name, **changes)
    async with build_app(settings, now=now, prepare=prepare, passwords=PASSWORDS) as app:
        yield app
    await client.sibling(name).drop()
