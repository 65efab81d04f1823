"""Moves of supervision and of the system: orders, warnings, accountability, reopening, unsealing, holds."""

from __future__ import annotations

from cases import clocks
from cases.errors import InvalidInput, NotAllowed, SecondPersonNeeded
from cases.instants import FOREVER, end_of, local_date
from cases.lifecycle import forms
from cases.lifecycle.permissions import may_unseal
from cases.lifecycle.turn import Turn
from cases.model import Accountability, Order
from cases.records import FreeText
from cases.rules.retention import expires_at
from cases.vocabulary import (
    AccountabilityKind,
    ClockKind,
    Level,
    Move,
    ProposalKind,
    Status,
)
from cases.words import STEP_NAMES


def order(turn: Turn) -> None:
    """督办 or 限期整改 (青海 三(二)3; 信访工作条例 第40条)."""
    args = turn.given(forms.OrderArgs)
    if args.until < local_date(turn.now):
        raise InvalidInput("完成日期不能早于今天。")
    made = Order(
        id=f"{turn.case.number}-D{len(turn.case.orders) + 1}",
        kind=args.kind,
        what=FreeText(args.what),
        department=turn.case.department,
        due_at=end_of(args.until),
        by=turn.actor,
        at=turn.now,
    )
    turn.set(orders=(*turn.case.orders, made))
    turn.data.update(order=made.id, kind=made.kind, until=args.until.isoformat())
    turn.note = args.what
    turn.tell_holder("staff-ordered", until=args.until.isoformat())


def answer_order(turn: Turn) -> None:
    args = turn.given(forms.AnswerOrder)
    waiting = next((o for o in turn.case.orders if o.id == args.order and o.answered_at is None), None)
    if waiting is None:
        raise InvalidInput("没有这项待回复的督办。")
    done = waiting.model_copy(update={"answered_at": turn.now})
    turn.set(orders=tuple(done if o.id == waiting.id else o for o in turn.case.orders))
    turn.data["order"] = waiting.id
    turn.note = args.answer
    turn.tell_supervisors("staff-order-answered")


def warn(turn: Turn) -> None:
    """Amber and red, each told once; red opens an accountability item (失职追究制)."""
    args = turn.given(forms.Warn)
    clock = next((c for c in turn.case.clocks if c.kind == args.clock and c.running), None)
    if clock is None or args.level in clock.warned:
        raise InvalidInput("这个时限不在计算中，或者已经提醒过。")
    turn.change_clocks(lambda c: c.model_copy(update={"warned": (*c.warned, args.level)}), args.clock)
    turn.data.update(clock=args.clock, level=args.level, due=clock.due_at.isoformat())
    turn.tell_holder(f"staff-{args.level}", clock=args.clock, due=clock.due_at.isoformat())
    if args.level is Level.RED:
        _open_item(
            turn, AccountabilityKind.MISSED_CLOCK, f"{STEP_NAMES[clock.kind]}超过期限（{clock.basis}）"
        )
        turn.tell_supervisors("staff-red", clock=args.clock, due=clock.due_at.isoformat())
        turn.tell_citizen("told-overdue", department=turn.case.department_name)


def open_accountability(turn: Turn) -> None:
    turn.note = turn.given(forms.OpenAccountability).reason
    refused = turn.case.status is Status.DECLINED
    kind = AccountabilityKind.UNFOUNDED_REFUSAL if refused else AccountabilityKind.CONDUCT
    _open_item(turn, kind, "督办员启动")


def _open_item(turn: Turn, kind: AccountabilityKind, reason: str) -> None:
    holder = turn.case.holder
    item = Accountability(
        id=f"{turn.case.number}-Z{len(turn.case.accountability) + 1}",
        kind=kind,
        reason=reason,
        department=turn.case.department,
        staff=holder.staff if holder else None,
        staff_name=holder.name if holder else None,
        opened_at=turn.now,
    )
    turn.set(accountability=(*turn.case.accountability, item))
    turn.data.update(item=item.id, person=item.staff_name)


def close_accountability(turn: Turn) -> None:
    args = turn.given(forms.CloseAccountability)
    item = next((a for a in turn.case.accountability if a.id == args.item and a.closed_at is None), None)
    if item is None:
        raise InvalidInput("没有这项待处理的追究事项。")
    done = item.model_copy(update={"closed_at": turn.now, "outcome": args.outcome})
    turn.set(accountability=tuple(done if a.id == item.id else a for a in turn.case.accountability))
    turn.data["item"] = item.id
    turn.note = args.outcome


