"""Somebody before a case at some time: all that decides which moves may be offered and made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cases.lifecycle.permissions import is_conflicted, stands
from cases.model import Case
from cases.people import Actor
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

    @property
    def status(self) -> Status:
        return self.case.status

    @cached_property
    def conflicted(self) -> bool:
        """Whether the case is about the actor or the actor's body; asked by every move, found out once."""
        return is_conflicted(self.case, self.actor, self.rules.jurisdictions)

    def stands(self, by: By) -> bool:
        return stands(self.case, self.actor, by, self.rules.jurisdictions)
