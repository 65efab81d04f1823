"""The door: who opens too many connections, or says nothing on them, takes no place of others."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import ClientSession, web

from bot.wiring.crowd import Crowd, LimitedSite, connections_possible

ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def _hello(_: web.Request) -> web.Response:
    return web.Response(text="hello")


@asynccontextmanager
async def a_door(crowd: Crowd, asleep: float = 60.0) -> AsyncIterator[int]:
    """The port at which the crowd is counted."""
    app = web.Application()
    app.router.add_get("/", _hello)
    runner = web.AppRunner(app, keepalive_timeout=asleep, shutdown_timeout=0.1)
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0))
    await LimitedSite(runner, listener, crowd, 128).start()
    try:
        yield listener.getsockname()[1]
    finally:
        await runner.cleanup()


async def ask(port: int, of: str = "127.0.0.1") -> tuple[asyncio.StreamWriter, bytes]:
    """A connection that stays open, and the first of what it was told; nothing when it was cut."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(of, 0))
    writer.write(ASKED)
    try:
        return writer, await reader.read(12)
    except ConnectionError:
        return writer, b""


async def test_one_address_gets_a_quarter_and_the_next_is_served() -> None:
    async with a_door(Crowd(40, lambda _: False)) as port, AsyncExitStack() as stack:
        told = []
        for _ in range(15):
            writer, said = await ask(port)
            stack.callback(writer.close)
            told.append(said)
        assert told.count(b"HTTP/1.1 200") == 10
        assert told.count(b"") == 5
        writer, said = await ask(port, of="127.0.0.2")
        stack.callback(writer.close)
        assert said == b"HTTP/1.1 200"


async def test_a_place_is_free_again_when_its_holder_has_gone() -> None:
    async with a_door(Crowd(4, lambda _: False)) as port:
        for _ in range(10):
            writer, said = await ask(port)
            assert said == b"HTTP/1.1 200"
            writer.close()
            await writer.wait_closed()
            await asyncio.sleep(0.01)  # until the other side has seen it too


async def test_a_proxy_speaks_for_many_and_the_whole_has_an_end() -> None:
    async with a_door(Crowd(20, lambda address: address == "127.0.0.1")) as port, AsyncExitStack() as stack:
        told = []
        for _ in range(25):
            writer, said = await ask(port)
            stack.callback(writer.close)
            told.append(said)
        assert told.count(b"HTTP/1.1 200") == 20


async def test_who_sends_a_header_bit_by_bit_is_not_waited_for() -> None:
    async with a_door(Crowd(20, lambda _: False), asleep=0.3) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\n")

        async def go_on() -> None:
            while True:
                writer.write(b"X-Slow: yes\r\n")
                await asyncio.sleep(0.05)

        slow = asyncio.create_task(go_on())
        assert await reader.read() == b""
        slow.cancel()
        writer.close()
        async with ClientSession() as visitor, visitor.get(f"http://127.0.0.1:{port}/") as answer:
            assert await answer.text() == "hello"


def test_there_are_places_within_what_the_system_allows() -> None:
    assert 1 <= connections_possible() <= 8192
