"""Delivers what conversations have to say, one leased call at a time, in order per chat.

At least once: between the Bot API's answer and our acknowledgement a crash sends the call again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from loguru import logger

from bot.telegram.calls import counts_as_message, unpack
from bot.workers.chat.budget import SendBudget
from bot.workers.chat.judgement import Fate, Judgement, judge
from bot.workers.leases import LEASE_TIME, held
from bot.workers.loop import Worker
from cases.errors import StorageUnavailable
from cases.ports.conversations import Committed, ConversationStore, Delivery
from cases.vocabulary import Channel

SEND_TIMEOUT = 20
NOTING_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between the tries to note that a call was made, when the database does not answer."""
LONGEST_WAIT = timedelta(seconds=5)
"""For a free task, after which a claim is made sure of."""
LONGEST_HOLD = timedelta(seconds=10)
"""A call whose turn comes later than this is put back instead of held."""
TELEGRAM_GAP = timedelta(seconds=1)
TOLD_TOO_OFTEN = 3
"""So many answers 429 in a row stop all sending for as long as Telegram asked."""


class Outbox:
    """One step = one call of one channel. `gap` is the least time between two messages of a chat.

    What a commit or an acknowledgement has claimed already is delivered without being looked for. `worker`:
    whose tasks deliver; without one, all waits for the next step.
    """

    worker: Worker | None = None

    def __init__(
        self,
        conversations: ConversationStore,
        channel: Channel,
        bot: Bot,
        budget: SendBudget,
        now: Callable[[], datetime],
        *,
        gap: timedelta = timedelta(0),
    ) -> None:
        self._conversations = conversations
        self._channel = channel
        self._bot = bot
        self._budget = budget
        self._now = now
        self._gap = gap
        self._told_to_wait = 0

    def lease_until(self) -> datetime | None:
        """Until when a call may be claimed that is given at once; None when no task is free for it."""
        return self._now() + LEASE_TIME if self.worker is not None and self.worker.has_room else None

    async def go_on(self, conversation: str, after: Committed) -> None:
        """Deliver what the chat has to hear: the call that is claimed, or the next one at its time."""
        now = self._now()
        if after.delivery is not None and self.worker is not None:
            if not self.worker.give(partial(self._deliver_in_time, after.delivery, now)):
                await self._conversations.retry_delivery(after.delivery, after.delivery.not_before or now)
        elif after.call_at is not None:
            self.look(conversation, (after.call_at - self._now()).total_seconds())

    def look(self, conversation: str, delay: float = 0.0) -> None:
        """Whether this chat has something to hear, so many seconds from now."""
        if self.worker is not None:
            self.worker.give(partial(self._claim, conversation), delay)

    async def step(self) -> bool:
        return await self._claim()

    async def _claim(self, conversation: str | None = None) -> bool:
        now = self._now()
        delivery = await self._conversations.claim_delivery(
            now, now + LEASE_TIME, self._channel, conversation
        )
        if delivery is None:
            return False
        await self._deliver(delivery)
        return True

    async def _deliver_in_time(self, delivery: Delivery, claimed_at: datetime) -> None:
        """What had to wait for a free task is still ours only if the lease says so."""
        now = self._now()
        late = now - claimed_at > LONGEST_WAIT
        if not late or await self._conversations.renew_delivery(delivery, now + LEASE_TIME):
            await self._deliver(delivery)

    async def _deliver(self, delivery: Delivery) -> None:
        with logger.contextualize(conversation=delivery.conversation[:8], call=delivery.call.method):
            async with held(lambda: self._conversations.renew_delivery(delivery, self._now() + LEASE_TIME)):
                if await self._wait_for_turn(delivery):
                    await self._settle(delivery, await self._try(delivery))

    async def _wait_for_turn(self, delivery: Delivery) -> bool:
        now = self._now()
        if delivery.not_before is not None and delivery.not_before > now:
            await asyncio.sleep((delivery.not_before - now).total_seconds())
        if not counts_as_message(delivery.call):
            return True
        now = self._now()
        wait = await self._budget.reserve(1, now) - now
        if wait > LONGEST_HOLD:
            await self._put_back(delivery, wait)
            return False
        if wait > timedelta(0):
            await asyncio.sleep(wait.total_seconds())
        return True

    async def _try(self, delivery: Delivery) -> Judgement:
        try:
            method = unpack(delivery.call, delivery.address.chat)
            await self._bot(method, request_timeout=SEND_TIMEOUT)
        except Exception as error:  # every failure has a judgement; see judgement.py
            judgement = judge(error, delivery.call)
            if judgement.fate is Fate.ANEW:
                return await self._say_anew(method, delivery)
            return judgement
        return Judgement(Fate.DONE)

    async def _say_anew(self, method: TelegramMethod[Any], delivery: Delivery) -> Judgement:
        if not isinstance(method, EditMessageText):
            return Judgement(Fate.DONE)
        fresh = SendMessage(
            chat_id=delivery.address.chat,
            text=method.text or "…",
            parse_mode=method.parse_mode,
            reply_markup=method.reply_markup,
        )
        try:
            await self._bot(fresh, request_timeout=SEND_TIMEOUT)
        except Exception as error:
            return judge(error, delivery.call)
        return Judgement(Fate.DONE)

    async def _settle(self, delivery: Delivery, judgement: Judgement) -> None:
        if judgement.alert:
            logger.critical("ALERT: a message could not be delivered: {}", judgement.reason)
        match judgement.fate:
            case Fate.LATER:
                await self._slow_down(judgement)
                logger.info(
                    "will be sent again in {:.1f} s: {}", judgement.wait.total_seconds(), judgement.reason
                )
                await self._put_back(delivery, judgement.wait)
            case Fate.NOBODY:
                logger.info("nobody can be reached in this chat: {}", judgement.reason)
                await self._conversations.give_up(delivery, judgement.reason, blocked=True)
            case Fate.NEVER:
                await self._conversations.give_up(delivery, judgement.reason)
                self.look(delivery.conversation)
            case _:
                self._told_to_wait = 0
                await self._note_sent(delivery)

    async def _put_back(self, delivery: Delivery, wait: timedelta) -> None:
        await self._conversations.retry_delivery(delivery, self._now() + wait)
        self.look(delivery.conversation, wait.total_seconds())

    async def _note_sent(self, delivery: Delivery) -> None:
        """Insists: a call that was made and is not noted is made again."""
        gap = self._gap if counts_as_message(delivery.call) else timedelta(0)
        for pause in NOTING_PAUSES:
            try:
                noted = await self._conversations.ack(delivery, self._now() + gap, self.lease_until())
            except StorageUnavailable:
                await asyncio.sleep(pause)
                continue
            if noted is None:
                logger.warning("the lease was lost after sending; the call may be seen twice")
            else:
                await self.go_on(delivery.conversation, noted)
            return
        logger.warning("a call was made and could not be noted; it may be seen twice")

    async def _slow_down(self, judgement: Judgement) -> None:
        """One chat told to wait concerns that chat; several in a row concern everybody."""
        self._told_to_wait = self._told_to_wait + 1 if judgement.too_fast else 0
        if self._told_to_wait >= TOLD_TOO_OFTEN:
            await self._budget.hold(self._now() + judgement.wait)
            logger.warning(
                "Telegram asks for a pause; nothing is sent for {:.0f} s", judgement.wait.total_seconds()
            )
