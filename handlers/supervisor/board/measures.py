"""What every figure of the board means, in words."""

from __future__ import annotations

from aiohttp import web

from cases.figures.measures import MEASURES
from handlers.supervisor.choices import BOARD_ROLES
from handlers.web.access.policy import allow
from handlers.web.pages.templates import render


@allow(*BOARD_ROLES)
async def show_measures(request: web.Request) -> web.StreamResponse:
    return render("supervisor/measures.html", request, {"measures": MEASURES})
