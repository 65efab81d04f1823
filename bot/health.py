"""Whether the process can work (`/readyz`) and what it is doing (`/metrics`). Nothing about any case."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest

from cases.errors import StorageUnavailable
from handlers.web.policy import machine
from storage.database import Database

LOW_DISK = 512 * 1024 * 1024
"""Bytes free in the data folder below which new complaints are politely refused."""


class Gauges:
    """The figures of one process; a registry of its own, so that several apps can live in one test."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "shouxin_updates_total", "Updates handled", ["outcome"], registry=self.registry
        )
        self.deliveries = Counter(
            "shouxin_deliveries_total", "Calls delivered", ["channel", "outcome"], registry=self.registry
        )
        self.disk_free = Gauge(
            "shouxin_disk_free_bytes", "Free space of the data folder", registry=self.registry
        )


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


def health_routes(
    database: Database, disk: Disk, gauges: Gauges, stopping: Callable[[], bool]
) -> list[web.RouteDef]:
    """`/readyz` and `/metrics`. A proxy should not pass `/metrics` on to the public."""

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

    @machine
    async def show_metrics(request: web.Request) -> web.StreamResponse:
        gauges.disk_free.set(disk.free())
        body = generate_latest(gauges.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/readyz", say_ready), web.get("/metrics", show_metrics)]
