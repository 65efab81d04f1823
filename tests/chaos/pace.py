"""Keeps talking and killing in step, so that no kill meets silence.

It must not know what is said or killed: it only counts.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

LEAST_AT_ONCE = 12
SHARE_AT_ONCE = 8
LOOK = 0.05


@dataclass
class Pace:
    """Conversations run ahead of the kills by as many as are held at once, or kills ahead of them.

    The last conversation begins after the last kill. It cannot come to a stop: open conversations end, and
    where none is open one may always begin, more than were planned if harm is slow.
    """

    conversations: int
    kills: int
    begun: int = 0
    ended: int = 0
    killed: int = 0
    harmed: bool = False
    """Nothing will be broken any more."""

    @property
    def open(self) -> int:
        return self.begun - self.ended

    @property
    def over(self) -> bool:
        return self.harmed and self.begun >= self.conversations

    @property
    def at_once(self) -> int:
        return min(max(LEAST_AT_ONCE, self.conversations // SHARE_AT_ONCE), self.conversations)

    def may_begin(self) -> bool:
        rest = self.conversations - self.at_once
        return self.open == 0 or self.begun < self.at_once + rest * self._share_killed()

    def may_kill(self) -> bool:
        return self.open > 0 and self.conversations * self._share_killed() <= self.ended + self.at_once

    async def until_one_may_begin(self) -> bool:
        """False when all were held and nothing is left to break."""
        while not self.over:
            if self.may_begin():
                return True
            await asyncio.sleep(LOOK)
        return False

    async def until_someone_is_served(self, share: float = 0.0) -> None:
        """Until harm meets somebody, after this share of the kills."""
        while True:
            if self._share_killed() >= share and self.may_kill():
                return
            await asyncio.sleep(LOOK)

    def _share_killed(self) -> float:
        return self.killed / self.kills if self.kills else 1.0
