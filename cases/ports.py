"""What the core needs from the outside, as Protocols. `storage` fulfils them on MongoDB.

`get` raises NotFound, `find` may return None, `list_*` gives pages, leases use claim/ack/release.
Every method may raise StorageUnavailable.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from cases.model import Case, Channel, Language, Reporter, Role, Status
from classify.types import Domain


@dataclass(frozen=True, slots=True)
class Scope:
    """What an actor may see, put inside every query. Empty departments = none; None = all."""

    departments: frozenset[str] | None
    staff_name: str | None = None
    """Cases that name this person are left out."""
    participants_too: bool = True
    viewer: str | None = None
    """The viewer's department: cases it may not know of, being the accused or below it, are left out."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """All given conditions hold together."""

    statuses: frozenset[Status] | None = None
    open_only: bool = False
    domain: Domain | None = None
    department: str | None = None
    jurisdiction: str | None = None
    region_prefix: str | None = None
    holder: str | None = None
    unheld: bool = False
    due_before: datetime | None = None
    due_after: datetime | None = None
    filed_from: datetime | None = None
    filed_until: datetime | None = None
    words: str | None = None
    """Number, body, place or words of the text; answered through an index."""
    quarantined: bool = False
    cluster: str | None = None
    """A MinHash band."""
    proposal: str | None = None
    accountability_open: bool = False
    channel: Channel | None = None
    triage: bool = False
    """Only cases a person still has to route."""
    letter: str | None = None
    """Verification code of an opinion letter."""
    corrected: bool = False
    """Only cases whose domain staff changed."""


@dataclass(frozen=True, slots=True)
class Page:
    cases: tuple[Case, ...]
    next_cursor: str | None


