"""Whether the process can work (`/readyz`). What it is doing is the board's `/metrics`."""

from __future__ import annotations

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


def refuse_uploads(no_space: Callable[[], bool]) -> Middleware:
    """Files are refused before they are read while there is no space; short texts still get an answer."""

    @web.middleware
    async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.body_exists and (request.content_length or LARGE) >= LARGE and no_space():
            raise StorageUnavailable(NO_SPACE_LEFT)
        return await handler(request)

    return refuse


def health_routes(database: Database, disk: Disk, stopping: Callable[[], bool]) -> list[web.RouteDef]:
    """`/readyz`: 200 when new work can be taken, 503 with the reasons when not."""

    @machine
    async def say_ready(request: web.Request) -> web.StreamResponse:
        faults = ["disk is nearly full"] if disk.low else []
        if stopping():
            faults.append("stopping")
        try:
            await database.ping()
        except StorageUnavailable:
            faults.append("database cannot be reached")
        body = {"status": "unready" if faults else "ready", "faults": faults}
        return web.json_response(body, status=503 if faults else 200)

    return [web.get("/readyz", say_ready)]
