"""失信记录: what was confirmed of a body, with prior notice and hearing as part of its table.

A record of an official lies in the sealed archive: a registrar keeps it, a second one confirms it, nobody
publishes it. What belongs to a record (publication, objection, repair, sanction, notice) its moves open.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from cases.errors import InvalidInput, NotFound, Reason, SecondPersonNeeded
from cases.instants import end_of, local_date
from cases.integrity.breaches import exposures, objections, publications, repairs, sanctions
from cases.integrity.breaches.record_model import (
    BASIS_NAMES,
    CATALOGUE_NAMES,
    PERIODS,
    SEVERITY_NAMES,
    STAGE_NAMES,
    STANDING,
    STATUS_NAMES,
    Basis,
    BasisKind,
    BreachRecord,
    Catalogue,
    Corrected,
    Official,
    Project,
    RecordEntry,
    RecordMove,
    RecordStatus,
    Severity,
    Sharing,
    Stage,
    add_months,
)
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.mechanisms import ABSENT, find_basis
from cases.integrity.spine.situation import BEFORE_ALL, Need, Situation
from cases.integrity.spine.speaking import DECIDERS, SPEAKERS, SPEAKING, decided_by_its_own, spoken_for
from cases.integrity.spine.subjects import SubjectArgs, home_of
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.model import Evidence
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.requirements import Requirement, require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText, Record
from cases.rules.laws import HENAN_CREDIT, NOT_TO_THE_ACCUSED, ZHEJIANG_CREDIT
from cases.rules.rule_books import Rules
from cases.text_lengths import LONGEST_REMARK
from cases.vocabulary import ClockKind
from cases.words import OWED_DOMAIN_NAMES
from classify.types import Domain

LONGEST_FACTS = 500
Facts = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_FACTS)]
"""事实 of a record."""

DOCUMENT_INCOMPLETE = Reason("document-incomplete", "依据文书缺文号、日期或附件，请补齐。")
DOCUMENT_OF_TOMORROW = Reason("document-of-tomorrow", "文书日期晚于今天，请核对。")
NOT_IN_FORCE = Reason("judgment-not-in-force", "判决未生效，不能作为失信记录的依据。")
BREACH_OF_TOMORROW = Reason("breach-of-tomorrow", "失信日期晚于今天，请核对。")
STATEMENT_UNANSWERED = Reason("statement-unanswered", "对方已陈述申辩，请写明是否采纳及理由。")
NO_OTHER_RECORD = Reason("no-other-record", "没有可以合并到的记录“{id}”，只能并入同一单位仍然有效的记录。")
HEARING_BASIS = f"{HENAN_CREDIT.cite('第二十八条')}、{ZHEJIANG_CREDIT.cite('第二十八条')}"


# -- forms ----------------------------------------------------------------------------------------
class BasisArgs(Record):
    """One row of 依据文书."""

    kind: BasisKind = ask("依据", "choice", choices=BASIS_NAMES)
    issuer: ShortWords = ask("作出机关", "code")
    number: str = ask("文号", "code", default="", max_length=100)
    dated: date | None = ask("日期", "date", default=None)
    effective_on: date | None = ask("生效日期", "date", default=None, help="司法判决须写明生效日期")
    file: Evidence | None = Field(default=None, json_schema_extra={"widget": "files", "label": "附件"})


class Content(Args):
    """What is recorded, however it comes in."""

    facts: Facts = ask("失信事实", help="500字以内，用认定的事实写，不要照抄投诉人的话")
    domain: Domain | None = ask("重点领域", "choice", choices=OWED_DOMAIN_NAMES, default=None)
    amount_yuan: int | None = ask("涉及金额（元）", "number", default=None, ge=0)
    breach_on: date | None = ask("失信日期", "date", default=None)
    loss: str = ask("造成的损失", default="", max_length=LONGEST_REMARK)
    social_effect: str = ask("社会影响", default="", max_length=LONGEST_REMARK)
    bases: tuple[BasisArgs, ...] = Field(
        default=(), max_length=10, json_schema_extra={"widget": "parts", "label": "依据文书"}
    )
    project: str = ask("项目名称（PPP）", "text", default="", max_length=200)
    stage: Stage | None = ask("项目环节", "choice", choices=STAGE_NAMES, default=None)
    responsible: str = ask("该环节政府方责任人", "code", default="", max_length=50, help="只入档案，不公开")
    kept: bool = ask("守信履约", "yesno", default=False)


class Draft(Content, SubjectArgs):
    """Without a complaint: form, import or API."""

    official: str = ask(
        "公职人员姓名", "code", default="", max_length=50, help="填写的，只入诚信档案，不公开"
    )
    post: str = ask("职务", "code", default="", max_length=100)
    account: str = ask("本人账号编号", "code", default="", max_length=100)


class Notice(Args):
    consequences: Words = ask("拟定等级和后果", help="告知对方：事实、依据、拟定等级、将有的后果")


class Statement(Args):
    statement: Words = ask("陈述申辩意见")
    files: tuple[Evidence, ...] = Field(
        default=(), max_length=20, json_schema_extra={"widget": "files", "label": "材料"}
    )


class Confirm(Args):
    severity: Severity = ask("失信等级", "choice", choices=SEVERITY_NAMES)
    severity_reason: Words = ask("定级理由")
    catalogue: Catalogue | None = ask(
        "公共信用信息目录", "choice", choices=CATALOGUE_NAMES, default=None, help="不在目录的不能公示"
    )
    catalogue_entry: str = ask("目录条目", "code", default="", max_length=200)
    answer: str = ask("对陈述申辩的答复", default="", max_length=LONGEST_REMARK, help="是否采纳及理由")
    self_corrected: str = ask(
        "自我纠错情况", default="", max_length=LONGEST_REMARK, help="主动纠正、挽回损失的，写明是否从轻及理由"
    )


class Annul(Args):
    document: ShortWords = ask("变更或撤销依据的文书", "code")
    reason: Words = ask("说明")


class Merge(Args):
    into: ShortWords = ask("并入的记录编号", "code")


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
    return not any(one.status in objections.RUNNING for one in at.children(objections.Objection))


@require("修复申请已在办理。")
def no_repair_runs(at: Situation) -> bool:
    return not any(at.is_open(one) for one in at.children(repairs.Repair))


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


# -- what moves do --------------------------------------------------------------------------------
def checked_bases(rows: tuple[BasisArgs, ...], now: datetime) -> tuple[Basis, ...]:
    """Raises InvalidInput for a document without number or date, of tomorrow, or not in force."""
    today, bases = local_date(now), []
    for row in rows:
        if not row.number.strip() or row.dated is None:
            raise InvalidInput(DOCUMENT_INCOMPLETE)
        if row.dated > today:
            raise InvalidInput(DOCUMENT_OF_TOMORROW)
        if row.kind is BasisKind.JUDGMENT and (row.effective_on is None or row.effective_on > today):
            raise InvalidInput(NOT_IN_FORCE)
        bases.append(Basis(**{**dict(row), "number": row.number.strip(), "dated": row.dated}))
    return tuple(bases)


def _content(args: Content, rules: Rules, jurisdiction: str, now: datetime) -> dict[str, Any]:
    """The fields of a record. Raises InvalidInput."""
    if args.breach_on is not None and args.breach_on > local_date(now):
        raise InvalidInput(BREACH_OF_TOMORROW)
    project = None
    if args.project.strip():
        if "retrospect" not in rules.jurisdictions.get(jurisdiction).mechanisms:
            raise InvalidInput(ABSENT)
        project = Project(
            name=args.project.strip(),
            stage=args.stage or Stage.EXECUTION,
            responsible=FreeText(args.responsible),
            kept=args.kept,
        )
    return {
        "facts": FreeText(args.facts),
        "domain": args.domain,
        "amount_yuan": args.amount_yuan,
        "breach_on": args.breach_on,
        "loss": FreeText(args.loss) if args.loss else None,
        "social_effect": FreeText(args.social_effect) if args.social_effect else None,
        "project": project,
        "bases": checked_bases(args.bases, now),
    }


def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    fields = _content(args, rules, home_of(actor, rules).id, now)
    if args.official.strip():
        fields["official"] = Official(name=FreeText(args.official.strip()), post=FreeText(args.post))
        fields |= {"sealed": True, "person": args.account.strip() or None}
    return fields


def open_from_order(change: Making) -> None:
    """A move of an order that was refused (1103): the breach is recorded."""
    order, args = change.dossier, change.given(Content)
    fields = _content(args, change.rules, order.jurisdiction, change.now)
    finding = Basis(
        kind=BasisKind.FINDING,
        issuer=order.keeper_name,
        number=order.serial,
        dated=local_date(order.issued_at or change.now),
        dossier=order.id,
    )
    fields |= {"bases": (finding, *fields["bases"]), "domain": args.domain or order.domain}
    opened = change.open(Kind.RECORD, **fields)
    change.data["record"] = opened.id
    change.tell_keeper("staff-record-drafted", Role.REGISTRAR)


def suggest_from_order(at: Situation) -> Mapping[str, Any]:
    """What the record's form is filled with: from the order, not from the complaint."""
    return {"facts": at.dossier.facts[:LONGEST_FACTS], "domain": at.dossier.domain}


