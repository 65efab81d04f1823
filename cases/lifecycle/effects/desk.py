"""Moves of everyday desk work: claim, accept, decline, supplement, extend, answer, close."""

from __future__ import annotations

from cases import clocks
from cases.errors import InvalidInput
from cases.instants import EPOCH, FOREVER, local_date
from cases.letters import OPINION_IN
from cases.lifecycle import forms
from cases.lifecycle.change import CaseChange
from cases.lifecycle.effects.keeping import keep_time, start_handling
from cases.lifecycle.holding import CLAIM_LEASE
from cases.lifecycle.letters import going_along
from cases.lifecycle.reviews import reviews_ended
from cases.lifecycle.stalling import taken_up
from cases.model import Holder, OpinionLetter
from cases.people import Role
from cases.reasons import DATE_IN_THE_PAST, NOT_OF_THIS_DEPARTMENT, OTHER_NEEDS_WORDS, SAME_DOMAIN
from cases.records import FreeText
from cases.vocabulary import (
    Audience,
    ClockKind,
    DecidedBy,
    DeclineReason,
    LetterKind,
    Move,
    ProposalKind,
    Status,
)

_REVIEWS = {Status.IN_REVIEW: ClockKind.REVIEW, Status.IN_FINAL_REVIEW: ClockKind.FINAL_REVIEW}


def claim(change: CaseChange) -> None:
    _hand_to(change, change.actor.id or "", change.actor.name)


def release(change: CaseChange) -> None:
    change.note = change.given(forms.OptionalRemark).remark or None
    change.set(holder=None, lease_until=EPOCH)


def assign(change: CaseChange) -> None:
    assignee = change.looked_up.assignee
    if assignee is None or assignee.department != change.case.department:
        raise InvalidInput(NOT_OF_THIS_DEPARTMENT)
    id = assignee.id or ""
    change.data.update(to=assignee.name, staff=id)
    _hand_to(change, id, assignee.name)
    if id != change.actor.id:
        change.tell(Audience.STAFF, "staff-assigned", id)


def take_over(change: CaseChange) -> None:
    """AB岗: with the same rights as A had."""
    change.note = change.given(forms.OptionalRemark).remark or None
    change.data["from"] = change.case.holder.name if change.case.holder else ""
    _hand_to(change, change.actor.id or "", change.actor.name, as_deputy=True)


def _hand_to(change: CaseChange, staff: str, name: str, *, as_deputy: bool = False) -> None:
    if taken_up(change.case):
        _tell_taken_up(change)
    accepted = change.case.status is not Status.REGISTERED
    change.set(
        holder=Holder(staff=staff, name=name, since=change.now, as_deputy=as_deputy),
        lease_until=FOREVER if accepted else change.now + CLAIM_LEASE,
    )


def _tell_taken_up(change: CaseChange) -> None:
    """The citizen was told that nobody could take this step: now somebody has."""
    case, review = change.case, _REVIEWS.get(change.case.status)
    clock = case.clock(review) if review else None
    if clock is None:
        change.tell_citizen("told-claimed")
        return
    change.tell_citizen(
        "told-review-started",
        department=case.department_name,
        due=clock.due_at.isoformat(),
        final=review is ClockKind.FINAL_REVIEW,
    )


def accept(change: CaseChange) -> None:
    change.note = change.given(forms.OptionalRemark).remark or None
    change.meet_clocks(ClockKind.ACCEPT, ClockKind.REGISTER)
    clock = start_handling(change)
    change.set(lease_until=FOREVER)
    change.tell_citizen(
        "told-accepted",
        department=change.case.department_name,
        due=clock.due_at.isoformat(),
        provisional=clock.provisional,
    )


def propose_decline(change: CaseChange) -> None:
    """否定报备制: reason, legal basis, and another person's countersignature."""
    args = change.given(forms.Decline)
    if args.reason is DeclineReason.OTHER and len(args.explanation) < 10:
        raise InvalidInput(OTHER_NEEDS_WORDS)
    change.propose(ProposalKind.DECLINE)
    if change.rules.limits.find(change.case.complaint.domain, ClockKind.DECLINE_NOTICE):
        change.start_clock(ClockKind.DECLINE_NOTICE)
    going_along.submit(change, LetterKind.DECLINE)
    change.data.update(reason=args.reason.value, legal_basis=args.legal_basis)
    change.note = args.explanation
    change.tell_department("staff-decline-proposed")
    if change.looked_up.alone:
        change.tell_supervisors("staff-decline-proposed")


