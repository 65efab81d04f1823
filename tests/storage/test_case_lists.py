"""Lists of cases on a real MongoDB: what one may see, in the order asked for, page after page."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from cases.errors import InvalidInput
from cases.instants import FOREVER, local_date, start_of
from cases.model import Accountability, Proposal
from cases.ports.cases import CaseFilter, CaseOrder, Scope
from cases.vocabulary import AccountabilityKind, ProposalKind, Status
from classify.types import Domain, Severity
from storage.cases.documents import CaseMapper
from storage.cases.queries import KEYS_OF, matching
from storage.opening import Storage
from storage.schema.collections import AT_WORK_INDEX
from tests.storage.stored_cases import HOUR, MILLISECOND, put, scope
from tests.town.cases import ALL, clock_due, registered, told
from tests.town.clock import MONDAY
from tests.town.people import HANDLER
from tests.town.places import FINANCE

DAY = timedelta(days=1)


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
            (CaseFilter(filed_from=MONDAY + DAY), {"filed_at": MONDAY + DAY}),
            (CaseFilter(filed_until=start_of(local_date(MONDAY))), {"filed_at": MONDAY - DAY}),
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
        await storage.cases.drop_notifications({telling.number: ["n1"]})
        (left,) = await storage.cases.list_notifying(10)
        assert [note.id for note in left.notifications] == ["n2"]
        await storage.cases.drop_notifications({telling.number: ["n2", "n9"]})
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


async def test_a_list_leaves_out_what_the_viewers_department_may_not_know_of(storage: Storage) -> None:
    case = registered().model_copy(update={"barred": (FINANCE,)})
    case = await storage.cases.insert(case)
    everything = Scope(frozenset({case.department}))
    accused = Scope(frozenset({case.department}), viewer=FINANCE)
    assert (await storage.cases.list_cases(everything, CaseFilter())).cases == (case,)
    assert (await storage.cases.list_cases(accused, CaseFilter())).cases == ()
    assert await storage.cases.count(accused, CaseFilter()) == 0
    assert await storage.cases.find(case.number, accused) is None


async def test_many_filters_are_counted_in_one_question_and_no_further_than_asked(storage: Storage) -> None:
    for _ in range(4):
        await storage.cases.insert(registered())
    await storage.cases.insert(registered(status=Status.CLOSED))
    await storage.cases.insert(registered(department="housing", participants=(FINANCE,)))
    wheres = [
        CaseFilter(open_only=True, department=FINANCE),
        CaseFilter(holder="nobody"),
        CaseFilter(),
        CaseFilter(of_others=FINANCE),
    ]
    assert await storage.cases.count_each(scope(FINANCE), wheres, 100) == [4, 0, 6, 1]
    assert await storage.cases.count_each(scope(FINANCE), wheres, 3) == [3, 0, 3, 1]
    assert await storage.cases.count_each(scope(FINANCE), [], 3) == []


async def test_what_is_at_work_is_read_without_what_is_over(storage: Storage) -> None:
    """However many cases are closed, a queue and the pull go through the indexes of those at work."""
    where = matching(scope(FINANCE), CaseFilter(open_only=True, department=FINANCE), CaseMapper(storage.keys))
    order = dict(KEYS_OF[CaseOrder.QUEUE])
    for _ in range(3):
        await storage.cases.insert(registered())
    for _ in range(30):
        await storage.cases.insert(registered(status=Status.CLOSED))
    find = {"find": "cases", "filter": where, "sort": order, "limit": 51}
    told = await storage.database.command({"explain": find, "verbosity": "executionStats"})
    assert f"'indexName': '{AT_WORK_INDEX}'" in str(told["queryPlanner"]["winningPlan"])
    assert told["executionStats"]["totalDocsExamined"] <= 3
