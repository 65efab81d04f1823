"""人大、政协: 议案、建议 and 提案 on record, with who is to answer them by when, and what came of it.

They are known by their numbers; who proposed one is not kept. How they are answered is part of the report
to the congress and the consultative conference (青海 三(一)2, 吉林 三(二)四, 惠城 第8段, 哈尔滨 五).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.hands import BODY_SPEAKERS, BODY_SPEAKING, CONFIRMERS, DECIDING, REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.subjects import SubjectArgs
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.history import Entry
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.rule_books import Rules


class MotionStatus(StrEnum):
    RUNNING = "running"
    LATE = "late"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class MotionMove(StrEnum):
    REGISTER = "register"
    LAPSE = "lapse"
    ANSWER = "answer"
    JUDGE = "judge"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


class MotionKind(StrEnum):
    BILL = "bill"
    SUGGESTION = "suggestion"
    PROPOSAL = "proposal"


class Result(StrEnum):
    """How suggestions and proposals are answered everywhere: A, B and C."""

    DONE = "done"
    PLANNED = "planned"
    NOTED = "noted"


class Judgement(StrEnum):
    """What whoever proposed it says of the answer."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    DISSATISFIED = "dissatisfied"


MOTION_NAMES: dict[MotionKind, str] = {
    MotionKind.BILL: "人大议案",
    MotionKind.SUGGESTION: "代表建议",
    MotionKind.PROPOSAL: "政协提案",
}
RESULT_NAMES: dict[Result, str] = {
    Result.DONE: "已解决或者采纳（A类）",
    Result.PLANNED: "列入计划逐步解决（B类）",
    Result.NOTED: "留作参考（C类）",
}


JUDGEMENT_NAMES: dict[Judgement, str] = {
    Judgement.SATISFIED: "满意",
    Judgement.MOSTLY: "基本满意",
    Judgement.DISSATISFIED: "不满意",
}


class Motion(Dossier[MotionMove, MotionStatus]):
    kind: Kind = Kind.MOTION
    what: MotionKind
    number: str
    title: FreeText
    received_on: date
    due_on: date
    result: Result | None = None
    answer: FreeText | None = None
    answered_on: date | None = None
    judged: Judgement | None = None
    ended_because: FreeText | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """One number is entered once."""
        return (f"{self.jurisdiction}|{self.what}|{''.join(self.number.split())}",)

    @property
    def in_time(self) -> bool:
        return self.answered_on is not None and self.answered_on <= self.due_on


MotionEntry = Entry[MotionMove, MotionStatus]
MOTION_THERE_ALREADY = Reason("motion-there-already", "这一编号已经登记：{id}。")
DUE_BEFORE_RECEIVED = Reason("motion-due-early", "答复期限不能早于收到的日期；收到的日期不能晚于今天。")
REOPENED_TOO_LATE = Reason("motion-reopened-late", "新的答复期限不能早于今天。")
ANSWERED_WRONG = Reason("motion-answered-on", "答复日期不能早于收到的日期，也不能晚于今天。")


# -- forms ----------------------------------------------------------------------------------------
class Register(SubjectArgs):
    body: ShortWords = ask("承办单位", "body", help="写全称，例如西宁市城东区财政局")
    what: MotionKind = ask("类别", "choice", choices=MOTION_NAMES)
    number: ShortWords = ask("编号", "text", help="例如第123号；不写提出人姓名")
    title: Words = ask("案由")
    received_on: date = ask("收到日期", "date")
    due_on: date = ask("答复期限", "date")


class Answer(Args):
    result: Result = ask("办理结果", "choice", choices=RESULT_NAMES)
    answer: Words = ask("答复要点")
    answered_on: date = ask("答复日期", "date")


class Reopen(Grounds):
    due_on: date = ask("新的答复期限", "date")


class Judge(Args):
    judged: Judgement = ask("对方评价", "choice", choices=JUDGEMENT_NAMES)


# -- what moves need ------------------------------------------------------------------------------
@require("答复期限还没有到。")
def motion_overdue(at: Situation) -> bool:
    return at.now > end_of(at.dossier.due_on)


@require("对方没有表示不满意，不需要重新办理。")
def not_satisfied(at: Situation) -> bool:
    return at.dossier.judged is Judgement.DISSATISFIED


