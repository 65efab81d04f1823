"""The shared part of the pages as a real server on a real database, with staff of every role."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher

from cases.people import Role
from cases.ports.accounts import ApiToken, Staff
from handlers.web.access.policy import STAFF_ROLES
from handlers.web.keys import WebOptions
from handlers.web.setup import new_application, setup
from handlers.web.signing_in.passwords import Passwords
from storage.opening import Storage
from tests.town.browser_like import Browser
from tests.web.probes import add_probes

BuildApp = Callable[..., web.Application]
Serve = Callable[..., Awaitable[Browser]]
IssueToken = Callable[..., Awaitable[str]]

PASSWORD = "长风破浪会有时 2026"

quick_passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
PASSWORD_HASH = quick_passwords.hash_now(PASSWORD)


class Watch:
    """The time as the application sees it; tests move it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def hash_secret(storage: Storage) -> Callable[[str], str]:
    return lambda text: storage.keys.digest(text, "web")


@pytest.fixture
def build_app(storage: Storage, watch: Watch, hash_secret: Callable[[str], str]) -> BuildApp:
    def build(options: WebOptions | None = None, *, probes: bool = True) -> web.Application:
        chosen = options or WebOptions()
        app = new_application(chosen)
        setup(
            app,
            staff=storage.staff,
            sessions=storage.sessions,
            tokens=storage.tokens,
            audit=storage.audit,
            limits=storage.rate_limits,
            now=watch,
            options=chosen,
            hash_secret=hash_secret,
            passwords=quick_passwords,
        )
        if probes:
            add_probes(app)
        return app

    return build


@pytest.fixture
async def serve(build_app: BuildApp) -> AsyncIterator[Serve]:
    """Start the application and open a browser-like client on it."""
    servers: list[TestServer] = []
    browsers: list[Browser] = []

    async def start(options: WebOptions | None = None, app: web.Application | None = None) -> Browser:
        server = TestServer(app or build_app(options))
        await server.start_server()
        servers.append(server)
        browsers.append(Browser(server))
        return browsers[-1]

    yield start
    for browser in browsers:
        await browser.close()
    for server in servers:
        await server.close()


@pytest.fixture
async def browser(serve: Serve) -> Browser:
    return await serve()


@pytest.fixture
async def another(browser: Browser) -> AsyncIterator[Browser]:
    """A second browser on the same server."""
    second = Browser(browser.server)
    yield second
    await second.close()


def account(login: str, *roles: Role, **more: object) -> Staff:
    """An account whose password is PASSWORD."""
    fields: dict[str, object] = {
        "id": f"id-{login}",
        "login": login,
        "name": "王晓燕",
        "department": "qh-fgw",
        "roles": frozenset(roles or {Role.HANDLER}),
        "password_hash": PASSWORD_HASH,
    }
    return Staff(**{**fields, **more})  # type: ignore[arg-type]


@pytest.fixture
async def handler(storage: Storage) -> Staff:
    staff = account("wang")
    await storage.staff.add(staff)
    return staff


@pytest.fixture
async def staff_of_every_role(storage: Storage) -> dict[Role, Staff]:
    """One account per role, none of which still owes a step of the login."""
    people = {
        role: account(role.value, role, totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        for role in STAFF_ROLES
    }
    for staff in people.values():
        await storage.staff.add(staff)
    return people


@pytest.fixture
def issue_token(storage: Storage, watch: Watch, hash_secret: Callable[[str], str]) -> IssueToken:
    """Give a member of staff a bearer token; returns the secret."""

    async def issue(staff: Staff, *scopes: str, expires_at: datetime | None = None) -> str:
        secret = f"sx-{staff.login}-{'-'.join(scopes)}-0123456789abcdef"
        await storage.tokens.put(
            ApiToken(
                hash_secret("token:" + secret), "系统", staff.id, frozenset(scopes), watch.now, expires_at
            )
        )
        return secret

    return issue
