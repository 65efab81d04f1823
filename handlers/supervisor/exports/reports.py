"""The monthly report as a page and as PDF, and the yearly statistics of 信访工作条例 第四十一条."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import Any

from aiohttp import web

from cases.errors import InvalidInput, NotFound
from cases.figures.cells import Figures, total
from cases.figures.statistics import COUNTS, SMALL_GROUP, TABLE, Period
from cases.instants import local_date
from handlers.supervisor.board import pictures
from handlers.supervisor.board.board_page import Seen, days, findings_of, look, tallies, voices
from handlers.supervisor.board.tables import Row, names_for, rolled, rows_of, standing_by
from handlers.supervisor.choices import BOARD_ROLES, Choice, choice_of
from handlers.supervisor.keys import STATISTICS
from handlers.web.access.policy import allow
from handlers.web.chinese_font import NoFont, find_font, has_font
from handlers.web.keys import NOW, OPTIONS, SERVICE
from handlers.web.templates import render

TOP_BODIES = 20
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@allow(*BOARD_ROLES)
async def list_reports(request: web.Request) -> web.StreamResponse:
    today = local_date(request.app[NOW]())
    start = today.replace(day=1)
    months = []
    for _ in range(13):
        months.append((start.isoformat()[:7], f"{start.year}年{start.month}月"))
        start = pictures.month_start(start, 1)
    years = [today.year - n for n in range(4)]
    return render(
        "supervisor/reports.html",
        request,
        {"months": months, "years": years, "has_font": has_font(request.app[OPTIONS].letter_font)},
    )


@allow(*BOARD_ROLES)
async def show_month(request: web.Request) -> web.StreamResponse:
    choice, seen, rows = await _month(request)
    books = request.app[SERVICE].jurisdictions
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
        "findings": findings_of(seen, books),
        "tallies": [tally for tally in tallies(seen) if tally.change != "现在"],
        "trend": pictures.trend_picture(points),
        "distribution": pictures.distribution(whole, choice, "handle", "答复用时与承诺"),
        "comparison": comparison if rates else "",
        "rows": rows,
        "domains": by_domain,
        "voices": voices(seen),
        "small": SMALL_GROUP,
        "has_font": has_font(request.app[OPTIONS].letter_font),
    }
    return render("supervisor/report.html", request, context)


async def _month(request: web.Request) -> tuple[Choice, Seen, list[Row]]:
    month = request.match_info["month"]
    if not _MONTH.fullmatch(month):
        raise NotFound("没有这个月份的报告。")
    base = choice_of(request)
    start = date.fromisoformat(f"{month}-01")
    period = Period(start, pictures.month_start(start.replace(day=2), -1))
    choice = Choice(base.selection, period, month, f"{start.year}年{start.month}月")
    seen = await look(request, choice)
    books = request.app[SERVICE].jurisdictions
    rows = rows_of(
        *seen.by(1),
        standing_by(seen.backlog, "department"),
        choice,
        "department",
        names_for("department", books),
    )
    return choice, seen, rows


def summary(now: Figures, before: Figures | None = None) -> list[str]:
    """The month in sentences, or the year when there is no month before."""
    counts = now.counts
    last = f"（上月{before.counts['filed']}件）" if before else ""
    sentences = [
        f"登记{counts['filed']}件{last}，办结{counts['closed']}件，"
        f"不予受理{counts['declined']}件，转办{counts['transferred']}次，退回{counts['returned']}次，"
        f"重新办理{counts['reopened']}件。"
    ]
    for kind, label in (("accept", "受理"), ("handle", "答复")):
        judged = now.judged(kind)
        if judged >= SMALL_GROUP:
            sentences.append(
                f"{label}期限已有结果{judged}件，按期{counts[f'{kind}_kept']}件，"
                f"按期率{now.on_time(kind) or 0:.1%}。"
            )
    if now.number("answer") >= SMALL_GROUP:
        median, p90 = now.quantile("answer", 0.5), now.quantile("answer", 0.9)
        sentences.append(f"从登记到答复，一半的件在{days(median)}内，九成在{days(p90)}内。")
    if counts["review_asked"]:
        sentences.append(
            f"申请复查复核{counts['review_asked']}次；改变原处理意见{counts['review_changed']}次，"
            f"维持{counts['review_upheld']}次。"
        )
    if counts["amounts"] >= SMALL_GROUP:
        sentences.append(
            f"政府债务与拖欠类投诉所说金额合计{counts['amount'] / 10_000:,.0f}万元"
            f"（{counts['amounts']}件，未经核实）。"
        )
    return sentences


@allow(*BOARD_ROLES)
async def send_month_pdf(request: web.Request) -> web.StreamResponse:
    """Raises NotFound with a sentence when this machine has no Chinese font."""
    # See letters.py: a start need not wait for it.
    from handlers.supervisor.exports.pdf import Page, draw_report

    try:
        font = find_font(request.app[OPTIONS].letter_font)
    except NoFont as missing:
        raise NotFound(str(missing)) from None
    choice, seen, rows = await _month(request)
    points = pictures.trend_points(seen.points, choice)
    page = Page(
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


def _pdf_row(row: Row) -> list[str]:
    def percent(share: float | None) -> str:
        return "—" if share is None else f"{share:.0%}"

    return [
        row.name, str(row.filed), str(row.closed), str(row.open), str(row.overdue),
        percent(row.accept_on_time), percent(row.handle_on_time), days(row.answer_median),
        percent(row.satisfied),
    ]  # fmt: skip


@allow(*BOARD_ROLES)
async def show_year(request: web.Request) -> web.StreamResponse:
    text = request.match_info["year"]
    if not re.fullmatch(r"20\d\d", text):
        raise InvalidInput("没有这个年度。")
    year, base = int(text), choice_of(request)
    period = Period(date(year, 1, 1), date(year + 1, 1, 1))
    choice = Choice(base.selection, period, "year", f"{year}年")
    statistics, books = request.app[STATISTICS], request.app[SERVICE].jurisdictions
    groups, places, bodies, reviews = await asyncio.gather(
        statistics.figures("work", choice.selection, period, ("home", "domain"), TABLE),
        statistics.figures("place", choice.selection, period, ("place",), COUNTS),
        statistics.top_bodies(choice.selection, year, TOP_BODIES),
        statistics.trend(choice.selection, period, "m"),
    )
    whole = total(groups.values())
    context: dict[str, Any] = {
        "choice": choice,
        "year": year,
        "summary": summary(whole),
        "domains": _year_rows(rolled(groups, 1), names_for("domain", books), whole),
        "departments": _year_rows(rolled(groups, 0), names_for("department", books), whole),
        "places": _year_rows({key[0]: f for key, f in places.items()}, names_for("place", books), whole),
        "bodies": [(name, n) for name, n in bodies if n >= SMALL_GROUP],
        "months": [(f"{int(key[5:7])}月", reviews[key].counts) for key in sorted(reviews)],
        "small": SMALL_GROUP,
        "dates": {"since": f"{year}-01-01", "until": f"{year}-12-31"},
    }
    return render("supervisor/yearly.html", request, context)


def _year_rows(groups: dict[str, Figures], name_of: Any, whole: Figures) -> list[dict[str, Any]]:
    filed = whole.counts["filed"] or 1
    rows = [
        {
            "name": name_of(key),
            "filed": f.counts["filed"],
            "share": f.counts["filed"] / filed,
            "closed": f.counts["closed"],
            "declined": f.counts["declined"],
            "transferred": f.counts["transferred"],
            "supervised": f.counts["ordered"],
            "kept": f.on_time("handle") if f.judged("handle") >= SMALL_GROUP else None,
        }
        for key, f in groups.items()
    ]
    return sorted((row for row in rows if row["filed"]), key=lambda row: -row["filed"])
