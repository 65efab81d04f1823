"""Moves between departments: triage, transfer, return, dispute, participants, merging and splitting.

首问责任制: the department that holds a case stays responsible until the receiver has accepted it.
"""

from __future__ import annotations

from cases.errors import InvalidInput
from cases.instants import EPOCH
from cases.lifecycle import forms
from cases.lifecycle.change import CaseChange
from cases.lifecycle.conflicts import accusing, barred_departments
from cases.lifecycle.effects.keeping import keep_time
from cases.lifecycle.letters import going_along
from cases.model import Routing
from cases.people import Actor
from cases.reasons import ACCUSED_ALREADY, ALREADY_HERE, NOT_INTO_ITSELF, NOT_ITS_OWN_REVIEW
from cases.rules.departments import Department
from cases.vocabulary import (
    ClockKind,
    DecidedBy,
    LetterKind,
    Move,
    ProposalKind,
)

_GO_ALONG = (ClockKind.HANDLE, ClockKind.REVIEW, ClockKind.FINAL_REVIEW)
"""Clocks that run on where the case is moved."""


def transfer(change: CaseChange) -> None:
    args = change.given(forms.Transfer)
    target = change.eligible(args.department)
    if target.id == change.case.department:
        raise InvalidInput(ALREADY_HERE)
    change.propose(ProposalKind.TRANSFER)
    keep_time(change, ClockKind.TRANSFER, since=ClockKind.HANDLE)
    going_along.submit(change, LetterKind.TRANSFER)
    change.start_clock(ClockKind.TRANSFER_RETURN, target.id)
    change.data.update(to=target.id, to_name=target.title)
    change.note = args.reason
    if change.can_begin(target):
        change.tell_department("staff-transfer-offered", target.id)


def accept_transfer(change: CaseChange) -> None:
    proposal = change.take_proposal(ProposalKind.TRANSFER)
    change.note = change.given(forms.OptionalRemark).remark or None
    change.meet_clocks(ClockKind.TRANSFER_RETURN)
    going_along.sign(change, LetterKind.TRANSFER, forms.Transfer.model_validate(proposal.args), proposal.by)
    _move_to(change, change.eligible(str(proposal.args["department"])))


def return_transfer(change: CaseChange) -> None:
    """信访工作条例 第23条第3款: within five working days, with reasons."""
    change.take_proposal(ProposalKind.TRANSFER)
    change.meet_clocks(ClockKind.TRANSFER_RETURN)
    change.note = change.given(forms.Grounds).reason
    change.data["from"] = change.actor.department
    going_along.send_back(change, LetterKind.TRANSFER)
    change.tell_department("staff-transfer-returned")


def dispute(change: CaseChange) -> None:
    args = change.given(forms.Transfer)
    target = change.eligible(args.department)
    change.propose(ProposalKind.DISPUTE)
    change.data.update(to=target.id, to_name=target.title)
    change.note = args.reason
    change.tell_supervisors("staff-dispute")


def decide_dispute(change: CaseChange) -> None:
    """信访工作条例 第24条: the common superior names the department."""
    args = change.given(forms.DecideDispute)
    _end_offers(change)
    change.note = args.reason
    target = change.eligible(args.department)
    change.data.update(to=target.id, to_name=target.title)
    disputed = change.case.proposal(ProposalKind.DISPUTE)
    _write_where_to(change, target, args.reason, disputed.by if disputed else None)
    if target.id != change.case.department:
        _move_to(change, target)
    else:
        change.can_begin(target)


def _end_offers(change: CaseChange) -> None:
    """Who gets the case is decided: nothing that was asked about it waits any more."""
    settled = {ProposalKind.DISPUTE, ProposalKind.TRANSFER}
    change.set(proposals=tuple(p for p in change.case.proposals if p.kind not in settled))
    change.stop_clocks(ClockKind.TRANSFER_RETURN)


def route(change: CaseChange) -> None:
    """Triage: the coordinator's person says whose it is; or the supervisor, when a step has nobody."""
    args = change.given(forms.Route)
    target = change.eligible(args.department)
    if target.id == change.case.review_of:
        raise InvalidInput(NOT_ITS_OWN_REVIEW, department=target.title)
    _end_offers(change)
    complaint = change.case.complaint
    if args.domain is not None and args.domain is not complaint.domain:
        change.data.update(before=complaint.domain.value, after=args.domain.value)
        change.set(
            complaint=complaint.model_copy(update={"domain": args.domain, "domain_by": DecidedBy.STAFF}),
            corrected_from=change.case.corrected_from or complaint.domain,
        )
    change.note = args.reason
    change.set(quarantined=False)
    _write_where_to(change, target, args.reason)
    _move_to(change, target, reason=f"分办：{args.reason}")
    if change.case.quarantined:
        change.start_clock(ClockKind.ACCEPT, target.id)


def _write_where_to(
    change: CaseChange, target: Department, reason: str, drafter: Actor | None = None
) -> None:
    """转送告知书 of the department that lets the case go (信访工作条例 第22条); what stays is not sent on."""
    if target.id == change.case.department:
        going_along.send_back(change, LetterKind.TRANSFER)
    elif change.looked_up.serial:
        said = forms.Transfer(department=target.id, reason=reason)
        going_along.sign(change, LetterKind.TRANSFER, said, drafter)


