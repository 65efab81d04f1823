"""People over the API: the reporter, once a second person approved, and whether the token's owner is away."""

from __future__ import annotations

from aiohttp import web

from handlers.department.addresses import number_of
from handlers.department.api import shapes
from handlers.department.api.scopes import WRITE
from handlers.department.colleagues import say_away
from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, api
from handlers.web.keys import SERVICES
from handlers.web.openapi_parts import Json, operation, says, takes
from handlers.web.programs import read_body, say


@api(WRITE, *CASE_ROLES)
async def read_reporter(request: web.Request) -> web.StreamResponse:
    """One look, spent by this request and audited. Asked for with the move `request_unseal`."""
    reporter = await request.app[SERVICES].desk.reporter_for(number_of(request), actor_of(request))
    out = shapes.ReporterOut(name=reporter.name, contact=reporter.contact, original=reporter.original)
    return say(out)


@api(WRITE, *CASE_ROLES)
async def set_presence(request: web.Request) -> web.StreamResponse:
    """离岗 and back, for the owner of the token."""
    given = await read_body(request, shapes.PresenceIn)
    await say_away(request, given.away)
    return web.Response(status=204)


def people_paths(number: Json) -> Json:
    """Of both, for the document; `number` is the parameter that names a case."""
    return {
        "/cases/{number}/reporter": {
            "parameters": [number],
            "post": operation(
                "件",
                "readReporter",
                "查看投诉人信息",
                WRITE,
                {"200": says(shapes.ReporterOut, "投诉人信息，只答这一次")},
                description="先办理 request_unseal，由督办员批准；批准一次只能查看一次，有记录。",
            ),
        },
        "/presence": {
            "put": operation(
                "人员",
                "setPresence",
                "离岗、回岗",
                WRITE,
                {"204": {"description": "已登记；离岗时不能领取，B岗可以接办"}},
                requestBody=takes(shapes.PresenceIn),
            )
        },
    }
