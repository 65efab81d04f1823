"""信用修复: conditions shown one by one; granted, publication, sharing and sanctions end at once.

Days are the law's. Whether the duty was performed is confirmed by whoever confirmed the breach (1103).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pydantic import Field

from cases import clocks
from cases.errors import InvalidInput, Reason
from cases.instants import local_date
from cases.integrity.breaches.record_model import (
    PERIODS,
    STANDING,
    BreachRecord,
    RecordMove,
    Severity,
    add_months,
)
from cases.integrity.breaches.repair_model import PLEDGE, Repair, RepairEntry, RepairMove, RepairStatus
from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.hands import DECIDING, KEEPING, REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.speaking import DECIDERS, SPEAKERS, SPEAKING, decided_by_its_own, spoken_for
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.model import Evidence
from cases.moves.forms import Words, ask
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Role
from cases.reasons import EXTENDED_ALREADY, TOO_LATE_TO_EXTEND
from cases.records import FreeText
from cases.rules.laws import CREDIT_REPAIR, CREDIT_REPAIR_MEASURES, NOT_TO_THE_ACCUSED, PRIVATE_ECONOMY
from cases.vocabulary import ClockKind


# -- forms ----------------------------------------------------------------------------------------
class Apply(Args):
    """Of the record's move that opens it."""

    corrected: Words = ask("纠正和履行情况")
    proof: tuple[Evidence, ...] = Field(
        default=(), max_length=20, json_schema_extra={"widget": "files", "label": "履行证明"}
    )
    pledge: bool = ask("信用承诺", "yesno", default=False, help=PLEDGE)


class Papers(Args):
    missing: Words = ask("需要补充的材料", help="一次写全")


class Supplement(Args):
    note: Words = ask("补充说明")
    proof: tuple[Evidence, ...] = Field(
        default=(), max_length=20, json_schema_extra={"widget": "files", "label": "补充材料"}
    )


class Verify(Args):
    performance: Words = ask("履行核实情况")
    other_conditions: bool = ask("其他法定条件已满足", "yesno")


class Extend(Args):
    days: int = ask("延长工作日", "number", ge=1, le=10)
    reason: Words = ask("情况复杂的理由")


PAPERS_LACKING = Reason("papers-lacking", "缺履行证明或信用承诺，请补齐后再申请。")


# -- conditions, one by one -----------------------------------------------------------------------
class Condition(NamedTuple):
    words: str
    met: bool
    source: str


def earliest(record: BreachRecord) -> date | None:
    """From which day repair may be applied for; a minor breach at any time (令36号)."""
    if record.found_on is None or record.severity in {None, Severity.MINOR}:
        return record.found_on
    return add_months(record.found_on, PERIODS[record.severity or Severity.GENERAL][0])


def conditions(at: Situation) -> tuple[Condition, ...]:
    """Of a repair before somebody: what must hold for it to be granted."""
    repair, first = at.dossier, earliest(at.of(BreachRecord))
    measures = CREDIT_REPAIR_MEASURES.name
    return (
        Condition("最短公示期已满", first is not None and local_date(at.now) >= first, measures),
        Condition("已提交履行证明", bool(repair.proof), CREDIT_REPAIR.name),
        Condition("已作出信用承诺", repair.pledged_on is not None, measures),
        Condition("认定单位已核实履行完毕", repair.performance is not None, NOT_TO_THE_ACCUSED.name),
        Condition("其他法定条件已满足", repair.other_conditions, measures),
    )


# -- what moves need ------------------------------------------------------------------------------
def _earliest(at: Situation) -> Mapping[str, object]:
    return {"earliest": earliest(at.dossier)}


@require("未满最短公示期，最早{earliest}可申请。", source=CREDIT_REPAIR_MEASURES.name, params=_earliest)
def shortest_period_over(at: Situation) -> bool:
    """Of a record."""
    first = earliest(at.dossier)
    return first is not None and local_date(at.now) >= first


def _unmet(at: Situation) -> Mapping[str, object]:
    return {"unmet": "、".join(one.words for one in conditions(at) if not one.met)}


