"""Somebody before an object at some time: all that decides which moves may be offered and made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from cases.errors import ConflictOfInterest, NotFound, Reason, SecondPersonNeeded
from cases.integrity.spine import standing
from cases.integrity.spine.blueprint import Books
from cases.integrity.spine.dossier import AnyDossier, D
from cases.integrity.spine.vocabulary import By
from cases.moves.requirements import Requirement, require
from cases.people import Actor, Role
from cases.rules.laws import NOT_TO_THE_ACCUSED
from cases.rules.rule_books import Rules

NO_SUCH_DOSSIER = Reason("no-such-dossier", "没有找到这个编号，或者不由您查看。")


@dataclass(frozen=True)
class Situation:
    dossier: Any
    """An object of any kind; each table's requirements know which."""
    actor: Actor
    rules: Rules
    now: datetime
    books: Books
    family: tuple[AnyDossier, ...] = ()
    """What it belongs to, and everything that belongs to the same or to itself."""
    named: bool = False
    """The actor is named in the source case."""

    @property
    def status(self) -> StrEnum:
        status: StrEnum = self.dossier.status
        return status

    @cached_property
    def concerned(self) -> bool:
        """Whether it is about the actor or the actor's body; asked by every move, found out once."""
        return self.named or standing.is_concerned(self.dossier, self.actor, self.rules.jurisdictions)

    @cached_property
    def as_subject(self) -> bool:
        """Whether the actor speaks for the subject, or is the official it is about."""
        return standing.is_subject(self.dossier, self.actor) or standing.is_person(self.dossier, self.actor)

    @cached_property
    def in_sight(self) -> bool:
        if self.as_subject:
            return self.status not in self.books[self.dossier.kind].hidden_from_subject
        return standing.has_sight(self.dossier, self.actor, self.rules.jurisdictions)

    def stands(self, by: By) -> bool:
        """Who is concerned stands to it as its subject or not at all."""
        if by in {By.SUBJECT, By.PERSON, By.SYSTEM} or not self.concerned:
            return standing.stands(self.dossier, self.actor, by, self.rules.jurisdictions)
        return False

    def relatives(self, kind: type[D]) -> Iterator[D]:
        """Those of the family that are of this kind."""
        return (one for one in self.family if isinstance(one, kind))

    def parent(self, kind: type[D]) -> D | None:
        """What it belongs to, if that is of this kind."""
        return next((one for one in self.relatives(kind) if one.id == self.dossier.about), None)

    def of(self, kind: type[D]) -> D:
        """Itself, or what it belongs to. Raises NotFound when that is none of this kind."""
        if isinstance(self.dossier, kind):
            return self.dossier
        parent = self.parent(kind)
        if parent is None:
            raise NotFound(NO_SUCH_DOSSIER)
        return parent

    def children(self, kind: type[D]) -> Iterator[D]:
        return (one for one in self.relatives(kind) if one.about == self.dossier.id)

    def is_open(self, dossier: AnyDossier) -> bool:
        return dossier.status not in self.books[dossier.kind].ended


Need = Requirement[Situation]
"""What a move of an object needs."""


@require(
    "您所在单位为被记录单位或其下级，或者您本人与此事有关，不能经办。",
    source=NOT_TO_THE_ACCUSED.name,
    error=ConflictOfInterest,
)
def not_of_the_subject(at: Situation) -> bool:
    return at.as_subject or at.actor.has(Role.SYSTEM) or not at.concerned


@require(NO_SUCH_DOSSIER, error=NotFound)
def dossier_known_to_actor(at: Situation) -> bool:
    return at.in_sight


BEFORE_ALL: tuple[Need, ...] = (not_of_the_subject, dossier_known_to_actor)


def not_who_began(code: str, sentence: str) -> Need:
    """Two people: who opened it does not decide it."""
    return Requirement(_begun_by_another, Reason(code, sentence), error=SecondPersonNeeded)


def _begun_by_another(at: Situation) -> bool:
    return bool(at.actor.id != at.dossier.history[0].actor.id)
