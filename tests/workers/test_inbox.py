"""The intake: stored before it is acknowledged, in order per chat, and one poison update stops nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Update
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.telegram.calls import UnknownCall, pack, unpack
from bot.telegram.updates import SECRET_HEADER, WEBHOOK_PATH, Intake, Polling, chat_of, webhook_route
from bot.wiring import utc_now
from bot.workers.chat.inbox import MOST_TRIES, Inbox
from bot.workers.chat.plain_words import BUSY, SORRY
from bot.workers.loop import Worker
from cases.errors import StorageUnavailable
from cases.ports.conversations import Address, Delivery
from cases.vocabulary import Channel, Language
from storage.opening import Storage
from tests.telegram_standin import StandIn
from tests.town.clock import RunningWatch
from tests.workers.one_by_one import OneByOne

FIRST, SECOND = 5_300_000_001, 5_300_000_002
SECRET = "webhook-secret-of-the-tests"


class Echo(OneByOne):
    """A dialogue that answers with what it heard, and breaks on purpose."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def handle(
        self, update: Update, bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> Sequence[TelegramMethod[Any]]:
        assert update.message is not None
        text = update.message.text or ""
        self.heard.append(text)
        if text == "毒药":
            raise RuntimeError("this update breaks the dialogue")
        state["count"] = state.get("count", 0) + 1
        return [SendMessage(chat_id=update.message.chat.id, text=f"{state['count']}：{text}")]


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


async def until(fulfilled: Callable[[], bool]) -> None:
    for _ in range(1200):
        if fulfilled():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen within a minute")


def new_inbox(storage: Storage, bot: Bot, dialogue: Echo, clock: RunningWatch) -> Inbox:
    return Inbox(
        storage.conversations,
        dialogue,
        {Channel.TELEGRAM: bot},
        clock,
    )


async def take_in(storage: Storage, telegram: StandIn) -> None:
    """What is waiting at Telegram, stored."""
    intake = Intake(storage.conversations.receive, utc_now)
    for update in telegram.world.updates:
        await intake.receive(update)


async def process_all(inbox: Inbox) -> None:
    while await inbox.step():
        pass


async def answers(storage: Storage, clock: RunningWatch) -> list[str]:
    """What waits in the outboxes, in order."""
    texts = []
    while (delivery := await claim(storage, clock)) is not None:
        texts.append(str(delivery.call.payload["text"]))
        await storage.conversations.ack(delivery, utc_now())
    return texts


async def claim(storage: Storage, clock: RunningWatch) -> Delivery | None:
    now = clock()
    return await storage.conversations.claim_delivery(now, now + timedelta(minutes=1), Channel.TELEGRAM)


async def test_updates_of_a_chat_are_answered_in_order(storage: Storage, telegram: StandIn, bot: Bot) -> None:
    user, dialogue, clock = telegram.user(FIRST), Echo(), RunningWatch()
    for n in range(4):
        await user.says(f"第{n}句")
    await take_in(storage, telegram)
    worker = Worker("inbox", new_inbox(storage, bot, dialogue, clock).step, poll=0.02, tasks=4)
    worker.start()
    await until(lambda: len(dialogue.heard) == 4)
    await worker.stop(5)
    assert dialogue.heard == ["第0句", "第1句", "第2句", "第3句"]
    assert await answers(storage, clock) == ["1：第0句", "2：第1句", "3：第2句", "4：第3句"]


