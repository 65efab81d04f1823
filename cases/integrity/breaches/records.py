"""失信记录: what was confirmed of a body, with prior notice and hearing as part of its table.

A record of an official lies in the sealed archive: a registrar keeps it, a second one confirms it, nobody
publishes it. What belongs to a record (publication, objection, repair, sanction, notice) its moves open.
"""

from __future__ import annotations

from cases.errors import NotFound, Reason, SecondPersonNeeded
from cases.integrity.breaches import exposures, objections, publications, repairs, sanctions
from cases.integrity.breaches.objection_model import RUNNING, Objection
from cases.integrity.breaches.record_effects import (
    _alarm,
    _fill,
    annul,
    confirm,
    correct,
    drop,
    enter,
    expire,
    merge,
    notify,
    repair,
    revise,
    revoke,
    state,
    suggest_revision,
)
from cases.integrity.breaches.record_forms import (
    HEARING_BASIS,
    Annul,
    Confirm,
    Content,
    Draft,
    Merge,
    Notice,
    Statement,
)
from cases.integrity.breaches.record_model import (
    STATUS_NAMES,
    BreachRecord,
    Corrected,
    RecordEntry,
    RecordMove,
    RecordStatus,
)
from cases.integrity.breaches.repair_model import Repair
from cases.integrity.spine.blueprint import Blueprint, Opening
from cases.integrity.spine.hands import DECIDING, KEEPING, REGISTRARS, SYSTEM
from cases.integrity.spine.mechanisms import ABSENT, find_basis
from cases.integrity.spine.situation import BEFORE_ALL, Need, Situation
from cases.integrity.spine.speaking import DECIDERS, SPEAKERS, SPEAKING, decided_by_its_own, spoken_for
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.requirements import Requirement, require
from cases.moves.table import SAME, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.rules.laws import HENAN_CREDIT, NOT_TO_THE_ACCUSED
from cases.vocabulary import ClockKind


# -- what moves need ------------------------------------------------------------------------------
@require("依据文书缺文号、日期或附件，请先补齐再告知。", source=NOT_TO_THE_ACCUSED.name)
def bases_complete(at: Situation) -> bool:
    bases = at.dossier.bases
    return bool(bases) and all(basis.file is not None or basis.dossier is not None for basis in bases)


@require("尚未告知或陈述申辩期未满，不能认定。", source=HEARING_BASIS)
def hearing_over(at: Situation) -> bool:
    clock = at.dossier.clock(ClockKind.HEARING)
    return clock is not None and at.now > clock.due_at


@require("经办人不能自己认定，请由另一人认定。", error=SecondPersonNeeded)
def confirmed_by_another(at: Situation) -> bool:
    drafted = {RecordMove.DRAFT, RecordMove.REVISE, RecordMove.NOTIFY}
    return at.actor.id not in {entry.actor.id for entry in at.dossier.history if entry.move in drafted}


@require("异议已在处理。")
def no_objection_runs(at: Situation) -> bool:
    return not any(one.status in RUNNING for one in at.children(Objection))


@require("修复申请已在办理。")
def no_repair_runs(at: Situation) -> bool:
    return not any(at.is_open(one) for one in at.children(Repair))


@require("依据已被撤销，请先撤销或者更正记录。", source=HENAN_CREDIT.cite("第四十二条"))
def basis_stands(at: Situation) -> bool:
    return not at.dossier.annulled_by


def _exists(blueprint: Blueprint) -> Need:
    """Whether the jurisdiction's document sets it up."""

    def holds(at: Situation) -> bool:
        home = at.rules.jurisdictions.get(at.dossier.jurisdiction)
        return find_basis(blueprint, home) is not None

    return Requirement(holds, ABSENT, error=NotFound)


objection_there = _exists(objections.BLUEPRINT)
exposure_there = _exists(exposures.BLUEPRINT)


