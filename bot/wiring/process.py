"""Runs the parts: the pages are served, the workers loop, Telegram's updates are fetched; and a clean stop.

It must not be imported at the top of a command: it brings aiogram (see `bot.wiring.app`).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any

from aiogram import Bot
from aiohttp import web
from loguru import logger

from bot.logs import AccessLog
from bot.telegram.bots import publish_menu
from bot.telegram.updates import Polling, announce_webhook
from bot.wiring.composition import Composition
from bot.wiring.crowd import ASLEEP, Crowd, LimitedSite, connections_possible
from bot.wiring.listening import BACKLOG
from cases.errors import StorageUnavailable
from handlers.web.access.callers import lies_within
from handlers.web.keys import OPTIONS

GRACE = 4.0
"""Seconds that running steps get at stop."""


class Process:
    """Starts the parts and stops them in order."""

    def __init__(self, parts: Composition) -> None:
        self._parts = parts
        self._polling: Polling | None = None
        self._background: set[asyncio.Task[None]] = set()
        self._runner = web.AppRunner(
            parts.pages,
            access_log_class=AccessLog,
            shutdown_timeout=2.0,
            handle_signals=False,
            keepalive_timeout=ASLEEP,
        )

    async def start(self, sockets: Sequence[socket.socket]) -> str:
        """Where the pages answer, such as http://127.0.0.1:8080."""
        await self._runner.setup()
        crowd = Crowd(connections_possible(), self._speaks_for_many)
        for listener in sockets:
            await LimitedSite(self._runner, listener, crowd, BACKLOG).start()
        for worker in self._parts.workers:
            worker.start()
        if self._parts.telegram is not None:
            self._start_telegram(self._parts.telegram)
        name = self._parts.settings.http_host
        host = f"[{name}]" if ":" in name else name
        return f"http://{host}:{self._runner.addresses[0][1]}"

    def _speaks_for_many(self, address: str) -> bool:
        return lies_within(address, self._parts.pages[OPTIONS].trusted_proxies)

    def _start_telegram(self, bot: Bot) -> None:
        settings = self._parts.settings
        self._in_background(publish_menu(bot, settings.default_language))
        if settings.webhook_url:
            secret = self._parts.webhook_secret
            self._in_background(announce_webhook(bot, settings.webhook_url, secret))
        else:
            self._polling = Polling(bot, self._parts.intake.receive)
            self._polling.start()

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def stop(self) -> None:
        self._parts.stopping = True
        if self._polling is not None:
            await self._polling.stop()
        for task in tuple(self._background):
            task.cancel()
        await self._runner.cleanup()
        await asyncio.gather(*(worker.stop(GRACE) for worker in self._parts.workers))
        with suppress(StorageUnavailable):
            await self._parts.core.storage.leases.release_all()
        await self._parts.close()
        logger.info("stopped")
