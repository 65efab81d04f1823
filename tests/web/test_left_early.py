"""Somebody who leaves in the middle of a download is no error of ours."""

from __future__ import annotations

import asyncio

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from loguru import logger

from handlers.web.access.policy import Handler
from handlers.web.pages.errors import HAS_LEFT, answer_errors


async def test_who_leaves_during_a_download_raises_no_alarm() -> None:
    statuses: asyncio.Queue[int] = asyncio.Queue()

    @web.middleware
    async def note(request: web.Request, handler: Handler) -> web.StreamResponse:
        response: web.StreamResponse = await handler(request)
        statuses.put_nowait(response.status)
        return response

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    app = web.Application(middlewares=[note, answer_errors])
    app.router.add_get("/", endless)
    lines: list[str] = []
    sink = logger.add(lines.append, level="WARNING")
    runner = web.AppRunner(app)  # as the process has it: a handler is not cancelled, it finds nobody there
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as http:
        async with http.get(f"http://127.0.0.1:{runner.addresses[0][1]}/") as answer:
            await answer.content.read(10)
        assert await asyncio.wait_for(statuses.get(), 30) == HAS_LEFT
    await runner.cleanup()
    logger.remove(sink)
    assert lines == []


async def test_a_connection_of_ours_that_breaks_is_still_an_error() -> None:
    async def broken(request: web.Request) -> web.StreamResponse:
        raise ConnectionResetError

    app = web.Application(middlewares=[answer_errors])
    app.router.add_get("/", broken)
    async with TestServer(app) as server, ClientSession() as http, http.get(server.make_url("/")) as answer:
        assert answer.status == 500
