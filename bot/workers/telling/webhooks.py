"""Delivers events to the systems of departments: signed as Standard Webhooks 1.0 asks, one at a time each.

At least once: a receiver tells repetitions by `webhook-id`. A receiver is untrusted: no redirect is
followed, nothing it says is read but the status line and headers, and time is short.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from loguru import logger

from bot.surroundings.outgoing_addresses import OutgoingAddresses
from cases.ports.subscriptions import Attempt, PauseReason, SubscriptionStore, WebhookEvent
from cases.service.subscriptions import WHSEC

TIMES = ClientTimeout(total=10, connect=5)
LEASE_TIME = timedelta(seconds=60)
SCHEDULE = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long to wait after the first, second … failure in a row. One more failure pauses the subscription."""
LONGEST_WISH = timedelta(hours=24)
"""A receiver's Retry-After is honoured up to this."""
HTTP_GONE = 410


def sign(secret: str, id: str, timestamp: int, body: str) -> str:
    """The value of `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(WHSEC))
    digest = hmac.new(key, f"{id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


class Answer(Exception):
    """The receiver did not take the event: its status (None when there was no answer) and why, as a code."""

    def __init__(self, fault: str, status: int | None = None, wish: timedelta | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.status = status
        self.wish = wish


class Webhooks:
    """One step = one event to one receiver."""

    def __init__(
        self,
        store: SubscriptionStore,
        addresses: OutgoingAddresses,
        now: Callable[[], datetime],
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._store = store
        self._addresses = addresses
        self._now = now
        self._given_tls = tls

    async def step(self) -> bool:
        now = self._now()
        attempt = await self._store.claim(now, now + LEASE_TIME)
        if attempt is None:
            return False
        try:
            status = await self._post(attempt.subscription.url, self._headers(attempt), attempt.event)
        except Answer as refused:
            await self._note_failure(attempt, refused)
        else:
            await self._store.delivered(attempt, self._now(), status)
        return True

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made when the first event is sent: reading the certificates of all authorities takes a while."""
        return self._given_tls or ssl.create_default_context()

    def _headers(self, attempt: Attempt) -> dict[str, str]:
        id, timestamp = attempt.event.id, int(self._now().timestamp())
        return {
            "content-type": "application/json",
            "user-agent": "shouxin-webhooks/1",
            "webhook-id": id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": sign(attempt.subscription.secret, id, timestamp, attempt.event.body),
        }

    async def _post(self, url: str, headers: dict[str, str], event: WebhookEvent) -> int:
        """The status, if it was a success. Raises Answer."""
        connector = TCPConnector(
            resolver=self._addresses.resolver(),
            socket_factory=self._addresses.socket_for,
            ssl=self._tls,
            force_close=True,
            use_dns_cache=False,
        )
        try:
            async with (
                ClientSession(
                    connector=connector, timeout=TIMES, cookie_jar=DummyCookieJar(), auto_decompress=False
                ) as session,
                session.post(url, data=event.body.encode(), headers=headers, allow_redirects=False) as said,
            ):
                if 200 <= said.status < 300:
                    return said.status
                raise Answer("refused", said.status, _wish(said.headers.get("Retry-After", "")))
        except TimeoutError:
            raise Answer("timeout") from None
        except (ClientError, OSError, ValueError) as error:
            raise Answer(_name(error)) from None

    async def _note_failure(self, attempt: Attempt, refused: Answer) -> None:
        subscription, now = attempt.subscription, self._now()
        again_at, why = None, PauseReason.UNREACHABLE
        if refused.status == HTTP_GONE:
            why = PauseReason.GONE
        elif subscription.failures < len(SCHEDULE):
            again_at = now + max(_spread(SCHEDULE[subscription.failures]), refused.wish or timedelta(0))
        else:
            logger.warning("ALERT: webhook {} is paused: nothing arrived for days", subscription.id)
        logger.info("webhook {} did not take an event: {}", subscription.id, refused.fault)
        await self._store.failed(
            attempt, now, answer=refused.status, fault=refused.fault, again_at=again_at, why=why
        )


def _spread(wait: timedelta) -> timedelta:
    """Up to a tenth longer, so that receivers that failed together are not tried together."""
    return wait * (1 + random.random() / 10)  # noqa: S311


def _wish(seconds: str) -> timedelta | None:
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 9):
        return None
    return min(timedelta(seconds=int(seconds)), LONGEST_WISH)


def _name(error: BaseException) -> str:
    """What went wrong, as a code: the receiver's own words go nowhere."""
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "tls"
    return "unreachable"
