"""第三方评价委托: which outside evaluator may see the anonymised aggregates, by which contract, how long.

(青海 三(一)3, 吉林 三(二)四, 惠城 第8段.) Two people open the access; it ends by itself. What may be seen is
in `cases/service/credit/aggregates.py`: no case, no person, no body by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from cases.errors import InvalidInput, Reason
from cases.instants import end_of, local_date
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.hands import CONFIRMERS, DECIDING, REGISTRARS, SYSTEM
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.situation import BEFORE_ALL, Situation, not_who_began
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import ShortWords, ask
from cases.moves.history import Entry
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.rule_books import Rules


class MandateStatus(StrEnum):
    DRAFTED = "drafted"
    STANDING = "standing"
    ENDED = "ended"


class MandateMove(StrEnum):
    DRAFT = "draft"
    GRANT = "grant"
    PROLONG = "prolong"
    END = "end"
    EXPIRE = "expire"


class Mandate(Dossier[MandateMove, MandateStatus]):
    """The account that may look is its assignee."""

    kind: Kind = Kind.MANDATE
    institution: str
    contract: str
    purpose: FreeText
    account: str
    begins_on: date
    ends_on: date
    ended_because: FreeText | None = None

    def opens_on(self, day: date) -> bool:
        """Both days included."""
        return self.status is MandateStatus.STANDING and self.begins_on <= day <= self.ends_on


MandateEntry = Entry[MandateMove, MandateStatus]
MANDATE_TERM = Reason("mandate-term", "委托的结束日期不能早于开始日期，也不能早于今天。")


class Draft(Args):
    institution: ShortWords = ask("第三方机构", "text", help="写机构全称")
    contract: ShortWords = ask("合同或者委托书编号", "text")
    purpose: ShortWords = ask("评价内容", "text")
    account: ShortWords = ask("评价员账号", "code", help="写登录名；角色为第三方评价员，由管理员建立")
    begins_on: date = ask("自", "date")
    ends_on: date = ask("至", "date", help="到期自动停止访问")


class Prolong(Args):
    ends_on: date = ask("延长至", "date")


@require("委托还没有到期。")
def mandate_over(at: Situation) -> bool:
    return at.now > end_of(at.dossier.ends_on)


granted_by_another = not_who_began("mandate-granted-by-another", "起草人不能自己批准委托，请由另一人批准。")


def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    if args.ends_on < max(args.begins_on, local_date(now)):
        raise InvalidInput(MANDATE_TERM)
    return {
        **{name: getattr(args, name) for name in ("institution", "contract", "begins_on", "ends_on")},
        "purpose": FreeText(args.purpose),
        "account": args.account.strip(),
        "assignee": args.account.strip(),
    }


def prolong(change: Making) -> None:
    until = change.given(Prolong).ends_on
    if until <= change.dossier.ends_on:
        raise InvalidInput(MANDATE_TERM)
    change.set(ends_on=until)


_S, _M = MandateStatus, MandateMove
_OPEN = (_S.DRAFTED, _S.STANDING)
BLUEPRINT = Blueprint(
    kind=Kind.MANDATE,
    model=Mandate,
    entry=MandateEntry,
    table=Table(
        rows=by_status_and_move(
            [
                *rows((_S.DRAFTED,), _M.GRANT, _S.STANDING, CONFIRMERS, *DECIDING),
                *rows((_S.STANDING,), _M.PROLONG, SAME, CONFIRMERS, *DECIDING),
                *rows(_OPEN, _M.END, _S.ENDED, CONFIRMERS, *DECIDING),
                *rows(_OPEN, _M.EXPIRE, _S.ENDED, SYSTEM, By.SYSTEM),
            ]
        ),
        specs={
            spec.move: spec
            for spec in (
                MoveSpec(_M.DRAFT, "起草第三方评价委托", "起草了第三方评价委托", Draft),
                MoveSpec(_M.GRANT, "批准委托", "批准了委托"),
                MoveSpec(_M.PROLONG, "延长委托", "延长了委托", Prolong),
                MoveSpec(_M.END, "终止委托", "终止了委托", Grounds),
                MoveSpec(_M.EXPIRE, "委托到期", "委托到期，访问已停止", NoArgs),
            )
        },
        requirements={
            _M.GRANT: (granted_by_another,),
            _M.PROLONG: (granted_by_another,),
            _M.EXPIRE: (mandate_over,),
        },
        before_all=BEFORE_ALL,
        outsider=Reason("mandate-not-yours", "这项委托不由您的单位办理。"),
    ),
    first=(_M.DRAFT, _S.DRAFTED),
    statuses={_S.DRAFTED: "待批准", _S.STANDING: "委托中", _S.ENDED: "已终止"},
    ended=frozenset({_S.ENDED}),
    primary=(_M.GRANT,),
    effects={_M.PROLONG: prolong, _M.END: end_with_reason},
    mechanism="third_party",
    opening=Opening(args=Draft, roles=REGISTRARS, fill=_fill, account_of=Role.EVALUATOR),
    alarm=lambda one: Alarm(end_of(one.ends_on), _M.EXPIRE) if one.status is not _S.ENDED else None,
    labels={
        "institution": "第三方机构",
        "contract": "合同或者委托书编号",
        "purpose": "评价内容",
        "account": "评价员账号",
        "begins_on": "自",
        "ends_on": "至",
        "ended_because": "终止理由",
    },
)
