"""惩戒: measures against a confirmed breach, each with its legal basis and a term; lifted with the record.

Measures against persons belong to the sealed archive alone.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date, start_of
from cases.integrity.breaches.publications import record_stands
from cases.integrity.spine.blueprint import Alarm, Blueprint
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.hands import DECIDING, SYSTEM
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation, not_who_began
from cases.integrity.spine.speaking import DECIDERS, decided_by_its_own
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import Words, ask
from cases.moves.history import Entry
from cases.moves.table import Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Role
from cases.records import FreeText
from cases.rules.laws import NOT_TO_THE_ACCUSED, SMALL_FIRMS


class SanctionStatus(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    LIFTED = "lifted"
    ENDED = "ended"
    DROPPED = "dropped"


class SanctionMove(StrEnum):
    PROPOSE = "propose"
    APPROVE = "approve"
    DROP = "drop"
    BEGIN = "begin"
    LIFT = "lift"
    END = "end"


class Measure(StrEnum):
    HONOURS = "honours"
    CRITICISM = "criticism"
    LEADERS = "leaders"
    MERIT = "merit"
    FUNDS = "funds"
    SPENDING = "spending"


class MeasureRule(NamedTuple):
    name: str
    source: str
    """The national rule; empty: the document of the jurisdiction."""
    persons: bool = False


MEASURES: dict[Measure, MeasureRule] = {
    Measure.HONOURS: MeasureRule("取消荣誉评选资格", ""),
    Measure.CRITICISM: MeasureRule("通报批评", ""),
    Measure.LEADERS: MeasureRule("追究主要负责人责任", ""),
    Measure.MERIT: MeasureRule("限制评优评先（公职人员）", "", persons=True),
    Measure.FUNDS: MeasureRule("限制中央预算内资金、专项债券、试点示范申报", NOT_TO_THE_ACCUSED.name),
    Measure.SPENDING: MeasureRule("限制公务消费、办公用房、经费安排", SMALL_FIRMS.cite("第二十六条")),
}
MEASURE_NAMES = {measure: rule.name for measure, rule in MEASURES.items()}


class Sanction(Dossier[SanctionMove, SanctionStatus]):
    kind: Kind = Kind.SANCTION
    measure: Measure
    basis: str
    reason: FreeText
    begins_on: date
    ends_on: date
    lifted_because: FreeText | None = None

    def in_force_on(self, day: date) -> bool:
        """Approved, and this day lies within its term."""
        standing = self.status in {SanctionStatus.APPROVED, SanctionStatus.IN_FORCE}
        return standing and self.begins_on <= day <= self.ends_on


SanctionEntry = Entry[SanctionMove, SanctionStatus]


class Propose(Args):
    """Of the record's move that opens it."""

    measure: Measure = ask("惩戒措施", "choice", choices=MEASURE_NAMES)
    begins_on: date = ask("开始日期", "date")
    ends_on: date = ask("结束日期", "date")
    reason: Words = ask("理由")


TERM_WRONG = Reason("sanction-term-wrong", "惩戒的结束日期须晚于开始日期，且不早于今天。")
FOR_PERSONS = Reason("sanction-for-persons", "这项措施只适用于公职人员档案，不适用于单位。")
FOR_BODIES = Reason("sanction-for-bodies", "这项措施只适用于单位，不适用于公职人员档案。")


# -- what moves need ------------------------------------------------------------------------------
approved_by_another = not_who_began("approved-by-another", "提出人不能自己批准，请由另一人批准。")


# -- what moves do --------------------------------------------------------------------------------
def propose(change: Making) -> None:
    """A move of the record."""
    args, record = change.given(Propose), change.dossier
    rule = MEASURES[args.measure]
    if rule.persons is not record.sealed:
        raise InvalidInput(FOR_PERSONS if rule.persons else FOR_BODIES)
    if args.ends_on <= args.begins_on or args.ends_on < local_date(change.now):
        raise InvalidInput(TERM_WRONG)
    home = change.rules.jurisdictions.get(record.jurisdiction)
    local = home.mechanisms.get(BLUEPRINT.mechanism)
    opened = change.open(
        Kind.SANCTION,
        measure=args.measure,
        basis=rule.source or f"《{home.document}》{local.section if local else ''}",
        reason=FreeText(args.reason),
        begins_on=args.begins_on,
        ends_on=args.ends_on,
    )
    change.data["sanction"] = opened.id
    change.tell_keeper("staff-sanction-proposed", Role.CONFIRMER)


