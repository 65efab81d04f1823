"""How every worker runs: step after step while there is work, asleep when there is none, and a clean stop.

A worker knows nothing about what a step does; a step knows nothing about stopping.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from loguru import logger

from bot.backoff import backoff
from bot.logs import new_correlation
from cases.errors import StorageUnavailable

Step = Callable[[], Awaitable[bool]]
"""Does one piece of work; False when there was none."""

LONGEST_PAUSE = 5.0
"""Seconds a worker rests at most after failures: a database is usually back within seconds."""


class Worker:
    """Runs `step` in `tasks` parallel tasks. `wake` ends a sleep early; `poll` bounds it."""

    def __init__(self, name: str, step: Step, *, poll: float = 1.0, tasks: int = 1) -> None:
        self.name = name
        self.step = step
        """One piece of work, by hand."""
        self._poll = poll
        self._count = tasks
        self._wake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def wake(self) -> None:
        """There may be work now."""
        self._wake.set()

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._run(), name=f"{self.name}-{n}") for n in range(self._count)]

    async def stop(self, grace: float) -> None:
        """Let running steps finish for `grace` seconds; what is cut off is done again after its lease."""
        self._stopping.set()
        self._wake.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=grace)
        for task in late:
            task.cancel()
        if late:
            logger.warning("{}: {} steps were cut off at stop and will be repeated", self.name, len(late))
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with logger.contextualize(work=self.name, correlation=new_correlation()):
                    busy = await self._guarded_step()
                failures = 0
            except _Failed:
                failures += 1
                await self._sleep(backoff(failures, longest=LONGEST_PAUSE).total_seconds(), wakeable=False)
                continue
            if not busy:
                await self._sleep(self._poll)

    async def _guarded_step(self) -> bool:
        try:
            return await self.step()
        except StorageUnavailable as error:
            logger.warning("the database cannot be reached, trying again: {}", error)
            raise _Failed from error
        except Exception as error:
            logger.exception("a step failed and will be tried again")
            raise _Failed from error

    async def _sleep(self, seconds: float, *, wakeable: bool = True) -> None:
        event = self._wake if wakeable else self._stopping
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()
        if wakeable:
            self._wake.clear()


class _Failed(Exception):
    """A step raised; the loop backs off."""
