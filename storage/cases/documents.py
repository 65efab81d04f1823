"""A case as a document: the record itself, sealed whole, plus the fields that queries ask for.

Those are worked out anew on every write and dropped on every read, so they cannot disagree with the case for
longer than one write: times in them are days or hours, names are keyed. Two things change without the record
being sealed anew and so stand beside it: how long it is leased, and what must still be told. Nothing here
talks to the database.
"""

from __future__ import annotations

from datetime import datetime

from cases.clocks import Clock, amber_at
from cases.instants import EPOCH, FOREVER
from cases.lifecycle.permissions import hands_of, receiver_of
from cases.lifecycle.retention import expires_at
from cases.model import Case, Notification
from cases.ports.cases import Scope
from cases.vocabulary import WarningLevel
from classify.types import Severity
from storage.database.encoding import Document
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_after, day_of, hour_after, hour_of
from storage.sealed.search import SearchHashes
from storage.sealed.whole import WholeRecords

DERIVED_THEN = frozenset(
    {"queue", "search", "shut_out", "seen_by", "flags", "next_due", "notify_at", "erase_at"}
)
"""Beside the record up to version 4."""
WITHOUT_SEARCH = dict.fromkeys(("search", "shut_out", "seen_by", "flags"), 0)
"""Projection for reading cases."""

RANKS = {Severity.URGENT: 0, Severity.SERIOUS: 1, Severity.NORMAL: 2}


class CaseMapper:
    """Case ↔ document under one key ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._records = WholeRecords(keys)
        self._before_5 = RecordMapper(keys)
        self.search = SearchHashes(keys)

    def to_document(self, case: Case) -> Document:
        number = case.number
        whole = case.model_copy(update={"notifications": (), "lease_until": EPOCH})
        document: Document = {
            "_id": number,
            "version": case.version,
            "sealed": self._records.seal(whole, f"{number}/sealed"),
            **self._asked_for(case),
        }
        if case.notifications:
            document["notifications"] = [
                self.told(notification, number) for notification in case.notifications
            ]
            document["notify_at"] = hour_of(case.updated_at)
        return document

    def to_case(self, document: Document) -> Case:
        number = document["_id"]
        if "sealed" not in document:
            return self._before_version_5(document)
        notices = tuple(
            self._records.open(Notification, told["told"], f"{number}/told")
            for told in document.get("notifications", ())
        )
        return self._records.open(
            Case,
            document["sealed"],
            f"{number}/sealed",
            version=document["version"],
            lease_until=document["queue"]["lease_until"],
            notifications=notices,
        )

    def _before_version_5(self, document: Document) -> Case:
        fields = {name: value for name, value in document.items() if name not in DERIVED_THEN}
        number = fields["number"] = fields.pop("_id")
        return self._before_5.to_record(Case, fields, number)

    def told(self, notification: Notification, number: str) -> Document:
        """As it lies in the case of this number."""
        return {"id": notification.id, "told": self._records.seal(notification, f"{number}/told")}

    def marks(self, scope: Scope) -> list[str]:
        """What in a case's `shut_out` would keep this viewer from it: the own name, the own department."""
        name = [self.person(scope.staff_name)] if scope.staff_name else []
        return [*name, *([self.barred(scope.viewer)] if scope.viewer else [])]

    def person(self, name: str) -> str:
        """Keyed hash of a person's name, for leaving out those named in a case."""
        return self._keys.digest("".join(name.split()).casefold(), "person")[:24]

    def barred(self, department: str) -> str:
        """Keyed hash of a department that may not know of a case: it would say who is accused."""
        return self._keys.mark(department, "barred")

    def filing(self, filing_key: str) -> str:
        return self._keys.mark(filing_key, "filing")

    def band(self, band: str) -> str:
        """Keyed, because whoever has a text knows its bands."""
        return self._keys.mark(band, "band")

    def letter(self, verification: str) -> str:
        return self._keys.mark(verification, "letter")

    def file(self, evidence: str) -> str:
        return self._keys.mark(evidence, "case-file")

    def merged(self, number: str) -> str:
        return self._keys.mark(number, "merged")

    @staticmethod
    def rank(case: Case) -> int:
        """Place in the queue order, urgent first."""
        return RANKS[case.complaint.severity]

    @staticmethod
    def queue_due(case: Case) -> datetime:
        return case.due_at or FOREVER

    def _asked_for(self, case: Case) -> Document:
        """What queries need in plain or keyed; why, says `storage/schema/plain_fields.toml`."""
        complaint = case.complaint
        accused = (body.name for body in (*complaint.accused, *complaint.named_too))
        texts = (case.number, *accused, complaint.region_name, complaint.text, complaint.wish)
        codes = {*(one.verification for one in case.letters), *(one.verification for one in case.papers)}
        fields: Document = {
            "filing_key": self.filing(case.filing_key),
            "filed_at": day_of(case.filed_at),
            "updated_at": day_of(case.updated_at),
            "status": case.status.value,
            "department": case.department,
            "jurisdiction": case.routing.jurisdiction,
            "domain": complaint.domain.value,
            "channel": case.channel.value,
            "queue": {
                "department": case.department,
                "open": case.is_open and not case.quarantined and case.lease_until < FOREVER,
                "rank": self.rank(case),
                "due_at": self.queue_due(case),
                "lease_until": case.lease_until,
            },
            "seen_by": _seers(case),
            "search": sorted(self.search.of_texts(texts)),
            "shut_out": [*map(self.person, complaint.persons), *map(self.barred, case.barred)],
            "flags": _flags(case),
            "uncounted": True,
        }
        may_be: Document = {
            "region": complaint.region_code,
            "holder": case.holder.staff if case.holder else None,
            "merged_into": self.merged(case.merged_into) if case.merged_into else None,
            "similar": [*map(self.band, complaint.similar)],
            "letters": sorted(map(self.letter, filter(None, codes))),
            "outcomes": sorted({letter.outcome.value for letter in case.letters}),
            "files": [self.file(evidence.id) for evidence in case.evidence],
            "next_due": next_due(case),
            "erase_at": day_after(erased) if (erased := expires_at(case)) else None,
        }
        return fields | {name: value for name, value in may_be.items() if value}


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
    if any(letter.waits_for_a_head for letter in case.papers):
        flags.append("letter")
    if any(item.closed_at is None for item in case.accountability):
        flags.append("accountable")
    if case.routing.triage and case.is_open:
        flags.append("triage")
    if case.stalled is not None:
        flags.append("stalled")
    if case.quarantined:
        flags.append("quarantined")
    if case.corrected_from is not None:
        flags.append("corrected")
    if any(clock.provisional and not clock.ended for clock in case.clocks):
        flags.append("provisional")
    return flags


def next_due(case: Case) -> datetime | None:
    """From when on somebody must be warned about a running clock.

    Amber by the next full hour: when exactly it begins would tell to the minute when the clock was started.
    """
    return min((at for at in map(_next_warning, case.clocks) if at is not None), default=None)


def _next_warning(clock: Clock) -> datetime | None:
    if not clock.running or WarningLevel.RED in clock.warned:
        return None
    return clock.due_at if WarningLevel.AMBER in clock.warned else hour_after(amber_at(clock))
