"""A report on a page, as PDF and as Word; its typical cases are chosen and worded here by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from cases.errors import InvalidInput
from cases.figures.reports import KeptReport, ReportContent, TypicalCase
from cases.people import Role
from cases.ports.audit import AuditAction, AuditEntry
from cases.records import FreeText
from cases.text_lengths import LONGEST_REMARK
from handlers.supervisor import reasons
from handlers.supervisor.choices import BOARD_ROLES, Choice
from handlers.supervisor.keys import REPORTS, STATISTICS
from handlers.supervisor.reports.blocks import blocks_of
from handlers.supervisor.reports.content import report_asked
from handlers.supervisor.reports.typical import draft_of
from handlers.web.access.policy import actor_of, allow
from handlers.web.chinese_font import ChineseFont, find_font, has_font
from handlers.web.keys import AUDIT, NOW, OPTIONS, SERVICES
from handlers.web.pages.filters import chinese_datetime
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render
from handlers.web.papers.blocks import DOCX, Block


@dataclass(frozen=True)
class Report:
    """What every form of the report is made from."""

    choice: Choice
    content: ReportContent
    kept: KeptReport
    blocks: tuple[Block, ...]


@allow(*BOARD_ROLES)
async def show_report(request: web.Request) -> web.StreamResponse:
    report, number = await _read(request), request.query.get("number", "").strip()
    may_choose = actor_of(request).has(Role.SUPERVISOR)
    context: dict[str, Any] = {
        "choice": report.choice,
        "content": report.content,
        "cases": report.kept.cases,
        "blocks": [(type(block).__name__, block) for block in report.blocks],
        "may_choose": may_choose,
        "number": number,
        "draft": await draft_of(request, number) if may_choose and number else "",
        "has_font": has_font(request.app[OPTIONS].letter_font),
    }
    return render("supervisor/report.html", request, context)


@allow(*BOARD_ROLES)
async def send_pdf(request: web.Request) -> web.StreamResponse:
    """Raises NoFont when this machine has no Chinese font."""
    # Half a second that a start need not wait for.
    from handlers.web.papers.pdf import write_pdf

    return await _send(
        request,
        "pdf",
        "application/pdf",
        lambda report, font: write_pdf(report.content.title, report.content.span, report.blocks, font),
    )


@allow(*BOARD_ROLES)
async def send_word(request: web.Request) -> web.StreamResponse:
    """Raises NoFont when this machine has no Chinese font: the charts are pictures."""
    from handlers.web.papers.word import write_word

    def write(report: Report, font: ChineseFont) -> bytes:
        content = report.content
        return write_word(content.title, content.span, content.made_at, report.blocks, font)

    return await _send(request, "docx", DOCX, write)


async def _send(
    request: web.Request, ending: str, kind: str, write: Callable[[Report, ChineseFont], bytes]
) -> web.StreamResponse:
    font = find_font(request.app[OPTIONS].letter_font)
    report = await _read(request)
    body = await asyncio.to_thread(write, report, font)
    name = f'attachment; filename="shouxin-{report.choice.period_key}.{ending}"'
    return web.Response(body=body, content_type=kind, headers={"Content-Disposition": name})


async def _read(request: web.Request) -> Report:
    choice, content, kept = await report_asked(request)
    now = request.app[NOW]()
    backlog = await request.app[STATISTICS].backlog(choice.selection, now)
    words = (
        f"现在（{chinese_datetime(now)}）在办{backlog.count()}件，已超期{backlog.count(overdue=True)}件，"
        f"即将到期{backlog.count(amber=True)}件。"
    )
    blocks = blocks_of(content, kept, choice.period, chinese_datetime(content.made_at), words)
    return Report(choice, content, kept, tuple(blocks))


@allow(Role.SUPERVISOR)
async def choose_case(request: web.Request) -> web.StreamResponse:
    """A typical case with the words as edited; the supervisor must be able to see the case."""
    choice, _, kept = await report_asked(request)
    form, actor, now = await request.post(), actor_of(request), request.app[NOW]()
    number, words = str(form.get("number", "")).strip(), str(form.get("words", "")).strip()
    if form.get("leave_out"):
        await request.app[REPORTS].leave_out(kept.id, number)
    else:
        if not 0 < len(words) <= LONGEST_REMARK:
            raise InvalidInput(reasons.WORDS_OF_CASE)
        case = await request.app[SERVICES].desk.get(number, actor)
        chosen = TypicalCase(number=case.number, words=FreeText(words), by=actor.name, at=now)
        await request.app[REPORTS].choose(kept.id, chosen)
    entry = AuditEntry(now, actor.id or "", AuditAction.TYPICAL_CASE, number, {"report": choice.period_key})
    await request.app[AUDIT].append(entry)
    flash(request, "已记录。", "success")
    raise web.HTTPSeeOther(choice.link(f"/board/report/{choice.period_key}", period=None))
