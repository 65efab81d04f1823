"""限期整改: a confirmed breach is put right within a time, with written reasons and proof.

Only who refuses breaks faith (1103): a record comes from a refused order, never from the finding alone.
Reorganisation or a change of staff is no excuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from cases import clocks
from cases.clocks import Clock
from cases.errors import Reason, SecondPersonNeeded
from cases.instants import local_date
from cases.integrity.breaches import record_effects, record_forms, records
from cases.integrity.breaches.order_model import (
    EXCUSE_NAMES,
    Excuse,
    Order,
    OrderEntry,
    OrderMove,
    OrderStatus,
)
from cases.integrity.breaches.record_model import BreachRecord
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.hands import BODY_SPEAKERS, BODY_SPEAKING, CONFIRMERS, DECIDING, REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.speaking import spoken_for
from cases.integrity.spine.subjects import SubjectArgs
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds, OptionalRemark
from cases.model import Evidence
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.reasons import EXTENDED_ALREADY, TOO_LATE_TO_EXTEND
from cases.records import FreeText
from cases.rules.laws import NOT_TO_THE_ACCUSED
from cases.rules.rule_books import Rules
from cases.vocabulary import ClockKind
from cases.words import OWED_DOMAIN_NAMES
from classify.types import Domain


# -- forms ----------------------------------------------------------------------------------------
class Content(Args):
    facts: Words = ask("查明的事实", help="用查明的事实写，不要照抄投诉人的话")
    required: Words = ask("整改要求", help="写明要做到什么，怎样算完成")
    legal_basis: ShortWords = ask("依据", "text")


class Draft(Content, SubjectArgs):
    domain: Domain | None = ask("重点领域", "choice", choices=OWED_DOMAIN_NAMES, default=None)


class Issue(Args):
    days: int | None = ask(
        "整改天数", "number", default=None, ge=1, le=180, help="不填写的，按系统设置的天数"
    )


class Explain(Args):
    excuse: Excuse = ask(
        "原因", "choice", choices=EXCUSE_NAMES, help="机构调整、人员变动不能作为不履约的理由"
    )
    explanation: Words = ask("书面说明")


class Prove(Args):
    note: Words = ask("整改情况")
    proof: tuple[Evidence, ...] = Field(
        min_length=1, max_length=20, json_schema_extra={"widget": "files", "label": "证明材料"}
    )


class Extend(Args):
    days: int = ask("延长天数", "number", ge=1, le=60)
    reason: Words = ask("延期理由")


# -- what moves need ------------------------------------------------------------------------------
def _actor_of(order: Order, *moves: OrderMove) -> str | None:
    """Who last made one of these moves."""
    return next((entry.actor.id for entry in reversed(order.history) if entry.move in moves), None)


def _deadline(order: Order) -> Clock | None:
    return order.clock(ClockKind.RECTIFY)


@require("起草人不能自己签发，请由另一人签发。", source="整改通知须经两人", error=SecondPersonNeeded)
def issued_by_another(at: Situation) -> bool:
    return at.actor.id != _actor_of(at.dossier, OrderMove.DRAFT, OrderMove.REVISE)


@require("还没有整改证明材料，不能确认已整改。", source=NOT_TO_THE_ACCUSED.name)
def proof_given(at: Situation) -> bool:
    return bool(at.dossier.proof)


@require("提交证明的人不能自己确认，请由另一人处理。", error=SecondPersonNeeded)
def proof_checked_by_another(at: Situation) -> bool:
    return at.actor.id != _actor_of(at.dossier, OrderMove.PROVE)


@require(EXTENDED_ALREADY)
def not_extended_before(at: Situation) -> bool:
    deadline = _deadline(at.dossier)
    return deadline is None or deadline.extended_days == 0


@require("整改期限还没有到。")
def deadline_over(at: Situation) -> bool:
    deadline = _deadline(at.dossier)
    return deadline is not None and at.now > deadline.due_at


@require(
    "整改期限还没有到，不能认定拒不整改；以机构调整、人员变动为由不履约的除外。",
    source=f"{NOT_TO_THE_ACCUSED.name} 二(二)",
)
def over_or_no_excuse(at: Situation) -> bool:
    return deadline_over.holds(at) or at.dossier.no_excuse


@require(TOO_LATE_TO_EXTEND)
def deadline_not_over(at: Situation) -> bool:
    return not deadline_over.holds(at)


@require("这份整改通知已有失信记录。")
def not_recorded_yet(at: Situation) -> bool:
    void = records.BLUEPRINT.void
    return all(record.status in void for record in at.children(BreachRecord))


# -- what moves do --------------------------------------------------------------------------------
def revise(change: Making) -> None:
    args = change.given(Content)
    change.set(facts=FreeText(args.facts), required=FreeText(args.required), legal_basis=args.legal_basis)


def issue(change: Making) -> None:
    days = change.given(Issue).days
    term = change.rules.terms[ClockKind.RECTIFY]
    deadline = change.start(term.model_copy(update={"amount": days}) if days else term, change.dossier.keeper)
    change.start_term(ClockKind.EXPLAIN)
    serial = f"{change.dossier.keeper_name}整改〔{local_date(change.now).year}〕{change.looked_up.serial}号"
    change.set(serial=serial, signer=change.actor.name, issued_at=change.now)
    change.data.update(serial=serial, due=deadline.due_at.isoformat())
    change.tell_citizen("told-order-issued", until=deadline.due_at.isoformat())
    change.tell_subject("subject-order-issued", until=deadline.due_at.isoformat())


def cancel(change: Making) -> None:
    change.note = change.given(Grounds).reason
    if change.dossier.issued_at is not None:
        change.tell_citizen("told-order-cancelled")
        change.tell_subject("subject-order-cancelled")


def explain(change: Making) -> None:
    args = change.given(Explain)
    change.meet_clocks(ClockKind.EXPLAIN)
    change.set(excuse=args.excuse, explanation=FreeText(args.explanation))
    change.data["excuse"] = args.excuse
    change.tell_keeper("staff-order-explained", Role.REGISTRAR, Role.CONFIRMER)


def prove(change: Making) -> None:
    args = change.given(Prove)
    change.set(proof_note=FreeText(args.note), proof=(*change.dossier.proof, *args.proof))
    change.data["proof"] = [file.id for file in args.proof]
    change.tell_keeper("staff-order-proof", Role.CONFIRMER)


def return_proof(change: Making) -> None:
    change.note = change.given(Grounds).reason
    change.set(proof=(), proof_note=None)
    change.tell_subject("subject-order-returned", reason=change.note)


def extend(change: Making) -> None:
    args = change.given(Extend)
    term = change.rules.terms[ClockKind.RECTIFY]
    change.change_clocks(
        lambda c: clocks.extend(c, args.days, change.rules.calendar, term, change.now), ClockKind.RECTIFY
    )
    change.set(extended_because=FreeText(args.reason))
    change.data["days"], change.note = args.days, args.reason
    due = next(c.due_at for c in change.changes["clocks"] if c.kind is ClockKind.RECTIFY)
    change.tell_citizen("told-order-extended", until=due.isoformat())
    change.tell_subject("subject-order-extended", until=due.isoformat())


def fulfil(change: Making) -> None:
    change.note = change.given(OptionalRemark).remark or None
    change.meet_clocks(ClockKind.RECTIFY)
    change.tell_citizen("told-order-fulfilled")
    change.tell_subject("subject-order-fulfilled")


def refuse(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.note = reason
    change.set(decided_because=FreeText(reason))
    change.tell_citizen("told-order-refused")
    change.tell_subject("subject-order-refused")


def lapse(change: Making) -> None:
    change.tell_citizen("told-order-overdue")
    change.tell_keeper("staff-order-overdue", Role.REGISTRAR, Role.CONFIRMER, Role.SUPERVISOR)
    change.tell_subject("subject-order-overdue")


# -- the table ------------------------------------------------------------------------------------
_S, _M = OrderStatus, OrderMove
_RUNNING = (_S.ISSUED, _S.EXPLAINED, _S.OVERDUE)
"""Where a body has no account, the registrar enters what it sent on paper."""

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.DRAFT, "起草整改通知", "起草了整改通知", Draft),
        MoveSpec(_M.REVISE, "修改", "修改了整改通知", Content),
        MoveSpec(_M.ISSUE, "签发", "下达了整改通知", Issue, told=True),
        MoveSpec(_M.CANCEL, "撤销", "撤销了整改通知", Grounds, told=True),
        MoveSpec(_M.EXPLAIN, "书面说明", "作出书面说明", Explain),
        MoveSpec(_M.PROVE, "提交整改证明", "提交了整改证明", Prove),
        MoveSpec(_M.RETURN, "退回证明", "退回了整改证明", Grounds),
        MoveSpec(_M.EXTEND, "延长期限", "延长了整改期限", Extend, told=True),
        MoveSpec(_M.FULFIL, "确认已整改", "确认已整改", OptionalRemark, told=True),
        MoveSpec(_M.REFUSE, "认定拒不整改", "认定拒不整改", Grounds, told=True),
        MoveSpec(_M.LAPSE, "到期未改", "整改期限已过", NoArgs, told=True),
        MoveSpec(_M.RECORD, "登记失信记录", "登记了失信记录", record_forms.Content),
    )
}
TABLE: Table[OrderStatus, OrderMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.DRAFTED,), _M.REVISE, SAME, REGISTRARS, By.KEEPER),
            *rows((_S.DRAFTED,), _M.ISSUE, _S.ISSUED, CONFIRMERS, *DECIDING),
            *rows((_S.DRAFTED, *_RUNNING), _M.CANCEL, _S.CANCELLED, CONFIRMERS, *DECIDING),
            *rows((_S.ISSUED,), _M.EXPLAIN, _S.EXPLAINED, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows((_S.EXPLAINED, _S.OVERDUE), _M.EXPLAIN, SAME, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows(_RUNNING, _M.PROVE, SAME, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows(_RUNNING, _M.RETURN, SAME, CONFIRMERS, *DECIDING),
            *rows((_S.ISSUED, _S.EXPLAINED), _M.EXTEND, SAME, CONFIRMERS, *DECIDING),
            *rows(_RUNNING, _M.FULFIL, _S.FULFILLED, CONFIRMERS, *DECIDING),
            *rows((_S.EXPLAINED, _S.OVERDUE), _M.REFUSE, _S.REFUSED, CONFIRMERS, *DECIDING),
            *rows((_S.ISSUED, _S.EXPLAINED), _M.LAPSE, _S.OVERDUE, SYSTEM, By.SYSTEM),
            *rows((_S.REFUSED,), _M.RECORD, SAME, REGISTRARS, By.KEEPER, By.LEAD),
        ]
    ),
    specs=MOVES,
    requirements={
        _M.ISSUE: (issued_by_another,),
        _M.EXPLAIN: (spoken_for,),
        _M.PROVE: (spoken_for,),
        _M.RETURN: (proof_given,),
        _M.EXTEND: (not_extended_before, deadline_not_over),
        _M.FULFIL: (proof_given, proof_checked_by_another),
        _M.REFUSE: (over_or_no_excuse,),
        _M.LAPSE: (deadline_over,),
        _M.RECORD: (not_recorded_yet,),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("order-not-yours", "这份整改通知不由您的单位办理。"),
)


def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    return {
        "facts": FreeText(args.facts),
        "required": FreeText(args.required),
        "legal_basis": args.legal_basis,
        "domain": args.domain,
    }


def _alarm(order: Order) -> Alarm | None:
    deadline = _deadline(order)
    if deadline is None or order.status not in {_S.ISSUED, _S.EXPLAINED}:
        return None
    return Alarm(deadline.due_at, _M.LAPSE)


BLUEPRINT = Blueprint(
    kind=Kind.ORDER,
    model=Order,
    entry=OrderEntry,
    table=TABLE,
    first=(_M.DRAFT, _S.DRAFTED),
    statuses={
        _S.DRAFTED: "已起草",
        _S.ISSUED: "已下达",
        _S.EXPLAINED: "已书面说明",
        _S.OVERDUE: "逾期未改",
        _S.FULFILLED: "已整改",
        _S.REFUSED: "拒不整改",
        _S.CANCELLED: "已撤销",
    },
    ended=frozenset({_S.FULFILLED, _S.REFUSED, _S.CANCELLED}),
    effects={
        _M.REVISE: revise,
        _M.ISSUE: issue,
        _M.CANCEL: cancel,
        _M.EXPLAIN: explain,
        _M.PROVE: prove,
        _M.RETURN: return_proof,
        _M.EXTEND: extend,
        _M.FULFIL: fulfil,
        _M.REFUSE: refuse,
        _M.LAPSE: lapse,
        _M.RECORD: record_effects.open_from_order,
    },
    mechanism="rectify",
    national=f"{NOT_TO_THE_ACCUSED.name} 二(二)",
    opening=Opening(args=Draft, roles=REGISTRARS, fill=_fill, from_case=True),
    hidden_from_subject=frozenset({_S.DRAFTED}),
    takes_serial=frozenset({_M.ISSUE}),
    primary=(_M.ISSUE, _M.FULFIL, _M.REFUSE, _M.PROVE, _M.EXPLAIN, _M.REVISE),
    alarm=_alarm,
    suggestions={_M.RECORD: record_effects.suggest_from_order},
    labels={
        "serial": "文号",
        "facts": "查明的事实",
        "required": "整改要求",
        "legal_basis": "依据",
        "excuse": "对方所述原因",
        "explanation": "书面说明",
        "proof_note": "整改情况",
        "proof": "证明材料",
        "extended_because": "延期理由",
        "decided_because": "认定理由",
        "signer": "签发人",
    },
)
