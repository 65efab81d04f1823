"""Letters as staff read them: the printable page, the PDF, and the form that proves delivery. Each is a look.

With the reporter's name only for whom a supervisor granted the one look, which is spent here.
"""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from aiohttp import web

from cases.errors import NotFound
from cases.letters import Letter
from cases.model import Case
from cases.reasons import NO_SUCH_LETTER
from handlers.department.addresses import letter_of, number_of
from handlers.department.case.letters import Sheet, sheet_of, sheet_of_opinion
from handlers.department.roles import CASE_ROLES
from handlers.web.access.onion import printed_address
from handlers.web.access.policy import actor_of, allow
from handlers.web.chinese_font import NoFont, find_font
from handlers.web.keys import OPTIONS, SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render


async def _issued_opinion(request: web.Request) -> tuple[Case, Sheet]:
    """By its place among the opinions of the case: the address that letters always had."""
    case = await request.app[SERVICES].desk.look(number_of(request), actor_of(request))
    index = int(request.match_info["letter"]) - 1
    if not 0 <= index < len(case.letters):
        raise NotFound(NO_SUCH_LETTER)
    return case, sheet_of_opinion(case, case.letters[index], request.app[SERVICES].rules.jurisdictions)


@allow(*CASE_ROLES)
async def show_letter(request: web.Request) -> web.StreamResponse:
    case, sheet = await _issued_opinion(request)
    return show_sheet(
        request, case, sheet, f"/desk/cases/{case.number}/letters/{request.match_info['letter']}"
    )


@allow(*CASE_ROLES)
async def send_pdf(request: web.Request) -> web.StreamResponse:
    """The letter as PDF, with its font's used characters inside; the printable page when there is no font."""
    case, sheet = await _issued_opinion(request)
    page = f"/desk/cases/{case.number}/letters/{request.match_info['letter']}"
    return await send_sheet(request, case, sheet, page)


async def issued_letter(request: web.Request) -> tuple[Case, Letter]:
    """A letter that was signed. Raises NotFound for a draft, which nobody prints as if it were one."""
    case = await request.app[SERVICES].desk.look(number_of(request), actor_of(request))
    letter = case.paper(letter_of(request))
    if letter is None or not letter.issued:
        raise NotFound(NO_SUCH_LETTER)
    return case, letter


@allow(*CASE_ROLES)
async def print_paper(request: web.Request) -> web.StreamResponse:
    case, letter = await issued_letter(request)
    sheet = sheet_of(case, letter, request.app[SERVICES].rules.jurisdictions)
    return show_sheet(request, case, sheet, _page(case, letter), letter)


@allow(*CASE_ROLES)
async def send_paper_pdf(request: web.Request) -> web.StreamResponse:
    case, letter = await issued_letter(request)
    sheet = sheet_of(case, letter, request.app[SERVICES].rules.jurisdictions)
    return await send_sheet(request, case, sheet, f"{_page(case, letter)}/print")


@allow(*CASE_ROLES)
async def print_with_name(request: web.Request) -> web.StreamResponse:
    """The letter to the reporter by name: the one look that was granted is spent by this post. Audited."""
    case, letter = await issued_letter(request)
    services = request.app[SERVICES]
    reporter = await services.desk.reporter_for(case.number, actor_of(request))
    sheet = sheet_of(case, letter, services.rules.jurisdictions, reporter.name or "")
    return show_sheet(request, case, sheet, "", letter)


@allow(*CASE_ROLES)
async def print_receipt(request: web.Request) -> web.StreamResponse:
    """送达回证, with what is known of the delivery and room for the rest."""
    case, letter = await issued_letter(request)
    return render("department/receipt.html", request, {"case": case, "letter": letter})


def _page(case: Case, letter: Letter) -> str:
    return f"/desk/cases/{case.number}/papers/{letter.id.rpartition('-W')[2]}"


def show_sheet(
    request: web.Request, case: Case, sheet: Sheet, page: str, letter: Letter | None = None
) -> web.StreamResponse:
    """`page`: where its PDF is, without the ending; empty for one that is shown only once."""
    context = {
        "case": case,
        "sheet": sheet,
        "page": page,
        "letter": letter,
        "check_at": f"{printed_address(request)}/verify",
    }
    return render("department/letter.html", request, context)


async def send_sheet(request: web.Request, case: Case, sheet: Sheet, page: str) -> web.StreamResponse:
    # Half a second that a start need not wait for.
    from handlers.department.case.letter_pdf import draw_letter

    try:
        font = find_font(request.app[OPTIONS].letter_font)
    except NoFont as missing:
        flash(request, str(missing), "warning")
        raise web.HTTPSeeOther(page) from None
    data = await asyncio.to_thread(draw_letter, sheet, f"{printed_address(request)}/verify", font)
    name = quote(f"{sheet.serial}.pdf", safe="")
    headers = {"Content-Disposition": f"inline; filename=\"{case.number}.pdf\"; filename*=UTF-8''{name}"}
    return web.Response(body=data, headers=headers, content_type="application/pdf")
