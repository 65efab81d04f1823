"""The audit trail: who saw, changed, exported, unsealed. Never what they saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


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
