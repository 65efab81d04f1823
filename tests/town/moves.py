"""Cases brought into every status by the moves themselves, with people who stand to them in every way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from cases.clocks import Clock
from cases.lifecycle.change import LookedUp
from cases.lifecycle.making import apply
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import MOVES
from cases.model import Accountability, Case, Check, Errand, HistoryEntry, LinkedCommitment, Order, Proposal
from cases.moves.history import next_entry
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.records import FreeText
from cases.vocabulary import (
    AccountabilityKind,
    By,
    ClockKind,
    ErrandKind,
    Move,
    OrderKind,
    ProposalKind,
    Status,
)
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.people import (
    COLLEAGUE,
    HANDLER,
    HEAD,
    SUPERVISOR,
    staff,
)
from tests.town.places import ELSEWHERE, FINANCE, GOVERNMENT, REFORM
from tests.town.rules import RULES
from tests.town.words import OPINION

ARGS: dict[Move, dict[str, Any]] = {
    Move.ASSIGN: {"staff": COLLEAGUE.id},
    Move.PROPOSE_DECLINE: {"reason": "in_court", "legal_basis": "条例第十九条", "explanation": "已经起诉"},
    Move.REFUSE_DECLINE: {"reason": "应当受理"},
    Move.ASK_SUPPLEMENT: {"items": ["合同复印件"]},
    Move.SUPPLEMENT: {"text": "合同在此"},
    Move.TRANSFER: {"department": REFORM, "reason": "不属本单位"},
    Move.RETURN_TRANSFER: {"reason": "不属本单位"},
    Move.DISPUTE: {"department": REFORM, "reason": "请裁定"},
    Move.DECIDE_DISPUTE: {"department": FINANCE, "reason": "由财政厅办理"},
    Move.ROUTE: {"department": REFORM, "reason": "分办"},
    Move.CORRECT: {"domain": "procurement", "reason": "系采购合同"},
    Move.ACCUSE: {"bodies": ["西宁市湟中区水利局"], "reason": "来件第二段"},
    Move.INVITE: {"departments": [REFORM], "reason": "协助"},
    Move.WRITE: {"text": "您好"},
    Move.NOTE: {"text": "电话核实"},
    Move.ATTACH: {
        "evidence": [
            {
                "id": "e",
                "name": "e.pdf",
                "media_type": "application/pdf",
                "size": 1,
                "sha256": "0",
                "added_at": MONDAY,
            }
        ]
    },
    Move.REQUEST_EXTENSION: {"days": 10, "reason": "情况复杂"},
    Move.REFUSE_EXTENSION: {"reason": "不复杂"},
    Move.ANSWER: OPINION,
    Move.REOPEN: {"reason": "发现新事实"},
    Move.MERGE: {"into": "SX20261123-9000002-0"},
    Move.LINK_COMMITMENT: {"commitment": "CN-1"},
    Move.UNLINK_COMMITMENT: {"commitment": "CN-0", "reason": "说的是另一件事"},
    Move.SPLIT: {"parts": [{"department": REFORM, "text": "另一件事"}]},
    Move.ASK_REVIEW: {"reason": "不服"},
    Move.ASK_FINAL_REVIEW: {"reason": "仍不服"},
    Move.RATE: {"responded": True, "solved": False, "satisfied": 3},
    Move.RECORD_RATING: {"responded": True, "solved": False, "satisfied": 2, "reasons": ["slow"]},
    Move.SAMPLE: {"month": "2026-11"},
    Move.CHECK: {"verdict": "flawed", "findings": "答复没有写明依据"},
    Move.ORDER: {"kind": "supervise", "what": "抓紧", "until": date(2026, 12, 31)},
    Move.INSTRUCT: {"leader": "张副厅长", "words": "请抓紧核实，依法答复。"},
    Move.CONSULT: {"departments": [REFORM], "what": "请对处理意见提出意见"},
    Move.GIVE_TASK: {"staff": "s-colleague", "what": "核对付款台账"},
    Move.REPLY: {"errand": "e-1", "opinion": "已核实，付款台账无误。"},
    Move.ANSWER_ORDER: {"order": "o-1", "answer": "已落实"},
    Move.WARN: {"clock": "handle", "level": "amber"},
    Move.OPEN_ACCOUNTABILITY: {"reason": "无故拖延"},
    Move.CLOSE_ACCOUNTABILITY: {"item": "z-1", "outcome": "批评教育"},
    Move.REQUEST_UNSEAL: {"reason": "需要当面核实"},
    Move.REFUSE_UNSEAL: {"reason": "没有必要"},
    Move.HOLD: {"reason": "诉讼需要"},
    Move.LIFT_HOLD: {"reason": "诉讼结束"},
}
PROMISED = LinkedCommitment(
    id="CN-1", body="青海省教育厅", matter=FreeText("修通村组公路"), due_on=date(2026, 12, 31)
)
LOOKED_UP = LookedUp(
    commitment=PROMISED,
    serial=1,
    verification="0123456789AB",
    children=("SX20261123-9000003-0",),
)


def args_of(move: Move, **changes: Any) -> Any:
    return MOVES[move].args.model_validate({**ARGS.get(move, {}), **changes})


def after(case: Case, move: Move, by: Actor = HANDLER, at: datetime = MONDAY, **changes: Any) -> Case:
    """The case after the move."""
    return apply(before(case, by, at), move, args_of(move, **changes), looked_up=looked_up_for(case))


def before(case: Case, actor: Actor, at: datetime = MONDAY, **known: Any) -> Situation:
    """This actor before this case."""
    return Situation(case, actor, RULES, at, **known)


def looked_up_for(case: Case) -> LookedUp:
    """What the service would have looked up: the colleague works where the case is."""
    return replace(LOOKED_UP, assignee=staff("s-colleague", "周同事", Role.HANDLER, case.department))


def reviewer_of(case: Case) -> Actor:
    """A handler of the department that holds the case now."""
    return staff("s-reviewer", "郑复查", Role.HANDLER, case.department)


def in_status(status: Status) -> Case:
    """A held case in this status, brought there by moves."""
    case = after(registered(), Move.CLAIM)
    if status is Status.REGISTERED:
        return case
    if status is Status.WITHDRAWN:
        return after(case, Move.WITHDRAW, CITIZEN)
    if status is Status.MERGED:
        return after(case, Move.MERGE)
    if status is Status.DECLINED:
        return after(after(case, Move.PROPOSE_DECLINE), Move.COUNTERSIGN_DECLINE, HEAD)
    case = after(case, Move.ACCEPT)
    if status is Status.ACCEPTED:
        return case
    if status is Status.AWAITING_CITIZEN:
        return after(case, Move.ASK_SUPPLEMENT)
    case = after(case, Move.ANSWER)
    if status is Status.ANSWERED:
        return case
    if status is Status.CLOSED:
        return after(case, Move.CLOSE)
    case = after(case, Move.ASK_REVIEW, CITIZEN)
    case = after(case, Move.CLAIM, reviewer_of(case))
    if status is Status.IN_REVIEW:
        return case
    case = after(case, Move.ANSWER, reviewer_of(case))
    case = after(case, Move.ASK_FINAL_REVIEW, CITIZEN)
    return after(case, Move.CLAIM, reviewer_of(case))


def stands(case: Case, role: Role, by: By) -> Actor:
    """Somebody of this role who stands to the case in this way, and in no other that matters."""
    if role is Role.CITIZEN:
        return CITIZEN
    if role is Role.SYSTEM:
        return SYSTEM
    holder = case.holder
    match by:
        case By.HOLDER:
            id = holder.staff if holder else "s-nobody"
            return staff(id, "持有人", role, case.department)
        case By.DEPARTMENT:
            return staff("s-same", "同单位", role, case.department)
        case By.RECEIVER:
            return staff("s-receiver", "钱接收", role, REFORM)
        case By.INVOLVED:
            return staff("s-involved", "协办人", role, case.department)
        case By.OVERSEER:
            return staff("s-over", "督办人", role, overseer_department(case))
        case _:
            return staff("s-none", "无关人", role, ELSEWHERE)


def overseer_department(case: Case) -> str:
    """A department whose supervisor oversees the one that holds the case."""
    books = RULES.jurisdictions
    for department in (REFORM, GOVERNMENT, *(d.id for d in books.departments())):
        if case.department in books.overseen_by(department):
            return department
    raise AssertionError(f"nobody oversees {case.department}")


def prepared(case: Case, move: Move) -> Case:
    """The case with what this move decides lying on it: a proposal, an order, an item, another holder."""
    proposer = staff("s-proposer", "提议人", Role.HANDLER, case.department)

    def waiting(kind: ProposalKind, of: Move) -> Case:
        args = args_of(of).model_dump(mode="json")
        rest = tuple(p for p in case.proposals if p.kind is not kind)
        return case.model_copy(
            update={"proposals": (*rest, Proposal(kind=kind, by=proposer, at=MONDAY, args=args))}
        )

    match move:
        case Move.COUNTERSIGN_DECLINE | Move.REFUSE_DECLINE:
            return waiting(ProposalKind.DECLINE, Move.PROPOSE_DECLINE)
        case Move.ACCEPT_TRANSFER | Move.RETURN_TRANSFER:
            return waiting(ProposalKind.TRANSFER, Move.TRANSFER)
        case Move.DECIDE_DISPUTE:
            return waiting(ProposalKind.DISPUTE, Move.DISPUTE)
        case Move.APPROVE_EXTENSION | Move.REFUSE_EXTENSION:
            return waiting(ProposalKind.EXTEND, Move.REQUEST_EXTENSION)
        case Move.APPROVE_UNSEAL | Move.REFUSE_UNSEAL:
            return waiting(ProposalKind.UNSEAL, Move.REQUEST_UNSEAL)
        case Move.CLAIM:
            return case.model_copy(update={"holder": None, "lease_until": MONDAY - timedelta(days=1)})
        case Move.RELEASE_QUARANTINE:
            return case.model_copy(update={"quarantined": True})
        case Move.ANSWER_ORDER:
            order = Order(
                id="o-1",
                kind=OrderKind.SUPERVISE,
                what=FreeText("抓紧"),
                department=case.department,
                due_at=MONDAY,
                by=SUPERVISOR,
                at=MONDAY,
            )
            return case.model_copy(update={"orders": (order,)})
        case Move.REPLY:
            asked_of = (case.department, *case.routing.participants)
            errands = tuple(
                Errand(
                    id=f"e-{place}",
                    kind=ErrandKind.CONSULTATION,
                    what=FreeText("请会签"),
                    by=HANDLER,
                    at=MONDAY,
                    department=id,
                    department_name=id,
                )
                for place, id in enumerate(asked_of, start=1)
            )
            return case.model_copy(update={"errands": errands})
        case Move.UNLINK_COMMITMENT:
            return case.model_copy(update={"commitments": (PROMISED.model_copy(update={"id": "CN-0"}),)})
        case Move.CLOSE_ACCOUNTABILITY:
            item = Accountability(
                id="z-1",
                kind=AccountabilityKind.MISSED_CLOCK,
                reason="超期",
                department=case.department,
                staff=None,
                staff_name=None,
                opened_at=MONDAY,
            )
            return case.model_copy(update={"accountability": (item,)})
        case Move.ROUTE:
            return case.model_copy(update={"routing": case.routing.model_copy(update={"triage": True})})
        case Move.DISPUTE:
            return waiting(ProposalKind.TRANSFER, Move.TRANSFER)
        case Move.WARN:
            return case.model_copy(update={"clocks": (_running(case),)})
        case Move.RECOUNT:
            unsure = {"provisional": True, "due_at": MONDAY + timedelta(days=1)}
            return case.model_copy(update={"clocks": (_running(case).model_copy(update=unsure),)})
        case Move.ANONYMISE:
            long_ago = MONDAY - timedelta(days=4 * 365)
            open_too = case.status is Status.REGISTERED
            return case.model_copy(
                update={"filed_at": long_ago, "updated_at": long_ago, "quarantined": open_too}
            )
        case Move.CHECK:
            drawn = Check(id="c-1", month="2026-11", drawn_at=MONDAY)
            return case.model_copy(update={"checks": (drawn,)})
        case Move.RECORD_RATING:
            asked = next_entry(
                HistoryEntry, case.history, Move.FOLLOW_UP, SYSTEM, MONDAY, case.status, case.status, data={}
            )
            return case.model_copy(update={"history": (*case.history, asked)})
        case Move.UNSEAL:
            granted = next_entry(
                HistoryEntry,
                case.history,
                Move.APPROVE_UNSEAL,
                SUPERVISOR,
                MONDAY,
                case.status,
                case.status,
                data={"granted_to": "s-involved"},
            )
            return case.model_copy(update={"history": (*case.history, granted)})
        case Move.LIFT_HOLD:
            return case.model_copy(update={"legal_hold": True})
        case Move.ASK_FINAL_REVIEW:
            return case.model_copy(update={"reviews": 1})
        case _:
            return case


def _running(case: Case) -> Clock:
    """A clock that runs: the one that does, or the last one set going again."""
    running = next((c for c in case.clocks if c.running), None)
    again = {"paused_at": None, "met_at": None, "stopped_at": None}
    clock = running or case.clocks[-1].model_copy(update=again)
    return clock.model_copy(update={"kind": ClockKind.HANDLE, "warned": ()})
