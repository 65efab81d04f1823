"""Words begun in a form of a case and not sent: their writer's alone, until the move is made.

Colleagues learn that somebody writes and since when, never what. Nothing here is part of the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cases.instants import Instant
from cases.records import FreeText, Record


class Unsent(Record):
    """One form of one case as one person left it."""

    number: str
    form: str
    """The move's name."""
    staff: str
    name: str
    """Of the person, as colleagues read it."""
    words: FreeText
    """The filled fields, as a browser would post them (`application/x-www-form-urlencoded`)."""
    key: str
    """Of the form that was shown: once the history has it, the move was made and the words are spent."""
    since: Instant
    at: Instant


class UnsentStore(Protocol):
    async def put(self, unsent: Unsent) -> None:
        """Keep the form as it is now; `since` stays what it was when it was begun."""

    async def drop(self, number: str, staff: str, form: str) -> None: ...

    async def list_of(self, number: str) -> Sequence[Unsent]:
        """Everything unsent in forms of this case, whoever writes, longest ago first."""
