"""人大建议、政协提案办理报告: a year or half of one, as a page that leads to each motion, and as papers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

from aiohttp import web

from cases.instants import local_date
from cases.integrity.registers.motions import BLUEPRINT, JUDGEMENT_NAMES, MOTION_NAMES, RESULT_NAMES
from cases.integrity.spine.subjects import home_of
from cases.integrity.spine.vocabulary import Kind
from cases.service.credit.motions_report import MotionsReport, MotionTally, motion_period, recent_periods
from handlers.credit.roles import AWARD_ROLES
from handlers.credit.sheets import SHEET, watermarked
from handlers.web.access.policy import actor_of, allow
from handlers.web.chinese_font import find_font
from handlers.web.keys import NOW, OPTIONS, SERVICES
from handlers.web.pages.filters import chinese_date
from handlers.web.pages.templates import render
from handlers.web.papers.blocks import DOCX, Block, Heading, Sentence, Table

HEADERS = (
    "",
    "收到",
    "已答复",
    "按期答复",
    "逾期未答复",
    "办理中",
    "A类",
    "B类",
    "C类",
    "满意",
    "基本满意",
    "不满意",
)
"""Of the numbers of a tally, the name before them."""


class Found(NamedTuple):
    report: MotionsReport
    place: str
    basis: str
    as_of: str

    @property
    def title(self) -> str:
        return f"{self.place}{self.report.period.name}人大建议、政协提案办理情况"

    @property
    def about(self) -> str:
        received = f"{self.report.period.span}{self.report.whole.received}件"
        return f"{received}。依据{self.basis}。数字截至{self.as_of}。"


@allow(*AWARD_ROLES)
async def choose_period(request: web.Request) -> web.StreamResponse:
    """The year that runs, unless another period is chosen."""
    year = local_date(request.app[NOW]()).year
    raise web.HTTPSeeOther(f"/credit/motions/{motion_period(request.query.get('period') or str(year)).key}")


@allow(*AWARD_ROLES)
async def show_motions_report(request: web.Request) -> web.StreamResponse:
    found = await _found(request)
    year = local_date(request.app[NOW]()).year
    context = {
        "found": found,
        "periods": recent_periods(year),
        "headers": HEADERS,
        "tables": tuple(tables_of(found.report)),
        "kinds": MOTION_NAMES,
        "statuses": BLUEPRINT.statuses,
    }
    return render("credit/motions_report.html", request, context)


@allow(*AWARD_ROLES)
async def send_motions_report(request: web.Request) -> web.StreamResponse:
    """As PDF, Word or a sheet. Raises NoFont where a PDF is asked for and no Chinese font is."""
    found, ending = await _found(request), request.match_info["ending"]
    if ending == "xlsx":
        body, media = await asyncio.to_thread(_sheet, found), SHEET
    elif ending == "pdf":
        # half a second that a start need not wait for
        from handlers.web.papers.pdf import write_pdf

        font = find_font(request.app[OPTIONS].letter_font)
        body = await asyncio.to_thread(write_pdf, found.title, found.about, blocks_of(found), font)
        media = "application/pdf"
    else:
        from handlers.web.papers.word import write_word

        font, now = find_font(request.app[OPTIONS].letter_font), request.app[NOW]()
        body = await asyncio.to_thread(write_word, found.title, found.about, now, blocks_of(found), font)
        media = DOCX
    name = f'attachment; filename="motions-{found.report.period.key}.{ending}"'
    return web.Response(body=body, content_type=media, headers={"Content-Disposition": name})


async def _found(request: web.Request) -> Found:
    """Raises NotFound for a period there is not, and where no document has the mechanism."""
    period = motion_period(request.match_info["period"])
    services = request.app[SERVICES]
    home = home_of(actor_of(request), services.rules)
    basis = services.integrity.basis(Kind.MOTION, home.id).citation
    report = await services.integrity.motions_reports.of(home.id, period)
    return Found(report, home.name, basis, chinese_date(request.app[NOW]()))


def tables_of(report: MotionsReport) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """By kind with the sum, and by body."""
    whole = ("合计", report.whole)
    yield "一、按类别", tuple(_row(name, tally) for name, tally in (*report.by_kind, whole))
    yield "二、按承办单位", tuple(_row(name, tally) for name, tally in report.by_body)


def _row(name: str, tally: MotionTally) -> tuple[str, ...]:
    return (name, *map(str, tally.numbers))


def blocks_of(found: Found) -> tuple[Block, ...]:
    return tuple(_blocks(found))


def _blocks(found: Found) -> Iterator[Block]:
    for title, rows in tables_of(found.report):
        yield Heading(title)
        yield Table(HEADERS, rows) if rows else Sentence("没有。")
    names = "；".join(RESULT_NAMES.values())
    yield Sentence(f"{names}。办理结果和评价按现在的登记计算，登记有误已撤下的不计。", small=True)


def _sheet(found: Found) -> bytes:
    """One row a motion: the figures above can be made from it."""
    heads = ("编号", "类别", "案由", "承办单位", "收到", "答复期限", "状态", "办理结果", "答复日期", "评价")
    rows = [
        (
            one.number,
            MOTION_NAMES[one.what],
            str(one.title),
            one.subject.name,
            chinese_date(one.received_on),
            chinese_date(one.due_on),
            BLUEPRINT.statuses[one.status],
            RESULT_NAMES[one.result] if one.result else "",
            chinese_date(one.answered_on) if one.answered_on else "",
            JUDGEMENT_NAMES[one.judged] if one.judged else "",
        )
        for one in found.report.whole.motions
    ]
    widths = (14, 12, 50, 28, 16, 16, 14, 28, 16, 12)
    return watermarked("建议提案", found.about, [(found.title,), heads, *rows], widths)
