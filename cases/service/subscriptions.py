"""Webhooks of departments: which events a department's own system wants, and where it wants them.

A subscription belongs to a department and lives as long as who made it works there: it sees no more than
that person's department may. Nothing here sends; that is the work of a worker behind `SubscriptionStore`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cases import reasons
from cases.errors import InvalidInput, NotAllowed, NotFound
from cases.instants import to_instant
from cases.people import Actor, Role
from cases.ports.audit import AuditAction, AuditEntry, AuditStore
from cases.ports.subscriptions import Reach, Subscription, SubscriptionStore, WebhookEvent
from cases.vocabulary import EventKind

MANAGERS = (Role.HEAD, Role.ADMIN)
"""Who may say where a department's events go."""
MOST = 5
"""Subscriptions of one department."""
LONGEST_URL = 500
WHSEC = "whsec_"
SECRET_BYTES = 32
PING = "webhook.ping"


class Subscriptions:
    """What a head may do with the webhooks of the own department."""

    def __init__(
        self, store: SubscriptionStore, audit: AuditStore, reach: Reach, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._audit = audit
        self._reach = reach
        self._now = now

    async def register(self, actor: Actor, url: str, events: Collection[EventKind]) -> Subscription:
        """The only answer that holds the secret. Raises InvalidInput or NotAllowed."""
        department = _department(actor)
        address = read_address(url)
        own = await self._store.list_own(department)
        if any(known.url == address for known in own):
            raise InvalidInput(reasons.WEBHOOK_KNOWN)
        if len(own) >= MOST:
            raise InvalidInput(reasons.TOO_MANY_WEBHOOKS, most=MOST)
        if not await self._reach.admits(address):
            raise InvalidInput(reasons.WEBHOOK_OUT_OF_REACH)
        made = Subscription(
            id=secrets.token_hex(8),
            department=department,
            owner=actor.id or "",
            url=address,
            events=frozenset(events),
            secret=WHSEC + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode(),
            created_at=to_instant(self._now()),
        )
        await self._store.add(made)
        await self._record(actor, AuditAction.WEBHOOK_REGISTERED, made.id)
        return made

    async def list_own(self, actor: Actor) -> Sequence[Subscription]:
        return await self._store.list_own(_department(actor))

    async def get(self, actor: Actor, id: str) -> Subscription:
        """Raises NotFound for another department's."""
        found = await self._store.find(id)
        if found is None or found.department != _department(actor):
            raise NotFound(reasons.NO_SUCH_WEBHOOK)
        return found

    async def remove(self, actor: Actor, id: str) -> None:
        await self._store.remove((await self.get(actor, id)).id)
        await self._record(actor, AuditAction.WEBHOOK_REMOVED, id)

    async def ping(self, actor: Actor, id: str) -> Subscription:
        """Send an event that says nothing; a paused subscription goes on with what was waiting."""
        found, now = await self.get(actor, id), to_instant(self._now())
        await self._store.append(found.id, make_event(found.id, secrets.token_hex(8), PING, now, {}), now)
        await self._store.resume(found.id, now)
        await self._record(actor, AuditAction.WEBHOOK_PINGED, id)
        return await self.get(actor, id)

    async def _record(self, actor: Actor, action: AuditAction, id: str) -> None:
        entry = AuditEntry(at=to_instant(self._now()), actor=actor.id or "", action=action, subject=id)
        await self._audit.append(entry)


def make_event(
    subscription: str, key: str, type: str, at: datetime | str, data: dict[str, Any]
) -> WebhookEvent:
    """The same subscription and key always give the same id, so telling again is telling once."""
    digest = hashlib.sha256(f"{subscription}:{key}".encode()).hexdigest()
    said = {"type": type, "timestamp": at if isinstance(at, str) else at.isoformat(), "data": data}
    return WebhookEvent(f"msg_{digest[:32]}", json.dumps(said, ensure_ascii=True, separators=(",", ":")))


def read_address(url: str) -> str:
    """The address, if events may go there as far as its form tells. Raises InvalidInput."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise InvalidInput(reasons.WEBHOOK_NO_ADDRESS) from None
    if parts.scheme != "https" or not parts.hostname or port == 0:
        raise InvalidInput(reasons.WEBHOOK_NOT_HTTPS)
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise InvalidInput(reasons.WEBHOOK_WITH_USER)
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise InvalidInput(reasons.WEBHOOK_FORM, most=LONGEST_URL)
    return url


def _department(actor: Actor) -> str:
    if actor.department is None or not actor.has(*MANAGERS):
        raise NotAllowed(reasons.WEBHOOKS_OF_MANAGERS)
    return actor.department