# -- what moves do --------------------------------------------------------------------------------
def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    if args.due_on < args.received_on or args.received_on > local_date(now):
        raise InvalidInput(DUE_BEFORE_RECEIVED)
    return {
        "what": args.what,
        "number": args.number,
        "title": FreeText(args.title),
        "received_on": args.received_on,
        "due_on": args.due_on,
    }


def lapse(change: Making) -> None:
    change.tell_subject("subject-motion-late", until=end_of(change.dossier.due_on).isoformat())
    change.tell_keeper("staff-motion-late", Role.REGISTRAR)


def answer(change: Making) -> None:
    args = change.given(Answer)
    if not change.dossier.received_on <= args.answered_on <= local_date(change.now):
        raise InvalidInput(ANSWERED_WRONG)
    change.set(result=args.result, answer=FreeText(args.answer), answered_on=args.answered_on, judged=None)


def judge(change: Making) -> None:
    change.set(judged=change.given(Judge).judged)


def reopen(change: Making) -> None:
    args = change.given(Reopen)
    if args.due_on < local_date(change.now):
        raise InvalidInput(REOPENED_TOO_LATE)
    change.note = args.reason
    change.set(due_on=args.due_on)
    change.tell_subject("subject-motion-reopened")


# -- the table ------------------------------------------------------------------------------------
_S, _M = MotionStatus, MotionMove
_WAITING = (_S.RUNNING, _S.LATE)

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.REGISTER, "登记建议提案", "登记了建议提案", Register),
        MoveSpec(_M.LAPSE, "逾期", "逾期未答复", NoArgs),
        MoveSpec(_M.ANSWER, "登记答复", "登记了答复", Answer),
        MoveSpec(_M.JUDGE, "登记对方评价", "登记了对方评价", Judge),
        MoveSpec(_M.REOPEN, "重新办理", "重新办理", Reopen),
        MoveSpec(_M.WITHDRAW, "撤下（登记有误）", "撤下了登记有误的条目", Grounds),
    )
}
TABLE: Table[MotionStatus, MotionMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.RUNNING,), _M.LAPSE, _S.LATE, SYSTEM, By.SYSTEM),
            *rows(_WAITING, _M.ANSWER, _S.ANSWERED, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows((_S.ANSWERED,), _M.JUDGE, SAME, REGISTRARS, By.KEEPER),
            *rows((_S.ANSWERED,), _M.REOPEN, _S.RUNNING, REGISTRARS, By.KEEPER),
            *rows((*_WAITING, _S.ANSWERED), _M.WITHDRAW, _S.WITHDRAWN, CONFIRMERS, *DECIDING),
        ]
    ),
    specs=MOVES,
    requirements={_M.LAPSE: (motion_overdue,), _M.REOPEN: (not_satisfied,)},
    before_all=BEFORE_ALL,
    outsider=Reason("motion-not-yours", "这件建议提案不由您的单位办理。"),
)


def _alarm(motion: Motion) -> Alarm | None:
    return Alarm(end_of(motion.due_on), _M.LAPSE) if motion.status is _S.RUNNING else None


BLUEPRINT = Blueprint(
    kind=Kind.MOTION,
    model=Motion,
    entry=MotionEntry,
    table=TABLE,
    first=(_M.REGISTER, _S.RUNNING),
    statuses={
        _S.RUNNING: "办理中",
        _S.LATE: "逾期未答复",
        _S.ANSWERED: "已答复",
        _S.WITHDRAWN: "已撤下",
    },
    ended=frozenset({_S.ANSWERED, _S.WITHDRAWN}),
    void=frozenset({_S.WITHDRAWN}),
    primary=(_M.ANSWER,),
    effects={
        _M.LAPSE: lapse,
        _M.ANSWER: answer,
        _M.JUDGE: judge,
        _M.REOPEN: reopen,
        _M.WITHDRAW: end_with_reason,
    },
    mechanism="congress",
    taken=MOTION_THERE_ALREADY,
    opening=Opening(args=Register, roles=REGISTRARS, fill=_fill),
    alarm=_alarm,
    labels={
        "what": "类别",
        "number": "编号",
        "title": "案由",
        "received_on": "收到日期",
        "due_on": "答复期限",
        "result": "办理结果",
        "answer": "答复要点",
        "answered_on": "答复日期",
        "judged": "对方评价",
        "ended_because": "说明",
    },
)
