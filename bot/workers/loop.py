"""How every worker runs: step after step while there is work, asleep when there is none, and a clean stop.

A worker knows nothing about what a step does; a step knows nothing about stopping. What this process knows
already is given as a job; looking for work (`step`) finds what others left: one look at a time, now and then.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from loguru import logger

from bot.backoff import backoff
from bot.logs import new_correlation
from cases.errors import StorageUnavailable

Step = Callable[[], Awaitable[bool]]
"""Does one piece of work; False when there was none."""
Job = Callable[[], Awaitable[object]]
"""One known piece of work."""

LONGEST_PAUSE = 5.0
"""Seconds a worker rests at most after failures: a database is usually back within seconds."""


class Worker:
    """Runs jobs and `step` in `tasks` parallel tasks. `wake` makes one of them look; `poll` is the rest."""

    def __init__(self, name: str, step: Step, *, poll: float = 1.0, tasks: int = 1) -> None:
        self.name = name
        self.step = step
        """One piece of work, by hand."""
        self._poll = poll
        self._count = tasks
        self._jobs: deque[Job] = deque()
        self._looks = 0
        """How often somebody still has to look."""
        self._sleepers: deque[asyncio.Future[None]] = deque()
        self._timers: set[asyncio.TimerHandle] = set()
        self._soon: asyncio.TimerHandle | None = None
        self._next_poll: asyncio.TimerHandle | None = None
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def has_room(self) -> bool:
        """Whether a job given now is begun soon; never while nothing runs."""
        return bool(self._tasks) and len(self._jobs) < self._count and not self._stopping.is_set()

    def wake(self) -> None:
        """There may be work now: one task looks, however many sleep."""
        self._looks = min(self._looks + 1, self._count)
        self._rouse()

    def wake_soon(self, delay: float) -> None:
        """The same within `delay` seconds, once for all who ask meanwhile."""
        if self._soon is None or self._soon.when() < asyncio.get_running_loop().time():
            self._soon = asyncio.get_running_loop().call_later(delay, self.wake)

    def give(self, job: Job, delay: float = 0.0) -> bool:
        """Work that is known already, for the next free task; after `delay` seconds, if given.

        False once it stops: what has been claimed for it must be let go. What a stop finds waiting for its
        time is left to whoever looks next.
        """
        if self._stopping.is_set():
            return False
        if delay > 0:
            self._later(delay, job)
        else:
            self._jobs.append(job)
            self._rouse()
        return True

    def _later(self, delay: float, job: Job) -> None:
        def due() -> None:
            self._timers.discard(timer)
            self.give(job)

        timer = asyncio.get_running_loop().call_later(delay, due)
        self._timers.add(timer)

    def start(self) -> None:
        self._looks = 1
        self._tasks = [asyncio.create_task(self._run(), name=f"{self.name}-{n}") for n in range(self._count)]

    async def stop(self, grace: float) -> None:
        """Let running steps finish for `grace` seconds; what is cut off is done again after its lease."""
        self._stopping.set()
        for timer in (*self._timers, *([self._next_poll] if self._next_poll else ())):
            timer.cancel()
        while self._sleepers:
            self._rouse()
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
        failures, in_a_row = 0, 0
        while (work := await self._next()) is not None:
            looked = work is self.step
            try:
                with logger.contextualize(work=self.name, correlation=new_correlation()):
                    found = await self._guarded(work)
                failures = 0
            except _Failed:
                failures += 1
                await self._rest(backoff(failures, longest=LONGEST_PAUSE).total_seconds())
                self.wake()
                continue
            in_a_row = in_a_row + 1 if looked and found else 0
            if in_a_row:
                self.wake()
            if in_a_row > 1:  # there is more than one can do
                self.wake()

    async def _next(self) -> Step | Job | None:
        """A job, or a look if one is wanted; None at the end."""
        while True:
            if self._jobs:
                return self._jobs.popleft()
            if self._stopping.is_set():
                return None
            if self._looks:
                self._looks -= 1
                self._set_alarm()
                return self.step
            await self._sleep()

    def _set_alarm(self) -> None:
        """The next look without being asked comes `poll` seconds after the last one."""
        if self._next_poll is not None:
            self._next_poll.cancel()
        self._next_poll = asyncio.get_running_loop().call_later(self._poll, self._alarm)

    def _alarm(self) -> None:
        self._set_alarm()
        self.wake()

    async def _sleep(self) -> None:
        sleeper = asyncio.get_running_loop().create_future()
        self._sleepers.append(sleeper)
        try:
            await sleeper
        except asyncio.CancelledError:
            if sleeper in self._sleepers:
                self._sleepers.remove(sleeper)
            raise

    def _rouse(self) -> None:
        while self._sleepers:
            sleeper = self._sleepers.popleft()
            if not sleeper.done():
                sleeper.set_result(None)
                return

    async def _guarded(self, work: Step | Job) -> object:
        try:
            return await work()
        except StorageUnavailable as error:
            logger.warning("the database cannot be reached, trying again: {}", error)
            raise _Failed from error
        except Exception as error:
            logger.exception("a step failed and will be tried again")
            raise _Failed from error

    async def _rest(self, seconds: float) -> None:
        """After a failure; only a stop ends it early."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


class _Failed(Exception):
    """A step raised; the loop backs off."""
