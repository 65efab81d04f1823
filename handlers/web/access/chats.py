"""Which conversation a visitor of the web chat is in: a cookie of their own names it."""

from __future__ import annotations

from aiohttp import web

from handlers.web.access.cookies import CHAT_COOKIE, new_secret, put_cookie, read_secret
from handlers.web.access.csrf import SAFE_METHODS
from handlers.web.keys import CHAT, HASH


def open_chat(request: web.Request) -> None:
    """Name the conversation after the cookie; the store sees a hash and cannot forge the cookie from it.

    The cookie lives until the browser closes; a citizen may choose longer (`citizen/webchat/device.py`).
    """
    secret = read_secret(request, CHAT_COOKIE)
    if secret is None:
        if request.method not in SAFE_METHODS:
            return
        secret = new_secret()
        put_cookie(request, CHAT_COOKIE, secret)
    request[CHAT] = request.app[HASH]("chat:" + secret)
