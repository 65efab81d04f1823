"""What each move of a case needs beyond status, role and relation: named conditions, in one table.

Offers and moves both ask it. Whether what was filled in fits (a department, a date) is not decided here but
where it is used, in `effects/`.
"""

from __future__ import annotations

from datetime import datetime

from cases import clocks
from cases.clocks import Clock
from cases.errors import ConflictOfInterest, InvalidInput, NotAllowed, NotFound, SecondPersonNeeded
from cases.letters import OPINION_IN
from cases.lifecycle.following_up import followed_up
from cases.lifecycle.holding import free_to_claim, held_by_another, held_by_somebody, holder_away_or_idle
from cases.lifecycle.permissions import DESK
from cases.lifecycle.retention import expires_at
from cases.lifecycle.reviews import (
    answered_in_writing,
    no_final_opinion,
    not_reviewed_yet,
    reviewed_once,
    reviewer_can_be_named,
    somebody_above,
    still_time_to_ask,
)
from cases.lifecycle.second_person import (
    decline_decided_by_another,
    decline_waits,
    dispute_decided_by_another,
    dispute_waits,
    extension_decided_by_another,
    extension_waits,
    no_decline_waits,
    no_dispute_waits,
    no_extension_waits,
    no_transfer_waits,
    no_unseal_waits,
    transfer_waits,
    unseal_decided_by_another,
    unseal_waits,
)
from cases.lifecycle.situation import Need, Situation
from cases.model import Case
from cases.moves.requirements import require
from cases.people import Role
from cases.reasons import EXTENDED_ALREADY, LETTER_SIGNED, NO_SUCH_CASE
from cases.rules.laws import NOT_TO_THE_ACCUSED
from cases.rules.rule_books import Rules
from cases.rules.time_limits import days_for
from cases.vocabulary import ClockKind, LetterKind, Move, ProposalKind, RatedBy


# -- whoever asks ---------------------------------------------------------------------------------
@require(
    "您或您所在单位与此件有关，不能经办。",
    source=f"信访工作条例 第30条第3款；{NOT_TO_THE_ACCUSED.name}",
    error=ConflictOfInterest,
)
def actor_not_concerned(at: Situation) -> bool:
    return not (at.by_staff and at.conflicted)


@require(NO_SUCH_CASE, error=NotFound)
def case_known_to_actor(at: Situation) -> bool:
    return not at.by_staff or at.in_sight


# -- everyday work --------------------------------------------------------------------------------
@require(
    "已经一次性告知过补正；再次要求补正须由督办员提出。",
    source="哈政综〔2007〕37号 六（一次告知制）",
    error=NotAllowed,
)
def first_notice_or_supervisor(at: Situation) -> bool:
    return at.case.supplements_asked == 0 or at.actor.has(Role.SUPERVISOR)


def _goes_along(at: Situation, kind: LetterKind | None) -> bool:
    """The move is made by signing its letter; or the department leaves such letters to one person."""
    head = at.letterhead
    return at.signing or head is None or (kind not in head.second_person and at.actor.has(*DESK))


@require(LETTER_SIGNED, error=SecondPersonNeeded)
def opinion_signed(at: Situation) -> bool:
    return _goes_along(at, OPINION_IN.get(at.status))


@require(LETTER_SIGNED, error=SecondPersonNeeded)
def notice_of_supplement_signed(at: Situation) -> bool:
    return at.actor.has(Role.SUPERVISOR) or _goes_along(at, LetterKind.SUPPLEMENT)


def _handle_clock(case: Case) -> Clock | None:
    return next((c for c in case.clocks if c.kind is ClockKind.HANDLE and c.running), None)


def days_to_extend(case: Case, rules: Rules, now: datetime) -> int:
    """By how much the time to handle may still be extended, in the unit of its clock; 0 when it may not."""
    limit, clock = rules.limits.find(case.complaint.domain, ClockKind.HANDLE), _handle_clock(case)
    return clocks.days_left_to_extend(clock, limit, now) if limit and clock else 0


@require("没有正在计算的办理期限。")
def handling_time_runs(at: Situation) -> bool:
    return _handle_clock(at.case) is not None


@require(EXTENDED_ALREADY, source="信访工作条例 第34条")
def not_extended_before(at: Situation) -> bool:
    return not any(c.extended_days for c in at.case.clocks if c.kind is ClockKind.HANDLE)


@require("时限已过，或者法规没有规定可以延期。", source="信访工作条例 第34条")
def may_be_extended(at: Situation) -> bool:
    return days_to_extend(at.case, at.rules, at.now) > 0


