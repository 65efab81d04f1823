"""Objects brought into every state by their own moves, with people who stand to them in every way.

A world is everything that belongs together: an order, its record, the record's publication. Worlds are walked
from the openings on, so a new object needs its arguments here and nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from cases.figures.profiles import profile_of
from cases.instants import local_date
from cases.integrity.books import BOOKS
from cases.integrity.breaches.record_model import RecordStatus
from cases.integrity.registers.list_model import NameList
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.making import LookedUp, Made, make, opened_by
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.vocabulary import Kind
from cases.moves.table import Args
from cases.people import SYSTEM, Actor, Role
from tests.town.clock import MONDAY
from tests.town.dossiers import ARGS, OPENINGS
from tests.town.places import FINANCE, REFORM
from tests.town.rules import RULES

SUBJECT = "630000:省教育厅"
ABOVE = "630000:青海省人民政府"
STRANGER = "230000:省财政厅"
PLACES = {"keeper": FINANCE, "lead": REFORM, "above": ABOVE, "subject": SUBJECT, "stranger": STRANGER}
ROLES = tuple(role for role in Role if role not in {Role.CITIZEN, Role.SYSTEM})
LATER = (timedelta(0), timedelta(days=10), timedelta(days=40), timedelta(days=100), timedelta(days=1500))
NAMED = "s-named"
CONCERNED = (
    Role.REGISTRAR,
    Role.CONFIRMER,
    Role.RELEASER,
    Role.SUBJECT,
    Role.SUPERVISOR,
    Role.AUDITOR,
    Role.HANDLER,
)
"""Elsewhere the other roles of a desk stand as a handler does."""
WORKING = frozenset({Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER, Role.SUBJECT, Role.SUPERVISOR})
REGISTRAR = Actor(roles=frozenset({Role.REGISTRAR}), id="s-registrar", name="甲", department=FINANCE)


def people() -> Iterator[Actor]:
    """Every role in every place, a second confirmer and registrar, one named in the case, and the system."""
    for place, department in PLACES.items():
        for role in ROLES if place == "keeper" else CONCERNED:
            name = f"{place}-{role}"
            yield Actor(roles=frozenset({role}), id=name, name=name, department=department)
    for role in (Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER):
        yield Actor(roles=frozenset({role}), id=f"second-{role}", name="乙", department=FINANCE)
    yield Actor(roles=frozenset({Role.HANDLER}), id="s-official", name="戊", department=SUBJECT)
    yield Actor(roles=frozenset(ROLES), id=NAMED, name="丙", department=FINANCE)
    yield Actor(roles=frozenset(ROLES), id="s-subject-all", name="丁", department=SUBJECT)
    yield SYSTEM


PEOPLE = tuple(people())
ABLE = tuple(
    person
    for person in PEOPLE
    if person is SYSTEM
    or person.id.startswith("second-")  # type: ignore[union-attr]
    or (person.department in {FINANCE, SUBJECT, ABOVE} and person.roles & WORKING and len(person.roles) == 1)
)
"""Those of whom somebody can make any move."""


@dataclass(frozen=True)
class World:
    dossiers: Mapping[str, AnyDossier]
    now: datetime
    fresh: tuple[str, ...] = ()
    """Ids of those that stand here as they stand in no earlier world."""

    def before(self, dossier: AnyDossier, actor: Actor) -> Situation:
        """As the service would find it."""
        roots = {dossier.id, dossier.about} - {None}
        family = tuple(
            one
            for one in self.dossiers.values()
            if one.id != dossier.id and (one.id == dossier.about or one.about in roots)
        )
        return Situation(dossier, actor, RULES, self.now, BOOKS, family)

    def after(self, made: Made) -> World:
        changed = {one.id: one for one in (made.dossier, *made.moved, *made.opened)}
        return replace(self, dossiers={**self.dossiers, **changed})


def _signature(dossier: AnyDossier) -> tuple[Any, ...]:
    """All that a table may look at, but for dates."""
    told_apart = {"history", "notifications", "version", "updated_at", "sharing"}
    given = tuple(name for name, value in dossier if name not in told_apart and value)
    clocks = {(clock.kind, clock.ended, clock.paused_at is None) for clock in dossier.clocks}
    return dossier.kind, dossier.status, given, frozenset(clocks)


def opened(kind: Kind, **changes: Any) -> AnyDossier:
    blueprint = BOOKS[kind]
    assert blueprint.opening is not None
    args = blueprint.opening.args.model_validate({**OPENINGS[kind], **changes})
    return opened_by(
        blueprint,
        args,
        REGISTRAR,
        RULES,
        MONDAY,
        filing_key=f"first-{kind}-{sorted(changes)}",
        source="r" * 32,
        named=(NAMED,),
    )


def fitting(dossier: AnyDossier, move: StrEnum, now: datetime) -> Args:
    """What somebody would fill in who reads the form."""
    given = dict(ARGS.get((dossier.kind, move.value), {}))
    if (dossier.kind, move.value) == (Kind.RECORD, "sanction"):
        day = local_date(now)
        given |= {"measure": "merit" if dossier.sealed else "honours"}
        given |= {"begins_on": day, "ends_on": day + timedelta(days=90)}
    if (dossier.kind, move.value) == (Kind.MEDIATION, "settle"):
        given |= {"settled_on": local_date(now)}
        given |= {"items": [{"what": "付清", "due_on": local_date(now) + timedelta(days=5)}]}
    if isinstance(dossier, NameList) and move == "add":
        day = local_date(now)
        given |= {"begins_on": day - timedelta(days=320), "ends_on": day + timedelta(days=60)}
        given |= {"title": f"某某{len(dossier.entries) + len(dossier.editions)}建设有限公司"}
    if isinstance(dossier, NameList) and move == "remove" and dossier.entries:
        given |= {"title": dossier.entries[0].title}
    return BOOKS[dossier.kind].spec(move).args.model_validate(given)


def looked_up(dossier: AnyDossier) -> LookedUp:
    """What the service would find: a number, another record of the same body to merge into, figures."""
    other = standing_record() if dossier.kind is Kind.RECORD else None
    return LookedUp(serial=1, other=other, counted=PROFILE)


PROFILE = profile_of(SUBJECT, {}, RULES.evaluation, local_date(MONDAY))
"""Of a body of which nothing is known."""


@cache
def standing_record() -> AnyDossier:
    basis = {**OPENINGS[Kind.RECORD]["bases"][0], "number": "（2026）青01民终99号"}
    other = opened(Kind.RECORD, bases=[basis])
    return other.model_copy(update={"status": RecordStatus.ACTIVE})


def do(world: World, dossier: AnyDossier, move: StrEnum, actor: Actor) -> World:
    at = world.before(world.dossiers[dossier.id], actor)
    return world.after(make(at, move, fitting(dossier, move, world.now), looked_up=looked_up(dossier)))


@cache
def worlds() -> tuple[World, ...]:
    """Walked from every opening until no object stands in a new way; what was never tried comes first."""
    seen: set[tuple[Any, ...]] = set()
    found: list[World] = []
    todo: deque[World] = deque()

    def keep(world: World, *, soon: bool) -> None:
        new = {one.id: mark for one in world.dossiers.values() if (mark := _signature(one)) not in seen}
        if new or soon:
            seen.update(new.values())
            kept = replace(world, fresh=tuple(new))
            found.append(kept)
            (todo.appendleft if soon else todo.append)(kept)

    for kind, blueprint in BOOKS.items():
        if blueprint.opening:
            one = opened(kind)
            keep(World({one.id: one}, MONDAY), soon=False)
    one = opened(Kind.RECORD, official="戊", post="局长", account="s-official")
    keep(World({one.id: one}, MONDAY), soon=False)
    tried: set[tuple[Kind, Any, Any]] = set()
    while todo:
        for row, world in _next(todo.popleft()):
            keep(world, soon=row not in tried)
            tried.add(row)
    return tuple(found)


def _next(world: World) -> Iterator[tuple[tuple[Kind, Any, Any], World]]:
    for dossier in (world.dossiers[id] for id in world.fresh):
        table = BOOKS[dossier.kind].table
        for move in [move for status, move in table.rows if status is dossier.status]:
            for later in LATER:
                then = replace(world, now=world.now + later)
                able = next((a for a in ABLE if table.obstacle(move, then.before(dossier, a)) is None), None)
                if able is not None:
                    yield (dossier.kind, dossier.status, move), do(then, dossier, move, able)
                    break
