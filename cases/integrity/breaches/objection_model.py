"""An objection of the body: its statuses, moves and fields."""

from __future__ import annotations

from enum import StrEnum

from cases.instants import Instant
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.moves.history import Entry
from cases.records import FreeText


class ObjectionStatus(StrEnum):
    RECEIVED = "received"
    MARKED = "marked"
    CHECKING = "checking"
    FORWARDED = "forwarded"
    UPHELD = "upheld"
    REJECTED = "rejected"
    IN_REVIEW = "in_review"
    CLOSED = "closed"


class ObjectionMove(StrEnum):
    RAISE = "raise"
    MARK = "mark"
    CHECK = "check"
    FORWARD = "forward"
    SEND_TO_EXPERTS = "send_to_experts"
    HEAR_EXPERTS = "hear_experts"
    UPHOLD = "uphold"
    REJECT = "reject"
    ASK_REVIEW = "ask_review"
    UPHOLD_REVIEW = "uphold_review"
    REJECT_REVIEW = "reject_review"
    CLOSE = "close"


class Decision(StrEnum):
    """How a record is set right."""

    CORRECTED = "corrected"
    SUPPLEMENTED = "supplemented"
    ENDED = "ended"
    REVOKED = "revoked"


DECISION_NAMES: dict[Decision, str] = {
    Decision.CORRECTED: "更正",
    Decision.SUPPLEMENTED: "补充",
    Decision.ENDED: "终止公示",
    Decision.REVOKED: "撤销记录",
}
RUNNING = frozenset(
    {
        ObjectionStatus.RECEIVED,
        ObjectionStatus.MARKED,
        ObjectionStatus.CHECKING,
        ObjectionStatus.FORWARDED,
        ObjectionStatus.IN_REVIEW,
    }
)


class Objection(Dossier[ObjectionMove, ObjectionStatus]):
    kind: Kind = Kind.OBJECTION
    reason: FreeText
    documents: tuple[Evidence, ...] = ()
    found: FreeText | None = None
    forwarded_to: str = ""
    decision: Decision | None = None
    decided_because: FreeText | None = None
    review_reason: FreeText | None = None
    reviewed_at: Instant | None = None


ObjectionEntry = Entry[ObjectionMove, ObjectionStatus]
