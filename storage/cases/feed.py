"""One change stream per process, told to any number of listeners.

A page that shows live updates is a listener; a slow one skips to the newest changes instead of holding
up the others. Only numbers and who may see them travel here, never what a case says.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from cases.errors import StorageUnavailable
from storage.database.collection import Collection
from storage.database.encoding import Document

BACKLOG = 1_000
PAUSE = 1.0
STAGES: list[Document] = [
    {"$match": {"operationType": {"$in": ["insert", "replace", "update"]}}},
    {
        "$project": {
            "documentKey": 1,
            "fullDocument.department": 1,
            "fullDocument.seen_by": 1,
            "fullDocument.shut_out": 1,
        }
    },
]


@dataclass(frozen=True, slots=True)
class Changed:
    """A case changed. The other fields only serve to decide who is told."""

    number: str
    department: str
    seen_by: frozenset[str]
    shut_out: frozenset[str]

    def visible_to(
        self, departments: frozenset[str] | None, marks: frozenset[str], *, participants_too: bool
    ) -> bool:
        if marks & self.shut_out:
            return False
        if departments is None:
            return True
        seers = self.seen_by if participants_too else {self.department}
        return not departments.isdisjoint(seers)


class CaseFeed:
    """Starts with the first listener, ends with `close`."""

    def __init__(self, cases: Collection) -> None:
        self._cases = cases
        self._listeners: set[asyncio.Queue[Changed | None]] = set()
        self._pump: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    async def follow(self) -> AsyncIterator[Changed]:
        """Changes from now on."""
        queue: asyncio.Queue[Changed | None] = asyncio.Queue(BACKLOG)
        self._listeners.add(queue)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._read())
        try:
            await self._ready.wait()
            while (change := await queue.get()) is not None:
                yield change
        finally:
            self._listeners.discard(queue)

    async def opened(self) -> None:
        await self._ready.wait()

    async def close(self) -> None:
        """End every listener's loop and the stream."""
        for queue in self._listeners:
            _put(queue, None)
        self._ready.set()
        if self._pump is not None:
            self._pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pump
            self._pump = None

    async def _read(self) -> None:
        while True:
            try:
                async for change in self._cases.watch(STAGES, full_document="updateLookup"):
                    self._ready.set()
                    if change:
                        self._tell(change)
            except StorageUnavailable:
                await asyncio.sleep(PAUSE)

    def _tell(self, change: dict[str, dict[str, object]]) -> None:
        known = change.get("fullDocument") or {}
        told = Changed(
            number=str(change["documentKey"]["_id"]),
            department=str(known.get("department", "")),
            seen_by=_texts(known.get("seen_by")),
            shut_out=_texts(known.get("shut_out")),
        )
        for queue in self._listeners:
            _put(queue, told)


def _texts(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _put(queue: asyncio.Queue[Changed | None], item: Changed | None) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(item)
