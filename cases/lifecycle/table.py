"""The life cycle: one table from which buttons, permissions, API, docs diagram and tests derive.

A row says: from this status, this move leads there, may be made by these roles, standing in this relation
to the case. What a move does beyond the status is in `cases/lifecycle/effects/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.lifecycle import forms
from cases.model import OPEN, Role, Status


class Move(StrEnum):
    REGISTER = "register"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    TAKE_OVER = "take_over"
    ACCEPT = "accept"
    PROPOSE_DECLINE = "propose_decline"
    COUNTERSIGN_DECLINE = "countersign_decline"
    REFUSE_DECLINE = "refuse_decline"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    TRANSFER = "transfer"
    ACCEPT_TRANSFER = "accept_transfer"
    RETURN_TRANSFER = "return_transfer"
    DISPUTE = "dispute"
    DECIDE_DISPUTE = "decide_dispute"
    ROUTE = "route"
    CORRECT = "correct"
    INVITE = "invite"
    WRITE = "write"
    NOTE = "note"
    ATTACH = "attach"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    ANSWER = "answer"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    SPLIT = "split"
    ASK_REVIEW = "ask_review"
    ASK_FINAL_REVIEW = "ask_final_review"
    RATE = "rate"
    ORDER = "order"
    ANSWER_ORDER = "answer_order"
    WARN = "warn"
    OPEN_ACCOUNTABILITY = "open_accountability"
    CLOSE_ACCOUNTABILITY = "close_accountability"
    RELEASE_QUARANTINE = "release_quarantine"
    REQUEST_UNSEAL = "request_unseal"
    APPROVE_UNSEAL = "approve_unseal"
    REFUSE_UNSEAL = "refuse_unseal"
    UNSEAL = "unseal"
    HOLD = "hold"
    LIFT_HOLD = "lift_hold"
    ANONYMISE = "anonymise"
    RECOUNT = "recount"


class By(StrEnum):
    """How the actor must stand to the case."""

    HOLDER = "holder"
    """Holds it, or heads the department that does."""
    DEPARTMENT = "department"
    """Works in the responsible department."""
    RECEIVER = "receiver"
    """Works in the department to which a transfer was offered."""
    INVOLVED = "involved"
    """Works in the responsible, a participating or a receiving department."""
    OVERSEER = "overseer"
    """Supervises the jurisdiction."""
    CITIZEN = "citizen"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class MoveSpec:
    """A move as people see it."""

    move: Move
    label: str
    past: str
    """How the history tells it."""
    args: type[forms.Args] = forms.NoArgs
    told: bool = False
    """Whether the citizen sees it in the course of the case."""


@dataclass(frozen=True, slots=True)
class Transition:
    status: Status
    move: Move
    to: Status | None
    """None: back to where the case was before the citizen was asked."""
    roles: frozenset[Role]
    by: frozenset[By]


def _spec(
    move: Move, label: str, past: str, args: type[forms.Args] = forms.NoArgs, *, told: bool = False
) -> tuple[Move, MoveSpec]:
    return move, MoveSpec(move, label, past, args, told)


MOVES: dict[Move, MoveSpec] = dict(
    [
        _spec(Move.REGISTER, "登记", "已登记", told=True),
        _spec(Move.CLAIM, "领取", "已领取"),
        _spec(Move.RELEASE, "退回队列", "已退回队列", forms.OptionalRemark),
        _spec(Move.ASSIGN, "指派", "已指派", forms.Assign),
        _spec(Move.TAKE_OVER, "B岗接办", "B岗已接办", forms.OptionalRemark),
        _spec(Move.ACCEPT, "受理", "已受理", forms.OptionalRemark, told=True),
        _spec(Move.PROPOSE_DECLINE, "提出不予受理", "已提出不予受理，等待会签", forms.Decline),
        _spec(Move.COUNTERSIGN_DECLINE, "会签：同意不予受理", "不予受理", forms.OptionalRemark, told=True),
        _spec(Move.REFUSE_DECLINE, "会签：不同意", "会签未通过", forms.Reason),
        _spec(Move.ASK_SUPPLEMENT, "一次性告知补正", "已告知补正", forms.SupplementRequest, told=True),
        _spec(Move.SUPPLEMENT, "补充材料", "投诉人已补充", forms.Supplement, told=True),
        _spec(Move.TRANSFER, "转办", "已提出转办，等待对方接收", forms.Transfer),
        _spec(Move.ACCEPT_TRANSFER, "接收转办", "已接收转办", forms.OptionalRemark, told=True),
        _spec(Move.RETURN_TRANSFER, "退回转办", "已退回转办", forms.Reason),
        _spec(Move.DISPUTE, "提请裁定", "已提请上级裁定", forms.Transfer),
        _spec(Move.DECIDE_DISPUTE, "裁定承办单位", "已裁定承办单位", forms.DecideDispute, told=True),
        _spec(Move.ROUTE, "分办", "已分办", forms.Route, told=True),
        _spec(Move.CORRECT, "更正领域", "已更正领域", forms.Correct),
        _spec(Move.INVITE, "邀请协办", "已邀请协办", forms.Invite),
        _spec(Move.WRITE, "留言", "留言", forms.Message, told=True),
        _spec(Move.NOTE, "内部备注", "内部备注", forms.Message),
        _spec(Move.ATTACH, "添加附件", "已添加附件", forms.Attach),
        _spec(Move.REQUEST_EXTENSION, "申请延期", "已申请延期", forms.Extension),
        _spec(Move.APPROVE_EXTENSION, "批准延期", "已批准延期", forms.OptionalRemark, told=True),
        _spec(Move.REFUSE_EXTENSION, "不批准延期", "未批准延期", forms.Reason),
        _spec(Move.ANSWER, "答复", "已答复", forms.Opinion, told=True),
        _spec(Move.CLOSE, "办结", "已办结", forms.OptionalRemark, told=True),
        _spec(Move.REOPEN, "重新办理", "已重新办理", forms.Reason, told=True),
        _spec(Move.WITHDRAW, "撤回", "投诉人已撤回", forms.OptionalRemark, told=True),
        _spec(Move.MERGE, "并案", "已并案", forms.Merge, told=True),
        _spec(Move.SPLIT, "拆分", "已拆分", forms.Split, told=True),
        _spec(Move.ASK_REVIEW, "申请复查", "投诉人申请复查", forms.Reason, told=True),
        _spec(Move.ASK_FINAL_REVIEW, "申请复核", "投诉人申请复核", forms.Reason, told=True),
        _spec(Move.RATE, "评价", "投诉人已评价", forms.Rate, told=True),
        _spec(Move.ORDER, "督办", "已督办", forms.OrderArgs),
        _spec(Move.ANSWER_ORDER, "回复督办", "已回复督办", forms.AnswerOrder),
        _spec(Move.WARN, "时限提醒", "时限提醒", forms.Warn),
        _spec(Move.OPEN_ACCOUNTABILITY, "启动失职追究", "已启动失职追究", forms.OpenAccountability),
        _spec(Move.CLOSE_ACCOUNTABILITY, "了结追究事项", "追究事项已了结", forms.CloseAccountability),
        _spec(Move.RELEASE_QUARANTINE, "解除隔离", "已解除隔离", forms.OptionalRemark),
        _spec(Move.REQUEST_UNSEAL, "申请查看投诉人信息", "已申请查看投诉人信息", forms.Reason),
        _spec(Move.APPROVE_UNSEAL, "批准查看投诉人信息", "已批准查看投诉人信息", forms.OptionalRemark),
        _spec(Move.REFUSE_UNSEAL, "不批准查看", "未批准查看投诉人信息", forms.Reason),
        _spec(Move.UNSEAL, "查看投诉人信息", "已查看投诉人信息"),
        _spec(Move.HOLD, "依法保留", "已依法保留", forms.Reason),
        _spec(Move.LIFT_HOLD, "解除保留", "已解除保留", forms.Reason),
        _spec(Move.ANONYMISE, "到期匿名化", "已匿名化"),
        _spec(Move.RECOUNT, "按公布的日历重算时限", "已按公布的日历重算时限"),
    ]
)

_S = Status
_WORKING = (_S.REGISTERED, _S.ACCEPTED, _S.IN_REVIEW, _S.IN_FINAL_REVIEW)
_BEFORE_ANSWER = (_S.REGISTERED, _S.ACCEPTED)
_ENDED = (_S.CLOSED, _S.DECLINED, _S.WITHDRAWN, _S.MERGED)
_ANYTIME = tuple(_S)
_DESK = frozenset({Role.HANDLER, Role.DEPUTY, Role.HEAD})
_DESK_TRIAGE = _DESK | {Role.TRIAGE}
_HEADS = frozenset({Role.HEAD})
_OVERSIGHT = frozenset({Role.SUPERVISOR})
_CITIZEN = frozenset({Role.CITIZEN})
_SYSTEM = frozenset({Role.SYSTEM})

SAME = "same"


def _rows(
    statuses: Iterable[Status],
    move: Move,
    to: Status | str | None,
    roles: frozenset[Role],
    *by: By,
) -> list[Transition]:
    return [
        Transition(s, move, s if to == SAME else (Status(to) if to else None), roles, frozenset(by))
        for s in statuses
    ]


def _build() -> dict[tuple[Status, Move], Transition]:
    rows = [
        *_rows((*_WORKING, _S.AWAITING_CITIZEN), Move.CLAIM, SAME, _DESK_TRIAGE, By.DEPARTMENT),
        *_rows((*_WORKING, _S.AWAITING_CITIZEN), Move.RELEASE, SAME, _DESK_TRIAGE, By.HOLDER),
        *_rows((*_WORKING, _S.AWAITING_CITIZEN), Move.ASSIGN, SAME, _HEADS, By.DEPARTMENT),
        *_rows(
            (*_WORKING, _S.AWAITING_CITIZEN), Move.TAKE_OVER, SAME, frozenset({Role.DEPUTY}), By.DEPARTMENT
        ),
        *_rows((_S.REGISTERED,), Move.ACCEPT, _S.ACCEPTED, _DESK, By.HOLDER),
        *_rows((_S.REGISTERED,), Move.PROPOSE_DECLINE, SAME, _DESK, By.HOLDER),
        *_rows(
            (_S.REGISTERED,),
            Move.COUNTERSIGN_DECLINE,
            _S.DECLINED,
            _HEADS | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *_rows((_S.REGISTERED,), Move.REFUSE_DECLINE, SAME, _HEADS | _OVERSIGHT, By.DEPARTMENT, By.OVERSEER),
        *_rows(
            _BEFORE_ANSWER,
            Move.ASK_SUPPLEMENT,
            _S.AWAITING_CITIZEN,
            _DESK | _OVERSIGHT,
            By.HOLDER,
            By.OVERSEER,
        ),
        *_rows((_S.AWAITING_CITIZEN,), Move.SUPPLEMENT, None, _CITIZEN, By.CITIZEN),
        *_rows(_WORKING, Move.SUPPLEMENT, SAME, _CITIZEN, By.CITIZEN),
        *_rows(_BEFORE_ANSWER, Move.TRANSFER, SAME, _DESK_TRIAGE, By.HOLDER),
        *_rows(_BEFORE_ANSWER, Move.ACCEPT_TRANSFER, SAME, _DESK_TRIAGE, By.RECEIVER),
        *_rows(_BEFORE_ANSWER, Move.RETURN_TRANSFER, SAME, _DESK_TRIAGE, By.RECEIVER),
        *_rows(_BEFORE_ANSWER, Move.DISPUTE, SAME, _DESK_TRIAGE, By.DEPARTMENT, By.RECEIVER),
        *_rows(_BEFORE_ANSWER, Move.DECIDE_DISPUTE, SAME, _OVERSIGHT, By.OVERSEER),
        *_rows(
            (_S.REGISTERED,),
            Move.ROUTE,
            SAME,
            frozenset({Role.TRIAGE}) | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *_rows(_BEFORE_ANSWER, Move.CORRECT, SAME, _DESK_TRIAGE, By.HOLDER),
        *_rows(_WORKING, Move.INVITE, SAME, _DESK, By.HOLDER),
        *_rows(
            (*_WORKING, _S.AWAITING_CITIZEN, _S.ANSWERED),
            Move.WRITE,
            SAME,
            _DESK_TRIAGE | _CITIZEN,
            By.HOLDER,
            By.CITIZEN,
        ),
        *_rows(_ANYTIME, Move.NOTE, SAME, _DESK_TRIAGE | _OVERSIGHT, By.INVOLVED, By.OVERSEER),
        *_rows((*_WORKING, _S.AWAITING_CITIZEN), Move.ATTACH, SAME, _DESK_TRIAGE, By.HOLDER),
        *_rows((_S.ACCEPTED,), Move.REQUEST_EXTENSION, SAME, _DESK, By.HOLDER),
        *_rows((_S.ACCEPTED,), Move.APPROVE_EXTENSION, SAME, _HEADS, By.DEPARTMENT),
        *_rows((_S.ACCEPTED,), Move.REFUSE_EXTENSION, SAME, _HEADS | _OVERSIGHT, By.DEPARTMENT, By.OVERSEER),
        *_rows((_S.ACCEPTED, _S.IN_REVIEW), Move.ANSWER, _S.ANSWERED, _DESK, By.HOLDER),
        *_rows((_S.IN_FINAL_REVIEW,), Move.ANSWER, _S.CLOSED, _DESK, By.HOLDER),
        *_rows((_S.ANSWERED,), Move.CLOSE, _S.CLOSED, _DESK | _SYSTEM, By.HOLDER, By.SYSTEM),
        *_rows(
            (_S.ANSWERED, _S.CLOSED, _S.DECLINED),
            Move.REOPEN,
            _S.ACCEPTED,
            _HEADS | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *_rows((*_WORKING, _S.AWAITING_CITIZEN), Move.WITHDRAW, _S.WITHDRAWN, _CITIZEN, By.CITIZEN),
        *_rows(_BEFORE_ANSWER, Move.MERGE, _S.MERGED, _DESK_TRIAGE, By.HOLDER),
        *_rows((_S.REGISTERED,), Move.SPLIT, SAME, _DESK_TRIAGE, By.HOLDER),
        *_rows((_S.ANSWERED, _S.CLOSED, _S.DECLINED), Move.ASK_REVIEW, _S.IN_REVIEW, _CITIZEN, By.CITIZEN),
        *_rows((_S.ANSWERED, _S.CLOSED), Move.ASK_FINAL_REVIEW, _S.IN_FINAL_REVIEW, _CITIZEN, By.CITIZEN),
        *_rows((_S.ANSWERED, _S.CLOSED, _S.DECLINED), Move.RATE, SAME, _CITIZEN, By.CITIZEN),
        *_rows((*_WORKING, _S.AWAITING_CITIZEN, _S.ANSWERED), Move.ORDER, SAME, _OVERSIGHT, By.OVERSEER),
        *_rows(_ANYTIME, Move.ANSWER_ORDER, SAME, _DESK, By.DEPARTMENT),
        *_rows(tuple(s for s in _S if s in OPEN), Move.WARN, SAME, _SYSTEM, By.SYSTEM),
        *_rows(_ANYTIME, Move.OPEN_ACCOUNTABILITY, SAME, _OVERSIGHT, By.OVERSEER),
        *_rows(_ANYTIME, Move.CLOSE_ACCOUNTABILITY, SAME, _OVERSIGHT, By.OVERSEER),
        *_rows(
            (_S.REGISTERED,),
            Move.RELEASE_QUARANTINE,
            SAME,
            frozenset({Role.TRIAGE}) | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *_rows(_ANYTIME, Move.REQUEST_UNSEAL, SAME, _DESK, By.HOLDER),
        *_rows(_ANYTIME, Move.APPROVE_UNSEAL, SAME, _OVERSIGHT, By.OVERSEER),
        *_rows(_ANYTIME, Move.REFUSE_UNSEAL, SAME, _OVERSIGHT, By.OVERSEER),
        *_rows(_ANYTIME, Move.UNSEAL, SAME, _DESK, By.INVOLVED),
        *_rows(_ANYTIME, Move.HOLD, SAME, _OVERSIGHT, By.OVERSEER),
        *_rows(_ANYTIME, Move.LIFT_HOLD, SAME, _OVERSIGHT, By.OVERSEER),
        *_rows((*_ENDED, _S.REGISTERED), Move.ANONYMISE, SAME, _SYSTEM, By.SYSTEM),
        *_rows(tuple(s for s in _S if s in OPEN), Move.RECOUNT, SAME, _SYSTEM, By.SYSTEM),
    ]
    table = {(row.status, row.move): row for row in rows}
    if len(table) != len(rows):
        raise ValueError("the life cycle names a status and move twice")
    return table


TRANSITIONS: dict[tuple[Status, Move], Transition] = _build()
