"""Who has how much in hand: per person, how many cases, how many late, and who is away (AB岗)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp import web

from cases.model import Case
from cases.people import Actor, Role
from cases.ports.accounts import Staff
from cases.ports.cases import CaseFilter
from cases.ports.subscriptions import PauseReason, SubscriptionState
from cases.service.services import Services
from cases.service.subscriptions import MANAGERS
from cases.vocabulary import Colour
from handlers.department import systems
from handlers.department.colleagues import colleagues, own_department_name, say_away
from handlers.department.lists.views import colour_of
from handlers.department.roles import CASE_ROLES, DESK_ROLES
from handlers.web.access.policy import actor_of, allow, staff_of
from handlers.web.keys import SERVICES, SUBSCRIPTIONS
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

PAUSES: dict[PauseReason, str] = {
    PauseReason.UNREACHABLE: "多次没有送达",
    PauseReason.GONE: "对方已停用",
    PauseReason.OWNER_LEFT: "登记人已离开本单位，请重新登记",
}
DELIVERY_FAULTS = {
    "refused": "对方没有收下",
    "timeout": "对方没有按时回答",
    "tls": "对方的证书不可信",
    "unreachable": "连接不上",
}

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
        self.overdue += colour is Colour.RED
        self.amber += colour is Colour.AMBER
        self.waiting += colour is Colour.PAUSED
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


async def open_cases(services: Services, actor: Actor) -> list[Case]:
    where = CaseFilter(open_only=True, department=actor.department)
    found: list[Case] = []
    cursor: str | None = None
    while len(found) < _MOST:
        page = await services.desk.list_cases(actor, where, limit=200, cursor=cursor)
        found.extend(page.cases)
        cursor = page.next_cursor
        if cursor is None:
            break
    return found


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook of the department as its head reads it."""

    host: str
    trouble: str
    """Why nothing arrives; empty when all is well."""
    paused: bool
    waiting: int
    tried_at: datetime | None


async def hooks_of(request: web.Request, actor: Actor) -> list[Hook]:
    """What heads see of the department's webhooks; nobody else is shown any."""
    if not actor.has(*MANAGERS) or actor.department is None:
        return []
    return [
        Hook(
            host=urlsplit(one.url).hostname or "",
            trouble=PAUSES[one.pause] if one.pause else DELIVERY_FAULTS.get(one.fault, ""),
            paused=one.state is SubscriptionState.PAUSED,
            waiting=one.waiting,
            tried_at=one.tried_at,
        )
        for one in await request.app[SUBSCRIPTIONS].list_own(actor)
    ]


@allow(*DESK_ROLES)
async def show_workload(request: web.Request) -> web.StreamResponse:
    services, actor = request.app[SERVICES], actor_of(request)
    people = await colleagues(request, actor)
    context = {
        "loads": measure(await open_cases(services, actor), people, services.now()),
        "department": own_department_name(request, actor),
        "ab": systems.AB_ROLES,
        "away": bool(staff_of(request).preferences.get("away")),
        "is_deputy": actor.has(Role.DEPUTY),
        "hooks": await hooks_of(request, actor),
    }
    return render("department/workload.html", request, context)


@allow(*CASE_ROLES)
async def set_away(request: web.Request) -> web.StreamResponse:
    away = (await request.post()).get("away") == "1"
    await say_away(request, away)
    flash(request, "已登记离岗，B岗可以接办您的件。" if away else "已登记回岗。", "success")
    raise web.HTTPSeeOther("/desk/workload")
