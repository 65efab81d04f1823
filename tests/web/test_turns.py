"""Whoever asks a hundred things at once waits for himself; the next caller is answered meanwhile."""

from __future__ import annotations

import asyncio
from ipaddress import ip_network

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from handlers.web.access.turns import AT_ONCE, TURNS, Turns
from handlers.web.keys import OPTIONS, WebOptions


async def test_a_caller_waits_in_a_line_of_his_own_and_gives_back_what_stays_open() -> None:
    open_door, busy = asyncio.Event(), []

    @web.middleware
    async def in_line(request: web.Request, handler) -> web.StreamResponse:  # type: ignore[no-untyped-def]
        async with request.app[TURNS].one_for(request):
            answer: web.StreamResponse = await handler(request)
            return answer

    async def answer(request: web.Request) -> web.Response:
        busy.append(request.path)
        if request.path == "/stream":
            request.app[TURNS].give_back(request)
        await open_door.wait()
        return web.Response()

    async def answer_at_once(request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application(middlewares=[in_line])
    app[TURNS], app[OPTIONS] = Turns(), WebOptions(trusted_proxies=(ip_network("127.0.0.1"),))
    app.router.add_get("/quick", answer_at_once)
    app.router.add_get("/{any}", answer)
    async with TestClient(TestServer(app)) as http:

        async def ask(path: str, of: str) -> int:
            return (await http.get(path, headers={"X-Forwarded-For": of})).status

        streams = [asyncio.create_task(ask("/stream", "203.0.113.1")) for _ in range(20)]
        pages = [asyncio.create_task(ask("/page", "203.0.113.1")) for _ in range(30)]
        async with asyncio.timeout(20):
            while len(busy) < 20 + AT_ONCE:
                await ask("/quick", "203.0.113.3")
            assert await ask("/quick", "203.0.113.2") == 200
        assert busy.count("/page") == AT_ONCE
        open_door.set()
        assert set(await asyncio.gather(*streams, *pages)) == {200}
    assert not app[TURNS]._lines, "whoever is gone is forgotten"
