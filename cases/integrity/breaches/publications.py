"""公示: a record is shown to everybody for a time, released by a second person, and ends by itself.

What was public and is no longer is explained (行政处罚法 第48条): a tombstone without facts stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date
from cases.integrity.breaches.publication_model import (
    TOMBSTONE_DAYS,
    Publication,
    PublicationEntry,
    PublicationMove,
    PublicationStatus,
    Shown,
    ShownBasis,
)
from cases.integrity.breaches.record_model import (
    PERIODS,
    STANDING,
    BreachRecord,
    Severity,
    add_months,
)
from cases.integrity.spine.blueprint import Alarm, Blueprint
from cases.integrity.spine.hands import DECIDING, RELEASERS, SYSTEM
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Need, Situation, not_who_began
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import ask
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Role
from cases.records import FreeText
from cases.rules.laws import CREDIT_REPAIR_MEASURES, PERSONAL_DATA
from cases.text_lengths import LONGEST_REMARK


# -- forms ----------------------------------------------------------------------------------------
class Propose(Args):
    months: int = ask(
        "公示月数", "number", ge=1, le=36, help="自认定之日起：轻微至多3，一般3至12，严重12至36"
    )
    reason: str = ask("轻微失信确需公示的理由", default="", max_length=LONGEST_REMARK)


TOO_LONG = Reason("publication-too-long", "公示期超过上限：按所定等级至多{most}个月。")
TOO_SHORT = Reason("publication-too-short", "公示期短于下限：按所定等级至少{least}个月。")
MINOR_UNEXPLAINED = Reason("minor-unexplained", "轻微失信原则上不公示；确需公示的，请写明理由。")


# -- what the record must be ----------------------------------------------------------------------
@require("记录尚未认定，或者已经终止，不能公示。", source=CREDIT_REPAIR_MEASURES.name)
def record_stands(at: Situation) -> bool:
    return at.of(BreachRecord).status in STANDING


@require("公职人员的记录只入档案，不公示。", source=PERSONAL_DATA.cite("第二十五条"))
def about_a_body(at: Situation) -> bool:
    return not at.dossier.sealed


@require("未分级，不能公示。", source=CREDIT_REPAIR_MEASURES.name)
def severity_is_set(at: Situation) -> bool:
    return at.of(BreachRecord).severity is not None


@require("不在公共信用信息目录，不能公示。", source=CREDIT_REPAIR_MEASURES.cite("第四条"))
def in_a_catalogue(at: Situation) -> bool:
    return at.of(BreachRecord).catalogue is not None


@require("守信履约的记录不作为失信公示。")
def of_a_breach(at: Situation) -> bool:
    return not at.of(BreachRecord).good


@require("这条记录已有公示，或者正在等待复核。")
def not_published_yet(at: Situation) -> bool:
    return not any(at.is_open(one) for one in at.children(Publication))


MAY_BE_PUBLIC: tuple[Need, ...] = (about_a_body, of_a_breach, record_stands, severity_is_set, in_a_catalogue)


def _last_day(at: Situation) -> date | None:
    """Of this publication, or of the longest there may be of this record."""
    record = at.of(BreachRecord)
    if record.severity is None or record.found_on is None:
        return None
    months = at.dossier.months if isinstance(at.dossier, Publication) else PERIODS[record.severity][1]
    return add_months(record.found_on, months)


def _until(at: Situation) -> Mapping[str, object]:
    return {"until": _last_day(at)}


@require(
    "公示期自认定之日起算，到{until}已满，不能再公示。", source=CREDIT_REPAIR_MEASURES.name, params=_until
)
def time_left_to_publish(at: Situation) -> bool:
    last = _last_day(at)
    return last is not None and at.now <= end_of(last)


released_by_another = not_who_began("released-by-another", "发布人与提出人相同，请由另一人发布。")


@require("已终止公示的说明还没有到期。")
def tombstone_is_old(at: Situation) -> bool:
    gone_on = at.dossier.gone_on
    return gone_on is not None and at.now > end_of(gone_on + timedelta(days=TOMBSTONE_DAYS))


# -- what moves do --------------------------------------------------------------------------------
def propose(change: Making) -> None:
    """A move of the record: opens the publication."""
    args = change.given(Propose)
    severity, _ = change.at.of(BreachRecord).finding
    least, most = PERIODS[severity]
    if args.months > most:
        raise InvalidInput(TOO_LONG, most=most)
    if args.months < least:
        raise InvalidInput(TOO_SHORT, least=least)
    if severity is Severity.MINOR and not args.reason.strip():
        raise InvalidInput(MINOR_UNEXPLAINED)
    opened = change.open(
        Kind.PUBLICATION, months=args.months, reason=FreeText(args.reason) if args.reason else None
    )
    change.data["publication"] = opened.id
    change.tell_keeper("staff-publication-proposed", Role.RELEASER)


def release(change: Making) -> None:
    record = change.at.of(BreachRecord)
    severity, found_on = record.finding
    ends_on = add_months(found_on, change.dossier.months)
    change.set(
        released_on=local_date(change.now),
        ends_on=ends_on,
        shortest_until=add_months(found_on, PERIODS[severity][0]),
        shown=shown_of(record),
    )
    change.data["until"] = ends_on.isoformat()
    change.tell_subject("subject-published", until=ends_on.isoformat())


def shown_of(record: BreachRecord) -> Shown:
    """Of a record that stands and may be public."""
    severity, found_on = record.finding
    return Shown(
        facts=record.facts,
        severity=severity,
        catalogue=record.catalogue_entry or str(record.catalogue),
        bases=tuple(
            ShownBasis(kind=b.kind, issuer=b.issuer, number=b.number, dated=b.dated) for b in record.bases
        ),
        finding_serial=record.finding_serial,
        found_on=found_on,
        confirmed_by=record.keeper_name,
        breach_on=record.breach_on,
        amount_yuan=record.amount_yuan,
    )


def drop(change: Making) -> None:
    change.note = change.given(Grounds).reason


def suspend(change: Making) -> None:
    change.note = change.given(Grounds).reason
    change.tell_subject("subject-publication-suspended")


def mark(change: Making) -> None:
    change.set(disputed=True)


def unmark(change: Making) -> None:
    change.set(disputed=False)


def refresh(change: Making) -> None:
    """The record was corrected: its corrected facts are shown from now on."""
    if change.dossier.shown is not None:
        change.set(shown=shown_of(change.at.of(BreachRecord)))


def end(change: Making) -> None:
    _go(change, "已终止公示")
    change.tell_subject("subject-publication-ended")


def withdraw(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.note = reason
    _go(change, reason)
    change.tell_subject("subject-publication-withdrawn")


def take_down(change: Making, reason: str, *, withdraw: bool) -> None:
    """For the moves of a record: whatever publication it has ends, or is withdrawn with the reason."""
    for publication in change.relatives(Publication):
        if publication.status is PublicationStatus.PROPOSED:
            change.move_along(publication, PublicationMove.DROP, Grounds(reason=reason))
        elif withdraw:
            change.move_along(publication, PublicationMove.WITHDRAW, Grounds(reason=reason))
        else:
            change.move_along(publication, PublicationMove.END)


def _go(change: Making, tombstone: str) -> None:
    change.set(shown=None, disputed=False, tombstone=FreeText(tombstone), gone_on=local_date(change.now))


# -- the table ------------------------------------------------------------------------------------
_S, _M = PublicationStatus, PublicationMove
_DECIDERS = frozenset({Role.RELEASER, Role.CONFIRMER})
_UP = (_S.PUBLIC, _S.SUSPENDED)

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.PROPOSE, "提出公示", "提出了公示", Propose),
        MoveSpec(_M.RELEASE, "发布", "发布了公示"),
        MoveSpec(_M.DROP, "不予发布", "不予发布", Grounds),
        MoveSpec(_M.SUSPEND, "暂停公示", "暂停了公示", Grounds),
        MoveSpec(_M.RESUME, "恢复公示", "恢复了公示"),
        MoveSpec(_M.MARK, "标注异议", "标注了异议处理中"),
        MoveSpec(_M.UNMARK, "取消标注", "取消了异议标注"),
        MoveSpec(_M.REFRESH, "更正内容", "按更正后的记录公示"),
        MoveSpec(_M.END, "终止公示", "终止了公示", NoArgs),
        MoveSpec(_M.WITHDRAW, "撤回公示", "撤回了公示", Grounds),
        MoveSpec(_M.REMOVE, "撤下终止说明", "撤下了终止说明"),
    )
}
TABLE: Table[PublicationStatus, PublicationMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.PROPOSED,), _M.RELEASE, _S.PUBLIC, RELEASERS, *DECIDING),
            *rows((_S.PROPOSED,), _M.DROP, _S.DROPPED, _DECIDERS | SYSTEM, *DECIDING, By.SYSTEM),
            *rows((_S.PUBLIC,), _M.SUSPEND, _S.SUSPENDED, _DECIDERS, *DECIDING),
            *rows((_S.SUSPENDED,), _M.RESUME, _S.PUBLIC, RELEASERS, *DECIDING),
            *rows((_S.PROPOSED, *_UP), _M.MARK, SAME, SYSTEM, By.SYSTEM),
            *rows((_S.PROPOSED, *_UP), _M.UNMARK, SAME, SYSTEM, By.SYSTEM),
            *rows(_UP, _M.REFRESH, SAME, SYSTEM, By.SYSTEM),
            *rows(_UP, _M.END, _S.ENDED, SYSTEM, By.SYSTEM),
            *rows(_UP, _M.WITHDRAW, _S.WITHDRAWN, _DECIDERS | SYSTEM, *DECIDING, By.SYSTEM),
            *rows((_S.ENDED,), _M.REMOVE, _S.REMOVED, SYSTEM, By.SYSTEM),
        ]
    ),
    specs=MOVES,
    requirements={
        _M.RELEASE: (*MAY_BE_PUBLIC, time_left_to_publish, released_by_another),
        _M.RESUME: MAY_BE_PUBLIC,
        _M.REMOVE: (tombstone_is_old,),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("publication-not-yours", "这项公示不由您的单位办理。"),
)


def _alarm(publication: Publication) -> Alarm | None:
    if publication.status in _UP and publication.ends_on is not None:
        return Alarm(end_of(publication.ends_on), _M.END)
    if publication.status is _S.ENDED and publication.gone_on is not None:
        return Alarm(end_of(publication.gone_on + timedelta(days=TOMBSTONE_DAYS)), _M.REMOVE)
    return None


BLUEPRINT = Blueprint(
    kind=Kind.PUBLICATION,
    model=Publication,
    entry=PublicationEntry,
    table=TABLE,
    first=(_M.PROPOSE, _S.PROPOSED),
    statuses={
        _S.PROPOSED: "待复核",
        _S.PUBLIC: "公示中",
        _S.SUSPENDED: "已暂停",
        _S.ENDED: "已终止公示",
        _S.WITHDRAWN: "已撤回",
        _S.REMOVED: "已撤下",
        _S.DROPPED: "不予发布",
    },
    ended=frozenset({_S.ENDED, _S.WITHDRAWN, _S.REMOVED, _S.DROPPED}),
    primary=(_M.RELEASE, _M.RESUME),
    effects={
        _M.RELEASE: release,
        _M.DROP: drop,
        _M.SUSPEND: suspend,
        _M.MARK: mark,
        _M.UNMARK: unmark,
        _M.REFRESH: refresh,
        _M.END: end,
        _M.WITHDRAW: withdraw,
    },
    mechanism="publication",
    hidden_from_subject=frozenset({_S.PROPOSED, _S.DROPPED}),
    public=frozenset({_S.PUBLIC, _S.ENDED, _S.WITHDRAWN}),
    alarm=_alarm,
    labels={
        "months": "公示月数",
        "reason": "轻微失信公示理由",
        "released_on": "发布日期",
        "ends_on": "公示至",
        "shortest_until": "最短公示期至",
        "tombstone": "终止说明",
    },
)
