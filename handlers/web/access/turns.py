"""How many requests of one caller are answered at once: whoever asks a thousand things waits for himself.

Answering takes the processor; waiting in a caller's own line takes nothing. Bodies are read before, and what
stays open (a stream, a page that waits for its answer) gives its turn back.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from handlers.web.access.callers import client_address, lies_within
from handlers.web.keys import OPTIONS, SIGNED_IN

AT_ONCE = 8
"""Of one caller: a browser opens six connections. A caller is who is signed in, else an address."""


class _Line:
    """The turns of one caller, and how many are in line."""

    def __init__(self) -> None:
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.waiting = 0


TURN: web.RequestKey[_Line] = web.RequestKey("turn")


class Turns:
    """One instance serves the whole process."""

    def __init__(self) -> None:
        self._lines: defaultdict[str, _Line] = defaultdict(_Line)

    @asynccontextmanager
    async def one_for(self, request: web.Request) -> AsyncIterator[None]:
        """A proxy that does not say for whom it asks speaks for many, and waits for nobody."""
        address = client_address(request)
        if lies_within(address, request.app[OPTIONS].trusted_proxies):
            yield
            return
        person = request.get(SIGNED_IN)
        caller = f"person {person.id}" if person else address
        line = self._lines[caller]
        line.waiting += 1
        try:
            await line.turns.acquire()
            request[TURN] = line
            try:
                yield
            finally:
                self.give_back(request)
        finally:
            line.waiting -= 1
            if not line.waiting:
                self._lines.pop(caller, None)

    @staticmethod
    def give_back(request: web.Request) -> None:
        """The request goes on without its turn; a second time changes nothing."""
        line = request.get(TURN)
        if line is not None:
            del request[TURN]
            line.turns.release()


TURNS: web.AppKey[Turns] = web.AppKey("turns")
