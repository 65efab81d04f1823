"""Words that say that somebody is in danger, before and beside any case, and who has seen to it.

As in `cases/ports/cases.py`: `get` raises NotFound, `find` may return None. Nothing in here says who wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from cases.instants import Instant
from cases.records import FreeText, Record


class Said(Record):
    """One message in which danger was heard; `update` is its number, so that it is kept once."""

    update: int
    at: Instant
    kinds: tuple[str, ...]
    """As `classify.acts.danger` names them, the most pressing first."""
    text: FreeText


class Emergency(Record):
    """What one chat said about one report or case, until a person has seen to it."""

    id: str
    """Made from the chat and the draft, and leads back to neither."""
    version: int = 0
    jurisdiction: str
    department: str
    """Which would get the report, or has the case; never the accused body."""
    barred: tuple[str, ...] = ()
    """Departments that may not know of it: the accused body and what is below it."""
    said: tuple[Said, ...]
    number: str | None = None
    """Of the case it belongs to, once there is one."""
    rung: int = 0
    """How far up it has been told: 0 not yet, 1 duty staff and supervisors, then one level more each time."""
    tell_at: Instant | None
    """When the next level is told; None once a person has acknowledged it."""
    acknowledged_by: str | None = None
    acknowledged_at: Instant | None = None
    note: FreeText | None = None
    """What was done, in the words of who did it."""

    @property
    def is_open(self) -> bool:
        return self.acknowledged_at is None


class EmergencyStore(Protocol):
    async def change(self, id: str, make: Callable[[Emergency | None], Emergency | None]) -> Emergency | None:
        """The record as `make` left it; None when `make` declined. No two changes overlap."""

    async def get(self, id: str) -> Emergency: ...

    async def list_due(self, now: datetime, limit: int) -> Sequence[Emergency]:
        """Not acknowledged and due to be told, longest ago first."""

    async def list_since(self, since: datetime, limit: int) -> Sequence[Emergency]:
        """Those of which something was said since this moment, newest first."""

    async def list_open(self, limit: int) -> Sequence[Emergency]:
        """Not acknowledged, newest first."""
