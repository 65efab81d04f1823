"""`POST /api/exchange`: a signed letter of the level below, answered with a signed one. Programs only.

Who may write is said by signatures (`cases.service.credit.exchange`), so nothing else is asked. It must not
read the lines.
"""

from __future__ import annotations

from aiohttp import web

from cases.errors import InvalidInput
from cases.service.credit.signed_letters import LARGEST, NO_LETTER
from handlers.web.access.callers import client_address
from handlers.web.access.policy import machine
from handlers.web.keys import EXCHANGE, LIMITS, NOW

LETTERS = 120
"""Letters that one address may send at once, and in each minute."""


@machine
async def take_letter(request: web.Request) -> web.StreamResponse:
    bucket = f"exchange:{client_address(request)}"
    if not await request.app[LIMITS].take(bucket, LETTERS, LETTERS, request.app[NOW]()):
        raise web.HTTPTooManyRequests(headers={"Retry-After": "60"}, text="exchange")
    body = await request.read()
    if len(body) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(max_size=LARGEST, actual_size=len(body))
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise InvalidInput(NO_LETTER) from None
    return web.Response(text=await request.app[EXCHANGE].receive(text), content_type="application/jsonl")
