"""The answer to another question than the one asked goes where it belongs, and the question stays open."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.citizen.dialogue.drafts import Draft, Memory
from tests.citizen.conftest import MakeChat
from tests.town.live.chats import CitizenChat

TOLD = "招商引资时承诺给企业的奖励资金一直不兑现，招商引资优惠政策写明的补贴都不给"
ASKED = {
    "place": ("哪里", ()),
    "accused": ("哪个单位", ("西宁市",)),
    "wish": ("怎样解决", ("西宁市", "西宁市商务局")),
    "identity": ("匿名提交，还是", ("西宁市", "西宁市商务局", "兑现奖励")),
    "name": ("您的姓名", ("西宁市", "西宁市商务局", "兑现奖励", "实名")),
}
"""The step, what is asked there, and what leads to it after the account."""


def draft_of(chat: CitizenChat) -> Draft:
    draft = Memory.load(chat.state).draft
    assert draft is not None
    return draft


async def at(make_chat: MakeChat, step: str) -> CitizenChat:
    chat = make_chat()
    for words in (TOLD, "没有问题", *ASKED[step][1]):
        await chat.say(words)
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "有委托书",
        "有的",
        "我有合同和欠条",
        "有，照片、录音都有",
        "我手里有聊天记录和转账记录",
        "I have the contract and some photos",
    ],
)
async def test_who_says_that_there_are_papers_is_asked_for_them(make_chat: MakeChat, words: str) -> None:
    chat = await at(make_chat, "identity")
    await chat.say("匿名")
    told = draft_of(chat).text
    heard = await chat.say(words)
    assert any("发给我" in one for one in heard), heard
    assert draft_of(chat).text == told


@pytest.mark.timeout(60)
@pytest.mark.parametrize("words", ["I have" + " the contract" * 300 + " x", "有" + "合同和" * 600 + "x"])
async def test_papers_without_end_are_answered(make_chat: MakeChat, words: str) -> None:
    chat = await at(make_chat, "identity")
    await chat.say("匿名")
    assert await chat.say(words)


async def test_what_papers_say_is_still_told(make_chat: MakeChat) -> None:
    chat = await at(make_chat, "identity")
    await chat.say("匿名")
    await chat.say("合同上写明三十日内兑现，区商务局盖了章，后来又说文件作废了")
    assert "盖了章" in draft_of(chat).text


@pytest.mark.parametrize(
    ("step", "words", "kept", "told"),
    [
        ("wish", "13900000000", {"contact": "13900000000", "wish": None}, "实名提交时才会用"),
        ("wish", "我叫李四", {"name": "李四", "wish": None}, "实名提交时才会用"),
        ("wish", "李四", {"name": None, "wish": None}, "像是姓名"),
        ("wish", "我的电话是13900000000", {"contact": "13900000000", "wish": None}, "已记下"),
        ("wish", "35万元", {"amount_yuan": 350000, "wish": None}, "已记为金额"),
        ("wish", "2023年5月", {"period": "2023年5月", "wish": None}, "已记为时间"),
        ("wish", "海东市", {"wish": None}, "没有记进"),
        ("place", "35万", {"amount_yuan": 350000, "region_name": None}, "已记为金额"),
        ("place", "去年3月", {"period": "去年3月", "region_name": None}, "已记为时间"),
        ("place", "请尽快兑现奖励", {"wish": "请尽快兑现奖励", "region_name": None}, "已记为诉求"),
        ("place", "li4@example.org", {"contact": "li4@example.org", "region_name": None}, "已记下"),
        ("accused", "35万", {"amount_yuan": 350000, "accused": None}, "已记为金额"),
        ("accused", "13900000000", {"contact": "13900000000", "accused": None}, "已记下"),
        ("identity", "2021年3月", {"period": "2021年3月"}, "已记为时间"),
        ("identity", "35万", {"amount_yuan": 350000}, "已记为金额"),
        ("name", "13900000000", {"contact": "13900000000", "name": None}, "已记为联系方式"),
        ("name", "2021年3月", {"period": "2021年3月", "name": None}, "已记为时间"),
    ],
)
async def test_a_fact_that_was_not_asked_for_is_put_where_it_belongs(
    make_chat: MakeChat, step: str, words: str, kept: dict[str, Any], told: str
) -> None:
    chat = await at(make_chat, step)
    (said,) = await chat.say(words)
    assert told in said
    assert ASKED[step][0] in said, "the question stays open"
    draft = draft_of(chat)
    assert {name: getattr(draft, name) for name in kept} == kept
    assert draft.parts[0].text == TOLD
    assert len(draft.parts) == 1, "it is no part of the account"


@pytest.mark.parametrize("words", ["我叫李四，电话13900000000", "李四 13900000000", "13900000000，李四"])
@pytest.mark.parametrize("step", ["identity", "name"])
async def test_name_and_number_said_together_are_both_taken(
    make_chat: MakeChat, step: str, words: str
) -> None:
    chat = await at(make_chat, step)
    assert "材料" in (await chat.say(words))[-1]
    draft = draft_of(chat)
    assert (draft.named, draft.name, draft.contact) == (True, "李四", "13900000000")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("wish", "付钱"),
        ("wish", "高价回收的地还给我们"),
        ("wish", "方便的话尽快解决"),
        ("wish", "把2023年5月的35万元付清"),
        ("wish", "程序公开透明"),
        ("accused", "王镇长"),
        ("accused", "西宁市商务局、西宁市财政局"),
        ("name", "李四"),
        ("name", "Mr. Smith"),
        ("place", "西宁市城东区周家泉街道"),
    ],
)
async def test_an_answer_is_an_answer(make_chat: MakeChat, step: str, words: str) -> None:
    chat = await at(make_chat, step)
    assert ASKED[step][0] not in (await chat.say(words))[-1]


@pytest.mark.parametrize("words", ["谢谢", "有没有电话", "好的谢谢", "？"])
async def test_what_is_said_besides_is_no_fact_and_no_answer(make_chat: MakeChat, words: str) -> None:
    chat = await at(make_chat, "wish")
    said = await chat.say(words)
    assert ASKED["wish"][0] in said[-1]
    assert "像是姓名" not in "".join(said)
    assert draft_of(chat).wish is None


@pytest.mark.parametrize(
    ("words", "name"),
    [("I would like to give my name", None), ("John Smith", "John Smith"), ("张伟", "张伟")],
)
async def test_a_name_where_it_was_asked_whether_to_give_one_is_given(
    make_chat: MakeChat, words: str, name: str | None
) -> None:
    chat = await at(make_chat, "identity")
    await chat.say(words)
    draft = draft_of(chat)
    assert (draft.named, draft.name) == (True, name)
    assert draft.text == TOLD


async def test_a_sentence_in_a_long_story_that_only_says_is_asks_nothing(make_chat: MakeChat) -> None:
    chat = make_chat(language="en")
    told = (
        "I represent a joint venture in Huicheng District, Huizhou. The district government cancelled our"
        " land contract in 2021 without compensation. We have written to them five times and got no answer"
        " at all, neither by letter nor by phone. Our loss is about 12 million yuan."
    )
    await chat.say(told)
    assert draft_of(chat).text == told


async def test_who_is_anonymous_leaves_no_name(make_chat: MakeChat) -> None:
    chat = await at(make_chat, "identity")
    await chat.say("匿名")
    assert "您选的是匿名" in (await chat.say("我叫李四，电话13900000000"))[0]
    assert (draft_of(chat).name, draft_of(chat).contact) == (None, None)


async def test_a_known_fact_is_replaced_only_by_who_says_so(make_chat: MakeChat) -> None:
    chat = await at(make_chat, "identity")
    await chat.say("35万")
    assert "金额应该是36万" in (await chat.say("36万"))[0]
    assert draft_of(chat).amount_yuan == 350000
    await chat.say("金额应该是36万")
    assert draft_of(chat).amount_yuan == 360000
