"""Departments at work meanwhile: they claim, accept and write, and their chats are told of new cases."""

from __future__ import annotations

import asyncio
import random

from bot.wiring import Core
from cases.errors import DomainError, StorageUnavailable
from cases.lifecycle import forms
from cases.moves.table import Args
from cases.people import Actor, Role
from cases.ports.accounts import Staff
from cases.ports.conversations import Address
from cases.records import FreeText
from cases.service.intake import Report
from cases.vocabulary import Channel, Language, Move
from tests.chaos.citizens import STORIES
from tests.telegram_standin import ScriptedUser, StandIn

FIRST_STAFF_CHAT = 8_000_000_000
NOTE = "请保持联系，我们正在核实。"


class Handlers:
    """One handler per department that the stories lead to."""

    def __init__(self, core: Core, telegram: StandIn, seed: int) -> None:
        self._core = core
        self._telegram = telegram
        self._chance = random.Random(f"{seed}:desk")
        self.chats: dict[str, ScriptedUser] = {}
        """Department → the chat of its handler."""
        self._actors: list[Actor] = []
        self.confirmed: dict[str, set[str]] = {}
        """Number → keys of the moves that were confirmed to the desk."""

    async def open(self) -> None:
        """Accounts with linked chats; each chat says hello so that the bot may write to it."""
        storage = self._core.storage
        reports = [
            Report(channel=Channel.TELEGRAM, language=Language.ZH_HANS, text=FreeText(s)) for s in STORIES
        ]
        departments = sorted(
            {self._core.services.filing.preview(report).routing.department for report in reports}
        )
        for place, department in enumerate(departments):
            chat = FIRST_STAFF_CHAT + place
            self.chats[department] = self._telegram.user(chat, f"承办人{place}")
            await self.chats[department].says("/start")
            staff = Staff(
                id=f"chaos{place}",
                login=f"chaos{place}",
                name=f"承办甲{place}",
                department=department,
                roles=frozenset({Role.HANDLER, Role.TRIAGE}),
                conversation=storage.conversations.key(Address(Channel.TELEGRAM, str(chat))),
            )
            await storage.staff.add(staff)
            self._actors.append(
                Actor(roles=staff.roles, id=staff.id, name=staff.name, department=staff.department)
            )

    async def work(self) -> None:
        """For ever; each move is repeated under its own key until it is confirmed."""
        while True:
            await asyncio.sleep(self._chance.uniform(0.1, 0.6))
            actor = self._chance.choice(self._actors)
            try:
                case = await self._core.services.desk.claim_next(actor)
            except DomainError:
                continue
            if case is not None:
                await self._handle(case.number, actor)

    async def _handle(self, number: str, actor: Actor) -> None:
        await self._act(number, Move.ACCEPT, None, actor)
        await self._act(number, Move.WRITE, forms.Message(text=NOTE), actor)

    async def _act(self, number: str, move: Move, args: Args | None, actor: Actor) -> None:
        key = f"chaos:{number}:{move.value}"
        while True:
            try:
                await self._core.services.desk.look(number, actor)
                await self._core.services.acting.act(number, move, args, actor, key=key)
            except StorageUnavailable:
                await asyncio.sleep(0.5)
            except DomainError:
                return
            else:
                self.confirmed.setdefault(number, set()).add(key)
                return
