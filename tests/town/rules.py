"""The rule books of every jurisdiction, as a deployment without settings of its own has them."""

from __future__ import annotations

from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.rules.time_limits import load_time_limits

RULES = Rules(calendar=WorkCalendar(), limits=load_time_limits(), jurisdictions=Jurisdictions.load())
