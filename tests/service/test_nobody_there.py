"""A step that nobody can take is not begun: it waits for a supervisor, and the citizen is told so."""

from __future__ import annotations

import pytest

from cases.errors import IllegalMove, InvalidInput
from cases.model import Case
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.cases import CaseFilter
from cases.reasons import NOT_ITS_OWN_REVIEW
from cases.vocabulary import Audience, LetterStatus, Move, Status
from classify.types import Domain
from tests.town.live.town import Town
from tests.town.places import FINANCE, REFORM
from tests.town.refusing import refused
from tests.town.words import OPINION

STALLED = CaseFilter(stalled=True)
OVERSEER = "630000:青海省人民政府"
EXTENSION = {"days": 10, "reason": "情况复杂"}


def citizen_heard(case: Case) -> list[str]:
    return [n.template for n in case.notifications if n.audience is Audience.CITIZEN]


async def waiting_for(town: Town, supervisor: Staff) -> list[str]:
    """Numbers in the supervisor's list of steps without anybody; listed and counted alike."""
    actor = supervisor.actor
    found = await town.services.desk.list_cases(actor, STALLED)
    assert await town.services.desk.count(actor, STALLED) == len(found.cases)
    return [case.number for case in found.cases]


async def test_a_case_for_an_empty_department_waits_for_a_supervisor(
    town: Town,
) -> None:
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    await town.person("离职者", department=FINANCE, active=False)
    await town.person("周管理", Role.ADMIN, department=FINANCE)
    case = await town.filed()
    assert case.stalled is not None
    assert case.stalled.department == case.department == FINANCE
    assert await waiting_for(town, du) == [case.number]
    assert [n.template for n in case.notifications if n.audience is Audience.SUPERVISORS] == ["staff-stalled"]
    li = await town.person("李承办")
    case = await town.act(case, Move.CLAIM, li)
    assert case.stalled is None
    assert citizen_heard(case)[-1] == "told-claimed"
    assert await waiting_for(town, du) == []
    assert (await town.filed()).stalled is None


async def test_who_is_named_in_the_complaint_does_not_count_as_somebody(town: Town) -> None:
    await town.person("张三丰")
    assert (
        await town.filed(text="青海省财政厅张三丰承诺付款，至今没有付清采购款八十万元。")
    ).stalled is not None


@pytest.mark.parametrize("level", [1, 2], ids=["复查", "复核"])
async def test_a_review_that_nobody_can_make_is_not_said_to_have_begun(town: Town, level: int) -> None:
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.answered(li)
    if level == 2:
        zheng = await town.person("郑复查", department="630000:青海省人民政府")
        case = await town.act(case, Move.ASK_REVIEW, reason="不服")
        assert (case.stalled, citizen_heard(case)[-1]) == (None, "told-review-started")
        await town.act(case, Move.CLAIM, zheng)
        case = await town.act(case, Move.ANSWER, zheng, **OPINION)
    asked = await town.act(case, Move.ASK_REVIEW if level == 1 else Move.ASK_FINAL_REVIEW, reason="不服")
    assert citizen_heard(asked)[-1] == "told-review-waits"
    assert await waiting_for(town, du) == [asked.number]
    with refused(NOT_ITS_OWN_REVIEW):
        await town.act(asked, Move.ROUTE, du, department=asked.review_of, reason="请办理")
    await town.person("马复查", department=REFORM)
    named = await town.act(asked, Move.ROUTE, du, department=REFORM, reason="由发展改革委复查")
    assert (named.department, named.stalled, citizen_heard(named)[-1]) == (REFORM, None, "told-transferred")
    assert named.status in {Status.IN_REVIEW, Status.IN_FINAL_REVIEW}
    assert all(clock.department == REFORM for clock in named.clocks if clock.running)


async def test_when_accounts_come_the_review_begins_and_is_said_to(town: Town) -> None:
    case = await town.answered(await town.person("李承办"))
    case = await town.act(case, Move.ASK_REVIEW, reason="不服")
    zheng = await town.person("郑复查", department=case.department)
    case = await town.act(case, Move.CLAIM, zheng)
    assert (case.stalled, citizen_heard(case)[-1]) == (None, "told-review-started")


async def test_who_is_given_a_case_by_hand_is_named_in_a_letter_once_somebody_is_there(town: Town) -> None:
    """And a number of the department's letters is used up for a letter only."""
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    numbers = []
    for department in (REFORM, OVERSEER, REFORM):
        if department is OVERSEER:
            await town.person("马复查", department=REFORM)
        case = await town.filed()
        case = await town.act(case, Move.ROUTE, du, department=department, reason="属于其职责范围")
        numbers.append([letter.serial for letter in case.papers])
        assert citizen_heard(case)[-1] == ("told-transferred" if numbers[-1] else "told-department-waits")
    assert numbers == [[], [], ["青海省财政厅〔2026〕第1号"]]


async def test_an_offer_to_an_empty_department_goes_to_the_supervisor(town: Town) -> None:
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.act(await town.claimed(li), Move.TRANSFER, li, department=REFORM, reason="不属本单位")
    assert await waiting_for(town, du) == [case.number]
    assert not [n for n in case.notifications if n.template == "staff-transfer-offered"]
    decided = await town.act(case, Move.ROUTE, du, department=FINANCE, reason="仍由财政厅办理")
    assert (decided.proposals, decided.stalled, decided.department) == ((), None, FINANCE)
    assert [letter.status for letter in decided.papers] == [LetterStatus.DRAFT]
    assert await waiting_for(town, du) == []


async def test_the_only_head_asks_a_supervisor_for_more_time(town: Town) -> None:
    head = await town.person("王负责", Role.HEAD, department=REFORM)
    case = await town.accepted(head, await town.filed(domain=Domain.GENERAL))
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.act(case, Move.REQUEST_EXTENSION, head, **EXTENSION)
    assert await waiting_for(town, du) == [case.number]
    case = await town.act(case, Move.APPROVE_EXTENSION, du)
    assert (case.stalled, case.proposals, citizen_heard(case)[-1]) == (None, (), "told-extended")


async def test_an_extension_with_another_head_there_is_no_business_of_the_supervisor(town: Town) -> None:
    li = await town.person("李承办", department=REFORM)
    await town.person("王负责", Role.HEAD, department=REFORM)
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.accepted(li, await town.filed(domain=Domain.GENERAL))
    await town.act(case, Move.REQUEST_EXTENSION, li, **EXTENSION)
    assert await waiting_for(town, du) == []


async def test_lead_departments_without_people_are_named(town: Town) -> None:
    before = await town.services.staffing.empty_departments()
    assert "青海省财政厅" in before
    await town.person("李承办")
    await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    after = await town.services.staffing.empty_departments()
    assert set(before) - set(after) == {"青海省财政厅"}


async def test_a_case_with_a_department_that_has_people_is_not_given_away_by_a_supervisor(town: Town) -> None:
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.accepted(li)
    with pytest.raises((IllegalMove, InvalidInput)):
        await town.act(case, Move.ROUTE, du, department=REFORM, reason="换一个")
