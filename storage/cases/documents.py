"""A case as a document: the record itself plus the fields that only exist to be indexed.

Derived fields are worked out anew on every write and dropped on every read, so they cannot disagree
with the case for longer than one write. Nothing here talks to the database.
"""

from __future__ import annotations

from datetime import datetime

from cases.clocks import Clock, amber_at
from cases.instants import FOREVER
from cases.lifecycle.permissions import hands_of, receiver_of
from cases.lifecycle.retention import expires_at
from cases.model import Case, Notification
from cases.ports.cases import Scope
from cases.vocabulary import LetterStatus, WarningLevel
from classify.types import Severity
from storage.database.encoding import Document
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing
from storage.sealed.search import SearchHashes

DERIVED = frozenset({"queue", "search", "shut_out", "seen_by", "flags", "next_due", "notify_at", "erase_at"})
WITHOUT_SEARCH = {"search": 0, "queue": 0, "shut_out": 0, "seen_by": 0, "flags": 0}
"""Projection for reading cases."""

RANKS = {Severity.URGENT: 0, Severity.SERIOUS: 1, Severity.NORMAL: 2}


class CaseMapper:
    """Case ↔ document under one key ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._records = RecordMapper(keys)
        self.search = SearchHashes(keys)

    def to_document(self, case: Case) -> Document:
        document = self._records.to_document(case, case.number)
        document["_id"] = document.pop("number")
        document |= self._derive(case)
        return document

    def to_case(self, document: Document) -> Case:
        fields = {name: value for name, value in document.items() if name not in DERIVED}
        number = fields["number"] = fields.pop("_id")
        return self._records.to_record(Case, fields, number)

    def told(self, notification: Notification, number: str) -> Document:
        """As it lies in the case of this number."""
        return self._records.to_document(notification, number)

    def marks(self, scope: Scope) -> list[str]:
        """What in a case's `shut_out` would keep this viewer from it: the own name, the own department."""
        name = [self.person(scope.staff_name)] if scope.staff_name else []
        return [*name, *([scope.viewer] if scope.viewer else [])]

    def person(self, name: str) -> str:
        """Keyed hash of a person's name, for leaving out those named in a case."""
        return self._keys.digest("".join(name.split()).casefold(), "person")[:24]

    @staticmethod
    def rank(case: Case) -> int:
        """Place in the queue order, urgent first."""
        return RANKS[case.complaint.severity]

    @staticmethod
    def queue_due(case: Case) -> datetime:
        return case.due_at or FOREVER

    def _derive(self, case: Case) -> Document:
        complaint = case.complaint
        accused = (body.name for body in (*complaint.accused, *complaint.named_too))
        texts = (case.number, *accused, complaint.region_name, complaint.text, complaint.wish)
        derived: Document = {
            "queue": {
                "department": case.department,
                "open": case.is_open and not case.quarantined and case.lease_until < FOREVER,
                "rank": self.rank(case),
                "due_at": self.queue_due(case),
                "lease_until": case.lease_until,
            },
            "seen_by": _seers(case),
            "search": self.search.of_texts(texts),
            "shut_out": [*map(self.person, complaint.persons), *case.barred],
            "flags": _flags(case),
        }
        due = next_due(case)
        if due is not None:
            derived["next_due"] = due
        erase_at = expires_at(case)
        if erase_at is not None:
            derived["erase_at"] = erase_at
        if case.notifications:
            derived["notify_at"] = case.updated_at
        return derived


def _seers(case: Case) -> list[str]:
    """Departments that see the case, the one a transfer was offered to among them."""
    offered = receiver_of(case)
    seers = (case.department, *case.routing.participants, *((offered,) if offered else ()))
    watched = hands_of(case) | ({case.stalled.watched} if case.stalled else set())
    hands = (hand_mark(entry.actor.id) for entry in case.history if entry.actor.id)
    return list(dict.fromkeys((*seers, *map(watch_mark, sorted(watched)), *hands)))


def hand_mark(staff: str) -> str:
    """Stands for a person through whose hands the case went."""
    return f"hand:{staff}"


def watch_mark(department: str) -> str:
    """Stands for the supervisors of a department that had the case, or that a stalled step left."""
    return f"watch:{department}"


def _flags(case: Case) -> list[str]:
    """Rare conditions worth an index."""
    flags = [f"proposal:{proposal.kind}" for proposal in case.proposals]
    if any(letter.status is LetterStatus.CHECKING for letter in case.papers):
        flags.append("letter")
    if any(item.closed_at is None for item in case.accountability):
        flags.append("accountable")
    if case.routing.triage and case.is_open:
        flags.append("triage")
    if case.stalled is not None:
        flags.append("stalled")
    if case.quarantined:
        flags.append("quarantined")
    if any(clock.provisional and not clock.ended for clock in case.clocks):
        flags.append("provisional")
    return flags


def next_due(case: Case) -> datetime | None:
    """The first instant at which somebody must be warned about a running clock."""
    return min((at for at in map(_next_warning, case.clocks) if at is not None), default=None)


def _next_warning(clock: Clock) -> datetime | None:
    if not clock.running or WarningLevel.RED in clock.warned:
        return None
    return clock.due_at if WarningLevel.AMBER in clock.warned else amber_at(clock)
