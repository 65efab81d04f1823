"""Whether anybody is there who could take the next step: looked up for the moves that lead to it.

An account counts when it is active, may hold cases, and is not kept out of this one. What follows when
nobody is there is said by the moves (`lifecycle/change.py:CaseChange.stall`), not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cases.lifecycle.permissions import HOLDERS, names
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import TABLE
from cases.model import Complaint
from cases.people import Role
from cases.ports.accounts import Staff, StaffStore
from cases.rules.rule_books import Rules
from cases.vocabulary import By, Move

PROPOSED: dict[Move, Move] = {
    Move.PROPOSE_DECLINE: Move.COUNTERSIGN_DECLINE,
    Move.REQUEST_EXTENSION: Move.APPROVE_EXTENSION,
}
"""What one person proposes, and the move by which another person of the department decides it."""


class Staffing:
    """One instance serves the whole process."""

    def __init__(self, staff: StaffStore, rules: Rules) -> None:
        self._staff = staff
        self._rules = rules

    async def unstaffed(self, complaint: Complaint, department: str | None) -> frozenset[str]:
        """The department, if nobody in it could work this complaint."""
        if department is None:
            return frozenset()
        for limit in (1, 0):  # hardly ever is the first one named
            people = await self._staff.list_active(HOLDERS, department, limit=limit)
            if any(not names(complaint, person.name) for person in people):
                return frozenset()
        return frozenset({department})

    async def is_alone(self, at: Situation, deciding: Move) -> bool:
        """Whether nobody else of the department could decide, so that a supervisor has to."""
        return not _anybody(at, deciding, await self._staff.list_staff(at.actor.department))

    async def another_head(self, at: Situation) -> bool:
        """Whether somebody else heads the actor's department and could sign what the actor wrote."""
        people = await self._staff.list_staff(at.actor.department)
        heads = (p for p in people if p.active and p.id != at.actor.id and p.actor.has(Role.HEAD))
        return any(not replace(at, actor=person.actor).conflicted for person in heads)

    async def empty_departments(self, among: frozenset[str] | None = None) -> tuple[str, ...]:
        """Titles of those in which nobody can work a case."""
        empty = await self.empty_leads()
        return tuple(title for id, title in empty.items() if among is None or id in among)

    async def empty_leads(self) -> dict[str, str]:
        """By id, the titles of those that lead a domain or coordinate and have nobody who can work a case."""
        books = self._rules.jurisdictions
        leads = dict.fromkeys(id for jurisdiction in books.all() for id in jurisdiction.leads)
        people = await self._staff.list_staff()
        staffed = {person.department for person in people if person.active and person.actor.has(*HOLDERS)}
        return {id: books.department(id).title for id in leads if id not in staffed}


def _anybody(at: Situation, deciding: Move, people: Iterable[Staff]) -> bool:
    """Whether one of these, other than who proposes, may decide as one of the department."""
    row = TABLE.rows[at.status, deciding]
    roles, relations = row.roles - {Role.SUPERVISOR}, row.by - {By.OVERSEER}
    for person in people:
        other = replace(at, actor=person.actor)
        fits = not roles.isdisjoint(person.roles) and any(other.stands(by) for by in relations)
        if person.active and person.id != at.actor.id and fits and not other.conflicted:
            return True
    return False
