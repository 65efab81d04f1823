"""Thirty-two people pull at once from two queues: nothing is given twice, nothing lies there forgotten."""

from __future__ import annotations

import asyncio

import pytest

from cases.errors import AlreadyClaimed, DomainError, StaleCase
from cases.lifecycle.holding import CLAIM_LEASE
from cases.model import Case
from cases.people import Role
from cases.ports.accounts import Staff
from cases.vocabulary import Move
from classify.types import Domain
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE, REFORM

WORKERS = 16
CASES = 60


async def test_no_case_is_given_twice_and_none_is_starved(town: Town) -> None:
    for domain in (Domain.PROCUREMENT, Domain.BIDDING):
        await asyncio.gather(*(town.filed(domain=domain) for _ in range(CASES)))
    people = [
        await town.person(f"承办{n}号", department=department)
        for department in (FINANCE, REFORM)
        for n in range(WORKERS)
    ]
    given = [case for cases in await asyncio.gather(*(_pull_all(town, p) for p in people)) for case in cases]
    numbers = [case.number for case in given]
    assert len(numbers) == len(set(numbers)) == 2 * CASES
    for case in given:
        stored = await town.reread(case)
        assert stored.holder == case.holder
        assert [e.move for e in stored.history].count(Move.CLAIM) == 1


async def _pull_all(town: Town, person: Staff) -> list[Case]:
    pulled = []
    while (case := await town.services.desk.claim_next(actor(person))) is not None:
        assert case.department == person.department
        pulled.append(case)
        await asyncio.sleep(0)
    return pulled


async def test_the_loser_of_a_race_gets_409_and_then_the_next_case(town: Town) -> None:
    first, second = await town.person("甲承办"), await town.person("乙承办")
    one, two = await town.filed(), await town.filed()
    tokens = [await town.token(p, "cases:read", "cases:write") for p in (first, second)]
    answers = await asyncio.gather(
        *(town.client.post(f"/api/v1/cases/{one.number}/moves/claim", headers=t) for t in tokens)
    )
    assert sorted(a.status for a in answers) == [200, 409]
    lost = tokens[[a.status for a in answers].index(409)]
    following = await (await town.client.post("/api/v1/cases/next", headers=lost)).json()
    assert following["number"] == two.number


async def test_two_changes_of_one_version_never_both_happen(town: Town) -> None:
    li = await town.person("李承办", Role.HANDLER)
    case = await town.claimed(li)
    results = await asyncio.gather(
        *(
            town.services.acting.act(
                case.number, Move.ACCEPT, None, actor(li), expected_version=case.version, key=f"k{n}"
            )
            for n in range(8)
        ),
        return_exceptions=True,
    )
    done = [r for r in results if isinstance(r, Case)]
    assert len(done) == 1
    assert all(isinstance(r, DomainError) for r in results if not isinstance(r, Case))


async def test_overdue_first_then_severity_then_due_date(town: Town) -> None:
    li = await town.person("李承办")
    late = await town.filed()
    town.later(days=12)
    calm = await town.filed()
    urgent = await town.filed(
        text="西宁市城西区教育局拖欠货款，讨薪的工人扬言跳楼，随时有生命危险，请求紧急处理。"
    )
    order = [await town.services.desk.claim_next(actor(li)) for _ in range(3)]
    assert [c.number for c in order if c] == [late.number, urgent.number, calm.number]


async def test_a_claim_that_lapsed_frees_the_case_at_the_exact_instant(town: Town) -> None:
    li, zhou = await town.person("李承办"), await town.person("周同事")
    case = await town.claimed(li)
    town.later(seconds=CLAIM_LEASE.total_seconds() - 0.001)
    assert await town.services.desk.claim_next(actor(zhou)) is None
    with pytest.raises((AlreadyClaimed, StaleCase)):
        await town.act(case, Move.CLAIM, zhou)
    town.later(seconds=0.001)
    again = await town.services.desk.claim_next(actor(zhou))
    assert again is not None
    assert again.holder is not None
    assert again.holder.staff == zhou.id
