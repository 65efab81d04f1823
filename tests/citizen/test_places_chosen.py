"""A place is chosen from lists, level by level, by whoever would rather not write it."""

from __future__ import annotations

from handlers.citizen.dialogue.drafts import Memory
from tests.town.live.chats import CitizenChat

NO_PLACE = "有人答应给我补偿一直没有兑现，欠我12万元，请支付"


async def at_place(chat: CitizenChat) -> None:
    await chat.say(NO_PLACE)
    for _ in range(3):
        if "从列表里选地方" in chat.buttons():
            return
        await chat.press(
            next(b for b in ("没有问题", "政府债务与拖欠") if any(b in x for x in chat.buttons()))
        )


async def test_a_place_is_chosen_from_province_to_district(chat: CitizenChat) -> None:
    await at_place(chat)
    await chat.press("从列表里选地方")
    assert {"黑龙江省", "青海省", "吉林省"} <= set(chat.buttons())
    assert "北京市" not in chat.buttons()
    await chat.press("青海省")
    await chat.press("西宁市")
    assert "就选青海省西宁市" in chat.buttons()
    await chat.press("城东区")
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert (draft.region_code, draft.region_name) == ("630102", "青海省西宁市城东区")


async def test_a_level_above_will_do_and_words_still_count(chat: CitizenChat) -> None:
    await at_place(chat)
    await chat.say("从列表里选")
    await chat.press("青海省")
    await chat.press("就选青海省")
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert (draft.region_code, draft.region_name) == ("630000", "青海省")


async def test_a_place_that_no_list_has_changes_nothing(chat: CitizenChat) -> None:
    await at_place(chat)
    data = chat.data_of("从列表里选地方")
    for code in ("999999", "x", "0"):
        await chat.press_data(f"{data}{code}")
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert draft.region_code is None
