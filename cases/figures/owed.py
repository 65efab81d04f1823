"""How each object counts in an evaluation: of which year it is, and whether what was owed was done.

What a share is of stands in words in `cases/rules/evaluation_parts.toml`. Plain fields alone are read, as
they are stored; records of officials count for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cases.integrity.breaches.objection_model import ObjectionStatus
from cases.integrity.breaches.order_model import OrderStatus
from cases.integrity.breaches.record_model import COUNTED, RecordStatus
from cases.integrity.registers.commitment_model import CommitmentStatus
from cases.integrity.registers.disclosures import DisclosureStatus
from cases.integrity.registers.mediation_model import MediationStatus
from cases.integrity.registers.motions import MotionStatus
from cases.integrity.spine.vocabulary import Kind

Row = Mapping[str, Any]
Counts = Iterator[tuple[str, int, dict[str, int]]]
"""Of which part's things, how many, and how many of them were good, by part."""
FIELDS = ("kind", "status", "subject", "due_on", "kept_on", "posted_on", "answered_on", "sealed", "project")


DAYS: Mapping[Kind, str] = {
    Kind.COMMITMENT: "due_on",
    Kind.ORDER: "issued_at",
    Kind.RECORD: "found_on",
    Kind.DISCLOSURE: "due_on",
    Kind.MOTION: "due_on",
    Kind.MEDIATION: "settled_on",
    Kind.OBJECTION: "opened_at",
}
"""Which kinds count, and the field that says of which year an object is."""


def counts_of(row: Row) -> Counts:
    """Of an object of the year; nothing of one whose end is open, or that was taken back."""
    status = row["status"]
    match Kind(row["kind"]):
        case Kind.COMMITMENT if status in _DUE:
            kept = status == CommitmentStatus.KEPT
            yield "promise", 1, {"promise": kept, "promise_in_time": kept and _in_time(row, "kept_on")}
        case Kind.ORDER if status in _ORDERED:
            yield "order", 1, {"order": status == OrderStatus.FULFILLED}
        case Kind.RECORD if status in COUNTED and not row.get("sealed"):
            if not (row.get("project") or {}).get("kept"):
                yield "repair", 1, {"repair": status == RecordStatus.REPAIRED}
                yield "clean", 0, {"clean": -1}
        case Kind.DISCLOSURE if status in {DisclosureStatus.POSTED, DisclosureStatus.LATE}:
            yield "disclosure", 1, {"disclosure": _in_time(row, "posted_on")}
        case Kind.MOTION if status in {MotionStatus.ANSWERED, MotionStatus.LATE}:
            yield "motion", 1, {"motion": _in_time(row, "answered_on")}
        case Kind.MEDIATION if status in {MediationStatus.KEPT, MediationStatus.BROKEN}:
            yield "mediation", 1, {"mediation": status == MediationStatus.KEPT}
        case Kind.OBJECTION if status in _DECIDED and not row.get("sealed"):
            yield "objection", 1, {"objection": status == ObjectionStatus.UPHELD}


_DUE = frozenset({CommitmentStatus.KEPT, CommitmentStatus.LATE, CommitmentStatus.NOT_KEPT})
_ORDERED = frozenset({OrderStatus.FULFILLED, OrderStatus.REFUSED, OrderStatus.OVERDUE})
_DECIDED = frozenset({ObjectionStatus.UPHELD, ObjectionStatus.REJECTED, ObjectionStatus.CLOSED})


def _in_time(row: Row, done: str) -> bool:
    """Days as ISO texts, which stand in the order of time."""
    return bool(row.get(done)) and bool(row[done] <= row["due_on"])
