"""The eight systems of 哈尔滨 §六, each as it acts at the desk, under its own name."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cases.clocks import colour
from cases.errors import IllegalMove, NotAllowed, SecondPersonNeeded
from cases.people import SYSTEM, Role
from cases.vocabulary import Audience, ClockKind, Move, Status
from tests.town.live.town import Town, hidden
from tests.town.places import FINANCE, REFORM

DECLINE: dict[str, Any] = {
    "reason": "in_court",
    "legal_basis": "《信访工作条例》第三十一条",
    "explanation": "此事已由法院立案，请等待判决。",
}


async def test_first_asked_responsibility_the_sender_answers_until_the_receiver_accepts(town: Town) -> None:
    """首问责任制"""
    li = await town.person("李承办")
    qian = await town.person("钱接收", department=REFORM)
    case = await town.claimed(li)
    offered = await town.act(case, Move.TRANSFER, li, department=REFORM, reason="属于招标投标")
    assert offered.department == FINANCE
    assert offered.holder is not None
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
    assert "首问责任制" in page
    received = await town.page(f"/desk/cases/{case.number}", await town.sign_in(qian))
    assert "接收转办" in received
    taken = await town.act(case, Move.ACCEPT_TRANSFER, qian)
    assert taken.department == REFORM
    assert taken.holder is None


async def test_service_commitment_the_promised_times_are_told_at_filing_and_public(town: Town) -> None:
    """服务承诺制"""
    filed = await town.file()
    assert {p.kind for p in filed.promises} == {"accept", "handle"}
    accept = next(p for p in filed.promises if p.kind == "accept")
    clock = filed.case.clock(ClockKind.ACCEPT)
    assert clock is not None
    assert accept.due_at == clock.due_at
    assert accept.basis
    li = await town.person("李承办")
    assert "服务承诺制" in await town.page(f"/desk/cases/{filed.case.number}", await town.sign_in(li))
    assert accept.basis in await town.page("/promises?jurisdiction=qinghai", {})


async def test_time_limit_green_turns_amber_turns_red(town: Town) -> None:
    """限时办结制"""
    li = await town.person("李承办")
    case = await town.claimed(li)
    seen = []
    for days in (0, 5, 3):
        town.later(days=days)
        clock = (await town.reread(case)).clock(ClockKind.ACCEPT)
        assert clock is not None
        seen.append(colour(clock, town.now))
    assert seen == ["green", "amber", "red"]
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
    assert "限时办结制" in page
    assert "已超期3天" in page


async def test_accountability_a_missed_clock_opens_an_item_that_names_the_person(town: Town) -> None:
    """失职追究制"""
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.claimed(li)
    town.later(days=8)
    late = await town.act(case, Move.WARN, SYSTEM, clock="accept", level="red")
    item = late.accountability[0]
    assert (item.kind, item.staff_name, item.closed_at) == ("missed_clock", "李承办", None)
    assert any(n.audience is Audience.SUPERVISORS for n in late.notifications)
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(du))
    assert "失职追究制" in page
    assert "了结追究事项" in page
    done = await town.act(case, Move.CLOSE_ACCOUNTABILITY, du, item=item.id, outcome="书面检查")
    assert done.accountability[0].outcome == "书面检查"


async def test_refusal_filing_declining_needs_reason_basis_and_another_persons_signature(
    town: Town,
) -> None:
    """否定报备制"""
    wang = await town.person("王负责", Role.HEAD, Role.HANDLER)
    other = await town.person("马负责", Role.HEAD)
    case = await town.claimed(wang)
    who = await town.sign_in(wang)
    path = f"/desk/cases/{case.number}/moves/propose_decline"
    without = await town.post(path, wang, who, reason="in_court", explanation="已立案")
    assert without.status == 422
    assert "请填写这一项" in await without.text()
    proposed = await town.post(path, wang, who, **DECLINE)
    assert proposed.status == 303
    with pytest.raises(SecondPersonNeeded):
        await town.act(case, Move.COUNTERSIGN_DECLINE, wang)
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(other))
    assert "否定报备制" in page
    declined = await town.act(case, Move.COUNTERSIGN_DECLINE, other)
    assert declined.status is Status.DECLINED
    told = [n for n in declined.notifications if n.template == "told-declined"]
    assert told[0].params["basis"] == DECLINE["legal_basis"]
    assert any(n.audience is Audience.SUPERVISORS for n in declined.notifications)
    assert declined.history[-1].data["proposed_by"] == "王负责"


async def test_assisted_filing_the_counter_files_and_prints_number_receipt_and_promises(town: Town) -> None:
    """无偿代办制"""
    li = await town.person("李承办")
    who = await town.sign_in(li)
    page = await town.page("/desk/file", who)
    assert "无偿代办制" in page
    form = {
        "key": hidden(page, "key"),
        "text": "城西区教育局承诺三十日内付清采购款，至今未付。",
        "accused": "西宁市城西区教育局",
        "region_name": "青海省西宁市城西区",
        "domain": "procurement",
        "name": "张三丰",
        "contact": "13900000000",
        "language": "zh-Hans",
    }
    filed = await (await town.post("/desk/file", li, who, **form)).text()
    again = await (await town.post("/desk/file", li, who, **form)).text()
    number = re.search(r"SX\d{8}-\d{7}-\d", filed)
    receipt = re.search(r"\d{4} \d{4} \d{4} \d{4}", filed)
    assert number
    assert receipt
    assert number.group() in again, "posting twice files once"
    assert receipt.group() in again
    assert "不收取任何费用" in filed
    assert "2026年11月27日" in filed
    case = await town.storage.cases.get(number.group())
    assert case.history[0].actor.id == li.id
    assert "13900000000" not in await town.page(f"/desk/cases/{case.number}", who)


async def test_one_time_notice_a_second_supplement_request_needs_a_supervisor(town: Town) -> None:
    """一次告知制"""
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.claimed(li)
    who = await town.sign_in(li)
    assert "一次告知制" in await town.page(f"/desk/cases/{case.number}", who)
    asked = await town.post(
        f"/desk/cases/{case.number}/moves/ask_supplement", li, who, items="合同复印件\n验收单\n\n催款记录"
    )
    assert asked.status == 303
    paused = await town.reread(case)
    assert paused.history[-1].data["items"] == ["合同复印件", "验收单", "催款记录"]
    assert all(c.paused_at is not None for c in paused.clocks)
    await town.act(case, Move.SUPPLEMENT, text="都在这里")
    with pytest.raises(NotAllowed):
        await town.act(case, Move.ASK_SUPPLEMENT, li, items=["还要一样"])
    again = await town.act(case, Move.ASK_SUPPLEMENT, du, items=["还要一样"])
    assert again.supplements_asked == 2


async def test_ab_roles_the_deputy_takes_over_when_the_holder_is_away_or_idle(town: Town) -> None:
    """AB岗工作制"""
    li = await town.person("李承办")
    zhao = await town.person("赵副岗", Role.DEPUTY)
    case = await town.accepted(li)
    town.later(days=1)
    with pytest.raises(NotAllowed):
        await town.act(case, Move.TAKE_OVER, zhao)
    assert "moves/take_over" not in await town.page(f"/desk/cases/{case.number}", await town.sign_in(zhao))
    town.later(days=2)
    who = await town.sign_in(zhao)
    page = await town.page(f"/desk/cases/{case.number}", who)
    assert "AB岗工作制" in page
    answer = await town.post(f"/desk/cases/{case.number}/moves/take_over", zhao, who)
    assert answer.status == 303
    taken = await town.reread(case)
    assert taken.holder is not None
    assert (taken.holder.staff, taken.holder.as_deputy) == (zhao.id, True)
    assert (await town.act(case, Move.WRITE, zhao, text="由我继续办理")).version > taken.version


async def test_ab_roles_who_says_to_be_away_can_be_relieved_at_once(town: Town) -> None:
    """AB岗工作制"""
    li = await town.person("李承办")
    zhao = await town.person("赵副岗", Role.DEPUTY)
    case = await town.accepted(li)
    await town.post("/desk/away", li, await town.sign_in(li), away="1")
    assert "moves/take_over" in await town.page(f"/desk/cases/{case.number}", await town.sign_in(zhao))
    taken = await town.act(case, Move.TAKE_OVER, zhao)
    assert taken.holder is not None
    assert taken.holder.staff == zhao.id


async def test_a_transfer_can_be_returned_within_five_working_days_and_not_later(town: Town) -> None:
    """首问责任制: a wrong transfer goes back with reasons, in time."""
    li = await town.person("李承办")
    qian = await town.person("钱接收", department=REFORM)
    for days, in_time in ((4, True), (12, False)):
        case = await town.claimed(li)
        await town.act(case, Move.TRANSFER, li, department=REFORM, reason="属于招标投标")
        town.later(days=days)
        if in_time:
            back = await town.act(case, Move.RETURN_TRANSFER, qian, reason="仍属政府采购")
            assert back.department == FINANCE
            assert back.proposals == ()
        else:
            with pytest.raises(IllegalMove, match="5个工作日"):
                await town.act(case, Move.RETURN_TRANSFER, qian, reason="仍属政府采购")