def revise(change: Making) -> None:
    fields = _content(change.given(Content), change.rules, change.dossier.jurisdiction, change.now)
    kept = tuple(basis for basis in change.dossier.bases if basis.dossier is not None)
    change.set(**{**fields, "bases": (*kept, *fields["bases"])})


def notify(change: Making) -> None:
    change.note = change.given(Notice).consequences
    clock = change.start_term(ClockKind.HEARING)
    change.data["due"] = clock.due_at.isoformat()
    change.tell_subject("subject-record-notice", until=clock.due_at.isoformat())


def state(change: Making) -> None:
    args = change.given(Statement)
    files = (*change.dossier.statement_files, *args.files)
    change.set(statement=FreeText(args.statement), statement_files=files)
    change.tell_keeper("staff-record-statement", Role.REGISTRAR, Role.CONFIRMER)


def confirm(change: Making) -> None:
    args, record = change.given(Confirm), change.dossier
    if record.statement is not None and not args.answer.strip():
        raise InvalidInput(STATEMENT_UNANSWERED)
    serial = f"{record.keeper_name}认定〔{local_date(change.now).year}〕{change.looked_up.serial}号"
    change.meet_clocks(ClockKind.HEARING)
    change.note = args.answer or None
    change.data.update(serial=serial, severity=args.severity)
    change.set(
        severity=args.severity,
        severity_reason=FreeText(args.severity_reason),
        catalogue=args.catalogue,
        catalogue_entry=args.catalogue_entry.strip(),
        self_corrected=FreeText(args.self_corrected) if args.self_corrected else None,
        finding_serial=serial,
        found_on=local_date(change.now),
        confirmer=change.actor.name,
    )
    change.tell_citizen("told-record-made")
    change.tell_subject("subject-record-confirmed")
    change.tell_keeper("staff-record-confirmed", Role.REGISTRAR)


