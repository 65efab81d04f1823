"""What a watcher is sent to see (哈尔滨 六、七): a task, and the report of it.

A report is a lead and never a record; watchers see their tasks and what is public, no case.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date
from cases.integrity.registers.watchers import TASK_IN_THE_PAST, GiveTask, Task, Watcher, WatcherStatus
from cases.integrity.spine.blueprint import Alarm, Blueprint
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.hands import REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.model import Evidence
from cases.moves.forms import Words, ask
from cases.moves.history import Entry
from cases.moves.requirements import require
from cases.moves.table import Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Role
from cases.records import FreeText
from cases.vocabulary import Audience


class VisitStatus(StrEnum):
    GIVEN = "given"
    LATE = "late"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class VisitMove(StrEnum):
    GIVE = "give"
    LAPSE = "lapse"
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


class SendBack(Grounds):
    due_on: date = ask("新的完成期限", "date")


class Accept(Args):
    lead: str = ask("作为线索怎样处理", default="", max_length=2000, help="报告只作线索，不直接记入失信记录")


@require("您的任期已经结束，请由管理监督员的单位登记。")
def still_a_watcher(at: Situation) -> bool:
    watcher = at.parent(Watcher)
    ended = watcher is not None and watcher.status is not WatcherStatus.APPOINTED
    return not ended or not at.stands(By.ASSIGNEE)


@require("任务的完成期限还没有到。")
def task_overdue(at: Situation) -> bool:
    return at.now > end_of(at.dossier.due_on)


def lapse(change: Making) -> None:
    """Whoever was sent and whoever sent them hear of it once; a late report is still taken."""
    change.tell_keeper("staff-visit-late", Role.REGISTRAR)
    if change.dossier.assignee:
        change.tell(Audience.STAFF, "staff-visit-yours-late", change.dossier.assignee)


def report(change: Making) -> None:
    args = change.given(Report)
    change.set(rating=args.rating, found=FreeText(args.found), photos=(*change.dossier.photos, *args.photos))
    change.tell_keeper("staff-visit-reported", Role.REGISTRAR)


def send_back(change: Making) -> None:
    args = change.given(SendBack)
    if args.due_on < local_date(change.now):
        raise InvalidInput(TASK_IN_THE_PAST)
    change.note = args.reason
    change.set(due_on=args.due_on)


def accept(change: Making) -> None:
    words = change.given(Accept).lead.strip()
    change.set(lead=FreeText(words) if words else None)


def drop(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.note = reason
    change.set(ended_because=FreeText(reason))


_S, _M = VisitStatus, VisitMove
_WAITING = (_S.GIVEN, _S.LATE)
BLUEPRINT = Blueprint(
    kind=Kind.VISIT,
    model=Visit,
    entry=VisitEntry,
    table=Table(
        rows=by_status_and_move(
            [
                *rows((_S.GIVEN,), _M.LAPSE, _S.LATE, SYSTEM, By.SYSTEM),
                *rows(
                    _WAITING,
                    _M.REPORT,
                    _S.REPORTED,
                    frozenset({Role.WATCHER, Role.REGISTRAR}),
                    By.ASSIGNEE,
                    By.KEEPER,
                ),
                *rows((_S.REPORTED,), _M.RETURN, _S.GIVEN, REGISTRARS, By.KEEPER),
                *rows((_S.REPORTED,), _M.ACCEPT, _S.ACCEPTED, REGISTRARS, By.KEEPER),
                *rows(_WAITING, _M.DROP, _S.DROPPED, REGISTRARS, By.KEEPER),
            ]
        ),
        specs={
            spec.move: spec
            for spec in (
                MoveSpec(_M.GIVE, "交办", "交办了任务", GiveTask),
                MoveSpec(_M.LAPSE, "逾期", "逾期未报告", NoArgs),
                MoveSpec(_M.REPORT, "提交报告", "提交了报告", Report),
                MoveSpec(_M.RETURN, "退回补充", "退回补充", SendBack),
                MoveSpec(_M.ACCEPT, "采用报告", "采用了报告", Accept),
                MoveSpec(_M.DROP, "取消任务", "取消了任务", Grounds),
            )
        },
        requirements={_M.REPORT: (still_a_watcher,), _M.LAPSE: (task_overdue,)},
        before_all=BEFORE_ALL,
        outsider=Reason("visit-not-yours", "这项任务不由您办理。"),
    ),
    first=(_M.GIVE, _S.GIVEN),
    statuses={
        _S.GIVEN: "待报告",
        _S.LATE: "逾期未报告",
        _S.REPORTED: "待审核",
        _S.ACCEPTED: "已采用",
        _S.DROPPED: "已取消",
    },
    ended=frozenset({_S.ACCEPTED, _S.DROPPED}),
    primary=(_M.REPORT, _M.ACCEPT),
    effects={_M.LAPSE: lapse, _M.REPORT: report, _M.RETURN: send_back, _M.ACCEPT: accept, _M.DROP: drop},
    mechanism="watchers",
    alarm=lambda one: Alarm(end_of(one.due_on), _M.LAPSE) if one.status is _S.GIVEN else None,
    hidden_from_subject=frozenset(_S),
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
