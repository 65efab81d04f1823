"""The rule books, as a deployment without settings of its own has them."""

from __future__ import annotations

from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.rules.time_limits import load_time_limits


def rules_of(*jurisdictions: str) -> Rules:
    """Of these jurisdictions; of all when none is named."""
    only = list(jurisdictions) or None
    return Rules(calendar=WorkCalendar(), limits=load_time_limits(), jurisdictions=Jurisdictions.load(only))


RULES = rules_of()
