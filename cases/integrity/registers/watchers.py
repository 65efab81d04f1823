"""社会监督员 (哈尔滨 六、七): the roster, with terms and recusals, and the giving of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date
from cases.integrity.registers.commitment_model import Commitment
from cases.integrity.registers.commitments import PUBLIC
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.dossier import Dossier, Subject
from cases.integrity.spine.hands import CONFIRMERS, REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.subjects import SubjectArgs, subject_of
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.conflicts import barred_departments, meant_by
from cases.lifecycle.forms import Grounds
from cases.model import Accused
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.history import Entry
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.vocabulary import Audience


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
NO_SUCH_PROMISE = Reason("no-such-promise", "没有编号为“{id}”的公开承诺，请核对或者不填。")
TASK_IN_THE_PAST = Reason("task-in-the-past", "完成期限不能早于今天。")


class Appoint(Args):
    name: ShortWords = ask("姓名", "text")
    comes_from: ShortWords = ask("来自", "text", help="例如市人大代表、服务对象单位")
    fields: ShortWords = ask("监督领域", "text")
    recusals: tuple[ShortWords, ...] = ask(
        "应当回避的单位", "checklist", default=(), max_length=20, help="每行一个，写全称"
    )
    account: str = ask(
        "本人账号", "code", default="", max_length=100, help="写登录名；没有的留空，由经办人代为登记"
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
    promise = change.looked_up.other
    if args.commitment.strip() and not (isinstance(promise, Commitment) and promise.status in PUBLIC):
        raise InvalidInput(NO_SUCH_PROMISE, id=args.commitment.strip())
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
    if watcher.account:
        until = end_of(args.due_on).isoformat()
        change.tell(Audience.STAFF, "staff-visit-given", watcher.account, id=opened.id, until=until)


def _is_meant(name: str, subject: Subject, known: Jurisdictions) -> bool:
    """Whether a recusal, however the body is called in it, may mean this one; in doubt it does."""
    return name == subject.name or subject.department in meant_by(Accused(name=name), known)


def end(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.note = reason
    change.set(ended_because=FreeText(reason))


_S, _M = WatcherStatus, WatcherMove
BLUEPRINT = Blueprint(
    kind=Kind.WATCHER,
    model=Watcher,
    entry=WatcherEntry,
    table=Table(
        rows=by_status_and_move(
            [
                *rows((_S.APPOINTED,), _M.PROLONG, SAME, REGISTRARS, By.KEEPER),
                *rows((_S.APPOINTED,), _M.GIVE_TASK, SAME, REGISTRARS, By.KEEPER),
                *rows((_S.APPOINTED,), _M.END, _S.ENDED, CONFIRMERS, By.KEEPER, By.LEAD),
                *rows((_S.APPOINTED,), _M.EXPIRE, _S.ENDED, SYSTEM, By.SYSTEM),
            ]
        ),
        specs={
            spec.move: spec
            for spec in (
                MoveSpec(_M.APPOINT, "聘任监督员", "聘任了监督员", Appoint),
                MoveSpec(_M.PROLONG, "续聘", "续聘了监督员", Prolong),
                MoveSpec(_M.GIVE_TASK, "交办监督任务", "交办了监督任务", GiveTask),
                MoveSpec(_M.END, "解聘", "解聘了监督员", Grounds),
                MoveSpec(_M.EXPIRE, "任期届满", "任期届满", NoArgs),
            )
        },
        requirements={_M.GIVE_TASK: (term_running,), _M.EXPIRE: (term_over,)},
        before_all=BEFORE_ALL,
        outsider=Reason("watcher-not-yours", "监督员不由您的单位管理。"),
    ),
    first=(_M.APPOINT, _S.APPOINTED),
    statuses={_S.APPOINTED: "在任", _S.ENDED: "已离任"},
    ended=frozenset({_S.ENDED}),
    primary=(_M.GIVE_TASK,),
    effects={_M.PROLONG: prolong, _M.GIVE_TASK: give_task, _M.END: end},
    mechanism="watchers",
    opening=Opening(args=Appoint, roles=REGISTRARS, fill=_appoint, account_of=Role.WATCHER),
    alarm=lambda one: Alarm(end_of(one.ends_on), _M.EXPIRE) if one.status is _S.APPOINTED else None,
    labels={
        "name": "姓名",
        "comes_from": "来自",
        "fields": "监督领域",
        "recusals": "应当回避的单位",
        "account": "本人账号",
        "begins_on": "任期自",
        "ends_on": "任期至",
        "ended_because": "离任理由",
    },
)
