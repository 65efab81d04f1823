"""调处 (青海 四(一)): body and complainant settle before somebody neutral, of their own will.

What was settled is followed, and a settlement that is broken leads to an order.

Minutes and settlement are for the parties and whoever mediates. The times that law sets for the case run on;
nothing here stops them unless the complainant agreed to it in writing. Where a people's mediation committee
settled it, both sides may ask a court within 30 days to confirm it (人民调解法 第三十三条).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import Field

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date, start_of
from cases.integrity.registers.mediation_model import (
    DUE_BEFORE_SETTLED,
    MEDIATOR_NAMES,
    NO_SUCH_ITEM,
    NOT_YET,
    REMINDED,
    Agreed,
    Item,
    Mediation,
    MediationEntry,
    MediationMove,
    MediationStatus,
    Mediator,
    Session,
)
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.hands import BODY_SPEAKERS, BODY_SPEAKING, CONFIRMERS, DECIDING, REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.subjects import SubjectArgs
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.model import Evidence
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.laws import PEOPLES_MEDIATION
from cases.rules.rule_books import Rules


# -- forms ----------------------------------------------------------------------------------------
class Propose(SubjectArgs):
    body: ShortWords = ask("对方单位", "body", help="写全称，例如西宁市城东区财政局")
    matter: Words = ask("调处事项", help="用查明的事实写，不要照抄投诉人的话")
    by: Mediator = ask("方式", "choice", choices=MEDIATOR_NAMES)
    mediator: ShortWords = ask("主持单位", "text")
    joined: str = ask("参加单位", "text", default="", max_length=200, help="例如工商联、律师协会")


class EnterConsent(Args):
    consent: tuple[Evidence, ...] = Field(
        min_length=1,
        max_length=5,
        json_schema_extra={"widget": "files", "label": "投诉人书面同意"},
    )


class HoldSession(Args):
    on: date = ask("日期", "date")
    present: ShortWords = ask("到场各方", "text", help="写单位和身份，不写投诉人姓名")
    minutes: Words = ask("记录")


class Settle(Args):
    settled_on: date = ask("达成协议的日期", "date")
    items: tuple[Item, ...] = ask("协议事项", "parts", min_length=1, max_length=10)
    agreement: tuple[Evidence, ...] = Field(
        min_length=1, max_length=5, json_schema_extra={"widget": "files", "label": "调解协议书"}
    )


class Perform(Args):
    item: int = ask("第几项", "number", ge=1, le=10)
    performed: Words = ask("履行情况")
    proof: tuple[Evidence, ...] = Field(
        min_length=1, max_length=20, json_schema_extra={"widget": "files", "label": "证明材料"}
    )


class ConfirmInCourt(Args):
    confirmed_by: ShortWords = ask("法院和裁定文号", "text")


# -- what moves need ------------------------------------------------------------------------------
@require("双方未同意，不能调处。")
def both_consent(at: Situation) -> bool:
    return bool(at.dossier.body_consents and at.dossier.complainant_consents)


@require("单位已经同意。")
def body_not_asked_yet(at: Situation) -> bool:
    return not at.dossier.body_consents


@require("投诉人的书面同意已经登记。")
def complainant_not_entered_yet(at: Situation) -> bool:
    return not at.dossier.complainant_consents


@require("还没有开过调处会，不能达成协议。")
def session_held(at: Situation) -> bool:
    return bool(at.dossier.sessions)


@require("还有没有履行证明的事项，不能确认履行。")
def settlement_proven(at: Situation) -> bool:
    return bool(at.dossier.proof) and at.dossier.next_due is None


@require("协议的履行期限还没有到。")
def settlement_overdue(at: Situation) -> bool:
    due = at.dossier.next_due
    return due is not None and at.now > end_of(due)


@require(
    "只有人民调解委员会主持达成的协议可以申请司法确认，并且只确认一次。",
    source=PEOPLES_MEDIATION.cite("第三十三条"),
)
def may_be_confirmed(at: Situation) -> bool:
    return at.dossier.court_until is not None and not at.dossier.confirmed_by


@require("达成协议超过30日，不能再共同申请司法确认。", source=PEOPLES_MEDIATION.cite("第三十三条"))
def court_time_left(at: Situation) -> bool:
    until = at.dossier.court_until
    return until is not None and at.now <= end_of(until)


@require("提醒司法确认的日子还没有到。")
def court_day_near(at: Situation) -> bool:
    until = at.dossier.court_until
    return until is not None and not at.dossier.reminded and at.now > _reminded_at(until)


@require("已经转为限期整改。")
def not_ordered_yet(at: Situation) -> bool:
    return not any(True for one in at.family if one.kind is Kind.ORDER and one.about == at.dossier.id)


def _reminded_at(until: date) -> datetime:
    return start_of(until - REMINDED)


# -- what moves do --------------------------------------------------------------------------------
def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    return {
        "matter": FreeText(args.matter),
        "by": args.by,
        "mediator": args.mediator,
        "joined": args.joined.strip(),
    }


def consent(change: Making) -> None:
    change.set(body_consents=True)
    change.tell_keeper("staff-mediation-consent", Role.REGISTRAR)


def enter_consent(change: Making) -> None:
    change.set(complainant_consents=True, consent_files=change.given(EnterConsent).consent)


def begin(change: Making) -> None:
    change.tell_citizen("told-mediation-begun")
    change.tell_subject("subject-mediation-begun")


def hold_session(change: Making) -> None:
    args = change.given(HoldSession)
    if args.on > local_date(change.now):
        raise InvalidInput(NOT_YET)
    held = Session(on=args.on, present=args.present, minutes=FreeText(args.minutes))
    change.set(sessions=(*change.dossier.sessions, held))


def settle(change: Making) -> None:
    args = change.given(Settle)
    if args.settled_on > local_date(change.now):
        raise InvalidInput(NOT_YET)
    if any(item.due_on < args.settled_on for item in args.items):
        raise InvalidInput(DUE_BEFORE_SETTLED)
    items = tuple(Agreed(what=item.what, due_on=item.due_on) for item in args.items)
    change.set(items=items, agreement=args.agreement, settled_on=args.settled_on)
    change.tell_citizen("told-mediation-settled")
    change.tell_subject("subject-mediation-settled")


def fail(change: Making) -> None:
    end_with_reason(change)
    change.tell_citizen("told-mediation-failed")
    change.tell_subject("subject-mediation-failed")


def perform(change: Making) -> None:
    args, items = change.given(Perform), change.dossier.items
    if args.item > len(items):
        raise InvalidInput(NO_SUCH_ITEM, item=args.item)
    done = items[args.item - 1].model_copy(update={"done": True})
    change.set(items=(*items[: args.item - 1], done, *items[args.item :]))
    change.set(performed=FreeText(args.performed), proof=(*change.dossier.proof, *args.proof))
    change.tell_keeper("staff-mediation-proof", Role.CONFIRMER)


def remind(change: Making) -> None:
    """Both may still go to a court together; nobody is told of a time that is over."""
    until = end_of(change.dossier.court_until)
    change.set(reminded=True)
    if change.now <= until:
        change.tell_citizen("told-mediation-court", until=until.isoformat())
        change.tell_subject("subject-mediation-court", until=until.isoformat())


def confirm(change: Making) -> None:
    change.set(confirmed_by=change.given(ConfirmInCourt).confirmed_by)


def keep(change: Making) -> None:
    change.tell_citizen("told-mediation-kept")


def broken(change: Making) -> None:
    change.tell_citizen("told-mediation-broken")
    change.tell_subject("subject-mediation-broken")
    change.tell_keeper("staff-mediation-broken", Role.REGISTRAR, Role.CONFIRMER)


def order(change: Making) -> None:
    """A broken settlement is answered with an order to do what was agreed."""
    mediation = change.dossier
    agreed = "；".join(f"{item.what}（{item.due_on.isoformat()}前）" for item in mediation.items)
    opened = change.open(
        Kind.ORDER,
        facts=FreeText(f"{mediation.settled_on}达成的调解协议没有履行。"),
        required=FreeText(f"履行调解协议：{agreed}。"),
        legal_basis=f"调解协议书 {mediation.id}",
    )
    change.data["order"] = opened.id


# -- the table ------------------------------------------------------------------------------------
_S, _M = MediationStatus, MediationMove

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.PROPOSE, "提议调处", "提议了调处", Propose),
        MoveSpec(_M.CONSENT, "同意调处", "单位同意调处"),
        MoveSpec(_M.ENTER_CONSENT, "登记投诉人书面同意", "登记了投诉人的书面同意", EnterConsent),
        MoveSpec(_M.BEGIN, "开始调处", "开始了调处"),
        MoveSpec(_M.HOLD_SESSION, "记录调处会", "记录了调处会", HoldSession),
        MoveSpec(_M.SETTLE, "达成协议", "达成了调解协议", Settle),
        MoveSpec(_M.FAIL, "终止调处", "终止了调处", Grounds),
        MoveSpec(_M.PERFORM, "提交履行证明", "提交了履行证明", Perform),
        MoveSpec(_M.REMIND, "提醒司法确认", "提醒了可以申请司法确认", NoArgs),
        MoveSpec(_M.CONFIRM, "登记司法确认", "登记了司法确认", ConfirmInCourt),
        MoveSpec(_M.KEEP, "确认已履行", "确认协议已履行"),
        MoveSpec(_M.BREAK, "逾期未履行", "协议逾期未履行", NoArgs),
        MoveSpec(_M.ORDER, "转为限期整改", "转为限期整改", NoArgs),
    )
}
TABLE: Table[MediationStatus, MediationMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.PROPOSED,), _M.CONSENT, SAME, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows((_S.PROPOSED,), _M.ENTER_CONSENT, SAME, REGISTRARS, By.KEEPER),
            *rows((_S.PROPOSED,), _M.BEGIN, _S.OPEN, REGISTRARS, By.KEEPER),
            *rows((_S.OPEN,), _M.HOLD_SESSION, SAME, REGISTRARS, By.KEEPER),
            *rows((_S.OPEN,), _M.SETTLE, _S.SETTLED, REGISTRARS, By.KEEPER),
            *rows((_S.PROPOSED, _S.OPEN), _M.FAIL, _S.FAILED, REGISTRARS, By.KEEPER),
            *rows((_S.SETTLED, _S.BROKEN), _M.PERFORM, SAME, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows((_S.SETTLED,), _M.REMIND, SAME, SYSTEM, By.SYSTEM),
            *rows((_S.SETTLED, _S.BROKEN), _M.CONFIRM, SAME, REGISTRARS, By.KEEPER),
            *rows((_S.SETTLED, _S.BROKEN), _M.KEEP, _S.KEPT, CONFIRMERS, *DECIDING),
            *rows((_S.SETTLED,), _M.BREAK, _S.BROKEN, SYSTEM, By.SYSTEM),
            *rows((_S.BROKEN,), _M.ORDER, SAME, REGISTRARS, By.KEEPER),
        ]
    ),
    specs=MOVES,
    requirements={
        _M.CONSENT: (body_not_asked_yet,),
        _M.ENTER_CONSENT: (complainant_not_entered_yet,),
        _M.BEGIN: (both_consent,),
        _M.SETTLE: (session_held,),
        _M.REMIND: (may_be_confirmed, court_day_near),
        _M.CONFIRM: (may_be_confirmed, court_time_left),
        _M.KEEP: (settlement_proven,),
        _M.BREAK: (settlement_overdue,),
        _M.ORDER: (not_ordered_yet,),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("mediation-not-yours", "这件调处不由您的单位办理。"),
)


def _alarm(mediation: Mediation) -> Alarm | None:
    if mediation.status is not _S.SETTLED:
        return None
    due, until = mediation.next_due, mediation.court_until
    ahead = [Alarm(end_of(due), _M.BREAK)] if due else []
    if until is not None and not mediation.reminded and not mediation.confirmed_by:
        ahead.append(Alarm(_reminded_at(until), _M.REMIND))
    return min(ahead, key=lambda alarm: alarm.at, default=None)


BLUEPRINT = Blueprint(
    kind=Kind.MEDIATION,
    model=Mediation,
    entry=MediationEntry,
    table=TABLE,
    first=(_M.PROPOSE, _S.PROPOSED),
    statuses={
        _S.PROPOSED: "待双方同意",
        _S.OPEN: "调处中",
        _S.SETTLED: "协议履行中",
        _S.KEPT: "已履行",
        _S.BROKEN: "未履行",
        _S.FAILED: "未达成",
    },
    ended=frozenset({_S.KEPT, _S.FAILED}),
    primary=(_M.BEGIN, _M.SETTLE, _M.KEEP, _M.ORDER, _M.HOLD_SESSION, _M.CONSENT, _M.PERFORM),
    effects={
        _M.CONSENT: consent,
        _M.ENTER_CONSENT: enter_consent,
        _M.BEGIN: begin,
        _M.HOLD_SESSION: hold_session,
        _M.SETTLE: settle,
        _M.FAIL: fail,
        _M.PERFORM: perform,
        _M.REMIND: remind,
        _M.CONFIRM: confirm,
        _M.KEEP: keep,
        _M.BREAK: broken,
        _M.ORDER: order,
    },
    mechanism="breach_plan",
    opening=Opening(args=Propose, roles=REGISTRARS, fill=_fill, from_case=True),
    alarm=_alarm,
    private=frozenset({"consent_files", "sessions", "agreement"}),
    labels={
        "matter": "调处事项",
        "by": "方式",
        "mediator": "主持单位",
        "joined": "参加单位",
        "consent_files": "投诉人书面同意",
        "sessions": "调处会",
        "settled_on": "达成协议日期",
        "items": "协议事项",
        "agreement": "调解协议书",
        "performed": "履行情况",
        "proof": "证明材料",
        "confirmed_by": "司法确认",
        "ended_because": "终止理由",
    },
)
