"""Making a move on an object: `make` is the one way from one state to the next; pure, to be tested whole.

A move may open objects that belong to this one, and move relatives along (granted repair ends a publication):
all of it is one result, stored in one transaction.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from cases.clocks import Clock
from cases.clocks import start as start_clock
from cases.errors import ConflictOfInterest, InvalidInput
from cases.instants import local_date, to_instant
from cases.integrity.spine.announcing import announced
from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.dossier import AnyDossier, D
from cases.integrity.spine.situation import Situation, not_of_the_subject
from cases.integrity.spine.subjects import SubjectArgs, area_of, home_of, not_for, subject_of
from cases.integrity.spine.vocabulary import PREFIXES, Kind
from cases.lifecycle.conflicts import barred_departments
from cases.lifecycle.forms import Grounds
from cases.model import Notification
from cases.moves.change import OTHER_ARGUMENTS
from cases.moves.history import next_entry
from cases.moves.table import Args, NoArgs
from cases.numbers import make_number
from cases.people import SYSTEM, Actor, Role
from cases.records import FreeText
from cases.rules.rule_books import Rules
from cases.timed import TimedChange
from cases.vocabulary import Audience, ClockKind

INHERITED = (
    "jurisdiction",
    "subject",
    "keeper",
    "keeper_name",
    "source",
    "domain",
    "barred",
    "named",
    "person",
    "sealed",
)
"""What an object takes over from the one it belongs to."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the service looked up beforehand because a pure function cannot."""

    serial: int = 0
    """The number of a document of the keeper, taken for this move."""
    other: AnyDossier | None = None
    """The object that `into` of the arguments names."""
    counted: Any = None
    """The figures of an evaluation as they stand now."""
    attempt: int = 0
    """Moves the numbers of what is opened on, when one is taken."""


@dataclass(frozen=True, slots=True)
class Made:
    """All that one move changed: the object itself first, its relatives, and what was opened."""

    dossier: AnyDossier
    moved: tuple[AnyDossier, ...] = ()
    opened: tuple[AnyDossier, ...] = ()


@dataclass(slots=True, kw_only=True)
class Making(TimedChange[Any]):
    """One move of an object being made. `subject` is the object before (as in every `Change`)."""

    at: Situation
    looked_up: LookedUp
    told: list[Notification] = field(default_factory=list)
    opened: list[AnyDossier] = field(default_factory=list)
    along: list[tuple[AnyDossier, StrEnum, Args]] = field(default_factory=list)

    @property
    def dossier(self) -> Any:
        return self.subject

    # -- clocks -----------------------------------------------------------------------------------
    def start_term(self, kind: ClockKind) -> Clock:
        return self.start(self.rules.term(kind), self.dossier.keeper)

    # -- relatives --------------------------------------------------------------------------------
    def open(self, kind: Kind, *clocks: ClockKind, **fields: Any) -> AnyDossier:
        """Begin an object that belongs to this one; it has the same subject, keeper and source."""
        blueprint, about = self.at.books[kind], self.dossier
        seed = f"{about.id}:{len(about.history) + 1}:{kind}:{len(self.opened)}"
        common = {name: getattr(about, name) for name in INHERITED}
        move, status = blueprint.first
        entry = next_entry(blueprint.entry, (), move, self.actor, self.now, None, status)
        opened = blueprint.model(
            **{
                **common,
                "id": number_of(kind, seed, self.now, self.looked_up.attempt),
                "kind": kind,
                "filing_key": seed,
                "opened_at": self.now,
                "updated_at": self.now,
                "status": status,
                "history": (entry,),
                "about": about.id,
                "clocks": tuple(
                    start_clock(self.rules.term(clock), self.now, self.rules.calendar, about.keeper)
                    for clock in clocks
                ),
                **fields,
            }
        )
        self.opened.append(announced(opened, blueprint, opened=True))
        return opened

    def move_along(self, relative: AnyDossier, move: StrEnum, args: Args | None = None) -> None:
        """Let the system make this move on a relative, in the same transaction; its own table decides."""
        self.along.append((relative, move, args or NoArgs()))

    def relatives(self, kind: type[D]) -> list[D]:
        """Those of this kind that have not ended."""
        return [one for one in self.at.relatives(kind) if self.at.is_open(one)]

    # -- who is told ------------------------------------------------------------------------------
    def tell(self, audience: Audience, template: str, target: str | None = None, **params: Any) -> None:
        seq = len(self.dossier.history) + 1
        self.told.append(
            Notification(
                id=f"{self.dossier.id}:{seq}:{len(self.told)}",
                audience=audience,
                target=target,
                template=template,
                params={"id": self.dossier.id, **params},
            )
        )

    def tell_citizen(self, template: str, **params: Any) -> None:
        """Whoever filed the source case; without one, or about an official, nobody."""
        if self.dossier.source is not None and not self.dossier.sealed:
            self.tell(Audience.CITIZEN, template, None, department=self.dossier.subject.name, **params)

    def tell_keeper(self, template: str, *roles: Role, **params: Any) -> None:
        named = [Role.REGISTRAR.value] if self.dossier.sealed else [role.value for role in roles]
        self.tell(Audience.DEPARTMENT, template, self.dossier.keeper, roles=named, **params)

    def tell_subject(self, template: str, **params: Any) -> None:
        """Its representatives, if it is a body of ours; an official by the own account."""
        if self.dossier.person is not None:
            self.tell(Audience.STAFF, template, self.dossier.person, **params)
        elif self.dossier.subject.department is not None:
            roles = [Role.SUBJECT.value]
            self.tell(Audience.DEPARTMENT, template, self.dossier.subject.department, roles=roles, **params)