def reopen(turn: Turn) -> None:
    if turn.case.reviews > 1:
        raise InvalidInput("已有复核意见，不再重新办理。")
    turn.note = turn.given(forms.Reason).reason
    clock = turn.start_clock(ClockKind.HANDLE)
    if turn.case.holder:
        turn.set(lease_until=FOREVER)
    turn.tell_citizen("told-reopened", department=turn.case.department_name, due=clock.due_at.isoformat())
    turn.tell_holder("staff-reopened")


def release_quarantine(turn: Turn) -> None:
    if not turn.case.quarantined:
        raise InvalidInput("此件没有被隔离。")
    turn.note = turn.given(forms.OptionalRemark).remark or None
    turn.set(quarantined=False)
    turn.start_clock(ClockKind.ACCEPT)


def request_unseal(turn: Turn) -> None:
    if not turn.case.complaint.named:
        raise InvalidInput("此件为匿名投诉，没有可以查看的投诉人信息。")
    turn.propose(ProposalKind.UNSEAL)
    turn.note = turn.given(forms.Reason).reason
    turn.tell_supervisors("staff-unseal-asked")


def approve_unseal(turn: Turn) -> None:
    """The reporter's name may then be read once by who asked; two people, both in the audit log."""
    proposal = turn.take_proposal(ProposalKind.UNSEAL)
    if proposal.by.id == turn.actor.id:
        raise SecondPersonNeeded("申请人不能自己批准，请由另一人处理。")
    turn.data.update(granted_to=proposal.by.id, granted_name=proposal.by.name)
    turn.note = turn.given(forms.OptionalRemark).remark or None


def refuse_unseal(turn: Turn) -> None:
    turn.take_proposal(ProposalKind.UNSEAL)
    turn.note = turn.given(forms.Reason).reason


def unseal(turn: Turn) -> None:
    """The one look an approval allows: it is spent here, before the name is shown."""
    if not may_unseal(turn.case, turn.actor):
        raise NotAllowed("没有批准过的申请，或者已经查看过一次。再次查看须重新申请。")


def hold(turn: Turn) -> None:
    turn.note = turn.given(forms.Reason).reason
    turn.set(legal_hold=True)


def lift_hold(turn: Turn) -> None:
    turn.note = turn.given(forms.Reason).reason
    turn.set(legal_hold=False)


def anonymise(turn: Turn) -> None:
    """Retention ended: the words go, the course and the figures stay; the chain stays whole."""
    if turn.case.legal_hold:
        raise InvalidInput("此件依法保留，不能匿名化。")
    ends = expires_at(turn.case)
    if ends is None or ends > turn.now:
        raise InvalidInput("此件还没有到保存期限。")
    gone = FreeText("（已到保存期限，内容已清除）")
    turn.set(
        anonymised_at=turn.now,
        complaint=turn.case.complaint.model_copy(
            update={"text": gone, "wish": None, "period": None, "persons": (), "similar": ()}
        ),
        evidence=(),
        letters=tuple(
            letter.model_copy(update={"request": gone, "facts": gone, "opinion": gone})
            for letter in turn.case.letters
        ),
        history=tuple(e.model_copy(update={"note": None, "note_salt": ""}) for e in turn.case.history),
        orders=tuple(o.model_copy(update={"what": gone}) for o in turn.case.orders),
        proposals=(),
    )


def recount(turn: Turn) -> None:
    """The calendar of a year was published: due days that were provisional are counted anew."""
    before = turn.case.clocks
    turn.set(clocks=tuple(clocks.recompute(c, turn.rules.calendar) for c in before))
    changed = [(old, new) for old, new in zip(before, turn.changes["clocks"], strict=True) if old != new]
    if not changed:
        raise InvalidInput("没有需要重算的时限。")
    turn.data["due"] = {new.kind: new.due_at.isoformat() for _, new in changed}
    if any(old.due_at != new.due_at for old, new in changed):
        turn.tell_holder("staff-recounted")


EFFECTS = {
    Move.ORDER: order,
    Move.ANSWER_ORDER: answer_order,
    Move.WARN: warn,
    Move.OPEN_ACCOUNTABILITY: open_accountability,
    Move.CLOSE_ACCOUNTABILITY: close_accountability,
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
