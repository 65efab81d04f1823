"""Whether the process can work (`/readyz`). What it is doing is the board's `/metrics`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Middleware
from loguru import logger

from cases.errors import StorageUnavailable
from cases.reasons import NO_SPACE_LEFT
from handlers.web.access.policy import Handler, machine
from storage.database.connection import Database

MEGABYTE = 1024 * 1024
LARGE = 256 * 1024
"""Bytes of a request that count as a file."""
LAST_SHARE = 4
"""A quarter of the reserve is the last of it: below that not even a refusal is written."""


class Disk:
    """Watches the space in the data folder. `reserve`: the bytes that must stay free."""

    def __init__(self, folder: Path, reserve: int, free: Callable[[Path], int] | None = None) -> None:
        self._folder = folder
        self._reserve = reserve
        self._free = free or (lambda path: shutil.disk_usage(path).free)
        self._was_low = False

    def free(self) -> int:
        try:
            return self._free(self._folder)
        except OSError:
            return 0

    @property
    def low(self) -> bool:
        """Nothing new should be taken in. Says so in the log when it begins and when it ends."""
        low = self.free() < self._reserve
        if low != self._was_low:
            self._was_low = low
            if low:
                logger.critical(
                    "ALERT: the disk is nearly full; new complaints are refused until there is space"
                )
            else:
                logger.warning("there is space on the disk again")
        return low

    @property
    def spent(self) -> bool:
        """Nothing more may be written: what is not taken stays with Telegram and comes again."""
        return self.free() < self._reserve // LAST_SHARE


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
