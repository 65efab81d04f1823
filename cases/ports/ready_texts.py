"""Ready sentences for letters and messages that a department or the whole deployment keeps for itself.

What the product brings along is data of its pages; a text kept here under the same id stands in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from cases.instants import Instant
from cases.records import Record

EVERYBODY = ""
"""Owner of texts that every department is offered."""


class ReadyText(Record):
    """A piece of text for one field of letters, or for a message."""

    id: str
    owner: str
    """A department, or EVERYBODY."""
    place: str
    """Where it is offered: a place of the page's own list."""
    label: str
    words: str
    """Empty: one that the product brings along is not offered."""
    english: str = ""
    """Of a message, for citizens who chose English."""
    by: str
    at: Instant


class ReadyTextStore(Protocol):
    async def put(self, text: ReadyText) -> None: ...
    async def drop(self, owner: str, id: str) -> None: ...
    async def list_of(self, owners: Collection[str]) -> Sequence[ReadyText]:
        """Of these owners, in the order in which they were first kept."""
