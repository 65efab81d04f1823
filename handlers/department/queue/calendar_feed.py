"""期限日历: due dates of the cases in one's hands, for the calendar of a phone or a mail program.

The address is secret, ends after a year, and is revoked with one button. It tells number, clock and day: no
word of a complaint, no place, no accused body, because calendars are read by other companies' programs.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from aiohttp import web

from cases.errors import NotFound
from cases.instants import local_date
from cases.model import Case
from cases.people import Actor, Role
from cases.ports.accounts import Staff
from cases.ports.cases import CaseFilter
from cases.service.services import Services
from cases.service.staff.accounts import Accounts
from cases.words import CLOCK_NAMES
from handlers.department.reasons import NO_SUCH_PAGE
from handlers.department.roles import CASE_ROLES
from handlers.web.access.onion import own_address
from handlers.web.access.policy import allow, machine, staff_of
from handlers.web.access.scopes import CALENDAR
from handlers.web.access.tokens import find_bearer, hash_token
from handlers.web.keys import AUDIT, NOW, SERVICES, SESSIONS, STAFF, TOKENS
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

NAME = "期限日历"
DAYS = 365
MOST = 500


@allow(*CASE_ROLES)
async def show_calendar(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@allow(*CASE_ROLES)
async def make_calendar(request: web.Request) -> web.StreamResponse:
    """A new secret address, shown once; the one before stops working."""
    person, accounts = staff_of(request), _accounts(request.app)
    await _revoke_all(accounts, person)
    secret = secrets.token_urlsafe(32)
    await accounts.make_token(
        person.id,
        person,
        name=NAME,
        scopes=frozenset({CALENDAR}),
        days=DAYS,
        hash=hash_token(request.app, secret),
    )
    return await _page(request, f"{own_address(request)}/calendar/{secret}.ics")


@allow(*CASE_ROLES)
async def revoke_calendar(request: web.Request) -> web.StreamResponse:
    await _revoke_all(_accounts(request.app), staff_of(request))
    flash(request, "原来的日历地址已经失效。", "success")
    raise web.HTTPSeeOther("/desk/calendar")


@machine
async def send_calendar(request: web.Request) -> web.StreamResponse:
    """The feed. Raises NotFound for an address that is wrong, over or revoked."""
    bearer = await find_bearer(request.app, request.match_info["secret"])
    if bearer is None or CALENDAR not in bearer.token.scopes or not bearer.owner.actor.has(*CASE_ROLES):
        raise NotFound(NO_SUCH_PAGE)
    services = request.app[SERVICES]
    cases = await _in_hand(services, bearer.owner.actor)
    return web.Response(
        body=calendar_of(cases, services.now()).encode(),
        content_type="text/calendar",
        charset="utf-8",
        headers={"Cache-Control": "private, max-age=900"},
    )


def calendar_of(cases: Iterable[Case], now: datetime) -> str:
    """RFC 5545: one whole-day event for each running clock and each open order."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shouxin//due dates//ZH", f"X-WR-CALNAME:{NAME}"]
    for case in cases:
        due = [(c.kind.value, CLOCK_NAMES[c.kind], c.due_at) for c in case.clocks if c.running]
        due += [(order.id, "督办回复", order.due_at) for order in case.orders if order.answered_at is None]
        for key, name, at in due:
            day = local_date(at)
            lines += [
                "BEGIN:VEVENT",
                f"UID:{case.number}-{key}@shouxin",
                f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
                f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
                f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
                f"SUMMARY:{case.number} {name}",
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
            ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


async def _in_hand(services: Services, actor: Actor) -> tuple[Case, ...]:
    """Held by this person; of the whole department for its head."""
    holder = None if actor.has(Role.HEAD) else actor.id
    where = CaseFilter(open_only=True, department=actor.department, holder=holder)
    found: list[Case] = []
    cursor: str | None = None
    while len(found) < MOST:
        page = await services.desk.list_cases(actor, where, limit=200, cursor=cursor)
        found.extend(page.cases)
        cursor = page.next_cursor
        if cursor is None:
            break
    return tuple(found)


def _accounts(app: web.Application) -> Accounts:
    return Accounts(app[STAFF], app[SESSIONS], app[TOKENS], app[AUDIT], app[NOW])


async def _revoke_all(accounts: Accounts, person: Staff) -> None:
    for token in await accounts.tokens.list_tokens():
        if token.staff == person.id and token.scopes == {CALENDAR}:
            await accounts.revoke_token(person.id, token)


async def _page(request: web.Request, address: str = "") -> web.Response:
    person = staff_of(request)
    known = await request.app[TOKENS].list_tokens()
    context = {
        "address": address,
        "tokens": [one for one in known if one.staff == person.id and one.scopes == {CALENDAR}],
        "is_head": person.actor.has(Role.HEAD),
    }
    return render("department/calendar.html", request, context)
