"""Moves of supervision and of the system: orders, warnings, accountability, reopening, unsealing, holds."""

from __future__ import annotations

from cases import clocks
from cases.errors import InvalidInput
from cases.instants import FOREVER, end_of, local_date
from cases.lifecycle import forms
from cases.lifecycle.change import CaseChange
from cases.lifecycle.letters.making import without_words
from cases.model import Accountability, Check, Order
from cases.reasons import DATE_IN_THE_PAST, NO_SUCH_ITEM, NO_SUCH_ORDER, NOT_TO_BE_TOLD
from cases.records import FreeText
from cases.vocabulary import (
    AccountabilityKind,
    CheckVerdict,
    ClockKind,
    Move,
    ProposalKind,
    Status,
    WarningLevel,
)
from cases.words import STEP_NAMES
from classify.types import Severity


def order(change: CaseChange) -> None:
    """督办 or 限期整改 (青海 三(二)3; 信访工作条例 第40条)."""
    args = change.given(forms.OrderArgs)
    if args.until < local_date(change.now):
        raise InvalidInput(DATE_IN_THE_PAST)
    made = Order(
        id=f"{change.case.number}-D{len(change.case.orders) + 1}",
        kind=args.kind,
        what=FreeText(args.what),
        department=change.case.department,
        due_at=end_of(args.until),
        by=change.actor,
        at=change.now,
    )
    change.set(orders=(*change.case.orders, made))
    change.data.update(order=made.id, kind=made.kind, until=args.until.isoformat())
    change.note = args.what
    change.tell_holder("staff-ordered", until=args.until.isoformat())


def answer_order(change: CaseChange) -> None:
    args = change.given(forms.AnswerOrder)
    waiting = next((o for o in change.case.orders if o.id == args.order and o.answered_at is None), None)
    if waiting is None:
        raise InvalidInput(NO_SUCH_ORDER)
    done = waiting.model_copy(update={"answered_at": change.now})
    change.set(orders=tuple(done if o.id == waiting.id else o for o in change.case.orders))
    change.data["order"] = waiting.id
    change.note = args.answer
    change.tell_supervisors("staff-order-answered")


def warn(change: CaseChange) -> None:
    """Amber and red, each told once; red opens an accountability item (失职追究制)."""
    args = change.given(forms.Warn)
    clock = next((c for c in change.case.clocks if c.kind == args.clock and c.running), None)
    if clock is None or args.level not in clocks.levels_left(clock):
        raise InvalidInput(NOT_TO_BE_TOLD)
    change.change_clocks(lambda c: c.model_copy(update={"warned": (*c.warned, args.level)}), args.clock)
    change.data.update(clock=args.clock, level=args.level, due=clock.due_at.isoformat())
    change.tell_holder(f"staff-{args.level}", clock=args.clock, due=clock.due_at.isoformat())
    if args.level is WarningLevel.RED:
        open_item(
            change, AccountabilityKind.MISSED_CLOCK, f"{STEP_NAMES[clock.kind]}超过期限（{clock.basis}）"
        )
        change.tell_supervisors("staff-red", clock=args.clock, due=clock.due_at.isoformat())
        change.tell_citizen("told-overdue", department=change.case.department_name)


def mark_urgent(change: CaseChange) -> None:
    """Danger was heard in what the citizen adds to the case; the words go to duty staff apart."""
    change.set(complaint=change.case.complaint.model_copy(update={"severity": Severity.URGENT}))
    change.tell_holder("staff-danger")
    change.tell_supervisors("staff-danger")


def open_accountability(change: CaseChange) -> None:
    change.note = change.given(forms.OpenAccountability).reason
    refused = change.case.status is Status.DECLINED
    kind = AccountabilityKind.UNFOUNDED_REFUSAL if refused else AccountabilityKind.CONDUCT
    open_item(change, kind, "督办员启动")


def open_item(change: CaseChange, kind: AccountabilityKind, reason: str) -> None:
    """失职追究制: something was not done as it had to be; who held the case is named."""
    holder = change.case.holder
    item = Accountability(
        id=f"{change.case.number}-Z{len(change.case.accountability) + 1}",
        kind=kind,
        reason=reason,
        department=change.case.department,
        staff=holder.staff if holder else None,
        staff_name=holder.name if holder else None,
        opened_at=change.now,
    )
    change.set(accountability=(*change.case.accountability, item))
    change.data.update(item=item.id, person=item.staff_name)


def close_accountability(change: CaseChange) -> None:
    args = change.given(forms.CloseAccountability)
    item = next((a for a in change.case.accountability if a.id == args.item and a.closed_at is None), None)
    if item is None:
        raise InvalidInput(NO_SUCH_ITEM)
    done = item.model_copy(update={"closed_at": change.now, "outcome": args.outcome})
    change.set(accountability=tuple(done if a.id == item.id else a for a in change.case.accountability))
    change.data["item"] = item.id
    change.note = args.outcome


def sample(change: CaseChange) -> None:
    """Drawn by lot among the cases that ended in a month; the department is told what came of it."""
    month = change.given(forms.Sample).month
    made = Check(id=f"{change.case.number}-C1", month=month, drawn_at=change.now)
    change.set(checks=(made,))
    change.data.update(check=made.id, month=month)


