"""What supervisors are told without asking: over a real database, with every chat's outbox read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings
from cases.figures.amber_departments import AmberDepartment, Pressure, follow_amber
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction, AuditEntry
from cases.ports.conversations import Address, Incoming
from cases.vocabulary import Channel
from storage.coordination.leases import MongoLeaseStore
from storage.figures.alarms import MongoAlarmStore
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.parts import put_together
from tests.town.places import FINANCE, REFORM
from tests.town.stories import START, case_at, rules

MORNING = datetime(2026, 6, 10, 0, 30, tzinfo=UTC)
"""Half past eight in China, a Wednesday."""


@dataclass
class Overseen:
    """The worker of the board in one or several processes, and those whom it tells."""

    storage: Storage
    watch: Watch
    settings: Settings

    async def settle(self, name: str = "one") -> None:
        """All there is to do now, done by this process, which has just been started (again)."""
        storage = replace(self.storage, leases=MongoLeaseStore(self.storage.database, name))
        parts = await put_together(storage, self.watch, self.settings, rules=rules())
        while await parts.rollups.step():
            pass
        await parts.close()

    async def person(self, id: str, department: str, *roles: Role) -> str:
        address = Address(Channel.TELEGRAM, id)
        await self.storage.conversations.receive(address, Incoming("1", {}, self.watch()))
        chat = self.storage.conversations.key(address)
        staff = Staff(id, id, f"{id}某", department, frozenset(roles), conversation=chat)
        await self.storage.staff.add(staff)
        return chat

    async def told(self, chat: str) -> Sequence[str]:
        row: Any = await self.storage.database["conversations"].find_one({"_id": chat})
        return [call["id"] for call in row.get("outbox", {}).get("queue", [])]


@pytest.fixture
def watch() -> Watch:
    return Watch(MORNING)


@pytest.fixture
async def board(storage: Storage, watch: Watch, settings: Settings) -> Overseen:
    for serial in range(60):
        case = case_at(serial, MORNING)
        if case.filed_at <= MORNING:
            await storage.cases.insert(case)
    return Overseen(storage, watch, settings.model_copy(update={"public_url": "https://example.org"}))


async def test_the_digest_comes_once_a_day_whoever_sends_it_and_how_often_they_start(board: Overseen) -> None:
    chat = await board.person("wang", REFORM, Role.SUPERVISOR)
    await board.settle("one")
    board.watch.later(minutes=5)
    await board.settle("one")
    await board.settle("two")
    digests = [id for id in await board.told(chat) if id.startswith("morning:")]
    assert digests == ["morning:2026-06-10:wang:0"]


async def test_a_crash_between_sending_and_remembering_sends_nothing_twice(board: Overseen) -> None:
    chat = await board.person("wang", REFORM, Role.SUPERVISOR)
    await board.settle()
    await board.storage.database["settings"].delete({"_id": "digests"})
    board.watch.later(minutes=1)
    await board.settle()
    assert [id for id in await board.told(chat) if id.startswith("morning:")] == ["morning:2026-06-10:wang:0"]


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (datetime(2026, 6, 9, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 10, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 6, 10, 3, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 10, 4, 0, tzinfo=UTC), False),
        (datetime(2026, 6, 13, 1, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 1, 1, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 10, 1, 0, tzinfo=UTC), True),
    ],
    ids=["before eight", "at eight", "before noon", "noon", "Saturday", "national day", "shifted workday"],
)
async def test_the_digest_comes_on_working_mornings_only(board: Overseen, at: datetime, sent: bool) -> None:
    chat = await board.person("wang", REFORM, Role.SUPERVISOR)
    board.watch.now = at
    await board.settle()
    assert any(id.startswith("morning:") for id in await board.told(chat)) is sent


async def test_the_next_working_day_brings_the_next_digest(board: Overseen) -> None:
    chat = await board.person("wang", REFORM, Role.SUPERVISOR)
    await board.settle()
    board.watch.later(days=1)
    await board.settle()
    digests = [id for id in await board.told(chat) if id.startswith("morning:")]
    assert digests == ["morning:2026-06-10:wang:0", "morning:2026-06-11:wang:0"]


async def test_only_supervisors_have_the_digest(board: Overseen) -> None:
    handler = await board.person("li", FINANCE, Role.HANDLER)
    await board.settle()
    assert not [id for id in await board.told(handler) if id.startswith("morning:")]


async def test_a_department_across_amber_is_told_once_to_those_who_oversee_it(board: Overseen) -> None:
    mine = await board.person("wang", REFORM, Role.SUPERVISOR)
    other = await board.person("zhao", "220000:省发展改革委", Role.SUPERVISOR)
    board.watch.now = START + timedelta(days=100)
    for serial in range(100, 320):
        await board.storage.cases.insert(case_at(serial, board.watch(), START + timedelta(days=20)))
    await board.settle()
    across = {
        c.department for c in await MongoAlarmStore(board.storage.database, board.storage.keys).list_amber()
    }
    inside = rules().jurisdictions.departments_of("qinghai")
    assert across & inside
    board.watch.later(minutes=20)
    await board.settle("two")
    for chat, expected in ((mine, across & inside), (other, across - inside)):
        told = [id.split(":")[1:3] for id in await board.told(chat) if id.startswith("crossing:")]
        assert sorted(":".join(parts) for parts in told) == sorted(expected)


def test_a_department_goes_in_at_a_third_and_out_below_a_fifth() -> None:
    def after(known: list[AmberDepartment], pressed: int, open: int = 20) -> list[str]:
        return [c.department for c in follow_amber(known, {"a": Pressure(open, pressed)}, MORNING)]

    inside = [AmberDepartment("a", MORNING, told=True)]
    assert after([], 5) == []
    assert after([], 6) == ["a"]
    assert after([], 4, open=4) == []
    assert after(inside, 4) == ["a"]
    assert after(inside, 3) == []
    assert after(inside, 2, open=2) == []
    assert follow_amber(inside, {}, MORNING) == []


@given(st.lists(st.integers(4, 5), min_size=2, max_size=40))
def test_a_department_at_the_line_does_not_flicker(pressed: list[int]) -> None:
    known: list[AmberDepartment] = []
    entered = 0
    for n in pressed:
        fresh = follow_amber(known, {"a": Pressure(16, n)}, MORNING)
        entered += len(fresh) > len(known)
        known = fresh
    assert entered <= 1


async def test_who_opens_more_cases_than_anybody_needs_is_told_to_those_who_oversee(board: Overseen) -> None:
    over = await board.person("over", REFORM, Role.SUPERVISOR)
    own = await board.person("reader", FINANCE, Role.HANDLER, Role.SUPERVISOR)
    elsewhere = await board.person("far", "230000:省发展改革委", Role.SUPERVISOR)
    now, most = board.watch(), board.settings.looks_an_hour

    async def look(number: int, ago: timedelta = timedelta()) -> None:
        entry = AuditEntry(now - ago, "reader", AuditAction.CASE_VIEWED, f"SX-{number}")
        await board.storage.audit.append(entry)

    for number in range(most):
        await look(number)
        await look(number)
    await look(most + 1, timedelta(hours=2))
    await board.settle()
    assert not [id for id in await board.told(over) if "mass-reading" in id]
    await look(most)
    for name in ("one", "two"):
        await board.settle(name)
    assert len([id for id in await board.told(over) if "mass-reading" in id]) == 1
    for chat in (own, elsewhere):
        assert not [id for id in await board.told(chat) if "mass-reading" in id]
