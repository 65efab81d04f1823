"""The town: the product over the test's own stores, its pages served, and people who act, file and look.

Workers are stepped by the test, the present is moved by the test.
"""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiohttp.test_utils import TestClient, TestServer

from bot.wiring import Core, token_hash
from bot.wiring.secret_hashes import web_hash
from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.moves.table import Args
from cases.people import CITIZEN, Actor, Role
from cases.ports.accounts import ApiToken, Session, Staff
from cases.records import FreeText
from cases.service.filing import Filed
from cases.service.intake import Report
from cases.service.services import Services
from cases.vocabulary import Channel, Language, Move
from classify.types import Domain
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.parts import PASSWORD_HASH
from tests.town.places import FINANCE
from tests.town.words import OPINION, purchase

if TYPE_CHECKING:
    from bot.wiring.composition import Composition

_serial = itertools.count(1)


class Town:
    """Everything a story needs. Without a client nobody looks at a page."""

    def __init__(self, parts: Composition, watch: Watch, client: TestClient[Any, Any] | None = None) -> None:
        self.parts = parts
        self.watch = watch
        self._client = client

    @property
    def client(self) -> TestClient[Any, Any]:
        """Asks for pages of this town; whoever asks gives headers of their own."""
        assert self._client is not None, "the pages are not served"
        return self._client

    @property
    def address(self) -> str:
        """Where the pages answer, such as http://127.0.0.1:8080/."""
        return str(self.client.make_url("/"))

    @property
    def core(self) -> Core:
        return self.parts.core

    @property
    def storage(self) -> Storage:
        return self.parts.core.storage

    @property
    def services(self) -> Services:
        return self.parts.core.services

    @property
    def now(self) -> datetime:
        return self.watch()

    def later(self, **much: float) -> None:
        self.watch.later(**much)

    # -- people -------------------------------------------------------------------------------------
    async def person(self, name: str, *roles: Role, department: str = FINANCE, **more: Any) -> Staff:
        """Somebody new, whose password is PASSWORD."""
        index = next(_serial)
        staff = Staff(
            **{
                "id": f"p{index}",
                "login": f"login{index}",
                "name": name,
                "department": department,
                "roles": frozenset(roles or {Role.HANDLER}),
                "password_hash": PASSWORD_HASH,
                **more,
            }
        )
        await self.storage.staff.add(staff)
        return staff

    async def sign_in(self, staff: Staff) -> dict[str, str]:
        """Headers of a browser that is signed in as this person."""
        secret = secrets.token_urlsafe(32)
        await self.storage.sessions.put(
            Session(
                id_hash=web_hash(self.storage.keys, "session:" + secret),
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
        await self.storage.tokens.put(
            ApiToken(
                hash=token_hash(self.storage.keys, secret),
                name="测试",
                staff=staff.id,
                scopes=frozenset(scopes or {"cases:read", "cases:write"}),
                created_at=self.now,
            )
        )
        return {"Authorization": f"Bearer {secret}"}

    # -- cases --------------------------------------------------------------------------------------
    async def filed(self, **about: Any) -> Case:
        return (await self.file(**about)).case

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
        """A complaint about the accused, as a citizen confirmed it."""
        report = Report(
            channel=Channel.WEB,
            language=language,
            text=FreeText(text or purchase(accused or "某单位")),
            domain=domain,
            domain_by="citizen",
            region_code=region,
            region_name="青海省",
            accused=(accused,) if accused else None,
            **more,
        )
        return await self.services.filing.file(
            report, key=f"filing-{next(_serial)}", conversation=conversation
        )

    async def act(self, case: Case, move: Move | str, by: Staff | Actor = CITIZEN, **args: Any) -> Case:
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


def actor(who: Staff | Actor) -> Actor:
    if isinstance(who, Actor):
        return who
    return Actor(roles=who.roles, id=who.id, name=who.name, department=who.department)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found.group(1)


@asynccontextmanager
async def open_town(parts: Composition, watch: Watch) -> AsyncIterator[Town]:
    """The pages of these parts served on a port of their own; closes the parts at the end."""
    async with TestClient(TestServer(parts.pages), cookie_jar=None) as client:
        yield Town(parts, watch, client)
    await parts.close()