def countersign_decline(change: CaseChange) -> None:
    proposal = change.take_proposal(ProposalKind.DECLINE)
    args = forms.Decline.model_validate(proposal.args)
    going_along.sign(change, LetterKind.DECLINE, args, proposal.by)
    change.data.update(reason=args.reason.value, legal_basis=args.legal_basis, proposed_by=proposal.by.name)
    change.note = change.given(forms.OptionalRemark).remark or None
    change.meet_clocks(ClockKind.ACCEPT, ClockKind.REGISTER, ClockKind.DECLINE_NOTICE)
    change.stop_clocks()
    change.set(lease_until=FOREVER)
    change.tell_citizen(
        "told-declined",
        department=change.case.department_name,
        reason=args.reason.value,
        basis=args.legal_basis,
        explanation=args.explanation,
        **_if_last(change),
    )
    change.tell_supervisors("staff-declined", reason=args.reason.value)


def refuse_decline(change: CaseChange) -> None:
    change.take_proposal(ProposalKind.DECLINE)
    change.stop_clocks(ClockKind.DECLINE_NOTICE)
    change.note = change.given(forms.Grounds).reason
    going_along.send_back(change, LetterKind.DECLINE)
    change.tell_holder("staff-decline-refused")


def ask_supplement(change: CaseChange) -> None:
    """一次告知制: once, with the whole checklist."""
    args = change.given(forms.SupplementRequest)
    if args.until is not None and args.until < local_date(change.now):
        raise InvalidInput(DATE_IN_THE_PAST)
    change.data.update(items=list(args.items), until=args.until.isoformat() if args.until else None)
    if change.case.status is Status.REGISTERED:
        keep_time(change, ClockKind.SUPPLEMENT_ASK, since=ClockKind.ACCEPT)
    going_along.sign(change, LetterKind.SUPPLEMENT, args)
    change.pause_clocks()
    change.set(supplements_asked=change.case.supplements_asked + 1)
    change.tell_citizen(
        "told-supplement-asked",
        department=change.case.department_name,
        items=list(args.items),
        until=args.until.isoformat() if args.until else None,
    )


def correct(change: CaseChange) -> None:
    args = change.given(forms.Correct)
    was = change.case.complaint.domain
    if args.domain is was:
        raise InvalidInput(SAME_DOMAIN)
    change.data.update(before=was.value, after=args.domain.value)
    change.note = args.reason
    change.set(
        complaint=change.case.complaint.model_copy(
            update={"domain": args.domain, "domain_by": DecidedBy.STAFF}
        ),
        corrected_from=change.case.corrected_from or was,
    )


def write(change: CaseChange) -> None:
    args = change.given(forms.Message)
    change.note = args.text
    change.set(evidence=(*change.case.evidence, *args.evidence))
    if args.evidence:
        change.data["evidence"] = [e.id for e in args.evidence]
    if change.actor.has(Role.CITIZEN):
        change.tell_holder("staff-citizen-wrote")
    else:
        change.tell_citizen("told-message", department=change.case.department_name, text=args.text)


def note(change: CaseChange) -> None:
    change.note = change.given(forms.Message).text


def attach(change: CaseChange) -> None:
    args = change.given(forms.Attach)
    change.note = args.remark or None
    change.data["evidence"] = [e.id for e in args.evidence]
    change.set(evidence=(*change.case.evidence, *args.evidence))


def request_extension(change: CaseChange) -> None:
    args = change.given(forms.Extension)
    _extend(change, args.days)  # raises now rather than after the head has signed
    change.changes.pop("clocks")
    change.propose(ProposalKind.EXTEND)
    going_along.submit(change, LetterKind.EXTENSION)
    change.data["days"] = args.days
    change.note = args.reason
    change.tell_department("staff-extension-asked")
    if change.looked_up.alone:
        change.stall(change.case.department, change.case.department_name)


