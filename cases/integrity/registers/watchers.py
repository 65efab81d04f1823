"""社会监督员 (哈尔滨 六、七): a roster with terms and recusals, and the tasks that watchers are given.

What a watcher reports is a lead and never a record; watchers see their tasks and what is public, no case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.dossier import Dossier, Subject
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.subjects import SubjectArgs, subject_of
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.conflicts import barred_departments, meant_by
from cases.lifecycle.forms import Grounds
from cases.model import Accused, Evidence
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.history import Entry
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules


# -- the roster -----------------------------------------------------------------------------------
class WatcherStatus(StrEnum):
    APPOINTED = "appointed"
    ENDED = "ended"


class WatcherMove(StrEnum):
    APPOINT = "appoint"
    PROLONG = "prolong"
    GIVE_TASK = "give_task"
    END = "end"
    EXPIRE = "expire"


class Watcher(Dossier[WatcherMove, WatcherStatus]):
    kind: Kind = Kind.WATCHER
    name: FreeText
    comes_from: str
    fields: str
    recusals: tuple[str, ...] = ()
    """Names of bodies that this person does not watch."""
    account: str = ""
    """Login, where the watcher works in here."""
    begins_on: date
    ends_on: date
    ended_because: FreeText | None = None


WatcherEntry = Entry[WatcherMove, WatcherStatus]
TERM_WRONG = Reason("watcher-term", "任期的结束日期须晚于开始日期，且不早于今天。")
RECUSED = Reason("watcher-recused", "这位监督员与“{name}”有关，应当回避，请另派一位。")
TASK_IN_THE_PAST = Reason("task-in-the-past", "完成期限不能早于今天。")


class Appoint(Args):
    name: ShortWords = ask("姓名", "text")
    comes_from: ShortWords = ask("来自", "text", help="例如市人大代表、服务对象单位")
    fields: ShortWords = ask("监督领域", "text")
    recusals: tuple[ShortWords, ...] = ask(
        "应当回避的单位", "checklist", default=(), max_length=20, help="每行一个，写全称"
    )
    account: str = ask(
        "本人账号编号", "code", default="", max_length=100, help="没有的留空，由经办人代为登记"
    )
    begins_on: date = ask("任期自", "date")
    ends_on: date = ask("任期至", "date")


class Prolong(Args):
    ends_on: date = ask("任期延长至", "date")


class Task(StrEnum):
    VISIT = "visit"
    RATE = "rate"
    PROMISE = "promise"


TASK_NAMES: dict[Task, str] = {
    Task.VISIT: "走访暗访",
    Task.RATE: "民主评议",
    Task.PROMISE: "查看承诺是否兑现",
}


class GiveTask(SubjectArgs):
    body: ShortWords = ask("监督对象", "body", help="写全称，例如西宁市城东区财政局")
    task: Task = ask("任务", "choice", choices=TASK_NAMES)
    what: Words = ask("要看什么")
    commitment: str = ask("承诺编号", "text", default="", max_length=40)
    due_on: date = ask("完成期限", "date")


@require("任期还没有到期。")
def term_over(at: Situation) -> bool:
    return at.now > end_of(at.dossier.ends_on)


@require("任期已满，请先办理续聘。")
def term_running(at: Situation) -> bool:
    return not term_over.holds(at)


def _appoint(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    if args.ends_on <= args.begins_on or args.ends_on < local_date(now):
        raise InvalidInput(TERM_WRONG)
    words = ("comes_from", "fields", "recusals", "begins_on", "ends_on")
    given = {name: getattr(args, name) for name in words}
    return {**given, "name": FreeText(args.name), "account": args.account.strip()}


def prolong(change: Making) -> None:
    until = change.given(Prolong).ends_on
    if until <= change.dossier.ends_on:
        raise InvalidInput(TERM_WRONG)
    change.set(ends_on=until)


def give_task(change: Making) -> None:
    args, watcher, known = change.given(GiveTask), change.dossier, change.rules.jurisdictions
    subject = subject_of(args, change.rules, known.get(watcher.jurisdiction))
    if any(_is_meant(name, subject, known) for name in watcher.recusals):
        raise InvalidInput(RECUSED, name=subject.name)
    if args.due_on < local_date(change.now):
        raise InvalidInput(TASK_IN_THE_PAST)
    opened = change.open(
        Kind.VISIT,
        subject=subject,
        barred=tuple(sorted(barred_departments(subject.bodies, known))),
        assignee=watcher.account or None,
        task=args.task,
        what=FreeText(args.what),
        commitment=args.commitment.strip(),
        due_on=args.due_on,
    )
    change.data["visit"] = opened.id


def _is_meant(name: str, subject: Subject, known: Jurisdictions) -> bool:
    """Whether a recusal, however the body is called in it, may mean this one; in doubt it does."""
    return name == subject.name or subject.department in meant_by(Accused(name=name), known)


def end(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.note = reason
    change.set(ended_because=FreeText(reason))


_REGISTRARS = frozenset({Role.REGISTRAR})
_CONFIRMERS = frozenset({Role.CONFIRMER})
_SYSTEM = frozenset({Role.SYSTEM})
_W, _WM = WatcherStatus, WatcherMove
WATCHERS = Blueprint(
    kind=Kind.WATCHER,
    model=Watcher,
    entry=WatcherEntry,
    table=Table(
        rows=by_status_and_move(
            [
                *rows((_W.APPOINTED,), _WM.PROLONG, SAME, _REGISTRARS, By.KEEPER),
                *rows((_W.APPOINTED,), _WM.GIVE_TASK, SAME, _REGISTRARS, By.KEEPER),
                *rows((_W.APPOINTED,), _WM.END, _W.ENDED, _CONFIRMERS, By.KEEPER, By.LEAD),
                *rows((_W.APPOINTED,), _WM.EXPIRE, _W.ENDED, _SYSTEM, By.SYSTEM),
            ]
        ),
        specs={
            spec.move: spec
            for spec in (
                MoveSpec(_WM.APPOINT, "聘任监督员", "聘任了监督员", Appoint),
                MoveSpec(_WM.PROLONG, "续聘", "续聘了监督员", Prolong),
                MoveSpec(_WM.GIVE_TASK, "交办监督任务", "交办了监督任务", GiveTask),
                MoveSpec(_WM.END, "解聘", "解聘了监督员", Grounds),
                MoveSpec(_WM.EXPIRE, "任期届满", "任期届满", NoArgs),
            )
        },
        requirements={_WM.GIVE_TASK: (term_running,), _WM.EXPIRE: (term_over,)},
        before_all=BEFORE_ALL,
        outsider=Reason("watcher-not-yours", "监督员不由您的单位管理。"),
    ),
    first=(_WM.APPOINT, _W.APPOINTED),
    statuses={_W.APPOINTED: "在任", _W.ENDED: "已离任"},
    ended=frozenset({_W.ENDED}),
    primary=(_WM.GIVE_TASK,),
    effects={_WM.PROLONG: prolong, _WM.GIVE_TASK: give_task, _WM.END: end},
    mechanism="watchers",
    opening=Opening(args=Appoint, roles=_REGISTRARS, fill=_appoint),
    alarm=lambda one: Alarm(end_of(one.ends_on), _WM.EXPIRE) if one.status is _W.APPOINTED else None,
    labels={
        "name": "姓名",
        "comes_from": "来自",
        "fields": "监督领域",
        "recusals": "应当回避的单位",
        "account": "本人账号编号",
        "begins_on": "任期自",
        "ends_on": "任期至",
        "ended_because": "离任理由",
    },
)


# -- their tasks ----------------------------------------------------------------------------------
class VisitStatus(StrEnum):
    GIVEN = "given"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class VisitMove(StrEnum):
    GIVE = "give"
    REPORT = "report"
    RETURN = "return"
    ACCEPT = "accept"
    DROP = "drop"


class Visit(Dossier[VisitMove, VisitStatus]):
    kind: Kind = Kind.VISIT
    task: Task
    what: FreeText
    commitment: str = ""
    due_on: date
    rating: int | None = None
    found: FreeText | None = None
    photos: tuple[Evidence, ...] = ()
    lead: FreeText | None = None
    """What the department makes of it: a lead to be looked into, never a record."""
    ended_because: FreeText | None = None


VisitEntry = Entry[VisitMove, VisitStatus]


class Report(Args):
    rating: int = ask("评分（1至5）", "number", ge=1, le=5)
    found: Words = ask("看到的情况", help="写事实，不写群众姓名和电话")
    photos: tuple[Evidence, ...] = Field(
        default=(), max_length=20, json_schema_extra={"widget": "files", "label": "照片"}
    )


class Accept(Args):
    lead: str = ask("作为线索怎样处理", default="", max_length=2000, help="报告只作线索，不直接记入失信记录")


@require("您的任期已经结束，请由管理监督员的单位登记。")
def still_a_watcher(at: Situation) -> bool:
    watcher = at.parent(Watcher)
    ended = watcher is not None and watcher.status is not WatcherStatus.APPOINTED
    return not ended or not at.stands(By.ASSIGNEE)


def report(change: Making) -> None:
    args = change.given(Report)
    change.set(rating=args.rating, found=FreeText(args.found), photos=(*change.dossier.photos, *args.photos))
    change.tell_keeper("staff-visit-reported", Role.REGISTRAR)


def send_back(change: Making) -> None:
    change.note = change.given(Grounds).reason


def accept(change: Making) -> None:
    words = change.given(Accept).lead.strip()
    change.set(lead=FreeText(words) if words else None)


def drop(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.note = reason
    change.set(ended_because=FreeText(reason))


_V, _VM = VisitStatus, VisitMove
VISITS = Blueprint(
    kind=Kind.VISIT,
    model=Visit,
    entry=VisitEntry,
    table=Table(
        rows=by_status_and_move(
            [
                *rows(
                    (_V.GIVEN,),
                    _VM.REPORT,
                    _V.REPORTED,
                    frozenset({Role.WATCHER, Role.REGISTRAR}),
                    By.ASSIGNEE,
                    By.KEEPER,
                ),
                *rows((_V.REPORTED,), _VM.RETURN, _V.GIVEN, _REGISTRARS, By.KEEPER),
                *rows((_V.REPORTED,), _VM.ACCEPT, _V.ACCEPTED, _REGISTRARS, By.KEEPER),
                *rows((_V.GIVEN,), _VM.DROP, _V.DROPPED, _REGISTRARS, By.KEEPER),
            ]
        ),
        specs={
            spec.move: spec
            for spec in (
                MoveSpec(_VM.GIVE, "交办", "交办了任务", GiveTask),
                MoveSpec(_VM.REPORT, "提交报告", "提交了报告", Report),
                MoveSpec(_VM.RETURN, "退回补充", "退回补充", Grounds),
                MoveSpec(_VM.ACCEPT, "采用报告", "采用了报告", Accept),
                MoveSpec(_VM.DROP, "取消任务", "取消了任务", Grounds),
            )
        },
        requirements={_VM.REPORT: (still_a_watcher,)},
        before_all=BEFORE_ALL,
        outsider=Reason("visit-not-yours", "这项任务不由您办理。"),
    ),
    first=(_VM.GIVE, _V.GIVEN),
    statuses={_V.GIVEN: "待报告", _V.REPORTED: "待审核", _V.ACCEPTED: "已采用", _V.DROPPED: "已取消"},
    ended=frozenset({_V.ACCEPTED, _V.DROPPED}),
    primary=(_VM.REPORT, _VM.ACCEPT),
    effects={_VM.REPORT: report, _VM.RETURN: send_back, _VM.ACCEPT: accept, _VM.DROP: drop},
    mechanism="watchers",
    hidden_from_subject=frozenset(_V),
    labels={
        "task": "任务",
        "what": "要看什么",
        "commitment": "承诺编号",
        "due_on": "完成期限",
        "rating": "评分",
        "found": "看到的情况",
        "photos": "照片",
        "lead": "作为线索的处理",
        "ended_because": "取消理由",
    },
)
