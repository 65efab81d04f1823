"""Whether the process can work (`/readyz`). What it is doing is the board's `/metrics`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from cases.errors import StorageUnavailable
from handlers.web.policy import machine
from storage.database import Database

LOW_DISK = 512 * 1024 * 1024
"""Bytes free in the data folder below which the process says that it is not ready."""


class Disk:
    """Watches the space in the data folder."""

    def __init__(self, folder: Path, free: Callable[[Path], int] | None = None) -> None:
        self._folder = folder
        self._free = free or (lambda path: shutil.disk_usage(path).free)

    def free(self) -> int:
        try:
            return self._free(self._folder)
        except OSError:
            return 0

    @property
    def low(self) -> bool:
        return self.free() < LOW_DISK


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
