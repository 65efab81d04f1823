"""Early warning: rises with their explanation, groups of near-identical complaints, sums of arrears."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from aiohttp import web

from cases.errors import InvalidInput, NotFound
from cases.figures.early_warning import explain_alarm
from cases.figures.statistics import SMALL_GROUP
from cases.instants import local_date
from cases.people import Role
from cases.ports.audit import AuditAction, AuditEntry
from cases.service.credit.warnings import credit_warnings
from handlers.supervisor import reasons
from handlers.supervisor.attention.alarms import homes, subject
from handlers.supervisor.choices import BOARD_ROLES, choice_of
from handlers.supervisor.keys import ALARMS, STATISTICS
from handlers.supervisor.periods import span_words
from handlers.supervisor.places import place_name
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import AUDIT, NOW, SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

KEPT_DAYS = 60


@allow(*BOARD_ROLES)
async def show_warnings(request: web.Request) -> web.StreamResponse:
    app, choice, actor = request.app, choice_of(request), actor_of(request)
    books, statistics = app[SERVICES].rules.jurisdictions, app[STATISTICS]
    since = local_date(app[NOW]()) - timedelta(days=KEPT_DAYS)
    alarms, groups, places = await asyncio.gather(
        app[ALARMS].list_alarms(homes(app[SERVICES].rules.jurisdictions, actor), since),
        statistics.clusters(choice.selection, choice.period, 20),
        statistics.figures("place", choice.selection, choice.period, ("place",), ("n.amount", "n.amounts")),
    )
    arrears = [
        (place_name(key[0], books), figures.counts["amounts"], figures.counts["amount"], key[0])
        for key, figures in places.items()
        if figures.counts["amounts"] >= SMALL_GROUP
    ]
    context: dict[str, Any] = {
        "choice": choice,
        "period_words": span_words(choice.period),
        "alarms": [
            (alarm, subject(alarm, books), explain_alarm(alarm), _list_of(choice, alarm)) for alarm in alarms
        ],
        "clusters": [
            (choice.cases(band=band, event="filed"), n, facts, place_name(facts.place or "", books))
            for band, n, facts in groups
        ],
        "arrears": sorted(arrears, key=lambda row: -row[2]),
        "arrears_total": sum(row[2] for row in arrears),
        "credit": await credit_warnings(app[SERVICES].integrity, actor, local_date(app[NOW]())),
        "may_note": actor.has(Role.SUPERVISOR),
    }
    return render("supervisor/warning.html", request, context)


def _list_of(choice: Any, alarm: Any) -> str:
    key = alarm.key
    dates = {"since": alarm.since.isoformat(), "until": alarm.on.isoformat()}
    link: str = choice.cases(
        event="filed", domain=key.domain, place=key.place or None, body=key.body or None, **dates
    )
    return link


@allow(Role.SUPERVISOR)
async def acknowledge_alarm(request: web.Request) -> web.StreamResponse:
    """A supervisor says what was found; the note stays with the alarm."""
    app, actor = request.app, actor_of(request)
    note = str((await request.post()).get("note", "")).strip()[:500]
    if not note:
        raise InvalidInput(reasons.CONCLUSION_MISSING)
    id = request.match_info["id"]
    seen = await app[ALARMS].list_alarms(
        homes(app[SERVICES].rules.jurisdictions, actor), local_date(app[NOW]()) - timedelta(days=KEPT_DAYS)
    )
    if id not in {alarm.id for alarm in seen}:
        raise NotFound(reasons.NO_SUCH_WARNING)
    await app[ALARMS].acknowledge(id, note, actor.name, app[NOW]())
    await app[AUDIT].append(
        AuditEntry(at=app[NOW](), actor=actor.id or "", action=AuditAction.ALARM_ACKNOWLEDGED, subject=id)
    )
    flash(request, "已记录。", "success")
    raise web.HTTPSeeOther("/board/warning")
