"""A move applies exactly when it is offered: status × move × role × relation × state, of every object."""

from __future__ import annotations

import re

import pytest

from cases.integrity.books import BOOKS
from cases.integrity.making import LookedUp, make
from cases.integrity.vocabulary import Kind
from cases.moves.history import find_break
from cases.moves.table import NoArgs
from cases.people import Role
from tests.integrity.worlds import NAMED, PEOPLE, SUBJECT, fitting, worlds


@pytest.mark.parametrize("kind", BOOKS)
def test_a_move_applies_exactly_when_it_is_offered(kind: Kind) -> None:
    blueprint = BOOKS[kind]
    tried, refused = set(), 0
    for world in worlds():
        for dossier in world.dossiers.values():
            if dossier.kind is not kind:
                continue
            for actor in PEOPLE:
                at = world.before(dossier, actor)
                offered = {spec.move for spec in blueprint.table.offers(at)}
                for move in blueprint.table.specs:
                    if move in offered:
                        made = make(at, move, fitting(kind, move), looked_up=LookedUp(serial=1))
                        assert find_break(made.dossier.history) is None
                        tried.add((dossier.status, move))
                        continue
                    obstacle = blueprint.table.obstacle(move, at)
                    assert obstacle is not None, (dossier.status, move, actor.id)
                    refused += 1
    assert tried == set(blueprint.table.rows), "every row of the table is reached by moves"
    assert refused > len(tried)


@pytest.mark.parametrize("kind", BOOKS)
def test_every_status_is_reached(kind: Kind) -> None:
    blueprint = BOOKS[kind]
    reached = {one.status for world in worlds() for one in world.dossiers.values() if one.kind is kind}
    assert reached == set(blueprint.statuses)
    assert set(blueprint.table.specs) - {blueprint.first[0]} == {move for _, move in blueprint.table.rows}


def test_nobody_of_the_subject_and_nobody_named_decides() -> None:
    """Whatever roles they have: only as the subject, and only the subject's own moves."""
    for world in worlds():
        for dossier in world.dossiers.values():
            table = BOOKS[dossier.kind].table
            for actor in PEOPLE:
                if actor.department != SUBJECT and actor.id != NAMED:
                    continue
                for spec in table.offers(world.before(dossier, actor)):
                    row = table.rows[dossier.status, spec.move]
                    assert Role.SUBJECT in row.roles, (dossier.status, spec.move, actor.id)


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
