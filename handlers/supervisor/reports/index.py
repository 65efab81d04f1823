"""Which reports there are to read and to take away."""

from __future__ import annotations

from aiohttp import web

from cases.instants import local_date
from cases.rules.laws import PETITIONS
from handlers.supervisor.choices import BOARD_ROLES
from handlers.supervisor.periods import first_of_month
from handlers.web.access.policy import allow
from handlers.web.chinese_font import has_font
from handlers.web.keys import NOW, OPTIONS
from handlers.web.pages.templates import render


@allow(*BOARD_ROLES)
async def list_reports(request: web.Request) -> web.StreamResponse:
    today = local_date(request.app[NOW]())
    start = today.replace(day=1)
    months = []
    for _ in range(13):
        months.append((start.isoformat()[:7], f"{start.year}年{start.month}月"))
        start = first_of_month(start, -1)
    years = [today.year - n for n in range(4)]
    return render(
        "supervisor/reports.html",
        request,
        {
            "months": months,
            "years": years,
            "law": PETITIONS.cite("第四十一条"),
            "has_font": has_font(request.app[OPTIONS].letter_font),
        },
    )
