"""Moves of the citizen: supplement, withdraw, rate, ask for review."""

from __future__ import annotations

from cases.errors import InvalidInput
from cases.instants import EPOCH
from cases.lifecycle import forms
from cases.lifecycle.change import CaseChange
from cases.lifecycle.reviews import find_reviewer
from cases.model import Rating
from cases.reasons import NOTHING_TO_ADD
from cases.vocabulary import (
    ClockKind,
    Move,
    Status,
)


def supplement(change: CaseChange) -> None:
    args = change.given(forms.Supplement)
    if not args.text.strip() and not args.evidence:
        raise InvalidInput(NOTHING_TO_ADD)
    change.note = args.text.strip() or None
    change.set(evidence=(*change.case.evidence, *args.evidence))
    if args.evidence:
        change.data["evidence"] = [e.id for e in args.evidence]
    if change.case.status is Status.AWAITING_CITIZEN:
        change.resume_clocks()
    change.tell_holder("staff-supplemented")


def withdraw(change: CaseChange) -> None:
    change.note = change.given(forms.OptionalRemark).remark or None
    change.stop_clocks()
    change.set(proposals=())
    change.tell_holder("staff-withdrawn")


def rate(change: CaseChange) -> None:
    args = change.given(forms.Rate)
    change.set(
        rating=Rating(responded=args.responded, solved=args.solved, satisfied=args.satisfied, at=change.now)
    )
    change.data.update(args.model_dump())


def ask_review(change: CaseChange) -> None:
    _start_review(change, ClockKind.REVIEW, level=1)


def ask_final_review(change: CaseChange) -> None:
    _start_review(change, ClockKind.FINAL_REVIEW, level=2)


def _start_review(change: CaseChange, kind: ClockKind, level: int) -> None:
    case = change.case
    reviewer = find_reviewer(case, change.rules.jurisdictions)
    if reviewer is None:
        raise LookupError(f"nobody can review {case.number}, though the requirement held")
    change.note = change.given(forms.Grounds).reason
    change.data.update(to=reviewer.id, to_name=reviewer.title)
    change.set(
        reviews=level,
        review_of=case.department,
        department=reviewer.id,
        department_name=reviewer.title,
        holder=None,
        lease_until=EPOCH,
    )
    clock = change.start_clock(kind, reviewer.id)
    begun = change.can_begin(reviewer)
    change.tell_citizen(
        "told-review-started" if begun else "told-review-waits",
        department=reviewer.title,
        due=clock.due_at.isoformat(),
        final=level == 2,
    )
    change.tell_department("staff-review-asked", reviewer.id)


EFFECTS = {
    Move.SUPPLEMENT: supplement,
    Move.WITHDRAW: withdraw,
    Move.RATE: rate,
    Move.ASK_REVIEW: ask_review,
    Move.ASK_FINAL_REVIEW: ask_final_review,
}
