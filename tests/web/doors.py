"""Tries every route as every kind of caller. Any application of ours can be put through it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.wiring.secret_hashes import web_hash
from cases.people import Role
from cases.ports.accounts import Session, Staff
from handlers.web.access.policy import Door, Policy, RouteRule
from storage.opening import Storage
from tests.town.live.browser import Browser

TURNED_AWAY = {401: "sign_in", 403: "wrong_role"}


@dataclass(frozen=True, slots=True)
class Caller:
    """Someone at a door, with what they carry."""

    name: str
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] = frozenset()
    by: Door | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def expects(self, policy: Policy) -> str:
        """in, sign_in or wrong_role: what the declaration promises this caller."""
        if policy.door in {Door.PUBLIC, Door.MACHINE, Door.CITIZEN}:
            return "in"
        if self.by is not policy.door:
            return "sign_in"
        if self.roles.isdisjoint(policy.roles):
            return "wrong_role"
        return "in" if policy.door is Door.STAFF or policy.scope in self.scopes else "wrong_role"


async def signed_in_caller(staff: Staff, storage: Storage, now: datetime) -> Caller:
    """A caller with a fresh, complete session."""
    secret = (staff.login + "-" * 43)[:43]
    session = Session(
        id_hash=web_hash(storage.keys, "session:" + secret),
        staff=staff.id,
        csrf="csrf-of-" + staff.login,
        created_at=now,
        seen_at=now,
        expires_at=now + timedelta(hours=12),
        second_factor=True,
    )
    await storage.sessions.put(session)
    return Caller(
        name="+".join(sorted(staff.roles)),
        roles=staff.roles,
        by=Door.STAFF,
        headers={"X-CSRF-Token": session.csrf},
        cookies={"session": secret},
    )


async def outcome(browser: Browser, rule: RouteRule, caller: Caller) -> str:
    """in, sign_in, wrong_role or forged: what the route did."""
    path = re.sub(r"\{[^}]*\}", "x", rule.path)
    cookies = "; ".join(f"{name}={value}" for name, value in caller.cookies.items())
    headers = {"Accept": "application/json", **caller.headers, **({"Cookie": cookies} if cookies else {})}
    answer = await browser.ask(rule.method, path, headers=headers)
    if rule.method == "HEAD":
        return TURNED_AWAY.get(answer.status, "in")
    if answer.status in TURNED_AWAY and '"code"' in answer.text:
        found = re.search(r'"code": "(\w+)"', answer.text)
        return found[1] if found and found[1] in {*TURNED_AWAY.values(), "forged"} else "in"
    return "in"
