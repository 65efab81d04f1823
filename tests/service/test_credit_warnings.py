"""Who breaks faith again within a year, and whose arrears of last year were not disclosed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cases.instants import CHINA
from cases.integrity.breaches.record_model import BreachRecord, RecordStatus
from cases.integrity.registers.disclosures import Disclosed, Disclosure, DisclosureStatus
from cases.integrity.spine.dossier import Subject
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.records import FreeText
from cases.service.credit.warnings import credit_warnings, repeated, undisclosed
from classify.types import Domain
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town, actor

BODY = Subject(name="示例县交通运输局", region_code="630102")
OTHER = Subject(name="示例县水务局", region_code="630102")
COMMON = {
    "jurisdiction": "qinghai",
    "keeper": "630000:省财政厅",
    "keeper_name": "青海省财政厅",
    "opened_at": datetime(2026, 5, 1, tzinfo=CHINA),
    "updated_at": datetime(2026, 5, 1, tzinfo=CHINA),
}


def record(id: str, on: date, subject: Subject = BODY) -> BreachRecord:
    return BreachRecord(
        id=id,
        filing_key=id,
        status=RecordStatus.ACTIVE,
        subject=subject,
        domain=Domain.DEBT,
        facts=FreeText("未付"),
        breach_on=on,
        **COMMON,
    )


@pytest.mark.parametrize(
    ("days", "today", "found"),
    [
        ((date(2025, 6, 1), date(2026, 6, 1)), date(2026, 7, 1), True),
        ((date(2025, 5, 31), date(2026, 6, 1)), date(2026, 7, 1), False),
        ((date(2025, 6, 1), date(2026, 6, 1)), date(2027, 6, 1), True),
        ((date(2025, 6, 1), date(2026, 6, 1)), date(2027, 6, 2), False),
        ((date(2026, 6, 1),), date(2026, 7, 1), False),
        ((date(2020, 1, 1), date(2026, 3, 1), date(2026, 6, 1)), date(2026, 7, 1), True),
    ],
)
def test_a_second_breach_within_a_year(days: tuple[date, ...], today: date, found: bool) -> None:
    records = [record(f"JL-{n}", day) for n, day in enumerate(days)]
    again = repeated([*records, record("JL-other", days[0], OTHER)], today)
    assert [subject for subject, _ in again] == ([BODY] if found else [])
    if found:
        assert [one.breach_on for one in again[0][1]] == sorted(days, reverse=True)


def posted(matter: Disclosed, year: int) -> Disclosure:
    return Disclosure(
        id="GK-1",
        filing_key="GK-1",
        status=DisclosureStatus.POSTED,
        subject=BODY,
        matter=matter,
        title="欠款",
        number="",
        decided_on=date(year, 12, 31),
        due_on=date(year + 1, 3, 31),
        **COMMON,
    )


@pytest.mark.parametrize(
    ("told", "today", "missing"),
    [
        ([], date(2027, 4, 1), True),
        ([], date(2027, 3, 31), False),
        ([(Disclosed.ARREARS, 2026)], date(2027, 4, 1), False),
        ([(Disclosed.ARREARS, 2025)], date(2027, 4, 1), True),
        ([(Disclosed.PENALTY, 2026)], date(2027, 4, 1), True),
    ],
)
def test_arrears_on_record_are_disclosed_by_the_end_of_march(
    told: list[tuple[Disclosed, int]], today: date, missing: bool
) -> None:
    found = undisclosed([record("JL-1", date(2026, 6, 1))], [posted(*one) for one in told], today)
    assert found == ((BODY,) if missing else ())


async def test_a_supervisor_sees_what_is_late(town: Town) -> None:
    bureau = await Bureau.of(town)
    promise = await bureau.act(await bureau.open(Kind.COMMITMENT), "publish", Role.RELEASER)
    due = await bureau.open(Kind.DISCLOSURE)
    town.later(days=70)
    late = await bureau.service.wake(await bureau.service.wake(promise))  # type: ignore[arg-type]
    await bureau.service.wake(due)
    watcher = await town.person("王督办", Role.SUPERVISOR)
    seen = await credit_warnings(bureau.service, actor(watcher), town.watch.now.date())
    assert {one.name: one.many for one in seen.overdue if one.many} == {
        "承诺逾期未兑现": 1,
        "逾期未公开": 1,
    }
    page = await town.page("/board/warning", await town.sign_in(watcher))
    assert late is not None
    assert late.id in page
    assert due.id in page
    stranger = actor(await town.person("赵督办", Role.SUPERVISOR, department="230000:省财政厅"))
    elsewhere = await credit_warnings(bureau.service, stranger, town.watch.now.date())
    assert not any(one.many for one in elsewhere.overdue)