class CaseStore(Protocol):
    async def insert(self, case: Case) -> Case:
        """Store a new case durably. A case with the same filing_key is returned instead of stored twice.

        Raises NumberTaken when the number belongs to another filing.
        """

    async def get(self, number: str) -> Case: ...
    async def find(self, number: str, scope: Scope | None = None) -> Case | None: ...
    async def save(self, case: Case, *, expected_version: int) -> Case | None:
        """Replace if the stored version is the expected one; None when stale or not found.

        The stored case has version expected_version + 1.
        """

    async def lease_next(self, department: str, scope: Scope, now: datetime, until: datetime) -> Case | None:
        """Atomically lease the best case that may be pulled: overdue first, then severity, then due."""

    async def list_cases(
        self,
        scope: Scope,
        where: CaseFilter,
        *,
        sort: str = "queue",
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        """sort: queue (severity, due), newest, oldest, updated."""

    async def count(self, scope: Scope, where: CaseFilter) -> int: ...
    def iterate(self, scope: Scope, where: CaseFilter) -> AsyncIterator[Case]:
        """All matching cases in constant memory."""

    async def list_notifying(self, limit: int) -> Sequence[Case]:
        """Cases whose notifications the outbox has not taken yet, oldest first."""

    async def drop_notifications(self, number: str, ids: Sequence[str]) -> None: ...
    async def list_due(self, before: datetime, limit: int) -> Sequence[Case]:
        """Cases with a running clock whose next warning or due instant lies before this one."""

    async def list_similar(self, bands: Sequence[str], limit: int = 20) -> Sequence[Case]: ...
    async def next_serial(self, department: str, year: int) -> int:
        """The next number of an opinion letter of this department and year, starting at 1."""

    def watch(self, scope: Scope) -> AsyncIterator[str]:
        """Numbers of cases as they change (change stream)."""


class NumberTaken(Exception):
    """The case number is used by another filing."""


class ReporterStore(Protocol):
    async def put(self, reporter: Reporter) -> None:
        """Store or replace by number (idempotent)."""

    async def find(self, number: str) -> Reporter | None: ...
    async def list_numbers(self, conversation: str, limit: int = 20) -> Sequence[str]:
        """Numbers of the cases this conversation filed, newest first."""

    async def find_by_receipt(self, receipt_hash: str) -> Reporter | None: ...
    async def adopt(self, number: str, conversation: str) -> None:
        """A receipt was shown from another chat: tell that chat too from now on."""

    async def erase(self, number: str) -> None: ...


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    stripped: bool


class EvidenceStore(Protocol):
    """Sealed files. Bytes are at most 20 MB, checked before they come here."""

    async def put(self, id: str, data: bytes, *, name: str, media_type: str, stripped: bool) -> StoredFile:
        """Idempotent by id."""

    async def get(self, id: str) -> bytes:
        """Raises NotFound; raises EvidenceDamaged when the digest does not match."""

    async def delete(self, id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Staff:
    """An account. Names are shown inside the desk only."""

    id: str
    login: str
    name: str
    department: str
    roles: frozenset[Role]
    password_hash: str = ""
    totp_secret: str | None = None
    active: bool = True
    deputy_for: frozenset[str] = frozenset()
    """Staff ids whose cases this person may take over (AB岗)."""
    failed_logins: int = 0
    locked_until: datetime | None = None
    conversation: str | None = None
    """Linked Telegram chat (keyed hash) for alerts."""
    must_change_password: bool = False
    preferences: dict[str, Any] = field(default_factory=dict)


class StaffStore(Protocol):
    async def add(self, staff: Staff) -> None:
        """Raises LoginTaken."""

    async def get(self, id: str) -> Staff: ...
    async def find_by_login(self, login: str) -> Staff | None: ...
    async def list_staff(self, department: str | None = None) -> Sequence[Staff]: ...
    async def change(self, id: str, make: Callable[[Staff], Staff | None]) -> Staff | None:
        """The account as `make` changed it; None when `make` declined. Raises NotFound, LoginTaken.

        No two changes overlap, whichever process makes them: `make` is asked again with the newer account
        when another change came first, so it must only look at what it is given.
        """

    async def count(self) -> int: ...


class LoginTaken(Exception):
    """The login name is in use."""


@dataclass(frozen=True, slots=True)
class Session:
    """A login. The id given to the browser is random; only its keyed hash is stored."""

    id_hash: str
    staff: str
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    second_factor: bool = False


class SessionStore(Protocol):
    async def put(self, session: Session) -> None: ...
    async def find(self, id_hash: str) -> Session | None: ...
    async def touch(self, id_hash: str, seen_at: datetime) -> None: ...
    async def delete(self, id_hash: str) -> None: ...
    async def delete_all(self, staff: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A bearer token of a department's own system; only its keyed hash is stored."""

    hash: str
    name: str
    staff: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None = None


class TokenStore(Protocol):
    async def put(self, token: ApiToken) -> None: ...
    async def find(self, hash: str) -> ApiToken | None: ...
    async def list_tokens(self) -> Sequence[ApiToken]: ...
    async def delete(self, hash: str) -> None: ...


class RateLimits(Protocol):
    """What all processes of a deployment count together."""

    async def allow(self, key: str, limit: int, window: timedelta, now: datetime) -> bool:
        """Count one more; False once more than `limit` came in this window."""

    async def used(self, key: str, window: timedelta, now: datetime) -> int:
        """How many were counted in this window; counts nothing."""

    async def take(self, key: str, burst: int, per_minute: float, now: datetime) -> bool:
        """Take one from a bucket that holds `burst` and fills at this pace; False when it is empty."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who saw, changed, exported, unsealed. Append-only and hash-chained by the store."""

    at: datetime
    actor: str
    action: str
    subject: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditSearch:
    """All given conditions hold together."""

    subject: str = ""
    actor: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry as the trail holds it; `whole`: it is as it was written and follows the one before."""

    seq: int
    entry: AuditEntry
    whole: bool


class AuditStore(Protocol):
    async def append(self, entry: AuditEntry) -> None: ...
    async def search(
        self, where: AuditSearch, *, before: int | None = None, limit: int = 100
    ) -> Sequence[AuditRow]:
        """Newest first, from the entry with the number `before` on backwards (not included)."""

    async def list_entries(self, *, subject: str | None = None, limit: int = 100) -> Sequence[AuditEntry]: ...
    async def verify(self) -> str | None:
        """None when the chain is whole; otherwise a sentence that says where it breaks."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Lines of a web chat that changed after the version asked for, oldest first."""

    version: int
    lines: tuple[dict[str, Any], ...]


class Transcripts(Protocol):
    """What the web chat shows: the last lines of each conversation, sealed."""

    async def append(self, conversation: str, line: dict[str, Any], now: datetime) -> int:
        """The line's id; ids grow within a conversation."""

    async def change(self, conversation: str, id: int, changes: dict[str, Any], now: datetime) -> bool: ...
    async def find(self, conversation: str, id: int) -> dict[str, Any] | None: ...
    async def read(self, conversation: str, after: int = 0) -> Transcript: ...
    async def version(self, conversation: str) -> int: ...
    async def erase(self, conversation: str) -> None: ...


# ---- conversations: the inbox and outbox of one chat are one document -----------------------------


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
    """A leased conversation with its oldest incoming update and its dialogue state."""

    conversation: str
    address: Address
    token: str
    update: Incoming
    dialogue: dict[str, Any]
    pace: Pace | None = None
    """None for a chat that has not been served yet."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A leased conversation with its oldest outgoing call."""

    conversation: str
    address: Address
    token: str
    call: Outgoing


class ConversationStore(Protocol):
    """Inbox, dialogue state and outbox of every chat, one document each, so one write commits all three."""

    def key(self, address: Address) -> str:
        """The keyed hash that names a conversation."""

    async def receive(self, address: Address, update: Incoming) -> bool:
        """Store durably before acknowledging; False when this update was stored before."""

    async def claim_update(self, now: datetime, lease_until: datetime) -> Work | None: ...
    async def renew_update(self, work: Work, until: datetime) -> bool:
        """Lengthen the lease; False when it was lost."""

    async def commit(
        self,
        work: Work,
        dialogue: dict[str, Any],
        calls: Sequence[Outgoing],
        next_at: datetime | None = None,
        pace: Pace | None = None,
    ) -> bool:
        """Drop the update, keep the dialogue, append the calls: one write; False when the lease was lost.

        The chat's next update is ready at `next_at`, now if not given: chats take turns. `pace` is kept
        with the chat when given.
        """

    async def retry_update(self, work: Work, ready_at: datetime) -> None: ...
    async def set_aside(self, work: Work, reason: str, calls: Sequence[Outgoing] = ()) -> None:
        """A poison update goes to the set-aside list and blocks nobody; `calls` say so, in one write."""

    async def send(self, conversation: str, calls: Sequence[Outgoing]) -> bool:
        """Append calls not already there (by id); False when the conversation is unknown or blocked."""

    async def claim_delivery(
        self, now: datetime, lease_until: datetime, channel: Channel
    ) -> Delivery | None: ...
    async def renew_delivery(self, delivery: Delivery, until: datetime) -> bool:
        """Lengthen the lease; False when it was lost."""

    async def ack(self, delivery: Delivery, next_at: datetime) -> bool: ...
    async def retry_delivery(self, delivery: Delivery, ready_at: datetime) -> None: ...
    async def give_up(self, delivery: Delivery, reason: str, *, blocked: bool = False) -> None: ...
    async def language(self, conversation: str) -> Language | None: ...
    async def set_language(self, conversation: str, language: Language) -> None: ...
