"""Accounts for the people of the demo; all share one password, which opens invented data only."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.demo.people import People
from bot.surroundings.key_file import write_secret
from cases.ports.accounts import LoginTaken, Staff, StaffStore
from handlers.web.signing_in.passwords import Passwords, new_password

PASSWORD_FILE = "demo-password"  # noqa: S105


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


class Hiring:
    """Gives everybody who has come an account."""

    def __init__(self, store: StaffStore, people: People, password_hash: str) -> None:
        self._store = store
        self._people = people
        self._password_hash = password_hash
        self._hired: set[str] = set()
        self._lock = asyncio.Lock()

    async def catch_up(self) -> None:
        async with self._lock:
            for login in [login for login in self._people.by_login if login not in self._hired]:
                await self._hire(login)

    async def _hire(self, login: str) -> None:
        person = self._people.by_login[login]
        staff = Staff(
            id=str(person.id),
            login=login,
            name=person.name,
            department=str(person.department),
            roles=person.roles,
            password_hash=self._password_hash,
        )
        with suppress(LoginTaken):
            await self._store.add(staff)
        self._hired.add(login)
