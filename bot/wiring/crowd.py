"""How many connections stand open, in all and from one address: one caller cannot take the doors of all.

Decides when a connection comes, before a byte is read; what is asked on it is the pages' affair. Behind a
proxy all come from one address: the proxy limits its own callers, here only the whole is limited.
"""

from __future__ import annotations

import asyncio
import resource
import socket
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

from aiohttp import web
from loguru import logger

from handlers.web.access.callers import one_caller

KEPT_FREE = 256
"""Open files for all that is no visitor: the database, the logs, calls to others."""
OF_ONE_ADDRESS = 4
"""One address holds at most this part of the connections (a quarter)."""
MOST = 8192
"""Connections one process serves; more of them want more processes."""
ASLEEP = 30.0
"""Seconds until a connection must have said what it wants; also how long it may stand unused between two."""
SAY_AGAIN = 60.0
"""Seconds until a refusal or a failure to accept is logged again."""


def connections_possible() -> int:
    """As many as there may be open files, which is raised as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + KEPT_FREE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST if soft == resource.RLIM_INFINITY else max(1, min(MOST, soft - KEPT_FREE))


class Crowd:
    """Who is connected. `known` tells the addresses that speak for many: their share is the whole."""

    def __init__(self, most: int, known: Callable[[str], bool]) -> None:
        self.most = most
        self._known = known
        self._from: defaultdict[str, set[asyncio.Transport]] = defaultdict(set)
        self._said = -SAY_AGAIN

    def admits(self, transport: asyncio.Transport) -> bool:
        """Notes the newcomer, unless there is no place."""
        peer = str((transport.get_extra_info("peername") or ("",))[0])
        share = self.most if self._known(peer) else max(1, self.most // OF_ONE_ADDRESS)
        address = one_caller(peer)
        if len(self._open_from(address)) < share and (self._count() < self.most or self._swept() < self.most):
            self._from[address].add(transport)
            return True
        self._say("connections are refused: too many stand open")
        return False

    def _open_from(self, address: str) -> set[asyncio.Transport]:
        gone = {transport for transport in self._from.get(address, ()) if transport.is_closing()}
        if gone:
            self._from[address] -= gone
        return self._from.get(address, set())

    def _count(self) -> int:
        return sum(map(len, self._from.values()))

    def _swept(self) -> int:
        for address in tuple(self._from):
            if not self._open_from(address):
                del self._from[address]
        return self._count()

    def hear(self, loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        """The loop's troubles. It repeats 'accept' without end while no file can be opened; we do not."""
        if "socket.accept()" in str(context.get("message")):
            self._say("connections cannot be accepted: too many files are open")
        else:
            loop.default_exception_handler(dict(context))

    def _say(self, words: str) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._said >= SAY_AGAIN:
            self._said = now
            logger.warning(words)


class _Arrival(asyncio.Protocol):
    """Stands at the door until it is decided; then the server's own protocol has the connection."""

    def __init__(self, crowd: Crowd, server: Callable[[], asyncio.BaseProtocol]) -> None:
        self._crowd = crowd
        self._server = server

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        if not self._crowd.admits(transport):
            transport.abort()
            return
        protocol = self._server()
        transport.set_protocol(protocol)
        protocol.connection_made(transport)


class LimitedSite(web.SockSite):
    """A site at whose door the crowd is counted."""

    __slots__ = ("_crowd",)

    def __init__(self, runner: web.AppRunner, sock: socket.socket, crowd: Crowd, backlog: int) -> None:
        super().__init__(runner, sock, backlog=backlog)
        self._crowd = crowd

    async def start(self) -> None:
        await web.BaseSite.start(self)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._crowd.hear)
        arrive = partial(_Arrival, self._crowd, cast(web.Server, self._runner.server))
        self._server = await loop.create_server(arrive, sock=self._sock, backlog=self._backlog)
