"""Forms only from our own pages: a token bound to the session, and the browser's word on where it came from.

Staff forms carry the session's token. Visitors (login, web chat, public forms) carry a token derived from
a cookie of their own that other sites can neither read nor set.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from aiohttp import web

from handlers.web.access.bodies import read_form
from handlers.web.access.cookies import VISITOR_COOKIE, new_secret, put_cookie, read_secret
from handlers.web.access.policy import Door, Policy
from handlers.web.keys import CHAT, HASH, SESSION, VISITOR

FIELD = "csrf"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Forged(web.HTTPForbidden):
    """The request did not come from a page of ours, or the page was too old."""


def csrf_token(request: web.Request) -> str:
    """The token for forms on the page this request asks for; makes the visitor's cookie if needed."""
    if CHAT in request:
        return request.app[HASH]("csrf:chat:" + request[CHAT])
    if SESSION in request:
        return request[SESSION].csrf
    visitor = request.get(VISITOR) or read_secret(request, VISITOR_COOKIE)
    if visitor is None:
        visitor = new_secret()
        put_cookie(request, VISITOR_COOKIE, visitor)
    request[VISITOR] = visitor
    return _visitor_token(request, visitor)


async def check_csrf(request: web.Request, policy: Policy) -> None:
    """Raises Forged unless an unsafe request comes from our own page. Machines and tokens have no cookies."""
    if request.method in SAFE_METHODS or policy.door in {Door.API, Door.MACHINE}:
        return
    _check_origin(request)
    expected = _expected(request)
    given = request.headers.get(HEADER)
    if given is None and expected is not None:
        field = (await read_form(request)).get(FIELD)
        given = field if isinstance(field, str) else None
    if expected is None or given is None or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Forged(text="csrf")


def _check_origin(request: web.Request) -> None:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        raise Forged(text="cross-site")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        raise Forged(text="cross-origin")


def _expected(request: web.Request) -> str | None:
    if SESSION in request or CHAT in request:
        return csrf_token(request)
    visitor = read_secret(request, VISITOR_COOKIE)
    return None if visitor is None else _visitor_token(request, visitor)


def _visitor_token(request: web.Request, visitor: str) -> str:
    return request.app[HASH]("csrf:visitor:" + visitor)