async def test_a_process_without_a_token_leaves_telegrams_updates_to_one_that_has_it(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    dialogue, clock = Echo(), RunningWatch()
    await telegram.user(FIRST).says("还在吗")
    await take_in(storage, telegram)
    without = Inbox(
        storage.conversations,
        dialogue,
        {},
        clock,
    )
    for _ in range(20):
        await without.step()
        clock.ahead += timedelta(minutes=1)
    assert await answers(storage, clock) == []
    await process_all(new_inbox(storage, bot, dialogue, clock))
    assert await answers(storage, clock) == ["1：还在吗"]


async def test_an_update_that_comes_again_changes_nothing(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    dialogue, clock = Echo(), RunningWatch()
    await telegram.user(FIRST).says("一次")
    inbox = new_inbox(storage, bot, dialogue, clock)
    for _ in range(3):
        await take_in(storage, telegram)
        await process_all(inbox)
    assert dialogue.heard == ["一次"]


async def test_a_poison_update_is_set_aside_after_five_tries_and_told(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    dialogue, clock = Echo(), RunningWatch()
    first, second = telegram.user(FIRST), telegram.user(SECOND)
    await first.says("毒药")
    await first.says("之后的话")
    await second.says("别人的话")
    await take_in(storage, telegram)
    inbox = new_inbox(storage, bot, dialogue, clock)
    await process_all(inbox)
    assert "别人的话" in dialogue.heard, "others are served at once"
    assert "之后的话" not in dialogue.heard, "order is kept while there is hope"
    for _ in range(MOST_TRIES):
        clock.ahead += timedelta(minutes=1)
        await process_all(inbox)
    assert dialogue.heard.count("毒药") == MOST_TRIES
    assert dialogue.heard[-1] == "之后的话"
    assert SORRY.told(Language.ZH_HANS) in await answers(storage, clock)
    assert [row["reason"] for row in await storage.conversations.list_set_aside()] == [
        "RuntimeError after 5 tries"
    ]


async def test_a_message_that_breaks_the_bot_does_not_take_its_neighbours_along(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    """It fails together with them once; then each is tried by itself."""
    dialogue, clock = Echo(), RunningWatch()
    user = telegram.user(FIRST)
    for words in ("第一句", "毒药", "第三句"):
        await user.says(words)
    intake = Intake(storage.conversations.receive, utc_now, pause=timedelta(seconds=4))
    for update in telegram.world.updates:
        await intake.receive(update)
    inbox = new_inbox(storage, bot, dialogue, clock)
    for _ in range(2 * MOST_TRIES):
        clock.ahead += timedelta(minutes=1)
        await process_all(inbox)
    said = [text for text in await answers(storage, clock) if text != BUSY.told(Language.ZH_HANS)]
    assert said == ["1：第一句", SORRY.told(Language.ZH_HANS), "2：第三句"]
    assert len(await storage.conversations.list_set_aside()) == 1


async def test_an_unreadable_update_is_poison_too(storage: Storage, telegram: StandIn, bot: Bot) -> None:
    dialogue, clock = Echo(), RunningWatch()
    broken = {"update_id": 5, "message": {"chat": {"id": FIRST, "type": "no-such-type"}, "date": "never"}}
    await Intake(storage.conversations.receive, utc_now).receive(broken)
    inbox = new_inbox(storage, bot, dialogue, clock)
    for _ in range(MOST_TRIES):
        await process_all(inbox)
        clock.ahead += timedelta(minutes=1)
    assert len(await storage.conversations.list_set_aside()) == 1


async def test_a_crash_while_answering_repeats_the_update_and_not_the_answer(
    storage: Storage, telegram: StandIn, bot: Bot
) -> None:
    dialogue, clock = Echo(), RunningWatch()
    await telegram.user(FIRST).says("你好")
    await take_in(storage, telegram)
    taken = await storage.conversations.claim_update(clock(), clock() + timedelta(seconds=90))
    assert taken is not None, "a process took it and died"
    inbox = new_inbox(storage, bot, dialogue, clock)
    await process_all(inbox)
    assert dialogue.heard == [], "it is leased"
    clock.ahead = timedelta(seconds=91)
    await process_all(inbox)
    assert await answers(storage, clock) == ["1：你好"]
    assert await storage.conversations.commit(taken, {}, []) is None, "the dead process comes too late"


async def test_polling_asks_on_only_after_storing(storage: Storage, telegram: StandIn, bot: Bot) -> None:
    down = True
    intake = Intake(storage.conversations.receive, utc_now)

    async def receive(update: dict[str, Any]) -> None:
        if down:
            raise StorageUnavailable
        await intake.receive(update)

    await telegram.user(FIRST).says("不能丢")
    polling = Polling(bot, receive)
    polling.start()
    await until(lambda: len(telegram.calls_of("getUpdates")) >= 2)
    assert telegram.world.confirmed == 0, "nothing is acknowledged that is not stored"
    down = False
    await until(lambda: not telegram.world.updates)
    await polling.stop()
    assert await storage.conversations.claim_update(utc_now(), utc_now() + timedelta(minutes=1)) is not None
    assert "drop_pending_updates" not in {
        name
        for call in telegram.calls
        if call.params.get("drop_pending_updates") != "false"
        for name in call.params
    }


@pytest.fixture
async def door(storage: Storage) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    intake = Intake(storage.conversations.receive, utc_now)
    app.router.add_routes([webhook_route(intake.receive, SECRET)])
    async with TestClient(TestServer(app)) as client:
        yield client


MESSAGE = {
    "update_id": 77,
    "message": {"message_id": 1, "date": 0, "chat": {"id": FIRST, "type": "private"}, "text": "你好"},
}


@pytest.mark.parametrize(
    "given", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: "密"}]
)
async def test_the_webhook_opens_to_the_secret_only(
    door: TestClient[web.Request, web.Application], storage: Storage, given: dict[str, str]
) -> None:
    answer = await door.post(WEBHOOK_PATH, json=MESSAGE, headers=given)
    assert answer.status == 401
    assert await storage.conversations.claim_update(utc_now(), utc_now() + timedelta(minutes=1)) is None


async def test_the_webhook_answers_after_storing(
    door: TestClient[web.Request, web.Application], storage: Storage
) -> None:
    for _ in range(2):
        answer = await door.post(WEBHOOK_PATH, json=MESSAGE, headers={SECRET_HEADER: SECRET})
        assert answer.status == 200
    work = await storage.conversations.claim_update(utc_now(), utc_now() + timedelta(minutes=1))
    assert work is not None
    assert work.address == Address(Channel.TELEGRAM, str(FIRST))
    await storage.conversations.commit(work, {}, [])
    assert await storage.conversations.claim_update(utc_now(), utc_now() + timedelta(minutes=1)) is None


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"update_id": "x"}', "nonsense", "[" * 5000])
async def test_the_webhook_refuses_what_is_no_update(
    door: TestClient[web.Request, web.Application], body: str
) -> None:
    answer = await door.post(WEBHOOK_PATH, data=body, headers={SECRET_HEADER: SECRET})
    assert answer.status == 400


def test_every_update_finds_its_chat() -> None:
    chat = {"id": FIRST, "type": "private"}
    assert chat_of({"update_id": 1, "message": {"chat": chat}}) == str(FIRST)
    assert chat_of({"update_id": 1, "edited_message": {"chat": chat}}) == str(FIRST)
    assert chat_of({"update_id": 1, "my_chat_member": {"chat": chat}}) == str(FIRST)
    assert chat_of({"update_id": 1, "callback_query": {"from": {"id": 9}, "message": {"chat": chat}}}) == str(
        FIRST
    )
    assert chat_of({"update_id": 1, "callback_query": {"from": {"id": 9}}}) == "9"
    assert chat_of({"update_id": 1, "poll": {"id": "1"}}) is None
    assert chat_of({"update_id": 1, "message": {"chat": {"id": "text"}}}) is None


def test_a_call_survives_the_outbox() -> None:
    call = SendMessage(chat_id=FIRST, text="<b>好</b>", parse_mode="HTML")
    packed = pack("1:0", call)
    assert packed.payload == {"chat_id": FIRST, "text": "<b>好</b>", "parse_mode": "HTML"}
    assert unpack(packed, str(FIRST)) == call


def test_only_named_calls_are_ever_rebuilt() -> None:
    stored = pack("1:0", SendMessage(chat_id=FIRST, text="x"))
    for method in ("LogOut", "GetUpdates", "BanChatMember", "__class__", ""):
        with pytest.raises(UnknownCall):
            unpack(type(stored)("1", method, stored.payload), str(FIRST))
