"""Moves of the citizen, and those about the rating: supplement, withdraw, rate, ask for review, 回访."""

from __future__ import annotations

from cases.errors import InvalidInput
from cases.instants import EPOCH
from cases.lifecycle import forms
from cases.lifecycle.change import CaseChange
from cases.lifecycle.following_up import followed_up
from cases.lifecycle.reviews import find_reviewer
from cases.model import Rating
from cases.reasons import NOTHING_TO_ADD
from cases.records import FreeText
from cases.vocabulary import CHATS, ClockKind, Move, RatedBy, Status


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
    _rate(change, RatedBy.ASKED if followed_up(change.case) else RatedBy.CITIZEN)


def record_rating(change: CaseChange) -> None:
    """回访 at the counter or by phone, by somebody who did not handle the case."""
    _rate(change, RatedBy.STAFF)


def _rate(change: CaseChange, by: RatedBy) -> None:
    args = change.given(forms.Rate)
    words = FreeText(args.words.strip()) if args.words.strip() else None
    given = args.model_dump(exclude={"words"}, exclude_defaults=True)
    change.set(rating=Rating(**given, words=words, at=change.now, by=by))
    change.data.update(given)
    change.note = words


def follow_up(change: CaseChange) -> None:
    """Asked in the chat; who filed at a counter is asked by somebody who did not handle the case."""
    change.tell_citizen("told-follow-up", department=change.case.department_name)
    if change.case.channel not in CHATS:
        change.tell_department("staff-follow-up")


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
    Move.FOLLOW_UP: follow_up,
    Move.RECORD_RATING: record_rating,
    Move.ASK_REVIEW: ask_review,
    Move.ASK_FINAL_REVIEW: ask_final_review,
}
