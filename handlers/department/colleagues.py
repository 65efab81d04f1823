"""The department of whoever is signed in: its name, the people there who may hold cases, who is away."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from cases.people import Actor
from cases.ports.accounts import Staff
from handlers.department.roles import DESK_ROLES
from handlers.web.access.policy import staff_of
from handlers.web.keys import SERVICES, STAFF


def own_department_name(request: web.Request, actor: Actor) -> str:
    books = request.app[SERVICES].rules.jurisdictions
    found = books.find_by_id(actor.department) if actor.department else None
    return found.title if found else ""


async def colleagues(request: web.Request, actor: Actor) -> list[Staff]:
    """Active people of the actor's department who may hold cases."""
    if actor.department is None:
        return []
    return [*await request.app[STAFF].list_active(DESK_ROLES, actor.department)]


async def say_away(request: web.Request, away: bool) -> None:
    """AB岗: who is away says so, and the deputy may take over at once."""
    await request.app[STAFF].change(
        staff_of(request).id, lambda staff: replace(staff, preferences={**staff.preferences, "away": away})
    )
