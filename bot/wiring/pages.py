"""The web application: what all faces share, and the faces themselves."""

from __future__ import annotations

from ipaddress import ip_network
from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import Settings
from bot.surroundings.outgoing_addresses import OutgoingAddresses
from bot.surroundings.reach import only_this_machine
from bot.wiring.core import Core
from bot.wiring.secret_hashes import web_hash
from cases.integrity.spine.standing import DESK
from cases.people import Role
from cases.service.credit.exchange import Exchange
from cases.service.staff.links import StaffLinks
from cases.service.subscriptions import Subscriptions
from handlers.administration import setup as administration
from handlers.citizen.pages import setup as public_pages
from handlers.citizen.webchat.page import WebChat
from handlers.credit.setup import setup as add_credit
from handlers.department import setup as department
from handlers.supervisor import setup as supervisor
from handlers.web.keys import (
    EVIDENCE,
    SERVICES,
    SUBSCRIPTIONS,
    WebOptions,
)
from handlers.web.setup import new_application, setup
from handlers.web.signing_in.alerts import setup_alerts
from handlers.web.signing_in.passwords import Passwords
from storage.cases.ready_texts import MongoReadyTextStore
from storage.cases.unsent import MongoUnsentStore
from storage.figures.alarms import MongoAlarmStore
from storage.figures.reports import MongoReportStore
from storage.figures.statistics import MongoStatistics


def options_for(settings: Settings) -> WebOptions:
    """Strict by default. Only where nobody else can reach the pages is no one-time code demanded."""
    public = urlsplit(settings.public_url or "")
    return WebOptions(
        secure_cookies=public.scheme == "https",
        trusted_proxies=tuple(ip_network(part, strict=False) for part in settings.trusted_proxies),
        public_url=settings.public_url,
        onion_url=settings.onion_url,
        second_factor_roles=(
            frozenset() if only_this_machine(settings) else DESK | {Role.SUPERVISOR, Role.ADMIN}
        ),
        default_language=settings.default_language,
        exit_address=settings.exit_url,
        token_per_minute=settings.token_per_minute,
        publish_motions=settings.publish_motions,
        letter_font=settings.letter_font,
    )


def build_pages(
    core: Core,
    settings: Settings,
    passwords: Passwords,
    chat: WebChat,
    addresses: OutgoingAddresses,
    links: StaffLinks | None,
    exchange: Exchange,
) -> web.Application:
    """Every page and the API, each route with its declared policy."""
    storage = core.storage
    options = options_for(settings)
    app = new_application(options)
    setup(
        app,
        staff=storage.staff,
        sessions=storage.sessions,
        tokens=storage.tokens,
        audit=storage.audit,
        limits=storage.rate_limits,
        now=core.now,
        options=options,
        hash_secret=lambda text: web_hash(storage.keys, text),
        passwords=passwords,
    )
    app[SERVICES] = core.services
    app[EVIDENCE] = storage.evidence
    app[SUBSCRIPTIONS] = Subscriptions(storage.webhooks, storage.audit, addresses, core.now)
    chat.add_routes(app)
    public_pages.add_routes(app)
    administration.setup(app, storage.conversations.list_set_aside)
    department.setup(
        app,
        MongoUnsentStore(storage.database, storage.keys),
        MongoReadyTextStore(storage.database, storage.keys),
    )
    supervisor.setup(
        app,
        MongoStatistics(storage.database, storage.keys),
        MongoAlarmStore(storage.database, storage.keys),
        MongoReportStore(storage.database, storage.keys),
        metrics_token=settings.metrics_token.get_secret_value() if settings.metrics_token else "",
    )
    add_credit(app, exchange)
    if links is not None:
        setup_alerts(app, links)
    return app
