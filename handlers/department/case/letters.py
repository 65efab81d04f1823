"""Opinion letters (处理意见书): the printable page, the PDF, and what both say below the signature."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from aiohttp import web

from cases.errors import NotFound
from cases.lifecycle.conflicts import barred
from cases.model import Case, OpinionLetter
from cases.rules.jurisdictions import Jurisdictions
from cases.words import OUTCOME_NAMES
from handlers.department.access import CASE_ROLES
from handlers.department.case.case_page import number_of
from handlers.web.access.policy import actor_of, allow
from handlers.web.chinese_font import NoFont, find_font
from handlers.web.flash import flash
from handlers.web.keys import OPTIONS, SERVICE
from handlers.web.templates import render


def sections(letter: OpinionLetter) -> tuple[tuple[str, str], ...]:
    """What 信访工作条例 第32条 wants in the letter, in its order."""
    return (
        ("一、投诉请求", letter.request),
        ("二、查明的事实和理由", letter.facts),
        ("三、处理意见", f"{OUTCOME_NAMES.get(letter.outcome, letter.outcome)}。{letter.opinion}"),
        ("四、法律法规依据", letter.legal_basis),
    )


def remedy_of(case: Case, letter: OpinionLetter, jurisdictions: Jurisdictions) -> str:
    """How to ask for a review (信访工作条例 第32条、第35条、第36条)."""
    place = case.letters.index(letter) if letter in case.letters else 0
    if case.reviews > 1 and letter == case.letters[-1]:
        return "本意见是复核意见，是此事项的最终意见。以同一事实和理由再次提出的，不再受理。"
    kind = "复查" if place == 0 else "复核"
    above = superior_of(case, letter, jurisdictions)
    return (
        f"如对本意见不服，可以自收到之日起30日内向{above}请求{kind}，"
        "凭查询码在原来的对话里或者网页上提出，也可以书面提出。"
    )


def superior_of(case: Case, letter: OpinionLetter, jurisdictions: Jurisdictions) -> str:
    department = jurisdictions.find_by_id(letter.department)
    accused = case.complaint.accused
    if department is not None:
        for above in jurisdictions.superiors(department):
            if not barred(above, accused, jurisdictions):
                return above.title
    return "上一级机关、单位"


async def _asked_for(request: web.Request) -> tuple[Case, OpinionLetter]:
    case = await request.app[SERVICE].look(number_of(request), actor_of(request))
    index = int(request.match_info["letter"]) - 1
    if not 0 <= index < len(case.letters):
        raise NotFound("没有这份处理意见书。")
    return case, case.letters[index]


@allow(*CASE_ROLES)
async def show_letter(request: web.Request) -> web.StreamResponse:
    case, letter = await _asked_for(request)
    context = {
        "case": case,
        "letter": letter,
        "index": request.match_info["letter"],
        "remedy": remedy_of(case, letter, request.app[SERVICE].jurisdictions),
        "check_at": str(request.url.origin() / "verify"),
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
    remedy = remedy_of(case, letter, request.app[SERVICE].jurisdictions)
    check_at = str(request.url.origin() / "verify")
    data = await asyncio.to_thread(draw_letter, case.number, letter, remedy, check_at, font)
    name = quote(f"{letter.serial}.pdf", safe="")
    headers = {"Content-Disposition": f"inline; filename=\"{case.number}.pdf\"; filename*=UTF-8''{name}"}
    return web.Response(body=data, headers=headers, content_type="application/pdf")
