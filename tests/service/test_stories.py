"""Stories of several people over one case, through the service and a real mongod, told by its history.

The pages tell the common ones (tests/department/test_stories.py); here are those in which somebody must be
refused, and in which who acted for whom must stay readable afterwards.
"""

from __future__ import annotations

from typing import Any

import pytest

from cases.errors import (
    ConflictOfInterest,
    IllegalMove,
    InvalidInput,
    NotAllowed,
    NotFound,
    SecondPersonNeeded,
)
from cases.model import Case
from cases.moves.history import find_break
from cases.people import Role
from cases.ports.accounts import Staff
from cases.vocabulary import Move, Status
from storage.opening import Storage
from tests.town.world import FINANCE, OPINION, REFORM, World, actor, open_world

DECLINE: dict[str, Any] = {
    "reason": "in_court",
    "legal_basis": "《信访工作条例》第三十一条",
    "explanation": "此事已由法院立案，请等待判决。",
}


@pytest.fixture
async def world(storage: Storage) -> Any:
    opened = await open_world(storage)
    yield opened
    await opened.client.close()


def told(case: Case) -> list[str]:
    """Who did what, in order."""
    return [f"{entry.actor.name}:{entry.move}" for entry in case.history]


async def handler(world: World, case: Case, name: str) -> Staff:
    """Somebody of the department that holds the case now."""
    return await world.person(name, department=case.department)


async def test_b_carries_on_and_a_cannot_act_behind_the_back_of_b(world: World) -> None:
    li, zhao = await world.person("李承办"), await world.person("赵副岗", Role.DEPUTY)
    case = await world.accepted(li)
    with pytest.raises(NotAllowed):
        await world.act(case, Move.TAKE_OVER, zhao)
    world.later(days=3)
    case = await world.act(case, Move.TAKE_OVER, zhao)
    with pytest.raises(NotAllowed):
        await world.act(case, Move.ANSWER, li, **OPINION)
    case = await world.act(case, Move.ANSWER, zhao, **OPINION)
    assert case.letters[0].signed_by == "赵副岗"
    assert told(case)[-3:] == ["李承办:accept", "赵副岗:take_over", "赵副岗:answer"]
    assert find_break((await world.reread(case)).history) is None


async def test_a_refused_decline_goes_on_and_may_still_be_accepted(world: World) -> None:
    li, wang = await world.person("李承办"), await world.person("王负责", Role.HEAD)
    case = await world.claimed(li)
    case = await world.act(case, Move.PROPOSE_DECLINE, li, **DECLINE)
    with pytest.raises(IllegalMove, match="会签"):
        await world.act(case, Move.ACCEPT, li)
    case = await world.act(case, Move.REFUSE_DECLINE, wang, reason="没有立案，应当受理")
    assert case.status is Status.REGISTERED
    assert case.proposals == ()
    case = await world.act(case, Move.ACCEPT, li)
    assert case.status is Status.ACCEPTED
    assert not any(n.template == "told-declined" for n in case.notifications)


async def test_a_declined_case_can_be_reviewed_and_the_review_answers_it(world: World) -> None:
    wang = await world.person("王负责", Role.HEAD, Role.HANDLER)
    ma = await world.person("马负责", Role.HEAD)
    case = await world.claimed(wang)
    case = await world.act(case, Move.PROPOSE_DECLINE, wang, **DECLINE)
    with pytest.raises(SecondPersonNeeded):
        await world.act(case, Move.COUNTERSIGN_DECLINE, wang)
    case = await world.act(case, Move.COUNTERSIGN_DECLINE, ma)
    accept = case.clock("accept")
    assert accept is not None
    assert accept.met_at is not None
    case = await world.act(case, Move.ASK_REVIEW, reason="没有立案")
    assert case.department != FINANCE
    assert case.review_of == FINANCE
    zheng = await handler(world, case, "郑复查")
    await world.act(case, Move.CLAIM, zheng)
    case = await world.act(case, Move.ANSWER, zheng, **OPINION)
    assert case.status is Status.ANSWERED
    review = case.clock("review")
    assert review is not None
    assert review.met_at is not None


