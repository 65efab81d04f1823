"""Cases and reporters as version 4 wrote them: each sensitive value sealed by itself, the rest readable."""

from __future__ import annotations

from datetime import datetime

from cases.clocks import Clock, amber_at
from cases.instants import FOREVER
from cases.lifecycle.permissions import hands_of
from cases.lifecycle.retention import expires_at
from cases.model import Case
from cases.ports.reporters import Reporter
from cases.vocabulary import WarningLevel
from storage.cases.documents import CaseMapper
from storage.database.encoding import Document
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing


class Version4:
    """Writes what version 4 stored."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._records = RecordMapper(keys)
        self._now = CaseMapper(keys)

    def case(self, case: Case) -> Document:
        document = self._records.to_document(case, case.number)
        document["_id"] = document.pop("number")
        return document | self._derived(case)

    def reporter(self, reporter: Reporter, *also: str) -> Document:
        number = reporter.number
        sealed = {
            name: self._keys.seal(text, f"{number}/{name}")
            for name in ("name", "contact", "original")
            if (text := getattr(reporter, name))
        }
        return {
            "_id": number,
            "channel": reporter.channel.value,
            "language": reporter.language.value,
            "receipt": reporter.receipt,
            "filed_at": reporter.filed_at,
            "conversations": [*([reporter.conversation] if reporter.conversation else []), *also],
            **sealed,
        }

    def _derived(self, case: Case) -> Document:
        now = self._now.to_document(case)
        watched = hands_of(case) | ({case.stalled.watched} if case.stalled else set())
        warnings = [at for at in map(_next_warning, case.clocks) if at is not None]
        derived: Document = {
            "queue": {**now["queue"], "due_at": case.due_at or FOREVER},
            "seen_by": [*now["seen_by"], *(f"watch:{one}" for one in sorted(watched))],
            "search": now["search"],
            "shut_out": [*map(self._now.person, case.complaint.persons), *case.barred],
            "flags": [flag for flag in now["flags"] if flag != "corrected"],
            "next_due": min(warnings, default=None),
            "erase_at": expires_at(case),
            "notify_at": case.updated_at if case.notifications else None,
        }
        return {name: value for name, value in derived.items() if value is not None}


def _next_warning(clock: Clock) -> datetime | None:
    if not clock.running or WarningLevel.RED in clock.warned:
        return None
    return clock.due_at if WarningLevel.AMBER in clock.warned else amber_at(clock)
