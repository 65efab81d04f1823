"""When somebody is in danger, people of ours hear of it: level after level, until one acknowledges.

Who may know of it follows the rule of cases: never the accused body or what is below it, nor who is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from cases import reasons
from cases.errors import InvalidInput, NotFound
from cases.instants import to_instant
from cases.lifecycle.permissions import HOLDERS
from cases.people import Actor, Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction, AuditEntry, AuditStore
from cases.ports.emergencies import Emergency, EmergencyStore, Said
from cases.records import FreeText
from cases.rules.jurisdictions import Jurisdictions
from cases.text_lengths import LONGEST_REMARK

LAST_RUNG = 3
SHOWN_FOR = timedelta(days=30)
MOST_SHOWN = 200
_SLOWER = 6
"""Times as long between two repetitions once everybody has been told."""


class Where(NamedTuple):
    """To whom the report or the case belongs."""

    jurisdiction: str
    department: str
    barred: tuple[str, ...]
    number: str | None = None


def emergency_id(conversation: str, about: str) -> str:
    """One per chat and report (or case); `conversation` is a keyed hash already."""
    return hashlib.sha256(f"emergency:{conversation}:{about}".encode()).hexdigest()[:24]


class Emergencies:
    """Hears, tells whom to tell, and takes the acknowledgement of a person."""

    def __init__(
        self,
        store: EmergencyStore,
        audit: AuditStore,
        jurisdictions: Jurisdictions,
        now: Callable[[], datetime],
        escalate_after: timedelta,
    ) -> None:
        self._store = store
        self._audit = audit
        self._jurisdictions = jurisdictions
        self._now = now
        self._escalate_after = escalate_after

    # -- from the chat --------------------------------------------------------------------------------
    async def hear(self, id: str, where: Where, update: int, kinds: Sequence[str], text: str) -> None:
        """Keep what was said. Repeatable with the same update; new words open it again."""
        now = to_instant(self._now())
        said = Said(update=update, at=now, kinds=tuple(kinds), text=FreeText(text))

        def add(known: Emergency | None) -> Emergency:
            if known is None:
                return Emergency(id=id, said=(said,), tell_at=now, **where._asdict())
            if any(one.update == update for one in known.said):
                return known
            opened = {} if known.is_open else {**_OPEN_AGAIN, "tell_at": now}
            return known.model_copy(update={**opened, "said": (*known.said, said)})

        await self._store.change(id, add)

    async def belongs(self, id: str, where: Where) -> None:
        """Whose it is by now: another department, another accused body, a case. Keeps what was known."""
        whose = {name: value for name, value in where._asdict().items() if value is not None}
        await self._store.change(id, lambda known: known.model_copy(update=whose) if known else None)

    # -- from the worker ------------------------------------------------------------------------------
    async def list_due(self, limit: int) -> Sequence[Emergency]:
        return await self._store.list_due(self._now(), limit)

    def whom(self, emergency: Emergency, everybody: Iterable[Staff]) -> list[Staff]:
        """Who is told at the rung that comes next."""
        rung = min(emergency.rung + 1, LAST_RUNG)
        return [p for p in everybody if p.active and self._is_told(emergency, p.actor, rung)]

    async def told(self, emergency: Emergency) -> None:
        """The level was told; the next one hears of it when nobody acknowledges."""
        pause = self._escalate_after * (1 if emergency.rung + 1 < LAST_RUNG else _SLOWER)
        tell_at = to_instant(self._now() + pause)

        def climb(known: Emergency | None) -> Emergency | None:
            if known is None or not known.is_open or known.rung != emergency.rung:
                return None
            return known.model_copy(update={"rung": known.rung + 1, "tell_at": tell_at})

        await self._store.change(emergency.id, climb)

    # -- from the desk --------------------------------------------------------------------------------
    async def list_for(self, actor: Actor) -> list[Emergency]:
        """Open ones first, then what was said in the last days; each look is in the audit trail."""
        since = self._now() - SHOWN_FOR
        found = {e.id: e for e in await self._store.list_open(MOST_SHOWN)}
        found |= {e.id: e for e in await self._store.list_since(since, MOST_SHOWN)}
        seen = [e for e in found.values() if self.may_see(e, actor)]
        for emergency in seen:
            await self._note(actor, AuditAction.EMERGENCY_VIEWED, emergency)
        return sorted(seen, key=lambda e: (not e.is_open, -e.said[-1].at.timestamp()))

    async def count_open(self, actor: Actor) -> int:
        """How many wait for a person, of those that this one may see; nothing of them is shown."""
        return sum(self.may_see(e, actor) for e in await self._store.list_open(MOST_SHOWN))

    async def acknowledge(self, id: str, note: str, actor: Actor) -> Emergency:
        """A person has seen to it and says what was done. Raises InvalidInput, NotFound."""
        note = note.strip()
        if len(note) < 2:
            raise InvalidInput(reasons.SAY_WHAT_WAS_DONE)
        emergency = await self._store.get(id)
        if not self.may_see(emergency, actor):
            raise NotFound(reasons.NO_SUCH_EMERGENCY)
        seen = {
            "acknowledged_by": actor.id or "",
            "acknowledged_at": to_instant(self._now()),
            "note": FreeText(note[:LONGEST_REMARK]),
            "tell_at": None,
        }
        done = await self._store.change(
            id, lambda known: known.model_copy(update=seen) if known and known.is_open else None
        )
        if done is None:
            raise InvalidInput(reasons.ALREADY_ACKNOWLEDGED)
        await self._note(actor, AuditAction.EMERGENCY_ACKNOWLEDGED, done)
        return done

    def may_see(self, emergency: Emergency, actor: Actor) -> bool:
        """Duty staff of the department, supervisors who answer for it, and those of the levels above."""
        if actor.department is None or self._is_shut_out(emergency, actor):
            return False
        own = actor.department == emergency.department and actor.has(*HOLDERS)
        return own or self._oversees(emergency, actor) or self._is_above(emergency, actor)

    def _is_told(self, emergency: Emergency, actor: Actor, rung: int) -> bool:
        if not self.may_see(emergency, actor):
            return False
        if rung == 1 or rung >= LAST_RUNG:
            return rung >= LAST_RUNG or not self._is_above(emergency, actor)
        return actor.has(Role.SUPERVISOR, Role.HEAD) or self._is_above(emergency, actor)

    def _oversees(self, emergency: Emergency, actor: Actor) -> bool:
        return (
            actor.has(Role.SUPERVISOR)
            and actor.department is not None
            and emergency.department in self._jurisdictions.overseen_by(actor.department)
        )

    def _is_above(self, emergency: Emergency, actor: Actor) -> bool:
        """A supervisor of a jurisdiction that holds this one."""
        if not actor.has(Role.SUPERVISOR) or actor.department is None or self._oversees(emergency, actor):
            return False
        home = self._jurisdictions.jurisdiction_of(actor.department)
        here = self._jurisdictions.get(emergency.jurisdiction)
        return home is not None and home.id in {wider.id for wider in self._jurisdictions.around(here)}

    @staticmethod
    def _is_shut_out(emergency: Emergency, actor: Actor) -> bool:
        named = len(actor.name) >= 2 and any(actor.name in said.text for said in emergency.said)
        return named or actor.department in emergency.barred

    async def _note(self, actor: Actor, action: AuditAction, emergency: Emergency) -> None:
        await self._audit.append(
            AuditEntry(at=self._now(), actor=actor.id or "", action=action, subject=emergency.id)
        )


_OPEN_AGAIN: dict[str, Any] = {"acknowledged_by": None, "acknowledged_at": None, "note": None, "rung": 0}
