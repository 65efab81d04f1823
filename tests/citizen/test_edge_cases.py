"""Everything else a messenger can deliver: one sensible outcome each, and never a crash."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.methods import AnswerInlineQuery, AnswerPreCheckoutQuery
from aiogram.types import Update

from handlers.citizen.dialogue.drafts import Memory
from handlers.citizen.dialogue.steps import Telling
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.town.live.chats import CitizenChat
from tests.town.words import STORY

STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}


async def test_a_sticker_is_answered_and_leaves_the_draft_alone(chat: CitizenChat) -> None:
    await chat.say(STORY)
    assert "看不懂" in (await chat.message(sticker=STICKER))[-1]
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert draft.text == STORY


@pytest.mark.parametrize("text", [" ", "\n\n", "\u200b", "\u2060\u3000"])
async def test_text_without_a_visible_character_is_answered(chat: CitizenChat, text: str) -> None:
    assert "没有文字" in (await chat.say(text))[-1]
    assert Memory.load(chat.state).draft is None


async def test_a_location_is_not_kept(chat: CitizenChat) -> None:
    await chat.say(STORY)
    text = (await chat.message(location={"latitude": 36.6, "longitude": 101.8}))[-1]
    assert "没有保存" in text
    assert "36.6" not in str(chat.state)


async def test_a_contact_is_kept_only_when_one_was_asked_for(chat: CitizenChat) -> None:
    contact = {"phone_number": "13900000000", "first_name": "李"}
    assert "没有保存" in (await chat.message(contact=contact))[-1]
    assert "13900000000" not in str(chat.state)


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_group_is_told_once_and_nothing_is_kept(make_chat: MakeChat, kind: str) -> None:
    group = make_chat(kind=kind, id=-1001)
    assert "私下" in (await group.say(STORY))[-1]
    assert await group.say(STORY) == []
    assert await group.photo(b"x") == []
    assert Memory.load(group.state).draft is None
    assert "拖欠" not in str(group.state)


async def test_nothing_is_filed_by_pressing_buttons_in_a_group(make_chat: MakeChat) -> None:
    group = make_chat(kind="group", id=-1002)
    await group.press_data("d:0:confirm:")
    assert "失效" in group.notices()[0]


@pytest.mark.parametrize(
    "content",
    [
        {"dice": {"emoji": "🎲", "value": 3}},
        {
            "poll": {
                "id": "1",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            }
        },
        {"game": {"title": "g", "description": "d", "photo": []}},
        {"users_shared": {"request_id": 1, "users": []}},
        {"story": {"chat": {"id": 5, "type": "private"}, "id": 1}},
        {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": "t", "address": "a"}},
        {},
    ],
)
async def test_other_kinds_of_messages_are_answered(chat: CitizenChat, content: dict[str, Any]) -> None:
    assert len(await chat.message(**content)) == 1
    assert Memory.load(chat.state).draft is None


async def test_being_blocked_or_started_again_changes_nothing(chat: CitizenChat) -> None:
    user = {"id": chat.id, "is_bot": False, "first_name": "某"}
    bot_user = {"id": 1, "is_bot": True, "first_name": "守信"}
    for status in ("kicked", "member"):
        body = {
            "chat": {"id": chat.id, "type": "private"},
            "from": user,
            "date": 1,
            "old_chat_member": {"user": bot_user, "status": "member"},
            "new_chat_member": {"user": bot_user, "status": status, "until_date": 0},
        }
        assert await chat.give({"my_chat_member": body}) == []


async def test_channel_posts_and_reactions_are_left_alone(chat: CitizenChat) -> None:
    post = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel", "title": "t"}, "text": STORY}
    assert await chat.give({"channel_post": post}) == []
    assert await chat.give({"edited_channel_post": {**post, "edit_date": 2}}) == []
    assert chat.state.get("draft") is None


async def test_inline_queries_and_payments_are_answered(chat: CitizenChat, telegram: Any) -> None:
    user = {"id": chat.id, "is_bot": False, "first_name": "某"}
    bodies: list[tuple[dict[str, Any], type]] = [
        ({"inline_query": {"id": "1", "from": user, "query": "x", "offset": ""}}, AnswerInlineQuery),
        (
            {
                "pre_checkout_query": {
                    "id": "1",
                    "from": user,
                    "currency": "XTR",
                    "total_amount": 1,
                    "invoice_payload": "p",
                }
            },
            AnswerPreCheckoutQuery,
        ),
    ]
    for body, method in bodies:
        update = Update.model_validate({"update_id": 5, **body}, context={"bot": telegram})
        calls = await chat.dialogue.handle(update, telegram, {}, conversation="c")
        assert isinstance(calls[0], method)


async def test_a_kind_of_update_from_the_future_is_left_alone(chat: CitizenChat) -> None:
    assert await chat.give({}) == []


async def test_an_inaccessible_message_under_a_button_is_no_obstacle(chat: CitizenChat) -> None:
    await chat.say(STORY)
    for label in ("继续", "匿名", "没有材料"):
        await chat.press(label)
    query = {
        "id": "9",
        "from": {"id": chat.id, "is_bot": False, "first_name": "某"},
        "chat_instance": "1",
        "data": chat.data_of("确认提交"),
        "message": {"message_id": 1, "date": 0, "chat": {"id": chat.id, "type": "private"}},
    }
    assert "编号" in (await chat.give({"callback_query": query}))[-1]


async def test_a_button_without_message_or_data_is_answered(chat: CitizenChat) -> None:
    user = {"id": chat.id, "is_bot": False, "first_name": "某"}
    await chat.give(
        {"callback_query": {"id": "9", "from": user, "chat_instance": "1", "game_short_name": "g"}}
    )
    assert len(chat.notices()) == 1


async def test_words_of_a_citizen_do_not_reach_the_store_in_plain(
    chat: CitizenChat, storage: Storage
) -> None:
    number, _ = await chat.file_story(STORY + "金丝雀词")
    stored = await storage.database["cases"].find_one({"_id": number})
    assert stored is not None
    assert "金丝雀词" not in str(stored)


def test_what_an_earlier_version_remembered_of_a_chat_still_opens() -> None:
    memory = Memory.load({"step": "Filing:place", "answers": {"old": 1}, "greeted": True})
    assert memory.step == Telling.place.state
    assert memory.greeted
