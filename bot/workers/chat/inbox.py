"""Turns stored updates into dialogue: one leased turn at a time per chat, committed in one write.

It never sends anything: replies are committed to the chat's outbox together with the dialogue state.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod
from aiogram.types import Update
from aiohttp import ClientError
from loguru import logger
from pydantic import ValidationError

from bot.backoff import backoff
from bot.telegram.calls import pack_all
from bot.workers.chat.pace import after_one_more, may_tell, wait_of
from bot.workers.chat.plain_words import BUSY, NO_SPACE, SORRY, TOO_FAST
from bot.workers.leases import LEASE_TIME, held
from cases.errors import StorageUnavailable
from cases.ports.conversations import Awaits, ConversationStore, Incoming, Outgoing, Pace, Work
from cases.vocabulary import Channel, Language
from handlers.citizen.dialogue.report.fetching import messages_awaited

LONGEST_TURN = 60.0
"""Seconds one turn may take."""
MOST_TRIES = 5
PATIENT_TRIES = 12
"""For an update that failed because Telegram could not be reached: a few minutes, which is no poison."""
TELEGRAM_AWAY = (
    *(TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError),
    *(ClientError, TimeoutError),
)
"""An answer that cannot be decoded comes from something between us and Telegram (`502 Bad Gateway`)."""
ELSEWHERE = timedelta(seconds=30)
"""How long an update of a channel this process has no bot for is left to others."""
LATE = timedelta(minutes=1)
"""An update that waited longer is answered with a word about it."""


class Dialogue(Protocol):
    """The citizen's side, as `handlers.citizen` provides it."""

    async def handle(
        self, update: Update, bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> Sequence[TelegramMethod[Any]]:
        """What to answer; `state` is changed in place."""

    async def handle_turn(
        self, updates: Sequence[Update], bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> Sequence[TelegramMethod[Any]]:
        """The same for several messages that are answered together."""


class Unreadable(Exception):
    """No update of the Bot API as we know it; trying again cannot help."""


class Inbox:
    """One step = one turn. `wake_outbox` is called when there is something to deliver."""

    def __init__(
        self,
        conversations: ConversationStore,
        dialogue: Dialogue,
        bots: dict[Channel, Bot],
        now: Callable[[], datetime],
        *,
        wake_outbox: Callable[[Channel], None],
        default_language: Language = Language.ZH_HANS,
        no_space: Callable[[], bool] = lambda: False,
    ) -> None:
        """`no_space`: whether the disk is too full to take anything in."""
        self._conversations = conversations
        self._dialogue = dialogue
        self._bots = bots
        self._now = now
        self._wake_outbox = wake_outbox
        self._default_language = default_language
        self._no_space = no_space

    async def step(self) -> bool:
        now = self._now()
        work = await self._conversations.claim_update(now, now + LEASE_TIME)
        if work is None:
            return False
        if work.address.channel not in self._bots:  # such as Telegram's, in a process without BOT_TOKEN
            await self._conversations.retry_update(work, now + ELSEWHERE)
            return True
        with logger.contextualize(conversation=work.conversation[:8]):
            await self._process(work)
        return True

    async def _process(self, work: Work) -> None:
        try:
            async with held(lambda: self._conversations.renew_update(work, self._now() + LEASE_TIME)):
                async with asyncio.timeout(LONGEST_TURN):
                    waited = messages_awaited(work.dialogue)
                    calls = await self._answer(work)
            committed = await self._commit(work, calls, _awaits(waited, messages_awaited(work.dialogue)))
        except StorageUnavailable:
            await self._conversations.retry_update(work, self._now() + backoff(work.update.attempts))
            raise
        except Exception as error:
            await self._failed(work, error)
            return
        if committed:
            self._wake_outbox(work.address.channel)
        else:
            logger.warning("the lease was lost before the answer was committed; another worker answers")

    async def _commit(self, work: Work, calls: Sequence[Outgoing], awaits: Awaits) -> bool:
        now = self._now()
        pace = after_one_more(work.pace, now)
        word = await self._word_of_delay(work, calls, pace, now)
        if word:
            pace = replace(pace, told_at=now)
        return await self._conversations.commit(
            work, work.dialogue, [*word, *calls], now + wait_of(pace), pace, awaits
        )

    async def _answer(self, work: Work) -> Sequence[Outgoing]:
        bot = self._bots[work.address.channel]
        updates = [_read(update, bot) for update in work.turn]
        if self._no_space():
            return pack_all(work.update.id, await self._refuse(work, updates[0]))
        if len(updates) == 1:
            handled = self._dialogue.handle(updates[0], bot, work.dialogue, conversation=work.conversation)
        else:
            handled = self._dialogue.handle_turn(updates, bot, work.dialogue, conversation=work.conversation)
        return pack_all(work.update.id, await handled)

    async def _refuse(self, work: Work, update: Update) -> list[TelegramMethod[Any]]:
        """Nothing is taken in, and the dialogue stays where it was."""
        words = NO_SPACE.told(await self._language(work))
        if update.callback_query is not None:
            return [
                AnswerCallbackQuery(callback_query_id=update.callback_query.id, text=words, show_alert=True)
            ]
        if update.message is not None:
            return [SendMessage(chat_id=update.message.chat.id, text=words)]
        return []

    async def _word_of_delay(
        self, work: Work, calls: Sequence[Outgoing], pace: Pace, now: datetime
    ) -> list[Outgoing]:
        """Only to somebody who is answered at all, and seldom."""
        wait = wait_of(pace)
        late = work.update.attempts == 1 and now - work.turn[-1].received_at > LATE
        if not calls or not (wait or late) or not may_tell(pace, now):
            return []
        words = (TOO_FAST if wait else BUSY).told(await self._language(work))
        return [Outgoing(f"{work.update.id}:delay", "SendMessage", {"text": words})]

    async def _failed(self, work: Work, error: Exception) -> None:
        tries = work.update.attempts
        most = _most_tries(error)
        if tries < most or len(work.turn) > 1:
            logger.opt(exception=error).warning("update failed, try {} of {}", tries, most)
            poison = not isinstance(error, TELEGRAM_AWAY)
            await self._conversations.retry_update(work, self._now() + backoff(tries), alone=poison)
            return
        logger.opt(exception=error).critical("ALERT: an update was set aside after {} tries", tries)
        words = SORRY.told(await self._language(work))
        sorry = Outgoing(f"{work.update.id}:sorry", "SendMessage", {"text": words})
        await self._conversations.set_aside(work, f"{type(error).__name__} after {tries} tries", [sorry])
        self._wake_outbox(work.address.channel)

    async def _language(self, work: Work) -> Language:
        return await self._conversations.language(work.conversation) or self._default_language


def _most_tries(error: Exception) -> int:
    if isinstance(error, Unreadable):
        return 1
    return PATIENT_TRIES if isinstance(error, TELEGRAM_AWAY) else MOST_TRIES


def _awaits(before: set[int], after: set[int]) -> Awaits:
    """Whether the turn left files to be fetched."""
    if after - before:
        return Awaits.MORE
    return Awaits.NOTHING if before and not after else Awaits.AS_BEFORE


def _read(update: Incoming, bot: Bot) -> Update:
    try:
        return Update.model_validate(update.payload, context={"bot": bot})
    except ValidationError as error:
        raise Unreadable(f"{error.error_count()} fields") from None
