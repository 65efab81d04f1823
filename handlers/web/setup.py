"""Installs what all pages share into an aiohttp application. The composition root calls it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from cases.ports.accounts import RateLimits, SessionStore, StaffStore, TokenStore
from cases.ports.audit import AuditStore
from handlers.web.access.bodies import BUDGET, UploadBudget
from handlers.web.access.callers import CROSSROADS, Crossroads
from handlers.web.access.cookies import write_cookies
from handlers.web.access.guard import guard
from handlers.web.access.policy import refuse_undeclared_routes
from handlers.web.access.security import write_headers
from handlers.web.access.streams import OPEN
from handlers.web.access.token_pace import PACE, TokenPace
from handlers.web.access.turns import TURNS, Turns
from handlers.web.keys import (
    API_PATHS,
    API_SCHEMAS,
    AUDIT,
    HASH,
    LIMITS,
    NAVIGATION,
    NOW,
    OPTIONS,
    SESSIONS,
    STAFF,
    TOKENS,
    NavItem,
    WebOptions,
)
from handlers.web.pages.errors import answer_errors
from handlers.web.pages.static_files import STATIC, StaticFiles, send_file
from handlers.web.pages.templates import FACES, HANDLERS, install_templates
from handlers.web.signing_in import account, login
from handlers.web.signing_in.passwords import PASSWORDS, Passwords
from handlers.web.signing_in.throttle import THROTTLE, LoginThrottle


def new_application(options: WebOptions) -> web.Application:
    """An application whose bodies are limited as the options say."""
    return web.Application(client_max_size=options.upload_limit)


def setup(
    app: web.Application,
    *,
    staff: StaffStore,
    sessions: SessionStore,
    tokens: TokenStore,
    audit: AuditStore,
    limits: RateLimits,
    now: Callable[[], datetime],
    options: WebOptions,
    hash_secret: Callable[[str], str],
    passwords: Passwords,
) -> None:
    """Middlewares, shared routes, templates and static files.

    `hash_secret` is the keyed hash under which session ids and tokens are stored.
    """
    app[STAFF], app[SESSIONS], app[TOKENS], app[AUDIT], app[NOW] = staff, sessions, tokens, audit, now
    app[OPTIONS], app[HASH], app[PASSWORDS] = options, hash_secret, passwords
    app[LIMITS], app[THROTTLE] = limits, LoginThrottle(limits)
    app[NAVIGATION], app[API_PATHS], app[API_SCHEMAS] = [], {}, {}
    app[OPEN], app[CROSSROADS] = Counter(), Crossroads()
    app[PACE] = TokenPace(options.token_per_minute, now)
    app[TURNS] = Turns()
    app[BUDGET] = UploadBudget(options.upload_budget)
    app[STATIC] = _static_files()
    app.middlewares.extend((answer_errors, guard))
    app.on_response_prepare.extend((write_cookies, write_headers))
    app.on_startup.append(refuse_undeclared_routes)
    install_templates(app)
    app.router.add_get("/static/{name:.+}", send_file)
    login.add_routes(app)
    account.add_routes(app)


def add_navigation(app: web.Application, *items: NavItem) -> None:
    """Entries of the top bar, in the order in which faces add them."""
    app[NAVIGATION].extend(items)


def _static_files() -> StaticFiles:
    files = StaticFiles()
    for face in FACES:
        files.add_folder(HANDLERS / face / "static", "" if face == "web" else f"{face}/")
    return files
