"""The dialogue over the real core and the real stores; only Telegram's file server is played."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import pytest
from aiogram import Bot

from bot.wiring import Core, build_core
from cases.ports.conversations import Address, Incoming
from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.rules.time_limits import load_time_limits
from cases.vocabulary import Channel
from handlers.citizen.dialogue.routers import CitizenDialogue
from storage.opening import Storage, assemble
from tests.town.chats import NOW, CitizenChat, FileSession


class Clock:
    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def storage(storage: Storage, clock: Clock) -> AsyncIterator[Storage]:
    """The stores live at the time of the test, like everything else in it."""
    assembled = assemble(storage.database, storage.keys, clock)
    yield assembled
    await assembled.cases.close()


@pytest.fixture(scope="session")
def rules() -> Rules:
    return Rules(calendar=WorkCalendar(), limits=load_time_limits(), jurisdictions=Jurisdictions.load())


@pytest.fixture
async def core(storage: Storage, rules: Rules, clock: Clock) -> Core:
    return await build_core(storage, rules, clock)


@pytest.fixture
def dialogue(core: Core, storage: Storage, clock: Clock) -> CitizenDialogue:
    return CitizenDialogue(
        core.services,
        storage.evidence,
        storage.conversations,
        storage.reporters,
        clock,
        transcripts=storage.transcripts,
    )


@pytest.fixture
async def telegram() -> AsyncIterator[Bot]:
    bot = Bot("123456789:" + "A" * 35, session=FileSession())
    yield bot
    await bot.session.close()


MakeChat = Callable[..., CitizenChat]


@pytest.fixture
async def make_chat(dialogue: CitizenDialogue, telegram: Bot, storage: Storage) -> MakeChat:
    """Chats with a stored conversation each, as the inbox would have made it."""
    session = telegram.session
    assert isinstance(session, FileSession)

    def make(**changes: object) -> CitizenChat:
        chat = CitizenChat(dialogue, telegram, session.files, "", **changes)  # type: ignore[arg-type]
        if "id" not in changes:
            chat.id = secrets.randbelow(10**9) + 1
        chat.conversation = storage.conversations.key(Address(Channel.TELEGRAM, str(chat.id)))
        return chat

    return make


@pytest.fixture
async def chat(make_chat: MakeChat, storage: Storage) -> CitizenChat:
    made = make_chat()
    address = Address(Channel.TELEGRAM, str(made.id))
    await storage.conversations.receive(address, Incoming("1", {}, NOW))
    return made
