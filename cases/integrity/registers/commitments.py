"""政务承诺: what a body promised, to whom, by when, with the source; and whether it was kept.

A promise changed with authority, procedure and compensation is no breach (民营经济促进法 第七十条), and one
that may not be given is unlawful from the start (公平竞争审查条例 第十条): what is owed for it stays a
question of its own. The date warns ten days before and makes it late by itself; one that is late already may
be entered too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import Field

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date, start_of
from cases.integrity.registers.commitment_model import (
    CHANGE_INCOMPLETE,
    QUALITY_NAMES,
    SOURCE_NAMES,
    UNMEASURED,
    YELLOW,
    Commitment,
    CommitmentEntry,
    CommitmentMove,
    CommitmentStatus,
    Quality,
    Source,
)
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.hands import (
    BODY_SPEAKERS,
    BODY_SPEAKING,
    CONFIRMERS,
    DECIDING,
    REGISTRARS,
    RELEASERS,
    SYSTEM,
)
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.situation import BEFORE_ALL, Situation, not_who_began
from cases.integrity.spine.subjects import SubjectArgs
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.model import Evidence
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.laws import PRIVATE_ECONOMY
from cases.rules.rule_books import Rules
from cases.words import DOMAIN_NAMES
from classify.types import Domain


# -- forms ----------------------------------------------------------------------------------------
class Content(Args):
    matter: Words = ask("承诺事项")
    quality: Quality = ask("承诺内容", "choice", choices=QUALITY_NAMES)
    for_whom: ShortWords = ask("对谁承诺", "text")
    result: str = ask("可以核对的结果", default="", max_length=2000, help="写明做到什么程度算完成")
    due_on: date | None = ask("完成日期", "date", default=None)
    post: ShortWords = ask("责任岗位", "text", help="写岗位，不写姓名")
    where_said: Source = ask("来源", "choice", choices=SOURCE_NAMES)
    document: ShortWords = ask("承诺文件或者链接", "text")
    amount_yuan: int | None = ask("涉及金额（元）", "number", default=None, ge=0)
    domain: Domain | None = ask("重点领域", "choice", choices=DOMAIN_NAMES, default=None)


class Draft(Content, SubjectArgs):
    body: ShortWords = ask("作出承诺的单位", "body", help="写全称，例如西宁市城东区财政局")


class Prove(Args):
    note: Words = ask("履行情况")
    proof: tuple[Evidence, ...] = Field(
        min_length=1, max_length=20, json_schema_extra={"widget": "files", "label": "证明材料"}
    )


class Explain(Args):
    explanation: Words = ask("不能兑现说明", help="会公开；写明原因、补救办法和新的时间")


class Change(Args):
    interest: str = ask("公共利益或者其他法定事由", default="", max_length=2000)
    authority: str = ask("决定机关和权限", default="", max_length=500)
    procedure: str = ask("履行的程序", default="", max_length=2000)
    compensation: str = ask("补偿决定", default="", max_length=2000, help="不需要补偿的，写明理由")


class Compensate(Args):
    compensation: Words = ask("对信赖损失如何处理")


# -- what moves need ------------------------------------------------------------------------------
published_by_another = not_who_began(
    "commitment-published-by-another", "起草人不能自己公布，请由另一人公布。"
)


@require("还没有履行证明，不能确认兑现。")
def fulfilment_proven(at: Situation) -> bool:
    return bool(at.dossier.proof)


@require("还没有公开不能兑现的说明，不能认定未兑现。")
def failure_explained(at: Situation) -> bool:
    return at.dossier.explanation is not None


@require("承诺的完成日期还没有到。")
def due_day_over(at: Situation) -> bool:
    return at.now > end_of(at.dossier.due_on)


@require("还没有到提醒的日子。")
def due_day_near(at: Situation) -> bool:
    return at.now > _warned_at(at.dossier)


@require("已经写明如何处理。")
def not_compensated_yet(at: Situation) -> bool:
    return at.dossier.compensation is None


def _warned_at(commitment: Commitment) -> datetime:
    return start_of(commitment.due_on - YELLOW)


# -- what moves do --------------------------------------------------------------------------------
def _content(args: Content) -> dict[str, Any]:
    """The fields of a commitment. Raises InvalidInput for one without a date or a measure."""
    if args.due_on is None or not args.result.strip():
        raise InvalidInput(UNMEASURED)
    words = ("quality", "for_whom", "post", "where_said", "document", "amount_yuan", "domain")
    return {
        **{name: getattr(args, name) for name in words},
        "due_on": args.due_on,
        "matter": FreeText(args.matter),
        "result": FreeText(args.result.strip()),
    }


def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    return _content(args)


def revise(change: Making) -> None:
    change.set(**_content(change.given(Content)))


def publish(change: Making) -> None:
    change.set(published_on=local_date(change.now))
    change.tell_subject("subject-commitment-published")


def warn(change: Making) -> None:
    change.tell_subject("subject-commitment-due", until=end_of(change.dossier.due_on).isoformat())


def lapse(change: Making) -> None:
    change.tell_subject("subject-commitment-late")
    change.tell_keeper("staff-commitment-late", Role.REGISTRAR, Role.CONFIRMER)


def prove(change: Making) -> None:
    args = change.given(Prove)
    change.set(proof_note=FreeText(args.note), proof=(*change.dossier.proof, *args.proof))
    change.tell_keeper("staff-commitment-proof", Role.CONFIRMER)


def explain(change: Making) -> None:
    change.set(explanation=FreeText(change.given(Explain).explanation))


def keep(change: Making) -> None:
    change.set(kept_on=local_date(change.now))


def fail(change: Making) -> None:
    end_with_reason(change)
    change.tell_subject("subject-commitment-failed")


def change_lawfully(change: Making) -> None:
    args = change.given(Change)
    said = (args.interest, args.authority, args.procedure, args.compensation)
    if not all(words.strip() for words in said):
        raise InvalidInput(CHANGE_INCOMPLETE)
    interest, authority, procedure, compensation = (words.strip() for words in said)
    change.set(
        change=FreeText(f"事由：{interest}\n权限：{authority}\n程序：{procedure}"),
        compensation=FreeText(compensation),
    )


def annul(change: Making) -> None:
    """Unlawful from the start; the question of compensation stays open."""
    end_with_reason(change)
    change.tell_subject("subject-commitment-unlawful")


def compensate(change: Making) -> None:
    change.set(compensation=FreeText(change.given(Compensate).compensation))


# -- the table ------------------------------------------------------------------------------------
_S, _M = CommitmentStatus, CommitmentMove
_RUNNING = (_S.PUBLISHED, _S.DUE_SOON, _S.LATE)

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.DRAFT, "登记承诺", "登记了承诺", Draft),
        MoveSpec(_M.REVISE, "修改", "修改了承诺", Content),
        MoveSpec(_M.PUBLISH, "公布", "公布了承诺"),
        MoveSpec(_M.WITHDRAW, "撤下（登记有误）", "撤下了登记有误的承诺", Grounds),
        MoveSpec(_M.WARN, "即将到期", "承诺即将到期", NoArgs),
        MoveSpec(_M.LAPSE, "逾期", "承诺逾期未兑现", NoArgs),
        MoveSpec(_M.PROVE, "提交履行证明", "提交了履行证明", Prove),
        MoveSpec(_M.EXPLAIN, "公开不能兑现说明", "公开了不能兑现的说明", Explain),
        MoveSpec(_M.KEEP, "确认兑现", "确认已兑现", NoArgs),
        MoveSpec(_M.FAIL, "认定未兑现", "认定未兑现", Grounds),
        MoveSpec(_M.CHANGE, "登记依法变更", "登记了依法变更", Change),
        MoveSpec(_M.ANNUL, "认定承诺违法", "认定承诺违法", Grounds),
        MoveSpec(_M.COMPENSATE, "写明补偿处理", "写明了补偿如何处理", Compensate),
    )
}
TABLE: Table[CommitmentStatus, CommitmentMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.DRAFTED,), _M.REVISE, SAME, REGISTRARS, By.KEEPER),
            *rows((_S.DRAFTED,), _M.PUBLISH, _S.PUBLISHED, RELEASERS, *DECIDING),
            *rows((_S.DRAFTED, *_RUNNING), _M.WITHDRAW, _S.WITHDRAWN, RELEASERS, *DECIDING),
            *rows((_S.PUBLISHED,), _M.WARN, _S.DUE_SOON, SYSTEM, By.SYSTEM),
            *rows((_S.DUE_SOON,), _M.LAPSE, _S.LATE, SYSTEM, By.SYSTEM),
            *rows(_RUNNING, _M.PROVE, SAME, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows(_RUNNING, _M.EXPLAIN, SAME, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows(_RUNNING, _M.KEEP, _S.KEPT, CONFIRMERS, *DECIDING),
            *rows((_S.LATE,), _M.FAIL, _S.NOT_KEPT, CONFIRMERS, *DECIDING),
            *rows(_RUNNING, _M.CHANGE, _S.CHANGED, CONFIRMERS, *DECIDING),
            *rows(_RUNNING, _M.ANNUL, _S.UNLAWFUL, CONFIRMERS, *DECIDING),
            *rows((_S.UNLAWFUL,), _M.COMPENSATE, SAME, CONFIRMERS, *DECIDING),
        ]
    ),
    specs=MOVES,
    requirements={
        _M.PUBLISH: (published_by_another,),
        _M.WARN: (due_day_near,),
        _M.LAPSE: (due_day_over,),
        _M.KEEP: (fulfilment_proven,),
        _M.FAIL: (failure_explained,),
        _M.COMPENSATE: (not_compensated_yet,),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("commitment-not-yours", "这项承诺不由您的单位办理。"),
)


def _alarm(commitment: Commitment) -> Alarm | None:
    if commitment.status is _S.PUBLISHED:
        return Alarm(_warned_at(commitment), _M.WARN)
    if commitment.status is _S.DUE_SOON:
        return Alarm(end_of(commitment.due_on), _M.LAPSE)
    return None


STATUS_NAMES: dict[CommitmentStatus, str] = {
    _S.DRAFTED: "待公布",
    _S.PUBLISHED: "履行中",
    _S.DUE_SOON: "即将到期",
    _S.LATE: "逾期未兑现",
    _S.KEPT: "已兑现",
    _S.NOT_KEPT: "未兑现",
    _S.CHANGED: "依法变更",
    _S.UNLAWFUL: "承诺违法",
    _S.WITHDRAWN: "已撤下",
}
PUBLIC = frozenset({*_RUNNING, _S.KEPT, _S.NOT_KEPT, _S.CHANGED, _S.UNLAWFUL})
PUBLIC_NAMES = {status: name for status, name in STATUS_NAMES.items() if status in PUBLIC}
BLUEPRINT = Blueprint(
    kind=Kind.COMMITMENT,
    model=Commitment,
    entry=CommitmentEntry,
    table=TABLE,
    first=(_M.DRAFT, _S.DRAFTED),
    statuses=STATUS_NAMES,
    ended=frozenset({_S.KEPT, _S.NOT_KEPT, _S.CHANGED, _S.UNLAWFUL, _S.WITHDRAWN}),
    primary=(_M.PUBLISH, _M.KEEP, _M.FAIL, _M.PROVE, _M.COMPENSATE),
    effects={
        _M.REVISE: revise,
        _M.PUBLISH: publish,
        _M.WITHDRAW: end_with_reason,
        _M.WARN: warn,
        _M.LAPSE: lapse,
        _M.PROVE: prove,
        _M.EXPLAIN: explain,
        _M.KEEP: keep,
        _M.FAIL: fail,
        _M.CHANGE: change_lawfully,
        _M.ANNUL: annul,
        _M.COMPENSATE: compensate,
    },
    mechanism="promise",
    national=PRIVATE_ECONOMY.cite("第七十条"),
    opening=Opening(args=Draft, roles=REGISTRARS, fill=_fill),
    hidden_from_subject=frozenset({_S.DRAFTED}),
    public=PUBLIC,
    alarm=_alarm,
    labels={
        "matter": "承诺事项",
        "quality": "承诺内容",
        "for_whom": "对谁承诺",
        "result": "可以核对的结果",
        "due_on": "完成日期",
        "post": "责任岗位",
        "where_said": "来源",
        "document": "承诺文件或者链接",
        "amount_yuan": "涉及金额（元）",
        "published_on": "公布日期",
        "proof_note": "履行情况",
        "proof": "证明材料",
        "kept_on": "兑现日期",
        "explanation": "不能兑现说明",
        "change": "依法变更",
        "compensation": "补偿处理",
        "ended_because": "说明",
    },
)
