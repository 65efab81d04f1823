"""What the desk and the API offer is what they do: a move is made exactly when it was offered, over HTTP too.

Every state of `tests/town/situations.py` is met once, each in another status and by other people; the pure
test of the table (tests/lifecycle/test_offers.py) walks all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from cases.errors import DomainError
from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.ports.accounts import Staff
from cases.vocabulary import Move, Status
from handlers.department.api.cases import API_MOVES
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.live.town import Town
from tests.town.moves import in_status
from tests.town.promises import promised
from tests.town.situations import STATES, fitting_args, people_before

PEOPLE_EACH = 5
WAYS = [(list(Status)[place % len(Status)], state, place) for place, state in enumerate(STATES)]


class Restored:
    """A case that can be put back as it was, with the people and cases that its moves speak of."""

    def __init__(self, town: Town, case: Case) -> None:
        self.town, self.case = town, case
        self._rows = town.storage.database["cases"]
        self._was: dict[str, Any] = {}
        self._into = registered(
            number="SX20261123-0000002-3",
            filing_key="other",
            department=case.department,
            department_name=case.department_name,
        )

    async def lay(self, people: list[Actor]) -> None:
        self.town.watch.now = MONDAY
        await self.town.storage.cases.insert(self._into)
        await self.town.storage.cases.insert(self.case)
        await self.town.storage.dossiers.insert(promised("1", "修通村组公路"))
        found = await self._rows.find_one({"_id": self.case.number})
        assert found is not None
        self._was = found
        holder = self.case.holder
        known = [
            *people,
            Actor(roles=frozenset({Role.HANDLER}), id="s-mate", name="同事", department=self.case.department),
        ]
        if holder and holder.staff not in {person.id for person in people}:
            known.append(
                Actor(
                    roles=frozenset({Role.HANDLER}),
                    id=holder.staff,
                    name=holder.name,
                    department=self.case.department,
                )
            )
        for person in known:
            await self.town.storage.staff.add(staff_of(person))

    async def put_back(self) -> None:
        await self._rows.replace({"_id": self.case.number}, self._was)

    def filled_in(self, move: Move) -> dict[str, Any]:
        args = fitting_args(self.case, move).model_dump(mode="json", exclude={"evidence"})
        if move in (Move.ASSIGN, Move.GIVE_TASK):
            args["staff"] = "s-mate"
        if move is Move.MERGE:
            args["into"] = self._into.number
        return dict(args)


def staff_of(person: Actor) -> Staff:
    id = person.id or ""
    return Staff(id=id, login=id, name=person.name, department=person.department or "", roles=person.roles)


def some_people(case: Case, place: int) -> list[Actor]:
    """Five of those who stand to the case somehow, others for each place, one account each."""
    everybody: Iterator[Actor] = (p for p in people_before(case) if p.id is not None)
    by_id = {person.id: person for person in sorted(everybody, key=lambda p: hash_of(p, place))}
    return list(islice(by_id.values(), PEOPLE_EACH))


def hash_of(person: Actor, place: int) -> int:
    words = f"{person.id}{sorted(person.roles)}{place}"
    return sum(ord(sign) * (7 * i + place) for i, sign in enumerate(words)) % 997


@pytest.mark.parametrize(("status", "state", "place"), WAYS, ids=[f"{s}, {n}" for s, n, _ in WAYS])
async def test_what_the_api_offers_is_what_it_does(
    town: Town, status: Status, state: str, place: int
) -> None:
    case = STATES[state](in_status(status))
    people, restored = some_people(case, place), Restored(town, case)
    await restored.lay(people)
    for person in people:
        who = await town.token(staff_of(person))
        path = f"/api/v1/cases/{case.number}/moves"
        answer = await town.client.get(path, headers=who)
        listed = await answer.json() if answer.status == 200 else {"items": []}
        offered = {Move(item["move"]) for item in listed["items"]}
        for move in API_MOVES:
            done = await town.client.post(f"{path}/{move.value}", headers=who, json=restored.filled_in(move))
            words = await done.text()
            assert done.status < 500, words
            assert (done.status == 200) is (move in offered), f"{move} by {person.roles}: {words[:300]}"
            if done.status == 200:
                await restored.put_back()


@pytest.mark.parametrize(("status", "state", "place"), WAYS, ids=[f"{s}, {n}" for s, n, _ in WAYS])
async def test_what_the_service_offers_the_citizen_and_the_system_is_what_it_does(
    town: Town, status: Status, state: str, place: int
) -> None:
    case, acting = STATES[state](in_status(status)), town.services.acting
    restored = Restored(town, case)
    await restored.lay([])
    for actor in (CITIZEN, SYSTEM):
        offered = {spec.move for spec in await acting.offers(case, actor)}
        for move in Move:
            args = MOVES[move].args.model_validate({**restored.filled_in(move), **evidence_for(move)})
            try:
                await acting.act(case.number, move, args, actor)
            except DomainError as refused:
                if move in offered:
                    raise AssertionError(f"{move} was offered and refused") from refused
            else:
                assert move in offered
                await restored.put_back()


def evidence_for(move: Move) -> dict[str, Any]:
    return {"evidence": fitting_args(registered(), move).evidence} if move is Move.ATTACH else {}


@pytest.mark.parametrize(
    ("move", "args", "said"),
    [
        ("route", {"department": "630000:省发展改革委", "reason": "不归我们"}, "wrong-role"),
        ("dispute", {"department": "630000:省发展改革委", "reason": "请裁定"}, "transfer-was-contested"),
    ],
)
async def test_nobody_hands_on_a_case_past_the_department_that_was_asked_first(
    town: Town, move: str, args: dict[str, str], said: str
) -> None:
    """首问责任制: it stays where it is until another department has accepted it."""
    li = await town.person("李承办")
    case, who = await town.claimed(li), await town.token(li)
    answer = await town.client.post(f"/api/v1/cases/{case.number}/moves/{move}", headers=who, json=args)
    assert answer.status in {403, 409}
    assert (await answer.json())["reason"] == said
    assert (await town.reread(case)).department == case.department


async def test_a_triage_desk_routes_only_what_waits_for_it(town: Town) -> None:
    sun, case = await town.person("孙分办", Role.TRIAGE), await town.filed()
    who, path = await town.token(sun), f"/api/v1/cases/{case.number}/moves"
    listed = await (await town.client.get(path, headers=who)).json()
    assert "route" not in {item["move"] for item in listed["items"]}
    body = {"department": "630000:省发展改革委", "reason": "不归我们"}
    answer = await town.client.post(f"{path}/route", headers=who, json=body)
    assert answer.status == 409
    assert (await answer.json())["reason"] == "waits-for-triage"
    assert (await town.reread(case)).department == case.department


async def test_a_hold_is_set_once_and_lifted_once(town: Town) -> None:
    du, case = await town.person("杜督办", Role.SUPERVISOR), await town.filed()
    who, path = await town.token(du), f"/api/v1/cases/{case.number}/moves"
    said = {"reason": "诉讼需要"}
    statuses = [
        (await town.client.post(f"{path}/{move}", headers=who, json=said)).status
        for move in ("lift_hold", "hold", "hold", "lift_hold", "lift_hold")
    ]
    assert statuses == [409, 200, 409, 200, 409]
