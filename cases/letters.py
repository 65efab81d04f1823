"""Letters to a citizen on their way from draft to delivery: part of the case, moved by a table of their own.

What may happen to one is in `lifecycle/letters/`. What an issued opinion says lies in `model.OpinionLetter`,
as it always did; here the words of an opinion stand only until it is signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from cases.instants import Instant
from cases.moves.change import Moving
from cases.moves.history import Entry
from cases.records import FreeText, Record
from cases.vocabulary import DeliveryWay, LetterKind, LetterMove, LetterStatus, Status

OPINION_IN: dict[Status, LetterKind] = {
    Status.ACCEPTED: LetterKind.OPINION,
    Status.IN_REVIEW: LetterKind.REVIEW_OPINION,
    Status.IN_FINAL_REVIEW: LetterKind.FINAL_OPINION,
}
"""By which letter a case is answered."""
OPINIONS = frozenset(OPINION_IN.values())

LetterEntry = Entry[LetterMove, LetterStatus]
"""One thing that happened to a letter."""


class Delivery(Record):
    """送达回证: how, when and into whose hands."""

    way: DeliveryWay
    at: Instant
    """The first instant of the day."""
    receiver: FreeText | None = None
    remark: FreeText | None = None


class Letter(Moving[LetterMove, LetterStatus]):
    """A letter of one department in one case."""

    id: str
    """Case number and place, such as SX…-W1."""
    kind: LetterKind
    department: str
    department_name: str
    words: dict[str, Any] = Field(default_factory=dict)
    """What is filled in, by the field names of its form; of a draft as typed."""
    serial: str = ""
    """文号, once it is signed."""
    verification: str = ""
    signed_by: str = ""
    at: Instant | None = None
    """When it was signed."""
    contact: str = ""
    phone: str = ""
    delivery: Delivery | None = None

    @property
    def waits(self) -> bool:
        return self.status in (LetterStatus.DRAFT, LetterStatus.CHECKING)

    @property
    def waits_for_a_head(self) -> bool:
        """In 核稿; a transfer waits for whoever is to receive it."""
        return self.status is LetterStatus.CHECKING and self.kind is not LetterKind.TRANSFER

    @property
    def issued(self) -> bool:
        return self.status in (LetterStatus.SIGNED, LetterStatus.DELIVERED)

    def written_by(self, staff: str | None) -> bool:
        """Whether this person began it or sent it to be checked."""
        wrote = (LetterMove.BEGIN, LetterMove.SUBMIT)
        return any(entry.actor.id == staff for entry in self.history if entry.move in wrote)


class Letterhead(Record):
    """How a department writes: 机关代字, whom to call, and which letters a second person signs."""

    department: str
    code: str = ""
    """机关代字, such as 青财信; without one the department's name stands in the number."""
    contact: str = ""
    phone: str = ""
    second_person: frozenset[LetterKind] = OPINIONS

    def serial(self, name: str, year: int, number: int) -> str:
        """文号: 机关代字〔年〕序号; `name`: the department's, where there is no code."""
        return f"{self.code}〔{year}〕{number}号" if self.code else f"{name}〔{year}〕第{number}号"


def replaced(letters: tuple[Letter, ...], letter: Letter) -> tuple[Letter, ...]:
    """The letters with this one in its place, or at the end."""
    others: Mapping[str, Letter] = {one.id: one for one in letters}
    return tuple({**others, letter.id: letter}.values())