def end_with_reason(change: Making) -> None:
    """The effect of every move that ends an object on somebody's word: the reason is kept."""
    change.note = change.given(Grounds).reason
    change.set(ended_because=FreeText(change.note))


def number_of(kind: Kind, seed: str, now: datetime, attempt: int = 0) -> str:
    """The same wish gives the same number."""
    digest = hashlib.sha256(seed.encode()).digest()
    return make_number(digest, local_date(now), attempt, PREFIXES[kind])


def opened_by(
    blueprint: Blueprint,
    args: Args,
    actor: Actor,
    rules: Rules,
    now: datetime,
    *,
    filing_key: str,
    source: str | None = None,
    named: tuple[str, ...] = (),
    key: str = "",
    attempt: int = 0,
) -> AnyDossier:
    """A new object that belongs to no other, kept by the actor's department.

    Raises InvalidInput for arguments that do not fit, ConflictOfInterest for somebody of the subject.
    """
    opening, home = blueprint.opening, home_of(actor, rules)
    if opening is None or not isinstance(args, opening.args):
        raise InvalidInput(OTHER_ARGUMENTS)
    keeper = rules.jurisdictions.department(str(actor.department))
    if isinstance(args, SubjectArgs) and not args.about_the_area:
        subject = subject_of(args, rules, home)
        not_for(actor, subject, rules)
    else:
        subject = area_of(keeper, home, rules.jurisdictions)
    if actor.id in named:
        raise ConflictOfInterest(not_of_the_subject.reason)
    move, status = blueprint.first
    entry = next_entry(blueprint.entry, (), move, actor, now, None, status, key=key)
    opened = blueprint.model(
        **{
            "id": number_of(blueprint.kind, filing_key, now, attempt),
            "kind": blueprint.kind,
            "filing_key": filing_key,
            "opened_at": now,
            "updated_at": now,
            "status": status,
            "history": (entry,),
            "jurisdiction": home.id,
            "subject": subject,
            "keeper": keeper.id,
            "keeper_name": keeper.title,
            "source": source,
            "barred": tuple(sorted(barred_departments(subject.bodies, rules.jurisdictions))),
            "named": named,
            **opening.fill(args, actor, rules, now),
        }
    )
    return announced(opened, blueprint, opened=True)


NOTHING = LookedUp()


def make(at: Situation, move: StrEnum, args: Args, *, looked_up: LookedUp = NOTHING, key: str = "") -> Made:
    """Everything as it is after the move; versions are unchanged.

    Raises what stands against the move in the table, and InvalidInput for arguments that do not fit.
    """
    blueprint = at.books[at.dossier.kind]
    row = blueprint.table.check(move, at)
    change = Making(
        subject=at.dossier,
        move=move,
        args=args,
        actor=at.actor,
        now=to_instant(at.now),
        rules=at.rules,
        at=at,
        looked_up=looked_up,
    )
    if effect := blueprint.effects.get(move):
        effect(change)
    if row.to in blueprint.ended:
        change.stop_clocks()
    change.set(notifications=(*at.dossier.notifications, *change.told))
    changed = announced(change.settle(row, blueprint.entry, key), blueprint)
    around = {one.id: one for one in (*at.family, changed, *change.opened)}
    moved: dict[str, AnyDossier] = {}
    opened = tuple(change.opened)
    for relative, along, given in change.along:
        family = tuple(one for one in around.values() if one.id != relative.id)
        then = replace(at, dossier=around[relative.id], actor=SYSTEM, named=False, family=family)
        others = make(then, along, given, looked_up=looked_up)
        moved |= {one.id: one for one in (others.dossier, *others.moved)}
        around |= moved
        opened += others.opened
    return Made(moved.pop(changed.id, changed), tuple(moved.values()), opened)
