"""A person's own saved views: a name and the filters it stands for, kept with their account."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from cases.ports.accounts import Staff
from handlers.department.access import CASE_ROLES
from handlers.department.queue.listing import read_wanted
from handlers.web.access.policy import actor_of, allow, staff_of
from handlers.web.flash import flash
from handlers.web.keys import STAFF

MOST = 12
LONGEST_NAME = 20


class SavedView(NamedTuple):
    name: str
    query: str


def saved_views(staff: Staff) -> tuple[SavedView, ...]:
    stored = staff.preferences.get("views", ())
    return tuple(SavedView(str(v["name"]), str(v["query"])) for v in stored)


@allow(*CASE_ROLES)
async def save_view(request: web.Request) -> web.StreamResponse:
    """Keep the present filters under a name; the same name replaces."""
    form = await request.post()
    name = str(form.get("name", "")).strip()[:LONGEST_NAME]
    wanted = read_wanted(dict(parse_qsl(str(form.get("query", ""))[:500])), actor_of(request))
    query = urlencode(wanted.query())
    if not name:
        flash(request, "请给这个视图起个名字。", "warning")
        raise web.HTTPSeeOther("/desk?" + query)
    await _change(
        request, lambda views: [*[v for v in views if v.name != name][-(MOST - 1) :], SavedView(name, query)]
    )
    flash(request, "已保存视图。", "success")
    raise web.HTTPSeeOther("/desk?" + query)


@allow(*CASE_ROLES)
async def drop_view(request: web.Request) -> web.StreamResponse:
    form = await request.post()
    await _change(request, lambda views: [v for v in views if v.name != form.get("name")])
    raise web.HTTPSeeOther("/desk")


@allow(*CASE_ROLES)
async def set_away(request: web.Request) -> web.StreamResponse:
    """AB岗: who is away says so, and the deputy may take over at once."""
    form = await request.post()
    away = form.get("away") == "1"
    await request.app[STAFF].change(
        staff_of(request).id, lambda staff: replace(staff, preferences={**staff.preferences, "away": away})
    )
    flash(request, "已登记离岗，B岗可以接办您的件。" if away else "已登记回岗。", "success")
    raise web.HTTPSeeOther("/desk/workload")


async def _change(request: web.Request, make: Callable[[tuple[SavedView, ...]], Iterable[SavedView]]) -> None:
    def changed(staff: Staff) -> Staff:
        stored = [view._asdict() for view in make(saved_views(staff))]
        return replace(staff, preferences={**staff.preferences, "views": stored})

    await request.app[STAFF].change(staff_of(request).id, changed)
