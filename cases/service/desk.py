"""What a member of staff sees and pulls: the queue, one case, its reporter. Looks are recorded here.

Every query carries the actor's scope; what nobody may see is not counted either.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from cases.errors import NotFound
from cases.instants import to_instant
from cases.lifecycle.holding import CLAIM_LEASE
from cases.lifecycle.making import apply
from cases.lifecycle.permissions import HOLDERS, may_see
from cases.lifecycle.requirements import look_was_granted
from cases.lifecycle.situation import Situation
from cases.model import Case
from cases.moves.saving import ATTEMPTS
from cases.moves.table import NoArgs
from cases.people import Actor, Role
from cases.ports.audit import AuditAction, AuditEntry
from cases.ports.cases import CaseFilter, CaseOrder, FoundCases, Scope
from cases.ports.reporters import Reporter
from cases.reasons import LOOK_LAPSED, NO_CASE_FOR_YOU, NO_REPORTER_TO_SEE
from cases.rules.rule_books import Rules
from cases.service.acting import Acting
from cases.service.filing import Stores
from cases.vocabulary import Move


class Desk:
    """One instance serves the whole process."""

    def __init__(self, stores: Stores, acting: Acting, rules: Rules, now: Callable[[], datetime]) -> None:
        self._cases = stores.cases
        self._reporters = stores.reporters
        self._audit = stores.audit
        self._acting = acting
        self._rules = rules
        self._now = now

    def scope(self, actor: Actor) -> Scope:
        """What this member of staff may see, for use inside every query."""
        seen: frozenset[str] = frozenset()
        if actor.department and actor.has(Role.SUPERVISOR):
            seen = self._rules.jurisdictions.overseen_by(actor.department)
        elif actor.department and actor.has(*HOLDERS):
            seen = frozenset({actor.department})
        return Scope(
            departments=seen,
            staff_name=actor.name or None,
            overseer=actor.has(Role.SUPERVISOR),
            hands=actor.id if actor.has(*HOLDERS) else None,
            viewer=actor.department,
        )

    def may_see(self, case: Case, actor: Actor) -> bool:
        return may_see(case, actor, self._rules.jurisdictions)

    async def get(self, number: str, actor: Actor) -> Case:
        """The case, if the actor may see it. Raises NotFound otherwise. Reading alone is no look."""
        case = await self._cases.find(number, self.scope(actor))
        if case is None or not self.may_see(case, actor):
            raise NotFound(NO_CASE_FOR_YOU)
        return case

    async def look(self, number: str, actor: Actor) -> Case:
        """The case, for somebody to be shown it: `get`, and the look on record."""
        case = await self.get(number, actor)
        await self.record_look(case, actor)
        return case

    async def record_look(self, case: Case, actor: Actor) -> None:
        """Audit that this person is shown the case. Whoever answers with its content calls this first."""
        await self._record(AuditAction.CASE_VIEWED, case, actor)

    async def list_cases(
        self,
        actor: Actor,
        where: CaseFilter,
        *,
        order: CaseOrder = CaseOrder.QUEUE,
        limit: int = 50,
        cursor: str | None = None,
    ) -> FoundCases:
        """A page of what the actor may see."""
        page = await self._cases.list_cases(
            self.scope(actor), where, order=order, limit=min(limit, 200), cursor=cursor
        )
        return FoundCases(tuple(c for c in page.cases if self.may_see(c, actor)), page.next_cursor)

    async def count(self, actor: Actor, where: CaseFilter) -> int:
        return await self._cases.count(self.scope(actor), where)

    async def count_each(self, actor: Actor, wheres: Sequence[CaseFilter], most: int) -> Sequence[int]:
        """Of each filter, no more than `most`: a number on a tab need not read a whole archive."""
        return await self._cases.count_each(self.scope(actor), wheres, most)

    def watch(self, actor: Actor) -> AsyncIterator[str]:
        """Numbers of cases in the actor's sight, as they change."""
        return self._cases.watch(self.scope(actor))

    async def claim_next(self, actor: Actor) -> Case | None:
        """Pull the best eligible case of the actor's department; None when the queue is empty."""
        if actor.department is None:
            return None
        await self._acting.must_be_here(actor)
        for _ in range(ATTEMPTS):
            now = to_instant(self._now())
            leased = await self._cases.lease_next(actor.department, self.scope(actor), now, now + CLAIM_LEASE)
            if leased is None:
                return None
            if self.may_see(leased, actor):
                return await self._claim_leased(leased, actor)
        return None

    async def _claim_leased(self, leased: Case, actor: Actor) -> Case:
        """The lease is ours: the old holder, if any, let it lapse."""
        free = leased.model_copy(update={"holder": None})
        claimed = apply(Situation(free, actor, self._rules, self._now()), Move.CLAIM, NoArgs())
        saved = await self._cases.save(claimed, expected_version=leased.version)
        if saved is None:
            return await self._acting.act(leased.number, Move.CLAIM, None, actor)
        return saved

    # -- who filed --------------------------------------------------------------------------------
    def may_read_reporter(self, case: Case, actor: Actor) -> bool:
        """Whether a supervisor granted this person one look at who filed, and it is still to come."""
        return look_was_granted.holds(Situation(case, actor, self._rules, to_instant(self._now())))

    async def reporter_for(self, number: str, actor: Actor) -> Reporter:
        """A named reporter, to whom a supervisor granted one look, and that look is spent here. Audited.

        Raises NotFound unless an approval of this actor's request is still unused, and not too old.
        """
        case = await self.get(number, actor)
        if not self.may_read_reporter(case, actor) or await self._reporters.find(case.number) is None:
            raise NotFound(NO_REPORTER_TO_SEE)
        reporter = await self._reporters.find_lent(case.number, to_instant(self._now()))
        if reporter is None:
            raise NotFound(LOOK_LAPSED)
        await self._acting.act(
            number, Move.UNSEAL, None, actor, expected_version=case.version, read=case, on_reporter_page=True
        )
        await self._reporters.take_back(number)
        await self._record(AuditAction.REPORTER_UNSEALED, case, actor)
        return reporter

    async def _record(self, action: AuditAction, case: Case, actor: Actor) -> None:
        entry = AuditEntry(
            at=to_instant(self._now()), actor=actor.id or "", action=action, subject=case.number
        )
        await self._audit.append(entry)
