"""Every route opens to whom it declares and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import web

from cases.people import Role
from cases.ports.accounts import Staff
from handlers.web.access.policy import (
    Door,
    Policy,
    RouteRule,
    allow,
    policy_of,
    public,
    refuse_undeclared_routes,
    routes_of,
)
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.browser import Browser
from tests.web.conftest import BuildPages, IssueToken, Serve
from tests.web.doors import Caller, outcome, signed_in_caller

ANYBODY, STAFF = "public", "staff"

SHARED_ROUTES = {
    ("GET", "/account"): STAFF,
    ("GET", "/account/password"): STAFF,
    ("POST", "/account/password"): STAFF,
    ("GET", "/account/alerts"): STAFF,
    ("POST", "/account/alerts/code"): STAFF,
    ("POST", "/account/alerts/unlink"): STAFF,
    ("POST", "/account/logout-everywhere"): STAFF,
    ("GET", "/account/totp"): STAFF,
    ("POST", "/account/totp"): STAFF,
    ("GET", "/account/totp.svg"): STAFF,
    ("GET", "/login"): ANYBODY,
    ("POST", "/login"): ANYBODY,
    ("GET", "/login/code"): STAFF,
    ("POST", "/login/code"): STAFF,
    ("POST", "/logout"): STAFF,
    ("GET", "/static/{name}"): ANYBODY,
    ("POST", "/theme"): ANYBODY,
}


def declared(rule: RouteRule) -> Policy:
    assert rule.policy is not None, rule.path
    return rule.policy


def routes_from(pages: web.Application, room: str) -> list[RouteRule]:
    """The routes whose handlers are written in this room."""
    there = {
        (route.method, route.resource.canonical)
        for route in pages.router.routes()
        if route.resource is not None and route.handler.__module__.startswith(room)
    }
    return [rule for rule in routes_of(pages) if (rule.method, rule.path) in there]


async def test_the_shared_routes_are_these_and_open_to_these(build_pages: BuildPages) -> None:
    rules = routes_from(await build_pages(), "handlers.web")
    assert {(r.method, r.path): declared(r).door for r in rules if r.method != "HEAD"} == SHARED_ROUTES


async def test_every_route_opens_to_whom_it_declares_and_to_nobody_else(
    storage: Storage,
    watch: Watch,
    build_pages: BuildPages,
    serve: Serve,
    staff_of_every_role: dict[Role, Staff],
    issue_token: IssueToken,
) -> None:
    pages = await build_pages()
    browser = await serve(pages)
    wrong = []
    for rule in [*routes_from(pages, "handlers.web"), *routes_from(pages, "tests.web.probes")]:
        callers = [
            await signed_in_caller(staff, storage, watch.now) for staff in staff_of_every_role.values()
        ]
        callers.append(Caller("anonymous"))
        for scope in ("cases:read", "cases:write"):
            secret = await issue_token(staff_of_every_role[Role.HANDLER], scope)
            bearer = {"Authorization": f"Bearer {secret}"}
            callers.append(
                Caller(scope, frozenset({Role.HANDLER}), frozenset({scope}), Door.API, headers=bearer)
            )
        for caller in callers:
            done, expected = await outcome(browser, rule, caller), caller.expects(declared(rule))
            forms_need_a_page = declared(rule).door in {Door.PUBLIC, Door.CITIZEN} and done == "forged"
            if done != expected and not forms_need_a_page:
                wrong.append(f"{rule.method} {rule.path} as {caller.name}: {done}, not {expected}")
    assert not wrong, "\n".join(wrong)


async def test_an_application_with_an_undeclared_route_does_not_start(build_pages: BuildPages) -> None:
    async def forgotten(request: web.Request) -> web.StreamResponse:
        return web.Response(text="open to all")

    app = await build_pages()
    app.router.add_get("/forgotten", forgotten)
    app.freeze()
    with pytest.raises(RuntimeError, match="GET /forgotten"):
        await app.startup()


async def test_an_undeclared_route_is_not_found_even_if_the_start_up_check_is_off(
    build_pages: BuildPages, serve: Serve
) -> None:
    async def forgotten(request: web.Request) -> web.StreamResponse:
        return web.Response(text="open to all")

    app = await build_pages()
    app.on_startup.remove(refuse_undeclared_routes)
    app.router.add_get("/forgotten", forgotten)
    browser = await serve(app)
    answer = await browser.get("/forgotten")
    assert answer.status == 404
    assert "open to all" not in answer.text


def test_a_route_cannot_declare_two_policies() -> None:
    async def confused(request: web.Request) -> web.StreamResponse:
        return web.Response()

    public(confused)
    with pytest.raises(TypeError, match="twice"):
        allow(Role.HANDLER)(confused)
    policy = policy_of(confused)
    assert policy is not None
    assert policy.door is Door.PUBLIC


def test_a_route_for_staff_names_roles_of_staff() -> None:
    with pytest.raises(TypeError):
        allow(Role.CITIZEN)
    with pytest.raises(TypeError):
        allow()


async def test_a_page_for_staff_sends_strangers_to_the_login_and_back_afterwards(
    browser: Browser, handler: Staff
) -> None:
    from tests.town.live.parts import PASSWORD

    sent = await browser.get("/only/handler?tab=late")
    assert sent.status == 303
    assert sent.location == "/login?next=/only/handler?tab%3Dlate"
    done = await browser.log_in("wang", PASSWORD, page=sent.location)
    assert done.location == "/only/handler?tab=late"


async def test_an_endless_address_is_forgotten_at_the_login_and_not_an_error(
    browser: Browser, handler: Staff
) -> None:
    sent = await browser.get("/only/handler?tab=" + "一" * 400)
    assert (sent.status, sent.location) == (303, "/login")


async def test_an_expired_or_unknown_token_opens_nothing(
    browser: Browser, handler: Staff, issue_token: IssueToken, watch: Watch
) -> None:
    secret = await issue_token(handler, "cases:read", expires_at=watch.now + timedelta(hours=1))
    bearer = {"Authorization": f"Bearer {secret}"}
    assert (await browser.get("/api/v1/probe", headers=bearer)).status == 200
    watch.later(hours=1)
    late = await browser.get("/api/v1/probe", headers=bearer)
    assert late.status == 401
    assert late.headers["WWW-Authenticate"].startswith("Bearer")
    for header in ("", "Bearer", "Bearer  ", "Basic d2FuZzp3YW5n", "Bearer " + "x" * 5000):
        answer = await browser.get("/api/v1/probe", headers={"Authorization": header})
        assert answer.status == 401, header


async def test_a_token_of_a_dismissed_account_opens_nothing(
    browser: Browser, storage: Storage, handler: Staff, issue_token: IssueToken
) -> None:
    from dataclasses import replace

    secret = await issue_token(handler, "cases:read")
    await storage.staff.change(handler.id, lambda staff: replace(staff, active=False))
    answer = await browser.get("/api/v1/probe", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status == 401


async def test_a_browser_session_never_opens_the_api(browser: Browser, handler: Staff) -> None:
    from tests.town.live.parts import PASSWORD

    await browser.log_in("wang", PASSWORD)
    assert (await browser.get("/only/handler")).status == 200
    assert (await browser.get("/api/v1/probe")).status == 401
