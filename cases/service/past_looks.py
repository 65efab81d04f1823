"""When a body turns out to be accused later: who of it had looked at the case before, for the auditors.

Nothing can take a look back; it can only be known. Written before the case changes, so that no change is
without it; a change that is tried again may leave the same entry twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.errors import NotFound
from cases.instants import local_date, to_instant
from cases.model import Case
from cases.ports.accounts import StaffStore
from cases.ports.audit import AuditAction, AuditEntry, AuditStore

_MOST = 2000
"""Entries of one case that are looked through."""
_LOOKS = frozenset({AuditAction.CASE_VIEWED, AuditAction.EVIDENCE_OPENED, AuditAction.REPORTER_UNSEALED})


class PastLooks:
    """One instance serves the whole process."""

    def __init__(self, audit: AuditStore, staff: StaffStore, now: Callable[[], datetime]) -> None:
        self._audit = audit
        self._staff = staff
        self._now = now

    async def record(self, before: Case, after: Case) -> None:
        """One entry that names the newly barred departments whose people looked, and each look."""
        newly_barred = set(after.barred) - set(before.barred)
        entries = await self._audit.list_entries(subject=before.number, limit=_MOST) if newly_barred else ()
        looks = [entry for entry in entries if entry.action in _LOOKS]
        homes = {actor: await self._home(actor) for actor in {look.actor for look in looks}}
        theirs = [look for look in reversed(looks) if homes[look.actor][1] in newly_barred]
        if not theirs:
            return
        data = {
            "department": sorted({homes[look.actor][1] or "" for look in theirs}),
            "looks": [f"{homes[look.actor][0]} {local_date(look.at)} {look.action}" for look in theirs],
        }
        at = to_instant(self._now())
        await self._audit.append(
            AuditEntry(at=at, actor="", action=AuditAction.LOOKS_OF_ACCUSED, subject=before.number, data=data)
        )

    async def _home(self, id: str) -> tuple[str, str | None]:
        """Name and department of who looked; an account that is gone has none."""
        try:
            person = await self._staff.get(id)
        except NotFound:
            return id, None
        return person.name, person.department
