"""What the exchange between levels keeps: the batch on its way, and what came from below.

As in `cases/ports/cases.py`: every method may raise StorageUnavailable.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Protocol, TypeVar

from cases.instants import Instant
from cases.records import FreeText, Record


class Kept(Record):
    """`version` 0: not stored yet."""

    id: str
    version: int = 0


class Outgoing(Kept):
    """One for a deployment: its way to the level above."""

    id: str = "outgoing"
    sequence: int = 0
    """Of the newest batch that was made."""
    batch: FreeText | None = None
    """The batch that waits for its answer, as it was signed."""
    failures: int = 0
    again_at: Instant | None = None
    compared_on: date | None = None


class Place(Kept):
    """How far the batches of a sender have come. Its id is `place:` and the sender."""

    sequence: int = 0
    digest: str = ""


class Received(Kept):
    """The newest version of a record from below. Its id is `record:`, the sender, and the number."""

    sender: str
    record: str
    month: str
    revision: int
    digest: str
    withdrawn: bool
    line: FreeText
    at: Instant
    waits: bool = True
    """Until the level above has answered it in its turn."""
    said: FreeText | None = None
    """Why the level above did not take it."""


K = TypeVar("K", bound=Kept)


class ExchangeStore(Protocol):
    async def find(self, kind: type[K], id: str) -> K | None: ...
    async def save(self, kept: K) -> K | None:
        """With its next version; None when the stored version is another one."""

    async def list_received(self, sender: str, month: str, limit: int) -> Sequence[Received]:
        """The newest months first; of one month (2026-11) alone when one is named."""

    async def list_waiting(self, limit: int) -> Sequence[Received]:
        """What came from below and has not been answered from above."""

    async def find_received(self, record: str, digest: str) -> Received | None: ...
    def iterate_received(self, sender: str) -> AsyncIterator[Received]: ...
