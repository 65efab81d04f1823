"""Opening a file of a case: who may, and one audit entry for each look.

A page that shows a picture, a player that asks for a film piece by piece, and a click on the picture are
one look of one person at one file. Nothing here reads the file.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from cases import reasons
from cases.errors import NotFound
from cases.instants import to_instant
from cases.lifecycle.permissions import may_see
from cases.model import Case, Evidence
from cases.people import Actor
from cases.ports.audit import AuditAction, AuditEntry, AuditStore
from cases.ports.cases import CaseStore, Scope
from cases.rules.jurisdictions import Jurisdictions

SAME_LOOK = timedelta(minutes=10)
"""Opening the same file again within this time is the same look."""
_RECENT = 200


class FileLooks:
    """Audits before it answers: no byte is sent of a look that was not recorded."""

    def __init__(
        self,
        cases: CaseStore,
        audit: AuditStore,
        scope: Callable[[Actor], Scope],
        jurisdictions: Jurisdictions,
        now: Callable[[], datetime],
    ) -> None:
        self._cases = cases
        self._audit = audit
        self._scope = scope
        self._jurisdictions = jurisdictions
        self._now = now
        self._turns: dict[tuple[str, str], asyncio.Lock] = {}

    async def open(self, number: str, file: str, actor: Actor) -> Evidence:
        """What is known of the file. Raises NotFound when there is none, or not for this actor."""
        case = await self._cases.find(number, self._scope(actor))
        if case is None or not may_see(case, actor, self._jurisdictions):
            raise NotFound(reasons.NO_CASE_FOR_YOU)
        found = find_file(case, file)
        async with self._alone(actor.id or "", file):
            if not await self._is_recorded(number, file, actor):
                await self._record(number, file, actor)
        return found

    async def _is_recorded(self, number: str, file: str, actor: Actor) -> bool:
        since = to_instant(self._now()) - SAME_LOOK
        entries = await self._audit.list_entries(subject=number, limit=_RECENT)
        return any(
            e.action == AuditAction.EVIDENCE_OPENED
            and e.actor == (actor.id or "")
            and e.data.get("file") == file
            and e.at > since
            for e in entries
        )

    async def _record(self, number: str, file: str, actor: Actor) -> None:
        at, data = to_instant(self._now()), {"file": file}
        entry = AuditEntry(
            at=at, actor=actor.id or "", action=AuditAction.EVIDENCE_OPENED, subject=number, data=data
        )
        await self._audit.append(entry)

    @asynccontextmanager
    async def _alone(self, actor: str, file: str) -> AsyncIterator[None]:
        """A player's requests come side by side; the second waits for the entry of the first."""
        lock = self._turns.setdefault((actor, file), asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked():
                self._turns.pop((actor, file), None)


def find_file(case: Case, id: str) -> Evidence:
    """Raises NotFound when the case has no such file."""
    found = next((file for file in case.evidence if file.id == id), None)
    if found is None:
        raise NotFound(reasons.NO_SUCH_FILE)
    return found
