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

from cases.integrity.books import BOOKS
from cases.integrity.dossier import AnyDossier
from cases.integrity.making import LookedUp, Made, make, opened_by
from cases.integrity.situation import Situation
from cases.integrity.vocabulary import Kind
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
LATER = (timedelta(0), timedelta(days=20), timedelta(days=200), timedelta(days=800))
NAMED = "s-named"
REGISTRAR = Actor(roles=frozenset({Role.REGISTRAR}), id="s-registrar", name="甲", department=FINANCE)


def people() -> Iterator[Actor]:
    """Every role in every place, a second confirmer and registrar, one named in the case, and the system."""
    for place, department in PLACES.items():
        for role in ROLES:
            name = f"{place}-{role}"
            yield Actor(roles=frozenset({role}), id=name, name=name, department=department)
    for role in (Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER):
        yield Actor(roles=frozenset({role}), id=f"second-{role}", name="乙", department=FINANCE)
    yield Actor(roles=frozenset(ROLES), id=NAMED, name="丙", department=FINANCE)
    yield Actor(roles=frozenset(ROLES), id="s-subject-all", name="丁", department=SUBJECT)
    yield SYSTEM


PEOPLE = tuple(people())


@dataclass(frozen=True)
class World:
    dossiers: Mapping[str, AnyDossier]
    now: datetime

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

    @property
    def signature(self) -> frozenset[Any]:
        return frozenset(_signature(one) for one in self.dossiers.values()) | {self.now - MONDAY}


def _signature(dossier: AnyDossier) -> tuple[Any, ...]:
    given = tuple(name for name, value in dossier if name not in {"history", "notifications"} and value)
    clocks = tuple(sorted((clock.kind, clock.ended) for clock in dossier.clocks))
    return dossier.kind, dossier.status, given, clocks


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


def fitting(kind: Kind, move: StrEnum) -> Args:
    """What somebody would fill in who reads the form."""
    return BOOKS[kind].spec(move).args.model_validate(ARGS.get((kind, move.value), {}))


def do(world: World, dossier: AnyDossier, move: StrEnum, actor: Actor) -> World:
    at = world.before(world.dossiers[dossier.id], actor)
    return world.after(make(at, move, fitting(dossier.kind, move), looked_up=LookedUp(serial=1)))


@cache
def worlds(most: int = 400) -> tuple[World, ...]:
    """Walked breadth first from every opening; each differs from all others in what counts for a table."""
    roots = [kind for kind, blueprint in BOOKS.items() if blueprint.opening]
    starts = [World({one.id: one}, MONDAY) for one in map(opened, roots)]
    found: dict[frozenset[Any], World] = {world.signature: world for world in starts}
    todo = deque(starts)
    while todo and len(found) < most:
        for world in _next(todo.popleft()):
            if world.signature not in found:
                found[world.signature] = world
                todo.append(world)
    return tuple(found.values())


def _next(world: World) -> Iterator[World]:
    for dossier in world.dossiers.values():
        table = BOOKS[dossier.kind].table
        for later in LATER:
            then = replace(world, now=max(world.now, MONDAY + later))
            for move in {move for status, move in table.rows if status is dossier.status}:
                able = next(
                    (a for a in PEOPLE if table.obstacle(move, then.before(dossier, a)) is None), None
                )
                if able is not None:
                    yield do(then, dossier, move, able)
