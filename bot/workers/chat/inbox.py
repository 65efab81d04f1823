"""Turns stored updates into dialogue: one leased turn at a time per chat, committed in one write.

It never sends anything: replies are committed to the chat's outbox together with the dialogue state.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
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
from bot.workers.chat.outbox import Outbox
from bot.workers.chat.pace import after_one_more, may_tell, wait_of
from bot.workers.chat.plain_words import BUSY, NO_SPACE, SORRY, TOO_FAST
from bot.workers.leases import LEASE_TIME, held
from bot.workers.loop import Job, Worker
from cases.errors import StorageUnavailable
from cases.ports.conversations import (
    Address,
    Awaits,
    Committed,
    ConversationStore,
    Incoming,
    Outgoing,
    Pace,
    Work,
)
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
    """One step = one turn. What this process takes in itself is answered without being looked for.

    `worker`: whose tasks answer; without one, all waits for the next step.
    """

    worker: Worker | None = None

    def __init__(
        self,
        conversations: ConversationStore,
        dialogue: Dialogue,
        bots: dict[Channel, Bot],
        now: Callable[[], datetime],
        *,
        outboxes: Mapping[Channel, Outbox] = MappingProxyType({}),
        wake_fetcher: Callable[[], None] = lambda: None,
        default_language: Language = Language.ZH_HANS,
        no_space: Callable[[], bool] = lambda: False,
    ) -> None:
        """`outboxes` deliver the answers; `no_space`: whether the disk is too full to take anything in."""
        self._conversations = conversations
        self._dialogue = dialogue
        self._bots = bots
        self._now = now
        self._outboxes = outboxes
        self._wake_fetcher = wake_fetcher
        self._pauses: dict[str, Job] = {}
        self._default_language = default_language
        self._no_space = no_space

    async def take(self, address: Address, update: Incoming) -> bool:
        """Durable when this returns; False when it was known already. Answered by a free task at once, or
        when its pause is over: should this process die before, others look too.
        """
        at_once = update.quiet_until is None and address.channel in self._bots
        free = at_once and self.worker is not None and self.worker.has_room
        until = self._now() + LEASE_TIME if free else None
        received = await self._conversations.take_in(address, update, until)
        due = update.quiet_until or self._now()
        if received.work is not None and self.worker is not None:
            if not self.worker.give(partial(self._answer_known, received.work)):
                await self._conversations.retry_update(received.work, due)
        elif received.ready_at is not None and received.ready_at <= due:  # else whoever holds the chat looks
            self._look(self._conversations.key(address), received.ready_at)
        return bool(received)

    def _look(self, conversation: str, at: datetime) -> None:
        """Whether the chat has a turn at that moment; of several looks that wait, the last one counts."""
        if self.worker is None:
            return

        async def look() -> None:
            if self._pauses.get(conversation) is look:
                del self._pauses[conversation]
                await self._claim(conversation)

        self._pauses[conversation] = look
        self.worker.give(look, (at - self._now()).total_seconds())

    async def step(self) -> bool:
        return await self._claim()

    async def _claim(self, conversation: str | None = None) -> bool:
        now = self._now()
        work = await self._conversations.claim_update(now, now + LEASE_TIME, conversation)
        if work is None:
            return False
        if work.address.channel not in self._bots:  # such as Telegram's, in a process without BOT_TOKEN
            await self._conversations.retry_update(work, now + ELSEWHERE)
            return True
        await self._answer_known(work)
        return True

    async def _answer_known(self, work: Work) -> None:
        with logger.contextualize(conversation=work.conversation[:8]):
            await self._process(work)

    async def _process(self, work: Work) -> None:
        try:
            async with held(lambda: self._conversations.renew_update(work, self._now() + LEASE_TIME)):
                async with asyncio.timeout(LONGEST_TURN):
                    waited = messages_awaited(work.dialogue)
                    calls = await self._answer(work)
            awaits = _awaits(waited, messages_awaited(work.dialogue))
            committed = await self._commit(work, calls, awaits)
        except StorageUnavailable:
            await self._conversations.retry_update(work, self._now() + backoff(work.update.attempts))
            raise
        except Exception as error:
            await self._failed(work, error)
            return
        if committed is None:
            logger.warning("the lease was lost before the answer was committed; another worker answers")
            return
        if awaits is Awaits.MORE:
            self._wake_fetcher()
        if committed.update_at is not None:
            self._look(work.conversation, committed.update_at)
        if outbox := self._outboxes.get(work.address.channel):
            await outbox.go_on(work.conversation, committed)

    async def _commit(self, work: Work, calls: Sequence[Outgoing], awaits: Awaits) -> Committed | None:
        now = self._now()
        pace = after_one_more(work.pace, now)
        word = await self._word_of_delay(work, calls, pace, now)
        if word:
            pace = replace(pace, told_at=now)
        outbox = self._outboxes.get(work.address.channel)
        deliver_until = outbox.lease_until() if outbox is not None else None
        return await self._conversations.commit(
            work, work.dialogue, [*word, *calls], now + wait_of(pace), pace, awaits, deliver_until
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
            again_at = self._now() + backoff(tries)
            await self._conversations.retry_update(work, again_at, alone=poison)
            self._look(work.conversation, again_at)
            return
        logger.opt(exception=error).critical("ALERT: an update was set aside after {} tries", tries)
        words = SORRY.told(await self._language(work))
        sorry = Outgoing(f"{work.update.id}:sorry", "SendMessage", {"text": words})
        await self._conversations.set_aside(work, f"{type(error).__name__} after {tries} tries", [sorry])
        self._look(work.conversation, self._now())
        if outbox := self._outboxes.get(work.address.channel):
            outbox.look(work.conversation)

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
