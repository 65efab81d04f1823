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
from cases.vocabulary import ClockKind, LetterStatus, Move, Status
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION

DECLINE: dict[str, Any] = {
    "reason": "in_court",
    "legal_basis": "《信访工作条例》第三十一条",
    "explanation": "此事已由法院立案，请等待判决。",
}


def told(case: Case) -> list[str]:
    """Who did what, in order."""
    return [f"{entry.actor.name}:{entry.move}" for entry in case.history]


async def handler(town: Town, case: Case, name: str) -> Staff:
    """Somebody of the department that holds the case now."""
    return await town.person(name, department=case.department)


async def test_b_carries_on_and_a_cannot_act_behind_the_back_of_b(town: Town) -> None:
    li, zhao = await town.person("李承办"), await town.person("赵副岗", Role.DEPUTY)
    case = await town.accepted(li)
    with pytest.raises(NotAllowed):
        await town.act(case, Move.TAKE_OVER, zhao)
    town.later(days=3)
    case = await town.act(case, Move.TAKE_OVER, zhao)
    with pytest.raises(NotAllowed):
        await town.act(case, Move.ANSWER, li, **OPINION)
    case = await town.act(case, Move.ANSWER, zhao, **OPINION)
    assert case.letters[0].signed_by == "赵副岗"
    assert told(case)[-3:] == ["李承办:accept", "赵副岗:take_over", "赵副岗:answer"]
    assert find_break((await town.reread(case)).history) is None


async def test_a_refused_decline_goes_on_and_may_still_be_accepted(town: Town) -> None:
    li, wang = await town.person("李承办"), await town.person("王负责", Role.HEAD)
    case = await town.claimed(li)
    case = await town.act(case, Move.PROPOSE_DECLINE, li, **DECLINE)
    with pytest.raises(IllegalMove, match="会签"):
        await town.act(case, Move.ACCEPT, li)
    case = await town.act(case, Move.REFUSE_DECLINE, wang, reason="没有立案，应当受理")
    assert case.status is Status.REGISTERED
    assert case.proposals == ()
    case = await town.act(case, Move.ACCEPT, li)
    assert case.status is Status.ACCEPTED
    assert not any(n.template == "told-declined" for n in case.notifications)


async def test_a_declined_case_can_be_reviewed_and_the_review_answers_it(town: Town) -> None:
    wang = await town.person("王负责", Role.HEAD, Role.HANDLER)
    ma = await town.person("马负责", Role.HEAD)
    case = await town.claimed(wang)
    case = await town.act(case, Move.PROPOSE_DECLINE, wang, **DECLINE)
    with pytest.raises(SecondPersonNeeded):
        await town.act(case, Move.COUNTERSIGN_DECLINE, wang)
    case = await town.act(case, Move.COUNTERSIGN_DECLINE, ma)
    accept = case.clock(ClockKind.ACCEPT)
    assert accept is not None
    assert accept.met_at is not None
    case = await town.act(case, Move.ASK_REVIEW, reason="没有立案")
    assert case.department != FINANCE
    assert case.review_of == FINANCE
    zheng = await handler(town, case, "郑复查")
    await town.act(case, Move.CLAIM, zheng)
    case = await town.act(case, Move.ANSWER, zheng, **OPINION)
    assert case.status is Status.ANSWERED
    review = case.clock(ClockKind.REVIEW)
    assert review is not None
    assert review.met_at is not None


async def test_the_sender_answers_until_a_disputed_transfer_is_decided(town: Town) -> None:
    li, qian = await town.person("李承办"), await town.person("钱接收", department=REFORM)
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.claimed(li)
    case = await town.act(case, Move.TRANSFER, li, department=REFORM, reason="属于招标投标")
    case = await town.act(case, Move.DISPUTE, qian, department=FINANCE, reason="属于政府采购")
    assert case.department == FINANCE
    with pytest.raises(NotAllowed):
        await town.act(case, Move.DECIDE_DISPUTE, li, department=REFORM, reason="自己定")
    case = await town.act(case, Move.DECIDE_DISPUTE, du, department=FINANCE, reason="属于政府采购")
    assert case.department == FINANCE
    assert case.holder is not None
    assert case.proposals == ()
    assert [letter.status for letter in case.papers] == [LetterStatus.DRAFT], "it is sent nowhere"
    offered = case.clock(ClockKind.TRANSFER_RETURN)
    assert offered is not None
    assert offered.stopped_at is not None
    with pytest.raises((NotFound, NotAllowed)):
        await town.act(case, Move.ACCEPT_TRANSFER, qian)
    assert (await town.act(case, Move.ACCEPT, li)).status is Status.ACCEPTED


async def test_after_the_final_review_nothing_further_is_accepted(town: Town) -> None:
    case = await town.answered(await town.person("李承办"))
    departments = [case.department]
    for asked in (Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW):
        case = await town.act(case, asked, reason="不服处理意见")
        departments.append(case.department)
        reviewer = await handler(town, case, "郑复查")
        await town.act(case, Move.CLAIM, reviewer)
        case = await town.act(case, Move.ANSWER, reviewer, **OPINION)
    assert len(set(departments)) == 3
    assert case.status is Status.CLOSED
    for again in (Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW):
        with pytest.raises((IllegalMove, InvalidInput)):
            await town.act(case, again, reason="仍然不服")
    assert len((await town.reread(case)).letters) == 3


async def test_a_review_cannot_be_asked_for_after_thirty_days(town: Town) -> None:
    case = await town.answered(await town.person("李承办"))
    town.later(days=33)
    with pytest.raises(IllegalMove):
        await town.act(case, Move.ASK_REVIEW, reason="不服处理意见")


async def test_a_review_never_goes_to_the_accused_and_says_where_help_is_when_nobody_is_left(
    town: Town,
) -> None:
    above = "630000:青海省人民政府"
    case = await town.filed(accused="青海省人民政府")
    li = await handler(town, case, "李承办")
    case = await town.answered(li, case)
    assert case.department != above
    with pytest.raises(InvalidInput, match="12345"):
        await town.act(case, Move.ASK_REVIEW, reason="不服处理意见")
    assert (await town.reread(case)).department == case.department


async def test_whoever_is_concerned_is_kept_out_by_every_way_in(town: Town) -> None:
    case = await town.filed(text="西宁市城西区教育局拖欠货款，财政厅周被指知情不报，请督促付清八十万元。")
    zhou = await town.person("周被指", Role.HANDLER, Role.HEAD)
    li, wang = await town.person("李承办"), await town.person("王负责", Role.HEAD)
    with pytest.raises(NotFound):
        await town.services.desk.get(case.number, actor(zhou))
    assert await town.services.desk.claim_next(actor(zhou)) is None
    with pytest.raises(ConflictOfInterest):
        await town.act(case, Move.CLAIM, zhou)
    with pytest.raises(ConflictOfInterest):
        await town.act(case, Move.ASSIGN, wang, staff=zhou.id)
    case = await town.claimed(li, case)
    case = await town.act(case, Move.PROPOSE_DECLINE, li, **DECLINE)
    with pytest.raises(ConflictOfInterest):
        await town.act(case, Move.COUNTERSIGN_DECLINE, zhou)
    case = await town.act(case, Move.COUNTERSIGN_DECLINE, wang)
    assert not any(entry.actor.id == zhou.id for entry in (await town.reread(case)).history)