def drop(change: Making) -> None:
    end_with_reason(change)
    if change.dossier.status is RecordStatus.NOTIFIED:
        change.tell_subject("subject-record-dropped")


def enter(change: Making) -> None:
    _travel(change)


def annul(change: Making) -> None:
    args = change.given(Annul)
    clock = change.start_term(ClockKind.REVOKE)
    if change.relatives(publications.Publication):
        change.start_term(ClockKind.WITHDRAW)
    change.set(annulled_by=args.document)
    change.note, change.data["due"] = args.reason, clock.due_at.isoformat()
    change.tell_keeper("staff-record-annulled", Role.CONFIRMER, Role.RELEASER)


def revoke(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.meet_clocks(ClockKind.REVOKE, ClockKind.WITHDRAW)
    change.note = reason
    _end(change, reason, withdraw=True)
    change.tell_citizen("told-record-revoked")
    change.tell_subject("subject-record-revoked")


def correct(change: Making) -> None:
    args = change.given(Corrected)
    change.set(facts=FreeText(args.facts))
    if args.amount_yuan is not None:
        change.set(amount_yuan=args.amount_yuan)
    change.note = args.reason or None
    _travel(change)
    for publication in change.relatives(publications.Publication):
        if publication.status is not publications.PublicationStatus.PROPOSED:
            change.move_along(publication, publications.PublicationMove.REFRESH)


def merge(change: Making) -> None:
    into = change.given(Merge).into.strip()
    other = change.looked_up.other
    same = isinstance(other, BreachRecord) and other.subject.name == change.dossier.subject.name
    if not same or other is None or other.status not in STANDING or other.id == change.dossier.id:
        raise InvalidInput(NO_OTHER_RECORD, id=into)
    change.set(merged_into=into)
    change.data["into"] = into
    _end(change, f"并入{into}", withdraw=False)


def repair(change: Making) -> None:
    """The three effects of a granted repair at once (令36号): publication, sharing, sanctions."""
    _end(change, "信用修复", withdraw=False)
    change.tell_citizen("told-record-repaired")


def expire(change: Making) -> None:
    _end(change, "期限届满", withdraw=False)


def _end(change: Making, reason: str, *, withdraw: bool) -> None:
    publications.take_down(change, reason, withdraw=withdraw)
    sanctions.lift_all(change, reason)
    exposures.withdraw_all(change, reason)
    objections.close_all(change)
    repairs.close_all(change)
    change.set(ended_because=FreeText(reason))
    _travel(change, withdrawn=True)


def _travel(change: Making, *, withdrawn: bool = False) -> None:
    """What was shared upward, or is to be, has a new revision. Officials' archives are never shared."""
    before = change.dossier.sharing
    if change.dossier.sealed or (withdrawn and before is None):
        return
    revision = before.revision + 1 if before else 1
    change.set(sharing=Sharing(revision=revision, withdrawn=withdrawn, since=change.now))


def _alarm(record: BreachRecord) -> Alarm | None:
    """At the end of the longest period it stops by itself (令36号)."""
    if record.status is not RecordStatus.ACTIVE or record.found_on is None or record.severity is None:
        return None
    return Alarm(end_of(add_months(record.found_on, PERIODS[record.severity][1])), RecordMove.EXPIRE)


# -- the table ------------------------------------------------------------------------------------
_S, _M = RecordStatus, RecordMove
_REGISTRARS = frozenset({Role.REGISTRAR})
_SYSTEM = frozenset({Role.SYSTEM})
_KEEPING = (By.KEEPER, By.LEAD)
_DECIDING = (By.KEEPER, By.LEAD, By.SUPERIOR)
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
            *rows((_S.DRAFT,), _M.REVISE, SAME, _REGISTRARS, *_KEEPING),
            *rows((_S.DRAFT,), _M.NOTIFY, _S.NOTIFIED, _REGISTRARS, *_KEEPING),
            *rows((_S.DRAFT, _S.NOTIFIED), _M.DROP, _S.DROPPED, DECIDERS, *_DECIDING),
            *rows((_S.NOTIFIED,), _M.STATE, SAME, SPEAKERS, *SPEAKING),
            *rows((_S.NOTIFIED,), _M.CONFIRM, _S.CONFIRMED, DECIDERS, *_DECIDING),
            *rows((_S.CONFIRMED,), _M.ENTER, _S.ACTIVE, _REGISTRARS, *_KEEPING),
            *rows(_BOTH, _M.ANNUL, SAME, _REGISTRARS, *_KEEPING),
            *rows(_BOTH, _M.REVOKE, _S.REVOKED, DECIDERS | _SYSTEM, *_DECIDING, By.SYSTEM),
            *rows(_BOTH, _M.CORRECT, SAME, _SYSTEM, By.SYSTEM),
            *rows(_BOTH, _M.MERGE, _S.MERGED, DECIDERS, *_DECIDING),
            *rows(_BOTH, _M.REPAIR, _S.REPAIRED, _SYSTEM, By.SYSTEM),
            *rows((_S.ACTIVE,), _M.EXPIRE, _S.EXPIRED, _SYSTEM, By.SYSTEM),
            *rows(_BOTH, _M.PUBLISH, SAME, _REGISTRARS, *_KEEPING),
            *rows(_BOTH, _M.OBJECT, SAME, SPEAKERS, *SPEAKING),
            *rows(_BOTH, _M.APPLY_REPAIR, SAME, SPEAKERS, *SPEAKING),
            *rows(_BOTH, _M.SANCTION, SAME, _REGISTRARS, *_KEEPING),
            *rows(_BOTH, _M.EXPOSE, SAME, _REGISTRARS, *_KEEPING),
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
    opening=Opening(args=Draft, roles=_REGISTRARS, fill=_fill),
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
