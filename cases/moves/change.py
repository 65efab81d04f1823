"""One move being made: what it reads and what it changes, collected by its effect and applied at once.

Pure: nothing is stored here, and `version` is left to the one conditional write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from cases.errors import InvalidInput, Reason
from cases.instants import Instant
from cases.moves.history import Entry, next_entry, status_before
from cases.moves.table import Args, Row
from cases.people import Actor
from cases.records import Record

M = TypeVar("M", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=Args)

OTHER_ARGUMENTS = Reason("other-arguments", "填写的内容与这项办理不符，请重新填写。")


class Moving(Record, Generic[M, S]):
    """A record that moves from status to status, with its history."""

    version: int = 1
    status: S
    updated_at: Instant
    history: tuple[Entry[M, S], ...] = ()


O = TypeVar("O", bound=Moving[Any, Any])  # noqa: E741  an object of any table


@dataclass(slots=True, kw_only=True)
class Change(Generic[O]):
    """`subject` is the state before; `changes` become the fields of the state after."""

    subject: O
    move: StrEnum
    args: Args
    actor: Actor
    now: datetime
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    """What the history tells beside the note."""
    note: str | None = None

    def given(self, kind: type[A]) -> A:
        """The arguments as this kind. Raises InvalidInput for others."""
        if not isinstance(self.args, kind):
            raise InvalidInput(OTHER_ARGUMENTS)
        return self.args

    def set(self, **changes: Any) -> None:
        self.changes.update(changes)

    def settle(self, row: Row[Any, Any, Any], kind: type[Entry[Any, Any]], key: str) -> O:
        """The record after the move, with one history entry more."""
        before = self.subject
        status = row.to if row.to is not None else status_before(before.history, row.status)
        history = self.changes.get("history", before.history)
        entry = next_entry(
            kind,
            history,
            self.move,
            self.actor,
            self.now,
            before.status,
            status,
            data=self.data,
            note=self.note,
            key=key,
        )
        update = {**self.changes, "status": status, "updated_at": self.now, "history": (*history, entry)}
        return before.model_copy(update=update)
