"""One move being made: what it reads, what it changes, what must be told. Collected here, applied at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from cases import clocks
from cases.clocks import Clock
from cases.errors import InvalidInput
from cases.lifecycle.forms import Args
from cases.model import Case, Notification, Proposal
from cases.people import Actor
from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Department, Jurisdictions
from cases.rules.time_limits import TimeLimits
from cases.vocabulary import Audience, ClockKind, Move, ProposalKind

A = TypeVar("A", bound=Args)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule books a move consults; all pure data."""

    calendar: WorkCalendar
    limits: TimeLimits
    jurisdictions: Jurisdictions


@dataclass(frozen=True, slots=True)
class Facts:
    """What the service looked up beforehand because a pure function cannot."""

    serial: int = 0
    """Next number of an opinion letter of the department."""
    verification: str = ""
    assignee_id: str = ""
    assignee_name: str = ""
    assignee_department: str = ""
    holder_away: bool = False
    children: tuple[str, ...] = ()


@dataclass(slots=True)
class Turn:
    """`case` is the state before; `changes` become the fields of the state after."""

    case: Case
    move: Move
    args: Args
    actor: Actor
    now: datetime
    rules: Rules
    facts: Facts
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    told: list[Notification] = field(default_factory=list)

    def given(self, kind: type[A]) -> A:
        if not isinstance(self.args, kind):
            raise InvalidInput(f"{self.move} needs {kind.__name__}")
        return self.args

    def set(self, **changes: Any) -> None:
        self.changes.update(changes)

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

    # -- proposals --------------------------------------------------------------------------------
    def propose(self, kind: ProposalKind) -> None:
        """Leave it to a second person. One proposal of a kind at a time."""
        if self.case.proposal(kind):
            raise InvalidInput("已有一项同样的申请在等待处理。")
        proposal = Proposal(kind=kind, by=self.actor, at=self.now, args=self.args.model_dump(mode="json"))
        self.set(proposals=(*self.case.proposals, proposal))

    def take_proposal(self, kind: ProposalKind) -> Proposal:
        """The waiting proposal, which this move decides."""
        proposal = self.case.proposal(kind)
        if proposal is None:
            raise InvalidInput("没有等待处理的申请。")
        self.set(proposals=tuple(p for p in self.case.proposals if p.kind != kind))
        return proposal

    # -- clocks -----------------------------------------------------------------------------------
    @property
    def _clocks(self) -> tuple[Clock, ...]:
        current: tuple[Clock, ...] = self.changes.get("clocks", self.case.clocks)
        return current

    def start_clock(self, kind: ClockKind, department: str | None = None) -> Clock:
        limit = self.rules.limits.for_case(self.case.complaint.domain, kind)
        clock = clocks.start(limit, self.now, self.rules.calendar, department or self.case.department)
        self.set(clocks=(*self._clocks, clock))
        return clock

    def change_clocks(
        self, change: Callable[[Clock], Clock], *kinds: ClockKind, paused_too: bool = False
    ) -> None:
        """Apply to running clocks (and paused ones if said) of these kinds; to all kinds if none named."""
        self.set(
            clocks=tuple(
                change(c)
                if (c.running or (paused_too and c.paused_at is not None and c.stopped_at is None))
                and (not kinds or c.kind in kinds)
                else c
                for c in self._clocks
            )
        )

    def meet_clocks(self, *kinds: ClockKind) -> None:
        self.change_clocks(lambda c: clocks.meet(c, self.now), *kinds)

    def stop_clocks(self, *kinds: ClockKind) -> None:
        self.change_clocks(lambda c: clocks.stop(c, self.now), *kinds, paused_too=True)

    def pause_clocks(self) -> None:
        self.change_clocks(lambda c: clocks.pause(c, self.now))

    def resume_clocks(self) -> None:
        self.set(
            clocks=tuple(
                clocks.resume(c, self.now, self.rules.calendar)
                if c.paused_at is not None and c.stopped_at is None
                else c
                for c in self._clocks
            )
        )

    # -- departments ------------------------------------------------------------------------------
    def department(self, id: str) -> Department:
        found = self.rules.jurisdictions.find_by_id(id)
        if found is None:
            raise InvalidInput("没有这个单位。")
        return found
