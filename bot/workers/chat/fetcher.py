"""Fetches the files that chats wait for, beside their conversations: a file that is late silences nobody.

What came is told to the chat as an update of its own, stored like any other; nothing is answered here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from aiogram import Bot
from loguru import logger

from bot.backoff import backoff
from bot.workers.leases import LEASE_TIME, held
from cases.errors import FileInfected, FileUnchecked
from cases.ports.conversations import Fetches, FetchWork, Incoming, Take
from cases.ports.evidence import EvidenceStore
from cases.vocabulary import Channel
from handlers.citizen.dialogue.drafts import WaitedFor
from handlers.citizen.dialogue.report.fetching import (
    AWAY,
    GIVES_UP_AFTER,
    INFECTED,
    LOST,
    TOO_LARGE,
    UNCHECKED,
    arrival,
    fetch,
    stored_as,
    waited_for,
)
from handlers.files import refusals
from handlers.files.refusals import FileRefused

LONGEST_FETCH = 30.0
"""Seconds one try may take."""
LONGEST_PAUSE = 10.0
"""Seconds between two tries at most."""
AT_A_TIME = 3
"""Files of one chat fetched at the same time."""


class Fetcher:
    """One step = the files one chat waits for. `take`: who answers when something came or never will."""

    def __init__(
        self,
        fetches: Fetches,
        take: Take,
        evidence: EvidenceStore,
        bots: dict[Channel, Bot],
        now: Callable[[], datetime],
        look_again: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        """`look_again` is called with the seconds after which a file is tried once more."""
        self._fetches = fetches
        self._take = take
        self._evidence = evidence
        self._bots = bots
        self._now = now
        self._look_again = look_again

    async def step(self) -> bool:
        now = self._now()
        work = await self._fetches.claim(now, now + LEASE_TIME)
        if work is None:
            return False
        bot = self._bots.get(work.address.channel)
        if bot is None:
            await self._fetches.retry(work, now + timedelta(seconds=LONGEST_PAUSE))
            return True
        side_by_side = asyncio.Semaphore(AT_A_TIME)

        async def settle(file: WaitedFor) -> bool:
            async with side_by_side:
                return await self._settle(work, file, bot)

        async with held(lambda: self._fetches.renew(work, self._now() + LEASE_TIME)):
            settled = await asyncio.gather(*(settle(file) for file in waited_for(work.dialogue)))
        if not all(settled):  # a chat that has been told everything takes the mark away by itself
            pause = backoff(work.tries, longest=LONGEST_PAUSE)
            await self._fetches.retry(work, self._now() + pause)
            self._look_again(pause.total_seconds())
        return True

    async def _settle(self, work: FetchWork, file: WaitedFor, bot: Bot) -> bool:
        """Whether the chat was told that the file came, or that it will not."""
        id = await self._outcome(work, file, bot)
        if id is None:
            return False
        update = Incoming(f"{file.update}:fetched", arrival(file, id), self._now())
        await self._take(work.address, update)
        return True

    async def _outcome(self, work: FetchWork, file: WaitedFor, bot: Bot) -> str | None:
        """The id of the bytes, or the word for what became of them; None while there is hope."""
        id = stored_as(file, work.conversation)
        try:
            async with asyncio.timeout(LONGEST_FETCH):
                data = await fetch(bot, file.file)
            await self._evidence.put(
                id, data, name=file.name, media_type="application/octet-stream", stripped=False
            )
        except FileRefused as refused:
            return TOO_LARGE if refused.reason is refusals.TOO_LARGE else LOST
        except FileInfected:
            return INFECTED
        except FileUnchecked:
            return UNCHECKED
        except AWAY as error:
            if self._now() < file.since + GIVES_UP_AFTER:
                logger.info("a file is not there yet, trying again: {}", type(error).__name__)
                return None
            logger.warning("a file was given up: {}", type(error).__name__)
            return LOST
        return id
