"""A browser from which somebody has signed in before is known by a cookie: strangers cannot lock it out.

The cookie opens nothing. It only says whose failures are counted together; a new password ends it.
"""

from __future__ import annotations

import hmac

from aiohttp import web

from cases.ports.accounts import Staff
from handlers.web.access.cookies import DEVICE_COOKIE, put_cookie, read_cookie
from handlers.web.keys import HASH

_SECONDS = 180 * 24 * 3600


def is_known(request: web.Request, staff: Staff) -> bool:
    given = read_cookie(request, DEVICE_COOKIE) or ""
    return hmac.compare_digest(given.encode(), _mark(request, staff).encode())


def remember(request: web.Request, staff: Staff) -> None:
    """After a complete login."""
    put_cookie(request, DEVICE_COOKIE, _mark(request, staff), max_age=_SECONDS)


def _mark(request: web.Request, staff: Staff) -> str:
    return request.app[HASH](f"device:{staff.id}:{staff.password_hash}")
