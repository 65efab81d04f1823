"""Carries what changed in records to the level above, batch by batch, and compares with it once a night.

One process of a deployment does this at a time. What is not answered is sent again, unchanged; a level above
that has another sequence is asked what it has.
"""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from loguru import logger

from bot.backoff import backoff
from bot.workers.leases import Leases
from cases.errors import DomainError, StorageUnavailable
from cases.instants import local_date, to_instant
from cases.service.credit.exchange import Differences, Exchange
from cases.service.credit.signed_letters import LARGEST

ROUTE = "/api/exchange"
TIMES = ClientTimeout(total=60, connect=10)
LEASE, LEASE_TIME = "exchange", timedelta(minutes=5)
LONGEST_WAIT = 3600.0
HTTP_CONFLICT = 409

Post = Callable[[str], Awaitable[str]]
"""A letter to the level above; its answer. Raises NotTaken."""


class NotTaken(Exception):
    """No answer, or a refusal: its status, None where there was none."""

    def __init__(self, why: str, status: int | None = None) -> None:
        super().__init__(why)
        self.status = status


class UpperLevel:
    """The level above over HTTP. No redirect is followed; its answer counts by its signature alone."""

    def __init__(self, address: str, tls: ssl.SSLContext | None = None) -> None:
        self._address = address + ROUTE
        self._tls = tls

    async def post(self, letter: str) -> str:
        connector = TCPConnector(ssl=self._tls if self._tls is not None else True, force_close=True)
        try:
            async with (
                ClientSession(connector=connector, timeout=TIMES, cookie_jar=DummyCookieJar()) as session,
                session.post(
                    self._address,
                    data=letter.encode(),
                    headers={"Content-Type": "application/jsonl"},
                    allow_redirects=False,
                ) as said,
            ):
                if said.status == 200:
                    return (await _read(said)).decode()
                raise NotTaken(str(said.status), said.status)
        except (TimeoutError, ClientError, OSError, ValueError) as error:
            raise NotTaken(type(error).__name__) from None


async def _read(said: ClientResponse) -> bytes:
    body = bytearray()
    async for piece in said.content.iter_any():
        body += piece
        if len(body) > LARGEST:
            raise ValueError(len(body))
    return bytes(body)


class Reporting:
    """One step = one batch, or the comparison of the night."""

    def __init__(self, exchange: Exchange, post: Post, leases: Leases, now: Callable[[], datetime]) -> None:
        self._exchange = exchange
        self._post = post
        self._leases = leases
        self._now = now

    async def step(self) -> bool:
        now = self._now()
        own = await self._exchange.outgoing()
        if own.again_at is not None and own.again_at > now:
            return False
        if not await self._leases.acquire(LEASE, now, now + LEASE_TIME):
            return False
        try:
            batch = None if own.compared_on is None else await self._exchange.next_batch()
            if batch is None:
                return own.compared_on != local_date(now) and bool(await self.compare())
            await self._exchange.take_answer(await self._post(batch))
            return True
        except NotTaken as refused:
            if refused.status == HTTP_CONFLICT:
                await self._exchange.note(compared_on=None)
            await self._wait(str(refused))
        except StorageUnavailable:
            raise
        except DomainError as strange:
            await self._wait(strange.reason.code)
        return False

    async def compare(self) -> Differences:
        """Raises NotTaken, and what `Exchange.compare` raises."""
        found = await self._exchange.compare(await self._post(await self._exchange.ask_months()))
        if found.strange:
            logger.warning("ALERT: the level above has records unknown here: {}", len(found.strange))
        return found

    async def _wait(self, why: str) -> None:
        failures = (await self._exchange.outgoing()).failures + 1
        logger.warning("the level above did not take a batch ({}), {} times in a row", why, failures)
        wait = backoff(failures, base=5, longest=LONGEST_WAIT)
        await self._exchange.note(failures=failures, again_at=to_instant(self._now() + wait))
