"""A case is leased to one person at a time, the most urgent first."""

from __future__ import annotations

import asyncio

from cases.instants import FOREVER
from cases.vocabulary import Status
from classify.types import Severity
from storage.opening import Storage
from storage.schema.collections import PULL_INDEX
from tests.storage.stored_cases import HOUR, MILLISECOND, put, scope
from tests.town.cases import ALL, registered
from tests.town.clock import MONDAY
from tests.town.places import FINANCE


class TestLeasing:
    """Pulling the next case of a queue."""

    async def test_overdue_comes_first_then_severity_then_due_date(self, storage: Storage) -> None:
        urgent = registered(severity=Severity.URGENT, due_at=MONDAY + 9 * HOUR)
        soon = registered(due_at=MONDAY + HOUR)
        later = registered(due_at=MONDAY + 2 * HOUR)
        undated = registered(due_at=None)
        overdue = registered(due_at=MONDAY - HOUR)
        longer_overdue = registered(due_at=MONDAY - 2 * HOUR)
        overdue_serious = registered(due_at=MONDAY, severity=Severity.SERIOUS)
        await put(storage, undated, later, urgent, overdue, soon, longer_overdue, overdue_serious)
        pulled = []
        while case := await storage.cases.lease_next(FINANCE, scope(FINANCE), MONDAY, MONDAY + HOUR):
            pulled.append(case.number)
        expected = [overdue_serious, longer_overdue, overdue, urgent, soon, later, undated]
        assert pulled == [case.number for case in expected]

    async def test_many_workers_never_get_the_same_case(self, storage: Storage) -> None:
        finance = [registered() for _ in range(60)]
        housing = [registered(department="housing") for _ in range(60)]
        await put(storage, *finance, *housing)

        async def work(department: str) -> list[str]:
            pulled = []
            while case := await storage.cases.lease_next(department, ALL, MONDAY, MONDAY + HOUR):
                assert case.department == department
                pulled.append(case.number)
            return pulled

        teams = [FINANCE, "housing"] * 16
        pulled = [number for mine in await asyncio.gather(*map(work, teams)) for number in mine]
        assert sorted(pulled) == sorted(case.number for case in (*finance, *housing))

    async def test_a_lease_lapses_at_its_exact_instant(self, storage: Storage) -> None:
        await put(storage, registered())
        until = MONDAY + HOUR
        assert await storage.cases.lease_next(FINANCE, ALL, MONDAY, until)
        assert await storage.cases.lease_next(FINANCE, ALL, until - MILLISECOND, until + HOUR) is None
        assert await storage.cases.lease_next(FINANCE, ALL, until, until + HOUR)

    async def test_what_was_read_before_a_lease_can_no_longer_be_saved(self, storage: Storage) -> None:
        case = await storage.cases.insert(registered())
        leased = await storage.cases.lease_next(FINANCE, ALL, MONDAY, MONDAY + HOUR)
        assert leased is not None
        assert await storage.cases.save(case, expected_version=case.version) is None
        assert await storage.cases.save(leased, expected_version=leased.version) is not None

    async def test_a_leased_case_knows_its_lease(self, storage: Storage) -> None:
        case = await storage.cases.insert(registered())
        leased = await storage.cases.lease_next(FINANCE, ALL, MONDAY, MONDAY + HOUR)
        assert leased == await storage.cases.get(case.number)
        assert leased is not None
        assert leased.lease_until == MONDAY + HOUR

    async def test_closed_held_and_quarantined_cases_are_not_pulled(self, storage: Storage) -> None:
        await put(
            storage,
            registered(status=Status.ANSWERED),
            registered(status=Status.ACCEPTED, lease_until=FOREVER),
            registered(quarantined=True),
        )
        assert await storage.cases.lease_next(FINANCE, ALL, MONDAY, MONDAY + HOUR) is None

    async def test_nobody_pulls_a_case_that_names_them(self, storage: Storage) -> None:
        await put(storage, registered(persons=("王 小明",)))
        named, other = scope(FINANCE, staff_name="王小明"), scope(FINANCE, staff_name="李雷")
        assert await storage.cases.lease_next(FINANCE, named, MONDAY, MONDAY + HOUR) is None
        assert await storage.cases.lease_next(FINANCE, other, MONDAY, MONDAY + HOUR)

    async def test_a_pull_reads_one_case_however_long_the_queue(self, storage: Storage) -> None:
        cases = [registered(due_at=MONDAY + index * HOUR) for index in range(50)]
        held = [registered(lease_until=FOREVER, status=Status.ACCEPTED) for _ in range(50)]
        await put(storage, *cases, *held)
        query = {
            "queue.department": FINANCE,
            "queue.open": True,
            "queue.lease_until": {"$lte": MONDAY},
        }
        command = {
            "findAndModify": "cases",
            "query": {**query, "queue.due_at": {"$gt": MONDAY}},
            "sort": {"queue.rank": 1, "queue.due_at": 1},
            "update": {"$inc": {"version": 1}},
            "hint": PULL_INDEX,
        }
        plan = await storage.database.command({"explain": command, "verbosity": "executionStats"})
        assert plan["executionStats"]["totalDocsExamined"] == 1
        assert plan["executionStats"]["totalKeysExamined"] <= 3

    async def test_a_scope_without_the_department_pulls_nothing(self, storage: Storage) -> None:
        await put(storage, registered())
        assert await storage.cases.lease_next(FINANCE, scope("housing"), MONDAY, MONDAY + HOUR) is None
