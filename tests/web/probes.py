"""Routes behind every kind of door, so that the doors can be tried before any face is built."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from multidict import MultiDict

from cases.clocks import Clock
from cases.errors import DomainError, InvalidInput, NotFound, Reason, StaleCase
from cases.lifecycle import forms
from cases.people import Role
from cases.vocabulary import Status, Unit
from handlers.web.access.callers import client_address
from handlers.web.access.policy import (
    STAFF_ROLES,
    Handler,
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
from handlers.web.forms.fields import fields_of, read_form
from handlers.web.keys import NOW
from handlers.web.pages.flash import flash
from handlers.web.pages.openapi_page import render_openapi
from handlers.web.pages.templates import render

BROKEN: dict[str, DomainError | Exception] = {
    "missing": NotFound(Reason("hidden", "case SX20261122-4839205-7 belongs to another department")),
    "stale": StaleCase(),
    "invalid": InvalidInput(Reason("marked-up", "请写明 <b>理由</b>")),
    "bug": RuntimeError("the password of the database is swordfish"),
}


def add_probes(app: web.Application) -> None:
    loader = aiohttp_jinja2.get_env(app).loader
    assert isinstance(loader, jinja2.PrefixLoader)
    loaders = dict(loader.mapping) | {"tests": jinja2.FileSystemLoader(Path(__file__).parent / "templates")}
    aiohttp_jinja2.get_env(app).loader = jinja2.PrefixLoader(loaders)
    app.router.add_get("/probe/gallery", show_gallery)
    app.router.add_get("/probe/docs", show_reference)
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


def _tell_actor() -> Handler:
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
    from handlers.web.access.csrf import csrf_token

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


@signed_in()
async def show_gallery(request: web.Request) -> web.StreamResponse:
    """Every building block of the pages at once."""
    choices = {"department": {"a": "甲市发展和改革委员会", "b": "乙市人民政府"}}
    context = {
        "clocks": _clocks(request),
        "Status": Status,
        "decline": read_form(forms.Decline, MultiDict(reason="x", legal_basis="条例")).fields,
        "answer": fields_of(forms.Opinion),
        "supp": fields_of(forms.SupplementRequest),
        "transfer": fields_of(forms.Transfer, options=choices),
        "invite": fields_of(forms.Invite, options=choices),
        "split": fields_of(forms.Split, options=choices),
        "rate": fields_of(forms.Rate),
    }
    return render("tests/gallery.html", request, context)


def _clocks(request: web.Request) -> list[Clock]:
    """One of every colour."""
    now, day = request.app[NOW](), timedelta(days=1)

    def clock(started: int, due: int, **more: object) -> Clock:
        fields = {"kind": "handle", "basis": "《信访工作条例》", "amount": 15, "unit": Unit.CALENDAR_DAY}
        return Clock.model_validate(
            {**fields, "started_at": now + started * day, "due_at": now + due * day, **more}
        )

    return [
        clock(-2, 13),
        clock(-55, 3),
        clock(-70, -4),
        clock(-10, 5, paused_at=now),
        clock(-10, 5, met_at=now - 3 * day),
        clock(-10, -5, met_at=now - 3 * day),
        clock(-3, 27, stopped_at=now),
    ]


@public
async def show_reference(request: web.Request) -> web.StreamResponse:
    return render_openapi(request, REFERENCE)


REFERENCE = {
    "openapi": "3.1.0",
    "info": {"title": "接口说明", "version": "1", "description": "给责任单位自己的系统使用。"},
    "paths": {
        "/api/v1/cases/{number}": {
            "parameters": [{"$ref": "#/components/parameters/Number"}],
            "get": {
                "tags": ["件"],
                "summary": "看一件",
                "responses": {"200": {"description": "<b>这一件</b>"}},
            },
            "post": {
                "tags": ["件"],
                "summary": "办理",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {"409": {"description": "已有变动"}},
            },
        }
    },
    "components": {
        "parameters": {"Number": {"name": "number", "in": "path", "required": True, "description": "件号"}},
        "schemas": {"Case": {"type": "object"}},
    },
}
