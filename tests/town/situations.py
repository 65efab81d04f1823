"""Cases in every status and every state a requirement may ask about, and people before them in every way.

The pair tests walk all of it: through the table, through the service and through HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from cases.clocks import levels_left
from cases.lifecycle.requirements import days_to_extend
from cases.model import Case, Holder, Proposal
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.vocabulary import By, Move, ProposalKind, Status
from tests.town.clock import MONDAY
from tests.town.moves import args_of, in_status, prepared, stands
from tests.town.people import ACCUSED, staff
from tests.town.places import REFORM
from tests.town.rules import RULES

LATER = MONDAY + timedelta(days=400)
"""When every window of time has closed."""

_PROPOSED = {
    ProposalKind.DECLINE: Move.PROPOSE_DECLINE,
    ProposalKind.EXTEND: Move.REQUEST_EXTENSION,
    ProposalKind.TRANSFER: Move.TRANSFER,
    ProposalKind.DISPUTE: Move.DISPUTE,
    ProposalKind.UNSEAL: Move.REQUEST_UNSEAL,
}


def _with(**changes: Any) -> Callable[[Case], Case]:
    return lambda case: case.model_copy(update=changes)


def _proposed(kind: ProposalKind, by: By, role: Role) -> Callable[[Case], Case]:
    """A proposal waits, made by who stands to the case in this way."""

    def propose(case: Case) -> Case:
        args = args_of(_PROPOSED[kind]).model_dump(mode="json")
        proposal = Proposal(kind=kind, by=stands(case, role, by), at=MONDAY, args=args)
        return case.model_copy(update={"proposals": (proposal,)})

    return propose


def _prepared(move: Move) -> Callable[[Case], Case]:
    return lambda case: prepared(case, move)


def _routing(**changes: Any) -> Callable[[Case], Case]:
    return lambda case: case.model_copy(update={"routing": case.routing.model_copy(update=changes)})


def _anonymous(case: Case) -> Case:
    return case.model_copy(update={"complaint": case.complaint.model_copy(update={"named": False})})


def _extended(case: Case) -> Case:
    return case.model_copy(
        update={"clocks": tuple(c.model_copy(update={"extended_days": 5}) for c in case.clocks)}
    )


def _warned(case: Case) -> Case:
    warned = tuple(levels_left(case.clocks[0])) or ("amber", "red")
    return case.model_copy(
        update={"clocks": tuple(c.model_copy(update={"warned": warned}) for c in case.clocks)}
    )


def _held_by_nobody(case: Case) -> Case:
    return case.model_copy(update={"holder": None})


def _held_past_the_lease(case: Case) -> Case:
    holder = Holder(staff="s-else", name="别的人", since=MONDAY - timedelta(days=1))
    return case.model_copy(update={"holder": holder, "lease_until": MONDAY - timedelta(hours=1)})


STATES: dict[str, Callable[[Case], Case]] = {
    "as it is": lambda case: case,
    **{f"{kind} by a colleague": _proposed(kind, By.DEPARTMENT, Role.HANDLER) for kind in ProposalKind},
    **{f"{kind} by the holder": _proposed(kind, By.HOLDER, Role.HANDLER) for kind in ProposalKind},
    **{f"{kind} by the overseer": _proposed(kind, By.OVERSEER, Role.SUPERVISOR) for kind in ProposalKind},
    "held by law": _with(legal_hold=True),
    "ordered": _prepared(Move.ANSWER_ORDER),
    "asked for a reply": _prepared(Move.REPLY),
    "an item open": _prepared(Move.CLOSE_ACCOUNTABILITY),
    "drawn": _prepared(Move.CHECK),
    "asked to rate": _prepared(Move.RECORD_RATING),
    "quarantined": _with(quarantined=True),
    "in triage": _routing(triage=True),
    "with a participant": _routing(participants=(REFORM,)),
    "anonymous": _anonymous,
    "asked for papers": _with(supplements_asked=1),
    "about a promise": _prepared(Move.UNLINK_COMMITMENT),
    "extended": _extended,
    "warned": _warned,
    "reviewed": _with(reviews=1),
    "finally reviewed": _with(reviews=2),
    "nobody's": _held_by_nobody,
    "held past the lease": _held_past_the_lease,
    "a look granted": _prepared(Move.UNSEAL),
    "due days unsure": _prepared(Move.RECOUNT),
    "kept for years": _prepared(Move.ANONYMISE),
}

ACTORS = (Role.HANDLER, Role.DEPUTY, Role.HEAD, Role.TRIAGE, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN)


def cases_in_every_state() -> Iterator[tuple[str, Case]]:
    for status in Status:
        case = in_status(status)
        for name, change in STATES.items():
            yield f"{status}, {name}", change(case)


def people_before(case: Case) -> Iterator[Actor]:
    """Each once: every role in every relation, the citizen, the system, and the one the case is about."""
    seen: set[tuple[str | None, frozenset[Role]]] = set()
    for role in ACTORS:
        for by in By:
            person = stands(case, role, by)
            if (person.id, person.roles) not in seen:
                seen.add((person.id, person.roles))
                yield person
        yield staff("s-accused", ACCUSED, role, case.department)
    yield CITIZEN
    yield SYSTEM


def fitting_args(case: Case, move: Move, at: Any = MONDAY) -> Any:
    """What somebody would fill in who reads the form: nothing of it is refused for itself."""
    changes: dict[str, Any] = {}
    if move in {Move.TRANSFER, Move.ROUTE, Move.DISPUTE} and case.department == REFORM:
        changes["department"] = "630000:省财政厅"
    if move is Move.REQUEST_EXTENSION:
        changes["days"] = max(1, min(10, days_to_extend(case, RULES, at)))
    if move is Move.CORRECT and case.complaint.domain.value == "procurement":
        changes["domain"] = "bidding"
    if move is Move.WARN:
        open_clock = next(((c, level) for c in case.clocks for level in sorted(levels_left(c))), None)
        if open_clock:
            changes.update(clock=open_clock[0].kind, level=open_clock[1])
    if move is Move.ORDER:
        changes["until"] = (at + timedelta(days=30)).date()
    return args_of(move, **changes)
