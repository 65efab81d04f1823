"""Who filed a case: sealed, and apart from it. As in `cases/ports/cases.py`: `find` may return None."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from cases.instants import Instant
from cases.records import FreeText, Record
from cases.vocabulary import Channel, Language


class Reporter(Record):
    """Who filed a case: stored sealed and apart from it, opened only through `unseal`.

    What of it is locked opens for one look, by an officer's code.
    """

    number: str
    conversation: str | None
    """Keyed hash of channel and chat address; finds "my cases"."""
    channel: Channel
    language: Language
    name: FreeText | None = None
    contact: FreeText | None = None
    original: FreeText | None = None
    """What was filed as it was written, where the case holds it masked."""
    locked: bytes | None = None
    """Name, contact and original, where the deployment keeps them in its vault; then they stand not here."""
    receipt: str
    """Keyed hash of the receipt code."""
    filed_at: Instant


class ReporterStore(Protocol):
    async def put(self, reporter: Reporter) -> None:
        """Store or replace by number (idempotent). Locks who it is, where there is a vault."""

    async def find(self, number: str) -> Reporter | None: ...
    async def list_numbers(self, conversation: str, limit: int = 20) -> Sequence[str]:
        """Numbers of the cases this conversation filed, newest first."""

    async def list_conversations(self, number: str) -> Sequence[str]:
        """Every chat that is told about this case: the one that filed it and those that adopted it."""

    async def find_by_receipt(self, receipt_hash: str) -> Reporter | None: ...
    async def adopt(self, number: str, conversation: str) -> None:
        """A receipt was shown from another chat: tell that chat too from now on."""

    async def lend(self, number: str, code: str, until: datetime) -> None:
        """Open what is locked of this reporter, for one look. Raises InvalidInput for a wrong code."""

    async def find_lent(self, number: str, now: datetime) -> Reporter | None:
        """The reporter as filed, if that was lent and is not spent; or if nothing of it is locked."""

    async def take_back(self, number: str) -> None:
        """The look is spent."""

    async def erase(self, number: str) -> None: ...
