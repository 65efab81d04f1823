"""Filters saved under a name (视图 on the page), kept with the account of who saved them.

Shared ones are shown to the whole department.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from cases.ports.accounts import Staff
from handlers.department.lists.wanted import read_wanted
from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, allow, staff_of
from handlers.web.keys import STAFF
from handlers.web.pages.flash import flash

MOST = 12
LONGEST_NAME = 20


class SavedFilters(NamedTuple):
    name: str
    query: str
    shared: bool = False


def filters_of(staff: Staff) -> tuple[SavedFilters, ...]:
    stored = staff.preferences.get("views", ())
    return tuple(SavedFilters(str(v["name"]), str(v["query"]), bool(v.get("shared"))) for v in stored)


def shared_filters(people: Iterable[Staff], own: Staff) -> tuple[tuple[str, SavedFilters], ...]:
    """What colleagues share, with whose it is."""
    return tuple(
        (person.name, saved)
        for person in people
        if person.id != own.id
        for saved in filters_of(person)
        if saved.shared
    )


@allow(*CASE_ROLES)
async def save_filters(request: web.Request) -> web.StreamResponse:
    """Keep the present filters under a name; the same name replaces."""
    form = await request.post()
    name = str(form.get("name", "")).strip()[:LONGEST_NAME]
    wanted = read_wanted(dict(parse_qsl(str(form.get("query", ""))[:500])), actor_of(request))
    query = urlencode(wanted.query())
    if not name:
        flash(request, "请给这个视图起个名字。", "warning")
        raise web.HTTPSeeOther("/desk?" + query)
    new = SavedFilters(name, query, form.get("shared") == "1")
    await _change(request, lambda saved: [*[one for one in saved if one.name != name][-(MOST - 1) :], new])
    flash(request, "已保存视图。", "success")
    raise web.HTTPSeeOther("/desk?" + query)


@allow(*CASE_ROLES)
async def drop_filters(request: web.Request) -> web.StreamResponse:
    form = await request.post()
    await _change(request, lambda saved: [one for one in saved if one.name != form.get("name")])
    raise web.HTTPSeeOther("/desk")


async def _change(
    request: web.Request, make: Callable[[tuple[SavedFilters, ...]], Iterable[SavedFilters]]
) -> None:
    def changed(staff: Staff) -> Staff:
        stored = [saved._asdict() for saved in make(filters_of(staff))]
        return replace(staff, preferences={**staff.preferences, "views": stored})

    await request.app[STAFF].change(staff_of(request).id, changed)
