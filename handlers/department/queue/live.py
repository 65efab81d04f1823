"""Live updates: tells an open page that something it shows has changed, never what.

All pages of the process share one change stream (see `Services.watch`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from aiohttp import web

from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.access.sessions import still_signed_in
from handlers.web.access.streams import stream_held
from handlers.web.keys import SERVICES, UNSENT

HEARTBEAT = 20.0
"""Seconds between signs of life; also how soon an ended session is noticed."""


@allow(*CASE_ROLES)
async def stream_changes(request: web.Request) -> web.StreamResponse:
    """Server-sent events: `data: <number>` for each change in sight; with ?number= only for that case,
    and then also when somebody begins to write in it.
    """
    with stream_held(request):
        return await _stream(request)


async def _stream(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    await response.write(b"retry: 3000\n\n")
    changes = request.app[SERVICES].desk.watch(actor_of(request))
    only = request.query.get("number")
    with contextlib.suppress(ConnectionResetError):
        await _pass_on(request, response, changes, only)
    return response


async def _who_writes(request: web.Request, only: str | None) -> frozenset[str]:
    """Who has begun to write in this case's forms: what is unsent changes no case, so it is looked up."""
    return frozenset(one.staff for one in await request.app[UNSENT].list_of(only)) if only else frozenset()


async def _pass_on(
    request: web.Request, response: web.StreamResponse, changes: AsyncIterator[str], only: str | None
) -> None:
    coming = asyncio.ensure_future(anext(changes, None))
    writing = await _who_writes(request, only)
    try:
        while True:
            done, _ = await asyncio.wait({coming}, timeout=HEARTBEAT)
            if not done:
                if not await still_signed_in(request):
                    return
                before, writing = writing, await _who_writes(request, only)
                told = f"data: {only}" if before != writing else ": still here"
                await response.write(f"{told}\n\n".encode())
                continue
            number = coming.result()
            if number is None:
                return
            coming = asyncio.ensure_future(anext(changes, None))
            if only is None or only == number:
                await response.write(f"data: {number}\n\n".encode())
    finally:
        coming.cancel()
        with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration):
            await coming
        closing = getattr(changes, "aclose", None)
        if closing is not None:
            await closing()