def check(change: CaseChange) -> None:
    """抽查: what a supervisor found; a failed one opens an accountability item."""
    args = change.given(forms.CheckFindings)
    judged = {"verdict": args.verdict, "words": FreeText(args.findings), "by": change.actor, "at": change.now}
    waiting = next(one for one in change.case.checks if one.verdict is None)
    done = waiting.model_copy(update=judged)
    change.set(checks=tuple(done if one is waiting else one for one in change.case.checks))
    change.data.update(check=done.id, verdict=args.verdict)
    change.note = args.findings
    if args.verdict is CheckVerdict.FAILED:
        open_item(change, AccountabilityKind.CONDUCT, "抽查不合格")
    if args.verdict is not CheckVerdict.SOUND:
        change.tell_holder("staff-checked")


def reopen(change: CaseChange) -> None:
    change.note = change.given(forms.Grounds).reason
    clock = change.start_clock(ClockKind.HANDLE)
    if change.case.holder:
        change.set(lease_until=FOREVER)
    change.tell_citizen("told-reopened", department=change.case.department_name, due=clock.due_at.isoformat())
    change.tell_holder("staff-reopened")


def release_quarantine(change: CaseChange) -> None:
    change.note = change.given(forms.OptionalRemark).remark or None
    change.set(quarantined=False)
    change.start_clock(ClockKind.ACCEPT)
    change.tell_department("staff-new-case")


def request_unseal(change: CaseChange) -> None:
    change.propose(ProposalKind.UNSEAL)
    change.note = change.given(forms.Grounds).reason
    change.tell_supervisors("staff-unseal-asked")


def approve_unseal(change: CaseChange) -> None:
    """The reporter's name may then be read once by who asked; two people, both in the audit log."""
    proposal = change.take_proposal(ProposalKind.UNSEAL)
    change.data.update(granted_to=proposal.by.id, granted_name=proposal.by.name)
    change.note = change.given(forms.ApproveLook).remark or None


def refuse_unseal(change: CaseChange) -> None:
    change.take_proposal(ProposalKind.UNSEAL)
    change.note = change.given(forms.Grounds).reason


def unseal(change: CaseChange) -> None:
    """The one look an approval allows: it is spent here, before the name is shown."""


def hold(change: CaseChange) -> None:
    change.note = change.given(forms.Grounds).reason
    change.set(legal_hold=True)


def lift_hold(change: CaseChange) -> None:
    change.note = change.given(forms.Grounds).reason
    change.set(legal_hold=False)


def anonymise(change: CaseChange) -> None:
    """Retention ended: the words go, the course and the figures stay; the chain stays whole."""
    gone = FreeText("（已到保存期限，内容已清除）")
    change.set(
        anonymised_at=change.now,
        complaint=change.case.complaint.model_copy(
            update={"text": gone, "wish": None, "period": None, "persons": (), "similar": ()}
        ),
        evidence=(),
        letters=tuple(
            letter.model_copy(update={"request": gone, "facts": gone, "opinion": gone})
            for letter in change.case.letters
        ),
        papers=tuple(map(without_words, change.case.papers)),
        history=tuple(e.model_copy(update={"note": None, "note_salt": ""}) for e in change.case.history),
        orders=tuple(o.model_copy(update={"what": gone}) for o in change.case.orders),
        errands=tuple(e.model_copy(update={"what": gone, "answer": None}) for e in change.case.errands),
        checks=tuple(c.model_copy(update={"words": None}) for c in change.case.checks),
        rating=change.case.rating and change.case.rating.model_copy(update={"words": None}),
        proposals=(),
    )


def recount(change: CaseChange) -> None:
    """The calendar of a year was published: due days that were provisional are counted anew."""
    before = change.case.clocks
    change.set(clocks=tuple(clocks.recompute(c, change.rules.calendar) for c in before))
    changed = [(old, new) for old, new in zip(before, change.changes["clocks"], strict=True) if old != new]
    change.data["due"] = {new.kind: new.due_at.isoformat() for _, new in changed}
    if any(old.due_at != new.due_at for old, new in changed):
        change.tell_holder("staff-recounted")


EFFECTS = {
    Move.ORDER: order,
    Move.ANSWER_ORDER: answer_order,
    Move.WARN: warn,
    Move.MARK_URGENT: mark_urgent,
    Move.OPEN_ACCOUNTABILITY: open_accountability,
    Move.CLOSE_ACCOUNTABILITY: close_accountability,
    Move.SAMPLE: sample,
    Move.CHECK: check,
    Move.REOPEN: reopen,
    Move.RELEASE_QUARANTINE: release_quarantine,
    Move.REQUEST_UNSEAL: request_unseal,
    Move.APPROVE_UNSEAL: approve_unseal,
    Move.REFUSE_UNSEAL: refuse_unseal,
    Move.UNSEAL: unseal,
    Move.HOLD: hold,
    Move.LIFT_HOLD: lift_hold,
    Move.ANONYMISE: anonymise,
    Move.RECOUNT: recount,
}
