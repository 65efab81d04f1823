"""Alarms of early warning as the board tells them: whose they are to read, and what each is about."""

from __future__ import annotations

from cases.figures.early_warning import Alarm
from cases.people import Actor
from cases.rules.jurisdictions import Jurisdictions
from handlers.supervisor.overview.tables import names_for
from handlers.supervisor.places import place_name


def homes(jurisdictions: Jurisdictions, actor: Actor) -> list[str]:
    """The jurisdictions whose alarms the actor sees."""
    home = jurisdictions.jurisdiction_of(actor.department) if actor.department else None
    return [home.id] if home else []


def subject(alarm: Alarm, books: Jurisdictions) -> str:
    """What an alarm is about: place, domain, accused body."""
    parts = [place_name(alarm.key.place, books), names_for("domain", books)(alarm.key.domain)]
    return "、".join([*parts, alarm.key.body] if alarm.key.body else parts)
