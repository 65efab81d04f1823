"""Lets go of what has been kept long enough: words of ended cases, and drafts nobody came back to.

The core says when and makes the move; a legal hold stops it there. Everything here may be cut off and
run again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from loguru import logger

from cases.errors import DomainError, NotFound, StorageUnavailable
from cases.lifecycle.retention import DRAFTS
from cases.model import Case
from cases.ports.conversations import Transcripts
from cases.ports.evidence import EvidenceStore
from cases.ports.reporters import ReporterStore
from cases.service.upkeep import Upkeep
from handlers.citizen.dialogue.drafts import Memory
from storage.upkeep.retention import Erasure, IdleChat, MongoRetention

BATCH = 100


@dataclass(slots=True)
class Done:
    """What a run let go of."""

    cases: int = 0
    drafts: int = 0
    chats: int = 0
    files: int = 0

    def __bool__(self) -> bool:
        return any((self.cases, self.drafts, self.chats, self.files))


class Retention:
    """`run` does all that is due now; only one process should run it at a time."""

    def __init__(
        self,
        retention: MongoRetention,
        upkeep: Upkeep,
        reporters: ReporterStore,
        evidence: EvidenceStore,
        transcripts: Transcripts,
        now: Callable[[], datetime],
    ) -> None:
        self._kept = retention
        self._upkeep = upkeep
        self._reporters = reporters
        self._evidence = evidence
        self._transcripts = transcripts
        self._now = now

    async def run(self) -> Done:
        done = Done()
        await self._finish_begun(done)
        await self._anonymise_expired(done)
        await self._drop_idle(done)
        if done:
            logger.info(
                "retention: {} cases, {} drafts, {} chats, {} files",
                done.cases,
                done.drafts,
                done.chats,
                done.files,
            )
        return done

    # -- cases ------------------------------------------------------------------------------------
    async def _anonymise_expired(self, done: Done) -> None:
        refused = 0
        while cases := await self._kept.list_expired(self._now(), BATCH + refused):
            fresh = cases[refused:]
            if not fresh:
                return
            for case in fresh:
                refused += not await self._anonymise(case, done)

    async def _anonymise(self, case: Case, done: Done) -> bool:
        """Note what goes, change the case, then let it go."""
        erasure = Erasure(case.number, tuple(file.id for file in case.evidence))
        await self._kept.begin(erasure, self._now())
        try:
            await self._upkeep.anonymise(case)
        except StorageUnavailable:
            raise
        except DomainError as error:
            logger.warning("{} could not be made anonymous: {}", case.number, error)
            await self._kept.finish(case.number)
            return False
        await self._erase(erasure, done)
        return True

    async def _finish_begun(self, done: Done) -> None:
        """What an earlier run began: carried out if the case was changed, forgotten if not."""
        while begun := await self._kept.list_begun(self._now(), BATCH):
            for erasure in begun:
                if await self._upkeep.is_anonymous(erasure.number):
                    await self._erase(erasure, done)
                else:
                    await self._kept.finish(erasure.number)

    async def _erase(self, erasure: Erasure, done: Done) -> None:
        await self._reporters.erase(erasure.number)
        for id in erasure.evidence:
            await self._delete_file(id, done)
        await self._kept.finish(erasure.number)
        done.cases += 1

    async def _delete_file(self, id: str, done: Done) -> None:
        try:
            await self._evidence.delete(id)
        except NotFound:
            return
        done.files += 1

    # -- drafts -----------------------------------------------------------------------------------
    async def _drop_idle(self, done: Done) -> None:
        busy = 0
        while chats := (await self._kept.list_idle(self._now() - DRAFTS, BATCH + busy))[busy:]:
            for chat in chats:
                busy += not await self._tidy(chat, done)

    async def _tidy(self, chat: IdleChat, done: Done) -> bool:
        """False when the chat has work waiting, so that it is looked at another time."""
        memory = Memory.load(dict(chat.dialogue))
        unsent = memory.draft is not None or memory.pending is not None
        memory.drop_draft()
        memory.spent.extend(memory.bury())
        memory.drop_pending()
        files, memory.spent = memory.spent, []
        if await self._is_needed(chat):
            state: dict[str, object] = {}
            memory.save(state)
            kept = await self._kept.keep_chat(chat, state)
        else:
            kept = await self._kept.forget_chat(chat)
            if kept:
                await self._transcripts.erase(chat.conversation)
                done.chats += 1
        if not kept:
            return False
        for id in files:
            await self._delete_file(id, done)
        done.drafts += unsent
        return True

    async def _is_needed(self, chat: IdleChat) -> bool:
        """Chats that filed something are still told about it; staff are still alerted."""
        filed = await self._reporters.list_numbers(chat.conversation, limit=1)
        return bool(filed) or await self._kept.is_staff(chat.conversation)
