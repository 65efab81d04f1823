"""Whole conversations in words: each ends filed, and what is filed is the story and nothing else."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Update

from handlers.citizen.dialogue.drafts import Memory
from handlers.citizen.dialogue.report.following import Follows, body_elsewhere
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.town.live.chats import CitizenChat
from tests.town.words import NUMBER, STORY

PACK = tomllib.loads((Path(__file__).parents[1] / "town" / "conversations.toml").read_text(encoding="utf-8"))
TALKS: list[dict[str, Any]] = PACK["talk"]


async def say_together(chat: CitizenChat, texts: list[str]) -> list[str]:
    """Several messages as the inbox hands them over when they came close together."""
    bodies = []
    for text in texts:
        chat.messages += 1
        bodies.append({"update_id": 5_000 + chat.messages, "message": chat.message_of(chat.messages, text)})
    updates = [Update.model_validate(body, context={"bot": chat.bot}) for body in bodies]
    return await chat.take(
        await chat.dialogue.handle_turn(updates, chat.bot, chat.state, conversation=chat.conversation)
    )


@pytest.mark.timeout(240)
async def test_conversations_without_a_tap_end_filed_with_the_story_alone(
    make_chat: MakeChat, storage: Storage
) -> None:
    assert len(TALKS) >= 30
    wrong = []
    for talk in TALKS:
        chat = make_chat(language=talk.get("language", "zh-hans"))
        heard: list[str] = []
        for words in talk["say"]:
            heard += await (chat.say(words) if isinstance(words, str) else say_together(chat, words))
        wrong += [(talk["name"], fault) for fault in await faults_of(talk, heard, storage)]
    assert wrong == [], "\n".join(map(str, wrong))


async def faults_of(talk: dict[str, Any], heard: list[str], storage: Storage) -> list[str]:
    number = next((found.group() for text in reversed(heard) if (found := NUMBER.search(text))), None)
    if number is None:
        return [f"not filed; last: {heard[-1][:200]}"]
    complaint = (await storage.cases.get(number)).complaint
    filed = {
        "story": str(complaint.text),
        "wish": str(complaint.wish),
        "body": complaint.accused[0].name if complaint.accused else "",
        "place": complaint.region_name or "",
        "yuan": complaint.amount_yuan,
        "domain": complaint.domain.value,
        "named": complaint.named,
    }
    return [
        f"{item}: {filed[item]!r}, not {talk[item]!r}"
        for item in filed
        if item in talk and not (item == "place" and str(talk[item]) in str(filed[item]))
        if filed[item] != talk[item]
    ]


# -- at random ------------------------------------------------------------------------------------
WORDS = [
    STORY,
    "不是城东区，是城西区",
    "金额不对，是35万",
    "单位应该是城东区水利局",
    "他们还欠我们保证金20万元，一直不退",
    *PACK["at_random"].split(),
]


@pytest.mark.timeout(240)
async def test_typing_and_tapping_at_random_always_leads_on(make_chat: MakeChat, storage: Storage) -> None:
    """Whatever is typed or tapped is answered; and from wherever it led, a few words file a complaint."""
    for seed in range(12):
        chance = random.Random(seed)
        chat = make_chat()
        for _ in range(25):
            labels = chat.buttons()
            if labels and chance.random() < 0.4:
                said = await chat.press(chance.choice(labels))
                assert said or chat.notices(), (seed, labels)
            else:
                words = chance.choice(WORDS)
                assert await chat.say(words), (seed, words)
        assert await ends_filed(chat), (seed, chat.sent[-1].text)


async def ends_filed(chat: CitizenChat) -> bool:
    """As somebody who has had enough: begins again and answers what is asked."""
    await chat.say("/cancel")
    await chat.say("/cancel")
    said = await chat.say(STORY)
    for _ in range(8):
        if "回执码：" in said[-1]:
            return True
        memory = Memory.load(chat.state)
        acts = [button.act for button in memory.offered]
        words = next(
            (words for act, words in WAY_ON.items() if act in acts),
            "没有问题",
        )
        said = await chat.say(words)
    return "回执码：" in said[-1]


WAY_ON = {
    "separate": "仍作为新的一件提交",
    "confirm": "确认提交",
    "continue": "没有问题",
    "anonymous": "匿名",
    "nothing": "没有材料",
    "skip": "跳过",
}


async def test_a_story_told_where_a_number_was_asked_is_a_story(chat: CitizenChat) -> None:
    await chat.say("/status")
    assert "住房和城乡建设局" in (await chat.say(STORY))[-1]


@pytest.mark.parametrize(
    ("words", "shown"), [("金额", "涉及多少钱"), ("28万", "金额：28万元"), ("城西区", "青海省西宁市城西区")]
)
async def test_who_says_that_something_is_wrong_may_say_at_once_what_is_right(
    chat: CitizenChat, words: str, shown: str
) -> None:
    await chat.say(STORY)
    await chat.say("不对")
    assert shown in (await chat.say(words))[-1]


# -- what follows ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "old", "new", "follows"),
    [
        ("西宁市城东区住建局", "青海省西宁市城东区", "青海省西宁市城西区", "西宁市城西区住建局"),
        ("城东区住建局", "青海省西宁市城东区", "青海省海东市乐都区", "乐都区住建局"),
        ("西宁市住建局", "青海省西宁市城东区", "青海省西宁市城西区", Follows.STAYS),
        ("区住建局", "青海省西宁市城东区", "青海省西宁市城西区", Follows.STAYS),
        ("望奎县人民政府", "黑龙江省绥化市望奎县", "黑龙江省绥化市海伦市", "海伦市人民政府"),
        ("城东区住建局", "青海省西宁市城东区", "青海省海东市", Follows.UNKNOWN),
        ("松山区交通运输局", "内蒙古自治区赤峰市松山区", "内蒙古自治区赤峰市红山区", "红山区交通运输局"),
    ],
)
def test_a_body_follows_its_place(body: str, old: str, new: str, follows: str | Follows) -> None:
    assert body_elsewhere(body, old, new) == follows


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("是城西区，不是城东区", "城西区"),
        ("应该是35万才对", "金额：35万元"),
        ("请把金额改成35万元", "金额：35万元"),
        ("领域应该是招标投标", "招标投标"),
        ("单位写错了", "哪个单位"),
        ("地点不是城东区，是城西区", "青海省西宁市城西区"),
        ("说错了，是西宁市城东区水利局", "西宁市城东区水利局"),
        ("不是50万，是28万", "金额：28万元"),
        ("改要求", "怎样解决"),
    ],
)
async def test_people_put_things_right_in_many_words(chat: CitizenChat, words: str, shown: str) -> None:
    await chat.say(STORY)
    assert shown in (await chat.say(words))[-1]
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert draft.text == STORY
