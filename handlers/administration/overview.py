"""What of the deployment needs somebody's hand: departments without people, calendars, updates set aside."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from cases.instants import local_date
from cases.people import Role
from handlers.administration.keys import SET_ASIDE
from handlers.web.access.policy import allow
from handlers.web.keys import SERVICES
from handlers.web.pages.templates import render

BOXES = {"inbox": "收到的消息", "outbox": "要发出的消息"}


@allow(Role.ADMIN)
async def show_overview(request: web.Request) -> web.StreamResponse:
    services = request.app[SERVICES]
    books, calendar = services.rules.jurisdictions, services.rules.calendar
    today = local_date(services.now())
    context = {
        "unstaffed": await services.staffing.empty_leads(),
        "years": [(year, calendar.is_official(year)) for year in range(today.year, today.year + 3)],
        "next_year_due": (today + timedelta(days=60)).year > today.year,
        "jurisdictions": books.all(),
        "set_aside": await request.app[SET_ASIDE](),
        "boxes": BOXES,
    }
    return render("administration/overview.html", request, context)
