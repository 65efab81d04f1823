"""The dialogue of the product; only Telegram's file server is played."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from bot.surroundings.network import Network
from bot.telegram.quick_import import import_aiogram
from bot.wiring import Core
from cases.ports.conversations import Address, Incoming
from cases.vocabulary import Channel
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.names import TableOfNames

if TYPE_CHECKING:
    from aiogram import Bot

    from bot.wiring.composition import Composition
    from handlers.citizen.dialogue.routers import CitizenDialogue
    from tests.town.live.chats import CitizenChat

import_aiogram()

MakeChat = Callable[..., "CitizenChat"]


@pytest.fixture
def network() -> Network:
    from tests.town.live.chats import FileSession

    return Network(telegram=FileSession(), resolver=TableOfNames())


@pytest.fixture
def core(parts: Composition) -> Core:
    return parts.core


@pytest.fixture
def dialogue(parts: Composition) -> CitizenDialogue:
    return parts.dialogue


@pytest.fixture
def telegram(parts: Composition) -> Bot:
    assert parts.telegram is not None
    return parts.telegram


@pytest.fixture
def make_chat(dialogue: CitizenDialogue, telegram: Bot, storage: Storage) -> MakeChat:
    """Chats with a stored conversation each, as the inbox would have made it."""
    from tests.town.live.chats import CitizenChat, FileSession

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
async def chat(make_chat: MakeChat, storage: Storage, watch: Watch) -> CitizenChat:
    made = make_chat()
    address = Address(Channel.TELEGRAM, str(made.id))
    await storage.conversations.receive(address, Incoming("1", {}, watch()))
    return made
