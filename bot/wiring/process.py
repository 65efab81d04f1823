"""The parts of the running process: faces, workers and intake, wired around the core, started and stopped.

It must not be imported at the top of a command: it brings aiogram, which takes longer than the rest of the
start together (see `bot.wiring.app`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiohttp import web
from loguru import logger

from bot.logs import AccessLog
from bot.surroundings.outgoing_addresses import OutgoingAddresses
from bot.telegram.bots import publish_menu, telegram_bot
from bot.telegram.updates import Intake, Polling, announce_webhook, webhook_route
from bot.wiring.app import App
from bot.wiring.board import build_board_worker
from bot.wiring.core import build_links
from bot.wiring.database import StartFault
from bot.wiring.health import MEGABYTE, Disk, health_routes, refuse_uploads
from bot.wiring.pages import build_pages
from bot.workers.chat.budget import Unlimited
from bot.workers.chat.inbox import Inbox
from bot.workers.chat.outbox import TELEGRAM_GAP, Outbox
from bot.workers.loop import Worker
from bot.workers.telling.alerts import MOST, WINDOW, Alerts
from bot.workers.telling.relay import Relay
from bot.workers.telling.systems import Systems
from bot.workers.telling.webhooks import Webhooks
from bot.workers.upkeep.clock_watch import ClockWatch
from bot.workers.upkeep.housekeeping import build_housekeeping
from cases.vocabulary import Channel
from handlers.citizen.dialogue.routers import CitizenDialogue
from handlers.citizen.notifications import render_notification
from handlers.citizen.webchat.page import WebChat
from handlers.citizen.webchat.session import LiveLines, WebChatSession, web_bot
from handlers.web.signing_in.passwords import Passwords
from storage.coordination.alert_ledger import MongoAlertLedger

INBOX_TASKS = 8
OUTBOX_TASKS = 16
WEBHOOK_TASKS = 4
GRACE = 4.0
"""Seconds that running steps get at stop."""


class Process:
    """Wires faces and workers around the core, and stops them in order."""

    def __init__(self, app: App, passwords: Passwords, now: Callable[[], datetime]) -> None:
        self._app = app
        self._settings = app.settings
        self._core = app.core
        self._now = now
        # Only the embedded database keeps its data on our own disk.
        reserve = app.settings.disk_reserve_mb * MEGABYTE if app.settings.embedded else 0
        self._disk = Disk(app.settings.data_dir, reserve)
        self._telegram = telegram_bot(app.settings)
        storage = app.core.storage
        self._live = LiveLines()
        page = WebChatSession(storage.conversations, storage.transcripts, storage.evidence, self._live, now)
        self._bots: dict[Channel, Bot] = {Channel.WEB: web_bot(page)}
        if self._telegram is not None:
            self._bots[Channel.TELEGRAM] = self._telegram
        self._wire_workers()
        self._intake = Intake(
            self._core.storage.conversations,
            now,
            self._inbox.wake,
            no_space=lambda: self._disk.spent,
        )
        self._polling: Polling | None = None
        self._background: set[asyncio.Task[None]] = set()
        pages = build_pages(
            self._core,
            self._settings,
            now,
            passwords,
            self._web_chat(),
            self._own_routes(),
        )
        pages.middlewares.append(refuse_uploads(self._no_space))
        app.pages = pages
        self._runner = web.AppRunner(
            pages, access_log_class=AccessLog, shutdown_timeout=2.0, handle_signals=False
        )

    def _wire_workers(self) -> None:
        storage, core, now = self._core.storage, self._core, self._now
        dialogue = CitizenDialogue(
            core.service,
            storage.evidence,
            storage.conversations,
            storage.reporters,
            now,
            self._settings.default_language,
            storage.transcripts,
            build_links(storage, now) if self._telegram is not None else None,
        )
        inbox = Inbox(
            storage.conversations,
            dialogue,
            self._bots,
            now,
            wake_outbox=lambda channel: self._wake_outbox(channel),
            default_language=self._settings.default_language,
            no_space=self._no_space,
        )
        self._inbox = Worker("inbox", inbox.step, poll=1.0, tasks=INBOX_TASKS)
        self._outboxes = {channel: self._outbox(channel, bot) for channel, bot in self._bots.items()}
        relay = Relay(
            storage.cases,
            storage.reporters,
            storage.staff,
            storage.conversations,
            core.rules.jurisdictions,
            render_notification,
            self._alerts(),
            self._systems(),
            wake_outboxes=self._wake_outboxes,
            now=now,
            public_url=self._settings.public_url,
        )
        self._relay = Worker("relay", relay.step, poll=0.5)
        watch = ClockWatch(storage.cases, core.service, storage.leases, now)
        self._watch = Worker("clock_watch", watch.step, poll=30.0)
        rollups = build_board_worker(core, self._alerts(), now, self._settings.public_url)
        self._rollups = Worker("rollups", rollups.step, poll=2.0)
        keeping = build_housekeeping(core, self._settings.data_dir, now)
        self._housekeeping = Worker("housekeeping", keeping.step, poll=60.0)

    def _systems(self) -> Systems:
        """What departments' own systems are told, and the worker that delivers it."""
        storage = self._core.storage
        addresses = OutgoingAddresses(self._settings.webhook_allow_private)
        webhooks = Webhooks(storage.webhooks, addresses, self._now)
        self._webhooks = Worker("webhooks", webhooks.step, poll=2.0, tasks=WEBHOOK_TASKS)
        return Systems(
            storage.webhooks, storage.staff, self._core.rules.jurisdictions, self._now, self._webhooks.wake
        )

    def _alerts(self) -> Alerts:
        storage = self._core.storage
        ledger = MongoAlertLedger(storage.database, WINDOW, MOST)
        return Alerts(ledger, storage.staff, storage.conversations, self._now, self._settings.public_url)

    def _outbox(self, channel: Channel, bot: Bot) -> Worker:
        telegram = channel is Channel.TELEGRAM
        outbox = Outbox(
            self._core.storage.conversations,
            channel,
            bot,
            self._core.storage.telegram_budget if telegram else Unlimited(),
            self._now,
            gap=TELEGRAM_GAP if telegram else timedelta(0),
        )
        return Worker(f"outbox-{channel}", outbox.step, poll=0.5, tasks=OUTBOX_TASKS if telegram else 4)

    def _wake_outbox(self, channel: Channel) -> None:
        if channel in self._outboxes:
            self._outboxes[channel].wake()

    def _wake_outboxes(self) -> None:
        for worker in self._outboxes.values():
            worker.wake()

    def _web_chat(self) -> WebChat:
        storage = self._core.storage
        return WebChat(
            storage.conversations,
            storage.transcripts,
            storage.evidence,
            self._live,
            self._now,
            self._inbox.wake,
        )

    def _no_space(self) -> bool:
        return self._disk.low

    def _own_routes(self) -> list[web.RouteDef]:
        storage = self._core.storage
        routes = health_routes(storage.database, self._disk, lambda: self._app.stopping)
        if self._settings.webhook_url and self._telegram:
            routes.append(webhook_route(self._intake.receive, self._webhook_secret()))
        return routes

    def _webhook_secret(self) -> str:
        given = self._settings.webhook_secret
        return given.get_secret_value() if given else self._core.storage.keys.digest("telegram", "webhook")

    async def start(self) -> None:
        settings = self._settings
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, settings.http_host, settings.http_port).start()
        except OSError as error:
            raise StartFault(
                f"HTTP_HOST 与 HTTP_PORT 指定的地址 {settings.http_host}:{settings.http_port} 无法使用"
                f"（{error.strerror}）。 The address HTTP_HOST and HTTP_PORT name cannot be used."
            ) from None
        host = f"[{settings.http_host}]" if ":" in settings.http_host else settings.http_host
        self._app.address = f"http://{host}:{self._runner.addresses[0][1]}"
        for worker in self._workers():
            worker.start()
        if self._telegram is not None:
            self._start_telegram(self._telegram)

    def _start_telegram(self, bot: Bot) -> None:
        self._in_background(publish_menu(bot, self._settings.default_language))
        if self._settings.webhook_url:
            self._in_background(announce_webhook(bot, self._settings.webhook_url, self._webhook_secret()))
        else:
            self._polling = Polling(bot, self._intake.receive)
            self._polling.start()

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def _workers(self) -> list[Worker]:
        return [
            self._inbox,
            *self._outboxes.values(),
            self._relay,
            self._watch,
            self._rollups,
            self._housekeeping,
            self._webhooks,
        ]

    async def stop(self) -> None:
        self._app.stopping = True
        if self._polling is not None:
            await self._polling.stop()
        for task in tuple(self._background):
            task.cancel()
        await self._runner.cleanup()
        await asyncio.gather(*(worker.stop(GRACE) for worker in self._workers()))
        for bot in self._bots.values():
            await bot.session.close()
        logger.info("stopped")
