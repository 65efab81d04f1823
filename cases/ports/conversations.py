"""What the core needs for talking with one citizen: what came in, what goes out, and the page's transcript.

The inbox and the outbox of one chat are one document. As in `cases/ports/cases.py`: `get` raises NotFound,
`find` may return None, leases use claim/ack/release, StorageUnavailable may come from all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from cases.vocabulary import Channel, Language


@dataclass(frozen=True, slots=True)
class Transcript:
    """Lines of a web chat that changed after the version asked for, oldest first."""

    version: int
    lines: tuple[dict[str, Any], ...]


class Transcripts(Protocol):
    """What the web chat shows: the last lines of each conversation, sealed."""

    async def append(
        self, conversation: str, line: dict[str, Any], now: datetime, key: str | None = None
    ) -> int:
        """The line's id; ids grow within a conversation. The same `key` again is the same line again."""

    async def change(self, conversation: str, id: int, changes: dict[str, Any], now: datetime) -> bool: ...
    async def forget(self, conversation: str, id: int, changes: dict[str, Any]) -> None:
        """The line becomes another for whoever asks from now on; pages that show it hear nothing."""

    async def find(self, conversation: str, id: int) -> dict[str, Any] | None: ...
    async def find_key(self, conversation: str, key: str) -> int | None:
        """The line that was appended with this key."""

    async def read(self, conversation: str, after: int = 0) -> Transcript: ...
    async def version(self, conversation: str) -> int: ...
    async def erase(self, conversation: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Address:
    """Where a chat is reached. Sealed at rest; `conversation` is its keyed hash."""

    channel: Channel
    chat: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update as received. `id` is unique per channel; `payload` is the update's JSON."""

    id: str
    payload: dict[str, Any]
    received_at: datetime
    attempts: int = 0
    joins: bool = False
    """Words that may be one turn with the words before and after them."""
    quiet_until: datetime | None = None
    """Until then more words are waited for; None when it must be answered at once."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One Bot API call to be made. `id` deduplicates; `payload` holds the call's arguments as JSON."""

    id: str
    method: str
    payload: dict[str, Any]
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a chat has been writing: a bucket with its level, which may be below nothing."""

    level: float
    since: datetime
    told_at: datetime | None = None
    """When the chat last heard that things take longer."""


@dataclass(frozen=True, slots=True)
class Work:
    """A leased conversation with its oldest incoming turn and its dialogue state."""

    conversation: str
    address: Address
    token: str
    turn: tuple[Incoming, ...]
    """At least one update; several only when all of them join."""
    dialogue: dict[str, Any]
    pace: Pace | None = None
    """None for a chat that has not been served yet."""

    @property
    def update(self) -> Incoming:
        """The oldest of the turn; it counts the tries."""
        return self.turn[0]


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an update that came in: false when it was not taken, being known already or too much."""

    ready_at: datetime | None = None
    """When the chat's oldest turn may be claimed."""
    work: Work | None = None
    """The turn, leased by the write that stored it."""

    def __bool__(self) -> bool:
        return self.ready_at is not None


@dataclass(frozen=True, slots=True)
class Committed:
    """A turn that is done, and what its chat waits for now."""

    update_at: datetime | None = None
    """When its next turn may be claimed; None when none waits."""
    call_at: datetime | None = None
    """When its next call may be claimed."""
    delivery: Delivery | None = None
    """Its first call, leased by the same write."""


Take = Callable[[Address, Incoming], Awaitable[bool]]
"""Takes an update in, durably; whether it was new. As `ConversationStore.receive`, or what answers it too."""


class Awaits(StrEnum):
    """What a turn did to the files its chat waits for."""

    NOTHING = "nothing"
    MORE = "more"
    AS_BEFORE = "as_before"


@dataclass(frozen=True, slots=True)
class FetchWork:
    """A leased conversation that waits for files; which, its dialogue says."""

    conversation: str
    address: Address
    token: str
    dialogue: dict[str, Any]
    tries: int


class Fetches(Protocol):
    """Chats that wait for files which did not come at once."""

    async def claim(self, now: datetime, lease_until: datetime) -> FetchWork | None: ...
    async def renew(self, work: FetchWork, until: datetime) -> bool: ...
    async def retry(self, work: FetchWork, ready_at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """A leased conversation with its oldest outgoing call."""

    conversation: str
    address: Address
    token: str
    call: Outgoing
    not_before: datetime | None = None
    """Claimed ahead: the chat rests until then."""


class ConversationStore(Protocol):
    """Inbox, dialogue state and outbox of every chat, one document each, so one write commits all three."""

    def key(self, address: Address) -> str:
        """The keyed hash that names a conversation."""

    async def receive(self, address: Address, update: Incoming) -> bool:
        """Store durably before acknowledging; False when this update was stored before."""

    async def take_in(
        self, address: Address, update: Incoming, lease_until: datetime | None = None
    ) -> Received:
        """The same; with `lease_until` also claimed, unless something of the chat waits before it."""

    async def claim_update(
        self, now: datetime, lease_until: datetime, conversation: str | None = None
    ) -> Work | None:
        """The turn that has waited longest, of any chat or of this one."""

    async def renew_update(self, work: Work, until: datetime) -> bool:
        """Lengthen the lease; False when it was lost."""

    async def commit(
        self,
        work: Work,
        dialogue: dict[str, Any],
        calls: Sequence[Outgoing],
        next_at: datetime | None = None,
        pace: Pace | None = None,
        awaits: Awaits = Awaits.AS_BEFORE,
        deliver_until: datetime | None = None,
    ) -> Committed | None:
        """Drop the turn, keep the dialogue, append the calls: one write; None when the lease was lost.

        The chat's next update is ready at `next_at`, now if not given: chats take turns. `pace` is kept
        with the chat when given. `awaits`: whether files are to be fetched for it. With `deliver_until` the
        first call is claimed as well, unless others wait before it or the chat must rest for long.
        """

    async def retry_update(self, work: Work, ready_at: datetime, *, alone: bool = False) -> None:
        """`alone`: the oldest update by itself next time, so that one of a turn cannot harm the others."""

    async def set_aside(self, work: Work, reason: str, calls: Sequence[Outgoing] = ()) -> None:
        """A poison update goes to the set-aside list and blocks nobody; `calls` say so, in one write."""

    async def send(self, conversation: str, calls: Sequence[Outgoing]) -> bool:
        """Append calls not already there (by id); False when the conversation is unknown or blocked."""

    async def claim_delivery(
        self, now: datetime, lease_until: datetime, channel: Channel, conversation: str | None = None
    ) -> Delivery | None:
        """The call that has waited longest, of any chat of the channel or of this one."""

    async def renew_delivery(self, delivery: Delivery, until: datetime) -> bool:
        """Lengthen the lease; False when it was lost."""

    async def ack(
        self, delivery: Delivery, next_at: datetime, deliver_until: datetime | None = None
    ) -> Committed | None:
        """Take the call off; None when the lease was lost. With `deliver_until` the next one is claimed."""

    async def retry_delivery(self, delivery: Delivery, ready_at: datetime) -> None: ...
    async def give_up(self, delivery: Delivery, reason: str, *, blocked: bool = False) -> None: ...
    async def language(self, conversation: str) -> Language | None: ...
    async def set_language(self, conversation: str, language: Language) -> None: ...
