"""A member of staff with a browser without script: cookies, hidden csrf fields, redirects."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, CookieJar

CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Browser:
    """`async with Browser(address) as browser:`"""

    def __init__(self, address: str) -> None:
        self._address = address
        self._session: ClientSession | None = None
        self.page = ""
        self.path = ""

    async def __aenter__(self) -> Self:
        self._session = ClientSession(cookie_jar=CookieJar(unsafe=True))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._session is not None
        await self._session.close()

    async def open(self, path: str) -> str:
        assert self._session is not None
        async with self._session.get(self._address + path) as answer:
            self.page, self.path = await answer.text(), answer.url.path
            assert answer.status == 200, f"{path}: {answer.status}"
        return self.page

    async def send(self, path: str, **fields: str) -> str:
        """Submit a form of the page that is open; follows redirects."""
        assert self._session is not None
        found = CSRF.search(self.page)
        if found is not None:
            fields["csrf"] = found.group(1)
        headers = {"Origin": self._address}
        async with self._session.post(self._address + path, data=fields, headers=headers) as answer:
            self.page, self.path = await answer.text(), answer.url.path
            assert answer.status == 200, f"{path}: {answer.status}"
        return self.page

    async def log_in(self, login: str, password: str, new_password: str) -> None:
        """Sign in and choose a password of one's own where that is asked."""
        await self.open("/login")
        await self.send("/login", login=login, password=password)
        if self.path == "/account/password":
            await self.send("/account/password", current=password, new=new_password, again=new_password)
