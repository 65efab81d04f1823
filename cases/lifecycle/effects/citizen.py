"""Moves of the citizen: supplement, withdraw, rate, ask for review."""

from __future__ import annotations

from datetime import datetime

from cases.errors import IllegalMove, InvalidInput
from cases.instants import EPOCH, local_date
from cases.lifecycle import forms
from cases.lifecycle.conflicts import barred
from cases.lifecycle.turn import Turn
from cases.model import Case, Rating
from cases.rules.jurisdictions import Department
from cases.vocabulary import (
    ClockKind,
    Move,
    Status,
    Unit,
)

REVIEW_WINDOW_DAYS = 30
"""信访工作条例 第35条、第36条: days after the written answer in which a review may be asked for."""


def supplement(turn: Turn) -> None:
    args = turn.given(forms.Supplement)
    if not args.text.strip() and not args.evidence:
        raise InvalidInput("请写一点内容或附上材料。")
    turn.note = args.text.strip() or None
    turn.set(evidence=(*turn.case.evidence, *args.evidence))
    if args.evidence:
        turn.data["evidence"] = [e.id for e in args.evidence]
    if turn.case.status is Status.AWAITING_CITIZEN:
        turn.resume_clocks()
    turn.tell_holder("staff-supplemented")


def withdraw(turn: Turn) -> None:
    turn.note = turn.given(forms.OptionalRemark).remark or None
    turn.stop_clocks()
    turn.set(holder=turn.case.holder, proposals=())
    turn.tell_holder("staff-withdrawn")


def rate(turn: Turn) -> None:
    args = turn.given(forms.Rate)
    turn.set(
        rating=Rating(responded=args.responded, solved=args.solved, satisfied=args.satisfied, at=turn.now)
    )
    turn.data.update(args.model_dump())


def ask_review(turn: Turn) -> None:
    if turn.case.reviews:
        raise IllegalMove("此件已经复查过，可以申请复核。")
    _start_review(turn, ClockKind.REVIEW, level=1)


def ask_final_review(turn: Turn) -> None:
    if turn.case.reviews == 0:
        raise IllegalMove("请先申请复查，对复查意见不服再申请复核。")
    if turn.case.reviews > 1:
        raise IllegalMove("复核意见是最后的意见，以同一事实和理由不再受理。")
    _start_review(turn, ClockKind.FINAL_REVIEW, level=2)


def _start_review(turn: Turn, kind: ClockKind, level: int) -> None:
    case = turn.case
    _must_be_in_time(turn)
    reviewer = find_reviewer(turn)
    turn.note = turn.given(forms.Reason).reason
    turn.data.update(to=reviewer.id, to_name=reviewer.title)
    turn.set(
        reviews=level,
        review_of=case.department,
        department=reviewer.id,
        department_name=reviewer.title,
        holder=None,
        lease_until=EPOCH,
    )
    clock = turn.start_clock(kind, reviewer.id)
    turn.tell_citizen(
        "told-review-started",
        department=reviewer.title,
        due=clock.due_at.isoformat(),
        final=level == 2,
    )
    turn.tell_department("staff-review-asked", reviewer.id)


def answered_at(case: Case) -> datetime | None:
    """When the citizen last got a decision in writing; None before that."""
    written = {Move.ANSWER, Move.COUNTERSIGN_DECLINE}
    return next((e.at for e in reversed(case.history) if e.move in written), None)


def _must_be_in_time(turn: Turn) -> None:
    at = answered_at(turn.case)
    if at is None:
        raise IllegalMove("还没有书面答复，暂不能申请复查。")
    last_day, _ = turn.rules.calendar.last_day(local_date(at), REVIEW_WINDOW_DAYS, Unit.CALENDAR_DAY)
    if local_date(turn.now) > last_day:
        raise IllegalMove("已超过收到书面答复后30日的申请期限。")


def find_reviewer(turn: Turn) -> Department:
    """The next superior that is not barred; the coordinator when nobody above can be named."""
    books = turn.rules.jurisdictions
    accused = turn.case.complaint.accused
    seen = {turn.case.department, turn.case.review_of}
    current = books.find_by_id(turn.case.department)
    while current is not None and current.superior is not None:
        current = books.find_by_id(current.superior)
        if current is None or current.id in seen:
            continue
        if accused is None or not barred(current, accused, books):
            return current
    coordinator = books.find_by_id(books.get(turn.case.routing.jurisdiction).coordinator)
    if coordinator is None or (accused is not None and barred(coordinator, accused, books)):
        raise InvalidInput("暂时不能确定复查机关，请拨打12345由人工协助。")
    return coordinator


EFFECTS = {
    Move.SUPPLEMENT: supplement,
    Move.WITHDRAW: withdraw,
    Move.RATE: rate,
    Move.ASK_REVIEW: ask_review,
    Move.ASK_FINAL_REVIEW: ask_final_review,
}