@require(
    "现在最多只能延长{days}天，请不批准并重新申请。",
    source="信访工作条例 第34条",
    params=lambda at: {"days": days_to_extend(at.case, at.rules, at.now)},
)
def proposed_days_allowed(at: Situation) -> bool:
    proposal = at.case.proposal(ProposalKind.EXTEND)
    return proposal is None or proposal.args["days"] <= days_to_extend(at.case, at.rules, at.now)


# -- between departments --------------------------------------------------------------------------
@require(
    "此件已有承办单位，不能再次分办；需要改由别的单位办理时请转办。",
    source="哈政综〔2007〕37号 六（首问责任制）",
)
def waits_for_triage(at: Situation) -> bool:
    """Or for somebody to be named, where the step it stands at is one that nobody can take."""
    stalled = at.case.stalled
    waits_for_a_name = stalled is not None and stalled.step is not Move.REQUEST_EXTENSION
    return waits_for_a_name or at.case.routing.triage


@require(
    "已超过{days}个工作日的退回期限，请接收办理，或者提请裁定。",
    source="信访工作条例 第23条第3款",
    params=lambda at: {"days": days_for(ClockKind.TRANSFER_RETURN)},
)
def still_time_to_return(at: Situation) -> bool:
    clock = at.case.clock(ClockKind.TRANSFER_RETURN)
    return clock is None or at.now <= clock.due_at


@require("没有转办或退回，无需裁定。", source="信访工作条例 第24条")
def transfer_was_contested(at: Situation) -> bool:
    offered = at.case.proposal(ProposalKind.TRANSFER) is not None
    return offered or any(e.move is Move.RETURN_TRANSFER for e in at.case.history)


# -- 回访 and 抽查 -----------------------------------------------------------------------------------
def _handled(case: Case, person: str | None) -> bool:
    """Whether this person held the case or decided it."""
    deciding = {Move.ACCEPT, Move.ANSWER, Move.CLOSE, Move.PROPOSE_DECLINE, Move.COUNTERSIGN_DECLINE}
    holds = case.holder is not None and case.holder.staff == person
    return holds or any(e.actor.id == person and e.move in deciding for e in case.history)


@require("对最近一次答复已经请投诉人评价过。")
def not_followed_up(at: Situation) -> bool:
    return not followed_up(at.case)


@require("答复几天后由系统请投诉人评价；在那之前不登记回访。")
def follow_up_was_asked(at: Situation) -> bool:
    return followed_up(at.case)


@require("投诉人已经对最近一次答复作了评价。")
def not_rated_by_citizen(at: Situation) -> bool:
    rating, letters = at.case.rating, at.case.letters
    answered = letters[-1].at if letters else at.case.filed_at
    return rating is None or rating.by is RatedBy.STAFF or rating.at < answered


@require("回访由承办人和经办人以外的人进行。", error=NotAllowed)
def rating_taken_by_another(at: Situation) -> bool:
    return not _handled(at.case, at.actor.id)


@require("此件已经抽中过。")
def not_sampled_yet(at: Situation) -> bool:
    return not at.case.checks


@require("此件没有等待的抽查。")
def check_waits(at: Situation) -> bool:
    return any(check.verdict is None for check in at.case.checks)


@require("抽查由没有经办此件的督办员进行。", error=NotAllowed)
def checked_by_another(at: Situation) -> bool:
    return not _handled(at.case, at.actor.id)


# -- oversight ------------------------------------------------------------------------------------
@require("没有待回复的督办。")
def order_waits(at: Situation) -> bool:
    return any(order.answered_at is None for order in at.case.orders)


@require("没有等您回复的批示、会签或者交办。")
def errand_waits(at: Situation) -> bool:
    return any(errand.waits_for(at.actor) for errand in at.case.errands)


@require("没有待处理的追究事项。")
def item_open(at: Situation) -> bool:
    return any(item.closed_at is None for item in at.case.accountability)


@require("此件没有被隔离。")
def is_quarantined(at: Situation) -> bool:
    return at.case.quarantined


@require("此件为匿名投诉，没有可以查看的投诉人信息。")
def reporter_is_named(at: Situation) -> bool:
    """Or there are words of the reporter that only two persons together may open."""
    return at.case.complaint.named or at.case.complaint.masked


@require("请在“投诉人信息”页面查看。", error=NotAllowed)
def asked_on_reporter_page(at: Situation) -> bool:
    return at.on_reporter_page


@require("没有批准过的申请，或者已经查看过一次。再次查看须重新申请。", error=NotAllowed)
def look_was_granted(at: Situation) -> bool:
    """A supervisor let this person see the reporter, and the one look is still to come."""
    if at.actor.id is None:
        return False
    granted = [
        e.seq
        for e in at.case.history
        if e.move is Move.APPROVE_UNSEAL and e.data.get("granted_to") == at.actor.id
    ]
    looks = [e.seq for e in at.case.history if e.move is Move.UNSEAL and e.actor.id == at.actor.id]
    return bool(granted) and (not looks or looks[-1] < granted[-1])


