"""Who has how much in hand: per person, how many cases, how many late, and who is away (AB岗)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from cases.model import Actor, Case, Role
from cases.ports import CaseFilter, Staff
from cases.service import CaseService
from handlers.department import systems
from handlers.department.access import DESK
from handlers.department.queue_page import colleagues, department_name
from handlers.department.views import colour_of
from handlers.web.keys import SERVICE
from handlers.web.policy import actor_of, allow, staff_of
from handlers.web.templates import render

_MOST = 2000
"""Cases one page of this kind reads at most."""


@dataclass(slots=True)
class Load:
    """What one person holds."""

    person: Staff | None
    open: int = 0
    overdue: int = 0
    amber: int = 0
    waiting: int = 0
    oldest: datetime | None = None

    def add(self, case: Case, now: datetime) -> None:
        colour = colour_of(case, now)
        self.open += 1
        self.overdue += colour == "red"
        self.amber += colour == "amber"
        self.waiting += colour == "paused"
        since = case.holder.since if case.holder else case.filed_at
        self.oldest = min(self.oldest or since, since)


def measure(cases: Iterable[Case], people: Iterable[Staff], now: datetime) -> list[Load]:
    """One row per person, busiest first, and a last one for what nobody holds."""
    by_id = {person.id: Load(person) for person in people}
    free = Load(None)
    for case in cases:
        holder = case.holder.staff if case.holder else None
        by_id.get(holder or "", free).add(case, now)
    rows = sorted(by_id.values(), key=lambda load: (-load.overdue, -load.open))
    return [*rows, free]


async def open_cases(service: CaseService, actor: Actor) -> list[Case]:
    where = CaseFilter(open_only=True, department=actor.department)
    found: list[Case] = []
    cursor: str | None = None
    while len(found) < _MOST:
        page = await service.list_cases(actor, where, limit=200, cursor=cursor)
        found.extend(page.cases)
        cursor = page.next_cursor
        if cursor is None:
            break
    return found


@allow(*DESK)
async def show_workload(request: web.Request) -> web.StreamResponse:
    service, actor = request.app[SERVICE], actor_of(request)
    people = await colleagues(request, actor)
    context = {
        "loads": measure(await open_cases(service, actor), people, service.now()),
        "department": department_name(request, actor),
        "ab": systems.AB_ROLES,
        "away": bool(staff_of(request).preferences.get("away")),
        "is_deputy": actor.has(Role.DEPUTY),
    }
    return render("department/workload.html", request, context)
