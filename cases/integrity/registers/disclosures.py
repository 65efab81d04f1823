"""限期公开: what a body has to make public by a day, and whether it did: 双公示, and the arrears of the year.

Licences and penalties within seven days of the decision (青政〔2017〕47号 二(二)2), where a document has it;
what is overdue to small and medium firms by 31 March of the next year (保障中小企业款项支付条例 第18条),
everywhere. The register tells how timely a body is; what is published stands at the address it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import HttpUrl, StringConstraints

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.hands import BODY_SPEAKERS, BODY_SPEAKING, CONFIRMERS, DECIDING, REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.subjects import SubjectArgs, home_of
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import ShortWords, ask
from cases.moves.history import Entry
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.laws import SMALL_FIRMS
from cases.rules.rule_books import Rules

DAYS = timedelta(days=7)
"""From the decision; calendar days, for the document of 青海 does not say working days."""


class DisclosureStatus(StrEnum):
    DUE = "due"
    LATE = "late"
    POSTED = "posted"
    WITHDRAWN = "withdrawn"


class DisclosureMove(StrEnum):
    ENTER = "enter"
    REVISE = "revise"
    LAPSE = "lapse"
    POST = "post"
    WITHDRAW = "withdraw"


class Disclosed(StrEnum):
    LICENCE = "licence"
    PENALTY = "penalty"
    ARREARS = "arrears"


MATTER_NAMES: dict[Disclosed, str] = {
    Disclosed.LICENCE: "行政许可",
    Disclosed.PENALTY: "行政处罚",
    Disclosed.ARREARS: "逾期未付中小企业款项",
}


class Disclosure(Dossier[DisclosureMove, DisclosureStatus]):
    kind: Kind = Kind.DISCLOSURE
    matter: Disclosed
    title: str
    number: str
    decided_on: date
    due_on: date
    posted_on: date | None = None
    address: str | None = None
    """Where it is published."""
    ended_because: FreeText | None = None

    @property
    def days_late(self) -> int:
        """0 when it was in time or is not published yet."""
        return max(0, (self.posted_on - self.due_on).days) if self.posted_on else 0


DisclosureEntry = Entry[DisclosureMove, DisclosureStatus]
NO_DOUBLE_PUBLICITY = Reason(
    "no-double-publicity", "本辖区文件未设“双公示”制度，只能登记逾期未付中小企业款项的年度公开。"
)
DECIDED_LATER = Reason("decided-later", "作出决定的日期不能晚于今天。")
POSTED_WRONG = Reason("posted-wrong", "公开日期不能早于作出决定的日期，也不能晚于今天。")


# -- forms ----------------------------------------------------------------------------------------
class Content(Args):
    matter: Disclosed = ask("公开内容", "choice", choices=MATTER_NAMES)
    title: ShortWords = ask("名称", "text", help="写事项名称，不写个人姓名")
    number: str = ask("决定书文号", "text", default="", max_length=100)
    decided_on: date = ask("作出决定的日期", "date", help="年度欠款公开填所报年度的12月31日")


class Enter(Content, SubjectArgs):
    body: ShortWords = ask("应当公开的单位", "body", help="写全称，例如西宁市城东区财政局")


class Post(Args):
    posted_on: date = ask("公开日期", "date")
    address: Annotated[HttpUrl, StringConstraints(max_length=500)] = ask(
        "公开网址", "text", help="例如信用网站上该条信息的网址"
    )


# -- what moves need ------------------------------------------------------------------------------
@require("公开的期限还没有到。")
def time_is_over(at: Situation) -> bool:
    return at.now > end_of(at.dossier.due_on)


# -- what moves do --------------------------------------------------------------------------------
def due_on(matter: Disclosed, decided_on: date) -> date:
    """The last day on which it is in time."""
    if matter is Disclosed.ARREARS:
        return date(decided_on.year + 1, 3, 31)
    return decided_on + DAYS


def _content(args: Content, now: datetime) -> dict[str, Any]:
    if args.matter is not Disclosed.ARREARS and args.decided_on > local_date(now):
        raise InvalidInput(DECIDED_LATER)
    return {
        "matter": args.matter,
        "title": args.title,
        "number": args.number.strip(),
        "decided_on": args.decided_on,
        "due_on": due_on(args.matter, args.decided_on),
    }


def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    home = home_of(actor, rules)
    if args.matter is not Disclosed.ARREARS and BLUEPRINT.mechanism not in home.mechanisms:
        raise InvalidInput(NO_DOUBLE_PUBLICITY)
    return _content(args, now)


def revise(change: Making) -> None:
    change.set(**_content(change.given(Content), change.now))


def lapse(change: Making) -> None:
    change.tell_subject("subject-disclosure-late", until=end_of(change.dossier.due_on).isoformat())
    change.tell_keeper("staff-disclosure-late", Role.REGISTRAR)


def post(change: Making) -> None:
    args = change.given(Post)
    if not change.dossier.decided_on <= args.posted_on <= local_date(change.now):
        raise InvalidInput(POSTED_WRONG)
    change.set(posted_on=args.posted_on, address=str(args.address))


# -- the table ------------------------------------------------------------------------------------
_S, _M = DisclosureStatus, DisclosureMove
_WAITING = (_S.DUE, _S.LATE)

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.ENTER, "登记限期公开", "登记了限期公开", Enter),
        MoveSpec(_M.REVISE, "修改", "修改了限期公开", Content),
        MoveSpec(_M.LAPSE, "逾期", "逾期未公开", NoArgs),
        MoveSpec(_M.POST, "登记公开情况", "登记了公开情况", Post),
        MoveSpec(_M.WITHDRAW, "撤下（登记有误）", "撤下了登记有误的条目", Grounds),
    )
}
TABLE: Table[DisclosureStatus, DisclosureMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.DUE,), _M.REVISE, SAME, REGISTRARS, By.KEEPER),
            *rows((_S.DUE,), _M.LAPSE, _S.LATE, SYSTEM, By.SYSTEM),
            *rows(_WAITING, _M.POST, _S.POSTED, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows((*_WAITING, _S.POSTED), _M.WITHDRAW, _S.WITHDRAWN, CONFIRMERS, *DECIDING),
        ]
    ),
    specs=MOVES,
    requirements={_M.LAPSE: (time_is_over,)},
    before_all=BEFORE_ALL,
    outsider=Reason("disclosure-not-yours", "这一条不由您的单位办理。"),
)


def _alarm(disclosure: Disclosure) -> Alarm | None:
    return Alarm(end_of(disclosure.due_on), _M.LAPSE) if disclosure.status is _S.DUE else None


STATUS_NAMES: dict[DisclosureStatus, str] = {
    _S.DUE: "待公开",
    _S.LATE: "逾期未公开",
    _S.POSTED: "已公开",
    _S.WITHDRAWN: "已撤下",
}
PUBLIC = frozenset({_S.LATE, _S.POSTED})
PUBLIC_NAMES = {status: name for status, name in STATUS_NAMES.items() if status in PUBLIC}
BLUEPRINT = Blueprint(
    kind=Kind.DISCLOSURE,
    model=Disclosure,
    entry=DisclosureEntry,
    table=TABLE,
    first=(_M.ENTER, _S.DUE),
    statuses=STATUS_NAMES,
    ended=frozenset({_S.POSTED, _S.WITHDRAWN}),
    primary=(_M.POST,),
    effects={_M.REVISE: revise, _M.LAPSE: lapse, _M.POST: post, _M.WITHDRAW: end_with_reason},
    mechanism="double_publicity",
    national=SMALL_FIRMS.cite("第十八条"),
    opening=Opening(args=Enter, roles=REGISTRARS, fill=_fill),
    public=PUBLIC,
    alarm=_alarm,
    labels={
        "matter": "公开内容",
        "title": "名称",
        "number": "决定书文号",
        "decided_on": "作出决定的日期",
        "due_on": "最迟公开日期",
        "posted_on": "公开日期",
        "address": "公开网址",
        "ended_because": "说明",
    },
)