async def test_the_sender_answers_until_a_disputed_transfer_is_decided(world: World) -> None:
    li, qian = await world.person("李承办"), await world.person("钱接收", department=REFORM)
    du = await world.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await world.claimed(li)
    case = await world.act(case, Move.TRANSFER, li, department=REFORM, reason="属于招标投标")
    case = await world.act(case, Move.DISPUTE, qian, department=FINANCE, reason="属于政府采购")
    assert case.department == FINANCE
    with pytest.raises(NotAllowed):
        await world.act(case, Move.DECIDE_DISPUTE, li, department=REFORM, reason="自己定")
    case = await world.act(case, Move.DECIDE_DISPUTE, du, department=FINANCE, reason="属于政府采购")
    assert case.department == FINANCE
    assert case.holder is not None
    assert case.proposals == ()
    offered = case.clock("transfer_return")
    assert offered is not None
    assert offered.stopped_at is not None
    with pytest.raises((NotFound, NotAllowed)):
        await world.act(case, Move.ACCEPT_TRANSFER, qian)
    assert (await world.act(case, Move.ACCEPT, li)).status is Status.ACCEPTED


async def test_after_the_final_review_nothing_further_is_accepted(world: World) -> None:
    case = await world.answered(await world.person("李承办"))
    departments = [case.department]
    for asked in (Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW):
        case = await world.act(case, asked, reason="不服处理意见")
        departments.append(case.department)
        reviewer = await handler(world, case, "郑复查")
        await world.act(case, Move.CLAIM, reviewer)
        case = await world.act(case, Move.ANSWER, reviewer, **OPINION)
    assert len(set(departments)) == 3
    assert case.status is Status.CLOSED
    for again in (Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW):
        with pytest.raises((IllegalMove, InvalidInput)):
            await world.act(case, again, reason="仍然不服")
    assert len((await world.reread(case)).letters) == 3


async def test_a_review_cannot_be_asked_for_after_thirty_days(world: World) -> None:
    case = await world.answered(await world.person("李承办"))
    world.later(days=33)
    with pytest.raises(IllegalMove):
        await world.act(case, Move.ASK_REVIEW, reason="不服处理意见")


async def test_a_review_never_goes_to_the_accused_and_says_where_help_is_when_nobody_is_left(
    world: World,
) -> None:
    above = "630000:青海省人民政府"
    case = await world.filed(accused="青海省人民政府")
    li = await handler(world, case, "李承办")
    case = await world.answered(li, case)
    assert case.department != above
    with pytest.raises(InvalidInput, match="12345"):
        await world.act(case, Move.ASK_REVIEW, reason="不服处理意见")
    assert (await world.reread(case)).department == case.department


async def test_whoever_is_concerned_is_kept_out_by_every_way_in(world: World) -> None:
    case = await world.filed(text="西宁市城西区教育局拖欠货款，财政厅周被指知情不报，请督促付清八十万元。")
    zhou = await world.person("周被指", Role.HANDLER, Role.HEAD)
    li, wang = await world.person("李承办"), await world.person("王负责", Role.HEAD)
    with pytest.raises(NotFound):
        await world.services.desk.get(case.number, actor(zhou))
    assert await world.services.desk.claim_next(actor(zhou)) is None
    with pytest.raises(ConflictOfInterest):
        await world.act(case, Move.CLAIM, zhou)
    with pytest.raises(ConflictOfInterest):
        await world.act(case, Move.ASSIGN, wang, staff=zhou.id)
    case = await world.claimed(li, case)
    case = await world.act(case, Move.PROPOSE_DECLINE, li, **DECLINE)
    with pytest.raises(ConflictOfInterest):
        await world.act(case, Move.COUNTERSIGN_DECLINE, zhou)
    case = await world.act(case, Move.COUNTERSIGN_DECLINE, wang)
    assert not any(entry.actor.id == zhou.id for entry in (await world.reread(case)).history)
