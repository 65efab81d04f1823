"""Opinion letters as staff read them: the printable page and the PDF. Either is a look at the case."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from aiohttp import web

from cases.errors import NotFound
from cases.model import Case, OpinionLetter
from handlers.department import reasons
from handlers.department.addresses import number_of
from handlers.department.case.letters import remedy_of
from handlers.department.roles import CASE_ROLES
from handlers.web.access.callers import own_address
from handlers.web.access.policy import actor_of, allow
from handlers.web.chinese_font import NoFont, find_font
from handlers.web.keys import OPTIONS, SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render


async def _asked_for(request: web.Request) -> tuple[Case, OpinionLetter]:
    case = await request.app[SERVICES].desk.look(number_of(request), actor_of(request))
    index = int(request.match_info["letter"]) - 1
    if not 0 <= index < len(case.letters):
        raise NotFound(reasons.NO_SUCH_LETTER)
    return case, case.letters[index]


@allow(*CASE_ROLES)
async def show_letter(request: web.Request) -> web.StreamResponse:
    case, letter = await _asked_for(request)
    context = {
        "case": case,
        "letter": letter,
        "index": request.match_info["letter"],
        "remedy": remedy_of(case, letter, request.app[SERVICES].rules.jurisdictions),
        "check_at": f"{own_address(request)}/verify",
    }
    return render("department/letter.html", request, context)


@allow(*CASE_ROLES)
async def send_pdf(request: web.Request) -> web.StreamResponse:
    """The letter as PDF, with its font's used characters inside; the printable page when there is no font."""
    # Half a second that a start need not wait for.
    from handlers.department.case.letter_pdf import draw_letter

    case, letter = await _asked_for(request)
    try:
        font = find_font(request.app[OPTIONS].letter_font)
    except NoFont as missing:
        flash(request, str(missing), "warning")
        raise web.HTTPSeeOther(f"/desk/cases/{case.number}/letters/{request.match_info['letter']}") from None
    remedy = remedy_of(case, letter, request.app[SERVICES].rules.jurisdictions)
    check_at = f"{own_address(request)}/verify"
    data = await asyncio.to_thread(draw_letter, case.number, letter, remedy, check_at, font)
    name = quote(f"{letter.serial}.pdf", safe="")
    headers = {"Content-Disposition": f"inline; filename=\"{case.number}.pdf\"; filename*=UTF-8''{name}"}
    return web.Response(body=data, headers=headers, content_type="application/pdf")
