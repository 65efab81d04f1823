"""The audit trail for auditors: searched, checked, never changed. Reading it is itself an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web

from cases.instants import start_of
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction, AuditEntry, AuditRow, AuditSearch
from handlers.supervisor.audit.action_names import ACTION_NAMES, action_name, details_of
from handlers.web.access.policy import allow, staff_of
from handlers.web.keys import AUDIT, NOW, STAFF, NavItem
from handlers.web.pages.templates import render
from handlers.web.setup import add_navigation

PAGE = 100
FIELDS = ("subject", "actor", "action", "from", "to")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class TrailLine:
    """An entry in words."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    facts: str
    whole: bool


@allow(Role.AUDITOR)
async def show_trail(request: web.Request) -> web.StreamResponse:
    """By case or account, person, kind and day; newest first."""
    asked = {name: request.query.get(name, "").strip()[:LONGEST] for name in FIELDS}
    people = {staff.id: staff for staff in await request.app[STAFF].list_staff()}
    rows = await request.app[AUDIT].search(_search(asked, people), before=_before(request), limit=PAGE + 1)
    await _note(request, AuditAction.AUDIT_READ, {name: value for name, value in asked.items() if value})
    following = rows[PAGE - 1].seq if len(rows) > PAGE else None
    context = {
        "asked": asked,
        "kinds": ACTION_NAMES,
        "lines": [_line(row, people) for row in rows[:PAGE]],
        "next": f"/audit?{urlencode({**asked, 'before': following})}" if following else "",
        "verified": None,
    }
    return render("supervisor/audit.html", request, context)


@allow(Role.AUDITOR)
async def verify_trail(request: web.Request) -> web.StreamResponse:
    """The whole chain from its first entry, against every anchor kept."""
    fault = await request.app[AUDIT].verify()
    await _note(request, AuditAction.AUDIT_VERIFIED, {"faults": 1 if fault else 0})
    context = {
        "asked": dict.fromkeys(FIELDS, ""),
        "kinds": ACTION_NAMES,
        "lines": [],
        "next": "",
        "verified": fault or "",
    }
    return render("supervisor/audit.html", request, context)


def _search(asked: Mapping[str, str], people: Mapping[str, Staff]) -> AuditSearch:
    """People are found by login or name as well as by id; a day is a day in China."""
    until = _day(asked["to"])
    return AuditSearch(
        subject=_id_of(asked["subject"], people),
        actor=_id_of(asked["actor"], people),
        action=asked["action"],
        since=_day(asked["from"]),
        until=until + timedelta(days=1) if until else None,
    )


def _id_of(words: str, people: Mapping[str, Staff]) -> str:
    found = [staff.id for staff in people.values() if words in (staff.login, staff.name)]
    return found[0] if words and len(found) == 1 else words


def _day(words: str) -> datetime | None:
    try:
        return start_of(date.fromisoformat(words))
    except ValueError:
        return None


def _before(request: web.Request) -> int | None:
    words = request.query.get("before", "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 16 else None


def _line(row: AuditRow, people: Mapping[str, Staff]) -> TrailLine:
    entry = row.entry
    return TrailLine(
        row.seq,
        entry.at,
        _named(entry.actor, people),
        action_name(entry.action),
        "" if entry.subject == entry.actor else _named(entry.subject, people),
        details_of(entry.data),
        row.whole,
    )


def _named(id: str, people: Mapping[str, Staff]) -> str:
    staff = people.get(id)
    return f"{staff.name}（{staff.login}）" if staff else id


async def _note(request: web.Request, action: AuditAction, data: Mapping[str, object]) -> None:
    entry = AuditEntry(request.app[NOW](), staff_of(request).id, action, "audit", dict(data))
    await request.app[AUDIT].append(entry)


def add_routes(app: web.Application) -> None:
    add_navigation(app, NavItem("审计", "/audit", frozenset({Role.AUDITOR})))
    app.router.add_get("/audit", show_trail, allow_head=False)
    app.router.add_get("/audit/verify", verify_trail, allow_head=False)
