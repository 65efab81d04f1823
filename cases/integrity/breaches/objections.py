"""异议: who is recorded disputes it, with reasons and at least one document; once more to the superior.

While it lasts the publication bears 异议处理中. No local text sets a time: Shanghai's are shown as 参照.
"""

from __future__ import annotations

from pydantic import Field

from cases.errors import InvalidInput, NotAllowed, Reason
from cases.integrity.breaches.objection_model import (
    DECISION_NAMES,
    RUNNING,
    Decision,
    Objection,
    ObjectionEntry,
    ObjectionMove,
    ObjectionStatus,
)
from cases.integrity.breaches.publication_model import Publication, PublicationMove
from cases.integrity.breaches.publications import take_down
from cases.integrity.breaches.record_model import STANDING, BreachRecord, Corrected, RecordMove
from cases.integrity.spine.blueprint import Alarm, Blueprint
from cases.integrity.spine.hands import DECIDING, KEEPING, REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.speaking import DECIDERS, SPEAKERS, SPEAKING, decided_by_its_own, spoken_for
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.model import Evidence
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Role
from cases.records import FreeText
from cases.rules.laws import HENAN_CREDIT
from cases.vocabulary import Audience, ClockKind


# -- forms ----------------------------------------------------------------------------------------
class Raise(Args):
    """Of the record's move that opens it."""

    reason: Words = ask("异议理由")
    documents: tuple[Evidence, ...] = Field(
        default=(), max_length=20, json_schema_extra={"widget": "files", "label": "证明材料"}
    )


class Check(Args):
    found: Words = ask("核查情况")


class Forward(Args):
    to: ShortWords = ask("转交单位", "code", help="提供信息或者作出认定的单位")


class Uphold(Args):
    decision: Decision = ask("处理", "choice", choices=DECISION_NAMES)
    facts: str = ask("更正后的事实", default="", max_length=500, help="更正或补充的须填写")
    reason: Words = ask("理由")


NO_DOCUMENT = Reason("objection-without-document", "提出异议须附至少一份证明材料。")
CORRECTED_HOW = Reason("corrected-how", "更正或补充的，请写明更正后的事实。")


# -- what moves need ------------------------------------------------------------------------------
@require("这条记录已经终止，不再处理异议。")
def record_disputable(at: Situation) -> bool:
    return at.of(BreachRecord).status in STANDING


@require("正在等待鉴定，期间不计入时限。", source=HENAN_CREDIT.cite("第四十一条"))
def not_with_experts(at: Situation) -> bool:
    return not any(clock.paused_at for clock in at.dossier.clocks)


@require("没有送交鉴定。")
def with_experts(at: Situation) -> bool:
    return not not_with_experts.holds(at)


@require("复核已用，只能申请一次。")
def review_not_used(at: Situation) -> bool:
    every = (at.dossier, *at.relatives(Objection))
    return not any(one.reviewed_at is not None for one in every)


@require("已超过申请复核的期限。")
def still_time_for_review(at: Situation) -> bool:
    clock = at.dossier.clock(ClockKind.OBJECTION_REVIEW_ASK)
    return clock is not None and at.now <= clock.due_at


@require("复核须由上级单位办理，不能由原单位办理。", error=NotAllowed)
def reviewed_above(at: Situation) -> bool:
    return bool(at.actor.department != at.dossier.keeper)


@require(decided_by_its_own.reason, error=NotAllowed)
def reviewed_by_its_own(at: Situation) -> bool:
    return at.actor.has(Role.SUPERVISOR) or decided_by_its_own.holds(at)


@require("申请复核的期限还没有到。")
def time_for_review_over(at: Situation) -> bool:
    return not still_time_for_review.holds(at) or not record_disputable.holds(at)


# -- what moves do --------------------------------------------------------------------------------
def open_objection(change: Making) -> None:
    """A move of the record."""
    args = change.given(Raise)
    if not args.documents:
        raise InvalidInput(NO_DOCUMENT)
    opened = change.open(
        Kind.OBJECTION,
        ClockKind.OBJECTION_MARK,
        reason=FreeText(args.reason),
        documents=args.documents,
    )
    change.data["objection"] = opened.id
    change.tell_keeper("staff-objection-raised", Role.REGISTRAR)


def _each_publication(change: Making, move: PublicationMove) -> None:
    for publication in change.relatives(Publication):
        if publication.disputed is (move is PublicationMove.UNMARK):
            change.move_along(publication, move)


