"""领导批示, 会签 and sub-tasks: each asked of somebody, answered with a date, and printed."""

from __future__ import annotations

from datetime import date

import pytest

from cases.errors import IllegalMove, InvalidInput
from cases.people import Role
from cases.vocabulary import ErrandKind, Move, Status
from tests.town.live.town import Town
from tests.town.places import FINANCE, REFORM

UNTIL = date(2026, 12, 10)


async def test_a_leaders_words_are_kept_given_to_somebody_and_answered(town: Town) -> None:
    li, wang = await town.person("李承办"), await town.person("王负责", Role.HEAD)
    case = await town.accepted(li)
    words = {"leader": "张明副厅长", "words": "请财政厅抓紧核实。", "staff": li.id, "until": UNTIL}
    case = await town.act(case, Move.INSTRUCT, wang, **words)
    (errand,) = case.errands
    assert (errand.kind, errand.leader, errand.staff_name) == (ErrandKind.INSTRUCTION, "张明副厅长", "李承办")
    who = await town.sign_in(li)
    page = await town.page(f"/desk/cases/{case.number}", who)
    for said in ("张明副厅长", "请财政厅抓紧核实。", "2026年12月10日前", "moves/reply"):
        assert said in page
    done = await town.act(case, Move.REPLY, li, errand=errand.id, opinion="已核实，款项未付。")
    assert (done.errands[0].answered_by, done.errands[0].answer) == ("李承办", "已核实，款项未付。")
    assert done.status is Status.ACCEPTED
    with pytest.raises(IllegalMove, match="没有等您回复"):
        await town.act(done, Move.REPLY, li, errand=errand.id, opinion="再说一次")
    row = await town.storage.database["cases"].find_one({"_id": case.number})
    assert "抓紧核实" not in str(row), "sealed at rest"


async def test_departments_asked_see_the_case_and_their_opinions_stand_on_one_sheet(town: Town) -> None:
    li, qian = await town.person("李承办"), await town.person("钱会签", department=REFORM)
    case = await town.accepted(li)
    case = await town.act(
        case, Move.CONSULT, li, departments=[REFORM], what="对处理意见有无不同意见", until=UNTIL
    )
    who = await town.sign_in(qian)
    assert "对处理意见有无不同意见" in await town.page(f"/desk/cases/{case.number}", who)
    answer = await town.post(
        f"/desk/cases/{case.number}/moves/reply",
        qian,
        who,
        errand=case.errands[0].id,
        opinion="没有不同意见。",
    )
    assert answer.status == 303
    sheet = await town.page(f"/desk/cases/{case.number}/consultation", await town.sign_in(li))
    for said in ("青海省发展改革委", "没有不同意见。", "钱会签", "2026年11月22日"):
        assert said in sheet
    with pytest.raises(InvalidInput):
        await town.act(case, Move.CONSULT, li, departments=[FINANCE], what="自己会签自己")


async def test_a_task_goes_to_a_colleague_who_alone_may_report_and_the_holder_stays(town: Town) -> None:
    li, zhou = await town.person("李承办"), await town.person("周同事")
    other = await town.person("钱外单位", department=REFORM)
    case = await town.accepted(li)
    with pytest.raises(InvalidInput):
        await town.act(case, Move.GIVE_TASK, li, staff=other.id, what="核对付款台账")
    case = await town.act(case, Move.GIVE_TASK, li, staff=zhou.id, what="核对付款台账", until=UNTIL)
    offered = {spec.move for spec in await town.services.acting.offers(case, li.actor)}
    assert Move.REPLY not in offered
    done = await town.act(case, Move.REPLY, zhou, errand=case.errands[0].id, opinion="台账已核对。")
    assert done.errands[0].answered_at is not None
    assert done.holder is not None
    assert done.holder.staff == li.id


async def test_an_order_is_printed_with_what_was_answered(town: Town) -> None:
    li, du = await town.person("李承办"), await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.accepted(li)
    case = await town.act(case, Move.ORDER, du, kind="supervise", what="请于期限内查清付款情况", until=UNTIL)
    await town.act(case, Move.ANSWER_ORDER, li, order=case.orders[0].id, answer="已经查清，正在付款。")
    page = await town.page(f"/desk/cases/{case.number}/orders/1", await town.sign_in(du))
    for said in ("督办单", "请于期限内查清付款情况", "2026年12月10日", "杜督办", "已经查清，正在付款。"):
        assert said in page
    await town.page(f"/desk/cases/{case.number}/orders/2", await town.sign_in(du), status=404)
