"""A client that behaves as a browser does: keeps cookies, follows links, posts a page's own form."""

from __future__ import annotations

import html
import re
from types import TracebackType
from typing import Any, Self

import aiohttp
from yarl import URL


class Reply:
    """A response with its body read."""

    def __init__(self, response: aiohttp.ClientResponse, body: bytes) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = body
        self.path = response.url.path

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    def set_cookies(self) -> dict[str, str]:
        """Set-Cookie headers by cookie name, as sent."""
        return {line.split("=", 1)[0]: line for line in self.headers.getall("Set-Cookie", [])}

    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.text)
        assert found, "the page has no form of ours"
        return html.unescape(found[1])


class Browser:
    """Without script, at one address such as http://127.0.0.1:8080."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._session.close()

    async def ask(self, method: str, path: str | URL, *, follow: bool = False, **more: Any) -> Reply:
        url = URL(self.address).join(path if isinstance(path, URL) else URL(path))
        async with self._session.request(method, url, allow_redirects=follow, **more) as response:
            return Reply(response, await response.read())

    async def get(self, path: str | URL, **more: Any) -> Reply:
        return await self.ask("GET", path, **more)

    async def post(self, path: str, data: Any = None, **more: Any) -> Reply:
        return await self.ask("POST", path, data=data, **more)

    async def read(self, path: str) -> str:
        """What the page says, wherever its redirects lead; it must be there."""
        answer = await self.get(path, follow=True)
        assert answer.status == 200, f"{path}: {answer.status}\n{answer.body[:2000]!r}"
        return answer.text

    async def submit(
        self, page: str, fields: dict[str, str], *, to: str | None = None, follow: bool = False
    ) -> Reply:
        """Open a page and post its form with these fields."""
        shown = await self.get(page)
        return await self.post(to or page, {**fields, "csrf": shown.csrf()}, follow=follow)

    async def log_in(self, login: str, password: str, *, page: str = "/login") -> Reply:
        shown = await self.get(page)
        following = re.search(r'name="next" value="([^"]*)"', shown.text[shown.text.index("<main") :])
        return await self.post(
            "/login",
            {
                "login": login,
                "password": password,
                "csrf": shown.csrf(),
                "next": html.unescape(following[1]) if following else "",
            },
        )

    async def move_in(self, login: str, password: str, own: str) -> None:
        """Log in, and choose a password of one's own where that is asked."""
        answer = await self.log_in(login, password)
        assert answer.status == 303, answer.text
        if (await self.get("/account", follow=True)).path == "/account/password":
            chosen = {"current": password, "new": own, "again": own}
            assert (await self.submit("/account/password", chosen)).status == 303

    def cookie(self, name: str) -> str:
        return next(cookie.value for cookie in self._session.cookie_jar if cookie.key == name)

    def has_cookie(self, name: str) -> bool:
        return any(cookie.key == name for cookie in self._session.cookie_jar)

    def set_cookie(self, name: str, value: str) -> None:
        self._session.cookie_jar.update_cookies({name: value}, URL(self.address))
