"""Every route of the whole process under requests nobody sane would send: refused or answered, never a 5xx.

`FUZZ_UPDATES` scales how many requests each route gets. The API's own document is tried by schemathesis
in `tests/department/api/test_api_contract.py`.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import secrets
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout, FormData, web

from bot.wiring import App, utc_now
from bot.wiring.secret_hashes import web_hash
from cases.people import Role
from cases.ports.accounts import ApiToken, Session, Staff
from cases.records import FreeText
from cases.service.intake import Report
from cases.vocabulary import Channel, Language
from handlers.web.access.policy import Door, RouteRule
from storage.database.connection import Database
from tests.fuzz.shapes import WORDS
from tests.town.live.parts import whole_process
from tests.town.words import STORY

TIMES = max(3, int(os.environ.get("FUZZ_UPDATES", "300")) // 150)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
NAMES = (
    *("q", "view", "cursor", "limit", "status", "domain", "after", "before", "month", "from", "until"),
    *("department", "region", "csrf", "text", "reason", "login", "password", "next", "page", "sort", "ids"),
    *("number", "code", "receipt", "items", "days", "staff", "version", "outcome", "file", "language"),
    *("period", "service_code", "description", "lat", "long", "jurisdiction_id", "start_date", "button"),
)
NASTY = (
    *WORDS[:-2],
    *("null", "-1", "0", "99999999999999999999", "1e309", "NaN", "2026-02-30", "2026-13-01", "9999-12-31"),
    *("../../etc/passwd", "%00", "' or 1=1 --", '{"$gt":""}', "[]", "a,b,c", "\r\nSet-Cookie: x=1", "=cmd()"),
)
SIGN_IN_EVERY = 20
LONGEST = 400
"""Signs in one value: aiohttp itself refuses addresses of more than 8 KB, with a body even to HEAD."""
STREAMS = frozenset({"/chat/live", "/desk/events"})
ACCEPTS = ("*/*", "text/html", "application/json", "text/event-stream", "application/xml", ";;;", "")


class Rambler:
    """Sends requests as nobody, as staff with every role, and as a program with a token."""

    def __init__(self, app: App, http: ClientSession, chance: random.Random) -> None:
        self._app = app
        self._http = http
        self._chance = chance
        self._who: list[dict[str, str]] = []
        """Headers of those who ask."""
        self._known: list[str] = []
        self.answers: Counter[int] = Counter()
        self.broken: list[str] = []

    async def move_in(self) -> None:
        """A case to look at, and someone who may look."""
        storage, services = self._app.core.storage, self._app.core.services
        report = Report(channel=Channel.WEB, language=Language.ZH_HANS, text=FreeText(STORY))
        filed = await services.filing.file(report, key="fuzz", conversation=None)
        self._known = [filed.case.number, filed.receipt, filed.case.department, "fuzz"]
        self._staff = Staff(
            id="fuzz",
            login="fuzz",
            name="承办甲",
            department=filed.case.department,
            roles=frozenset(Role) - {Role.CITIZEN, Role.SYSTEM},
        )
        await storage.staff.add(self._staff)

    async def sign_in(self) -> None:
        """New keys: those in use end with the first random logout, change of password or lock."""
        storage = self._app.core.storage
        await storage.staff.change(self._staff.id, lambda _: self._staff)
        secret, token, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), utc_now()
        later = now + timedelta(days=1)
        hashed = web_hash(storage.keys, "session:" + secret)
        session = Session(hashed, self._staff.id, "c" * 32, now, now, later, second_factor=True)
        await storage.sessions.put(session)
        scopes = frozenset({"cases:read", "cases:write", "cases:file"})
        await storage.tokens.put(
            ApiToken(web_hash(storage.keys, "token:" + token), token[:8], self._staff.id, scopes, now)
        )
        self._who = [{}, *[{"Cookie": f"session={secret}", "X-CSRF-Token": "c" * 32}] * 3]
        self._who.append({"Authorization": f"Bearer {token}"})
        page = await (await self._http.get(self._app.address + "/")).text()
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        if found is not None:
            self._who.append({"X-CSRF-Token": found.group(1)})

    def entitled(self, rule: RouteRule) -> dict[str, str]:
        """Headers with which this route lets one in, token and all."""
        assert rule.policy is not None
        return self._who[{Door.API: 4, Door.STAFF: 1}.get(rule.policy.door, 0)]

    async def asks(self, method: str, path: str) -> None:
        """One request to this route, with whatever comes to mind."""
        address = self._app.address + re.sub(r"\{[^}]+\}", lambda _: self._piece(), path)
        headers = {**self._chance.choice(self._who), "Accept": self._chance.choice(ACCEPTS)}
        if self._chance.random() < 0.2:
            headers[self._chance.choice(("If-Match", "If-None-Match", "Range", "Idempotency-Key"))] = (
                "x;,=\t1"
            )
        try:
            async with self._http.request(
                method, address, params=self._fields(), headers=headers, allow_redirects=False, **self._body()
            ) as answer:
                self.answers[answer.status] += 1
                if answer.status >= 500:
                    self.broken.append(f"{method} {path}: {answer.status}")
        except TimeoutError:
            self.broken.append(f"{method} {path}: no answer")

    def _piece(self) -> str:
        return re.sub(r"[/?#\\%\x00-\x20]", "", self._value()) or "x"

    def _value(self) -> str:
        return str(self._chance.choice((*self._known, *self._known, *NASTY)))[:LONGEST]

    def _fields(self) -> dict[str, str]:
        return {
            self._chance.choice(NAMES): self._value() for _ in range(self._chance.choice((0, 0, 1, 2, 4)))
        }

    def _body(self) -> dict[str, Any]:
        kind = self._chance.choice(("none", "form", "form", "json", "raw", "file"))
        if kind == "form":
            return {"data": self._fields()}
        if kind == "json":
            return {"json": self._chance.choice((self._fields(), [], None, "x", 1, {"text": {"$ne": 1}}))}
        if kind == "raw":
            return {"data": self._chance.randbytes(self._chance.choice((0, 10, 3000)))}
        if kind == "file":
            form = FormData({"text": self._value()})
            form.add_field("file", self._chance.randbytes(500), filename=self._piece() + ".pdf")
            return {"data": form}
        return {}


@pytest.mark.timeout(3600)
async def test_fuzz_no_route_answers_with_a_server_error(
    mongo_uri: str, mongo_client: Database, tmp_path: Path
) -> None:
    chance = random.Random(20261122)
    patience = ClientTimeout(total=30)
    async with (
        whole_process(mongo_uri, mongo_client, tmp_path, webhook_url="https://example.org") as app,
        ClientSession(timeout=patience) as http,
    ):
        rambler = Rambler(app, http, chance)
        await rambler.move_in()
        routes = _routes(app.pages)
        assert len(routes) > 60
        for place, (method, path) in enumerate(routes * TIMES):
            if place % SIGN_IN_EVERY == 0:
                await rambler.sign_in()
            await rambler.asks(method if chance.random() < 0.9 else chance.choice(METHODS), path)
    print(f"  {rambler.answers.total()} requests to {len(routes)} routes: {dict(rambler.answers)}")  # noqa: T201
    assert not rambler.broken, Counter(rambler.broken).most_common(20)


def _routes(pages: web.Application) -> list[tuple[str, str]]:
    """Method and path of each; streams that never end are left to their own tests."""
    found = set()
    for route in pages.router.routes():
        resource = route.resource
        if resource is not None and "/static" not in resource.canonical and resource.canonical not in STREAMS:
            found.add((route.method if route.method != "*" else "GET", resource.canonical))
    return sorted(found)


async def test_the_loop_is_free_again() -> None:
    """Whatever the requests left running has ended with the process."""
    await asyncio.sleep(0)
    names = [task.get_name() for task in asyncio.all_tasks()]
    assert not [name for name in names if name.startswith(("inbox-", "outbox-", "relay-"))]