def mark(change: Making) -> None:
    change.meet_clocks(ClockKind.OBJECTION_MARK)
    change.start_term(ClockKind.OBJECTION_CHECK)
    change.start_term(ClockKind.OBJECTION)
    _each_publication(change, PublicationMove.MARK)


def check(change: Making) -> None:
    found = change.given(Check).found
    change.meet_clocks(ClockKind.OBJECTION_CHECK)
    change.start_term(ClockKind.OBJECTION_FORWARD)
    change.set(found=FreeText(found))


def forward(change: Making) -> None:
    change.meet_clocks(ClockKind.OBJECTION_FORWARD)
    change.set(forwarded_to=change.given(Forward).to)


def send_to_experts(change: Making) -> None:
    change.note = change.given(Grounds).reason
    change.pause_clocks()


def hear_experts(change: Making) -> None:
    change.note = change.given(Check).found
    change.resume_clocks()


def uphold(change: Making) -> None:
    args, record = change.given(Uphold), change.at.of(BreachRecord)
    change.meet_clocks(ClockKind.OBJECTION, ClockKind.OBJECTION_REVIEW)
    change.set(decision=args.decision, decided_because=FreeText(args.reason))
    change.note, change.data["decision"] = args.reason, args.decision
    match args.decision:
        case Decision.REVOKED:
            change.move_along(record, RecordMove.REVOKE, Grounds(reason=args.reason))
        case Decision.ENDED:
            take_down(change, args.reason, withdraw=False)
        case _:
            if not args.facts.strip():
                raise InvalidInput(CORRECTED_HOW)
            change.move_along(record, RecordMove.CORRECT, Corrected(facts=args.facts, reason=args.reason))
            _each_publication(change, PublicationMove.UNMARK)
    change.tell_subject("subject-objection-upheld", decision=args.decision.value)


def reject(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.meet_clocks(ClockKind.OBJECTION)
    change.stop_clocks()
    clock = change.start_term(ClockKind.OBJECTION_REVIEW_ASK)
    change.set(decided_because=FreeText(reason))
    change.note = reason
    _each_publication(change, PublicationMove.UNMARK)
    change.tell_subject("subject-objection-rejected", until=clock.due_at.isoformat())


def ask_review(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.meet_clocks(ClockKind.OBJECTION_REVIEW_ASK)
    change.start_term(ClockKind.OBJECTION_REVIEW)
    change.set(review_reason=FreeText(reason))
    change.note = reason
    _each_publication(change, PublicationMove.MARK)
    change.tell(Audience.SUPERVISORS, "staff-objection-review", change.dossier.jurisdiction)


def uphold_review(change: Making) -> None:
    change.set(reviewed_at=change.now)
    uphold(change)


def reject_review(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.meet_clocks(ClockKind.OBJECTION_REVIEW)
    change.set(reviewed_at=change.now, decided_because=FreeText(reason))
    change.note = reason
    _each_publication(change, PublicationMove.UNMARK)
    change.tell_subject("subject-objection-reviewed")


def close_all(change: Making) -> None:
    """For the end of a record: nothing is left to dispute."""
    for objection in change.relatives(Objection):
        change.move_along(objection, ObjectionMove.CLOSE)


# -- the table ------------------------------------------------------------------------------------
_S, _M = ObjectionStatus, ObjectionMove
_REVIEWERS = DECIDERS | {Role.SUPERVISOR}
_WORKED = (_S.MARKED, _S.CHECKING, _S.FORWARDED)
_CHECKED = (_S.CHECKING, _S.FORWARDED)

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.RAISE, "提出异议", "提出了异议", Raise),
        MoveSpec(_M.MARK, "标注", "作了异议标注"),
        MoveSpec(_M.CHECK, "核查", "完成了核查", Check),
        MoveSpec(_M.FORWARD, "转交", "转交了异议", Forward),
        MoveSpec(_M.SEND_TO_EXPERTS, "送交鉴定", "送交了鉴定", Grounds),
        MoveSpec(_M.HEAR_EXPERTS, "鉴定完成", "收到了鉴定结果", Check),
        MoveSpec(_M.UPHOLD, "异议成立", "认定异议成立", Uphold),
        MoveSpec(_M.REJECT, "异议不成立", "认定异议不成立", Grounds),
        MoveSpec(_M.ASK_REVIEW, "申请异议复核", "申请了异议复核", Grounds),
        MoveSpec(_M.UPHOLD_REVIEW, "复核：成立", "复核认定异议成立", Uphold),
        MoveSpec(_M.REJECT_REVIEW, "复核：不成立", "复核维持原处理", Grounds),
        MoveSpec(_M.CLOSE, "了结", "了结", NoArgs),
    )
}
TABLE: Table[ObjectionStatus, ObjectionMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.RECEIVED,), _M.MARK, _S.MARKED, REGISTRARS, *KEEPING),
            *rows((_S.MARKED,), _M.CHECK, _S.CHECKING, REGISTRARS, *KEEPING),
            *rows((_S.CHECKING,), _M.FORWARD, _S.FORWARDED, REGISTRARS, *KEEPING),
            *rows(_WORKED, _M.SEND_TO_EXPERTS, SAME, REGISTRARS, *KEEPING),
            *rows(_WORKED, _M.HEAR_EXPERTS, SAME, REGISTRARS, *KEEPING),
            *rows(_CHECKED, _M.UPHOLD, _S.UPHELD, DECIDERS, *DECIDING),
            *rows(_CHECKED, _M.REJECT, _S.REJECTED, DECIDERS, *DECIDING),
            *rows((_S.REJECTED,), _M.ASK_REVIEW, _S.IN_REVIEW, SPEAKERS, *SPEAKING),
            *rows((_S.IN_REVIEW,), _M.UPHOLD_REVIEW, _S.UPHELD, _REVIEWERS, By.SUPERIOR, By.OVERSEER),
            *rows((_S.IN_REVIEW,), _M.REJECT_REVIEW, _S.REJECTED, _REVIEWERS, By.SUPERIOR, By.OVERSEER),
            *rows((*sorted(RUNNING), _S.REJECTED), _M.CLOSE, _S.CLOSED, SYSTEM, By.SYSTEM),
        ]
    ),
    specs=MOVES,
    requirements={
        _M.CHECK: (not_with_experts,),
        _M.FORWARD: (not_with_experts,),
        _M.SEND_TO_EXPERTS: (not_with_experts,),
        _M.HEAR_EXPERTS: (with_experts,),
        _M.UPHOLD: (decided_by_its_own, not_with_experts, record_disputable),
        _M.REJECT: (decided_by_its_own, not_with_experts),
        _M.ASK_REVIEW: (spoken_for, review_not_used, still_time_for_review, record_disputable),
        _M.UPHOLD_REVIEW: (reviewed_above, reviewed_by_its_own, record_disputable),
        _M.REJECT_REVIEW: (reviewed_above, reviewed_by_its_own),
        _M.CLOSE: (time_for_review_over,),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("objection-not-yours", "这项异议不由您的单位办理。"),
)


