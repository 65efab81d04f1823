"""Every part of the product wired over one core: faces, workers, intake, bots. Nothing runs yet.

The process starts what this puts together and stops it again; tests and benches put the same together and
step it by hand. It must not be imported at the top of a command: it brings aiogram, which takes longer than
the rest of the start together (see `bot.wiring.app`).
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from aiogram import Bot
from aiohttp import web

from bot.settings import Settings
from bot.surroundings.disk import MEGABYTE, Disk
from bot.surroundings.network import Network
from bot.surroundings.outgoing_addresses import OutgoingAddresses
from bot.surroundings.service_manager import tell
from bot.telegram.bots import telegram_bot
from bot.telegram.updates import Intake, webhook_route
from bot.wiring.board import build_board_worker
from bot.wiring.core import Core, build_links
from bot.wiring.exchange import build_exchange
from bot.wiring.health import BEAT, Pulse, health_routes, refuse_uploads
from bot.wiring.pages import build_pages
from bot.wiring.upkeep import build_housekeeping
from bot.workers.chat.budget import InLots, Unlimited
from bot.workers.chat.fetcher import Fetcher
from bot.workers.chat.inbox import Inbox
from bot.workers.chat.outbox import TELEGRAM_GAP, Outbox
from bot.workers.loop import Worker
from bot.workers.telling.alerts import MOST, WINDOW, Alerts
from bot.workers.telling.dossiers import DossierRelay, DossierWatch
from bot.workers.telling.emergencies import EmergencyTelling
from bot.workers.telling.exchange import Reporting, UpperLevel
from bot.workers.telling.relay import Relay
from bot.workers.telling.systems import Systems
from bot.workers.telling.webhooks import Webhooks
from bot.workers.telling.work_hours import WorkHours
from bot.workers.upkeep.clock_watch import ClockWatch
from cases.vocabulary import Channel
from handlers.citizen.dialogue.routers import CitizenDialogue
from handlers.citizen.notifications import render_notification
from handlers.citizen.webchat.page import WebChat
from handlers.citizen.webchat.session import ChatStores, LiveLines, WebChatSession, web_bot
from handlers.web.signing_in.passwords import Passwords
from storage.coordination.alert_ledger import MongoAlertLedger
from storage.coordination.send_budget import MongoSendBudget

INBOX_TASKS = 16
FETCHER_TASKS = 4
OUTBOX_TASKS = 32
WEBHOOK_TASKS = 4
LOOK = 3.0
"""Seconds between two looks for what other processes left; of what this one writes its workers hear."""
SELDOM = 5.0
"""The same where nobody waits for an answer."""
TOGETHER = 0.25
"""Seconds in which what is to be told is collected, so that much at once is told in few steps."""


class Composition:
    """The parts, by name. `stopping` is set by whoever runs them, and told by `/readyz`."""

    def __init__(
        self,
        core: Core,
        settings: Settings,
        passwords: Passwords,
        network: Network,
    ) -> None:
        self.core = core
        self.settings = settings
        self.stopping = False
        # Only the embedded database keeps its data on our own disk.
        reserve = settings.disk_reserve_mb * MEGABYTE if settings.embedded else 0
        self.pause = timedelta(seconds=settings.turn_pause)
        self.disk = Disk(settings.data_dir, reserve)
        self.pulse = Pulse(core.storage.database, tell)
        self.heart = Worker("heart", self.pulse.step, poll=BEAT)
        self.telegram = telegram_bot(settings, network.telegram)
        self.addresses = OutgoingAddresses(settings.webhook_allow_private, network.resolver)
        self.links = build_links(core.storage, core.now) if self.telegram is not None else None
        storage, now = core.storage, core.now
        lines, uploads = LiveLines(), storage.uploads
        stores = ChatStores(storage.conversations, storage.transcripts, storage.evidence, lines, now, uploads)
        web_session = WebChatSession(stores)
        self.bots: dict[Channel, Bot] = {Channel.WEB: web_bot(web_session)}
        if self.telegram is not None:
            self.bots[Channel.TELEGRAM] = self.telegram
        self.exchange = build_exchange(core, settings)
        self._wire_chat()
        self._wire_telling(network)
        self._wire_upkeep()
        chat = WebChat(stores, self.take, self.pause)
        self.pages = build_pages(core, settings, passwords, chat, self.addresses, self.links, self.exchange)
        self.pages.router.add_routes(self._own_routes())
        self.pages.middlewares.append(refuse_uploads(self._no_space))

    @property
    def workers(self) -> tuple[Worker, ...]:
        return (
            self.inbox,
            self.fetcher,
            *self.outboxes.values(),
            self.relay,
            self.dossier_relay,
            self.dossier_watch,
            self.emergencies,
            self.clock_watch,
            self.rollups,
            self.housekeeping,
            self.webhooks,
            *([self.reporting] if self.settings.exchange_upper else []),
            self.heart,
        )

    @property
    def webhook_secret(self) -> str:
        """What Telegram must show when it delivers."""
        given = self.settings.webhook_secret
        return given.get_secret_value() if given else self.core.storage.keys.digest("telegram", "webhook")

    def _wire_chat(self) -> None:
        core, storage, now = self.core, self.core.storage, self.core.now
        self.dialogue = CitizenDialogue(
            core.services,
            storage.evidence,
            storage.conversations,
            storage.reporters,
            now,
            self.settings.default_language,
            storage.transcripts,
            self.links,
        )
        outboxes = {channel: self._outbox(channel, bot) for channel, bot in self.bots.items()}
        self.deliveries = outboxes
        self.outboxes = {
            channel: outbox.worker for channel, outbox in outboxes.items() if outbox.worker is not None
        }
        inbox = Inbox(
            storage.conversations,
            self.dialogue,
            self.bots,
            now,
            outboxes=outboxes,
            wake_fetcher=lambda: self.fetcher.wake(),
            default_language=self.settings.default_language,
            no_space=self._no_space,
        )
        self.inbox = inbox.worker = Worker("inbox", inbox.step, poll=LOOK, tasks=INBOX_TASKS)
        self.take = inbox.take
        fetcher = Fetcher(
            storage.fetches,
            self.take,
            storage.evidence,
            self.bots,
            now,
            lambda seconds: self.fetcher.wake_soon(seconds),
        )
        self.fetcher = Worker("fetcher", fetcher.step, poll=SELDOM, tasks=FETCHER_TASKS)
        self.intake = Intake(self.take, now, pause=self.pause, no_space=lambda: self.disk.spent)

    def _outbox(self, channel: Channel, bot: Bot) -> Outbox:
        telegram = channel is Channel.TELEGRAM
        outbox = Outbox(
            self.core.storage.conversations,
            channel,
            bot,
            self._telegram_budget() if telegram else Unlimited(),
            self.core.now,
            gap=TELEGRAM_GAP if telegram else timedelta(0),
        )
        tasks = OUTBOX_TASKS if telegram else 4
        outbox.worker = Worker(f"outbox-{channel}", outbox.step, poll=LOOK, tasks=tasks)
        return outbox

    def _telegram_budget(self) -> InLots:
        budget = MongoSendBudget(self.core.storage.database, "telegram", self.settings.telegram_per_second)
        return InLots(budget, budget.step)

    def _wire_telling(self, network: Network) -> None:
        """Citizens, staff, and departments' own systems are told what happened."""
        core, storage, now = self.core, self.core.storage, self.core.now
        webhooks = Webhooks(storage.webhooks, self.addresses, now, tls=network.trust)
        self.webhooks = Worker("webhooks", webhooks.step, poll=SELDOM, tasks=WEBHOOK_TASKS)
        systems = Systems(storage.webhooks, storage.staff, core.rules.jurisdictions, now, self.webhooks.wake)
        relay = Relay(
            storage.cases,
            storage.reporters,
            storage.staff,
            storage.conversations,
            core.rules.jurisdictions,
            render_notification,
            self._alerts(),
            systems,
            wake_outboxes=self._wake_outboxes,
            now=now,
            public_url=self.settings.public_url,
        )
        self.relay = Worker("relay", relay.step, poll=SELDOM)
        storage.news.follow("cases", partial(self.relay.wake_soon, TOGETHER))
        dossiers = DossierRelay(
            storage.dossiers,
            storage.dossier_sources,
            storage.cases,
            storage.staff,
            core.rules,
            self._alerts(),
            systems,
            wake=self._wake_relay,
            now=now,
            public_url=self.settings.public_url,
        )
        self.dossier_relay = Worker("dossier_relay", dossiers.step, poll=SELDOM)
        storage.news.follow("dossiers", partial(self.dossier_relay.wake_soon, TOGETHER))
        watch = DossierWatch(core.services.integrity, wake=self.dossier_relay.wake)
        self.dossier_watch = Worker("dossier_watch", watch.step, poll=30.0)
        telling = EmergencyTelling(
            core.services.emergencies,
            storage.staff,
            self._alerts(),
            self._wake_outboxes,
            self.settings.public_url,
        )
        self.emergencies = Worker("emergencies", telling.step, poll=SELDOM)
        storage.news.follow("emergencies", self.emergencies.wake)

        upper = UpperLevel(self.settings.exchange_upper or "", network.trust)
        reporting = Reporting(self.exchange, upper.post, storage.leases, now)
        self.reporting = Worker("reporting", reporting.step, poll=5.0)

    def _wire_upkeep(self) -> None:
        core, storage, now = self.core, self.core.storage, self.core.now
        watch = ClockWatch(storage.cases, core.services.acting, storage.leases, now)
        self.clock_watch = Worker("clock_watch", watch.step, poll=30.0)
        rollups = build_board_worker(core, self._alerts(), now, self.settings)
        self.rollups = Worker("rollups", rollups.step, poll=2.0)
        keeping = build_housekeeping(core, self.settings.data_dir, now)
        self.housekeeping = Worker("housekeeping", keeping.step, poll=60.0)

    def _alerts(self) -> Alerts:
        storage = self.core.storage
        ledger = MongoAlertLedger(storage.database, WINDOW, MOST)
        settings, calendar = self.settings, self.core.rules.calendar
        hours = WorkHours.read(settings.alert_hours, calendar) if settings.alert_hours else None
        return Alerts(ledger, storage.staff, storage.conversations, self.core.now, settings.public_url, hours)

    def _own_routes(self) -> list[web.RouteDef]:
        routes = health_routes(self.pulse, self.disk, lambda: self.stopping)
        if self.settings.webhook_url and self.telegram:
            routes.append(webhook_route(self.intake.receive, self.webhook_secret))
        return routes

    def _wake_relay(self) -> None:
        """What a citizen hears of an object lies in the case now."""
        self.relay.wake()
        self._wake_outboxes()

    def _wake_outboxes(self) -> None:
        for outbox in self.outboxes.values():
            outbox.wake()

    def _no_space(self) -> bool:
        return self.disk.low

    async def close(self) -> None:
        """The bots' connections; nothing else here holds any."""
        for bot in self.bots.values():
            await bot.session.close()
