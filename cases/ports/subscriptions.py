"""Webhooks of departments: which events a department's own system wants, where, and what waits to be sent.

Nothing here sends: a worker claims an attempt and says how it ended.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cases.vocabulary import EventKind


class SubscriptionState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    """Nothing is sent, what happens is kept; a ping sets it going again."""


class PauseReason(StrEnum):
    UNREACHABLE = "unreachable"
    """Every try failed for days."""
    GONE = "gone"
    """The receiver answered 410."""
    OWNER_LEFT = "owner_left"
    """Who registered it no longer works in the department."""


@dataclass(frozen=True, slots=True)
class Subscription:
    id: str
    department: str
    owner: str
    """Staff id of who registered it."""
    url: str
    events: frozenset[EventKind]
    secret: str
    """As shown once to the owner: whsec_ and Base64. Sealed at rest."""
    created_at: datetime
    state: SubscriptionState = SubscriptionState.ACTIVE
    pause: PauseReason | None = None
    failures: int = 0
    """Tries in a row that failed."""
    tried_at: datetime | None = None
    answer: int | None = None
    """HTTP status of the last try; None when there was no answer."""
    fault: str = ""
    """Why the last try failed, as a code; empty when it did not."""
    waiting: int = 0
    """Events that are still to be delivered."""


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """One event for one subscription. `id` stays the same however often it is sent."""

    id: str
    body: str
    """The JSON that is signed and sent, byte for byte."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A leased subscription with its oldest event that was not delivered."""

    subscription: Subscription
    event: WebhookEvent
    token: str


class SubscriptionStore(Protocol):
    """Subscriptions and what each still has to be sent, oldest first."""

    async def add(self, subscription: Subscription) -> None: ...
    async def list_own(self, department: str) -> Sequence[Subscription]: ...
    async def find(self, id: str) -> Subscription | None: ...
    async def remove(self, id: str) -> None:
        """With everything that was waiting for it."""

    async def list_wanting(self, departments: Collection[str], kind: EventKind) -> Sequence[Subscription]: ...
    async def append(self, id: str, event: WebhookEvent, now: datetime) -> None:
        """Idempotent by the event's id, also after it was delivered."""

    async def resume(self, id: str, now: datetime) -> None:
        """Set a paused subscription going; one that waits for its next try is tried at once."""

    async def pause(self, id: str, why: PauseReason) -> None: ...
    async def claim(self, now: datetime, until: datetime) -> Attempt | None: ...
    async def delivered(self, attempt: Attempt, now: datetime, answer: int) -> None: ...
    async def failed(
        self,
        attempt: Attempt,
        now: datetime,
        *,
        answer: int | None,
        fault: str,
        again_at: datetime | None,
        why: PauseReason = PauseReason.UNREACHABLE,
    ) -> None:
        """Tried again at `again_at`; paused when there is no such time."""


class Reach(Protocol):
    async def admits(self, url: str) -> bool:
        """Whether this host resolves, and only to addresses that may be called from here."""
