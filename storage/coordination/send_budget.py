"""How fast all processes together may send. Time always comes from the caller."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from storage.database.connection import Database
from storage.database.encoding import Document

MOST_AHEAD = timedelta(seconds=10)
"""No reservation lies farther ahead than this; see `MongoSendBudget.reserve`."""


class MongoSendBudget:
    """A shared pace: every process reserves the next free moments before it sends.

    A reservation may be lost in an election, which only lets a few go sooner; so nobody waits for a majority.
    """

    def __init__(self, database: Database, name: str, per_second: float = 30.0) -> None:
        self._budgets = database.fleeting("budgets")
        self._name = name
        self._step = timedelta(seconds=1 / per_second)

    async def reserve(self, count: int, now: datetime) -> datetime:
        """The moment of the first of `count` sends; the others follow at `step` each.

        Whoever waits has reserved already, so nothing is taken far ahead: what is, was taken by a wrong
        clock, and does not hold the others up.
        """
        taken = round(self._step.total_seconds() * count * 1000)
        believed = {"$cond": [{"$lte": ["$free_at", _literal(now + MOST_AHEAD)]}, "$free_at", None]}
        begin = {"$max": [_literal(now), believed, "$held_until"]}
        found = await self._budgets.find_and_update(
            {"_id": self._name}, [{"$set": {"free_at": {"$add": [begin, taken]}}}], upsert=True
        )
        length = timedelta(milliseconds=taken)
        free_at: datetime = found["free_at"] if found else now + length
        return max(now, free_at - length)

    async def hold(self, until: datetime) -> None:
        """Nobody sends before then: the other side asked for a pause."""
        await self._budgets.update({"_id": self._name}, {"$max": {"held_until": until}}, upsert=True)

    @property
    def step(self) -> timedelta:
        return self._step


def _literal(value: Any) -> Document:
    return {"$literal": value}
