"""Where cases are kept, as a Protocol that `storage` fulfils on MongoDB; the other ports lie beside it.

`get` raises NotFound, `find` may return None, `list_*` gives pages, leases use claim/ack/release.
In all ports: every method may raise StorageUnavailable.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cases.model import Case, Notification
from cases.vocabulary import Channel, Outcome, ProposalKind, Status
from classify.types import Domain


@dataclass(frozen=True, slots=True)
class Scope:
    """What an actor may see, put inside every query. Empty departments = none; None = all."""

    departments: frozenset[str] | None
    staff_name: str | None = None
    """Cases that name this person are left out."""
    participants_too: bool = True
    overseer: bool = False
    """What these departments had before, and stalled steps that they left, is seen too."""
    hands: str | None = None
    """Staff id of the viewer: what went through these hands is seen too."""
    viewer: str | None = None
    """The viewer's department: cases it may not know of, being the accused or below it, are left out."""


EVERY_CASE = Scope(departments=None)
"""For the system itself; never for somebody who reads."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """All given conditions hold together."""

    statuses: frozenset[Status] | None = None
    open_only: bool = False
    domain: Domain | None = None
    department: str | None = None
    of_others: str | None = None
    """A department: only cases that lie in another one's hands."""
    jurisdiction: str | None = None
    region_prefix: str | None = None
    holder: str | None = None
    hands: str | None = None
    """Staff id: cases in whose history this person acts."""
    unheld: bool = False
    due_before: datetime | None = None
    due_after: datetime | None = None
    filed_from: datetime | None = None
    """By whole days of China, like `filed_until`: what is kept in plain tells no more."""
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
    stalled: bool = False
    """Only cases that stand at a step nobody can take."""
    letter_waits: bool = False
    """Only cases with a letter that waits to be checked and signed by a head or a supervisor."""
    letter: str | None = None
    """Verification code of a letter."""
    outcomes: frozenset[Outcome] | None = None
    """Answered so, in one of its letters."""
    corrected: bool = False
    """Only cases whose domain staff changed."""


class CaseOrder(StrEnum):
    QUEUE = "queue"
    """By severity, then by due date."""
    NEWEST = "newest"
    """By days; within a day by number, for the database is not told in which order they came."""
    OLDEST = "oldest"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class FoundCases:
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
        order: CaseOrder = CaseOrder.QUEUE,
        limit: int = 50,
        cursor: str | None = None,
    ) -> FoundCases: ...

    async def count(self, scope: Scope, where: CaseFilter) -> int: ...
    async def count_each(self, scope: Scope, wheres: Sequence[CaseFilter], most: int) -> Sequence[int]:
        """How many match each filter, counted to no more than `most`; all of them in one question."""

    def iterate(self, scope: Scope, where: CaseFilter) -> AsyncIterator[Case]:
        """All matching cases in constant memory."""

    async def list_notifying(self, limit: int) -> Sequence[Case]:
        """Cases whose notifications the outbox has not taken yet, oldest first."""

    async def drop_notifications(self, told: Mapping[str, Sequence[str]]) -> None:
        """Take these ids of notifications off each case, by its number: of many cases in one call."""

    async def tell(self, number: str, notification: Notification) -> None:
        """Put something else the citizen must hear into the case; once, by the notification's id."""

    async def list_due(self, before: datetime, limit: int) -> Sequence[Case]:
        """Cases with a running clock whose next warning or due instant lies before this one."""

    async def list_similar(self, bands: Sequence[str], limit: int = 20) -> Sequence[Case]: ...
    async def list_merged(self, into: str) -> Sequence[str]:
        """Numbers of the cases merged into this one, also by way of others."""

    async def next_serial(self, department: str, year: int) -> int:
        """The next number of a letter of this department and year, starting at 1."""

    def watch(self, scope: Scope) -> AsyncIterator[str]:
        """Numbers of cases as they change (change stream)."""


class NumberTaken(Exception):
    """The case number is used by another filing."""
