"""Somebody before a case at some time: all that decides which moves may be offered and made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cases.letters import Letterhead
from cases.lifecycle.permissions import has_sight, is_conflicted, stands
from cases.model import Case
from cases.moves.requirements import Requirement
from cases.people import Actor, Role
from cases.rules.rule_books import Rules
from cases.vocabulary import By, Status


@dataclass(frozen=True)
class Situation:
    case: Case
    actor: Actor
    rules: Rules
    now: datetime
    holder_away: bool = False
    """离岗: known to the account of whoever holds the case; matters to the B role only."""
    on_reporter_page: bool = False
    """The actor has opened the page that shows who filed, the only place where that look can be spent."""
    letterhead: Letterhead | None = None
    """How the responsible department writes; None where nobody asks for it."""
    signing: bool = False
    """The move is made by signing its letter."""

    @property
    def status(self) -> Status:
        return self.case.status

    @cached_property
    def by_staff(self) -> bool:
        """Whether the actor is neither the citizen nor the system."""
        return not self.actor.has(Role.CITIZEN, Role.SYSTEM)

    @cached_property
    def conflicted(self) -> bool:
        """Whether the case is about the actor or the actor's body; asked by every move, found out once."""
        return is_conflicted(self.case, self.actor, self.rules.jurisdictions)

    @cached_property
    def in_sight(self) -> bool:
        """Whether the actor may know of the case by place and role; asked by every move too."""
        return has_sight(self.case, self.actor, self.rules.jurisdictions)

    def stands(self, by: By) -> bool:
        return stands(self.case, self.actor, by, self.rules.jurisdictions)


Need = Requirement[Situation]
"""What a move of a case needs."""
