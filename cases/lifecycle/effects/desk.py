"""Moves of everyday desk work: claim, accept, decline, supplement, extend, answer, close."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases import clocks
from cases.errors import AlreadyClaimed, InvalidInput, NotAllowed, SecondPersonNeeded
from cases.instants import EPOCH, FOREVER, local_date
from cases.lifecycle import forms
from cases.lifecycle.turn import Rules, Turn
from cases.model import Case, Holder, OpinionLetter
from cases.people import Role
from cases.records import FreeText
from cases.vocabulary import (
    Audience,
    ClockKind,
    DecidedBy,
    DeclineReason,
    Move,
    ProposalKind,
    Status,
)

CLAIM_LEASE = timedelta(hours=4)
"""How long a pulled case may lie unaccepted before others may pull it."""

IDLE_LIMIT_DAYS = 2
"""Working days without an act of the holder after which the B role may take over."""


def claim(turn: Turn) -> None:
    holder = turn.case.holder
    if holder and holder.staff != turn.actor.id and turn.case.lease_until > turn.now:
        raise AlreadyClaimed(f"{holder.name}已领取此件。")
    _hand_to(turn, turn.actor.id or "", turn.actor.name)


def release(turn: Turn) -> None:
    turn.note = turn.given(forms.OptionalRemark).remark or None
    turn.set(holder=None, lease_until=EPOCH)


def assign(turn: Turn) -> None:
    if turn.facts.assignee_department != turn.case.department:
        raise InvalidInput("只能指派给本单位人员。")
    turn.data["to"] = turn.facts.assignee_name
    turn.data["staff"] = turn.facts.assignee_id
    _hand_to(turn, turn.facts.assignee_id, turn.facts.assignee_name)
    if turn.facts.assignee_id != turn.actor.id:
        turn.tell(Audience.STAFF, "staff-assigned", turn.facts.assignee_id)


def take_over(turn: Turn) -> None:
    """AB岗: with the same rights, once A is away or idle past the limit."""
    holder = turn.case.holder
    if holder is None:
        raise InvalidInput("此件没有承办人，可以直接领取。")
    if not (turn.facts.holder_away or is_idle(turn.case, turn.rules, turn.now)):
        raise NotAllowed(f"承办人在岗，且未超过{IDLE_LIMIT_DAYS}个工作日没有办理，B岗暂不能接办。")
    turn.note = turn.given(forms.OptionalRemark).remark or None
    turn.data["from"] = holder.name
    _hand_to(turn, turn.actor.id or "", turn.actor.name, as_deputy=True)


def is_idle(case: Case, rules: Rules, now: datetime) -> bool:
    """Whether whoever holds the case has let it lie past the limit."""
    holder = case.holder
    if holder is None:
        return False
    last = max((e.at for e in case.history if e.actor.id == holder.staff), default=holder.since)
    passed = rules.calendar.working_days_between(local_date(last), local_date(now))
    return passed >= IDLE_LIMIT_DAYS


def _hand_to(turn: Turn, staff: str, name: str, *, as_deputy: bool = False) -> None:
    accepted = turn.case.status is not Status.REGISTERED
    turn.set(
        holder=Holder(staff=staff, name=name, since=turn.now, as_deputy=as_deputy),
        lease_until=FOREVER if accepted else turn.now + CLAIM_LEASE,
    )


def accept(turn: Turn) -> None:
    if turn.case.proposal(ProposalKind.DECLINE):
        raise InvalidInput("已提出不予受理，请先由会签人处理。")
    turn.note = turn.given(forms.OptionalRemark).remark or None
    turn.meet_clocks(ClockKind.ACCEPT)
    clock = turn.start_clock(ClockKind.HANDLE)
    turn.set(lease_until=FOREVER)
    turn.tell_citizen(
        "told-accepted",
        department=turn.case.department_name,
        due=clock.due_at.isoformat(),
        provisional=clock.provisional,
    )


def propose_decline(turn: Turn) -> None:
    """否定报备制: reason, legal basis, and another person's countersignature."""
    args = turn.given(forms.Decline)
    if args.reason is DeclineReason.OTHER and len(args.explanation) < 10:
        raise InvalidInput("选择“其他”时请写明理由。")
    turn.propose(ProposalKind.DECLINE)
    turn.data.update(reason=args.reason.value, legal_basis=args.legal_basis)
    turn.note = args.explanation
    turn.tell_department("staff-decline-proposed")


def countersign_decline(turn: Turn) -> None:
    proposal = turn.take_proposal(ProposalKind.DECLINE)
    _must_be_another(turn, proposal.by.id)
    args = forms.Decline.model_validate(proposal.args)
    turn.data.update(reason=args.reason.value, legal_basis=args.legal_basis, proposed_by=proposal.by.name)
    turn.note = turn.given(forms.OptionalRemark).remark or None
    turn.meet_clocks(ClockKind.ACCEPT)
    turn.stop_clocks()
    turn.set(holder=turn.case.holder, lease_until=FOREVER)
    turn.tell_citizen(
        "told-declined",
        department=turn.case.department_name,
        reason=args.reason.value,
        basis=args.legal_basis,
        explanation=args.explanation,
    )
    turn.tell_supervisors("staff-declined", reason=args.reason.value)


def refuse_decline(turn: Turn) -> None:
    proposal = turn.take_proposal(ProposalKind.DECLINE)
    _must_be_another(turn, proposal.by.id)
    turn.note = turn.given(forms.Reason).reason
    turn.tell_holder("staff-decline-refused")