def approve_extension(change: CaseChange) -> None:
    proposal = change.take_proposal(ProposalKind.EXTEND)
    args = forms.Extension.model_validate(proposal.args)
    going_along.sign(change, LetterKind.EXTENSION, args, proposal.by)
    _extend(change, args.days)
    due = next(c.due_at for c in reversed(change.changes["clocks"]) if c.kind is ClockKind.HANDLE)
    change.data.update(days=args.days, due=due.isoformat())
    change.note = args.reason
    change.tell_citizen(
        "told-extended",
        department=change.case.department_name,
        until=due.isoformat(),
        reason=args.reason,
    )


def _extend(change: CaseChange, days: int) -> None:
    limit = change.rules.limits.for_case(change.case.complaint.domain, ClockKind.HANDLE)
    change.change_clocks(
        lambda c: clocks.extend(c, days, change.rules.calendar, limit, change.now), ClockKind.HANDLE
    )


def refuse_extension(change: CaseChange) -> None:
    change.take_proposal(ProposalKind.EXTEND)
    change.note = change.given(forms.Grounds).reason
    going_along.send_back(change, LetterKind.EXTENSION)
    change.tell_holder("staff-extension-refused")


def answer(change: CaseChange) -> None:
    """处理意见书 (信访工作条例 第32条)."""
    args = change.given(forms.Opinion)
    kind = OPINION_IN[change.case.status]
    issued = going_along.sign(change, kind, args)
    letter = OpinionLetter(
        serial=issued.serial,
        verification=issued.verification,
        outcome=args.outcome,
        request=FreeText(args.request),
        facts=FreeText(args.facts),
        opinion=FreeText(args.opinion),
        legal_basis=args.legal_basis,
        department=change.case.department,
        department_name=change.case.department_name,
        signed_by=change.actor.name,
        at=change.now,
        kind=kind,
        ruling=args.ruling if isinstance(args, forms.ReviewOpinion) else None,
        contact=issued.contact,
        phone=issued.phone,
    )
    change.data.update(serial=letter.serial, outcome=letter.outcome, verification=letter.verification)
    if not issued.written_by(change.actor.id):
        change.data["proposed_by"] = issued.history[0].actor.name
    change.meet_clocks(ClockKind.HANDLE, ClockKind.REVIEW, ClockKind.FINAL_REVIEW)
    change.stop_clocks()
    change.set(letters=(*change.case.letters, letter), proposals=())
    change.tell_citizen(
        "told-review-answered" if change.case.reviews else "told-answered",
        department=change.case.department_name,
        outcome=letter.outcome,
        opinion=args.opinion,
        serial=letter.serial,
        verification=letter.verification,
        final=change.case.status is Status.IN_FINAL_REVIEW,
        **_if_last(change),
    )


def _if_last(change: CaseChange) -> dict[str, bool]:
    """Said where nobody above can be asked to look at it again."""
    return {"last": True} if reviews_ended(change.case, change.rules.jurisdictions) else {}


def close(change: CaseChange) -> None:
    change.note = change.given(forms.OptionalRemark).remark or None
    change.stop_clocks()
    change.tell_citizen("told-closed", department=change.case.department_name)


EFFECTS = {
    Move.CLAIM: claim,
    Move.RELEASE: release,
    Move.ASSIGN: assign,
    Move.TAKE_OVER: take_over,
    Move.ACCEPT: accept,
    Move.PROPOSE_DECLINE: propose_decline,
    Move.COUNTERSIGN_DECLINE: countersign_decline,
    Move.REFUSE_DECLINE: refuse_decline,
    Move.ASK_SUPPLEMENT: ask_supplement,
    Move.CORRECT: correct,
    Move.WRITE: write,
    Move.NOTE: note,
    Move.ATTACH: attach,
    Move.REQUEST_EXTENSION: request_extension,
    Move.APPROVE_EXTENSION: approve_extension,
    Move.REFUSE_EXTENSION: refuse_extension,
    Move.ANSWER: answer,
    Move.CLOSE: close,
}
