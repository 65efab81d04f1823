"""The rule books a move consults: calendar, time limits, jurisdictions; all pure data."""

from __future__ import annotations

from dataclasses import dataclass

from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.time_limits import TimeLimits


@dataclass(frozen=True, slots=True)
class Rules:
    """What is in force in this deployment."""

    calendar: WorkCalendar
    limits: TimeLimits
    jurisdictions: Jurisdictions
