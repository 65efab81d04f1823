"""Accounts of the demo: every department that gets a case has people, and all share one password."""

from __future__ import annotations

import asyncio
import random
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.surroundings.key_file import write_secret
from cases.people import Actor, Role
from cases.ports.accounts import LoginTaken, Staff, StaffStore
from cases.rules.jurisdictions import Jurisdictions
from handlers.web.signing_in.passwords import Passwords, new_password

PASSWORD_FILE = "demo-password"  # noqa: S105
FAMILY = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = ("安平", "晓明", "文静", "立新", "春华", "秋实", "志远", "海宁", "雨桐", "思源", "启航", "明德")


async def demo_password(folder: Path, store: StaffStore, passwords: Passwords) -> str:
    """The same at every start, so that it can be shown again; it opens invented data only.

    Where its file is lost, every account gets a new one before that is kept: what is shown opens them.
    """
    path = folder / PASSWORD_FILE
    if kept := await asyncio.to_thread(_read, path):
        return kept
    password = new_password()
    hashed = await passwords.hash(password)
    for person in await store.list_staff():
        await store.change(person.id, lambda known: replace(known, password_hash=hashed))
    await asyncio.to_thread(write_secret, path, password)
    return password


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


@dataclass
class People:
    """Who works where. Made department by department as cases arrive."""

    store: StaffStore
    password_hash: str
    jurisdictions: Jurisdictions
    chance: random.Random
    _teams: dict[str, dict[str, Actor]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _hiring: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def team(self, department: str) -> dict[str, Actor]:
        """handler, second (B岗) and head of a department."""
        async with self._hiring:
            return await self._hire(department)

    async def _hire(self, department: str) -> dict[str, Actor]:
        if department not in self._teams:
            home = self.jurisdictions.jurisdiction_of(department)
            area = home.id if home else "region"
            number = self._counts[area] = self._counts.get(area, 0) + 1
            coordinator = home is not None and home.coordinator == department
            desk = {Role.HANDLER, Role.TRIAGE} if coordinator else {Role.HANDLER}
            team = self._teams[department] = {}
            for post, roles in (
                ("handler", desk),
                ("second", desk | {Role.DEPUTY}),
                ("head", {Role.HEAD}),
            ):
                team[post] = await self._add(f"{post}.{area}.{number}", department, frozenset(roles))
        return self._teams[department]

    async def add_overseers(self) -> None:
        """An administrator, and a supervisor per jurisdiction at its coordinator."""
        await self._add("admin", self.jurisdictions.default.coordinator, frozenset({Role.ADMIN}))
        for jurisdiction in self.jurisdictions.all():
            self._teams[f"over:{jurisdiction.id}"] = {
                "supervisor": await self._add(
                    f"supervisor.{jurisdiction.id}", jurisdiction.coordinator, frozenset({Role.SUPERVISOR})
                )
            }

    def supervisor_of(self, department: str) -> Actor | None:
        home = self.jurisdictions.jurisdiction_of(department)
        return self._teams[f"over:{home.id}"]["supervisor"] if home else None

    async def _add(self, login: str, department: str, roles: frozenset[Role]) -> Actor:
        name = self.chance.choice(FAMILY) + self.chance.choice(GIVEN)
        staff = Staff(
            id=secrets.token_hex(8),
            login=login,
            name=name,
            department=department,
            roles=roles,
            password_hash=self.password_hash,
        )
        try:
            await self.store.add(staff)
        except LoginTaken:
            found = await self.store.find_by_login(login)
            if found is not None:
                staff = found
        return Actor(roles=staff.roles, id=staff.id, name=staff.name, department=staff.department)
