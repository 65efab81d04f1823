"""The outbox: in order, at the pace Telegram allows, as often as it takes, and never for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.wiring import utc_now
from bot.workers.chat.budget import InLots, Unlimited
from bot.workers.chat.outbox import TELEGRAM_GAP, Outbox
from bot.workers.loop import Worker
from cases.ports.conversations import Address, Incoming, Outgoing
from cases.vocabulary import Channel
from storage.coordination.send_budget import MongoSendBudget
from storage.opening import Storage
from tests.telegram_standin import ScriptedUser, StandIn
from tests.town.clock import RunningWatch

FIRST, SECOND = 5_200_000_001, 5_200_000_002
Deliver = Callable[[], Awaitable[None]]


@pytest.fixture
def watch() -> RunningWatch:
    """These tests live in the present, as the stand-in for Telegram does."""
    return RunningWatch()


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn(burst=100) as standin:
        yield standin


@pytest.fixture
async def bot(telegram: StandIn) -> AsyncIterator[Bot]:
    async with Bot(
        telegram.token, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    ) as bot:
        yield bot


def new_outbox(storage: Storage, bot: Bot, gap: timedelta = timedelta(0)) -> Outbox:
    return Outbox(storage.conversations, Channel.TELEGRAM, bot, Unlimited(), utc_now, gap=gap)


async def known_chat(storage: Storage, telegram: StandIn, chat: int) -> tuple[ScriptedUser, str]:
    """A chat that wrote before, with nothing left to process."""
    address = Address(Channel.TELEGRAM, str(chat))
    await storage.conversations.receive(address, Incoming("1", {"update_id": 1}, utc_now()))
    work = await storage.conversations.claim_update(utc_now(), utc_now() + timedelta(minutes=1))
    assert work is not None
    await storage.conversations.commit(work, {}, [])
    return telegram.user(chat), storage.conversations.key(address)


def said(id: str, text: str) -> Outgoing:
    return Outgoing(id, "SendMessage", {"text": text})


async def until_empty(outbox: Outbox) -> None:
    while await outbox.step():
        pass


async def test_calls_arrive_in_order_and_once(storage: Storage, telegram: StandIn, bot: Bot) -> None:
    user, conversation = await known_chat(storage, telegram, FIRST)
    calls = [said(f"n:{n}", f"第{n}条") for n in range(5)]
    await storage.conversations.send(conversation, calls)
    await storage.conversations.send(conversation, calls)
    await until_empty(new_outbox(storage, bot))
    await storage.conversations.send(conversation, calls)
    await until_empty(new_outbox(storage, bot))
    assert [seen.text for seen in user.seen] == [f"第{n}条" for n in range(5)]


async def test_failing_calls_are_sent_again_until_they_arrive(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    user, conversation = await known_chat(storage, telegram, FIRST)
    telegram.fail_rate = 0.5
    await storage.conversations.send(conversation, [said(f"n:{n}", f"第{n}条") for n in range(6)])
    worker = Worker("outbox", new_outbox(storage, bot).step, poll=0.05, tasks=3)
    worker.start()
    await user.reads("第5条", within=60)
    await worker.stop(5)
    assert [seen.text for seen in user.seen] == [f"第{n}条" for n in range(6)]


async def test_a_chat_told_to_wait_is_left_in_peace_that_long(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    telegram.burst = 1
    user, conversation = await known_chat(storage, telegram, FIRST)
    await storage.conversations.send(conversation, [said("a", "一"), said("b", "二")])
    outbox = new_outbox(storage, bot)
    await until_empty(outbox)
    assert [call.status for call in telegram.calls_of("sendMessage")] == [200, 429]
    assert await outbox.step() is False, "nothing is tried before retry_after is over"
    worker = Worker("outbox", outbox.step, poll=0.1)
    worker.start()
    await user.reads("二")
    await worker.stop(5)
    assert [call.status for call in telegram.calls_of("sendMessage")] == [200, 429, 200]


async def test_the_pace_of_one_message_a_second_earns_no_refusal(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    telegram.burst = 1
    user, conversation = await known_chat(storage, telegram, FIRST)
    await storage.conversations.send(conversation, [said(f"n:{n}", f"第{n}条") for n in range(3)])
    worker = Worker("outbox", new_outbox(storage, bot, TELEGRAM_GAP).step, poll=0.05, tasks=4)
    worker.start()
    await user.reads("第2条")
    await worker.stop(5)
    assert {call.status for call in telegram.calls_of("sendMessage")} == {200}


async def test_a_blocked_chat_is_recorded_and_not_tried_again(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    user, conversation = await known_chat(storage, telegram, FIRST)
    user.blocks_the_bot()
    await storage.conversations.send(conversation, [said("a", "一"), said("b", "二")])
    await until_empty(new_outbox(storage, bot))
    assert len(telegram.calls_of("sendMessage")) == 1
    assert await storage.conversations.send(conversation, [said("c", "三")]) is False


async def test_a_deleted_chat_is_recorded_too(storage: Storage, telegram: StandIn, bot: Bot) -> None:
    _, conversation = await known_chat(storage, telegram, FIRST)
    del telegram.world.chats[FIRST]
    await storage.conversations.send(conversation, [said("a", "一")])
    await until_empty(new_outbox(storage, bot))
    assert await storage.conversations.send(conversation, [said("b", "二")]) is False


async def test_one_slow_chat_does_not_delay_the_others(storage: Storage, telegram: StandIn, bot: Bot) -> None:
    slow, slow_key = await known_chat(storage, telegram, FIRST)
    quick, quick_key = await known_chat(storage, telegram, SECOND)
    telegram.slow_chats.add(FIRST)
    worker = Worker("outbox", new_outbox(storage, bot).step, poll=0.05, tasks=2)
    await storage.conversations.send(slow_key, [said(f"s:{n}", f"慢{n}") for n in range(3)])
    worker.start()
    await slow.reads("慢0")
    await storage.conversations.send(quick_key, [said("q", "快")])
    worker.wake()
    await quick.reads("快")
    assert len(slow.seen) < 3, "the slow chat is still being served when the quick one is done"
    await worker.stop(10)


async def test_what_telegram_refuses_is_set_aside_and_the_next_goes_on(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    user, conversation = await known_chat(storage, telegram, FIRST)
    broken = Outgoing("a", "SendMessage", {"text": "<b>没有结尾", "parse_mode": "HTML"})
    strange = Outgoing("b", "BanChatMember", {"user_id": 1})
    await storage.conversations.send(conversation, [broken, strange, said("c", "后面的")])
    await until_empty(new_outbox(storage, bot))
    assert [seen.text for seen in user.seen] == ["后面的"]
    assert telegram.calls_of("banChatMember") == []
    assert len(await storage.conversations.list_set_aside()) == 2


async def test_an_edit_that_changes_nothing_counts_as_done(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    user, conversation = await known_chat(storage, telegram, FIRST)
    sent = await bot.send_message(FIRST, "一样")
    edit = Outgoing("e", "EditMessageText", {"text": "一样", "message_id": sent.message_id})
    await storage.conversations.send(conversation, [edit, said("n", "下一条")])
    await until_empty(new_outbox(storage, bot))
    assert [seen.text for seen in user.seen] == ["一样", "下一条"]
    assert await storage.conversations.list_set_aside() == []


async def test_an_edit_of_a_deleted_message_is_said_anew(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    user, conversation = await known_chat(storage, telegram, FIRST)
    edit = Outgoing("e", "EditMessageText", {"text": "新的内容", "message_id": 4711})
    await storage.conversations.send(conversation, [edit])
    await until_empty(new_outbox(storage, bot))
    assert [seen.text for seen in user.seen] == ["新的内容"]


async def test_a_late_answer_to_a_button_counts_as_done(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    _, conversation = await known_chat(storage, telegram, FIRST)
    late = Outgoing("q", "AnswerCallbackQuery", {"callback_query_id": "long-ago"})
    await storage.conversations.send(conversation, [late])
    await until_empty(new_outbox(storage, bot))
    assert await storage.conversations.list_set_aside() == []


async def test_a_lost_answer_is_the_only_way_to_be_told_twice(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    user, conversation = await known_chat(storage, telegram, FIRST)
    telegram.lose_rate = 1.0
    await storage.conversations.send(conversation, [said("a", "一")])
    outbox = new_outbox(storage, bot)
    await outbox.step()
    telegram.lose_rate = 0.0
    worker = Worker("outbox", outbox.step, poll=0.05)
    worker.start()
    await user.reads(lambda _: len(user.seen) == 2)
    await worker.stop(5)
    assert [seen.text for seen in user.seen] == ["一", "一"]


async def test_two_outboxes_share_one_budget(storage: Storage, telegram: StandIn, bot: Bot) -> None:
    budgets = [MongoSendBudget(storage.database, "telegram") for _ in range(2)]
    lots = [InLots(budget, budget.step) for budget in budgets]
    asked = [lots[number % 2].reserve(1, utc_now()) for number in range(40)]
    moments = sorted(await asyncio.gather(*asked))
    assert len(set(moments)) == 40, "nobody goes at the same moment as another"
    spread = (moments[-1] - moments[0]).total_seconds()
    assert spread > 0.5, "forty messages cannot all go within half a second"


async def test_stopping_finishes_what_is_being_sent(storage: Storage, telegram: StandIn, bot: Bot) -> None:
    slow, conversation = await known_chat(storage, telegram, FIRST)
    telegram.slow_chats.add(FIRST)
    await storage.conversations.send(conversation, [said("a", "一")])
    outbox = new_outbox(storage, bot)
    worker = Worker("outbox", outbox.step, poll=0.05)
    worker.start()
    await slow.reads("一")
    await worker.stop(8)
    telegram.slow_chats.clear()
    await asyncio.sleep(0)
    await until_empty(outbox)
    assert len(slow.seen) == 1, "it was acknowledged, so nobody says it again"
