"""Words begun in a form and not sent, of a case or at the counter: their writer's alone, until they are.

Colleagues learn that somebody writes in a case and since when, never what. Nothing here is part of the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cases.instants import Instant
from cases.records import FreeText, Record


class Unsent(Record):
    """One form as one person left it."""

    number: str
    """Of the case; at the counter, where there is none yet, the staff id with a mark before it."""
    form: str
    """The move's name, or the id of a letter."""
    staff: str
    name: str
    """Of the person, as colleagues read it."""
    words: FreeText
    """The filled fields, as a browser would post them (`application/x-www-form-urlencoded`)."""
    key: str
    """Of the form that was shown: once the history has it, the move was made and the words are spent.

    Of a letter: how long its history was then.
    """
    since: Instant
    at: Instant


class UnsentStore(Protocol):
    async def put(self, unsent: Unsent, *, briefly: bool = False) -> None:
        """Keep the form as it is now; `since` stays what it was when it was begun.

        `briefly`: for a day, because it may say who somebody is.
        """

    async def drop(self, number: str, staff: str, form: str) -> None: ...

    async def list_of(self, number: str) -> Sequence[Unsent]:
        """Everything unsent in forms of this case, whoever writes, longest ago first."""
