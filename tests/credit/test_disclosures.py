"""What has to be made public by a day: when it is due, late by itself, posted, seen by everybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.errors import InvalidInput
from cases.instants import local_date
from cases.integrity.registers.disclosures import Disclosed, due_on
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town

AT = "https://credit.example.org/9"


def test_arrears_are_due_by_the_end_of_march_and_decisions_within_a_week() -> None:
    assert due_on(Disclosed.ARREARS, date(2026, 12, 31)) == date(2027, 3, 31)
    assert due_on(Disclosed.LICENCE, date(2026, 12, 28)) == date(2027, 1, 4)
    assert due_on(Disclosed.PENALTY, date(2028, 2, 25)) == date(2028, 3, 3)


async def test_it_is_late_by_itself_and_everybody_sees_by_how_much(town: Town) -> None:
    bureau = await Bureau.of(town)
    today = local_date(town.watch.now)
    due = await bureau.open(Kind.DISCLOSURE, decided_on=today)
    assert due.id not in await town.page("/disclosures", {})
    town.later(days=9)
    late = await bureau.service.wake(due)
    page = await town.page("/disclosures", {})
    assert due.id in page
    assert "逾期未公开" in page
    assert "甲经办" not in page
    posted = await bureau.act(
        late,  # type: ignore[arg-type]
        "post",
        Role.SUBJECT,
        posted_on=today + timedelta(days=9),
        address=AT,
    )
    assert posted.days_late == 2
    assert "晚了2天公开" in await town.page("/disclosures", {})
    assert "2 days late" in await town.page("/disclosures", {"Accept-Language": "en"})
    listed = await (await town.client.get("/disclosures.json?status=posted&region=63")).json()
    assert [(one["id"], one["days_late"], one["address"]) for one in listed["items"]] == [(due.id, 2, AT)]
    withdrawn = await bureau.act(posted, "withdraw", reason="登记有误")
    assert withdrawn.id not in await town.page("/disclosures", {})
    for strange in ("?status=due&region=%00", "?words=" + "长" * 200):
        assert (await town.client.get(f"/disclosures{strange}")).status == 200


@pytest.mark.parametrize("days", [-1, 30])
async def test_a_day_of_publication_lies_between_the_decision_and_today(town: Town, days: int) -> None:
    bureau = await Bureau.of(town)
    today = local_date(town.watch.now)
    due = await bureau.open(Kind.DISCLOSURE, decided_on=today)
    with pytest.raises(InvalidInput, match="公开日期"):
        await bureau.act(due, "post", Role.SUBJECT, posted_on=today + timedelta(days=days), address=AT)
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        await bureau.open(Kind.DISCLOSURE, decided_on=today + timedelta(days=1), key="2")
