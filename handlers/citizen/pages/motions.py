"""建议提案办理情况, for everybody where the deployment publishes it: numbers alone, no motion itself."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.errors import NotFound
from cases.instants import local_date
from cases.integrity.spine.mechanisms import ABSENT
from cases.integrity.spine.vocabulary import Kind
from cases.service.credit.motions_report import COLUMNS, MotionTally, motion_period, recent_periods
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.searching import asked_for
from handlers.web.access.policy import machine, public
from handlers.web.keys import NOW, OPTIONS, SERVICES
from handlers.web.pages.caching import OWN, kept


@public
async def show_motions(request: web.Request) -> web.StreamResponse:
    context = await _found(request)
    return kept(request, render_for_reader("citizen/motions.html", request, context), OWN)


@machine
async def send_motions(request: web.Request) -> web.StreamResponse:
    found = await _found(request)
    report = found["report"]
    told = {
        "jurisdiction": found["home"].id,
        "period": report.period.key,
        "whole": _named(report.whole),
        "by_kind": {name: _named(tally) for name, tally in report.by_kind},
        "by_body": {name: _named(tally) for name, tally in report.by_body},
    }
    return kept(request, web.json_response(told))


def _named(tally: MotionTally) -> dict[str, int]:
    return dict(zip(COLUMNS, tally.numbers, strict=True))


async def _found(request: web.Request) -> dict[str, Any]:
    """Raises NotFound where it is not published, for a period there is not, and where no document has it."""
    services, asked = request.app[SERVICES], asked_for(request, "jurisdiction", "period")
    homes = [
        home
        for home in services.rules.jurisdictions.all()
        if Kind.MOTION in services.integrity.kinds_in(home.id)
    ]
    if not request.app[OPTIONS].publish_motions or not homes:
        raise NotFound(ABSENT)
    home = next((one for one in homes if one.id == asked["jurisdiction"]), homes[0])
    year = local_date(request.app[NOW]()).year
    report = await services.integrity.motions_reports.of(home.id, motion_period(asked["period"] or str(year)))
    periods = [one.key for one in recent_periods(year)]
    return {"report": report, "home": home, "homes": homes, "periods": periods, "columns": COLUMNS}
