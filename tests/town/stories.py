"""Invented cases of two provinces, the same for the same serial at any later time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from bot.demo.telling import Teller
from cases.model import Case
from cases.rules.rule_books import Rules
from tests.town.rules import rules_of

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@cache
def rules() -> Rules:
    return rules_of("qinghai", "jilin")


@cache
def case_at(serial: int, now: datetime, start: datetime = START) -> Case:
    """Case number `serial` as it stands at `now`; its history at a later time begins with this one."""
    chance = Random(serial)
    filed_at = start + timedelta(hours=chance.randrange(24 * 60))
    return Teller(rules(), chance, now).tell(filed_at, serial)
