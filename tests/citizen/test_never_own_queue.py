"""Through the real chat: a complaint never lies in the queue of a lead department that it accuses.

Every lead of every jurisdiction, alone and with others; nothing but the buttons that skip is pressed.
"""

from __future__ import annotations

import pytest

from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.town.accusations import accusation, own
from tests.town.live.chats import CitizenChat
from tests.town.rules import RULES
from tests.town.words import NUMBER

BOOKS = RULES.jurisdictions
LEADS = sorted(
    {
        (rule.lead, jurisdiction.name)
        for jurisdiction in BOOKS.all()
        for rule in jurisdiction.domains.values()
        if rule.lead != "prefecture"
    }
)
STORIES = (
    "{}拖欠我公司货款八十万元，至今未付，请求支付。",
    "{}和某某县水利局都拖欠我们工程款，请求支付。",
    "某某县水利局拖欠工程款六十万元。跑了几十趟{}，每次都是推脱。请求支付。",
)
SKIPPING = (
    *("继续", "不清楚", "跳过", "匿名", "没有材料", "确认提交", "新的一件", "仍要提交"),
    *("政府债务", "其他政务失信"),
)


async def filed_by_skipping(chat: CitizenChat, story: str) -> str:
    """The number of the case, answering nothing."""
    await chat.say(story)
    return await filed_by_skipping_on(chat)


async def filed_by_skipping_on(chat: CitizenChat) -> str:
    """The same from where the chat stands."""
    for _ in range(14):
        skip = next((s for s in SKIPPING if any(s in label for label in chat.buttons())), None)
        assert skip, (chat.buttons(), chat.sent[-1].text)
        if found := NUMBER.search((await chat.press(skip))[-1]):
            return found.group()
    raise AssertionError(chat.sent[-1].text)


@pytest.mark.parametrize("story", STORIES)
async def test_skipping_every_question_never_leads_to_the_accused(
    make_chat: MakeChat, storage: Storage, story: str
) -> None:
    for lead, place in LEADS:
        body = BOOKS.department(lead)
        text = story.format(body.full_name)
        if place not in body.full_name:
            text = f"{place}的事情。{text}"
        case = await storage.cases.get(await filed_by_skipping(make_chat(), text))
        assert case.department not in BOOKS.below(lead), (text, case.routing.reasons)


async def test_of_two_or_three_departments_accused_at_once_none_gets_it(
    make_chat: MakeChat, storage: Storage
) -> None:
    for number in range(1000, 1030):
        told = accusation(number)
        story = f"{told.text}八十万元至今未付，请求支付。"
        case = await storage.cases.get(await filed_by_skipping(make_chat(), story))
        assert case.department not in own(told), (told.text, case.routing.reasons)


async def test_the_chat_asks_about_a_body_that_is_only_named_where_it_would_get_the_case(
    chat: CitizenChat, storage: Storage
) -> None:
    await chat.say("西宁市城西区教育局拖欠我公司货款八十万元，请求支付。青海省财政厅去年出过文件。")
    asked = (await chat.press("继续"))[-1]
    assert "西宁市城西区教育局" in asked
    assert "也投诉青海省财政厅" in chat.buttons()
    await chat.press("就是这些")
    number = await filed_by_skipping_on(chat)
    assert (await storage.cases.get(number)).department == "630000:省财政厅"


async def test_a_body_added_by_its_button_is_accused_as_well(chat: CitizenChat, storage: Storage) -> None:
    await chat.say("西宁市城西区教育局拖欠我公司货款八十万元，请求支付。青海省财政厅去年出过文件。")
    await chat.press("继续")
    await chat.press("也投诉青海省财政厅")
    case = await storage.cases.get(await filed_by_skipping_on(chat))
    assert [body.name for body in case.complaint.accused] == ["西宁市城西区教育局", "青海省财政厅"]
    assert "630000:省财政厅" in case.barred


async def test_skipping_the_question_for_the_accused_leads_to_the_coordinator(
    chat: CitizenChat, storage: Storage
) -> None:
    number = await filed_by_skipping(chat, "招商引资时答应的奖励资金一直不兑现，在青海省西宁市，请求兑现。")
    case = await storage.cases.get(number)
    assert case.complaint.accused == ()
    assert (case.department, case.routing.triage) == ("630000:省发展改革委", True)


async def test_a_citizen_adds_a_body_to_a_case_and_it_leaves_that_body(
    chat: CitizenChat, storage: Storage
) -> None:
    number, _ = await chat.file_story()
    assert (await storage.cases.get(number)).department == "630000:省财政厅"
    await chat.press("查看进度")
    await chat.press("补充被投诉单位")
    await chat.say("青海省财政厅")
    assert "已记入" in (await chat.press("提交"))[-1]
    case = await storage.cases.get(number)
    assert case.department == "630000:青海省人民政府"
    assert "630000:省财政厅" in case.barred
