"""紧急情况: who may be in danger, said in a chat before or beside a case, and who of ours has seen to it."""

from __future__ import annotations

from aiohttp import web

from cases.words import DANGER_NAMES
from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import SERVICES, STAFF
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render


@allow(*CASE_ROLES)
async def show_emergencies(request: web.Request) -> web.StreamResponse:
    found = await request.app[SERVICES].emergencies.list_for(actor_of(request))
    names = {person.id: person.name for person in await request.app[STAFF].list_staff()}
    context = {"emergencies": found, "kinds": DANGER_NAMES, "names": names}
    return render("department/emergencies.html", request, context)


@allow(*CASE_ROLES)
async def acknowledge_emergency(request: web.Request) -> web.StreamResponse:
    """Somebody has seen to it and says what was done; nobody else is told any more."""
    note = str((await request.post()).get("note", ""))
    await request.app[SERVICES].emergencies.acknowledge(request.match_info["id"], note, actor_of(request))
    flash(request, "已确认。", "success")
    raise web.HTTPSeeOther("/desk/emergencies")
