"""Cookies: one place for their names and flags, so that none is ever set without them.

Cookies asked for during a request reach the browser with whatever response ends it, streams included.
"""

from __future__ import annotations

import re
import secrets
from http.cookies import SimpleCookie

from aiohttp import web

from handlers.web.access.onion import is_secure
from handlers.web.keys import COOKIES

SESSION_COOKIE = "session"
CHAT_COOKIE = "chat"
VISITOR_COOKIE = "visitor"
THEME_COOKIE = "theme"
DEVICE_COOKIE = "device"
FLASH_COOKIE = "flash"
LANGUAGE_COOKIE = "language"
KEEP_COOKIE = "keep"
"""How many days a citizen wants this browser to remember the chat."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    """256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def cookie_name(request: web.Request, name: str) -> str:
    """Under https the __Host- prefix keeps neighbours on the same domain from planting the cookie."""
    return f"__Host-{name}" if is_secure(request) else name


def read_cookie(request: web.Request, name: str) -> str | None:
    return request.cookies.get(cookie_name(request, name))


def read_secret(request: web.Request, name: str) -> str | None:
    """The value of a cookie we made ourselves; anything of another shape counts as absent."""
    value = read_cookie(request, name)
    return value if value is not None and _SECRET.fullmatch(value) else None


def put_cookie(request: web.Request, name: str, value: str, *, max_age: int | None = None) -> None:
    """Set a cookie on the response of this request. `max_age` in seconds; None = until the browser closes."""
    request.setdefault(COOKIES, {})[name] = (value, max_age)


def drop_cookie(request: web.Request, name: str) -> None:
    request.setdefault(COOKIES, {})[name] = None


async def write_cookies(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler: puts the asked-for cookies on the response just before it is sent."""
    for name, wanted in request.get(COOKIES, {}).items():
        response.headers.add("Set-Cookie", _set_cookie(request, name, wanted))


def _set_cookie(request: web.Request, name: str, wanted: tuple[str, int | None] | None) -> str:
    """The header's value. By the time of the signal aiohttp has already written its own cookies."""
    value, max_age = wanted or ("", 0)
    cookie: SimpleCookie = SimpleCookie({cookie_name(request, name): value})
    morsel = cookie[cookie_name(request, name)]
    morsel["path"], morsel["httponly"], morsel["samesite"] = "/", True, "Lax"
    morsel["secure"] = is_secure(request)
    if max_age is not None:
        morsel["max-age"] = max_age
    return morsel.OutputString()
