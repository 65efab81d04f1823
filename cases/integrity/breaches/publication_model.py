"""A publication of a record: its statuses, moves and fields."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from cases.integrity.breaches.record_model import (
    BasisKind,
    Severity,
)
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.moves.history import Entry
from cases.records import FreeText, Record

TOMBSTONE_DAYS = 30
"""How long 已终止公示 stands where a record was; a withdrawal stays explained."""


class PublicationStatus(StrEnum):
    PROPOSED = "proposed"
    PUBLIC = "public"
    SUSPENDED = "suspended"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    DROPPED = "dropped"


class PublicationMove(StrEnum):
    PROPOSE = "propose"
    RELEASE = "release"
    DROP = "drop"
    SUSPEND = "suspend"
    RESUME = "resume"
    MARK = "mark"
    UNMARK = "unmark"
    REFRESH = "refresh"
    END = "end"
    WITHDRAW = "withdraw"
    REMOVE = "remove"


class ShownBasis(Record):
    kind: BasisKind
    issuer: str
    number: str
    dated: date


class Shown(Record):
    """What the public reads: nothing else of a record is ever handed out, and nothing of a person."""

    facts: FreeText
    severity: Severity
    catalogue: str
    bases: tuple[ShownBasis, ...]
    finding_serial: str
    found_on: date
    confirmed_by: str
    breach_on: date | None = None
    amount_yuan: int | None = None


class Publication(Dossier[PublicationMove, PublicationStatus]):
    kind: Kind = Kind.PUBLICATION
    months: int
    reason: FreeText | None = None
    released_on: date | None = None
    ends_on: date | None = None
    shortest_until: date | None = None
    """Repair may be applied for from the day after."""
    shown: Shown | None = None
    """Gone once it ends or is withdrawn."""
    disputed: bool = False
    """异议处理中."""
    tombstone: FreeText | None = None
    """What stands in its place."""
    gone_on: date | None = None


PublicationEntry = Entry[PublicationMove, PublicationStatus]
