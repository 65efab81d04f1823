"""An application for repair: its statuses, moves and fields."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.moves.history import Entry
from cases.records import FreeText

PLEDGE = (
    "本单位承诺：所提交材料真实有效，失信行为已经纠正、相应义务已经履行，今后依法履约；"
    "如有违反，自愿承担责任并接受公示。"
)
"""信用承诺书 in its fixed form; it is public."""


class RepairStatus(StrEnum):
    APPLIED = "applied"
    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RepairMove(StrEnum):
    APPLY = "apply"
    ASK_PAPERS = "ask_papers"
    SUPPLEMENT = "supplement"
    ACCEPT = "accept"
    VERIFY = "verify"
    EXTEND = "extend"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CLOSE = "close"


class Repair(Dossier[RepairMove, RepairStatus]):
    kind: Kind = Kind.REPAIR
    corrected: FreeText
    proof: tuple[Evidence, ...] = ()
    pledged_on: date
    missing: FreeText | None = None
    performance: FreeText | None = None
    """How the confirming body found the duty performed."""
    other_conditions: bool = False
    verified_by: str = ""
    extended_because: FreeText | None = None
    decided_because: FreeText | None = None


RepairEntry = Entry[RepairMove, RepairStatus]
