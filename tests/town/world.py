"""A small desk on real parts: stores on the test's own database, the real rule books, pages and people."""

from __future__ import annotations

import itertools
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from bot.surroundings.outgoing_addresses import OutgoingAddresses
from bot.wiring.core import build_core
from cases.instants import to_instant
from cases.model import Case
from cases.moves.table import Args
from cases.people import CITIZEN, Actor, Role
from cases.ports.accounts import ApiToken, Session, Staff
from cases.records import FreeText
from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.rules.time_limits import load_time_limits
from cases.service.filing import Filed
from cases.service.intake import Report
from cases.service.services import Services
from cases.service.subscriptions import Subscriptions
from cases.vocabulary import Channel, Language, Move
from classify.types import Domain
from handlers.citizen.pages import setup as public_pages
from handlers.department.setup import setup as setup_desk
from handlers.web.keys import (
    EVIDENCE,
    HASH,
    SERVICES,
    SUBSCRIPTIONS,
    WebOptions,
)
from handlers.web.setup import new_application, setup
from storage.opening import Storage
from tests.town.names import TableOfNames

SUNDAY_MORNING = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
RULES = Rules(calendar=WorkCalendar(), limits=load_time_limits(), jurisdictions=Jurisdictions.load())

FINANCE = "630000:省财政厅"
"""Leads 政府采购 in 青海."""
REFORM = "630000:省发展改革委"
"""Coordinates in 青海 and leads 招标投标."""

WORDS = (
    "2025年3月，{body}发布办公设备政府采购公告，我公司中标后货物早已验收，"
    "{body}承诺三十日内付清八十万元采购款，至今一分未付，多次催问都说没有钱。"
)
_serial = itertools.count(1)


@dataclass
class World:
    """Everything a story about the desk needs. `at` is the present; stories move it on."""

    storage: Storage
    services: Services
    client: TestClient[Any, Any]
    clock: list[datetime]
    signed: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.clock[0]

    def later(self, **much: float) -> None:
        self.clock[0] += timedelta(**much)

    # -- people -------------------------------------------------------------------------------------
    async def person(self, name: str, *roles: Role, department: str = FINANCE, **more: Any) -> Staff:
        index = next(_serial)
        staff = Staff(
            id=f"p{index}",
            login=f"login{index}",
            name=name,
            department=department,
            roles=frozenset(roles or {Role.HANDLER}),
            **more,
        )
        await self.storage.staff.add(staff)
        return staff

    async def sign_in(self, staff: Staff) -> dict[str, str]:
        """Headers of a browser that is signed in as this person."""
        secret = secrets.token_urlsafe(32)
        app = self.client.app
        assert app is not None
        await self.storage.sessions.put(
            Session(
                id_hash=app[HASH]("session:" + secret),
                staff=staff.id,
                csrf=f"csrf-{staff.id}",
                created_at=self.now,
                seen_at=self.now,
                expires_at=self.now + timedelta(days=400),
                second_factor=True,
            )
        )
        return {"Cookie": f"session={secret}"}

    async def token(self, staff: Staff, *scopes: str) -> dict[str, str]:
        """Headers of a program with a token of this person."""
        secret = secrets.token_urlsafe(32)
        app = self.client.app
        assert app is not None
        await self.storage.tokens.put(
            ApiToken(
                hash=app[HASH]("token:" + secret),
                name="测试",
                staff=staff.id,
                scopes=frozenset(scopes or {"cases:read", "cases:write"}),
                created_at=self.now,
            )
        )
        return {"Authorization": f"Bearer {secret}"}

    # -- cases --------------------------------------------------------------------------------------
    async def filed(
        self,
        *,
        text: str | None = None,
        accused: str | None = "西宁市城西区教育局",
        domain: Domain = Domain.PROCUREMENT,
        region: str = "630000",
        conversation: str | None = None,
        language: Language = Language.ZH_HANS,
        **more: Any,
    ) -> Case:
        return (await self.file(text, accused, domain, region, conversation, language, **more)).case

    async def file(
        self,
        text: str | None = None,
        accused: str | None = "西宁市城西区教育局",
        domain: Domain = Domain.PROCUREMENT,
        region: str = "630000",
        conversation: str | None = None,
        language: Language = Language.ZH_HANS,
        **more: Any,
    ) -> Filed:
        words = text or WORDS.format(body=accused or "某单位")
        report = Report(
            channel=Channel.WEB,
            language=language,
            text=FreeText(words),
            domain=domain,
            domain_by="citizen",
            region_code=region,
            region_name="青海省",
            accused=accused,
            **more,
        )
        return await self.services.filing.file(
            report, key=f"filing-{next(_serial)}", conversation=conversation
        )

    async def act(self, case: Case, move: Move | str, by: Staff | Actor = CITIZEN, **args: Any) -> Case:
        from cases.lifecycle.table import MOVES

        model: Args = MOVES[Move(move)].args.model_validate(args)
        return await self.services.acting.act(case.number, Move(move), model, actor(by))

    async def claimed(self, by: Staff, case: Case | None = None) -> Case:
        case = case or await self.filed()
        return await self.act(case, Move.CLAIM, by)

    async def accepted(self, by: Staff, case: Case | None = None) -> Case:
        return await self.act(await self.claimed(by, case), Move.ACCEPT, by)

    async def answered(self, by: Staff, case: Case | None = None) -> Case:
        return await self.act(await self.accepted(by, case), Move.ANSWER, by, **OPINION)

    async def reread(self, case: Case) -> Case:
        return await self.storage.cases.get(case.number)

    # -- pages --------------------------------------------------------------------------------------
    async def page(self, path: str, who: dict[str, str], *, status: int = 200) -> str:
        answer = await self.client.get(path, headers=who, allow_redirects=False)
        text = await answer.text()
        assert answer.status == status, f"{path}: {answer.status}\n{text[:2000]}"
        return text

    async def post(self, path: str, staff: Staff, who: dict[str, str], **form: Any) -> Any:
        return await self.client.post(
            path, headers=who, data={"csrf": f"csrf-{staff.id}", **form}, allow_redirects=False
        )


OPINION: dict[str, str] = {
    "outcome": "support",
    "request": "支付采购款八十万元",
    "facts": "经查，货物已于2025年4月验收，款项未付属实。",
    "opinion": "责成该单位于三十日内付清。",
    "legal_basis": "《保障中小企业款项支付条例》第八条",
}


def actor(who: Staff | Actor) -> Actor:
    if isinstance(who, Actor):
        return who
    return Actor(roles=who.roles, id=who.id, name=who.name, department=who.department)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found.group(1)


async def open_world(storage: Storage, options: WebOptions | None = None) -> World:
    clock = [SUNDAY_MORNING]

    def now() -> datetime:
        return to_instant(clock[0])

    core = await build_core(storage, RULES, now)
    options = options or WebOptions(second_factor_roles=frozenset())
    app = new_application(options)
    setup(
        app,
        staff=storage.staff,
        sessions=storage.sessions,
        tokens=storage.tokens,
        audit=storage.audit,
        limits=storage.rate_limits,
        now=now,
        options=options,
        hash_secret=lambda text: storage.keys.digest(text, "web"),
    )
    app[SERVICES], app[EVIDENCE] = core.services, storage.evidence
    addresses = OutgoingAddresses(resolver=TableOfNames())
    app[SUBSCRIPTIONS] = Subscriptions(storage.webhooks, storage.audit, addresses, now)
    setup_desk(app)
    public_pages.add_routes(app)
    client = TestClient(TestServer(app), cookie_jar=None)
    await client.start_server()
    return World(storage, core.services, client, clock)
