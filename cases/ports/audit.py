"""The audit trail: who saw, changed, exported, unsealed. Never what they saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class AuditAction(StrEnum):
    """What may be written into the trail. Values are stored, so a value never changes."""

    CASE_VIEWED = "case.viewed"
    EVIDENCE_OPENED = "evidence.opened"
    LOOKS_OF_ACCUSED = "case.looks_of_accused"
    REPORTER_UNSEALED = "reporter.unsealed"
    BOARD_EXPORTED_CSV = "board.exported.csv"
    BOARD_EXPORTED_XLSX = "board.exported.xlsx"
    ALARM_ACKNOWLEDGED = "alarm.acknowledged"
    TYPICAL_CASE = "report.typical_case"
    SAMPLE_SEEDED = "sample.seeded"
    READY_TEXT_CHANGED = "ready_text.changed"
    EMERGENCY_VIEWED = "emergency.viewed"
    EMERGENCY_ACKNOWLEDGED = "emergency.acknowledged"
    ARCHIVE_OPENED = "archive.opened"
    ARCHIVE_READ = "archive.read"
    ARCHIVE_EXPORTED = "archive.exported"
    AWARD_CHECKED = "award.checked"
    AGGREGATES_READ = "aggregates.read"
    AGGREGATES_EXPORTED = "aggregates.exported"
    EVALUATION_EXPORTED = "evaluation.exported"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFIED = "audit.verified"
    AUDIT_ANCHORED = "audit.anchored"
    LOGIN = "login"
    LOGIN_CODE = "login_code"
    LOGIN_FAILED = "login_failed"
    LOGIN_CODE_FAILED = "login_code_failed"
    LOGIN_REFUSED = "login_refused"
    LOGOUT = "logout"
    LOGOUT_EVERYWHERE = "logout_everywhere"
    PASSWORD_CHANGED = "password_changed"
    TOTP_ENROLLED = "totp_enrolled"
    STAFF_ADDED = "staff.added"
    STAFF_PASSWORD_RESET = "staff.password_reset"
    STAFF_TOTP_RESET = "staff.totp_reset"
    STAFF_ROLES_CHANGED = "staff.roles_changed"
    STAFF_DISABLED = "staff.disabled"
    STAFF_ENABLED = "staff.enabled"
    STAFF_CHAT_LINKED = "staff.chat_linked"
    STAFF_CHAT_UNLINKED = "staff.chat_unlinked"
    TOKEN_MADE = "token.made"
    TOKEN_REVOKED = "token.revoked"
    WEBHOOK_REGISTERED = "webhook.registered"
    WEBHOOK_REMOVED = "webhook.removed"
    WEBHOOK_PINGED = "webhook.pinged"
    KEYS_ROTATED = "keys.rotated"
    VAULT_MADE = "vault.made"
    VAULT_ADMITTED = "vault.admitted"
    VAULT_DISMISSED = "vault.dismissed"
    BACKUP_MADE = "backup.made"
    BACKUP_RESTORED = "backup.restored"
    EXCHANGE_EXPORTED = "exchange.exported"
    EXCHANGE_IMPORTED = "exchange.imported"
    RETENTION_RUN = "retention.run"
    ROLLUPS_REBUILT = "rollups.rebuilt"
    LEXICON_SUGGESTIONS = "lexicon.suggestions"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who saw, changed, exported, unsealed. Append-only and hash-chained by the store."""

    at: datetime
    actor: str
    action: AuditAction | str
    """A str when another version wrote it."""
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
    async def count_subjects(self, action: AuditAction, since: datetime) -> Mapping[str, int]:
        """How many different subjects each actor did this to since then."""

    async def search(
        self, where: AuditSearch, *, before: int | None = None, limit: int = 100
    ) -> Sequence[AuditRow]:
        """Newest first, from the entry with the number `before` on backwards (not included)."""

    async def list_entries(self, *, subject: str | None = None, limit: int = 100) -> Sequence[AuditEntry]: ...
    async def verify(self) -> str | None:
        """None when the chain is whole; otherwise a sentence that says where it breaks."""
