"""The department of whoever is signed in: its name, and the people there who may hold cases."""

from __future__ import annotations

from aiohttp import web

from cases.people import Actor
from cases.ports.accounts import Staff
from handlers.department.roles import DESK_ROLES
from handlers.web.keys import SERVICES, STAFF


def own_department_name(request: web.Request, actor: Actor) -> str:
    books = request.app[SERVICES].rules.jurisdictions
    found = books.find_by_id(actor.department) if actor.department else None
    return found.title if found else ""


async def colleagues(request: web.Request, actor: Actor) -> list[Staff]:
    """Active people of the actor's department who may hold cases."""
    if actor.department is None:
        return []
    people = await request.app[STAFF].list_staff(actor.department)
    return [p for p in people if p.active and not p.roles.isdisjoint(DESK_ROLES)]
