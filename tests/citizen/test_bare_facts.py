"""A place said by itself is the place and no part of the story; signs tell nothing."""

from __future__ import annotations

import pytest

from handlers.citizen.dialogue.drafts import Memory
from tests.citizen.conftest import MakeChat
from tests.town.live.chats import CitizenChat

TOLD = "城北区交通局拖欠我们车队的运输费9万元，合同写明三个月内付清，已经拖了两年。"
ANGRY = "您心里有气"


def account_of(chat: CitizenChat) -> str:
    draft = Memory.load(chat.state).draft
    assert draft is not None
    return draft.text


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("西宁市", "城北区"),
        ("西宁", "城北区"),
        ("在青海省西宁市城中区", "城中区"),
        ("湟中区多巴镇", "湟中区"),
        ("？？？", "城北区"),
        ("😡", "城北区"),
    ],
)
async def test_what_is_no_story_stays_out_of_it(make_chat: MakeChat, said: str, place: str) -> None:
    chat = make_chat()
    await chat.say(TOLD)
    heard = await chat.say(said)
    assert not any(ANGRY in one for one in heard)
    assert any(place in one for one in heard), heard
    assert account_of(chat) == TOLD


async def test_fear_is_answered_and_not_recorded(make_chat: MakeChat) -> None:
    chat = make_chat()
    await chat.say(TOLD)
    heard = await chat.say("我怕")
    assert "打击报复" in heard[0]
    assert account_of(chat) == TOLD


@pytest.mark.parametrize(
    ("said", "young"),
    [
        ("我今年15岁，助学金一直不发，不想活了", True),
        ("我是初三学生，活着没意思，想跳楼", True),
        ("我四十五岁了，不想活了", False),
        ("拆迁拖了十五年，不想活了", False),
    ],
)
async def test_somebody_young_in_danger_hears_of_the_line_for_the_young(
    make_chat: MakeChat, said: str, young: bool
) -> None:
    (answer,) = await make_chat().say(said)
    assert "12356" in answer
    assert ("12355" in answer) is young
