"""守信表彰: what a body did well, with who honoured it and by which document (哈尔滨 八: 正面内容 too).

Goes into the archive of the body beside its records; two people, for it speaks for the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from cases.errors import InvalidInput, Reason
from cases.instants import local_date
from cases.integrity.spine.blueprint import Blueprint, Opening
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.hands import CONFIRMERS, DECIDING
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.situation import BEFORE_ALL, Situation, not_who_began
from cases.integrity.spine.subjects import SubjectArgs
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.history import Entry
from cases.moves.table import MoveSpec, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.rule_books import Rules


class HonourStatus(StrEnum):
    ENTERED = "entered"
    CONFIRMED = "confirmed"
    REVOKED = "revoked"


class HonourMove(StrEnum):
    ENTER = "enter"
    CONFIRM = "confirm"
    REVOKE = "revoke"


class Honour(Dossier[HonourMove, HonourStatus]):
    kind: Kind = Kind.HONOUR
    title: str
    what: FreeText
    awarded_by: str
    document: str
    awarded_on: date
    ended_because: FreeText | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """One document honours a body once."""
        where = f"{self.jurisdiction}|{self.subject.name}"
        return (f"{where}|honour|{''.join(self.document.split())}",)


HonourEntry = Entry[HonourMove, HonourStatus]
AWARDED_LATER = Reason("awarded-later", "表彰日期不能晚于今天。")


class Enter(SubjectArgs):
    body: ShortWords = ask("受表彰单位", "body", help="写全称，例如西宁市城东区财政局")
    title: ShortWords = ask("名称", "text")
    what: Words = ask("守信事迹")
    awarded_by: ShortWords = ask("表彰机关", "text")
    document: ShortWords = ask("文号", "text")
    awarded_on: date = ask("表彰日期", "date")


confirmed_by_another = not_who_began("honour-confirmed-by-another", "登记人不能自己确认，请由另一人确认。")


def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    if args.awarded_on > local_date(now):
        raise InvalidInput(AWARDED_LATER)
    plain = ("title", "awarded_by", "document", "awarded_on")
    return {**{name: getattr(args, name) for name in plain}, "what": FreeText(args.what)}


def confirm(change: Making) -> None:
    change.tell_subject("subject-honour-confirmed")


def revoke(change: Making) -> None:
    end_with_reason(change)
    change.tell_subject("subject-honour-revoked")


_S, _M = HonourStatus, HonourMove
TABLE: Table[HonourStatus, HonourMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.ENTERED,), _M.CONFIRM, _S.CONFIRMED, CONFIRMERS, *DECIDING),
            *rows((_S.ENTERED, _S.CONFIRMED), _M.REVOKE, _S.REVOKED, CONFIRMERS, *DECIDING),
        ]
    ),
    specs={
        spec.move: spec
        for spec in (
            MoveSpec(_M.ENTER, "登记守信表彰", "登记了守信表彰", Enter),
            MoveSpec(_M.CONFIRM, "确认", "确认了守信表彰"),
            MoveSpec(_M.REVOKE, "撤销", "撤销了守信表彰", Grounds),
        )
    },
    requirements={_M.CONFIRM: (confirmed_by_another,)},
    before_all=BEFORE_ALL,
    outsider=Reason("honour-not-yours", "这项表彰不由您的单位办理。"),
)
BLUEPRINT = Blueprint(
    kind=Kind.HONOUR,
    model=Honour,
    entry=HonourEntry,
    table=TABLE,
    first=(_M.ENTER, _S.ENTERED),
    statuses={_S.ENTERED: "待确认", _S.CONFIRMED: "已确认", _S.REVOKED: "已撤销"},
    ended=frozenset({_S.CONFIRMED, _S.REVOKED}),
    public=frozenset({_S.CONFIRMED}),
    void=frozenset({_S.REVOKED}),
    primary=(_M.CONFIRM,),
    effects={_M.CONFIRM: confirm, _M.REVOKE: revoke},
    mechanism="archive",
    opening=Opening(args=Enter, roles=frozenset({Role.REGISTRAR}), fill=_fill),
    hidden_from_subject=frozenset({_S.ENTERED}),
    labels={
        "title": "名称",
        "what": "守信事迹",
        "awarded_by": "表彰机关",
        "document": "文号",
        "awarded_on": "表彰日期",
        "ended_because": "撤销理由",
    },
)