def _alarm(objection: Objection) -> Alarm | None:
    clock = objection.clock(ClockKind.OBJECTION_REVIEW_ASK)
    if objection.status is not _S.REJECTED or clock is None:
        return None
    return Alarm(clock.due_at, _M.CLOSE)


BLUEPRINT = Blueprint(
    kind=Kind.OBJECTION,
    model=Objection,
    entry=ObjectionEntry,
    table=TABLE,
    first=(_M.RAISE, _S.RECEIVED),
    statuses={
        _S.RECEIVED: "已收到",
        _S.MARKED: "已标注",
        _S.CHECKING: "已核查",
        _S.FORWARDED: "已转交",
        _S.UPHELD: "异议成立",
        _S.REJECTED: "异议不成立",
        _S.IN_REVIEW: "复核中",
        _S.CLOSED: "已了结",
    },
    ended=frozenset({_S.UPHELD, _S.CLOSED}),
    primary=(_M.MARK, _M.CHECK, _M.UPHOLD, _M.UPHOLD_REVIEW, _M.ASK_REVIEW),
    effects={
        _M.MARK: mark,
        _M.CHECK: check,
        _M.FORWARD: forward,
        _M.SEND_TO_EXPERTS: send_to_experts,
        _M.HEAR_EXPERTS: hear_experts,
        _M.UPHOLD: uphold,
        _M.REJECT: reject,
        _M.ASK_REVIEW: ask_review,
        _M.UPHOLD_REVIEW: uphold_review,
        _M.REJECT_REVIEW: reject_review,
    },
    mechanism="objection",
    alarm=_alarm,
    labels={
        "reason": "异议理由",
        "documents": "证明材料",
        "found": "核查情况",
        "forwarded_to": "转交单位",
        "decision": "处理",
        "decided_because": "处理理由",
        "review_reason": "复核理由",
    },
)