@require("修复条件还没有全部满足，尚缺：{unmet}。", source=CREDIT_REPAIR_MEASURES.name, params=_unmet)
def conditions_met(at: Situation) -> bool:
    return all(one.met for one in conditions(at))


@require("这条记录已经终止，无需修复。", source=PRIVATE_ECONOMY.cite("第五十四条"))
def record_to_repair(at: Situation) -> bool:
    return at.of(BreachRecord).status in STANDING


@require("已经一次性告知过需要补充的材料，不能再次要求。", source=CREDIT_REPAIR_MEASURES.name)
def papers_not_asked(at: Situation) -> bool:
    return at.dossier.missing is None


@require(EXTENDED_ALREADY, source=CREDIT_REPAIR_MEASURES.name)
def not_extended(at: Situation) -> bool:
    return at.dossier.extended_because is None


@require(TOO_LATE_TO_EXTEND)
def decision_not_late(at: Situation) -> bool:
    clock = at.dossier.clock(ClockKind.REPAIR_DECIDE)
    return clock is not None and at.now <= clock.due_at


# -- what moves do --------------------------------------------------------------------------------
def open_repair(change: Making) -> None:
    """A move of the record."""
    args = change.given(Apply)
    if not args.proof or not args.pledge:
        raise InvalidInput(PAPERS_LACKING)
    opened = change.open(
        Kind.REPAIR,
        ClockKind.REPAIR_ACCEPT,
        ClockKind.REPAIR,
        corrected=FreeText(args.corrected),
        proof=args.proof,
        pledged_on=local_date(change.now),
    )
    change.data["repair"] = opened.id
    change.tell_keeper("staff-repair-applied", Role.REGISTRAR)


def ask_papers(change: Making) -> None:
    missing = change.given(Papers).missing
    change.pause_clocks()
    change.set(missing=FreeText(missing))
    change.note = missing
    change.tell_subject("subject-repair-papers")


def supplement(change: Making) -> None:
    args = change.given(Supplement)
    change.resume_clocks()
    change.set(proof=(*change.dossier.proof, *args.proof))
    change.note = args.note
    change.tell_keeper("staff-repair-supplemented", Role.REGISTRAR)


def accept(change: Making) -> None:
    change.meet_clocks(ClockKind.REPAIR_ACCEPT)
    change.start_term(ClockKind.REPAIR_DECIDE)
    change.tell_subject("subject-repair-accepted")
    change.tell_keeper("staff-repair-accepted", Role.CONFIRMER)


def verify(change: Making) -> None:
    args = change.given(Verify)
    change.set(
        performance=FreeText(args.performance),
        other_conditions=args.other_conditions,
        verified_by=change.actor.name,
    )


def extend(change: Making) -> None:
    args = change.given(Extend)
    term = change.rules.terms[ClockKind.REPAIR_DECIDE]
    change.change_clocks(
        lambda c: clocks.extend(c, args.days, change.rules.calendar, term, change.now),
        ClockKind.REPAIR_DECIDE,
    )
    change.stop_clocks(ClockKind.REPAIR)
    change.set(extended_because=FreeText(args.reason))
    change.note, change.data["days"] = args.reason, args.days
    change.tell_subject("subject-repair-extended")


def grant(change: Making) -> None:
    change.meet_clocks(ClockKind.REPAIR_DECIDE, ClockKind.REPAIR)
    change.move_along(change.at.of(BreachRecord), RecordMove.REPAIR)
    change.tell_subject("subject-repair-granted")