def _move_to(change: CaseChange, target: Department, reason: str = "转办接收") -> None:
    case = change.case
    change.data.update(to=target.id, to_name=target.title)
    change.meet_clocks(ClockKind.REGISTER)
    running_accept = any(c.kind is ClockKind.ACCEPT and c.running for c in case.clocks)
    if running_accept:
        change.stop_clocks(ClockKind.ACCEPT)
    before: Routing = change.changes.get("routing", case.routing)
    routing = before.model_copy(
        update={
            "department": target.id,
            "department_name": target.title,
            "participants": tuple(p for p in before.participants if p != target.id),
            "triage": False,
            "reasons": (*before.reasons, reason),
        }
    )
    jurisdiction = change.rules.jurisdictions.jurisdiction_of(target.id)
    if jurisdiction is not None:
        routing = routing.model_copy(update={"jurisdiction": jurisdiction.id})
    change.set(
        department=target.id, department_name=target.title, routing=routing, holder=None, lease_until=EPOCH
    )
    if running_accept:
        change.start_clock(ClockKind.ACCEPT, target.id)
    change.change_clocks(lambda c: c.model_copy(update={"department": target.id}), *_GO_ALONG)
    begun = change.can_begin(target)
    change.tell_citizen("told-transferred" if begun else "told-department-waits", department=target.title)
    change.tell_department("staff-new-case", target.id)


def accuse(change: CaseChange) -> None:
    """A body more is complained about: at once it and what is below it have nothing to do with the case."""
    args, books, case = change.given(forms.Accuse), change.rules.jurisdictions, change.case
    complaint = accusing(case.complaint, args.bodies, books)
    added = complaint.accused[len(case.complaint.accused) :]
    if not added:
        raise InvalidInput(ACCUSED_ALREADY)
    shut_out = barred_departments(complaint.accused, books)
    change.data["bodies"] = [body.name for body in added]
    change.note = args.reason
    change.set(
        complaint=complaint,
        barred=tuple(sorted(shut_out)),
        routing=case.routing.model_copy(
            update={"participants": tuple(p for p in case.routing.participants if p not in shut_out)}
        ),
    )
    offered = case.proposal(ProposalKind.TRANSFER)
    if offered is not None and offered.args["department"] in shut_out:
        change.take_proposal(ProposalKind.TRANSFER)
        change.stop_clocks(ClockKind.TRANSFER_RETURN)
        going_along.send_back(change, LetterKind.TRANSFER)
    if case.department in shut_out:
        _leave(change)


def _leave(change: CaseChange) -> None:
    """To where the complaint would go if it were filed now; what the old holder had proposed is void."""
    routing = change.looked_up.routing
    if routing is None:
        raise LookupError(f"nobody said where {change.case.number} goes from the accused")
    change.set(proposals=())
    change.stop_clocks(ClockKind.TRANSFER_RETURN, ClockKind.DECLINE_NOTICE)
    _move_to(change, change.rules.jurisdictions.department(routing.department), reason="被投诉主体回避。")
    moved: Routing = change.changes["routing"]
    change.set(
        routing=moved.model_copy(
            update={"triage": routing.triage, "reasons": (*moved.reasons, *routing.reasons)}
        )
    )
    if routing.triage:
        change.start_clock(ClockKind.REGISTER, routing.department)


def invite(change: CaseChange) -> None:
    args = change.given(forms.Invite)
    invited = [change.eligible(id) for id in args.departments]
    routing = change.case.routing
    new = tuple(d.id for d in invited if d.id not in routing.participants and d.id != change.case.department)
    change.set(routing=routing.model_copy(update={"participants": (*routing.participants, *new)}))
    change.data["departments"] = [d.title for d in invited]
    change.note = args.reason
    for id in new:
        change.tell_department("staff-invited", id)


def merge(change: CaseChange) -> None:
    into = change.given(forms.Merge).into
    if into == change.case.number:
        raise InvalidInput(NOT_INTO_ITSELF)
    change.stop_clocks()
    change.set(merged_into=into, holder=None, proposals=())
    change.data["into"] = into
    change.tell_citizen("told-merged", into=into)


def split(change: CaseChange) -> None:
    """Children were stored by the service before; each is a case of its own."""
    parts = [part.model_dump(mode="json") for part in change.given(forms.Split).parts]
    for part in parts:
        change.eligible(part["department"])
    if change.looked_up.serial and any(part["department"] != change.case.department for part in parts):
        numbered = [{**part, "number": n} for part, n in zip(parts, change.looked_up.children, strict=True)]
        going_along.issue(change, LetterKind.TRANSFER, {"parts": numbered})
    change.set(children=(*change.case.children, *change.looked_up.children))
    change.data["children"] = list(change.looked_up.children)
    change.tell_citizen("told-split", children=list(change.looked_up.children))


EFFECTS = {
    Move.TRANSFER: transfer,
    Move.ACCEPT_TRANSFER: accept_transfer,
    Move.RETURN_TRANSFER: return_transfer,
    Move.DISPUTE: dispute,
    Move.DECIDE_DISPUTE: decide_dispute,
    Move.ROUTE: route,
    Move.ACCUSE: accuse,
    Move.INVITE: invite,
    Move.MERGE: merge,
    Move.SPLIT: split,
}