def approve(change: Making) -> None:
    sanction = change.dossier
    change.data.update(measure=sanction.measure, until=sanction.ends_on.isoformat())
    change.tell_subject("subject-sanction-approved", until=sanction.ends_on.isoformat())


def drop(change: Making) -> None:
    change.note = change.given(Grounds).reason


def lift(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.note = reason
    change.set(lifted_because=FreeText(reason))
    change.tell_subject("subject-sanction-lifted")


def lift_all(change: Making, reason: str) -> None:
    """For the moves of a record."""
    for sanction in change.relatives(Sanction):
        waits = sanction.status is SanctionStatus.PROPOSED
        move = SanctionMove.DROP if waits else SanctionMove.LIFT
        change.move_along(sanction, move, Grounds(reason=reason))


# -- the table ------------------------------------------------------------------------------------
_S, _M = SanctionStatus, SanctionMove

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.PROPOSE, "提出惩戒", "提出了惩戒", Propose),
        MoveSpec(_M.APPROVE, "批准", "批准了惩戒"),
        MoveSpec(_M.DROP, "不予批准", "不予批准", Grounds),
        MoveSpec(_M.BEGIN, "开始执行", "惩戒开始执行"),
        MoveSpec(_M.LIFT, "解除", "解除了惩戒", Grounds),
        MoveSpec(_M.END, "期满", "惩戒期满", NoArgs),
    )
}
TABLE: Table[SanctionStatus, SanctionMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.PROPOSED,), _M.APPROVE, _S.APPROVED, DECIDERS, *DECIDING),
            *rows((_S.PROPOSED,), _M.DROP, _S.DROPPED, DECIDERS | SYSTEM, *DECIDING, By.SYSTEM),
            *rows((_S.APPROVED,), _M.BEGIN, _S.IN_FORCE, SYSTEM, By.SYSTEM),
            *rows(
                (_S.APPROVED, _S.IN_FORCE),
                _M.LIFT,
                _S.LIFTED,
                DECIDERS | SYSTEM,
                *DECIDING,
                By.SYSTEM,
            ),
            *rows((_S.IN_FORCE,), _M.END, _S.ENDED, SYSTEM, By.SYSTEM),
        ]
    ),
    specs=MOVES,
    requirements={
        _M.APPROVE: (decided_by_its_own, record_stands, approved_by_another),
        _M.DROP: (decided_by_its_own,),
        _M.LIFT: (decided_by_its_own,),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("sanction-not-yours", "这项惩戒不由您的单位办理。"),
)


def _alarm(sanction: Sanction) -> Alarm | None:
    if sanction.status is _S.APPROVED:
        return Alarm(start_of(sanction.begins_on), _M.BEGIN)
    return Alarm(end_of(sanction.ends_on), _M.END) if sanction.status is _S.IN_FORCE else None


BLUEPRINT = Blueprint(
    kind=Kind.SANCTION,
    model=Sanction,
    entry=SanctionEntry,
    table=TABLE,
    first=(_M.PROPOSE, _S.PROPOSED),
    statuses={
        _S.PROPOSED: "待批准",
        _S.APPROVED: "已批准",
        _S.IN_FORCE: "执行中",
        _S.LIFTED: "已解除",
        _S.ENDED: "已期满",
        _S.DROPPED: "不予批准",
    },
    ended=frozenset({_S.LIFTED, _S.ENDED, _S.DROPPED}),
    primary=(_M.APPROVE,),
    effects={_M.APPROVE: approve, _M.DROP: drop, _M.LIFT: lift},
    mechanism="sanction",
    national=NOT_TO_THE_ACCUSED.name,
    hidden_from_subject=frozenset({_S.PROPOSED, _S.DROPPED}),
    alarm=_alarm,
    labels={
        "measure": "惩戒措施",
        "basis": "依据",
        "reason": "理由",
        "begins_on": "自",
        "ends_on": "至",
        "lifted_because": "解除理由",
    },
)
