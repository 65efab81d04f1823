"""Who may see a case and who may make which move: the table's roles, the relation, and never the accused.

Pure functions over a case and an actor; the same answers serve buttons, API and every change.
"""

from __future__ import annotations

from cases.errors import ConflictOfInterest, IllegalMove, NotAllowed, NotFound
from cases.lifecycle.conflicts import barred
from cases.lifecycle.table import MOVES, TRANSITIONS, MoveSpec, Transition
from cases.model import Case
from cases.people import Actor, Role
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import By, ClockKind, Move, ProposalKind

HOLDERS = (Role.HANDLER, Role.DEPUTY, Role.HEAD, Role.TRIAGE)
"""Who may hold cases."""

_NEEDS_PROPOSAL: dict[Move, ProposalKind] = {
    Move.COUNTERSIGN_DECLINE: ProposalKind.DECLINE,
    Move.REFUSE_DECLINE: ProposalKind.DECLINE,
    Move.APPROVE_EXTENSION: ProposalKind.EXTEND,
    Move.REFUSE_EXTENSION: ProposalKind.EXTEND,
    Move.ACCEPT_TRANSFER: ProposalKind.TRANSFER,
    Move.RETURN_TRANSFER: ProposalKind.TRANSFER,
    Move.DECIDE_DISPUTE: ProposalKind.DISPUTE,
    Move.APPROVE_UNSEAL: ProposalKind.UNSEAL,
    Move.REFUSE_UNSEAL: ProposalKind.UNSEAL,
}


def receiver_of(case: Case) -> str | None:
    """The department to which a transfer was offered, if one is waiting."""
    proposal = case.proposal(ProposalKind.TRANSFER)
    return str(proposal.args["department"]) if proposal else None


def is_involved(case: Case, department: str | None) -> bool:
    return department is not None and (
        department in {case.department, receiver_of(case)} or department in case.routing.participants
    )