@require("此件已经依法保留。")
def no_legal_hold(at: Situation) -> bool:
    return not at.case.legal_hold


@require("此件没有依法保留。")
def under_legal_hold(at: Situation) -> bool:
    return at.case.legal_hold


@require("此件没有关联承诺。")
def commitment_linked(at: Situation) -> bool:
    return bool(at.case.commitments)


# -- the system -----------------------------------------------------------------------------------
@require("没有需要提醒的时限。", error=InvalidInput)
def level_left_to_tell(at: Situation) -> bool:
    return any(clocks.levels_left(clock) for clock in at.case.clocks)


@require("此件还没有到保存期限。", source="个人信息保护法 第19条", error=InvalidInput)
def retention_is_over(at: Situation) -> bool:
    ends = expires_at(at.case)
    return ends is not None and ends <= at.now


@require("没有需要重算的时限。", error=InvalidInput)
def due_days_change(at: Situation) -> bool:
    return any(clocks.recompute(clock, at.rules.calendar) != clock for clock in at.case.clocks)


_REVIEW: tuple[Need, ...] = (answered_in_writing, still_time_to_ask, somebody_above, reviewer_can_be_named)
BEFORE_ALL: tuple[Need, ...] = (actor_not_concerned, case_known_to_actor)

REQUIREMENTS: dict[Move, tuple[Need, ...]] = {
    Move.CLAIM: (free_to_claim,),
    Move.RELEASE: (held_by_somebody,),
    Move.TAKE_OVER: (held_by_somebody, held_by_another, holder_away_or_idle),
    Move.ACCEPT: (no_decline_waits,),
    Move.PROPOSE_DECLINE: (no_decline_waits,),
    Move.COUNTERSIGN_DECLINE: (decline_waits, decline_decided_by_another),
    Move.REFUSE_DECLINE: (decline_waits, decline_decided_by_another),
    Move.ASK_SUPPLEMENT: (first_notice_or_supervisor, notice_of_supplement_signed),
    Move.TRANSFER: (no_transfer_waits,),
    Move.ACCEPT_TRANSFER: (transfer_waits,),
    Move.RETURN_TRANSFER: (transfer_waits, still_time_to_return),
    Move.DISPUTE: (no_dispute_waits, transfer_was_contested),
    Move.DECIDE_DISPUTE: (dispute_waits, dispute_decided_by_another),
    Move.ROUTE: (waits_for_triage,),
    Move.REQUEST_EXTENSION: (no_extension_waits, handling_time_runs, not_extended_before, may_be_extended),
    Move.APPROVE_EXTENSION: (extension_waits, extension_decided_by_another, proposed_days_allowed),
    Move.REFUSE_EXTENSION: (extension_waits, extension_decided_by_another),
    Move.ANSWER: (opinion_signed,),
    Move.REOPEN: (no_final_opinion,),
    Move.ASK_REVIEW: (not_reviewed_yet, *_REVIEW),
    Move.ASK_FINAL_REVIEW: (reviewed_once, no_final_opinion, *_REVIEW),
    Move.UNLINK_COMMITMENT: (commitment_linked,),
    Move.FOLLOW_UP: (not_followed_up, not_rated_by_citizen),
    Move.RECORD_RATING: (follow_up_was_asked, not_rated_by_citizen, rating_taken_by_another),
    Move.ANSWER_ORDER: (order_waits,),
    Move.REPLY: (errand_waits,),
    Move.WARN: (level_left_to_tell,),
    Move.CLOSE_ACCOUNTABILITY: (item_open,),
    Move.SAMPLE: (not_sampled_yet,),
    Move.CHECK: (check_waits, checked_by_another),
    Move.RELEASE_QUARANTINE: (is_quarantined,),
    Move.REQUEST_UNSEAL: (reporter_is_named, no_unseal_waits),
    Move.APPROVE_UNSEAL: (unseal_waits, unseal_decided_by_another),
    Move.REFUSE_UNSEAL: (unseal_waits, unseal_decided_by_another),
    Move.UNSEAL: (look_was_granted, asked_on_reporter_page),
    Move.HOLD: (no_legal_hold,),
    Move.LIFT_HOLD: (under_legal_hold,),
    Move.ANONYMISE: (no_legal_hold, retention_is_over),
    Move.RECOUNT: (due_days_change,),
}
"""A move that is not named needs nothing beyond its row of the table."""
