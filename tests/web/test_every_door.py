"""Every route of the whole product, tried as every role, as nobody and with every kind of token."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.wiring import App, token_hash, utc_now
from cases.people import Role
from cases.ports.accounts import ApiToken, Staff
from handlers.department.api.scopes import SCOPES
from handlers.web.access.policy import STAFF_ROLES, Door, RouteRule, routes_of
from storage.database.connection import Database
from tests.town.live.parts import whole_process
from tests.web.doors import TURNED_AWAY, Caller, signed_in_caller
from tools.access_page import access_table

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "access.md"


@pytest.fixture(scope="module")
async def whole(
    mongo_uri: str, mongo_client: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[App]:
    """The process with everything switched on, webhook included, on a database of its own."""
    folder = tmp_path_factory.mktemp("doors")
    async with whole_process(mongo_uri, mongo_client, folder, webhook_url="https://example.org") as app:
        yield app


@pytest.fixture(scope="module")
async def people(whole: App) -> dict[Role, Staff]:
    """One account per role that owes no step of the login."""
    made = {
        role: Staff(
            id=f"id-{role.value}",
            login=f"door-{role.value}",
            name="王晓燕",
            department=whole.core.rules.jurisdictions.default.coordinator,
            roles=frozenset({role}),
            totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        )
        for role in STAFF_ROLES
    }
    for staff in made.values():
        await whole.core.storage.staff.add(staff)
    return made


async def tokens(whole: App, people: dict[Role, Staff]) -> list[Caller]:
    """A token with every scope for every role, and for a handler one of each scope alone and of none."""
    kinds = [(staff, frozenset(SCOPES)) for staff in people.values()]
    kinds += [(people[Role.HANDLER], frozenset({scope})) for scope in SCOPES]
    kinds.append((people[Role.HANDLER], frozenset()))
    callers = []
    for staff, scopes in kinds:
        secret = secrets.token_urlsafe(32)
        keys = whole.core.storage.keys
        await whole.core.storage.tokens.put(
            ApiToken(token_hash(keys, secret), "测试", staff.id, scopes, utc_now())
        )
        name = f"token of {staff.login} for {sorted(scopes)}"
        headers = {"Authorization": f"Bearer {secret}"}
        callers.append(Caller(name, staff.roles, scopes, Door.API, headers=headers))
    return callers


async def outcome(client: aiohttp.ClientSession, address: str, rule: RouteRule, caller: Caller) -> str:
    """in, sign_in, wrong_role or forged: what the route did. Bodies of live streams are not waited for."""
    path = re.sub(r"\{[^}]*\}", "1", rule.path)
    cookies = "; ".join(f"{name}={value}" for name, value in caller.cookies.items())
    headers = {"Accept": "application/json", **caller.headers, **({"Cookie": cookies} if cookies else {})}
    async with client.request(rule.method, address + path, headers=headers, allow_redirects=False) as answer:
        assert answer.status < 500, f"{rule.method} {rule.path} as {caller.name}: {answer.status}"
        if answer.status not in TURNED_AWAY:
            if answer.content_type != "text/event-stream":
                await answer.read()
            return "in"
        if rule.method == "HEAD":
            return TURNED_AWAY[answer.status]
        found = re.search(r'"code": ?"(\w+)"', await answer.text())
    return found[1] if found and found[1] in {*TURNED_AWAY.values(), "forged"} else "in"


async def test_every_route_opens_to_whom_it_declares_and_to_nobody_else(
    whole: App, people: dict[Role, Staff]
) -> None:
    storage = whole.core.storage
    with_tokens = await tokens(whole, people)
    wrong, tried = [], 0
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
        for rule in routes_of(whole.pages):
            assert rule.policy is not None
            callers = [await signed_in_caller(staff, storage, utc_now()) for staff in people.values()]
            for caller in [*callers, *with_tokens, Caller("anonymous")]:
                done, expected = (
                    await outcome(client, whole.address, rule, caller),
                    caller.expects(rule.policy),
                )
                tried += 1
                shown_a_form_first = rule.policy.door in {Door.PUBLIC, Door.CITIZEN} and done == "forged"
                machine = rule.policy.door is Door.MACHINE and done == "sign_in"
                if done != expected and not shown_a_form_first and not machine:
                    wrong.append(f"{rule.method} {rule.path} as {caller.name}: {done}, not {expected}")
    assert not wrong, "\n".join(wrong)
    assert tried > 1000


async def test_the_page_about_access_says_what_the_routes_declare(whole: App) -> None:
    table = access_table(whole.pages)
    assert DOCUMENT.read_text(encoding="utf-8") == table, "run: python -m tools.written_pages"


def test_only_auditors_and_above_read_the_audit_trail_and_they_change_nothing(whole: App) -> None:
    for rule in routes_of(whole.pages):
        if rule.policy is not None and rule.policy.roles == {Role.AUDITOR}:
            assert rule.method in {"GET", "HEAD"}, rule.path


def test_an_auditor_sends_nothing_but_what_concerns_their_own_account(whole: App) -> None:
    """Apart from what anybody may send without an account: the chat, the theme, a proof to be checked."""
    sent = [
        rule.path
        for rule in routes_of(whole.pages)
        if rule.policy is not None
        and rule.method not in {"GET", "HEAD"}
        and rule.policy.door in {Door.STAFF, Door.API}
        and Role.AUDITOR in rule.policy.roles
    ]
    assert sent
    assert [path for path in sent if not path.startswith(("/account/", "/login", "/logout"))] == []
