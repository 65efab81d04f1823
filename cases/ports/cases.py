"""What the core needs from the outside, as Protocols. `storage` fulfils them on MongoDB.

`get` raises NotFound, `find` may return None, `list_*` gives pages, leases use claim/ack/release.
Every method may raise StorageUnavailable.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from cases.model import Case, Reporter
from cases.vocabulary import Channel, ProposalKind, Status
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
    proposal: ProposalKind | None = None
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


MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
"""Of one file."""


class EvidenceStore(Protocol):
    """Sealed files of at most MOST_BYTES, checked before they come here."""

    async def put(self, id: str, data: bytes, *, name: str, media_type: str, stripped: bool) -> StoredFile:
        """Idempotent by id."""

    async def get(self, id: str) -> bytes:
        """Raises NotFound; raises EvidenceDamaged when the digest does not match."""

    async def delete(self, id: str) -> None: ...


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
