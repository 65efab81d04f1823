"""Files of the page piece by piece: a broken connection costs the piece that was on its way, not the file.

The page asks how many pieces are here and goes on from there; after the last one it sends the file's name as
it would send the file. Pieces lie sealed and are no file of anybody until then; after a day they go.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from cases.ports.evidence import MOST_BYTES
from handlers.citizen.webchat.limits import may_send_piece
from handlers.citizen.webchat.session import ChatStores
from handlers.citizen.webchat.visits import conversation_of
from handlers.web.access.callers import client_address
from handlers.web.access.policy import citizen, citizen_of, takes_files
from handlers.web.keys import LIMITS

PIECE = 256 * 1024
"""Bytes of each piece but the last."""
MOST_PIECES = MOST_BYTES // PIECE
PLACES = frozenset(map(str, range(MOST_PIECES)))
KEPT = timedelta(days=1)
LONGEST_KEY = 100


class Uploads:
    """What of a file has arrived, by the page's own key for it; each chat knows its own only."""

    def __init__(self, stores: ChatStores) -> None:
        self._conversations, self._uploads, self._now = stores.conversations, stores.uploads, stores.now

    def add_routes(self, app: web.Application, bound: Callable[[Any], Any]) -> None:
        app.router.add_get("/chat/file/pieces", citizen(bound(self.count_pieces)))
        app.router.add_post("/chat/file/pieces", takes_files(citizen(bound(self.take_piece))))

    async def count_pieces(self, request: web.Request) -> web.StreamResponse:
        """From which piece to go on."""
        return await self._arrived(request, request.query.get("key", ""))

    async def take_piece(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        key, place, given = str(form.get("key") or ""), str(form.get("place")), form.get("piece")
        piece = given.file.read(PIECE + 1) if isinstance(given, FileField) else b""
        if not key or place not in PLACES or not 0 < len(piece) <= PIECE:
            raise web.HTTPBadRequest(text="piece")
        limits, now = request.app[LIMITS], self._now()
        if not await may_send_piece(limits, citizen_of(request), client_address(request), now):
            raise web.HTTPTooManyRequests(text="pieces", headers={"Retry-After": "10"})
        await self._uploads.put(self._name(request, key), int(place), piece, now + KEPT)
        return await self._arrived(request, key)

    async def whole(self, request: web.Request, key: str, pieces: int) -> bytes | None:
        """The file, once all of so many pieces are here."""
        return await self._uploads.whole(self._name(request, key), pieces) if pieces <= MOST_PIECES else None

    async def forget(self, request: web.Request, key: str) -> None:
        await self._uploads.drop(self._name(request, key))

    async def _arrived(self, request: web.Request, key: str) -> web.StreamResponse:
        return web.json_response({"ok": True, "next": await self._uploads.arrived(self._name(request, key))})

    def _name(self, request: web.Request, key: str) -> str:
        return f"{conversation_of(request, self._conversations)}:{key[:LONGEST_KEY]}"
