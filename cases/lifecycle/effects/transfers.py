"""Moves between departments: triage, transfer, return, dispute, participants, merging and splitting.

首问责任制: the department that holds a case stays responsible until the receiver has accepted it.
"""

from __future__ import annotations

from cases.errors import ConflictOfInterest, InvalidInput
from cases.instants import EPOCH
from cases.lifecycle import forms
from cases.lifecycle.conflicts import barred
from cases.lifecycle.turn import Turn
from cases.rules.jurisdictions import Department
from cases.vocabulary import (
    ClockKind,
    DecidedBy,
    Move,
    ProposalKind,
)


def transfer(turn: Turn) -> None:
    args = turn.given(forms.Transfer)
    target = _eligible(turn, args.department)
    if target.id == turn.case.department:
        raise InvalidInput("此件已在本单位。")
    turn.propose(ProposalKind.TRANSFER)
    turn.start_clock(ClockKind.TRANSFER_RETURN, target.id)
    turn.data.update(to=target.id, to_name=target.title)
    turn.note = args.reason
    turn.tell_department("staff-transfer-offered", target.id)


def accept_transfer(turn: Turn) -> None:
    proposal = turn.take_proposal(ProposalKind.TRANSFER)
    turn.note = turn.given(forms.OptionalRemark).remark or None
    turn.meet_clocks(ClockKind.TRANSFER_RETURN)
    _move_to(turn, _eligible(turn, str(proposal.args["department"])))


def return_transfer(turn: Turn) -> None:
    """信访工作条例 第23条第3款: within five working days, with reasons."""
    clock = turn.case.clock(ClockKind.TRANSFER_RETURN)
    if clock is not None and turn.now > clock.due_at:
        raise InvalidInput("已超过5个工作日的退回期限，请接收办理，或者提请裁定。")
    turn.take_proposal(ProposalKind.TRANSFER)
    turn.meet_clocks(ClockKind.TRANSFER_RETURN)
    turn.note = turn.given(forms.Reason).reason
    turn.data["from"] = turn.actor.department
    turn.tell_department("staff-transfer-returned")


def dispute(turn: Turn) -> None:
    args = turn.given(forms.Transfer)
    target = _eligible(turn, args.department)
    turn.propose(ProposalKind.DISPUTE)
    turn.data.update(to=target.id, to_name=target.title)
    turn.note = args.reason
    turn.tell_supervisors("staff-dispute")


def decide_dispute(turn: Turn) -> None:
    """信访工作条例 第24条: the common superior names the department."""
    args = turn.given(forms.DecideDispute)
    turn.take_proposal(ProposalKind.DISPUTE)
    turn.set(proposals=tuple(p for p in turn.changes["proposals"] if p.kind is not ProposalKind.TRANSFER))
    turn.stop_clocks(ClockKind.TRANSFER_RETURN)
    turn.note = args.reason
    target = _eligible(turn, args.department)
    turn.data.update(to=target.id, to_name=target.title)
    if target.id != turn.case.department:
        _move_to(turn, target)


def route(turn: Turn) -> None:
    """Triage: the coordinator's person says whose it is."""
    args = turn.given(forms.Route)
    target = _eligible(turn, args.department)
    complaint = turn.case.complaint
    if args.domain is not None and args.domain is not complaint.domain:
        turn.data.update(before=complaint.domain.value, after=args.domain.value)
        turn.set(
            complaint=complaint.model_copy(update={"domain": args.domain, "domain_by": DecidedBy.STAFF}),
            corrected_from=turn.case.corrected_from or complaint.domain,
        )
    turn.note = args.reason
    turn.set(quarantined=False)
    _move_to(turn, target, reason=f"分办：{args.reason}")


def _move_to(turn: Turn, target: Department, reason: str = "转办接收") -> None:
    case = turn.case
    turn.data.update(to=target.id, to_name=target.title)
    running_accept = any(c.kind is ClockKind.ACCEPT and c.running for c in case.clocks)
    if running_accept:
        turn.stop_clocks(ClockKind.ACCEPT)
    routing = case.routing.model_copy(
        update={
            "department": target.id,
            "department_name": target.title,
            "participants": tuple(p for p in case.routing.participants if p != target.id),
            "triage": False,
            "reasons": (*case.routing.reasons, reason),
        }
    )
    jurisdiction = turn.rules.jurisdictions.jurisdiction_of(target.id)
    if jurisdiction is not None:
        routing = routing.model_copy(update={"jurisdiction": jurisdiction.id})
    turn.set(
        department=target.id, department_name=target.title, routing=routing, holder=None, lease_until=EPOCH
    )
    if running_accept:
        turn.start_clock(ClockKind.ACCEPT, target.id)
    turn.change_clocks(
        lambda c: c.model_copy(update={"department": target.id}), ClockKind.HANDLE, paused_too=True
    )
    turn.tell_citizen("told-transferred", department=target.title)
    turn.tell_department("staff-new-case", target.id)


def invite(turn: Turn) -> None:
    args = turn.given(forms.Invite)
    invited = [_eligible(turn, id) for id in args.departments]
    routing = turn.case.routing
    new = tuple(d.id for d in invited if d.id not in routing.participants and d.id != turn.case.department)
    turn.set(routing=routing.model_copy(update={"participants": (*routing.participants, *new)}))
    turn.data["departments"] = [d.title for d in invited]
    turn.note = args.reason
    for id in new:
        turn.tell_department("staff-invited", id)


def merge(turn: Turn) -> None:
    into = turn.given(forms.Merge).into
    if into == turn.case.number:
        raise InvalidInput("不能并入自己。")
    turn.stop_clocks()
    turn.set(merged_into=into, holder=None, proposals=())
    turn.data["into"] = into
    turn.tell_citizen("told-merged", into=into)


def split(turn: Turn) -> None:
    """Children were stored by the service before; each is a case of its own."""
    for part in turn.given(forms.Split).parts:
        _eligible(turn, part.department)
    turn.set(children=(*turn.case.children, *turn.facts.children))
    turn.data["children"] = list(turn.facts.children)
    turn.tell_citizen("told-split", children=list(turn.facts.children))


def _eligible(turn: Turn, id: str) -> Department:
    """The department, unless it is the accused body or below it."""
    target = turn.department(id)
    accused = turn.case.complaint.accused
    if accused is not None and barred(target, accused, turn.rules.jurisdictions):
        raise ConflictOfInterest(f"{target.title}是被投诉主体或其下级，不能接收此件。")
    return target


EFFECTS = {
    Move.TRANSFER: transfer,
    Move.ACCEPT_TRANSFER: accept_transfer,
    Move.RETURN_TRANSFER: return_transfer,
    Move.DISPUTE: dispute,
    Move.DECIDE_DISPUTE: decide_dispute,
    Move.ROUTE: route,
    Move.INVITE: invite,
    Move.MERGE: merge,
    Move.SPLIT: split,
}
