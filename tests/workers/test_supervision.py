"""What supervisors are told without asking: over a real database, with every chat's outbox read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.workers.board.rollups import RollupWorker
from bot.workers.board.supervision import Supervision
from bot.workers.telling.alerts import MOST, WINDOW, Alerts
from cases.figures.amber_departments import AmberDepartment, Pressure, follow_amber
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.conversations import Address, Incoming
from cases.vocabulary import Channel
from storage.coordination.alert_ledger import MongoAlertLedger
from storage.coordination.leases import MongoLeaseStore
from storage.figures.alarms import MongoAlarmStore, MongoDigestLedger
from storage.figures.rollups import Rollups
from storage.figures.statistics import MongoStatistics
from storage.opening import Storage
from tests.supervisor.conftest import FINANCE, HOME, service_over
from tests.supervisor.stories import START, case_at, rules

MORNING = datetime(2026, 6, 10, 0, 30, tzinfo=UTC)
"""Half past eight in China, a Wednesday."""
MINUTE = timedelta(minutes=1)


@dataclass
class Office:
    storage: Storage
    clock: list[datetime]

    def process(self, name: str = "one") -> RollupWorker:
        """Another process, or the same one after a restart."""
        storage, now = self.storage, lambda: self.clock[0]
        ledger = MongoAlertLedger(storage.database, WINDOW, MOST)
        supervision = Supervision(
            service_over(storage, now),
            MongoStatistics(storage.database, storage.keys),
            MongoAlarmStore(storage.database),
            MongoDigestLedger(storage.database),
            storage.staff,
            Alerts(ledger, storage.staff, storage.conversations, now),
            rules().calendar,
            "https://example.org",
        )
        leases = MongoLeaseStore(storage.database, name)
        return RollupWorker(Rollups(storage.database), leases, now, tell=supervision.tell)

    async def settle(self, name: str = "one") -> None:
        worker = self.process(name)
        while await worker.step():
            pass

    async def person(self, id: str, department: str, *roles: Role) -> str:
        address = Address(Channel.TELEGRAM, id)
        await self.storage.conversations.receive(address, Incoming("1", {}, self.clock[0]))
        chat = self.storage.conversations.key(address)
        staff = Staff(id, id, f"{id}某", department, frozenset(roles), conversation=chat)
        await self.storage.staff.add(staff)
        return chat

    async def told(self, chat: str) -> Sequence[str]:
        row: Any = await self.storage.database["conversations"].find_one({"_id": chat})
        return [call["id"] for call in row.get("outbox", {}).get("queue", [])]


@pytest.fixture
async def office(storage: Storage) -> Office:
    for serial in range(60):
        case = case_at(serial, MORNING)
        if case.filed_at <= MORNING:
            await storage.cases.insert(case)
    return Office(storage, [MORNING])


async def test_the_digest_comes_once_a_day_whoever_sends_it_and_how_often_they_start(office: Office) -> None:
    chat = await office.person("wang", HOME, Role.SUPERVISOR)
    await office.settle("one")
    office.clock[0] += timedelta(minutes=5)
    await office.settle("one")
    await office.settle("two")
    digests = [id for id in await office.told(chat) if id.startswith("morning:")]
    assert digests == ["morning:2026-06-10:wang:0"]


async def test_a_crash_between_sending_and_remembering_sends_nothing_twice(office: Office) -> None:
    chat = await office.person("wang", HOME, Role.SUPERVISOR)
    await office.settle()
    await office.storage.database["settings"].delete({"_id": "digests"})
    office.clock[0] += MINUTE
    await office.settle()
    assert [id for id in await office.told(chat) if id.startswith("morning:")] == [
        "morning:2026-06-10:wang:0"
    ]


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
async def test_the_digest_comes_on_working_mornings_only(office: Office, at: datetime, sent: bool) -> None:
    chat = await office.person("wang", HOME, Role.SUPERVISOR)
    office.clock[0] = at
    await office.settle()
    assert any(id.startswith("morning:") for id in await office.told(chat)) is sent


async def test_the_next_working_day_brings_the_next_digest(office: Office) -> None:
    chat = await office.person("wang", HOME, Role.SUPERVISOR)
    await office.settle()
    office.clock[0] += timedelta(days=1)
    await office.settle()
    digests = [id for id in await office.told(chat) if id.startswith("morning:")]
    assert digests == ["morning:2026-06-10:wang:0", "morning:2026-06-11:wang:0"]


async def test_only_supervisors_have_the_digest(office: Office) -> None:
    handler = await office.person("li", FINANCE, Role.HANDLER)
    await office.settle()
    assert not [id for id in await office.told(handler) if id.startswith("morning:")]


async def test_a_department_across_amber_is_told_once_to_those_who_oversee_it(office: Office) -> None:
    mine = await office.person("wang", HOME, Role.SUPERVISOR)
    other = await office.person("zhao", "220000:省发展改革委", Role.SUPERVISOR)
    office.clock[0] = START + timedelta(days=100)
    for serial in range(100, 320):
        await office.storage.cases.insert(case_at(serial, office.clock[0]))
    await office.settle()
    across = {c.department for c in await MongoAlarmStore(office.storage.database).list_amber()}
    inside = rules().jurisdictions.departments_of("qinghai")
    assert across & inside
    office.clock[0] += timedelta(minutes=20)
    await office.settle("two")
    for chat, expected in ((mine, across & inside), (other, across - inside)):
        told = [id.split(":")[1:3] for id in await office.told(chat) if id.startswith("crossing:")]
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
@settings(deadline=None)
def test_a_department_at_the_line_does_not_flicker(pressed: list[int]) -> None:
    known: list[AmberDepartment] = []
    entered = 0
    for n in pressed:
        fresh = follow_amber(known, {"a": Pressure(16, n)}, MORNING)
        entered += len(fresh) > len(known)
        known = fresh
    assert entered <= 1
