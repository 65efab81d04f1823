"""通报、曝光: a notice of its own, with the facts of the record and no other words, signed by two people."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from cases.errors import InvalidInput, Reason
from cases.instants import local_date
from cases.integrity.breaches.publications import MAY_BE_PUBLIC
from cases.integrity.breaches.record_model import Severity
from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.hands import DECIDING, RELEASERS
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation, not_who_began
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import ask
from cases.moves.history import Entry
from cases.moves.table import Args, MoveSpec, Table, by_status_and_move, rows
from cases.people import Role
from cases.records import FreeText


class ExposureStatus(StrEnum):
    DRAFTED = "drafted"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class ExposureMove(StrEnum):
    DRAFT = "draft"
    RELEASE = "release"
    DROP = "drop"
    WITHDRAW = "withdraw"


class Scope(StrEnum):
    INTERNAL = "internal"
    LEVEL = "level"
    PUBLIC = "public"


class Ground(StrEnum):
    """发改财金〔2023〕1103号: which cases are exposed."""

    SERIOUS = "serious"
    REPEATED = "repeated"
    RESENTED = "resented"


SCOPE_NAMES: dict[Scope, str] = {
    Scope.INTERNAL: "内部通报",
    Scope.LEVEL: "本级范围通报",
    Scope.PUBLIC: "公开曝光",
}
GROUND_NAMES: dict[Ground, str] = {
    Ground.SERIOUS: "情节严重",
    Ground.REPEATED: "多次失信",
    Ground.RESENTED: "群众反映强烈",
}


class Exposure(Dossier[ExposureMove, ExposureStatus]):
    kind: Kind = Kind.EXPOSURE
    scope: Scope
    ground: Ground
    facts: FreeText
    serial: str = ""
    signer: str = ""
    released_on: date | None = None
    tombstone: FreeText | None = None

    @property
    def for_everybody(self) -> bool:
        return self.scope is Scope.PUBLIC


ExposureEntry = Entry[ExposureMove, ExposureStatus]


class Draft(Args):
    """Of the record's move that opens it; the facts are the record's."""

    scope: Scope = ask("范围", "choice", choices=SCOPE_NAMES)
    ground: Ground = ask("事由", "choice", choices=GROUND_NAMES)


NOT_SERIOUS = Reason("not-serious", "这条记录没有定为严重，不能以情节严重通报。")


signed_by_another = not_who_began("signed-by-another", "起草人不能自己签发，请由另一人签发通报。")


def draft(change: Making) -> None:
    """A move of the record."""
    args, record = change.given(Draft), change.dossier
    if args.ground is Ground.SERIOUS and record.severity is not Severity.SERIOUS:
        raise InvalidInput(NOT_SERIOUS)
    opened = change.open(Kind.EXPOSURE, scope=args.scope, ground=args.ground, facts=record.facts)
    change.data["exposure"] = opened.id
    change.tell_keeper("staff-exposure-drafted", Role.RELEASER)


def release(change: Making) -> None:
    today = local_date(change.now)
    serial = f"{change.dossier.keeper_name}通报〔{today.year}〕{change.looked_up.serial}号"
    change.set(serial=serial, signer=change.actor.name, released_on=today)
    change.data["serial"] = serial
    change.tell_subject("subject-exposed")


def drop(change: Making) -> None:
    change.note = change.given(Grounds).reason


def withdraw(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.note = reason
    change.set(facts=FreeText(""), tombstone=FreeText(reason))
    change.tell_subject("subject-exposure-withdrawn")


def withdraw_all(change: Making, reason: str) -> None:
    """For the moves of a record: a notice goes with it."""
    for exposure in change.relatives(Exposure):
        waits = exposure.status is ExposureStatus.DRAFTED
        move = ExposureMove.DROP if waits else ExposureMove.WITHDRAW
        change.move_along(exposure, move, Grounds(reason=reason))


_S, _M = ExposureStatus, ExposureMove
_DECIDERS = frozenset({Role.RELEASER, Role.CONFIRMER, Role.SYSTEM})

MOVES = {
    spec.move: spec
    for spec in (
        MoveSpec(_M.DRAFT, "起草通报曝光", "起草了通报", Draft),
        MoveSpec(_M.RELEASE, "签发通报", "签发了通报"),
        MoveSpec(_M.DROP, "不予通报", "不予通报", Grounds),
        MoveSpec(_M.WITHDRAW, "撤回通报", "撤回了通报", Grounds),
    )
}
TABLE: Table[ExposureStatus, ExposureMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.DRAFTED,), _M.RELEASE, _S.RELEASED, RELEASERS, *DECIDING),
            *rows((_S.DRAFTED,), _M.DROP, _S.DROPPED, _DECIDERS, *DECIDING, By.SYSTEM),
            *rows((_S.RELEASED,), _M.WITHDRAW, _S.WITHDRAWN, _DECIDERS, *DECIDING, By.SYSTEM),
        ]
    ),
    specs=MOVES,
    requirements={_M.RELEASE: (*MAY_BE_PUBLIC, signed_by_another)},
    before_all=BEFORE_ALL,
    outsider=Reason("exposure-not-yours", "这份通报不由您的单位办理。"),
)
BLUEPRINT = Blueprint(
    kind=Kind.EXPOSURE,
    model=Exposure,
    entry=ExposureEntry,
    table=TABLE,
    first=(_M.DRAFT, _S.DRAFTED),
    statuses={
        _S.DRAFTED: "已起草",
        _S.RELEASED: "已通报",
        _S.WITHDRAWN: "已撤回",
        _S.DROPPED: "不予通报",
    },
    ended=frozenset({_S.WITHDRAWN, _S.DROPPED}),
    primary=(_M.RELEASE,),
    effects={_M.RELEASE: release, _M.DROP: drop, _M.WITHDRAW: withdraw},
    mechanism="exposure",
    hidden_from_subject=frozenset({_S.DRAFTED, _S.DROPPED}),
    public=frozenset({_S.RELEASED, _S.WITHDRAWN}),
    takes_serial=frozenset({_M.RELEASE}),
    labels={
        "serial": "文号",
        "scope": "范围",
        "ground": "事由",
        "facts": "事实",
        "signer": "签发人",
        "released_on": "发布日期",
        "tombstone": "撤回说明",
    },
)
