"""The yearly statistics of 信访工作条例 第四十一条."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import Any

from aiohttp import web

from cases.errors import InvalidInput
from cases.figures.cells import Figures, total
from cases.figures.statistics import COUNT_PARTS, SMALL_GROUP, TABLE_PARTS, Period
from handlers.supervisor import reasons
from handlers.supervisor.choices import BOARD_ROLES, Choice, choice_of
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.overview.tables import names_for, rolled
from handlers.supervisor.reports.summary import summary
from handlers.web.access.policy import allow
from handlers.web.keys import SERVICES
from handlers.web.pages.templates import render

TOP_BODIES = 20


@allow(*BOARD_ROLES)
async def show_year(request: web.Request) -> web.StreamResponse:
    text = request.match_info["year"]
    if not re.fullmatch(r"20\d\d", text):
        raise InvalidInput(reasons.NO_SUCH_YEAR)
    year, base = int(text), choice_of(request)
    period = Period(date(year, 1, 1), date(year + 1, 1, 1))
    choice = Choice(base.selection, period, "year", f"{year}年")
    statistics, books = request.app[STATISTICS], request.app[SERVICES].rules.jurisdictions
    groups, places, bodies, reviews = await asyncio.gather(
        statistics.figures("work", choice.selection, period, ("home", "domain"), TABLE_PARTS),
        statistics.figures("place", choice.selection, period, ("place",), COUNT_PARTS),
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