def refuse(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.meet_clocks(ClockKind.REPAIR_ACCEPT, ClockKind.REPAIR_DECIDE, ClockKind.REPAIR)
    change.set(decided_because=FreeText(reason))
    change.note = reason
    change.tell_subject("subject-repair-refused")


def close_all(change: Making) -> None:
    """For the end of a record: nothing is left to repair."""
    for repair in change.relatives(Repair):
        change.move_along(repair, RepairMove.CLOSE)


# -- the table ------------------------------------------------------------------------------------
_S, _M = RepairStatus, RepairMove
_OPEN = (_S.APPLIED, _S.AWAITING, _S.ACCEPTED)

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.APPLY, "申请信用修复", "申请了信用修复", Apply),
        MoveSpec(_M.ASK_PAPERS, "一次性告知补正", "告知了需要补充的材料", Papers),
        MoveSpec(_M.SUPPLEMENT, "补充材料", "补充了材料", Supplement),
        MoveSpec(_M.ACCEPT, "受理", "受理了申请"),
        MoveSpec(_M.VERIFY, "核实履行", "核实了履行情况", Verify),
        MoveSpec(_M.EXTEND, "延长期限", "延长了期限", Extend),
        MoveSpec(_M.GRANT, "同意修复", "同意修复", NoArgs),
        MoveSpec(_M.REFUSE, "不予修复", "不予修复", Grounds),
        MoveSpec(_M.WITHDRAW, "撤回申请", "撤回了申请"),
        MoveSpec(_M.CLOSE, "了结", "因记录终止而了结"),
    )
}
TABLE: Table[RepairStatus, RepairMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.APPLIED,), _M.ASK_PAPERS, _S.AWAITING, REGISTRARS, *KEEPING),
            *rows((_S.AWAITING,), _M.SUPPLEMENT, _S.APPLIED, SPEAKERS, *SPEAKING),
            *rows((_S.APPLIED,), _M.ACCEPT, _S.ACCEPTED, REGISTRARS, *KEEPING),
            *rows((_S.ACCEPTED,), _M.VERIFY, SAME, DECIDERS, *DECIDING),
            *rows((_S.ACCEPTED,), _M.EXTEND, SAME, DECIDERS, *DECIDING),
            *rows((_S.ACCEPTED,), _M.GRANT, _S.GRANTED, DECIDERS, *DECIDING),
            *rows((_S.APPLIED, _S.ACCEPTED), _M.REFUSE, _S.REFUSED, DECIDERS, *DECIDING),
            *rows(_OPEN, _M.WITHDRAW, _S.WITHDRAWN, SPEAKERS, *SPEAKING),
            *rows(_OPEN, _M.CLOSE, _S.WITHDRAWN, SYSTEM, By.SYSTEM),
        ]
    ),
    specs=MOVES,
    requirements={
        _M.ASK_PAPERS: (papers_not_asked,),
        _M.SUPPLEMENT: (spoken_for,),
        _M.VERIFY: (decided_by_its_own,),
        _M.EXTEND: (decided_by_its_own, not_extended, decision_not_late),
        _M.GRANT: (decided_by_its_own, record_to_repair, conditions_met),
        _M.REFUSE: (decided_by_its_own,),
        _M.WITHDRAW: (spoken_for,),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("repair-not-yours", "这项修复申请不由您的单位办理。"),
)
BLUEPRINT = Blueprint(
    kind=Kind.REPAIR,
    model=Repair,
    entry=RepairEntry,
    table=TABLE,
    first=(_M.APPLY, _S.APPLIED),
    statuses={
        _S.APPLIED: "已申请",
        _S.AWAITING: "待补正",
        _S.ACCEPTED: "已受理",
        _S.GRANTED: "已修复",
        _S.REFUSED: "不予修复",
        _S.WITHDRAWN: "已撤回",
    },
    ended=frozenset({_S.GRANTED, _S.REFUSED, _S.WITHDRAWN}),
    primary=(_M.ACCEPT, _M.SUPPLEMENT, _M.GRANT, _M.VERIFY),
    effects={
        _M.ASK_PAPERS: ask_papers,
        _M.SUPPLEMENT: supplement,
        _M.ACCEPT: accept,
        _M.VERIFY: verify,
        _M.EXTEND: extend,
        _M.GRANT: grant,
        _M.REFUSE: refuse,
    },
    mechanism="repair",
    national=CREDIT_REPAIR_MEASURES.name,
    labels={
        "corrected": "纠正和履行情况",
        "proof": "履行证明",
        "pledged_on": "信用承诺日期",
        "missing": "需要补充的材料",
        "performance": "履行核实情况",
        "verified_by": "核实人",
        "extended_because": "延期理由",
        "decided_because": "决定理由",
    },
)
