"""A matter told again is offered as a supplement to the chat's own open case, and to no other."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from bot.wiring import Core
from bot.wiring.composition import Composition
from cases.lifecycle import forms
from cases.vocabulary import Move
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.files.makers import pdf
from tests.town.clock import Watch
from tests.town.live.chats import CitizenChat
from tests.town.live.parts import put_together
from tests.town.words import NUMBER, STORY

AGAIN = (
    "您好，青海省西宁市城东区住房和城乡建设局还是拖欠我公司道路工程款50万元，"
    "2023年5月竣工验收后一直没有支付，催了很多次都说没有钱，希望尽快支付。"
)
OTHER = "黑龙江省哈尔滨市道里区教育局拖欠我们施工队校舍维修工程款12万元，合同写明完工付清，希望尽快付款。"
JOIN, SEPARATE = "作为补充材料加入", "仍作为新的一件提交"


async def up_to_confirming(chat: CitizenChat, story: str) -> str:
    """Tell, answer what is asked, confirm; what the chat says then."""
    await chat.say(story)
    for label in ("没有问题", "匿名", "没有材料"):
        for _ in range(4):
            if any(label in shown for shown in chat.buttons()):
                break
            await chat.press("不清楚" if "不清楚" in chat.buttons() else "跳过")
        await chat.press(label)
    return (await chat.press("确认提交"))[-1]


async def test_what_joins_a_case_is_masked_as_the_summary_said(chat: CitizenChat, storage: Storage) -> None:
    number, _ = await chat.file_story()
    await up_to_confirming(chat, AGAIN + "我叫钱文斌，电话13812345678。")
    await chat.press(JOIN)
    case = await storage.cases.get(number)
    assert "还是拖欠" in (case.history[-1].note or "")
    assert "钱文斌" not in case.model_dump_json()
    assert "13812345678" not in case.model_dump_json()


async def count(storage: Storage) -> int:
    return await storage.database["cases"].count({"_id": {"$gt": ""}})


async def test_a_retold_complaint_joins_the_case_it_tells_again(chat: CitizenChat, storage: Storage) -> None:
    number, _ = await chat.file_story()
    offered = await up_to_confirming(chat, AGAIN)
    assert number in offered
    assert f"{JOIN} {number}" in chat.buttons()
    assert SEPARATE in chat.buttons()
    join = chat.data_of(JOIN)
    assert number in (await chat.press_data(join))[-1]
    case = await storage.cases.get(number)
    assert case.history[-1].move == Move.SUPPLEMENT
    assert "还是拖欠" in (case.history[-1].note or "")
    assert await count(storage) == 1
    await chat.press_data(join)
    assert number in chat.notices()[0]
    assert len((await storage.cases.get(number)).history) == len(case.history)


async def test_files_given_with_a_retold_complaint_move_into_the_case(
    chat: CitizenChat, storage: Storage
) -> None:
    number, _ = await chat.file_story()
    await chat.say(AGAIN)
    await chat.press("没有问题")
    await chat.press("匿名")
    await chat.document(pdf(), "合同.pdf")
    await chat.press("完成，下一步")
    offered = (await chat.press("确认提交"))[-1]
    assert number in offered
    await chat.press(JOIN)
    (file,) = (await storage.cases.get(number)).evidence
    assert await storage.evidence.get(file.id)
    await chat.say("谢谢")
    assert await storage.evidence.get(file.id)


async def test_the_citizen_may_file_it_as_a_new_case_nevertheless(
    chat: CitizenChat, storage: Storage
) -> None:
    number, _ = await chat.file_story()
    await up_to_confirming(chat, AGAIN)
    text = (await chat.press(SEPARATE))[-1]
    found = NUMBER.search(text)
    assert found
    assert found.group() != number
    assert await count(storage) == 2


async def test_another_matter_is_filed_without_a_question(chat: CitizenChat, storage: Storage) -> None:
    number, _ = await chat.file_story()
    text = await up_to_confirming(chat, OTHER)
    assert number not in text
    assert await count(storage) == 2


async def test_a_case_of_somebody_else_is_never_mentioned(
    chat: CitizenChat, make_chat: MakeChat, storage: Storage
) -> None:
    number, _ = await chat.file_story()
    text = await up_to_confirming(make_chat(), STORY)
    assert number not in text
    assert await count(storage) == 2


async def test_a_withdrawn_case_is_not_offered(chat: CitizenChat, core: Core, storage: Storage) -> None:
    number, _ = await chat.file_story()
    await core.services.own_cases.act(
        number, Move.WITHDRAW, forms.OptionalRemark(), chat.conversation, key="w"
    )
    await up_to_confirming(chat, AGAIN)
    assert await count(storage) == 2


async def test_a_case_that_ends_before_the_press_is_said_so_and_nothing_is_lost(
    chat: CitizenChat, core: Core, storage: Storage
) -> None:
    number, _ = await chat.file_story()
    await up_to_confirming(chat, AGAIN)
    await core.services.own_cases.act(
        number, Move.WITHDRAW, forms.OptionalRemark(), chat.conversation, key="w"
    )
    assert "不能补充" in (await chat.press(JOIN))[-1]
    await chat.press("确认提交")
    assert await count(storage) == 2


@pytest.mark.parametrize(("language", "label"), [("zh-hant", "作為補充材料"), ("en", "Add to")])
async def test_the_offer_comes_in_the_citizens_language(
    make_chat: MakeChat, core: Core, language: str, label: str
) -> None:
    chat = make_chat(language=language)
    for _ in range(2):
        await chat.say(STORY)
        for data in ("continue", "anonymous", "nothing", "confirm"):
            await press_act(chat, data)
    assert any(shown.startswith(label) for shown in chat.buttons())


async def press_act(chat: CitizenChat, act: str) -> None:
    """Press the newest button that stands for this act, whatever its label."""
    keyboard = chat.sent[-1].reply_markup
    assert keyboard is not None
    data = [key.callback_data or "" for row in keyboard.inline_keyboard for key in row]  # type: ignore[union-attr]
    wanted = [d for d in data if f":{act}:" in d]
    if not wanted:
        await chat.press_data(next(d for d in data if ":skip:" in d))
        await press_act(chat, act)
        return
    await chat.press_data(wanted[0])


async def test_the_link_command_ties_the_chat_to_an_account(
    parts: Composition, storage: Storage, chat: CitizenChat
) -> None:
    from cases.people import Role
    from cases.ports.accounts import Staff

    links = parts.links
    assert links is not None
    await storage.staff.add(Staff("s1", "s1", "李承办", "630000:省财政厅", frozenset({Role.HANDLER})))
    code = await links.new_code("s1")
    assert "不对" in (await chat.say("/link 12"))[-1]
    assert "已绑定" in (await chat.say(f"/link {code}"))[-1]
    assert (await storage.staff.get("s1")).conversation == chat.conversation
    assert "不对" in (await chat.say(f"/link {code}"))[-1]


async def test_the_link_command_does_nothing_in_a_group_or_without_telegram(
    make_chat: MakeChat, storage: Storage, watch: Watch, settings: Settings
) -> None:
    without = await put_together(storage, watch, settings.model_copy(update={"bot_token": None}))
    chat = make_chat()
    chat.dialogue = without.dialogue
    assert "命令" in (await chat.say("/link 12345678"))[-1]
    await without.close()
    group = make_chat(kind="group", id=-77)
    assert "绑定" not in "".join(await group.say("/link 12345678"))
