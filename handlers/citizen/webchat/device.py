"""This computer: how long it remembers the chat, and leaving it so that nothing is left on it.

A cookie lives until the browser closes unless the citizen chose longer. What was filed stays filed, and a
receipt code opens it anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiohttp import web

from handlers.citizen.pages.reader import reader_texts, render_for_reader
from handlers.citizen.webchat.session import ChatStores
from handlers.citizen.webchat.visits import conversation_of
from handlers.web.access.cookies import (
    CHAT_COOKIE,
    KEEP_COOKIE,
    LANGUAGE_COOKIE,
    VISITOR_COOKIE,
    drop_cookie,
    put_cookie,
    read_cookie,
    read_secret,
)
from handlers.web.access.policy import citizen, public

DAYS = ("0", "7", "180")
"""What may be chosen; 0: until the browser closes."""
_DAY = 24 * 3600
CLEAR = '"cache", "cookies", "storage"'


def kept_days(request: web.Request) -> str:
    chosen = read_cookie(request, KEEP_COOKIE)
    return chosen if chosen in DAYS else DAYS[0]


def kept_seconds(request: web.Request) -> int | None:
    """How long a cookie may live; None: until the browser closes."""
    return int(kept_days(request)) * _DAY or None


def renew_life(request: web.Request) -> None:
    """Each visit counts anew; a cookie of earlier versions, which nobody chose, ends with the browser."""
    secret, chosen = read_secret(request, CHAT_COOKIE), read_cookie(request, KEEP_COOKIE)
    if secret is not None:
        put_cookie(request, CHAT_COOKIE, secret, max_age=kept_seconds(request))
    if chosen in DAYS:
        put_cookie(request, KEEP_COOKIE, chosen, max_age=kept_seconds(request))


class Device:
    """The page about this computer, and what can be done there."""

    def __init__(self, stores: ChatStores) -> None:
        self._conversations, self._transcripts, _, self._live, *_ = stores

    def add_routes(self, app: web.Application, bound: Callable[[Any], Any]) -> None:
        app.router.add_get("/chat/device", citizen(bound(self.show_device)))
        app.router.add_post("/chat/device", citizen(bound(self.choose_life)))
        app.router.add_post("/chat/forget", citizen(bound(self.forget)))
        app.router.add_get("/cleared", public(bound(self.show_forgotten)))

    async def show_device(self, request: web.Request) -> web.StreamResponse:
        say = reader_texts(request)
        context = {
            "lives": [(days, say.plain(f"device-life-{days}")) for days in DAYS],
            "kept": kept_days(request),
            "chosen": "chosen" in request.query,
        }
        return render_for_reader("citizen/device.html", request, context)

    async def choose_life(self, request: web.Request) -> web.StreamResponse:
        """How long this browser remembers the chat, from now on."""
        chosen = str((await request.post()).get("days") or "")
        if chosen not in DAYS:
            raise web.HTTPSeeOther("/chat/device")
        lives = int(chosen) * _DAY or None
        for name, value in (
            (CHAT_COOKIE, read_secret(request, CHAT_COOKIE)),
            (LANGUAGE_COOKIE, read_cookie(request, LANGUAGE_COOKIE)),
            (KEEP_COOKIE, chosen),
        ):
            if value is not None:
                put_cookie(request, name, value, max_age=lives)
        raise web.HTTPSeeOther("/chat/device?chosen=1")

    async def forget(self, request: web.Request) -> web.StreamResponse:
        """Lines, cookies, and whatever the browser kept of this site: gone."""
        conversation = conversation_of(request, self._conversations)
        await self._transcripts.erase(conversation)
        self._live.wake(conversation)
        for name in (CHAT_COOKIE, LANGUAGE_COOKIE, VISITOR_COOKIE, KEEP_COOKIE):
            drop_cookie(request, name)
        raise web.HTTPSeeOther("/cleared", headers={"Clear-Site-Data": CLEAR})

    async def show_forgotten(self, request: web.Request) -> web.StreamResponse:
        return render_for_reader("citizen/forgotten.html", request, {})
