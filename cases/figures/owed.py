"""How each object counts in an evaluation: of which year, and whether what was owed was done.

What a share is of stands in words in `cases/rules/evaluation_parts.toml`. Plain fields alone are read, as
they are stored; records of officials count for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from cases.instants import local_date
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
FIELDS = (
    "kind",
    "status",
    "subject",
    "due_on",
    "kept_on",
    "posted_on",
    "answered_on",
    "settled_on",
    "found_on",
    "issued_at",
    "opened_at",
    "sealed",
    "project",
)


def _commitment(row: Row, year: int) -> Counts:
    if row["status"] in {CommitmentStatus.KEPT, CommitmentStatus.LATE, CommitmentStatus.NOT_KEPT}:
        due, kept = _day(row, "due_on"), row["status"] == CommitmentStatus.KEPT
        if due and due.year == year:
            done = _day(row, "kept_on")
            in_time = kept and done is not None and done <= due
            yield "promise", 1, {"promise": kept, "promise_in_time": in_time}


def _order(row: Row, year: int) -> Counts:
    ended = {OrderStatus.FULFILLED, OrderStatus.REFUSED, OrderStatus.OVERDUE}
    if row["status"] in ended and _year(row.get("issued_at")) == year:
        yield "order", 1, {"order": row["status"] == OrderStatus.FULFILLED}


def _record(row: Row, year: int) -> Counts:
    found, project = _day(row, "found_on"), row.get("project") or {}
    breach = row["status"] in COUNTED and not row.get("sealed") and not project.get("kept")
    if breach and found and found.year == year:
        yield "repair", 1, {"repair": row["status"] == RecordStatus.REPAIRED}
        yield "clean", 0, {"clean": -1}


def _disclosure(row: Row, year: int) -> Counts:
    due = _day(row, "due_on")
    if row["status"] in {DisclosureStatus.POSTED, DisclosureStatus.LATE} and due and due.year == year:
        posted = _day(row, "posted_on")
        yield "disclosure", 1, {"disclosure": posted is not None and posted <= due}


def _motion(row: Row, year: int) -> Counts:
    due = _day(row, "due_on")
    if row["status"] in {MotionStatus.ANSWERED, MotionStatus.LATE} and due and due.year == year:
        answered = _day(row, "answered_on")
        yield "motion", 1, {"motion": answered is not None and answered <= due}


def _mediation(row: Row, year: int) -> Counts:
    settled = _day(row, "settled_on")
    if row["status"] in {MediationStatus.KEPT, MediationStatus.BROKEN} and settled and settled.year == year:
        yield "mediation", 1, {"mediation": row["status"] == MediationStatus.KEPT}


def _objection(row: Row, year: int) -> Counts:
    decided = {ObjectionStatus.UPHELD, ObjectionStatus.REJECTED, ObjectionStatus.CLOSED}
    if row["status"] in decided and not row.get("sealed") and _year(row["opened_at"]) == year:
        yield "objection", 1, {"objection": row["status"] == ObjectionStatus.UPHELD}


COUNTING: Mapping[Kind, Callable[[Row, int], Counts]] = {
    Kind.COMMITMENT: _commitment,
    Kind.ORDER: _order,
    Kind.RECORD: _record,
    Kind.DISCLOSURE: _disclosure,
    Kind.MOTION: _motion,
    Kind.MEDIATION: _mediation,
    Kind.OBJECTION: _objection,
}


def _day(row: Row, name: str) -> date | None:
    written = row.get(name)
    return date.fromisoformat(written) if written else None


def _year(at: datetime | None) -> int | None:
    return local_date(at).year if at else None
