"""The composition root: `async with build_app(settings) as app` is the whole process, in tests too.

It wires and starts; it decides nothing. Stopping takes at most ten seconds and drops no work: intake
ends first, leased work is finished or comes back when its lease ends, the database goes last.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.surroundings.network import Network
from bot.telegram.quick_import import import_aiogram
from bot.wiring.core import Core, build_core, load_classifier, load_rules
from bot.wiring.database import open_database
from bot.wiring.first_login import FirstLogin, offer_first_login
from bot.wiring.listening import listening
from cases.instants import to_instant
from handlers.web.signing_in.passwords import Passwords

if TYPE_CHECKING:
    from aiohttp import web

    from bot.wiring.composition import Composition
    from bot.wiring.process import Process

DIRECT = Network()
Prepare = Callable[[Core, Path], Awaitable[list[str]]]


def utc_now() -> datetime:
    return to_instant(datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class App:
    """The running process, as tests and the command line see it."""

    settings: Settings
    core: Core
    passwords: Passwords
    notes: list[str]
    """Lines for the greeting from whoever prepared the database."""
    address: str
    """Where the pages answer, such as http://127.0.0.1:8080."""
    pages: web.Application
    """Every route with its policy."""

    def first_login(self) -> AbstractAsyncContextManager[FirstLogin | None]:
        """To be shown inside the block; see `offer_first_login`."""
        return offer_first_login(self.core, self.passwords)


@asynccontextmanager
async def build_app(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    prepare: Prepare | None = None,
    passwords: Passwords | None = None,
) -> AsyncIterator[App]:
    """Start everything and stop it again. Raises SettingsFault or StartFault with a sentence each.

    `prepare` may fill the database before any worker looks at it. The address is taken before anything is
    made, and what a first login needs is made last.
    """
    rules = load_rules(settings)
    async with AsyncExitStack() as stack:
        sockets = stack.enter_context(listening(settings))
        loading = asyncio.create_task(asyncio.to_thread(_load_the_rest))
        storage = await stack.enter_async_context(open_database(settings, now))
        new_process = await loading
        core = await build_core(storage, rules, now, timedelta(minutes=settings.emergency_escalate_minutes))
        passwords = passwords or Passwords()
        notes = await prepare(core, settings.data_dir) if prepare else []
        parts = compose(core, settings, passwords)
        process = new_process(parts)
        stack.push_async_callback(process.stop)
        yield App(settings, core, passwords, notes, await process.start(sockets), parts.pages)


def compose(core: Core, settings: Settings, passwords: Passwords, network: Network = DIRECT) -> Composition:
    """Every part of the product over this core, for the process, tests and benches alike; nothing runs."""
    import_aiogram()
    from bot.wiring.composition import Composition

    return Composition(core, settings, passwords, network)


def _load_the_rest() -> type[Process]:
    """What takes a second to load and is not needed before the database has started."""
    gc.disable()
    try:
        load_classifier()
        import_aiogram()
        from bot.wiring.process import Process

        return Process
    finally:
        gc.enable()
