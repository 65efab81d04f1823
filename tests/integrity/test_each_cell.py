"""Mechanisms 1 to 9 in each of the five jurisdictions: what a document has can be done there, else not.

The sections are held by `test_mechanisms.py`; here whoever works there tries each cell by real moves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.errors import ConflictOfInterest, DomainError, InvalidInput, NotFound
from cases.integrity.books import BOOKS
from cases.integrity.breaches.exchange import line_of
from cases.integrity.breaches.order_model import OrderMove
from cases.integrity.breaches.record_model import BreachRecord, RecordMove
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.making import opened_by
from cases.integrity.spine.mechanisms import basis_of
from cases.integrity.spine.vocabulary import Kind
from cases.people import Actor, Role
from tests.integrity.worlds import World, do
from tests.town.clock import MONDAY
from tests.town.dossiers import OPENINGS
from tests.town.rules import RULES

HOMES = tuple(home.id for home in RULES.jurisdictions.all())
OBJECTIONS = frozenset(HOMES) - {"jilin"}
EXPOSURES = frozenset({"qinghai", "huicheng", "harbin"})
RETROSPECT = frozenset({"heilongjiang", "qinghai", "huicheng"})
DESK = (Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER)


class Office:
    """The department that leads on credit in a jurisdiction, and another body there that broke faith."""

    def __init__(self, home: str) -> None:
        self.home = RULES.jurisdictions.get(home)
        lead = self.home.record_keeper or self.home.coordinator
        self.people = {
            role: Actor(roles=frozenset({role}), id=f"o-{role}", name=f"某{role}", department=lead)
            for role in DESK
        }
        self.body = next(
            id
            for id in sorted(RULES.jurisdictions.departments_of(home))
            if self._can_open(id)
            and RULES.jurisdictions.department(id).region_code == self.home.region_codes[0]
        )

    def _can_open(self, body: str) -> bool:
        try:
            self.opened(Kind.RECORD, body=body)
        except (ConflictOfInterest, InvalidInput):
            return False
        return True

    def opened(self, kind: Kind, **given: Any) -> AnyDossier:
        body = given.pop("body", None) or self.body
        opening = BOOKS[kind].opening
        assert opening is not None
        args = opening.args.model_validate({**OPENINGS[kind], "code": "", "body": body, **given})
        return opened_by(
            BOOKS[kind], args, self.people[Role.REGISTRAR], RULES, MONDAY, filing_key=f"{kind}{given}"
        )

    def entered(self, **given: Any) -> tuple[World, AnyDossier]:
        """Noticed, heard, confirmed and entered."""
        record = self.opened(Kind.RECORD, **given)
        world = do(World({record.id: record}, MONDAY), record, RecordMove.NOTIFY, self.people[Role.REGISTRAR])
        offered = self.offers(world, record)
        assert RecordMove.CONFIRM not in offered, "before the hearing is over"
        world = World(world.dossiers, MONDAY + timedelta(days=9))
        world = do(world, record, RecordMove.CONFIRM, self.people[Role.CONFIRMER])
        world = do(world, record, RecordMove.ENTER, self.people[Role.REGISTRAR])
        return world, world.dossiers[record.id]

    def offers(self, world: World, dossier: AnyDossier) -> set[Any]:
        """To anybody of the office, or to the body."""
        subject = Actor(roles=frozenset({Role.SUBJECT}), id="o-s", name="丁", department=self.body)
        now = world.dossiers[dossier.id]
        table = BOOKS[dossier.kind].table
        people = (*self.people.values(), subject)
        return {spec.move for who in people for spec in table.offers(world.before(now, who))}


def orders(office: Office) -> None:
    order = office.opened(Kind.ORDER)
    world = do(World({order.id: order}, MONDAY), order, OrderMove.ISSUE, office.people[Role.CONFIRMER])
    assert OrderMove.EXPLAIN in office.offers(world, order)


def notice_and_hearing(office: Office) -> None:
    office.entered()


def records(office: Office) -> None:
    office.entered()
    assert basis_of(BOOKS[Kind.RECORD], office.home).citation


def retrospect(office: Office) -> None:
    project = {"project": "某路桥项目", "stage": "execution", "responsible": "某人", "kept": True}
    if office.home.id in RETROSPECT:
        assert office.opened(Kind.RECORD, **project)
        return
    with pytest.raises(DomainError, match="本辖区文件未设此制度"):
        office.opened(Kind.RECORD, **project)


def offered(
    kind: Kind, move: RecordMove, there: frozenset[str] = frozenset(HOMES)
) -> Callable[[Office], None]:
    def tried(office: Office) -> None:
        world, record = office.entered()
        assert (move in office.offers(world, record)) is (office.home.id in there)
        if office.home.id not in there:
            with pytest.raises(NotFound, match="本辖区文件未设此制度"):
                basis_of(BOOKS[kind], office.home)

    return tried


def repairs(office: Office) -> None:
    world, record = office.entered()
    later = World(world.dossiers, world.now + timedelta(days=200))
    assert RecordMove.APPLY_REPAIR not in office.offers(world, record), "before the shortest period is over"
    assert RecordMove.APPLY_REPAIR in office.offers(later, record)


def upward(office: Office) -> None:
    _, record = office.entered()
    assert isinstance(record, BreachRecord)
    line = line_of(record)
    assert line is not None
    assert line.subject.region_code.startswith(office.home.region_codes[0].rstrip("0")[:2])


CELLS: dict[str, Callable[[Office], None]] = {
    "限期整改": orders,
    "事前告知与陈述申辩": notice_and_hearing,
    "失信记录": records,
    "责任回溯": retrospect,
    "公示": offered(Kind.PUBLICATION, RecordMove.PUBLISH),
    "异议": offered(Kind.OBJECTION, RecordMove.OBJECT, OBJECTIONS),
    "信用修复": repairs,
    "逐级归集": upward,
    "通报曝光": offered(Kind.EXPOSURE, RecordMove.EXPOSE, EXPOSURES),
    "惩戒": offered(Kind.SANCTION, RecordMove.SANCTION),
}


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("mechanism", CELLS)
def test_each_mechanism_works_where_it_is_and_only_there(mechanism: str, home: str) -> None:
    CELLS[mechanism](Office(home))
