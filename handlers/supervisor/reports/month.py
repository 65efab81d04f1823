"""The monthly report as a page and as PDF, and the yearly statistics of 信访工作条例 第四十一条."""

from __future__ import annotations

import asyncio
import re
from datetime import date

from aiohttp import web

from cases.errors import NotFound
from cases.figures.statistics import SMALL_GROUP, Period
from handlers.supervisor import reasons
from handlers.supervisor.charts.trend import draw_trend
from handlers.supervisor.choices import BOARD_ROLES, Choice, choice_of
from handlers.supervisor.overview import pictures
from handlers.supervisor.overview.findings import findings
from handlers.supervisor.overview.seen import Seen, see
from handlers.supervisor.overview.tables import BreakdownRow, names_for, rows_of, standing_by
from handlers.supervisor.overview.tallies import days, tallies, voices
from handlers.supervisor.periods import first_of_month
from handlers.supervisor.reports.summary import summary
from handlers.web.access.policy import allow
from handlers.web.chinese_font import find_font, has_font
from handlers.web.keys import OPTIONS, SERVICES
from handlers.web.pages.templates import render

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@allow(*BOARD_ROLES)
async def show_month(request: web.Request) -> web.StreamResponse:
    choice, seen, rows = await _month(request)
    books = request.app[SERVICES].rules.jurisdictions
    whole = seen.whole
    points = pictures.trend_points(seen.points, choice)
    by_domain = rows_of(
        *seen.by(2),
        standing_by(seen.backlog, "domain"),
        choice,
        "domain",
        names_for("domain", books),
    )
    rates, comparison = pictures.comparison(seen.by_home, choice, books)
    context = {
        "choice": choice,
        "month": request.match_info["month"],
        "title": f"{choice.period_name}办理情况报告",
        "summary": summary(whole, seen.whole_before),
        "findings": findings(seen, books),
        "tallies": [tally for tally in tallies(seen) if tally.change != "现在"],
        "trend": draw_trend(points),
        "distribution": pictures.distribution(whole, choice, "handle", "答复用时与承诺"),
        "comparison": comparison if rates else "",
        "rows": rows,
        "domains": by_domain,
        "voices": voices(seen),
        "small": SMALL_GROUP,
        "has_font": has_font(request.app[OPTIONS].letter_font),
    }
    return render("supervisor/report.html", request, context)


async def _month(request: web.Request) -> tuple[Choice, Seen, list[BreakdownRow]]:
    month = request.match_info["month"]
    if not _MONTH.fullmatch(month):
        raise NotFound(reasons.NO_SUCH_MONTH)
    base = choice_of(request)
    start = date.fromisoformat(f"{month}-01")
    period = Period(start, first_of_month(start, 1))
    choice = Choice(base.selection, period, month, f"{start.year}年{start.month}月")
    seen = await see(request, choice)
    books = request.app[SERVICES].rules.jurisdictions
    rows = rows_of(
        *seen.by(1),
        standing_by(seen.backlog, "department"),
        choice,
        "department",
        names_for("department", books),
    )
    return choice, seen, rows


@allow(*BOARD_ROLES)
async def send_month_pdf(request: web.Request) -> web.StreamResponse:
    """Raises NoFont when this machine has no Chinese font."""
    # Half a second that a start need not wait for.
    from handlers.supervisor.reports.month_pdf import ReportContent, draw_report

    font = find_font(request.app[OPTIONS].letter_font)
    choice, seen, rows = await _month(request)
    points = pictures.trend_points(seen.points, choice)
    page = ReportContent(
        title=f"{choice.period_name}办理情况报告",
        sentences=summary(seen.whole, seen.whole_before),
        points=[(point.label, point.filed, point.closed) for point in points],
        columns=[
            (column.label, column.cases, column.late)
            for column in pictures.distribution(seen.whole, choice, "handle", "答复用时与承诺").columns
        ],
        rows=[_pdf_row(row) for row in rows],
    )
    body = await asyncio.to_thread(draw_report, page, font)
    name = f'inline; filename="shouxin-{request.match_info["month"]}.pdf"'
    return web.Response(body=body, content_type="application/pdf", headers={"Content-Disposition": name})


def _pdf_row(row: BreakdownRow) -> list[str]:
    def percent(share: float | None) -> str:
        return "—" if share is None else f"{share:.0%}"

    return [
        row.name, str(row.filed), str(row.closed), str(row.open), str(row.overdue),
        percent(row.accept_on_time), percent(row.handle_on_time), days(row.answer_median),
        percent(row.satisfied),
    ]  # fmt: skip
