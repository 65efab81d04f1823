"""A move applies exactly when it is offered: status × move × role × relation × state, of every object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.integrity.books import BOOKS
from cases.integrity.breaches.exchange import line_of
from cases.integrity.breaches.record_model import BreachRecord, ShareState
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.making import make
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.vocabulary import By, Kind
from cases.moves.history import find_break
from cases.moves.table import NoArgs
from tests.integrity.worlds import NAMED, PEOPLE, SUBJECT, fitting, looked_up, worlds

TIMES = (timedelta(0), timedelta(days=100))


def test_a_move_applies_exactly_when_it_is_offered() -> None:
    tried: set[tuple[Kind, Any, Any]] = set()
    refused = 0
    for at in situations():
        dossier, blueprint = at.dossier, BOOKS[at.dossier.kind]
        offered = {spec.move for spec in blueprint.table.offers(at)}
        for move in blueprint.table.specs:
            obstacle = blueprint.table.obstacle(move, at)
            assert (obstacle is None) is (move in offered), (dossier.status, move, at.actor.id)
            if obstacle is not None:
                refused += 1
                continue
            made = make(at, move, fitting(dossier, move, at.now), looked_up=looked_up(dossier))
            assert find_break(made.dossier.history) is None
            for one in (made.dossier, *made.moved):
                assert is_told_upward(at, one), (one.id, move)
            tried.add((dossier.kind, dossier.status, move))
    assert tried == {(kind, *row) for kind, book in BOOKS.items() for row in book.table.rows}
    assert refused > 200_000, "a status, a state or a person more makes it more, never less"


def is_told_upward(at: Situation, after: AnyDossier) -> bool:
    """Whatever changes what travels of a record gives it a new revision, which waits."""
    before = next(one for one in (at.dossier, *at.family) if one.id == after.id)
    if not isinstance(before, BreachRecord) or not isinstance(after, BreachRecord) or after.sharing is None:
        return not isinstance(before, BreachRecord) or before.sharing is None
    if line_of(before) == line_of(after):
        return True
    revision = before.sharing.revision if before.sharing else 0
    waits = after.sharing.state is ShareState.WAITING
    return waits and after.sharing.revision == revision + 1


def situations() -> Iterator[Situation]:
    """Everybody before every object as it stands anew in a world, at two times."""
    for world in worlds():
        for dossier in (world.dossiers[id] for id in world.fresh):
            for later in TIMES:
                then = replace(world, now=world.now + later)
                for actor in PEOPLE:
                    yield then.before(dossier, actor)


@pytest.mark.parametrize("kind", BOOKS)
def test_every_status_is_reached(kind: Kind) -> None:
    blueprint = BOOKS[kind]
    reached = {one.status for world in worlds() for one in world.dossiers.values() if one.kind is kind}
    assert reached == set(blueprint.statuses)
    assert set(blueprint.table.specs) - {blueprint.first[0]} == {move for _, move in blueprint.table.rows}


def test_nobody_of_the_subject_and_nobody_named_decides() -> None:
    """Whatever roles they have: only as the subject, and only the subject's own moves."""
    for world in worlds():
        for dossier in (world.dossiers[id] for id in world.fresh):
            table = BOOKS[dossier.kind].table
            for actor in PEOPLE:
                if actor.department != SUBJECT and actor.id != NAMED:
                    continue
                for spec in table.offers(world.before(dossier, actor)):
                    row = table.rows[dossier.status, spec.move]
                    assert By.SUBJECT in row.by, (dossier.status, spec.move, actor.id)


def test_making_asks_the_same_table() -> None:
    for world in worlds()[:20]:
        for dossier in world.dossiers.values():
            table = BOOKS[dossier.kind].table
            for actor in PEOPLE[::3]:
                at = world.before(dossier, actor)
                for move in table.specs:
                    if obstacle := table.obstacle(move, at):
                        with pytest.raises(obstacle.error, match=re.escape(str(obstacle.as_error()))):
                            make(at, move, NoArgs())
