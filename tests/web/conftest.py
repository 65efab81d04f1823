"""The pages with probes among them, as a real server on a real database, with staff of every role.

Anybody may reach them here, so that supervisors and administrators owe a one-time code.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.settings import Settings
from bot.wiring import token_hash
from cases.people import Role
from cases.ports.accounts import ApiToken, Staff
from handlers.web.access.policy import STAFF_ROLES
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.browser import Browser
from tests.town.live.deployment import town_settings
from tests.town.live.parts import PASSWORD_HASH, put_together
from tests.web.probes import add_probes

BuildPages = Callable[..., Awaitable[web.Application]]
Serve = Callable[..., Awaitable[Browser]]
IssueToken = Callable[..., Awaitable[str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return town_settings(tmp_path, public_url="http://shouxin.example")


@pytest.fixture
async def build_pages(storage: Storage, watch: Watch, settings: Settings) -> AsyncIterator[BuildPages]:
    """The pages of one process, by settings that differ from the others'."""
    async with AsyncExitStack() as stack:

        async def build(**changes: Any) -> web.Application:
            parts = await put_together(storage, watch, settings.model_copy(update=changes))
            stack.push_async_callback(parts.close)
            add_probes(parts.pages)
            return parts.pages

        yield build


@pytest.fixture
async def serve(build_pages: BuildPages) -> AsyncIterator[Serve]:
    """Start a process by these settings, or these pages, and open a browser on it."""
    async with AsyncExitStack() as stack:

        async def start(pages: web.Application | None = None, **changes: Any) -> Browser:
            server = TestServer(pages or await build_pages(**changes))
            await stack.enter_async_context(server)
            return await stack.enter_async_context(Browser(str(server.make_url("/"))))

        yield start


@pytest.fixture
async def browser(serve: Serve) -> Browser:
    return await serve()


@pytest.fixture
async def another(browser: Browser) -> AsyncIterator[Browser]:
    """A second browser on the same server."""
    async with Browser(browser.address) as second:
        yield second


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
def issue_token(storage: Storage, watch: Watch) -> IssueToken:
    """Give a member of staff a bearer token; returns the secret."""

    async def issue(staff: Staff, *scopes: str, expires_at: datetime | None = None) -> str:
        secret = f"sx-{staff.login}-{'-'.join(scopes)}-0123456789abcdef"
        hashed = token_hash(storage.keys, secret)
        await storage.tokens.put(ApiToken(hashed, "系统", staff.id, frozenset(scopes), watch.now, expires_at))
        return secret

    return issue
