"""Turns stored updates into dialogue: one leased update at a time per chat, committed in one write.

It never sends anything: replies are committed to the chat's outbox together with the dialogue state.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from loguru import logger

from bot.calls import pack_all
from bot.workers.loop import backoff
from cases.errors import StorageUnavailable
from cases.model import Channel, Language
from cases.ports import ConversationStore, Outgoing, Work

LEASE = timedelta(seconds=90)
LONGEST = 60.0
"""Seconds one update may take, downloads included; shorter than the lease."""
MOST_TRIES = 5

SORRY: dict[Language, str] = {
    Language.ZH_HANS: "抱歉，刚才那条消息没能处理，工作人员会查看。"
    "您之前填写的内容都还在，请换个说法再发一次。",
    Language.ZH_HANT: "抱歉，剛才那則訊息沒能處理，工作人員會查看。"
    "您之前填寫的內容都還在，請換個說法再發一次。",
    Language.EN: "Sorry, that message could not be handled; the staff will look into it. "
    "What you entered before is still here. Please send it again in other words.",
}


class Dialogue(Protocol):
    """The citizen's side, as `handlers.citizen` provides it."""

    async def handle(
        self, update: Update, bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> Sequence[TelegramMethod[Any]]:
        """What to answer; `state` is changed in place."""


class Inbox:
    """One step = one update. `wake_outbox` is called when there is something to deliver."""

    def __init__(
        self,
        conversations: ConversationStore,
        dialogue: Dialogue,
        bots: dict[Channel, Bot],
        now: Callable[[], datetime],
        *,
        wake_outbox: Callable[[Channel], None],
        default_language: Language = Language.ZH_HANS,
    ) -> None:
        self._conversations = conversations
        self._dialogue = dialogue
        self._bots = bots
        self._now = now
        self._wake_outbox = wake_outbox
        self._default_language = default_language

    async def step(self) -> bool:
        now = self._now()
        work = await self._conversations.claim_update(now, now + LEASE)
        if work is None:
            return False
        with logger.contextualize(conversation=work.conversation[:8]):
            await self._process(work)
        return True

    async def _process(self, work: Work) -> None:
        try:
            calls = await asyncio.wait_for(self._answer(work), LONGEST)
        except StorageUnavailable:
            await self._conversations.retry_update(work, self._now() + backoff(work.update.attempts))
            raise
        except Exception as error:
            await self._failed(work, error)
            return
        if await self._conversations.commit(work, work.dialogue, calls):
            self._wake_outbox(work.address.channel)
        else:
            logger.warning("the lease was lost before the answer was committed; another worker answers")

    async def _answer(self, work: Work) -> Sequence[Any]:
        bot = self._bots[work.address.channel]
        update = Update.model_validate(work.update.payload, context={"bot": bot})
        calls = await self._dialogue.handle(update, bot, work.dialogue, conversation=work.conversation)
        return pack_all(work.update.id, calls)

    async def _failed(self, work: Work, error: Exception) -> None:
        tries = work.update.attempts
        if tries < MOST_TRIES:
            logger.opt(exception=error).warning("update failed, try {} of {}", tries, MOST_TRIES)
            await self._conversations.retry_update(work, self._now() + backoff(tries))
            return
        logger.opt(exception=error).critical("ALERT: an update was set aside after {} tries", tries)
        await self._conversations.set_aside(work, f"{type(error).__name__} after {tries} tries")
        language = await self._conversations.language(work.conversation) or self._default_language
        sorry = Outgoing(f"{work.update.id}:sorry", "SendMessage", {"text": SORRY[language]})
        await self._conversations.send(work.conversation, [sorry])
        self._wake_outbox(work.address.channel)