def oversees(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """Whether a supervisor answers for the department that holds the case: same jurisdiction."""
    return (
        actor.has(Role.SUPERVISOR)
        and actor.department is not None
        and case.department in jurisdictions.overseen_by(actor.department)
    )


def is_conflicted(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """True for the accused body, what is below it, and a person named in the complaint."""
    if actor.department is None:
        return False
    complaint = case.complaint
    words = (complaint.text, complaint.wish or "")
    if len(actor.name) >= 2 and (actor.name in complaint.persons or any(actor.name in w for w in words)):
        return True
    department = jurisdictions.find_by_id(actor.department)
    accused = complaint.accused
    return department is not None and accused is not None and barred(department, accused, jurisdictions)


def may_see(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    """Whether this member of staff may know that the case exists."""
    if is_conflicted(case, actor, jurisdictions):
        return False
    if oversees(case, actor, jurisdictions) or actor.has(Role.SYSTEM):
        return True
    return is_involved(case, actor.department) and actor.has(*HOLDERS)


def check(case: Case, move: Move, actor: Actor, jurisdictions: Jurisdictions) -> Transition:
    """The table's row for this move.

    Raises NotFound (may not know the case), ConflictOfInterest, IllegalMove, NotAllowed.
    """
    if not actor.has(Role.CITIZEN, Role.SYSTEM):
        if is_conflicted(case, actor, jurisdictions):
            raise ConflictOfInterest("您或您所在单位与此件有关，不能经办。")
        if not may_see(case, actor, jurisdictions):
            raise NotFound("没有找到这个编号。")
    row = TRANSITIONS.get((case.status, move))
    if row is None:
        raise IllegalMove(f"当前状态不能办理“{MOVES[move].label}”。")
    if not actor.has(*row.roles):
        raise NotAllowed(f"您的岗位不能办理“{MOVES[move].label}”。")
    if not any(_stands(case, actor, by, jurisdictions) for by in row.by):
        raise NotAllowed("请先领取此件，或者请承办人办理。")
    return row


def offered(case: Case, actor: Actor, jurisdictions: Jurisdictions) -> tuple[MoveSpec, ...]:
    """The moves whose button this actor should see now."""
    return tuple(
        MOVES[move]
        for (status, move) in TRANSITIONS
        if status == case.status
        and _makes_sense(case, move)
        and not _is_second_notice(case, move, actor)
        and _passes(case, move, actor, jurisdictions)
    )


def _passes(case: Case, move: Move, actor: Actor, jurisdictions: Jurisdictions) -> bool:
    try:
        check(case, move, actor, jurisdictions)
    except (NotFound, NotAllowed, IllegalMove):
        return False
    proposal = case.proposal(_NEEDS_PROPOSAL[move]) if move in _NEEDS_PROPOSAL else None
    is_decision = move not in {Move.ACCEPT_TRANSFER, Move.RETURN_TRANSFER}
    return not (is_decision and proposal is not None and proposal.by.id == actor.id)


def _is_second_notice(case: Case, move: Move, actor: Actor) -> bool:
    """一次告知制: only a supervisor may ask a second time."""
    return move is Move.ASK_SUPPLEMENT and case.supplements_asked > 0 and not actor.has(Role.SUPERVISOR)


def _makes_sense(case: Case, move: Move) -> bool:
    waiting = _NEEDS_PROPOSAL.get(move)
    if waiting is not None:
        return case.proposal(waiting) is not None
    by_move: dict[Move, bool] = {
        Move.ACCEPT: case.proposal(ProposalKind.DECLINE) is None,
        Move.PROPOSE_DECLINE: case.proposal(ProposalKind.DECLINE) is None,
        Move.REQUEST_EXTENSION: case.proposal(ProposalKind.EXTEND) is None and not _was_extended(case),
        Move.TRANSFER: case.proposal(ProposalKind.TRANSFER) is None,
        Move.DISPUTE: case.proposal(ProposalKind.DISPUTE) is None
        and (
            case.proposal(ProposalKind.TRANSFER) is not None
            or any(e.move == Move.RETURN_TRANSFER for e in case.history)
        ),
        Move.REQUEST_UNSEAL: case.complaint.named and case.proposal(ProposalKind.UNSEAL) is None,
        Move.CLAIM: case.holder is None,
        Move.TAKE_OVER: case.holder is not None,
        Move.ROUTE: case.routing.triage,
        Move.RELEASE_QUARANTINE: case.quarantined,
        Move.ANSWER_ORDER: any(o.answered_at is None for o in case.orders),
        Move.CLOSE_ACCOUNTABILITY: any(a.closed_at is None for a in case.accountability),
        Move.ASK_REVIEW: case.reviews == 0,
        Move.ASK_FINAL_REVIEW: case.reviews == 1,
        Move.UNSEAL: False,
        Move.HOLD: not case.legal_hold,
        Move.LIFT_HOLD: case.legal_hold,
    }
    return by_move.get(move, True)


def may_unseal(case: Case, actor: Actor) -> bool:
    """Whether a supervisor let this person see the reporter and the one look is still to come."""
    if actor.id is None:
        return False
    granted = [
        e.seq for e in case.history if e.move == Move.APPROVE_UNSEAL and e.data.get("granted_to") == actor.id
    ]
    looks = [e.seq for e in case.history if e.move == Move.UNSEAL and e.actor.id == actor.id]
    return bool(granted) and (not looks or looks[-1] < granted[-1])


def _was_extended(case: Case) -> bool:
    return any(clock.extended_days for clock in case.clocks if clock.kind is ClockKind.HANDLE)


def _stands(case: Case, actor: Actor, by: By, jurisdictions: Jurisdictions) -> bool:
    own = actor.department == case.department
    match by:
        case By.HOLDER:
            holds = case.holder is not None and case.holder.staff == actor.id
            return own and (holds or actor.has(Role.HEAD))
        case By.DEPARTMENT:
            return own
        case By.RECEIVER:
            return actor.department is not None and actor.department == receiver_of(case)
        case By.INVOLVED:
            return is_involved(case, actor.department)
        case By.OVERSEER:
            return oversees(case, actor, jurisdictions)
        case By.CITIZEN:
            return actor.has(Role.CITIZEN)
        case By.SYSTEM:
            return actor.has(Role.SYSTEM)