# -- the table ------------------------------------------------------------------------------------
_S, _M = RecordStatus, RecordMove
_BOTH = (_S.CONFIRMED, _S.ACTIVE)

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.DRAFT, "登记失信记录", "登记了失信记录", Draft),
        MoveSpec(_M.REVISE, "修改", "修改了记录", Content),
        MoveSpec(_M.NOTIFY, "事前告知", "事前告知了对方", Notice),
        MoveSpec(_M.STATE, "陈述申辩", "作出陈述申辩", Statement),
        MoveSpec(_M.CONFIRM, "认定", "认定为失信", Confirm, told=True),
        MoveSpec(_M.DROP, "不予认定", "不予认定", Grounds),
        MoveSpec(_M.ENTER, "录入信用记录", "录入了信用记录"),
        MoveSpec(_M.ANNUL, "登记依据被撤销", "登记了依据被撤销", Annul),
        MoveSpec(_M.REVOKE, "撤销记录", "撤销了记录", Grounds, told=True),
        MoveSpec(_M.CORRECT, "更正", "更正了记录", Corrected),
        MoveSpec(_M.MERGE, "合并", "并入了另一条记录", Merge),
        MoveSpec(_M.REPAIR, "修复", "修复了记录", NoArgs, told=True),
        MoveSpec(_M.EXPIRE, "到期", "记录到期"),
        MoveSpec(_M.PUBLISH, "提出公示", "提出了公示", publications.Propose),
        MoveSpec(_M.OBJECT, "提出异议", "提出了异议", objections.Raise),
        MoveSpec(_M.APPLY_REPAIR, "申请信用修复", "申请了信用修复", repairs.Apply),
        MoveSpec(_M.SANCTION, "提出惩戒", "提出了惩戒", sanctions.Propose),
        MoveSpec(_M.EXPOSE, "起草通报曝光", "起草了通报", exposures.Draft),
    )
}
_CONFIRMER: tuple[Need, ...] = (decided_by_its_own, confirmed_by_another)
TABLE: Table[RecordStatus, RecordMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.DRAFT,), _M.REVISE, SAME, REGISTRARS, *KEEPING),
            *rows((_S.DRAFT,), _M.NOTIFY, _S.NOTIFIED, REGISTRARS, *KEEPING),
            *rows((_S.DRAFT, _S.NOTIFIED), _M.DROP, _S.DROPPED, DECIDERS, *DECIDING),
            *rows((_S.NOTIFIED,), _M.STATE, SAME, SPEAKERS, *SPEAKING),
            *rows((_S.NOTIFIED,), _M.CONFIRM, _S.CONFIRMED, DECIDERS, *DECIDING),
            *rows((_S.CONFIRMED,), _M.ENTER, _S.ACTIVE, REGISTRARS, *KEEPING),
            *rows(_BOTH, _M.ANNUL, SAME, REGISTRARS, *KEEPING),
            *rows(_BOTH, _M.REVOKE, _S.REVOKED, DECIDERS | SYSTEM, *DECIDING, By.SYSTEM),
            *rows(_BOTH, _M.CORRECT, SAME, SYSTEM, By.SYSTEM),
            *rows(_BOTH, _M.MERGE, _S.MERGED, DECIDERS, *DECIDING),
            *rows(_BOTH, _M.REPAIR, _S.REPAIRED, SYSTEM, By.SYSTEM),
            *rows((_S.ACTIVE,), _M.EXPIRE, _S.EXPIRED, SYSTEM, By.SYSTEM),
            *rows(_BOTH, _M.PUBLISH, SAME, REGISTRARS, *KEEPING),
            *rows(_BOTH, _M.OBJECT, SAME, SPEAKERS, *SPEAKING),
            *rows(_BOTH, _M.APPLY_REPAIR, SAME, SPEAKERS, *SPEAKING),
            *rows(_BOTH, _M.SANCTION, SAME, REGISTRARS, *KEEPING),
            *rows(_BOTH, _M.EXPOSE, SAME, REGISTRARS, *KEEPING),
        ]
    ),
    specs=MOVES,
    requirements={
        _M.NOTIFY: (bases_complete,),
        _M.DROP: _CONFIRMER,
        _M.STATE: (spoken_for,),
        _M.CONFIRM: (*_CONFIRMER, hearing_over),
        _M.ANNUL: (basis_stands,),
        _M.REVOKE: (decided_by_its_own,),
        _M.MERGE: (decided_by_its_own,),
        _M.PUBLISH: (
            *publications.MAY_BE_PUBLIC,
            basis_stands,
            publications.time_left_to_publish,
            publications.not_published_yet,
        ),
        _M.OBJECT: (objection_there, spoken_for, no_objection_runs),
        _M.APPLY_REPAIR: (spoken_for, repairs.shortest_period_over, no_repair_runs),
        _M.SANCTION: (publications.of_a_breach, basis_stands),
        _M.EXPOSE: (exposure_there, *publications.MAY_BE_PUBLIC, basis_stands),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("record-not-yours", "这条记录不由您的单位办理。"),
)
BLUEPRINT = Blueprint(
    kind=Kind.RECORD,
    model=BreachRecord,
    entry=RecordEntry,
    table=TABLE,
    first=(_M.DRAFT, _S.DRAFT),
    statuses=STATUS_NAMES,
    ended=frozenset({_S.DROPPED, _S.REPAIRED, _S.REVOKED, _S.EXPIRED, _S.MERGED}),
    suggestions={_M.REVISE: suggest_revision},
    primary=(_M.NOTIFY, _M.STATE, _M.CONFIRM, _M.ENTER, _M.PUBLISH, _M.APPLY_REPAIR),
    effects={
        _M.REVISE: revise,
        _M.NOTIFY: notify,
        _M.STATE: state,
        _M.CONFIRM: confirm,
        _M.DROP: drop,
        _M.ENTER: enter,
        _M.ANNUL: annul,
        _M.REVOKE: revoke,
        _M.CORRECT: correct,
        _M.MERGE: merge,
        _M.REPAIR: repair,
        _M.EXPIRE: expire,
        _M.PUBLISH: publications.propose,
        _M.OBJECT: objections.open_objection,
        _M.APPLY_REPAIR: repairs.open_repair,
        _M.SANCTION: sanctions.propose,
        _M.EXPOSE: exposures.draft,
    },
    mechanism="record",
    national=NOT_TO_THE_ACCUSED.name,
    opening=Opening(args=Draft, roles=REGISTRARS, fill=_fill),
    hidden_from_subject=frozenset({_S.DRAFT}),
    void=frozenset({_S.DROPPED, _S.REVOKED, _S.MERGED}),
    takes_serial=frozenset({_M.CONFIRM}),
    alarm=_alarm,
    labels={
        "official": "公职人员",
        "facts": "失信事实",
        "bases": "依据文书",
        "amount_yuan": "涉及金额（元）",
        "breach_on": "失信日期",
        "loss": "造成的损失",
        "social_effect": "社会影响",
        "project": "项目（PPP）",
        "statement": "陈述申辩",
        "statement_files": "陈述申辩材料",
        "severity": "失信等级",
        "severity_reason": "定级理由",
        "catalogue": "公共信用信息目录",
        "catalogue_entry": "目录条目",
        "self_corrected": "自我纠错",
        "finding_serial": "认定文号",
        "found_on": "认定日期",
        "confirmer": "认定人",
        "annulled_by": "撤销依据的文书",
        "merged_into": "并入",
        "ended_because": "终止理由",
    },
)