def ask_supplement(turn: Turn) -> None:
    """一次告知制: once, with the whole checklist; again only through a supervisor."""
    if turn.case.supplements_asked and not turn.actor.has(Role.SUPERVISOR):
        raise NotAllowed("已经一次性告知过补正；再次要求补正须由督办员提出。")
    args = turn.given(forms.SupplementRequest)
    turn.data.update(items=list(args.items), until=args.until.isoformat() if args.until else None)
    turn.pause_clocks()
    turn.set(supplements_asked=turn.case.supplements_asked + 1)
    turn.tell_citizen(
        "told-supplement-asked",
        department=turn.case.department_name,
        items=list(args.items),
        until=args.until.isoformat() if args.until else None,
    )


def correct(turn: Turn) -> None:
    args = turn.given(forms.Correct)
    was = turn.case.complaint.domain
    if args.domain is was:
        raise InvalidInput("领域没有变化。")
    turn.data.update(before=was.value, after=args.domain.value)
    turn.note = args.reason
    turn.set(
        complaint=turn.case.complaint.model_copy(
            update={"domain": args.domain, "domain_by": DecidedBy.STAFF}
        ),
        corrected_from=turn.case.corrected_from or was,
    )


def write(turn: Turn) -> None:
    args = turn.given(forms.Message)
    turn.note = args.text
    turn.set(evidence=(*turn.case.evidence, *args.evidence))
    if args.evidence:
        turn.data["evidence"] = [e.id for e in args.evidence]
    if turn.actor.has(Role.CITIZEN):
        turn.tell_holder("staff-citizen-wrote")
    else:
        turn.tell_citizen("told-message", department=turn.case.department_name, text=args.text)


def note(turn: Turn) -> None:
    turn.note = turn.given(forms.Message).text


def attach(turn: Turn) -> None:
    args = turn.given(forms.Attach)
    turn.note = args.remark or None
    turn.data["evidence"] = [e.id for e in args.evidence]
    turn.set(evidence=(*turn.case.evidence, *args.evidence))


def request_extension(turn: Turn) -> None:
    args = turn.given(forms.Extension)
    _extend(turn, args.days)  # raises now rather than after the head has signed
    turn.changes.pop("clocks")
    turn.propose(ProposalKind.EXTEND)
    turn.data["days"] = args.days
    turn.note = args.reason
    turn.tell_department("staff-extension-asked")


def approve_extension(turn: Turn) -> None:
    proposal = turn.take_proposal(ProposalKind.EXTEND)
    _must_be_another(turn, proposal.by.id)
    args = forms.Extension.model_validate(proposal.args)
    _extend(turn, args.days)
    due = next(c.due_at for c in reversed(turn.changes["clocks"]) if c.kind is ClockKind.HANDLE)
    turn.data.update(days=args.days, due=due.isoformat())
    turn.note = args.reason
    turn.tell_citizen(
        "told-extended",
        department=turn.case.department_name,
        until=due.isoformat(),
        reason=args.reason,
    )


def _extend(turn: Turn, days: int) -> None:
    limit = turn.rules.limits.for_case(turn.case.complaint.domain, ClockKind.HANDLE)
    if not any(c.kind is ClockKind.HANDLE and c.running for c in turn.case.clocks):
        raise InvalidInput("没有正在计算的办理期限。")
    turn.change_clocks(
        lambda c: clocks.extend(c, days, turn.rules.calendar, limit, turn.now), ClockKind.HANDLE
    )


def refuse_extension(turn: Turn) -> None:
    turn.take_proposal(ProposalKind.EXTEND)
    turn.note = turn.given(forms.Reason).reason
    turn.tell_holder("staff-extension-refused")


def answer(turn: Turn) -> None:
    """处理意见书 (信访工作条例 第32条)."""
    args = turn.given(forms.Opinion)
    year = local_date(turn.now).year
    letter = OpinionLetter(
        serial=f"{turn.case.department_name}〔{year}〕第{turn.facts.serial}号",
        verification=turn.facts.verification,
        outcome=args.outcome,
        request=FreeText(args.request),
        facts=FreeText(args.facts),
        opinion=FreeText(args.opinion),
        legal_basis=args.legal_basis,
        department=turn.case.department,
        department_name=turn.case.department_name,
        signed_by=turn.actor.name,
        at=turn.now,
    )
    turn.data.update(serial=letter.serial, outcome=letter.outcome, verification=letter.verification)
    turn.meet_clocks(ClockKind.HANDLE, ClockKind.REVIEW, ClockKind.FINAL_REVIEW)
    turn.stop_clocks()
    turn.set(letters=(*turn.case.letters, letter), proposals=())
    turn.tell_citizen(
        "told-review-answered" if turn.case.reviews else "told-answered",
        department=turn.case.department_name,
        outcome=letter.outcome,
        opinion=args.opinion,
        serial=letter.serial,
        verification=letter.verification,
        final=turn.case.status is Status.IN_FINAL_REVIEW,
    )


def close(turn: Turn) -> None:
    turn.note = turn.given(forms.OptionalRemark).remark or None
    turn.stop_clocks()
    turn.tell_citizen("told-closed", department=turn.case.department_name)


def _must_be_another(turn: Turn, proposer: str | None) -> None:
    if proposer == turn.actor.id:
        raise SecondPersonNeeded("提出人不能自己审批，请由另一人处理。")


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
