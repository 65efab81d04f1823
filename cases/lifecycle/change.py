"""One move of a case being made: who is told, which proposals and clocks change, which department is meant.

Collected here, applied at once. Whether the move may be made was decided before, by the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cases.clocks import Clock
from cases.errors import ConflictOfInterest, InvalidInput
from cases.letters import Letterhead
from cases.lifecycle.conflicts import barred
from cases.model import Case, Complaint, LinkedCommitment, Notification, Proposal, Routing, Stalled
from cases.people import Actor
from cases.reasons import IS_ACCUSED, NO_SUCH_DEPARTMENT
from cases.rules.departments import Department
from cases.timed import TimedChange
from cases.vocabulary import Audience, ClockKind, Move, ProposalKind


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the service looked up or stored beforehand because a pure function cannot."""

    serial: int = 0
    """The number of a letter of the department, taken for this move; 0 where none goes with it."""
    verification: str = ""
    letterhead: Letterhead | None = None
    letter: str = ""
    """Id of the letter that goes with this move, if it was written before."""
    assignee: Actor | None = None
    unstaffed: frozenset[str] = frozenset()
    """Departments this move leads to in which nobody could work the case."""
    alone: bool = False
    """Whether nobody in the actor's department could decide what is proposed here."""
    children: tuple[str, ...] = ()
    filed_as: str = ""
    """The number of the merged case whose citizen makes this move on the main case."""
    commitment: LinkedCommitment | None = None
    routing: Routing | None = None
    """Where the complaint would go if it were filed as it is after the move."""


@dataclass(slots=True, kw_only=True)
class CaseChange(TimedChange[Case]):
    """`case` is the state before."""

    looked_up: LookedUp
    told: list[Notification] = field(default_factory=list)

    @property
    def case(self) -> Case:
        return self.subject

    # -- who is told ------------------------------------------------------------------------------
    def tell(self, audience: Audience, template: str, target: str | None = None, **params: Any) -> None:
        """Citizens without a word to them are not told twice; a department is told about its own queue."""
        seq = len(self.case.history) + 1
        self.told.append(
            Notification(
                id=f"{self.case.number}:{seq}:{len(self.told)}",
                audience=audience,
                target=target,
                template=template,
                params={"number": self.case.number, **params},
            )
        )

    def tell_citizen(self, template: str, **params: Any) -> None:
        self.tell(Audience.CITIZEN, template, None, **params)

    def tell_department(self, template: str, department: str | None = None, **params: Any) -> None:
        self.tell(Audience.DEPARTMENT, template, department or self.case.department, **params)

    def tell_supervisors(self, template: str, **params: Any) -> None:
        """Those who oversee the jurisdiction of the case."""
        self.tell(Audience.SUPERVISORS, template, self.case.routing.jurisdiction, **params)

    def tell_holder(self, template: str, **params: Any) -> None:
        if self.case.holder:
            self.tell(Audience.STAFF, template, self.case.holder.staff, **params)
        else:
            self.tell_department(template, **params)

    # -- who can take the next step ---------------------------------------------------------------
    def can_begin(self, department: Department) -> bool:
        """Whether somebody there can take this step; if not, it waits for a supervisor, who is told."""
        if department.id not in self.looked_up.unstaffed:
            self.set(stalled=None)
            return True
        self.stall(department.id, department.title)
        return False

    def stall(self, department: str, name: str) -> None:
        """The step is not begun: whoever would have to take it has no account."""
        before = self.case.stalled
        stalled = Stalled(
            step=Move(self.move),
            department=department,
            department_name=name,
            watched=before.watched if before else self.case.department,
            since=self.now,
        )
        self.set(stalled=stalled)
        self.data["nobody_at"] = name
        self.tell_supervisors("staff-stalled")

    # -- proposals --------------------------------------------------------------------------------
    def propose(self, kind: ProposalKind) -> None:
        """Leave it to a second person."""
        proposal = Proposal(kind=kind, by=self.actor, at=self.now, args=self.args.model_dump(mode="json"))
        self.set(proposals=(*self.case.proposals, proposal))

    def take_proposal(self, kind: ProposalKind) -> Proposal:
        """The waiting proposal, which this move decides."""
        proposal = next(p for p in self.case.proposals if p.kind is kind)
        self.set(proposals=tuple(p for p in self.case.proposals if p.kind is not kind))
        return proposal

    # -- clocks -----------------------------------------------------------------------------------
    def start_clock(self, kind: ClockKind, department: str | None = None) -> Clock:
        """By the domain as it is after the move: triage may just have named another."""
        complaint: Complaint = self.changes.get("complaint", self.case.complaint)
        limit = self.rules.limits.for_case(complaint.domain, kind)
        return self.start(limit, department or self.case.department)

    # -- departments ------------------------------------------------------------------------------
    def eligible(self, id: str) -> Department:
        """The department. Raises ConflictOfInterest for the accused body and what is below it."""
        books = self.rules.jurisdictions
        target = books.find_by_id(id)
        if target is None:
            raise InvalidInput(NO_SUCH_DEPARTMENT)
        if barred(target, self.case.complaint.accused, books):
            raise ConflictOfInterest(IS_ACCUSED, department=target.title)
        return target
