"""Whether the process can work now (`/readyz`) or could lately (`/healthz`); what it does is `/metrics`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.surroundings.disk import Disk
from cases.errors import StorageUnavailable
from cases.reasons import NO_SPACE_LEFT
from handlers.web.access.policy import Handler, machine
from storage.database.connection import Database

LARGE = 256 * 1024
"""Bytes of a request that count as a file."""


PATIENCE = 1.5
"""Seconds in which a database that is well has answered; a frozen one never does."""
LOST = 60.0
"""Seconds without an answer after which a process is no use to anybody and may be ended."""
BEAT = 5.0


class Pulse:
    """Whether the database answers, and when it last did. Works as a worker: one step, one beat."""

    def __init__(
        self, database: Database, tell: Callable[[str], None], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """`tell` hears of every beat: the service manager's watchdog."""
        self._database = database
        self._tell = tell
        self._seconds = seconds
        self._last = seconds()

    @property
    def alive(self) -> bool:
        return self._seconds() - self._last < LOST

    async def beats(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._database.ping()
        except (StorageUnavailable, TimeoutError):
            return False
        self._last = self._seconds()
        return True

    async def step(self) -> bool:
        if await self.beats():
            self._tell("WATCHDOG=1")
        return False


def refuse_uploads(no_space: Callable[[], bool]) -> Middleware:
    """Files are refused before they are read while there is no space; short texts still get an answer."""

    @web.middleware
    async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.body_exists and (request.content_length or LARGE) >= LARGE and no_space():
            raise StorageUnavailable(NO_SPACE_LEFT)
        return await handler(request)

    return refuse


def health_routes(pulse: Pulse, disk: Disk, stopping: Callable[[], bool]) -> list[web.RouteDef]:
    """`/readyz`: 200 when new work can be taken, 503 with the reasons when not. `/healthz`: is it of use."""

    @machine
    async def say_alive(request: web.Request) -> web.StreamResponse:
        alive = pulse.alive
        return web.json_response({"status": "ok" if alive else "lost"}, status=200 if alive else 503)

    @machine
    async def say_ready(request: web.Request) -> web.StreamResponse:
        faults = ["disk is nearly full"] if disk.low else []
        if stopping():
            faults.append("stopping")
        if not await pulse.beats():
            faults.append("database cannot be reached")
        body = {"status": "unready" if faults else "ready", "faults": faults}
        return web.json_response(body, status=503 if faults else 200)

    return [web.get("/healthz", say_alive), web.get("/readyz", say_ready)]
