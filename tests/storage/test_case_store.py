"""Cases on a real MongoDB: filed once, never overwritten unseen, leased to one person at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from cases.errors import InvalidInput, NotFound
from cases.instants import FOREVER
from cases.model import Accountability, Case, Proposal
from cases.ports.cases import CaseFilter, CaseOrder, NumberTaken, Scope
from cases.vocabulary import AccountabilityKind, ProposalKind, Status
from classify.types import Domain, Severity
from storage.opening import Storage
from storage.schema.collections import PULL_INDEX
from tests.town.cases import ALL, clock_due, full_case, registered, told
from tests.town.clock import MONDAY
from tests.town.people import HANDLER
from tests.town.places import FINANCE

HOUR = timedelta(hours=1)
MILLISECOND = timedelta(milliseconds=1)


async def put(storage: Storage, *cases: Case) -> None:
    for case in cases:
        await storage.cases.insert(case)


def scope(*departments: str, staff_name: str | None = None, participants_too: bool = True) -> Scope:
    return Scope(frozenset(departments), staff_name, participants_too)


async def test_a_case_with_everything_in_it_comes_back_unchanged(storage: Storage) -> None:
    case = full_case()
    assert await storage.cases.insert(case) == case
    assert await storage.cases.get(case.number) == case


async def test_filing_twice_gives_the_first_case(storage: Storage) -> None:
    first = registered()
    await storage.cases.insert(first)
    again = await storage.cases.insert(registered(filing_key=first.filing_key))
    assert again == first
    assert await storage.cases.count(ALL, CaseFilter()) == 1


async def test_filing_twice_at_once_gives_one_case(storage: Storage) -> None:
    case = registered()
    results = await asyncio.gather(*(storage.cases.insert(case) for _ in range(20)))
    assert {result.number for result in results} == {case.number}
    assert await storage.cases.count(ALL, CaseFilter()) == 1


async def test_a_number_of_another_filing_is_refused(storage: Storage) -> None:
    case = registered()
    await storage.cases.insert(case)
    with pytest.raises(NumberTaken):
        await storage.cases.insert(registered(number=case.number))


async def test_get_raises_and_find_returns_none_for_an_unknown_number(storage: Storage) -> None:
    assert await storage.cases.find("SX0") is None
    with pytest.raises(NotFound):
        await storage.cases.get("SX0")


async def test_a_saved_case_has_the_next_version(storage: Storage) -> None:
    case = await storage.cases.insert(registered())
    saved = await storage.cases.save(case.model_copy(update={"status": Status.ACCEPTED}), expected_version=1)
    assert saved is not None
    assert saved.version == 2
    assert await storage.cases.get(case.number) == saved


async def test_a_stale_save_changes_nothing_and_returns_none(storage: Storage) -> None:
    case = await storage.cases.insert(registered())
    await storage.cases.save(case.model_copy(update={"status": Status.ACCEPTED}), expected_version=1)
    stale = await storage.cases.save(case.model_copy(update={"status": Status.WITHDRAWN}), expected_version=1)
    assert stale is None
    assert (await storage.cases.get(case.number)).status is Status.ACCEPTED


async def test_saving_an_unknown_case_returns_none(storage: Storage) -> None:
    assert await storage.cases.save(registered(), expected_version=1) is None


async def test_of_many_saves_at_once_exactly_one_wins(storage: Storage) -> None:
    case = await storage.cases.insert(registered())
    saves = [storage.cases.save(case, expected_version=1) for _ in range(20)]
    assert sum(saved is not None for saved in await asyncio.gather(*saves)) == 1


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


class TestScope:
    """What somebody may not see is not in any answer."""

    async def test_a_case_of_another_department_is_not_found(self, storage: Storage) -> None:
        case = await storage.cases.insert(registered())
        assert await storage.cases.find(case.number, scope("housing")) is None
        assert await storage.cases.find(case.number, scope()) is None
        assert await storage.cases.find(case.number, scope("housing", FINANCE)) == case

    async def test_a_participant_sees_a_case_unless_only_own_ones_are_asked_for(
        self, storage: Storage
    ) -> None:
        case = await storage.cases.insert(registered(participants=("housing",)))
        assert await storage.cases.find(case.number, scope("housing")) == case
        assert await storage.cases.find(case.number, scope("housing", participants_too=False)) is None

    async def test_a_named_person_finds_lists_and_counts_nothing(self, storage: Storage) -> None:
        case = await storage.cases.insert(registered(persons=("王小明",)))
        named = scope(FINANCE, staff_name="王小明")
        assert await storage.cases.find(case.number, named) is None
        assert (await storage.cases.list_cases(named, CaseFilter())).cases == ()
        assert await storage.cases.count(named, CaseFilter()) == 0
        assert [each async for each in storage.cases.iterate(named, CaseFilter())] == []


class TestListing:
    """Filters, orders and pages."""

    @pytest.mark.parametrize(
        ("where", "match"),
        [
            (CaseFilter(statuses=frozenset({Status.ACCEPTED})), {"status": Status.ACCEPTED}),
            (CaseFilter(open_only=True), {"status": Status.AWAITING_CITIZEN}),
            (CaseFilter(department="housing"), {"department": "housing"}),
            (CaseFilter(region_prefix="22"), {"complaint": {"region_code": "220100"}}),
            (CaseFilter(domain=Domain.PPP), {"complaint": {"domain": Domain.PPP}}),
            (CaseFilter(due_before=MONDAY), {"due_at": MONDAY - HOUR}),
            (CaseFilter(filed_from=MONDAY + HOUR), {"filed_at": MONDAY + HOUR}),
            (CaseFilter(filed_until=MONDAY), {"filed_at": MONDAY - HOUR}),
            (CaseFilter(words="窗口 推诿"), {"text": "窗口人员互相推诿，两年没有办成"}),
            (CaseFilter(quarantined=True), {"quarantined": True}),
            (CaseFilter(cluster="b1"), {"complaint": {"similar": ("b1", "b2")}}),
            (
                CaseFilter(proposal=ProposalKind.DECLINE),
                {"proposals": (Proposal(kind=ProposalKind.DECLINE, by=HANDLER, at=MONDAY),)},
            ),
            (
                CaseFilter(accountability_open=True),
                {
                    "accountability": (
                        Accountability(
                            id="a1",
                            kind=AccountabilityKind.MISSED_CLOCK,
                            reason="超期",
                            department=FINANCE,
                            staff=None,
                            staff_name=None,
                            opened_at=MONDAY,
                        ),
                    )
                },
            ),
        ],
        ids=lambda value: repr(value)[:60] if isinstance(value, CaseFilter) else "",
    )
    async def test_each_filter_finds_its_case_only(
        self, storage: Storage, where: CaseFilter, match: dict[str, Any]
    ) -> None:
        plain = registered(status=Status.ANSWERED)
        complaint = match.pop("complaint", None)
        wanted = registered(**match)
        if complaint:
            changed = wanted.complaint.model_copy(update=complaint)
            wanted = wanted.model_copy(update={"complaint": changed})
        if "status" not in match:
            wanted = wanted.model_copy(update={"status": Status.ANSWERED})
        await put(storage, plain, wanted)
        page = await storage.cases.list_cases(ALL, where)
        assert [case.number for case in page.cases] == [wanted.number]
        assert await storage.cases.count(ALL, where) == 1

    async def test_words_of_number_body_and_place_are_found_too(self, storage: Storage) -> None:
        case = await storage.cases.insert(registered())
        for words in (case.number, "教育局", "西宁 采购款", case.number.lower().replace("-", " ")):
            page = await storage.cases.list_cases(ALL, CaseFilter(words=words))
            assert [each.number for each in page.cases] == [case.number], words

    @pytest.mark.parametrize("order", list(CaseOrder))
    async def test_pages_follow_each_other_without_gap_or_repeat(
        self, storage: Storage, order: CaseOrder
    ) -> None:
        cases = [
            registered(
                filed_at=MONDAY + index % 3 * HOUR,
                updated_at=MONDAY + index % 4 * HOUR,
                due_at=MONDAY + index % 2 * HOUR if index % 5 else None,
                severity=list(Severity)[index % 3],
            )
            for index in range(23)
        ]
        await put(storage, *cases)
        seen: list[str] = []
        cursor = None
        while True:
            page = await storage.cases.list_cases(ALL, CaseFilter(), order=order, limit=5, cursor=cursor)
            seen += [case.number for case in page.cases]
            cursor = page.next_cursor
            if cursor is None:
                break
        whole = await storage.cases.list_cases(ALL, CaseFilter(), order=order, limit=100)
        assert seen == [case.number for case in whole.cases]
        assert sorted(seen) == sorted(case.number for case in cases)

    @pytest.mark.parametrize(
        "cursor", ["x", "", "W10", "bnVsbA", "💣", "WyJxdWV1ZSIsIHsiJGd0IjogMX0sIDEsIDFd"]
    )
    async def test_a_made_up_cursor_is_refused(self, storage: Storage, cursor: str) -> None:
        if not cursor:
            assert (await storage.cases.list_cases(ALL, CaseFilter(), cursor=cursor)).cases == ()
            return
        with pytest.raises(InvalidInput):
            await storage.cases.list_cases(ALL, CaseFilter(), cursor=cursor)

    async def test_iterating_gives_every_case_once(self, storage: Storage) -> None:
        cases = [registered() for _ in range(7)]
        await put(storage, *cases)
        seen = [case.number async for case in storage.cases.iterate(ALL, CaseFilter())]
        assert sorted(seen) == sorted(case.number for case in cases)


class TestBackgroundLists:
    """What the relay and the clock watch ask for."""

    async def test_notifications_are_listed_until_all_are_taken(self, storage: Storage) -> None:
        silent, telling = registered(), registered(notifications=(told("n1"), told("n2")))
        await put(storage, silent, telling)
        assert [case.number for case in await storage.cases.list_notifying(10)] == [telling.number]
        await storage.cases.drop_notifications(telling.number, ["n1"])
        (left,) = await storage.cases.list_notifying(10)
        assert [note.id for note in left.notifications] == ["n2"]
        await storage.cases.drop_notifications(telling.number, ["n2", "n9"])
        assert await storage.cases.list_notifying(10) == []
        assert (await storage.cases.get(telling.number)).version == 1

    async def test_a_case_is_due_at_amber_then_at_red_then_no_more(self, storage: Storage) -> None:
        due = MONDAY + timedelta(days=2)
        case = await storage.cases.insert(registered(clocks=(clock_due(due),)))
        assert await storage.cases.list_due(MONDAY, 10) == []
        assert await storage.cases.list_due(MONDAY + MILLISECOND, 10) == [case]
        warned = case.model_copy(update={"clocks": (clock_due(due, warned=("amber",)),)})
        saved = await storage.cases.save(warned, expected_version=1)
        assert saved is not None
        assert await storage.cases.list_due(due, 10) == []
        assert await storage.cases.list_due(due + MILLISECOND, 10) == [saved]
        warned = saved.model_copy(update={"clocks": (clock_due(due, warned=("amber", "red")),)})
        await storage.cases.save(warned, expected_version=2)
        assert await storage.cases.list_due(due + timedelta(days=99), 10) == []

    async def test_a_paused_or_met_clock_is_never_due(self, storage: Storage) -> None:
        paused, met = (
            clock_due(MONDAY, paused_at=MONDAY - HOUR),
            clock_due(MONDAY, met_at=MONDAY - HOUR),
        )
        await put(storage, registered(clocks=(paused,)), registered(clocks=(met,)))
        assert await storage.cases.list_due(FOREVER, 10) == []

    async def test_similar_cases_share_a_band(self, storage: Storage) -> None:
        case = registered(complaint={"similar": ("b1", "b2")})
        await put(storage, case, registered(complaint={"similar": ("b3",)}))
        assert await storage.cases.list_similar(["b2", "b9"]) == [case]
        assert await storage.cases.list_similar([]) == ()

    async def test_serial_numbers_have_no_gaps_and_no_repeats(self, storage: Storage) -> None:
        serials = await asyncio.gather(*(storage.cases.next_serial(FINANCE, 2026) for _ in range(20)))
        assert sorted(serials) == list(range(1, 21))
        assert await storage.cases.next_serial(FINANCE, 2027) == 1


class TestWatching:
    """Live updates through one change stream."""

    async def test_each_watcher_hears_of_the_cases_in_its_scope(self, storage: Storage) -> None:
        named = scope(FINANCE, staff_name="王小明")
        watchers = [storage.cases.watch(each) for each in (ALL, scope(FINANCE), named)]
        waiting = [asyncio.ensure_future(anext(watcher)) for watcher in watchers]
        elsewhere = registered(department="housing")
        about_them = registered(persons=("王小明",))
        plain = registered()
        await storage.cases.listening()
        await put(storage, elsewhere, about_them, plain)
        heard = await asyncio.gather(*waiting)
        assert heard == [elsewhere.number, about_them.number, plain.number]

    async def test_a_lease_and_a_save_are_heard_of(self, storage: Storage) -> None:
        case = await storage.cases.insert(registered())
        watcher = storage.cases.watch(scope(FINANCE))
        first = asyncio.ensure_future(anext(watcher))
        await storage.cases.listening()
        leased = await storage.cases.lease_next(FINANCE, ALL, MONDAY, MONDAY + HOUR)
        assert leased is not None
        await storage.cases.save(leased, expected_version=leased.version)
        assert await first == case.number
        assert await anext(watcher) == case.number

    async def test_closing_ends_every_watcher(self, storage: Storage) -> None:
        watcher = storage.cases.watch(ALL)
        waiting = asyncio.ensure_future(anext(watcher, None))
        await storage.cases.listening()
        await storage.cases.close()
        assert await waiting is None


async def test_a_list_leaves_out_what_the_viewers_department_may_not_know_of(storage: Storage) -> None:
    case = registered().model_copy(update={"barred": (FINANCE,)})
    case = await storage.cases.insert(case)
    everything = Scope(frozenset({case.department}))
    accused = Scope(frozenset({case.department}), viewer=FINANCE)
    assert (await storage.cases.list_cases(everything, CaseFilter())).cases == (case,)
    assert (await storage.cases.list_cases(accused, CaseFilter())).cases == ()
    assert await storage.cases.count(accused, CaseFilter()) == 0
    assert await storage.cases.find(case.number, accused) is None
