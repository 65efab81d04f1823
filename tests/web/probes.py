"""Routes behind every kind of door, so that the doors can be tried before any face is built."""

from __future__ import annotations

from aiohttp import web

from cases.errors import DomainError, InvalidInput, NotFound, StaleCase
from cases.model import Role
from handlers.web.flash import flash
from handlers.web.keys import NavItem
from handlers.web.policy import (
    STAFF_ROLES,
    actor_of,
    allow,
    api,
    citizen,
    citizen_of,
    machine,
    public,
    signed_in,
    takes_files,
)
from handlers.web.security import client_address
from handlers.web.setup import add_navigation

BROKEN: dict[str, DomainError | Exception] = {
    "missing": NotFound("case SX20261122-4839205-7 belongs to another department"),
    "stale": StaleCase(),
    "invalid": InvalidInput("请写明 <b>理由</b>"),
    "bug": RuntimeError("the password of the database is swordfish"),
}


def add_probes(app: web.Application) -> None:
    for role in STAFF_ROLES:
        app.router.add_get(f"/only/{role.value}", allow(role)(_tell_actor()))
        app.router.add_post(f"/only/{role.value}", allow(role)(_tell_actor()))
    app.router.add_get("/broken/{how}", break_something)
    app.router.add_get("/api/v1/broken/{how}", break_something_for_a_program)
    app.router.add_get("/api/v1/probe", api("cases:read")(_tell_actor()))
    app.router.add_post("/api/v1/probe", api("cases:write", Role.HANDLER)(_tell_actor()))
    app.router.add_get("/chat", show_chat)
    app.router.add_post("/chat", say_in_chat)
    app.router.add_post("/upload", count_bytes)
    app.router.add_post("/form", public_form)
    app.router.add_post("/hook", take_hook)
    app.router.add_get("/whoami", tell_address)
    app.router.add_get("/stream", stream, allow_head=False)
    app.router.add_get("/flash", leave_flash)
    add_navigation(
        app,
        NavItem("我的队列", "/desk", frozenset({Role.HANDLER, Role.HEAD})),
        NavItem("督办看板", "/board", frozenset({Role.SUPERVISOR, Role.HEAD})),
    )


def _tell_actor():  # type: ignore[no-untyped-def]
    async def tell_actor(request: web.Request) -> web.StreamResponse:
        actor = actor_of(request)
        return web.json_response({"id": actor.id, "roles": sorted(actor.roles)})

    return tell_actor


@public
async def break_something(request: web.Request) -> web.StreamResponse:
    raise BROKEN.get(request.match_info["how"], NotFound())


@machine
async def break_something_for_a_program(request: web.Request) -> web.StreamResponse:
    raise BROKEN.get(request.match_info["how"], NotFound())


@citizen
async def show_chat(request: web.Request) -> web.StreamResponse:
    from handlers.web.csrf import csrf_token

    return web.json_response({"chat": citizen_of(request), "csrf": csrf_token(request)})


@citizen
async def say_in_chat(request: web.Request) -> web.StreamResponse:
    return web.json_response({"chat": citizen_of(request)})


@takes_files
@public
async def count_bytes(request: web.Request) -> web.StreamResponse:
    return web.json_response({"fields": sorted(await request.post())})


@public
async def public_form(request: web.Request) -> web.StreamResponse:
    return web.json_response({"done": True})


@machine
async def take_hook(request: web.Request) -> web.StreamResponse:
    return web.json_response({"done": True})


@public
async def tell_address(request: web.Request) -> web.StreamResponse:
    return web.json_response({"address": client_address(request)})


@signed_in()
async def stream(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    await response.write(b"data: x\n\n")
    return response


@public
async def leave_flash(request: web.Request) -> web.StreamResponse:
    flash(request, "已保存 <script>。", "success")
    raise web.HTTPSeeOther("/login")
