"""Removes files that nothing refers to any more, once a day.

Looks only at files kept longer than `UNREFERRED`, so a file that is just being sent is never touched.
May be cut off and run again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from loguru import logger

from cases.lifecycle.retention import UNREFERRED
from storage.evidence.store import MongoEvidenceStore
from storage.upkeep.stray_files import OldFile, StrayFiles

BATCH = 500


class EvidenceJanitor:
    """`run` judges every file whose time has come; only one process should run it at a time."""

    def __init__(self, files: StrayFiles, evidence: MongoEvidenceStore, now: Callable[[], datetime]) -> None:
        self._files = files
        self._evidence = evidence
        self._now = now

    async def run(self) -> int:
        """How many files went."""
        before = self._now() - UNREFERRED
        gone = 0
        while old := await self._files.list_unjudged(before, BATCH):
            gone += await self._judge(old, before)
            await self._files.passed(old[-1])
        while again := await self._files.list_to_look_at_again(self._now(), BATCH):
            gone += await self._judge(again, before)
        gone += await self._evidence.sweep(self._now())
        if gone:
            logger.info("evidence: {} files that nothing referred to were removed", gone)
        return gone

    async def _judge(self, files: Sequence[OldFile], before: datetime) -> int:
        mentioned = await self._files.mentioned_in_chats({file.id for file in files})
        gone = 0
        for file in files:
            if await self._files.held_by_case(file.id):
                await self._files.settle(file, None)
            elif file.id in mentioned or not await self._files.forget(file, before):
                await self._files.settle(file, self._now() + UNREFERRED)
            else:
                gone += 1
        return gone
