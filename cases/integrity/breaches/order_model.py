"""An order to put a breach right: its statuses, moves and fields."""

from __future__ import annotations

from enum import StrEnum

from cases.instants import Instant
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.moves.history import Entry
from cases.records import FreeText


class OrderStatus(StrEnum):
    DRAFTED = "drafted"
    ISSUED = "issued"
    EXPLAINED = "explained"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class OrderMove(StrEnum):
    DRAFT = "draft"
    REVISE = "revise"
    ISSUE = "issue"
    CANCEL = "cancel"
    EXPLAIN = "explain"
    PROVE = "prove"
    RETURN = "return"
    EXTEND = "extend"
    FULFIL = "fulfil"
    REFUSE = "refuse"
    LAPSE = "lapse"
    RECORD = "record"


class Excuse(StrEnum):
    """What the subject gives as its reason."""

    FUNDS = "funds"
    PROCEDURE = "procedure"
    DISPUTE = "dispute"
    LAWFUL_CHANGE = "lawful_change"
    REORGANISATION = "reorganisation"
    STAFF = "staff"
    OTHER = "other"


EXCUSE_NAMES: dict[Excuse, str] = {
    Excuse.FUNDS: "资金尚未到位",
    Excuse.PROCEDURE: "手续正在办理",
    Excuse.DISPUTE: "对事实有争议",
    Excuse.LAWFUL_CHANGE: "因公共利益依法变更",
    Excuse.REORGANISATION: "机构调整",
    Excuse.STAFF: "人员变动",
    Excuse.OTHER: "其他",
}
NO_EXCUSE = frozenset({Excuse.REORGANISATION, Excuse.STAFF})
"""以机构调整、人员变动等理由不履约的，就是违约失信 (1103 二(二))."""


class Order(Dossier[OrderMove, OrderStatus]):
    kind: Kind = Kind.ORDER
    facts: FreeText
    required: FreeText
    legal_basis: str
    serial: str = ""
    """文号, once issued."""
    signer: str = ""
    issued_at: Instant | None = None
    excuse: Excuse | None = None
    explanation: FreeText | None = None
    proof_note: FreeText | None = None
    proof: tuple[Evidence, ...] = ()
    extended_because: FreeText | None = None
    decided_because: FreeText | None = None

    @property
    def no_excuse(self) -> bool:
        return self.excuse in NO_EXCUSE


OrderEntry = Entry[OrderMove, OrderStatus]
